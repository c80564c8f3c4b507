"""Rank the sites where a hub could be: the criteria, what each is worth, and the result.

To change how sites are ranked, change this file: `CRITERIA` lists every question that is asked of a site, how its
answer becomes a value from 0 to 1, and where its weight comes from. What is known of a site is in `facts.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.evidence.counts import CellCounts
from geo.hubs.candidates import candidates_among, require_need
from geo.hubs.facts import Facts, gather_facts
from geo.hubs.firmness import firmness_label, firmness_word, places_held
from geo.hubs.notes import notes_on
from geo.hubs.points import need_points
from geo.hubs.reach import sum_reached, travel_label
from geo.hubs.result import Ranking
from geo.hubs.sentences import Wording
from geo.hubs.table import build_table, finish_table, score_order
from geo.places.grid import HexGrid
from geo.scenario import RankingWeights, Scenario

__all__ = ["CRITERIA", "Choice", "Criterion", "Ranking", "rank_sites"]

FloatArray = npt.NDArray[np.float64]

FULL_SCORE: Final = 100
TOP_PLACES: Final = 5  # a hub a quarter and one in reserve


@dataclass(frozen=True)
class Criterion:
    """One question asked of every site.

    Attributes
    ----------
    name
        Names its column of contributions.
    question
        The question in plain words.
    value
        Turns the facts and (..., n) counts into values from 0 to 1: (..., m), or (m,) where counts play no part.
    weight
        Takes its weight from the scenario; weights need not sum to one.
    """

    name: str
    question: str
    value: Callable[[Facts, FloatArray], FloatArray]
    weight: Callable[[RankingWeights], float]


def share_of_best(amounts: FloatArray) -> FloatArray:
    """Scale amounts so that the best site has 1 and nothing has 0."""
    best = amounts.max(axis=-1, keepdims=True)
    return amounts / np.where(best > 0, best, 1)


CRITERIA: Final = (
    Criterion(
        name="need_reached",
        question="How many clients are within a walk, nearer ones counting more?",
        value=lambda facts, counts: share_of_best(sum_reached(counts, facts.reach)),
        weight=lambda weights: weights.need_reached,
    ),
    Criterion(
        name="new_reach",
        question="How many of them do the office and the standing hubs not reach?",
        value=lambda facts, counts: share_of_best(sum_reached(counts, facts.new_reach)),
        weight=lambda weights: weights.new_reach,
    ),
    Criterion(
        name="co_location",
        question="Which services share the building, or stand within 400 m?",
        value=lambda facts, _: share_of_best(facts.co_location),
        weight=lambda weights: weights.co_location,
    ),
    Criterion(
        name="suitability",
        question="Is it step-free, with a private room, opening hours and room enough? Unknown counts as a half.",
        value=lambda facts, _: facts.suitability,
        weight=lambda weights: weights.suitability,
    ),
)


@dataclass(frozen=True)
class Choice:
    """Say which sites compete, and how the luck in the counts is tried.

    Attributes
    ----------
    categories
        Only sites of these categories; empty for every one but the office and the standing hubs.
    criteria
        The questions asked.
    seed, draws
        The random stream and the number of redraws behind the firmness.
    """

    categories: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = CRITERIA
    seed: int = 2024
    draws: int = 2000


def rank_sites(
    need: CellCounts,
    grid: HexGrid,
    sites: gpd.GeoDataFrame,
    *,
    scenario: Scenario,
    office: tuple[float, float] | None = None,
    choice: Choice | None = None,
) -> Ranking:
    """Rank sites by the need they reach, what is new in it, co-location and suitability.

    Parameters
    ----------
    need
        Clients by cell.
    grid
        Where the homes of each cell are, at the resolution of `need`.
    sites
        SITES table of all places known, EPSG:27700; offices and hubs in it are where help stands already.
    scenario
        Weights and reach.
    office
        Easting and northing of the office, for where `sites` lists none.
    choice
        Which sites compete; all by default.

    Raises
    ------
    MissingDataError
        There is no site to rank, or no client with a place on the map.
    BadInputError
        All weights are 0, no site is of the chosen categories, or grid and counts differ in resolution.
    """
    asked = choice or Choice()
    weights = _weights(asked.criteria, scenario.weights)
    require_need(need, grid)
    candidates = candidates_among(sites, asked.categories)
    points = need_points(need.cells, grid.cells)
    facts = gather_facts(points, candidates, sites, office=office, options=scenario.reach)
    order = score_order(candidates, _contributions(facts, facts.counts, asked.criteria, weights))
    table = build_table(candidates, facts, order, Wording(need.located, need.unit, facts.standing, scenario.reach))
    top = min(TOP_PLACES, max(1, len(table) // 2))
    ranked = order.index.to_numpy()
    firm = _firmness(facts, ranked, asked, weights, top=top)
    words = [firmness_word(share, rank, top=top) for rank, share in enumerate(firm, start=1)]
    return Ranking(
        table=finish_table(table, firm, words),
        criteria={criterion.name: criterion.question for criterion in asked.criteria},
        weights=weights,
        unit=need.unit,
        period=need.period,
        resolution=need.resolution,
        clients=need.located,
        unmapped=need.unmapped,
        left_out=need.left_out,
        travel_label=travel_label(scenario.reach),
        firm_label=firmness_label(asked.draws, top=top),
        notes=notes_on(facts, need.cells, first=ranked[:top]),
    )


def _weights(criteria: tuple[Criterion, ...], options: RankingWeights) -> dict[str, float]:
    given = {criterion.name: criterion.weight(options) for criterion in criteria}
    total = sum(given.values())
    if total <= 0:
        message = "All weights of the ranking are 0, so no site is better than another; raise at least one of them."
        raise BadInputError(message)
    return {name: FULL_SCORE * weight / total for name, weight in given.items()}


def _contributions(
    facts: Facts, counts: FloatArray, criteria: tuple[Criterion, ...], weights: dict[str, float]
) -> dict[str, FloatArray]:
    return {criterion.name: weights[criterion.name] * criterion.value(facts, counts) for criterion in criteria}


def _firmness(
    facts: Facts, ranked: npt.NDArray[np.int64], choice: Choice, weights: dict[str, float], *, top: int
) -> FloatArray:
    """Try the order against redrawn counts; `ranked` holds the positions of the sites, best first."""

    def score(counts: FloatArray) -> FloatArray:
        parts = _contributions(facts, counts, choice.criteria, weights).values()
        total = np.zeros((len(counts), len(ranked)))
        for part in parts:
            total += part
        return total[:, ranked]

    return places_held(score, facts.counts, top=top, seed=choice.seed, draws=choice.draws)
