"""Put start, end and stops on the streets, and measure the minutes between them on foot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import BadInputError
from geo.places.street_ways import WalkingWays, walking_ways
from geo.places.streets import Streets
from geo.places.travel import minutes_a_metre
from geo.walkabouts.daylight import is_dark
from geo.walkabouts.plan import LeftOut, WalkEnd
from geo.walkabouts.planning.ask import MOST_CANDIDATES, CandidateStop, WalkAsk, WalkRules
from geo.walkabouts.squares import middle_of, near

FloatArray = npt.NDArray[np.float64]

START_SNAP_M: Final = 400.0  # a walk's start or end may be so far from the nearest street
STOP_SNAP_M: Final = 150.0  # a square's middle: beyond it nobody on the street is at the square, or next to it
_SAME_SPOT_M: Final = 40.0  # nearer than this, one stop sees both squares
NO_PLACE: Final = "No usable place to stand is near enough."  # of safe places the same is said
_MANY: Final = "Not looked at: others are worth more, and more of them than can be weighed at once."


@dataclass(frozen=True)
class Stop:
    """A candidate where a team would stand for it, with others that are seen from the same spot.

    Attributes
    ----------
    candidate
        With the worth of all that are seen from here; its purpose is a report where any of them was reported, so that a
        visit answers that one too.
    also
        Squares seen from here besides its own.
    """

    candidate: CandidateStop
    street: str
    point: tuple[float, float]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class WalkGround:
    """Where a walkabout is planned.

    Attributes
    ----------
    stops
        Place 2 and on of `minutes`; the start is 0 and the end 1.
    minutes
        (n, n) minutes on foot, the start and the end first.
    points
        (n, 2) where each is, EPSG:27700.
    ways
        Along streets; None on straight lines.
    rows
        (n,) number of each place in `ways`.
    left_out
        Candidates that no team could stand at.
    told
        How the minutes were measured.
    """

    stops: tuple[Stop, ...]
    minutes: FloatArray
    points: FloatArray
    ways: WalkingWays | None
    rows: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    told: str


def walk_ground(ask: WalkAsk, streets: Streets | None, rules: WalkRules) -> WalkGround:
    """Find where the teams would stand, and how long they walk between.

    Raises
    ------
    BadInputError
        The start or the end is far from every street, or a stop that must be visited is.
    """
    weighed, many = _most_worth(ask.candidates)
    points = np.array([ask.start.point, ask.end.point, *(middle_of(one.square) for one in weighed)])
    if streets is None:
        return _by_straight_lines(weighed, many, points, rules)
    dark = is_dark(ask.begins, ask.ends, ask.start.point, rules.walk)
    factor = rules.walk.unlit_factor if dark else 1.0
    ways = walking_ways(streets, points, rules.reach, unlit_factor=factor, snap_m=START_SNAP_M)
    _require_ends(ask, ways)
    standing, off = _standing(weighed, ways)
    kept, merged = _merged([stop for _, stop in standing], rules.walk.answers_within_m)
    rows = (0, 1, *(standing[number - 2][0] for number in kept[2:]))
    spots = np.array([ways.spot(row) for row in rows])
    return WalkGround(merged, ways.minutes[np.ix_(rows, rows)], spots, ways, rows, (*many, *off), ways.told)


def _by_straight_lines(
    weighed: Sequence[CandidateStop], many: tuple[LeftOut, ...], points: FloatArray, rules: WalkRules
) -> WalkGround:
    stops = [Stop(one, one.street, middle_of(one.square)) for one in weighed]
    rows, merged = _merged(stops, rules.walk.answers_within_m)
    told = (
        f"Straight lines times {rules.reach.detour:g} at {rules.reach.walk_km_per_hour:g} km/h, for no streets are "
        "loaded: the real ways are not known."
    )
    return WalkGround(merged, _straight(points, rules)[np.ix_(rows, rows)], points[list(rows)], None, rows, many, told)


def _most_worth(candidates: Sequence[CandidateStop]) -> tuple[tuple[CandidateStop, ...], tuple[LeftOut, ...]]:
    """Keep those worth most where there are more than can be looked at; what must be visited is kept."""
    order = sorted(candidates, key=lambda one: (not one.must, one.exploration == 0, -one.weight, one.square))
    kept = {one.square for one in order[:MOST_CANDIDATES]}
    rest = tuple(LeftOut(one.square, one.street, _MANY) for one in candidates if one.square not in kept)
    return tuple(one for one in candidates if one.square in kept), rest


def _straight(points: FloatArray, rules: WalkRules) -> FloatArray:
    gap = points[:, None, :] - points[None, :, :]
    metres = np.hypot(gap[..., 0], gap[..., 1]) * rules.reach.detour
    return np.asarray(metres * minutes_a_metre(rules.reach.walk_km_per_hour), dtype=np.float64)


def _require_ends(ask: WalkAsk, ways: WalkingWays) -> None:
    for what, end, row in (("start", ask.start, 0), ("end", ask.end, 1)):
        if ways.off[row]:
            raise BadInputError(_off_the_network(what, end, float(ways.snapped.snap_m[row])))


def _off_the_network(what: str, end: WalkEnd, away_m: float) -> str:
    far = f"the nearest is {away_m:,.0f} m away" if np.isfinite(away_m) else "no street is loaded there"
    return (
        f"The {what} ({end.name}) is off the streets: {far}, and at most {START_SNAP_M:g} m is expected. Choose a "
        "place on a street, or add the streets around it (planner add streets)."
    )


def _standing(weighed: Sequence[CandidateStop], ways: WalkingWays) -> tuple[list[tuple[int, Stop]], list[LeftOut]]:
    """Put each candidate on its street, by its number among the ways; list those without one."""
    stops, off = [], []
    for row, one in enumerate(weighed, start=2):
        street = one.street or str(ways.street_names[row])
        if float(ways.snapped.snap_m[row]) <= STOP_SNAP_M:
            stops.append((row, Stop(one, street, ways.spot(row))))
        else:
            off.append(LeftOut(one.square, one.street, NO_PLACE))
            _require_no_must(one)
    return stops, off


def _require_no_must(one: CandidateStop) -> None:
    if one.must:
        message = f"{one.square} must be visited and cannot be: {NO_PLACE[0].lower()}{NO_PLACE[1:]} Take it off."
        raise BadInputError(message)


def _merged(stops: Sequence[Stop], within_m: float) -> tuple[tuple[int, ...], tuple[Stop, ...]]:
    """Let one stop stand for neighbouring squares that are seen from one spot.

    A place drawn at random stays by itself, so that it is seen for itself.

    Returns
    -------
    tuple of int, tuple of Stop
        The number of each stop kept, after 0 and 1 for start and end; and the stops.
    """
    order = sorted(range(len(stops)), key=lambda at: _rank(stops[at].candidate))
    heads: dict[int, Stop] = {}
    for at in order:
        one = stops[at]
        host = next((head for head, other in heads.items() if _together(one, other, within_m)), None)
        if host is None:
            heads[at] = one
        else:
            heads[host] = _with(heads[host], one)
    kept = sorted(heads)
    return (0, 1, *(at + 2 for at in kept)), tuple(heads[at] for at in kept)


def _rank(one: CandidateStop) -> tuple[bool, float, str]:
    return (not one.must, -one.weight, one.square)


def _together(one: Stop, other: Stop, within_m: float) -> bool:
    if one.candidate.exploration or other.candidate.exploration:
        return False
    apart = shapely.distance(shapely.Point(one.point), shapely.Point(other.point))
    return bool(apart < _SAME_SPOT_M and near(one.candidate.square, other.candidate.square, within_m=within_m))


def _with(head: Stop, one: Stop) -> Stop:
    first, more = head.candidate, one.candidate
    both = replace(
        first,
        find=first.find + more.find,
        report=first.report + more.report,
        intelligence=first.intelligence + more.intelligence,
        must=first.must or more.must,
        expected=first.expected + more.expected,
        purpose="report" if more.purpose == "report" else first.purpose,
    )
    return replace(head, candidate=both, also=(*head.also, more.square))
