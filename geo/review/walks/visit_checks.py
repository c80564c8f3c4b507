"""What is asked of a walkabout before it is recorded: times that fit, counts that can be, places that are known."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from geo.review.register_screen import Screen
from geo.review.walks.fields import REFUSED, holds_postcode, refuses
from geo.review.walks.made import HeldWalk, MadeVisit, minutes_between
from geo.review.walks.visit_places import Placed
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.sightings import OUTCOMES, PURPOSES

TOLERANCE: Final = timedelta(minutes=15)
MOST_COUNTED: Final = 50
MOST_PEOPLE: Final = 100
MOST_VISITS: Final = 500
LONGEST_NAME: Final = 60
MOST_AGENCIES: Final = 20
_EARLIEST: Final = 2000
_LONGEST_MINUTES: Final = 24 * 60
_LIKE_A_PERSON: Final = re.compile(r"@|\d{3}")


@dataclass(frozen=True)
class Checks:
    """What a walkabout is held against.

    Attributes
    ----------
    places
        Where each visit was, in their order.
    screen
        What must not be kept.
    options
        How many must walk.
    now
        Later moments are in the future.
    names
        What sentences call each visit; without any, its stop or its place in the list.
    """

    places: Sequence[Placed]
    screen: Screen
    options: WalkaboutOptions
    now: datetime
    names: Sequence[str] = ()


def walk_faults(held: HeldWalk, checks: Checks) -> list[str]:
    """List why a walkabout cannot be recorded, one plain sentence each; none where it can.

    Parameters
    ----------
    held
        As `tidy_walk` gives it.
    """
    names = checks.names or [named(number, visit) for number, visit in enumerate(held.visits, start=1)]
    told = [
        fault
        for name, visit, where in zip(names, held.visits, checks.places, strict=True)
        for fault in visit_faults(name, visit, where, checks.now)
    ]
    return [
        *_hours_faults(held, checks.now),
        *_company_faults(held, checks.options),
        *name_faults(held.agencies, held.who, checks.screen),
        *_visits_faults(held),
        *told,
        *_twice_faults(held, checks.places, names),
        *_outside_faults(held, names),
    ]


def lone_faults(visit: MadeVisit, who: str, checks: Checks) -> list[str]:
    """List why a visit outside any walkabout cannot be recorded."""
    alone = ["A visit outside a walkabout has no card, so it has no stop; give its place."] if visit.stop else []
    return [
        *name_faults((), who, checks.screen),
        *alone,
        *visit_faults("The visit", visit, checks.places[0], checks.now),
    ]


def name_faults(agencies: Sequence[str], who: str, screen: Screen) -> list[str]:
    """Say what is wrong with names: none at all, too many, a person's, or what must not be kept."""
    found = [] if who else ["It does not say who records it (a name or initials)."]
    if len(agencies) > MOST_AGENCIES or any(len(name) > LONGEST_NAME for name in (*agencies, who)):
        found.append(f"At most {MOST_AGENCIES} agencies and {LONGEST_NAME} letters a name are kept; shorten them.")
    if any(_LIKE_A_PERSON.search(name) for name in agencies):
        found.append("An agency's name holds an e-mail address or a long number; give names of agencies only.")
    if holds_postcode("; ".join([*agencies, who])) or refuses(screen, (*agencies, who)):
        found.append(REFUSED)
    return found


def _hours_faults(held: HeldWalk, now: datetime) -> list[str]:
    if minutes_between(held.begins, held.ends) <= 0:
        return ["The walk ends before it begins; check both times, and the day where it went past midnight."]
    if held.begins.year < _EARLIEST:
        return [f"The walk was before {_EARLIEST}; check the year."]
    if minutes_between(held.begins, held.ends) > _LONGEST_MINUTES:
        return ["The walk lasted longer than a day; check both times."]
    later = minutes_between(now, held.ends) > TOLERANCE.total_seconds() / 60
    return ["The walk ends in the future; it is recorded once it was held."] if later else []


def _company_faults(held: HeldWalk, options: WalkaboutOptions) -> list[str]:
    found = []
    if not options.least_people <= held.people <= MOST_PEOPLE:
        said = f"{held.people:,} walked" if held.people else "It does not say how many walked"
        found.append(f"{said}; expected from {options.least_people} to {MOST_PEOPLE}: nobody walks alone.")
    if not held.agencies:
        found.append("It names no agency; at least one walks along.")
    return found


def _visits_faults(held: HeldWalk) -> list[str]:
    """Look at the visits side by side."""
    if not held.visits:
        return ["It has no visit; record every place, also where nobody was found."]
    found = []
    if len(held.visits) > MOST_VISITS:
        found.append(f"It has {len(held.visits):,} visits; at most {MOST_VISITS} belong to one walk.")
    twice = [stop for stop, times in Counter(one.stop for one in held.visits if one.stop).items() if times > 1]
    found += [f"Stop {stop} is there more than once; keep one visit of each stop." for stop in sorted(twice)]
    if not held.card and any(one.stop for one in held.visits):
        found.append("It names stops and no card; say which walk card they are on.")
    return found


def _twice_faults(held: HeldWalk, places: Sequence[Placed], names: Sequence[str]) -> list[str]:
    """Find visits to one place at one moment, which is one visit twice."""
    first: dict[tuple[str, datetime], str] = {}
    found = []
    for name, visit, where in zip(names, held.visits, places, strict=True):
        if where.square:
            earlier = first.setdefault((where.square, visit.arrived.astimezone(UTC)), name)
            found += [f"{name} and {earlier} are the same place at the same moment."] if earlier != name else []
    return found


def _outside_faults(held: HeldWalk, names: Sequence[str]) -> list[str]:
    """Find visits outside the walk's hours, where those can be."""
    if held.ends.astimezone(UTC) <= held.begins.astimezone(UTC):
        return []
    first, last = held.begins.astimezone(UTC) - TOLERANCE, held.ends.astimezone(UTC) + TOLERANCE
    return [
        f"{name} lies outside the walk's hours, {held.begins:%H:%M} to {held.ends:%H:%M}; correct its times, or the "
        "walk's."
        for name, visit in zip(names, held.visits, strict=True)
        if visit.arrived.astimezone(UTC) < first or visit.left.astimezone(UTC) > last
    ]


def visit_faults(name: str, visit: MadeVisit, where: Placed, now: datetime) -> list[str]:
    """List what cannot be right of one visit by itself, each sentence under the name that it is given."""
    said = [*([where.fault] if where.fault else []), *_time_faults(visit, now), *_count_faults(visit)]
    return [f"{name}: {fault}." for fault in said]


def _time_faults(visit: MadeVisit, now: datetime) -> list[str]:
    minutes = minutes_between(visit.arrived, visit.left)
    if minutes < 0:
        return ["it ends before it begins; check both times"]
    found = []
    if minutes == 0 and visit.outcome != "not accessible":
        found.append("it took no time; a visit lasts a minute at the least")
    if minutes > _LONGEST_MINUTES / 2:
        found.append("it lasted longer than twelve hours; check both times")
    if minutes_between(now, visit.left) > TOLERANCE.total_seconds() / 60:
        found.append("it is in the future; a visit is recorded once it was made")
    return found


def _count_faults(visit: MadeVisit) -> list[str]:
    if visit.outcome not in OUTCOMES or visit.purpose not in PURPOSES:
        return [f"expected an outcome of {', '.join(OUTCOMES)}, for a purpose of {', '.join(PURPOSES)}"]
    if not all(0 <= count <= MOST_COUNTED for count in visit.counts):
        return [f"counts are whole numbers from 0 to {MOST_COUNTED}"]
    if visit.outcome != "found":
        told = "says that nobody was found" if visit.outcome == "nobody" else "says that it was not accessible"
        return [f"it {told}, and counts somebody or an offer; correct one of them"] if any(visit.counts) else []
    return _found_faults(visit)


def _found_faults(visit: MadeVisit) -> list[str]:
    found = []
    if not visit.found:
        found.append("it says that somebody was found and counts nobody; count who was bedded down or about to")
    if visit.offered > visit.found > 0:
        found.append(f"{visit.offered} offers to {visit.found} found; count one offer a person and visit at the most")
    if visit.accepted + visit.refused > visit.offered:
        answered = visit.accepted + visit.refused
        found.append(f"{answered} offers were accepted or refused and only {visit.offered} made; correct one of them")
    return found


def named(number: int, visit: MadeVisit) -> str:
    """Name a visit in a sentence: by its stop, else by its place in the list, from 1."""
    return f"Stop {visit.stop}" if visit.stop else f"Visit {number}"
