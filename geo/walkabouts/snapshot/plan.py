"""Plan the night of the official count: who is where when, and what is estimated because nobody counts it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np

from geo.errors import BadInputError
from geo.places.streets import Streets
from geo.walkabouts.bands import LONDON, local
from geo.walkabouts.routing.route import RouteProgress
from geo.walkabouts.snapshot.night import Method
from geo.walkabouts.snapshot.patches import Patches, divide
from geo.walkabouts.snapshot.values import (
    PLACE_KINDS,
    PlaceKind,
    SnapshotPatch,
    SnapshotPlace,
    SnapshotPlan,
    SnapshotStop,
)
from geo.walkabouts.snapshot.ways import NightGround, NightRules, night_ground
from geo.walkabouts.squares import told_square

_KIND_WORDS: Final[dict[PlaceKind, str]] = {
    "reported": "reported",
    "intelligence": "by partner intelligence",
    "found": "where somebody was found",
    "likely": "likely",
    "added": "added by hand",
}
_NONE_KNOWN: Final = (
    "No place is known or likely, and none was added, so there is nothing to count. Take in reports and partners' "
    "places first, add squares by hand, or choose the method estimate."
)


@dataclass(frozen=True)
class SnapshotAsk:
    """What is asked of the night.

    Attributes
    ----------
    night
        The day on whose evening the night begins.
    begins
        When the teams begin, with its zone; in the small hours of the next day.
    method
        How the figure is found.
    partner
        The independent organisation; empty where none is named yet.
    teams
        How many there are; none is needed for an estimate.
    places
        Each square once.
    spotlight
        Squares that a spotlight count counts; the rest is estimated.
    seed
        Of the search for the way over all places.
    """

    night: date
    begins: datetime
    method: Method
    partner: str
    teams: int
    places: tuple[SnapshotPlace, ...]
    spotlight: tuple[str, ...] = ()
    seed: int = 1


def night_begins(night: date, starts: str) -> datetime:
    """Give the moment at which the teams begin: a time after midnight is of the next day.

    Examples
    --------
    >>> night_begins(date(2026, 11, 11), "00:30").isoformat(), night_begins(date(2026, 11, 11), "23:30").isoformat()
    ('2026-11-12T00:30:00+00:00', '2026-11-11T23:30:00+00:00')
    """
    noon = 12
    day = night + timedelta(days=int(int(starts[:2]) < noon))
    moment = datetime.fromisoformat(f"{day.isoformat()}T{starts}").replace(tzinfo=LONDON)
    return moment.astimezone(UTC).astimezone(LONDON)


def plan_snapshot(
    ask: SnapshotAsk,
    streets: Streets | None,
    rules: NightRules,
    *,
    progress: Callable[[RouteProgress], None] | None = None,
) -> SnapshotPlan:
    """Plan the night.

    Parameters
    ----------
    ask
        When, how, with how many teams, over which places.
    streets
        Of the district; None where none are loaded: then ways are straight lines, labelled.
    rules
        Minutes for a patch and a stop, paces, speeds.

    Raises
    ------
    BadInputError
        There is nothing to count, the spotlight names no place of the plan, a place has no street near it that an
        officer added, or more teams or minutes are needed.
    """
    _require_once(ask.places)
    counted, estimated = _shared_out(ask)
    ground = night_ground(counted, streets, rules)
    stays = np.full(len(ground.places), rules.walk.stop_minutes)
    if ask.method != "estimate" and not ground.places:
        raise BadInputError(_NONE_KNOWN)
    divided = None
    if ground.places:
        limit = rules.walk.patch_minutes
        divided = divide(ground.minutes, stays, teams=ask.teams, limit_minutes=limit, seed=ask.seed, progress=progress)
    return SnapshotPlan(
        night=ask.night,
        begins=local(ask.begins),
        method=ask.method,
        partner=ask.partner,
        limit_minutes=rules.walk.patch_minutes,
        patches=_patches(ground, divided, ask.begins, rules) if divided else (),
        estimated=estimated,
        left_out=ground.left_out,
        least_teams=divided.least_teams if divided else 0,
        along_streets=streets is not None,
        sentences=_sentences(ask, ground, divided, estimated),
    )


def told_kinds(kinds: Sequence[PlaceKind]) -> str:
    """Say why a place is on the plan, each reason by itself.

    Examples
    --------
    >>> told_kinds(("reported", "found"))
    'reported, where somebody was found'
    """
    return ", ".join(_KIND_WORDS[kind] for kind in kinds)


def _require_once(places: Sequence[SnapshotPlace]) -> None:
    counted = Counter(one.square for one in places)
    twice = sorted(square for square, times in counted.items() if times > 1)
    if twice:
        message = f"{told_square(twice[0])} is named {counted[twice[0]]} times among the places; expected once."
        raise BadInputError(message)


def _shared_out(ask: SnapshotAsk) -> tuple[tuple[SnapshotPlace, ...], tuple[SnapshotPlace, ...]]:
    """Give the places that are counted, and those that are estimated."""
    if ask.method == "estimate":
        return (), ask.places
    if ask.method == "count":
        return ask.places, ()
    chosen = set(ask.spotlight)
    strangers = sorted(chosen - {one.square for one in ask.places})
    if strangers:
        message = f"{told_square(strangers[0])} is to be counted and is no place of this plan; add it first."
        raise BadInputError(message)
    if not chosen:
        message = "A spotlight count counts chosen places: name at least one square, and the rest is estimated."
        raise BadInputError(message)
    return (
        tuple(one for one in ask.places if one.square in chosen),
        tuple(one for one in ask.places if one.square not in chosen),
    )


def _patches(ground: NightGround, divided: Patches, begins: datetime, rules: NightRules) -> tuple[SnapshotPatch, ...]:
    made: list[SnapshotPatch] = []
    first = 1
    for number, patch in enumerate(divided.patches, start=1):
        made.append(_patch(ground, patch.places, begins, rules, (number, first)))
        first += len(patch.places)
    return tuple(made)


def _patch(
    ground: NightGround, places: tuple[int, ...], begins: datetime, rules: NightRules, numbers: tuple[int, int]
) -> SnapshotPatch:
    """Set the times of a patch; `numbers` are its own and its first stop's."""
    stay, spent = rules.walk.stop_minutes, 0.0
    stops, ways = [], ground.ways(places, numbers[1])
    for at, place in enumerate(places):
        spent += ways[at - 1].minutes if at else 0.0
        one = ground.places[place]
        spot = float(ground.points[place, 0]), float(ground.points[place, 1])
        arrive = _later(begins, spent)
        stops.append(SnapshotStop(numbers[1] + at, one.square, ground.names[place], spot, one.kinds, arrive, stay))
        spent += stay
    return SnapshotPatch(numbers[0], stops[0].street, tuple(stops), ways, local(begins), _later(begins, spent), spent)


def _later(moment: datetime, minutes: float) -> datetime:
    """Add minutes that pass, also in the night in which the clocks change."""
    return local(moment.astimezone(UTC) + timedelta(minutes=minutes))


def _sentences(
    ask: SnapshotAsk, ground: NightGround, divided: Patches | None, estimated: Sequence[SnapshotPlace]
) -> tuple[str, ...]:
    told = [_told_places(ask.places)]
    if divided is not None:
        told += [_told_teams(ask, divided), *ground.told]
    if estimated:
        told.append(
            f"{len(estimated)} of the places {'is' if len(estimated) == 1 else 'are'} not counted: the figure there is "
            "estimated from what partners and outreach know of that night."
        )
    return tuple(told)


def _told_places(places: Sequence[SnapshotPlace]) -> str:
    counted = Counter(kind for one in places for kind in one.kinds)
    kinds = ", ".join(f"{counted[kind]} {_KIND_WORDS[kind]}" for kind in PLACE_KINDS if counted[kind])
    many = "1 place" if len(places) == 1 else f"{len(places)} places"
    return f"{many}: {kinds}. A place may be there for several reasons." if places else "No place is known or likely."


def _told_teams(ask: SnapshotAsk, divided: Patches) -> str:
    out = len(divided.patches)
    proof = "no shorter way over all places is possible" if divided.proven_way else "a shorter one may be possible"
    spare = f" {ask.teams - out} of the {ask.teams} teams can stay at home or stand by." if out < ask.teams else ""
    least = f"{divided.least_teams} {'team' if divided.least_teams == 1 else 'teams'}"
    return (
        f"The longest patch takes {divided.longest_minutes:.0f} minutes; {least} could do it. The patches are cut from "
        f"one way over all places, and {proof}.{spare}"
    )
