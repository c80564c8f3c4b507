"""Who gains: how even the journeys are before and after, for one good average may hide a bad end of the district."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.siting.evaluate import minutes_to
from geo.hubs.siting.problem import SitingProblem
from geo.schema import SITING_EQUITY

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Measure = Callable[[SitingProblem, FloatArray], float]


def equity_panel(problem: SitingProblem, chosen: IntArray) -> pd.DataFrame:
    """Set what stands now beside what would stand with the chosen hubs.

    Parameters
    ----------
    problem
        The question; its `rural` marks decide whether a rural share is told.
    chosen
        Positions of the chosen sites.

    Returns
    -------
    pandas.DataFrame
        SITING_EQUITY table; blank where nobody has a way to anything, such as before where nothing stands.
    """
    before, after = problem.standing_minutes, minutes_to(problem, chosen)
    rows = [
        {"measure": name, "unit": unit, "before": measure(problem, before), "after": measure(problem, after)}
        for name, unit, measure in _measures(problem)
    ]
    return SITING_EQUITY.validate(pd.DataFrame(rows).astype({"measure": "str", "unit": "str"}))


def _measures(problem: SitingProblem) -> list[tuple[str, str, Measure]]:
    within = f"within {problem.within_minutes:g} minutes"
    measures: list[tuple[str, str, Measure]] = [
        ("mean journey, of those measured", "minutes", _mean),
        ("longest journey measured", "minutes", _worst),
        (within, "share of clients", _covered),
        ("further than was measured, or no way", "clients", _no_way),
        ("Gini of journeys", "0 even, 1 uneven", _gini),
    ]
    if problem.rural is not None and problem.need[problem.rural].sum() > 0:
        measures.insert(3, (f"rural, {within}", "share of rural clients", _rural))
    return measures


def gini(values: FloatArray, weights: FloatArray) -> float:
    """Give the Gini coefficient of weighted values of 0 or more; 0 where all are alike.

    It is half the mean absolute difference of two clients' values, over the mean, by the area under the Lorenz curve.

    Examples
    --------
    >>> gini(np.array([10.0, 10.0]), np.array([3.0, 1.0])), gini(np.array([0.0, 10.0]), np.array([1.0, 1.0]))
    (0.0, 0.5)
    """
    order = np.argsort(values, kind="stable")
    share = weights[order] / weights.sum()
    total = float(values[order] @ share)
    if not total:
        return 0.0
    lorenz = np.cumsum(values[order] * share) / total
    before = np.concatenate([[0.0], lorenz[:-1]])
    return max(0.0, float(1 - share @ (lorenz + before)))


def _there(problem: SitingProblem, minutes: FloatArray) -> tuple[FloatArray, FloatArray]:
    there = np.isfinite(minutes) & (problem.need > 0)
    return minutes[there], problem.need[there]


def _mean(problem: SitingProblem, minutes: FloatArray) -> float:
    values, weights = _there(problem, minutes)
    return float(np.average(values, weights=weights)) if len(values) else float("nan")


def _worst(problem: SitingProblem, minutes: FloatArray) -> float:
    values, _ = _there(problem, minutes)
    return float(values.max()) if len(values) else float("nan")


def _gini(problem: SitingProblem, minutes: FloatArray) -> float:
    values, weights = _there(problem, minutes)
    return gini(values, weights) if len(values) else float("nan")


def _covered(problem: SitingProblem, minutes: FloatArray) -> float:
    return float(problem.need[minutes <= problem.within_minutes].sum() / problem.clients)


def _rural(problem: SitingProblem, minutes: FloatArray) -> float:
    rural = np.zeros(len(minutes), dtype=np.bool_) if problem.rural is None else problem.rural
    return float(problem.need[rural & (minutes <= problem.within_minutes)].sum() / problem.need[rural].sum())


def _no_way(problem: SitingProblem, minutes: FloatArray) -> float:
    return float(problem.need[~np.isfinite(minutes)].sum())
