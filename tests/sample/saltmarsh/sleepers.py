"""Invent where people sleep rough, and from when until when somebody does. Nobody here exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import shapely

from .draws import Draws, Point
from .network import Road
from .postcodes import Postcode
from .shapes import distance_m

FIRST_DAY: Final = date(2024, 4, 1)
LAST_DAY: Final = date(2025, 4, 30)
TOWN: Final = "Aldersea"
SEEN: Final = {"early morning": 0.8, "day": 0.15, "evening": 0.75}
"""How likely somebody who sleeps at a place is there when a team comes."""

# Street, how much of the time somebody sleeps there, how busy it is. On the busiest nobody sleeps,
# and a quiet one is hardly ever reported.
_PLACES: Final = (
    ("Granary Drive", 0.80, 3.0),
    ("Rope Street", 0.45, 2.0),
    ("Nelson Road", 0.50, 0.4),
    ("Silver Lane", 0.20, 3.0),
    ("Fuller Avenue", 0.15, 2.0),
    ("Skylark Terrace", 0.12, 3.0),
    ("Linnet Street", 0.12, 1.0),
    ("Willow Road", 0.10, 1.0),
    ("Reed Street", 0.06, 1.0),
    ("Garner Way", 0.06, 0.6),
    ("Park Street", 0.05, 1.0),
    ("Juniper Terrace", 0.0, 9.0),
)
_RUN_IN: Final = 60  # days before the log begins
_STAY: Final = (14, 43)  # days at the least, and so many more drawn
_COUPLES: Final = 0.1


@dataclass(frozen=True)
class Stay:
    """Somebody sleeps at a place."""

    first: date
    last: date
    people: int


@dataclass(frozen=True)
class SleepPlace:
    """A place on a street of the town, the same as the planner finds for the street's name."""

    street: str
    point: Point  # whole metres
    postcode: Postcode  # the nearest
    busy: float
    stays: tuple[Stay, ...]

    def people(self, day: date) -> int:
        """Count who sleeps there on a day."""
        return sum(stay.people for stay in self.stays if stay.first <= day <= stay.last)

    @property
    def share(self) -> float:
        """People on an average day of the log."""
        days = every_day()
        return sum(map(self.people, days)) / len(days)


def every_day() -> list[date]:
    """List the days of the log."""
    return [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]


def sleep_places(roads: list[Road], postcodes: list[Postcode]) -> list[SleepPlace]:
    """Place them on the map, and draw who stays there when."""
    live = [one for one in postcodes if one.kind == "ordinary" and not one.new]
    found = []
    for street, share, busy in _PLACES:
        point = middle_of_street(roads, street)
        nearest = min(live, key=lambda one: (distance_m(one.point, point), one.code))
        stays = tuple(_stays(Draws(f"stays {street}"), share))
        found.append(SleepPlace(street, point, nearest, busy, stays))
    return found


def middle_of_street(roads: list[Road], street: str) -> Point:
    """Give the place on a street of the town that is nearest the middle of all of it, in whole metres."""
    lines = [shapely.LineString(road.line) for road in roads if (road.name, road.place) == (street, TOWN)]
    middle = shapely.centroid(shapely.MultiLineString(lines))
    nearest = min(lines, key=middle.distance)
    spot = nearest.interpolate(nearest.project(middle))
    return float(round(spot.x)), float(round(spot.y))


def band_at(moment: datetime) -> str:
    """Name the band of the day that a moment lies in, as the planner does when nobody has changed its hours."""
    return "early morning" if 4 <= moment.hour < 9 else "day" if 9 <= moment.hour < 18 else "evening"


def met(draws: Draws, place: SleepPlace, moment: datetime) -> int:
    """Draw how many a team meets there."""
    slept = moment.date() - timedelta(days=int(moment.hour < 9))
    return sum(draws.chance(SEEN[band_at(moment)]) for _ in range(place.people(slept)))


def _stays(draws: Draws, share: float) -> Iterator[Stay]:
    """Let one stay follow another after a gap, so that somebody is there for about the share of the time."""
    if not share:
        return
    shortest, more = _STAY
    gap = (shortest + more / 2) * (1 - share) / share
    day = FIRST_DAY - timedelta(days=_RUN_IN + draws.below(int(gap) + 1))
    while day <= LAST_DAY:
        last = day + timedelta(days=shortest + draws.below(more))
        yield Stay(day, last, 1 + draws.chance(_COUPLES))
        day = last + timedelta(days=1 + draws.below(int(2 * gap)))
