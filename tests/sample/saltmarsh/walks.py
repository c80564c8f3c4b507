"""Invent reports of rough sleeping and the log of visits: who looked, where, when, and found how many."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from .draws import Draws, Point
from .gazette import SETTLEMENTS
from .network import Road
from .shapes import distance_m
from .writers import write_csv

_REPORTS: Final = 90
_VISITS: Final = 84
_FIRST_DAY: Final = date(2023, 4, 1)
_DAYS: Final = 730

# Place name, settlement, metres east and north of its centre, how often it is reported, people found a visit.
_SPOTS: Final = (
    ("Quay arches", "Aldersea", 160, -90, 16, 0.9),
    ("Bus station", "Aldersea", 320, 140, 12, 0.6),
    ("Priory gardens", "Aldersea", -520, 320, 9, 0.4),
    ("Multi-storey car park", "Aldersea", 40, 210, 8, 0.5),
    ("Saltpans underpass", "Saltpans", 260, 330, 5, 0.3),
    ("Market hall porch", "Market Orrick", 20, 30, 11, 0.6),
    ("Beck bridge", "Market Orrick", 900, 150, 8, 0.5),
    ("Recreation ground shelter", "Market Orrick", -420, -200, 5, 0.2),
    ("Harbour shelter", "Hollinsea", 260, 40, 4, 0.2),
    ("Lay-by on the Hesselmere Road", "Hesselmere", -900, -250, 3, 0.2),
    ("Church porch", "Cottlesham", 20, 40, 3, 0.1),
    ("Mere car park", "Thistlemere", 100, 700, 2, 0.1),
)
_WHO: Final = ("StreetLink", "StreetLink", "Police", "Street warden", "Member of the public", "Councillor")
_WORDS: Final = (
    "Tent and sleeping bag",
    "One person in doorway",
    "Bedding, nobody there",
    "Two people",
    "Person in car",
)
_TEAMS: Final = ("Outreach", "Outreach and police", "Outreach and drug service", "Council and Open Door")
_BANDS: Final = (("05:30", "07:00"), ("10:00", "11:30"), ("14:00", "15:30"), ("21:30", "23:30"))


def write_walks(out: Path, roads: list[Road]) -> None:
    junctions = sorted({end for road in roads for end in road.ends})
    _write_reports(out / "rough_sleeping_reports.csv", Draws("sightings"))
    _write_visits(out / "walkabout_visits.csv", Draws("visits"), junctions)


def _spot(settlement: str, east: int, north: int) -> Point:
    centre = next(place.centre for place in SETTLEMENTS if place.name == settlement)
    return centre[0] + east, centre[1] + north


def _write_reports(path: Path, draws: Draws) -> None:
    rows: list[list[object]] = []
    for _ in range(_REPORTS):
        name, settlement, east, north, *_rest = draws.weighted(_SPOTS, [spot[4] for spot in _SPOTS])
        x, y = _spot(settlement, east, north)
        day = _FIRST_DAY + timedelta(days=draws.below(_DAYS))
        hour = draws.pick((0, 1, 5, 6, 7, 8, 19, 21, 22, 22, 23, 23))
        where = [round(x + draws.between(-60, 60)), round(y + draws.between(-60, 60)), f"{name}, {settlement}"]
        rows.append(
            [day.isoformat(), f"{hour:02d}:{draws.below(12) * 5:02d}", *where, draws.pick(_WHO), draws.pick(_WORDS)]
        )
    head = ["date", "time", "easting", "northing", "place", "reported_by", "description"]
    write_csv(path, [head, *sorted(rows, key=lambda row: [str(cell) for cell in row])])


def _write_visits(path: Path, draws: Draws, junctions: list[Point]) -> None:
    """Log visits to reported spots, and one in six to a junction nobody had reported."""
    rows: list[list[object]] = []
    for _ in range(_VISITS):
        name, settlement, east, north, _weight, mean = draws.pick(_SPOTS)
        x, y = _spot(settlement, east, north)
        if draws.chance(1 / 6):
            x, y = draws.pick([spot for spot in junctions if 300 < distance_m(spot, (x, y)) < 900])
            name, mean = "Elsewhere", 0.08
        found = sum(draws.chance(mean / 2) for _ in range(2)) + (mean > 0.5 and draws.chance(0.2))
        day = _FIRST_DAY + timedelta(days=draws.below(_DAYS))
        start, end = draws.pick(_BANDS)
        rows.append(
            [day.isoformat(), start, end, draws.pick(_TEAMS), f"{name}, {settlement}", round(x), round(y), int(found)]
        )
    head = ["date", "start_time", "end_time", "team", "place", "easting", "northing", "found"]
    write_csv(path, [head, *sorted(rows, key=lambda row: [str(cell) for cell in row])])
