"""What one hub more or fewer would change: the best set of every size, each with its bound."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import PlannerError
from geo.hubs.siting.choose import Choice, choose, gap_of
from geo.hubs.siting.evaluate import Outcome, evaluate
from geo.hubs.siting.problem import SitingProblem
from geo.schema import SITING_CURVE

IntArray = npt.NDArray[np.int64]

_BEYOND: Final = 2  # hubs more than asked for


@dataclass(frozen=True)
class _Point:
    hubs: int
    value: float
    bound: float
    proven: bool
    chosen: IntArray
    words: str


def size_curve(
    choice: Choice,
    *,
    most: int | None = None,
    limit_seconds: float = 60,
    stop: Callable[[], bool] | None = None,
    seed: int = 1,
    clock: Callable[[], float] = time.monotonic,
) -> pd.DataFrame:
    """Choose the best set of 1, 2, 3 ... hubs.

    Parameters
    ----------
    choice
        The set chosen for the number that was asked for; it is not chosen again. Where the fewest were asked for, the
        curve tells how many clients each smaller number reaches.
    most
        The largest number; two more than asked for by default.
    limit_seconds
        For all numbers together.

    Returns
    -------
    pandas.DataFrame
        SITING_CURVE table. A larger number that found no better set, because the rules spoil it or time was short,
        carries the smaller set over and says so, so that one hub more never lowers the value.
    """
    problem = choice.problem
    if problem.question == "fewest":
        problem = replace(problem, question="cover", rules=replace(problem.rules, hubs=len(choice.chosen)))
    largest = min(most or len(choice.chosen) + _BEYOND, len(problem.sites) - len(problem.rules.never))
    sizes = range(max(1, len(problem.rules.must_keep)), max(largest, len(choice.chosen)) + 1)
    ends = clock() + limit_seconds
    points: list[_Point] = []
    for place, hubs in enumerate(sizes):
        left = max(0.05, (ends - clock()) / (len(sizes) - place))
        known = hubs == len(choice.chosen) and problem.question == choice.problem.question
        found: Choice | str = choice if known else _of_size(problem, hubs, left, stop=stop, seed=seed, clock=clock)
        points.append(_point(hubs, found, points[-1] if points else None, problem))
    return SITING_CURVE.validate(_table(problem, points))


def _of_size(
    problem: SitingProblem,
    hubs: int,
    seconds: float,
    *,
    stop: Callable[[], bool] | None,
    seed: int,
    clock: Callable[[], float],
) -> Choice | str:
    sized = replace(problem, rules=replace(problem.rules, hubs=hubs))
    try:
        return choose(sized, limit_seconds=seconds, stop=stop, seed=seed, clock=clock)
    except PlannerError as error:
        return str(error)


def _point(hubs: int, found: Choice | str, before: _Point | None, problem: SitingProblem) -> _Point:
    cover = problem.question == "cover"
    if isinstance(found, str):
        if before is None:
            return _Point(hubs, float("nan"), float("nan"), proven=False, chosen=np.zeros(0, np.int64), words=found)
        bound = problem.clients if cover else 0.0  # the smaller set keeps its value and proves nothing of this size
        return replace(before, hubs=hubs, bound=bound, proven=False, words=found)
    here = _Point(hubs, found.value, found.bound, found.proven, found.chosen, "")
    if before is None or not len(before.chosen):
        return here
    worse = before.value > here.value if cover else before.value < here.value
    if not worse:
        return here
    bound = max(before.value, here.bound) if cover else min(before.value, here.bound)
    words = f"No set of {hubs} that was found does better than the {len(before.chosen)} above."
    return _Point(hubs, before.value, bound, proven=here.proven and before.proven, chosen=before.chosen, words=words)


def _table(problem: SitingProblem, points: list[_Point]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for place, point in enumerate(points):
        outcome: Outcome = evaluate(problem, point.chosen)
        rows.append(
            {
                "hubs": point.hubs,
                "value": point.value,
                "bound": point.bound,
                "gap": gap_of(point.value, point.bound) if np.isfinite(point.value) else np.nan,
                "proven": point.proven,
                "change": point.value - points[place - 1].value if place else np.nan,
                "reached": outcome.reached,
                "mean_minutes": outcome.mean_minutes,
                "chosen": "; ".join(problem.sites.names[site] for site in point.chosen),
                "note": point.words,
            }
        )
    return pd.DataFrame(rows).astype({"hubs": "int64", "chosen": "str", "note": "str", "proven": bool})
