"""A chosen set of hubs, told in full: the sites, how sure that is, who gains, and what else there is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.siting.choose import Choice, Progress, choose
from geo.hubs.siting.curve import size_curve
from geo.hubs.siting.equity import equity_panel
from geo.hubs.siting.evaluate import Outcome, evaluate, minutes_to
from geo.hubs.siting.gather import Asked
from geo.hubs.siting.held import held_in_redraws
from geo.hubs.siting.mip import Patience
from geo.hubs.siting.near_best import NearBest, near_best
from geo.hubs.siting.notes import notes_on_plan
from geo.hubs.siting.problem import SitingProblem
from geo.scenario import SitingOptions
from geo.schema import SITING_ALTERNATIVES, SITING_CHOSEN

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class SitingPlan:
    """A set of hubs and what is known of it.

    Attributes
    ----------
    asked
        The question, the sites and the journeys.
    choice
        The set, its value, its bound and whether it is proven.
    before, after
        What stands now does, and what the chosen hubs do beside it.
    sites
        SITING_CHOSEN table.
    equity
        SITING_EQUITY table.
    others
        Sets nearly as good; None where nobody asked.
    alternatives
        SITING_ALTERNATIVES table of them.
    curve
        SITING_CURVE table; None where nobody asked.
    notes
        What a reader must know besides, one sentence each.
    """

    asked: Asked
    choice: Choice
    before: Outcome
    after: Outcome
    sites: pd.DataFrame
    equity: pd.DataFrame
    others: NearBest | None
    alternatives: pd.DataFrame | None
    curve: pd.DataFrame | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Extras:
    """What is told besides the set itself.

    Attributes
    ----------
    alternatives, curve
        Whether other sets are listed, and other numbers of hubs tried.
    """

    alternatives: bool = False
    curve: bool = False


def make_plan(
    asked: Asked,
    options: SitingOptions,
    *,
    extras: Extras = Extras(),
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> SitingPlan:
    """Choose a set of hubs and tell it in full.

    Parameters
    ----------
    asked
        From `gather_question`.
    options
        The time for the proof, how many other sets to list, the random numbers.
    extras
        What else is told. Each may take as long again as the proof.
    progress, stop
        As for `choose`.

    Raises
    ------
    BadInputError
        No set keeps the rules: the rule is named.
    """
    problem = asked.problem
    choice = choose(problem, limit_seconds=options.seconds, progress=progress, stop=stop, seed=options.seed)
    need = asked.facts.need
    held = held_in_redraws(choice, seed=options.seed, draws=options.draws, shape=need.shape, scale=need.scale)
    others = curve = None
    if extras.alternatives:
        patience = Patience(stop=stop or (lambda: False)).at_most(options.seconds)
        others = near_best(choice, within=options.near_share, most=options.alternatives, patience=patience)
    if extras.curve:
        curve = size_curve(choice, limit_seconds=options.seconds, stop=stop, seed=options.seed)
    return SitingPlan(
        asked=asked,
        choice=choice,
        before=evaluate(problem, np.zeros(0, dtype=np.int64)),
        after=evaluate(problem, choice.chosen),
        sites=_sites(asked, choice, held),
        equity=equity_panel(problem, choice.chosen),
        others=others,
        alternatives=None if others is None else _alternatives(choice, others),
        curve=curve,
        notes=notes_on_plan(choice, held=held is not None),
    )


def _sites(asked: Asked, choice: Choice, held: FloatArray | None) -> pd.DataFrame:
    problem, chosen = asked.problem, choice.chosen
    rows = asked.candidates.iloc[chosen]
    table = pd.DataFrame(
        {
            "site_id": rows["site_id"].to_numpy(),
            "name": rows["name"].to_numpy(),
            "category": rows["category"].to_numpy(),
            "town": [problem.sites.towns[site] for site in chosen],
            "must_keep": np.isin(np.array(problem.sites.ids, dtype=object)[chosen], problem.rules.must_keep),
            "price": problem.sites.prices[chosen],
            "clients_nearest": _nearest(problem, chosen),
            "only_by_it": np.array([_only_by(problem, chosen, site) for site in chosen], dtype=np.float64),
            "held": np.full(len(chosen), np.nan) if held is None else held,
            "easting": problem.sites.points[chosen, 0],
            "northing": problem.sites.points[chosen, 1],
        }
    )
    return SITING_CHOSEN.validate(table.astype(dict.fromkeys(("site_id", "name", "category", "town"), "str")))


def _nearest(problem: SitingProblem, chosen: IntArray) -> FloatArray:
    """Count the clients to whom each chosen hub is the nearest help; ties go to the first."""
    if not len(chosen):
        return np.zeros(0)
    minutes = problem.minutes[:, chosen]
    best = minutes.argmin(axis=1)
    nearest = minutes.min(axis=1)
    mine = np.isfinite(nearest) & (nearest < problem.standing_minutes)
    return np.bincount(best[mine], weights=problem.need[mine], minlength=len(chosen)).astype(np.float64)


def _only_by(problem: SitingProblem, chosen: IntArray, site: int) -> float:
    others = chosen[chosen != site]
    mine = problem.minutes[:, site] <= problem.within_minutes
    return float(problem.need[mine & (minutes_to(problem, others) > problem.within_minutes)].sum())


def _alternatives(choice: Choice, others: NearBest) -> pd.DataFrame:
    names, ids = choice.problem.sites.names, choice.problem.sites.ids
    rows = [
        {
            "rank": place,
            "value": value,
            "worse_by": max(0.0, abs(choice.value - value) / abs(choice.value) if choice.value else 0.0),
            "sites": "; ".join(names[site] for site in chosen),
            "instead_of": "; ".join(names[site] for site in np.setdiff1d(choice.chosen, chosen)),
            "brings_in": "; ".join(names[site] for site in np.setdiff1d(chosen, choice.chosen)),
            "site_ids": " ".join(ids[site] for site in chosen),
        }
        for place, (chosen, value) in enumerate(zip(others.sets, others.values, strict=True), start=1)
    ]
    columns = list(SITING_ALTERNATIVES.columns)
    kinds = dict.fromkeys(("sites", "instead_of", "brings_in", "site_ids"), "str") | {"rank": "int64"}
    kinds |= {"value": "float64", "worse_by": "float64"}
    return SITING_ALTERNATIVES.validate(pd.DataFrame(rows, columns=columns).astype(kinds))
