"""Draw places off the known ones at random, so that every place keeps being seen.

Walks planned from what walks found go back to where they were (Ensign, D. et al. 2018, "Runaway feedback loops in
predictive policing", Proceedings of Machine Learning Research 81): a share of the stops is drawn without regard to what
was found. A place unseen for long is likelier to be drawn, and every place may be. Source of the draw: Madow, W. G.
(1949), "On the theory of systematic sampling, II", Annals of Mathematical Statistics 20: 333-354, on an order shuffled
anew: each place has exactly the chance it was given.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np

from geo.errors import BadInputError
from geo.walkabouts.finds.looks import FloatArray

FULL_WEEKS: Final = 104.0
"""From so many weeks unseen a place has full weight; a place never seen has it at once."""
LEAST_WEIGHT: Final = 0.05
"""Of full weight, for a place seen just now."""
_SECONDS_A_WEEK: Final = 7 * 24 * 3600
_COUNT_STREAM: Final = 1  # two draws by one seed must not hang together
_PLACE_STREAM: Final = 2
_MINUTES_STREAM: Final = 3
_MORE_STREAM: Final = 5
_WAY_TO_ONE: Final = 0.5  # of the minutes at a stop: less is hardly a way to anywhere
_HAIR: Final = 1e-9


def draw_places(
    pool: Sequence[str], known: Collection[str], *, count: int, last_seen: Mapping[str, datetime], seed: int
) -> tuple[str, ...]:
    """Draw places, each at most once, in an order as random as they are.

    Parameters
    ----------
    pool
        Squares to draw from, in any order.
    known
        Squares that are no exploration: never drawn.
    count
        How many; all there are where the pool holds no more.
    last_seen
        When a team was last at each square, whatever it found.
    seed
        The same seed draws the same places; it is to be kept with the plan.

    Raises
    ------
    BadInputError
        The count is below 0.

    Notes
    -----
    `chances` are exact. A place unseen for `FULL_WEEKS` has at least the chance count / places, so that a place waits,
    on average, no longer than `FULL_WEEKS` and then places / count walks more.

    Examples
    --------
    >>> draw_places(["SU300400", "SU301400", "SU302400"], {"SU300400"}, count=5, last_seen={}, seed=1)
    ('SU301400', 'SU302400')
    """
    if count < 0:
        message = f"{count} places cannot be drawn; give a number of 0 or more."
        raise BadInputError(message)
    places = sorted(set(pool) - set(known))
    rng = np.random.default_rng([_PLACE_STREAM, seed])
    each = chances(places, count=count, last_seen=last_seen)
    order = rng.permutation(len(places))
    edges = np.concatenate(([0.0], np.cumsum(each[order]))) - rng.random()
    steps = np.ceil(edges - _HAIR)
    drawn = order[np.flatnonzero(np.diff(steps) > 0)]
    return tuple(places[row] for row in rng.permutation(drawn))


def chances(places: Sequence[str], *, count: int, last_seen: Mapping[str, datetime]) -> FloatArray:
    """Give each place's chance of being among those drawn, above 0 wherever the count is; shape (n,).

    Parameters
    ----------
    places
        Squares, each once.
    count, last_seen
        As in `draw_places`.

    Returns
    -------
    numpy.ndarray
        In proportion to the weeks since the place was seen, counted back from the last visit anywhere, between
        `LEAST_WEIGHT` and 1 of those of `FULL_WEEKS`; at most 1. They add up to the count, or to how many there are.

    Examples
    --------
    >>> chances(["SU300400", "SU301400"], count=1, last_seen={}).tolist()
    [0.5, 0.5]
    """
    if count >= len(places):
        return np.ones(len(places))
    newest = max((moment.astimezone(UTC) for moment in last_seen.values()), default=None)
    weights = np.array([_weight(newest, last_seen.get(square)) for square in places], dtype=np.float64)
    certain = np.zeros(len(places), dtype=np.bool_)
    while True:
        rest = count - certain.sum()
        share = rest * weights / weights[~certain].sum()
        over = ~certain & (share > 1)
        if not over.any():
            return np.where(certain, 1.0, share)
        certain |= over


def explore_stops(stops: int, *, share: float, seed: int) -> int:
    """Say how many of a walk's stops are to be drawn, so that over many walks their share is just the one asked for.

    Four stops at 15 % are 0.6 of a stop: one in 6 walks out of 10, none in the others.

    Parameters
    ----------
    stops
        How many the walk has in all.
    share
        0 to 1.
    seed
        Of the walk; not the same for every walk, or all would be rounded alike.

    Examples
    --------
    >>> [explore_stops(8, share=0.15, seed=seed) for seed in range(8)]
    [1, 1, 1, 2, 1, 1, 2, 1]
    """
    wanted = max(stops, 0) * share
    more = np.random.default_rng([_COUNT_STREAM, seed]).random() < wanted - np.floor(wanted)
    return int(np.floor(wanted)) + int(more)


def minutes_kept(minutes: float, *, share: float, stop_minutes: float, seed: int) -> float:
    """Say how many of a walk's minutes are kept for places drawn at random: the stops, and the way out to them.

    Of two hours at 15 % these are 18. Of an hour they are 9, and a stop of 8 with a little way to it takes 12: so three
    walks of an hour in four keep 12, and the fourth none.

    Parameters
    ----------
    minutes
        What a team has.
    share
        0 to 1; over many walks as much as this is kept.
    stop_minutes
        What one stop takes.
    seed
        Of the walk.

    Examples
    --------
    >>> minutes_kept(120, share=0.15, stop_minutes=8, seed=1)
    18.0
    >>> [minutes_kept(60, share=0.15, stop_minutes=8, seed=seed) for seed in range(4)]
    [12.0, 12.0, 12.0, 12.0]
    """
    wanted, least = share * minutes, (1 + _WAY_TO_ONE) * stop_minutes
    if wanted >= least:
        return wanted
    return least if np.random.default_rng([_MINUTES_STREAM, seed]).random() * least < wanted else 0.0


def holds_one_more(spent: float, cost: float, *, kept: float, seed: int, step: int) -> bool:
    """Say whether a place that was drawn is taken, so that over many walks just the minutes kept are spent.

    What fits into what is left is taken; what goes over it as often as it is left for.

    Parameters
    ----------
    spent
        Minutes that places taken before cost.
    cost
        What this one costs: the stop, and the way out to it.
    kept
        As `minutes_kept` says, for all teams.
    seed
        Of the walk.
    step
        How many were taken before.

    Examples
    --------
    >>> holds_one_more(0, 14, kept=18, seed=1, step=0)
    True
    >>> sum(holds_one_more(14, 8, kept=18, seed=seed, step=1) for seed in range(1_000))
    473
    """
    if spent + cost <= kept:
        return True
    return bool(np.random.default_rng([_MORE_STREAM, seed, step]).random() * cost < kept - spent)


def longest_wait_walks(places: int, *, count: float) -> float:
    """Say how many walks a place with full weight waits at most, on average, where each draws so many.

    Examples
    --------
    >>> longest_wait_walks(150, count=1.5)
    100.0
    """
    return max(places / count, 1.0) if count > 0 else float("inf")


def _weight(newest: datetime | None, seen: datetime | None) -> float:
    if newest is None or seen is None:
        return 1.0
    weeks = (newest - seen.astimezone(UTC)).total_seconds() / _SECONDS_A_WEEK
    return min(max(weeks / FULL_WEEKS, LEAST_WEIGHT), 1.0)
