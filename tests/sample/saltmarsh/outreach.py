"""Invent the walkabouts that were held, stop by stop, with their finds and their zero finds."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .draws import Draws, Point
from .gazette import SETTLEMENTS
from .looks import Look, look
from .network import Road
from .shapes import distance_m
from .sleepers import TOWN, SleepPlace, met, middle_of_street
from .tellings import Telling

OUTREACH, POLICE, WARDENS, DRUGS = (
    "Open Door outreach",
    "Neighbourhood police",
    "Street wardens",
    "Drug and alcohol service",
)
# When each set out, who walked beside the council, how many walked. No two in a row in the same band.
_WALKS: Final = (
    ("2024-04-09T20:30", (OUTREACH, POLICE), 5),
    ("2024-05-02T05:30", (OUTREACH, WARDENS), 4),
    ("2024-05-29T11:00", (OUTREACH, WARDENS), 3),
    ("2024-06-14T20:40", (OUTREACH, POLICE), 4),
    ("2024-07-08T05:30", (OUTREACH, WARDENS), 4),
    ("2024-07-26T21:00", (OUTREACH, POLICE), 5),
    ("2024-08-13T11:00", (DRUGS, WARDENS), 3),
    ("2024-08-31T20:30", (OUTREACH, POLICE), 4),
    ("2024-09-19T05:45", (OUTREACH, WARDENS), 4),
    ("2024-10-15T20:30", (OUTREACH, DRUGS, POLICE), 6),
    ("2024-11-13T05:30", (OUTREACH, WARDENS), 3),
    ("2024-12-05T10:30", (DRUGS, WARDENS), 3),
    ("2025-01-10T05:30", (OUTREACH, WARDENS), 4),
    ("2025-01-28T20:30", (OUTREACH, DRUGS, POLICE), 5),
    ("2025-02-20T11:00", (DRUGS, WARDENS), 3),
    ("2025-03-08T05:30", (OUTREACH, POLICE), 4),
    ("2025-03-25T20:30", (OUTREACH, DRUGS, POLICE), 6),
    ("2025-04-16T05:30", (OUTREACH, WARDENS), 4),
)
_KNOWN_AT_FIRST: Final = (
    "Granary Drive",
    "Rope Street",
    "Silver Lane",
    "Juniper Terrace",
    "Skylark Terrace",
    "Willow Road",
    "Reed Street",
)
_LENGTH: Final = timedelta(minutes=118)
_STOPS: Final = (8, 5)  # at the least, and so many more drawn
_METRES_A_MINUTE: Final = 60.0  # as the crow flies: streets are longer, and a team is slow
_NO_WAY_IN: Final = 0.05
_AROUND_M: Final = 750
_OFFICE: Final = (SETTLEMENTS[0].centre[0] + 180, SETTLEMENTS[0].centre[1] + 240)


@dataclass(frozen=True)
class Walk:
    """A walkabout with its visits."""

    begins: datetime
    ends: datetime
    agencies: tuple[str, ...]
    people: int
    looks: tuple[Look, ...]


class Log:
    """Holds the walks one by one, each as the council would have known things on that day."""

    def __init__(self, places: list[SleepPlace], tellings: list[Telling], roads: list[Road]) -> None:
        self._draws = Draws("walks")
        self._places = {one.street: one for one in places}
        self._points = {one.street: one.point for one in self._places.values()} | _corners(roads)
        self._tellings = tellings
        self.walks: list[Walk] = []

    def walk_all(self) -> list[Walk]:
        """Hold every walk, each knowing what went before."""
        for moment, agencies, people in _WALKS:
            begins = datetime.fromisoformat(moment)
            looks = self._looks(begins)
            last = looks[-1].left + timedelta(minutes=6)
            ends = last + timedelta(minutes=-last.minute % 5)
            self.walks.append(Walk(begins, ends, agencies, people, tuple(looks)))
        return self.walks

    def _looks(self, begins: datetime) -> list[Look]:
        """Go from stop to stop, the nearest next, as long as there is time."""
        here, now, stops = _OFFICE, begins + timedelta(minutes=5), self._stops(begins)
        found: list[Look] = []
        while stops:
            street = min(stops, key=lambda one: (distance_m(self._points[one], here), one))
            purpose = stops.pop(street)
            arrive = now + timedelta(minutes=max(2, round(distance_m(self._points[street], here) / _METRES_A_MINUTE)))
            leave = arrive + timedelta(minutes=5 + self._draws.below(5))
            if leave - begins > _LENGTH:
                break
            found.append(self._look(street, arrive, leave, purpose))
            here, now = self._points[street], leave
        return found

    def _stops(self, begins: datetime) -> dict[str, str]:
        """Choose where to stop and why: fresh reports, what partners said, known places, and some drawn at random."""
        many = _STOPS[0] + self._draws.below(_STOPS[1])
        off = 1 + self._draws.chance(0.6)
        chosen = dict.fromkeys(self._told(begins, "reported", 7), "report")
        chosen |= {one: "intelligence" for one in self._told(begins, "intelligence", 60) if one not in chosen}
        known = self._known(begins)
        for street in sorted(known, key=lambda one: (-known[one], one)):
            if len(chosen) < many - off:
                chosen.setdefault(street, "known")
        unknown = [one for one in self._points if one not in known and one not in chosen]
        return chosen | dict.fromkeys(self._draws.shuffled(unknown)[:off], "exploration")

    def _told(self, now: datetime, kind: str, days: int) -> list[str]:
        """List the streets of the town of which something was told within some days."""
        return [
            one.place.street
            for one in self._tellings
            if one.kind == kind and one.place is not None
            if now - timedelta(days=days) <= one.received <= now
        ]

    def _known(self, now: datetime) -> Counter[str]:
        """Count what is known of each street: what was told of it, and who was found there."""
        known = Counter(dict.fromkeys(_KNOWN_AT_FIRST, 1))
        known.update(self._told(now, "reported", 300) + self._told(now, "intelligence", 120))
        known.update({look.street: 2 for walk in self.walks for look in walk.looks if look.outcome == "found"})
        return known

    def _look(self, street: str, arrive: datetime, leave: datetime, purpose: str) -> Look:
        place = self._places.get(street)
        people = met(self._draws, place, arrive) if place else 0
        closed = not people and self._draws.chance(_NO_WAY_IN)
        return look(self._draws, (street, self._points[street]), (arrive, leave), people, purpose, closed=closed)


def _corners(roads: list[Road]) -> dict[str, Point]:
    """Draw streets of the town where nobody is known to sleep, and where somebody might."""
    names = sorted({road.name for road in roads if road.place == TOWN and not road.spur and not road.through})
    points = {name: middle_of_street(roads, name) for name in Draws("corners").shuffled(names)[:60]}
    return {name: point for name, point in points.items() if distance_m(point, _OFFICE) < _AROUND_M}
