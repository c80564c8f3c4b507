"""Say how much of a walk went to places drawn at random, and how many places no walk can draw."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.places.streets import Streets
from geo.places.travel import minutes_a_metre
from geo.review.walks.cards import read_cards
from geo.review.walks.exploring import MOST_DETOUR_MINUTES
from geo.review.walks.near_street import near_streets
from geo.review.walks.pool import open_middles
from geo.review.walks.screen import fit_squares
from geo.review.workspace import Workspace
from geo.walkabouts.bands import local
from geo.walkabouts.explore import FULL_WEEKS
from geo.walkabouts.finds.looks import FloatArray
from geo.walkabouts.plan import Walkabout
from geo.walkabouts.planning.beside import least_detours
from geo.walkabouts.squares import middle_of, square_at

BoolArray = npt.NDArray[np.bool_]

_LATELY: Final = timedelta(weeks=FULL_WEEKS)
_TRIED: Final = 12  # places, until one is found that a walk may be sent to
_NAMED_WITHIN_M: Final = 150.0
_STREAM: Final = 4  # this draw must not hang together with those of places


def told_exploring(walkabout: Walkabout, share: float, *, kept: float, room: bool) -> str:
    """Say how much of a walk was spent on places that nobody has looked at.

    Parameters
    ----------
    walkabout
        The plan.
    share
        What the options ask for, over many walks.
    kept
        Minutes of each team that were kept for it; 0 where this walk's draw gave none.
    room
        Whether a stop fits beside what must be visited.
    """
    many = sum(stop.purpose == "exploration" for stop in walkabout.stops)
    if many:
        were, them = ("was", "it") if many == 1 else ("were", "them")
        walked = sum(team.total_minutes for team in walkabout.teams)
        return (
            f"{many} of {len(walkabout.stops)} stops {were} drawn at random, off the known places: "
            f"{_percent(walkabout.explored_share)} of the time at stops. With the way out to {them} that is "
            f"{walkabout.explored_minutes:.0f} of {walked:.0f} minutes, {_percent(walkabout.explored_of_all)} of the "
            f"whole walk. Over many walks about {_percent(share)} of the time is kept for this."
        )
    if not kept:
        why = f"{_percent(share)} of so few minutes is less than a stop takes, and this walk's draw gave none"
    elif not room:
        why = "none fits beside what must be visited"
    else:
        why = f"this walk's draw gave none that is within {MOST_DETOUR_MINUTES:g} minutes of its way and fits in"
    return f"No stop was drawn at random: {why}."


def told_reach(
    workspace: Workspace,
    walkabout: Walkabout,
    last_seen: Mapping[str, datetime],
    *,
    streets: Streets | None,
    now: datetime,
) -> tuple[str, ...]:
    """Say how many of the district's places no walk of two years could draw, and where one would have to begin.

    Parameters
    ----------
    walkabout
        The plan.
    last_seen
        When a team was last at each square.
    streets
        Of the workspace; None where it has none.
    now
        The two years end then.

    Raises
    ------
    BadInputError
        A card was changed since it was kept.

    Notes
    -----
    Counted over all squares with a street, near a safe place or not, and in straight lines times the detour.
    """
    middles = open_middles(workspace)
    lost = middles[~_within_reach(workspace, middles, walkabout, now) & ~_visited(middles, last_seen, now)]
    if not len(lost):
        return ()
    name = _some_street(workspace, lost, streets, seed=walkabout.seed)
    start = f" To reach some of them, start or end a walk elsewhere, such as near {name}." if name else ""
    told = (
        f"Places more than {MOST_DETOUR_MINUTES:g} minutes out of a walk's way are not drawn for it. "
        f"{len(lost):,} of the district's {len(middles):,} squares with a street were not visited in the last two "
        f"years, and are near neither this walk nor any that had a card in that time.{start}"
    )
    return (told,)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _within_reach(workspace: Workspace, middles: FloatArray, walkabout: Walkabout, now: datetime) -> BoolArray:
    """Tell which squares could be drawn for this walk, or for one that had a card."""
    reach = workspace.scenario.reach
    pace = minutes_a_metre(reach.walk_km_per_hour) * reach.detour
    since = local(now - _LATELY).date()
    walks = [walkabout, *(card.walkabout for card in read_cards(workspace) if card.day >= since)]
    near = np.zeros(len(middles), dtype=np.bool_)
    for walk in walks:
        near |= least_detours(walk, middles, minutes_a_metre=pace) <= MOST_DETOUR_MINUTES
    return near


def _visited(middles: FloatArray, last_seen: Mapping[str, datetime], now: datetime) -> BoolArray:
    lately = {middle_of(square) for square, seen in last_seen.items() if seen >= now - _LATELY}
    return np.array([(x, y) in lately for x, y in middles.tolist()], dtype=np.bool_)


def _some_street(workspace: Workspace, middles: FloatArray, streets: Streets | None, *, seed: int) -> str:
    """Name a street at one of some places, drawn at random among those that a walk may be sent to."""
    if streets is None:
        return ""
    rows = np.random.default_rng([_STREAM, seed]).permutation(len(middles))[:_TRIED]
    squares = [square_at(*map(float, middles[row])) for row in rows]
    fit = fit_squares(workspace, squares, streets)
    usable = [square for square in squares if square in fit]
    names = near_streets(streets, [middle_of(square) for square in usable], within_m=_NAMED_WITHIN_M)
    return next(filter(None, names), "")
