"""Invent what is told of people sleeping rough: reports of the public and of services, and what partners expect."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from geo.crs import to_wgs84
from geo.walkabouts.squares import square_at

from .draws import Draws, Point
from .sleepers import TOWN, SleepPlace, every_day

HEAD: Final = (
    "reference", "kind", "source", "seen_date", "seen_time", "received_date", "received_time", "latitude", "longitude",
    "grid_reference", "postcode", "street", "town", "people", "description",
)  # fmt: skip
_REPORTS: Final = 38  # drawn, besides those of the last weeks and the one that names a town alone
_LAST_WEEKS: Final = 28  # days at the end of the log in which no others come
_EMPTY: Final = 0.12  # bedding is reported also where nobody sleeps
_STRAYS_M: Final = 18  # a pin on a phone's map is not exact
_SOURCES: Final = (
    "StreetLink",
    "StreetLink",
    "StreetLink",
    "Police",
    "Street wardens",
    "Council website",
    "Member of the public",
)
_WAYS: Final = ("point", "point", "point", "grid reference", "postcode", "street")
_HOURS: Final = (5, 6, 6, 7, 8, 13, 19, 20, 21, 22, 22, 23, 23)
# Looks and belongings have no place in the planner: this column is here to be dropped.
_WORDS: Final = (
    "Tent behind the bins",
    "Blue sleeping bag",
    "Bedding, nobody there",
    "Sitting in a doorway",
    "With a dog",
)
# Street, when somebody was seen, minutes until it was received, how the place is told, source, people.
_LATELY: Final = (
    ("Rope Street", "2025-04-10T06:40", 150, "street", "Police", 1),
    ("Silver Lane", "2025-04-21T22:05", 600, "postcode", "StreetLink", 1),
    ("Fuller Avenue", "2025-04-28T22:40", 590, "grid reference", "StreetLink", 1),
    ("Juniper Terrace", "2025-04-29T23:15", 660, "postcode", "StreetLink", 1),
    ("Willow Road", "2025-04-30T07:10", 95, "street", "Street wardens", 2),
    ("Granary Drive", "2025-05-01T05:50", 130, "point", "StreetLink", 1),
)
_OPEN_FROM: Final = datetime(2025, 4, 29)  # noqa: DTZ001 - local times
_TOWN_ALONE: Final = ("Market Orrick", "2024-09-07T21:30", 720)
# Street, day, who expects somebody, how the place is told.
_INTELLIGENCE: Final = (
    ("Nelson Road", "2024-04-22", "Drug and alcohol service", "street"),
    ("Fuller Avenue", "2024-09-04", "Open Door day centre", "postcode"),
    ("Linnet Street", "2024-08-21", "Community nurses", "point"),
    ("Nelson Road", "2024-10-30", "Open Door day centre", "street"),
    ("Garner Way", "2024-12-11", "Saltmarsh Food Banks", "grid reference"),
    ("Linnet Street", "2025-02-26", "Drug and alcohol service", "street"),
    ("Nelson Road", "2025-03-19", "Open Door day centre", "grid reference"),
    ("Willow Road", "2025-04-15", "Saltmarsh Food Banks", "postcode"),
)


@dataclass(frozen=True)
class Telling:
    """Somebody was seen at a place, or is expected there; times are local."""

    kind: str
    source: str
    seen: datetime
    received: datetime
    place: SleepPlace | None  # None: a town alone
    way: str
    people: int
    town: str = ""

    @property
    def open(self) -> bool:
        """Tell whether nobody has been there by the day of the review."""
        return self.kind == "reported" and self.received >= _OPEN_FROM


def make_tellings(places: list[SleepPlace]) -> list[Telling]:
    """Give every report and all intelligence, in the order of receipt."""
    named = {place.street: place for place in places}
    found = [*_reports(places), *(_late(named, one) for one in _LATELY), *(_heard(named, one) for one in _INTELLIGENCE)]
    town, moment, minutes = _TOWN_ALONE
    seen = datetime.fromisoformat(moment)
    found.append(Telling("reported", "StreetLink", seen, seen + timedelta(minutes=minutes), None, "town", 1, town))
    return sorted(found, key=lambda one: (one.received, one.seen))


def telling_rows(tellings: list[Telling]) -> list[list[object]]:
    """Lay them out as the rows of a file, the head first."""
    draws = Draws("pins of reports")
    return [list(HEAD), *(_row(draws, number, one) for number, one in enumerate(tellings, start=1))]


def eight_figures(point: Point) -> str:
    """Write a point as a grid reference of eight figures, to ten metres."""
    square = square_at(*point)
    east, north = (int(part % 100) // 10 for part in point)
    return f"{square[:2]} {square[2:5]}{east} {square[5:]}{north}"


def _row(draws: Draws, number: int, one: Telling) -> list[object]:
    times = [part for moment in (one.seen, one.received) for part in (f"{moment:%d/%m/%Y}", f"{moment:%H:%M}")]
    words = draws.pick(_WORDS) if one.kind == "reported" else ""
    kind = "" if one.kind == "reported" else one.kind
    reference = f"{'SL' if one.source == 'StreetLink' else 'R'}-{7000 + 13 * number}"
    return [reference, kind, one.source, *times, *_where(draws, one), one.people, words]


def _where(draws: Draws, one: Telling) -> list[object]:
    """Tell the place in its way: latitude, longitude, grid reference, postcode, street, town."""
    if one.place is None:
        return ["", "", "", "", "", one.town]
    x, y = (part + draws.between(-_STRAYS_M, _STRAYS_M) for part in one.place.point)
    if one.way == "point":
        lon, lat = to_wgs84([x], [y])
        return [f"{lat[0]:.5f}", f"{lon[0]:.5f}", "", "", "", ""]
    if one.way == "grid reference":
        return ["", "", eight_figures((x, y)), "", "", ""]
    if one.way == "postcode":
        return ["", "", "", one.place.postcode.code, "", ""]
    return ["", "", "", "", one.place.street, TOWN]


def _reports(places: list[SleepPlace]) -> list[Telling]:
    """Draw days and places: the busier the place, and the more sleep there, the likelier."""
    draws = Draws("sightings")
    chances = [
        (place, day, place.busy * (place.people(day) + _EMPTY))
        for place in places
        for day in every_day()[:-_LAST_WEEKS]
    ]
    found = []
    for _ in range(_REPORTS):
        place, day, _chance = draws.weighted(chances, [chance for *_, chance in chances])
        seen = datetime.combine(day, time(draws.pick(_HOURS), 5 * draws.below(12)))
        received = seen + timedelta(minutes=20 + 5 * draws.below(110))
        people = max(1, place.people(day)) + draws.chance(0.06)
        found.append(Telling("reported", draws.pick(_SOURCES), seen, received, place, draws.pick(_WAYS), people))
    return found


def _late(named: dict[str, SleepPlace], one: tuple[str, str, int, str, str, int]) -> Telling:
    street, moment, minutes, way, source, people = one
    seen = datetime.fromisoformat(moment)
    received = seen + timedelta(minutes=minutes)
    return Telling("reported", source, seen, received, named[street], way, people)


def _heard(named: dict[str, SleepPlace], one: tuple[str, str, str, str]) -> Telling:
    street, day, source, way = one
    said = datetime.fromisoformat(f"{day}T11:00")
    return Telling("intelligence", source, said, said + timedelta(hours=3), named[street], way, 1)
