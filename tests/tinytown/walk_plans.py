"""Tinytown's streets, a grid of 200 m, and walks over them of any size that no search has planned."""

from datetime import datetime, timedelta

import geopandas as gpd
import numpy as np
import shapely

from geo.review.streets import save_streets
from geo.walkabouts.bands import LONDON
from geo.walkabouts.plan import LeftOut, Leg, PlannedStop, TeamWalk, Walkabout, WalkEnd
from geo.walkabouts.squares import square_at
from tests.tinytown.council import edition

BEGINS = datetime(2025, 6, 6, 20, 30, tzinfo=LONDON)
SIDE = 200.0
ROWS, COLUMNS = 5, 8
SOUTH_WEST = (640_400.0, 420_400.0)
START = WalkEnd("Town hall, main steps", SOUTH_WEST)
LONG = "The Old Market Place Behind the Corn Exchange"
STREETS = ("Bell Street", "Chantry Way", "New Street", LONG, "near Bell Street")
SENTENCE = "Twelve finds near the underpass: a sentence for the team"
HIDDEN = ("intelligence", "exploration", "report", SENTENCE, "Left Out Lane", "five visits", "seed")
"""What a plan holds and nobody but the team may read."""


def corner(column: int, row: int) -> tuple[float, float]:
    return SOUTH_WEST[0] + column * SIDE, SOUTH_WEST[1] + row * SIDE


def _number(column: int, row: int) -> int:
    return row * COLUMNS + column


def add_streets(council) -> None:
    """Give the town its streets: named from west to east, without a name from south to north."""
    lines, names, ends = [], [], []
    for row in range(ROWS):
        for column in range(COLUMNS):
            if column + 1 < COLUMNS:
                lines.append(shapely.LineString([corner(column, row), corner(column + 1, row)]))
                names.append(STREETS[row % 4])
                ends.append((_number(column, row), _number(column + 1, row)))
            if row + 1 < ROWS:
                lines.append(shapely.LineString([corner(column, row), corner(column, row + 1)]))
                names.append("Women's Refuge Drive" if column == 2 else "")
                ends.append((_number(column, row), _number(column, row + 1)))
    start, end = np.array(ends, dtype=np.int64).T
    count = len(lines)
    table = {
        "road": np.full(count, "residential", dtype=object),
        "km_per_hour": np.zeros(count),
        "name": np.array(names, dtype=object),
        "lit": np.full(count, "lit", dtype=object),
    }
    for mode in ("walk", "drive"):
        table |= {f"{mode}_from": start, f"{mode}_to": end, f"{mode}_ways": np.full(count, 3, dtype=np.int64)}
    source = edition("streets").model_copy(update={"attribution": "(c) Mapmakers of Tinytown 2025, free to use"})
    save_streets(council, gpd.GeoDataFrame(table, geometry=lines, crs=27700), source)


def made_plan(stops: int = 3, *, teams: int = 1, begins: datetime = BEGINS) -> Walkabout:
    """Plan a walk: each team goes from corner to corner, eight minutes at each."""
    walks, number = [], 1
    for team in range(1, teams + 1):
        here, now, mine, legs = SOUTH_WEST, begins, [], []
        for at in range(stops):
            there = corner((at + team) % COLUMNS, (at // 2) % ROWS)
            legs.append(_leg(here, there))
            now += timedelta(minutes=legs[-1].minutes)
            street = STREETS[(number - 1) % len(STREETS)]
            purpose = ("report", "intelligence", "known", "exploration")[number % 4]
            mine.append(PlannedStop(number, square_at(*there), street, there, now, 8.0, purpose, must=number == 1))
            number, here, now = number + 1, there, now + timedelta(minutes=8)
        legs.append(_leg(here, SOUTH_WEST))
        now += timedelta(minutes=legs[-1].minutes)
        walks.append(TeamWalk(team, tuple(mine), tuple(legs) if mine else (), (now - begins).total_seconds() / 60))
    return Walkabout(
        begins,
        "evening",
        120.0,
        START,
        START,
        tuple(walks),
        (LeftOut("TA414203", "Left Out Lane", "five visits found nobody"),),
        along_streets=True,
        light_known=0.5,
        explored_share=0.15,
        sentence=SENTENCE,
        seed=7,
    )


def _leg(here: tuple[float, float], there: tuple[float, float]) -> Leg:
    line = shapely.LineString([here, (there[0], here[1]), there]) if here != there else shapely.LineString()
    return Leg(line, line.length / 80, ("Bell Street", "Women's Refuge Drive", "Chantry Way"), 0.25)
