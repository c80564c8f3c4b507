"""Tinytown with streets, reports, intelligence and visits, to plan a walk in."""

from datetime import datetime, timedelta

import geopandas as gpd
import numpy as np
import shapely

from geo.review.streets import save_streets
from geo.review.walks.made import HeldWalk, MadeVisit
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.visits import record_walk
from geo.schema import STREETS
from geo.walkabouts.bands import LONDON
from geo.walkabouts.squares import square_at
from tests.tinytown.council import edition

NOW = datetime(2025, 6, 6, 12, tzinfo=LONDON)
BEGINS = datetime(2025, 6, 6, 20, 30, tzinfo=LONDON)
CORNER = (640_000, 420_000)
SIDE = 30
START = "640550, 420550"


def spot(column: int, row: int) -> tuple[float, float]:
    """The middle of a square of 100 m, from the district's corner."""
    return CORNER[0] + 50 + 100 * column, CORNER[1] + 50 + 100 * row


def square(column: int, row: int) -> str:
    return square_at(*spot(column, row))


def lay_streets(council) -> None:
    """Streets through the middles of squares, over the south-western part of the district."""
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    east = [(f"Row {r}", number[r, c], number[r, c + 1], spot(c, r), spot(c + 1, r)) for r, c in _cells(SIDE, SIDE - 1)]
    north = [
        (f"Lane {c}", number[r, c], number[r + 1, c], spot(c, r), spot(c, r + 1)) for r, c in _cells(SIDE - 1, SIDE)
    ]
    names, first, last, here, there = zip(*east, *north, strict=True)
    table = gpd.GeoDataFrame(
        {
            "road": "residential",
            "km_per_hour": 0.0,
            "name": names,
            "lit": "lit",
            "walk_from": first,
            "walk_to": last,
            "walk_ways": 3,
            "drive_from": first,
            "drive_to": last,
            "drive_ways": 3,
        },
        geometry=[shapely.LineString(pair) for pair in zip(here, there, strict=True)],
        crs=27700,
    )
    save_streets(council, STREETS.validate(table[list(STREETS.columns)]), edition("streets"))


def _cells(rows: int, columns: int):
    return ((row, column) for row in range(rows) for column in range(columns))


def tell(council, column: int, row: int, *, hours_ago: float = 5, kind: str = "reported"):
    """Record that somebody was seen, or is expected."""
    when = NOW - timedelta(hours=hours_ago)
    place = GivenPlace(point=spot(column, row))
    made = MadeReport(when, when, "StreetLink", place, 1, kind)
    return record_report(council, made, who="AB", now=NOW)


def walk(council, *finds: tuple[int, int, int], days_ago: int) -> None:
    """Record a walk: column, row and how many were found."""
    begins = (NOW - timedelta(days=days_ago)).replace(hour=20, minute=30)
    visits = []
    for at, (column, row, found) in enumerate(finds):
        arrived = begins + timedelta(minutes=10 + 12 * at)
        outcome = "found" if found else "nobody"
        left = arrived + timedelta(minutes=8)
        visits.append(MadeVisit(arrived, left, outcome, place=GivenPlace(spot(column, row)), bedded_down=found))
    record_walk(
        council, HeldWalk(begins, begins + timedelta(hours=2), ("Outreach",), 2, 0, "AB", tuple(visits)), now=NOW
    )


def fill(council) -> None:
    """Two open reports, one overdue, a piece of intelligence, and two walks."""
    tell(council, 8, 5, hours_ago=100)
    tell(council, 5, 9)
    tell(council, 11, 11, kind="intelligence")
    walk(council, (9, 9, 1), (4, 7, 0), (12, 5, 2), days_ago=20)
    walk(council, (9, 9, 0), (7, 7, 1), (3, 3, 0), days_ago=40)
