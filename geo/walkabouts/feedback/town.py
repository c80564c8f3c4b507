"""Make up a town whose sleepers are known, to try plans of walks on: who sleeps where, and who is reported."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from geo.walkabouts.finds.looks import FloatArray, IntArray

_STREAM: Final = 3


@dataclass(frozen=True)
class TownAsked:
    """What the town is like.

    Attributes
    ----------
    places
        Squares.
    empty_share
        Share of them where nobody ever sleeps.
    people
        Sleepers in the town at one time, on average.
    shape
        How unlike the others are: gamma shape; the smaller, the more lopsided.
    stay_weeks
        How long somebody stays at one place, on average.
    met
        Chance that somebody who sleeps at a place is there at a visit.
    reports_a_week
        In the whole town, on average.
    busy_sd
        How unlike streets are in how many pass by: standard deviation of the log. Reports come from passers-by, and
        say nothing of who sleeps where nobody passes.
    changed_share
        Half-way, so many of the places take the sleepers of another.
    """

    places: int = 150
    empty_share: float = 0.6
    people: float = 25.0
    shape: float = 0.5
    stay_weeks: float = 6.0
    met: float = 0.8
    reports_a_week: float = 2.0
    busy_sd: float = 1.5
    changed_share: float = 0.3


@dataclass(frozen=True)
class Town:
    """Who sleeps where, week by week; the same whoever walks.

    Attributes
    ----------
    asked
        What it is like.
    present
        People at each place in each week, shape (weeks, places).
    expected
        How many are to be expected there in that week, by what the town is like: the truth that rates are held against.
    reported
        How many reports came of each place in the week, shape (weeks, places).
    before
        The same of the half year before the first walk, shape (places,).
    """

    asked: TownAsked
    present: IntArray = field(repr=False)
    expected: FloatArray = field(repr=False)
    reported: IntArray = field(repr=False)
    before: IntArray = field(repr=False)


def make_town(asked: TownAsked, *, weeks: int, seed: int) -> Town:
    """Let people come, stay and go.

    Parameters
    ----------
    weeks
        How long walks are held; half a year before them is made too.
    seed
        Another seed is another town.

    Notes
    -----
    Arrivals are Poisson and stays geometric, so that the number at a place is Poisson about its mean and fades with
    the stay (the M/M/infinity queue). A report is made of a person in a week with a chance in proportion to how many
    pass by.
    """
    rng = np.random.default_rng([_STREAM, seed])
    early, late = _means(asked, rng)
    busy = rng.lognormal(0.0, asked.busy_sd, asked.places)
    each = asked.reports_a_week * busy / max(float(early @ busy), 1e-9)
    lead = 26
    stays = float(np.exp(-1 / asked.stay_weeks))
    here, expected = rng.poisson(early), early.copy()
    rows = []
    for week in range(-lead, weeks):
        means = early if week < weeks // 2 else late
        here = rng.binomial(here, stays) + rng.poisson(means * (1 - stays))
        expected = expected * stays + means * (1 - stays)
        rows.append((here, expected, rng.poisson(here * each)))
    present, truth, reported = (np.array(part) for part in zip(*rows, strict=True))
    return Town(asked, present[lead:], truth[lead:], reported[lead:], reported[:lead].sum(axis=0))


def _means(asked: TownAsked, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Give the people to be expected at each place before and after the change; in all as many."""
    used = rng.random(asked.places) >= asked.empty_share
    factors = rng.gamma(asked.shape, 1.0, asked.places) * used
    early = asked.people * factors / max(float(factors.sum()), 1e-9)
    moving = np.flatnonzero(rng.random(asked.places) < asked.changed_share)
    late = early.copy()
    late[moving] = early[rng.permutation(moving)]
    return early, late
