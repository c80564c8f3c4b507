"""Rank the sites where a hub could be: the questions, what each is worth, and how sure the order is.

To change how sites are ranked, change this file: `CRITERIA` lists every question that is asked of a site, the amount
that answers it, and which options of the scenario give its value function and its weight. What is known of a site is in
`facts.py`; how the order fares under other weights and other counts is tried in `smaa.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.hubs.candidates import candidates_among
from geo.hubs.facts import Facts, Surroundings, gather_facts
from geo.hubs.need import Need
from geo.hubs.notes import notes_on
from geo.hubs.reach import sum_reached
from geo.hubs.result import Ranking
from geo.hubs.sentences import wording_of
from geo.hubs.smaa import Doubt, Tried, try_order
from geo.hubs.table import build_table, finish_table, score_order
from geo.hubs.ties import tied_pairs
from geo.hubs.value_functions import worth
from geo.hubs.weight_draws import WeightBox, weight_box
from geo.scenario import RankingWeights, Scenario, ValueFunction, ValueFunctions

__all__ = ["CRITERIA", "Choice", "Criterion", "Ranking", "rank_sites"]

FloatArray = npt.NDArray[np.float64]

FULL_SCORE: Final = 100


@dataclass(frozen=True)
class Criterion:
    """One question asked of every site.

    Attributes
    ----------
    name
        Names its columns of amounts and of contributions.
    question
        The question in plain words.
    unit
        What the amount is counted in.
    amount
        Turns the facts and (..., n) counts into amounts from 0: (..., m), or (m,) where counts play no part.
    weight
        Takes its weight from the scenario; weights need not sum to one.
    rule
        Takes its value function from the scenario.
    """

    name: str
    question: str
    unit: str
    amount: Callable[[Facts, FloatArray], FloatArray]
    weight: Callable[[RankingWeights], float]
    rule: Callable[[ValueFunctions], ValueFunction]


CRITERIA: Final = (
    Criterion(
        name="need_reached",
        question="How many clients are within reach, nearer ones counting more?",
        unit="clients, those further away counting less",
        amount=lambda facts, counts: sum_reached(counts, facts.reach),
        weight=lambda weights: weights.need_reached,
        rule=lambda values: values.need_reached,
    ),
    Criterion(
        name="new_reach",
        question="How many of them do the office and the standing hubs not reach?",
        unit="clients, those further away counting less",
        amount=lambda facts, counts: sum_reached(counts, facts.new_reach),
        weight=lambda weights: weights.new_reach,
        rule=lambda values: values.new_reach,
    ),
    Criterion(
        name="co_location",
        question="Which services share the building, or stand within 400 m?",
        unit="services: 1 under the same roof, 0.5 near by",
        amount=lambda facts, _: facts.co_location,
        weight=lambda weights: weights.co_location,
        rule=lambda values: values.co_location,
    ),
    Criterion(
        name="suitability",
        question="Is it step-free, with a private room, opening hours and room enough? Unknown counts as a half.",
        unit="0 to 1",
        amount=lambda facts, _: facts.suitability,
        weight=lambda weights: weights.suitability,
        rule=lambda values: values.suitability,
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
        The random stream, and how often counts and weights are drawn anew.
    """

    categories: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = CRITERIA
    seed: int = 2024
    draws: int = 2000


def rank_sites(need: Need, surroundings: Surroundings, *, scenario: Scenario, choice: Choice | None = None) -> Ranking:
    """Rank sites by the need they reach, what is new in it, co-location and suitability.

    Parameters
    ----------
    need
        Clients who came, or are expected, by cell.
    surroundings
        All sites known, where the office is, and how journeys are measured.
    scenario
        Weights with their ranges, value functions and reach.
    choice
        Which sites compete; all by default.

    Raises
    ------
    MissingDataError
        There is no site to rank.
    BadInputError
        All weights are 0, or no site is of the chosen categories.
    """
    asked = choice or Choice()
    weights = _weights(asked.criteria, scenario.weights)
    box = weight_box(weights, unsure=scenario.ranking.unsure, ranges=_ranges(scenario, weights))
    candidates = candidates_among(surroundings.open_sites, asked.categories)
    facts = gather_facts(need, candidates, surroundings, options=scenario.reach)
    wording = wording_of(facts, scenario.reach)
    order = score_order(candidates, _contributions(facts, asked.criteria, box, scenario))
    table = build_table(candidates, facts, order, wording, _amounts(asked.criteria, facts))
    top = min(scenario.ranking.top, max(1, len(table) // 2))
    ranked = order.index.to_numpy()
    tried = _try(facts, ranked, asked, box, scenario, top=top)
    return Ranking(
        table=finish_table(table, tried, top=top, tied=tied_pairs(tried.wins, below=scenario.ranking.tied_below)),
        criteria={criterion.name: criterion.question for criterion in asked.criteria},
        units={criterion.name: criterion.unit for criterion in asked.criteria},
        weights=_points(weights, box.centre),
        lowest_weights=_points(weights, box.low),
        highest_weights=_points(weights, box.high),
        need=need,
        wording=wording,
        tried=tried,
        draws=asked.draws,
        top=top,
        tied_below=scenario.ranking.tied_below,
        notes=notes_on(facts, first=ranked[:top], options=scenario.reach),
    )


def _amounts(criteria: tuple[Criterion, ...], facts: Facts) -> dict[str, FloatArray]:
    """Give (m,) raw amounts by criterion."""
    return {criterion.name: criterion.amount(facts, facts.counts) for criterion in criteria}


def _values(
    criteria: tuple[Criterion, ...], facts: Facts, counts: FloatArray, rules: ValueFunctions
) -> dict[str, FloatArray]:
    """Give the value of each amount, 0 to 1, by criterion: (..., m), or (m,) where counts play no part."""
    return {one.name: worth(one.amount(facts, counts), one.rule(rules)) for one in criteria}


def _weights(criteria: tuple[Criterion, ...], options: RankingWeights) -> dict[str, float]:
    given = {criterion.name: criterion.weight(options) for criterion in criteria}
    if sum(given.values()) <= 0:
        message = "All weights of the ranking are 0, so no site is better than another; raise at least one of them."
        raise BadInputError(message)
    return given


def _ranges(scenario: Scenario, weights: dict[str, float]) -> dict[str, tuple[float, ...]]:
    """Take the ranges that are stated; a criterion of one's own has none."""
    stated: dict[str, tuple[float, ...]] = dict(scenario.ranking.ranges)
    return {name: stated[name] for name in weights if name in stated}


def _points(weights: dict[str, float], shares: FloatArray) -> dict[str, float]:
    return {name: FULL_SCORE * share for name, share in zip(weights, shares.tolist(), strict=True)}


def _contributions(
    facts: Facts, criteria: tuple[Criterion, ...], box: WeightBox, scenario: Scenario
) -> dict[str, FloatArray]:
    values = _values(criteria, facts, facts.counts, scenario.ranking.values)
    shares = (FULL_SCORE * box.centre).tolist()
    return {name: share * value for share, (name, value) in zip(shares, values.items(), strict=True)}


def _try(
    facts: Facts,
    ranked: npt.NDArray[np.int64],
    choice: Choice,
    box: WeightBox,
    scenario: Scenario,
    *,
    top: int,
) -> Tried:
    """Try the order; `ranked` holds the positions of the sites, best first."""

    def score(counts: FloatArray, weights: FloatArray) -> FloatArray:
        total = np.zeros((len(counts), len(ranked)))
        values = _values(choice.criteria, facts, counts, scenario.ranking.values)
        for weight, value in zip(weights.T, values.values(), strict=True):
            total += weight[:, None] * value
        return total[:, ranked]

    doubt = Doubt(facts.need.shape, facts.need.scale, box, seed=choice.seed, draws=choice.draws)
    return try_order(score, doubt, top=top)
