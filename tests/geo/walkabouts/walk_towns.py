"""Made-up towns for walks: a grid of streets with names and lamps, and candidates on it."""

from datetime import datetime

import geopandas as gpd
import numpy as np
import shapely

from geo.places.streets import Streets
from geo.schema import STREETS
from geo.walkabouts.bands import LONDON
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.planning.ask import CandidateStop, WalkAsk
from geo.walkabouts.squares import square_at

CORNER = (400_000, 400_000)
BEGINS = datetime(2026, 1, 9, 20, 30, tzinfo=LONDON)


def town(*pieces) -> Streets:
    """Streets from pieces: name, lit, and the two spots that each joins, in metres from the corner."""
    spots = sorted({spot for _, _, *ends in pieces for spot in ends})
    numbers = np.array([[spots.index(spot) for spot in ends] for _, _, *ends in pieces], dtype=np.int64)
    table = gpd.GeoDataFrame(
        {
            "road": "residential",
            "km_per_hour": 0.0,
            "name": [name for name, *_ in pieces],
            "lit": [lit for _, lit, *_ in pieces],
            "walk_from": numbers[:, 0],
            "walk_to": numbers[:, 1],
            "walk_ways": 3,
            "drive_from": numbers[:, 0],
            "drive_to": numbers[:, 1],
            "drive_ways": 3,
        },
        geometry=[shapely.LineString(np.add(ends, CORNER)) for _, _, *ends in pieces],
        crs=27700,
    )
    return Streets(STREETS.validate(table[list(STREETS.columns)]))


def grid(side: int, *, unlit=(), missing=()) -> Streets:
    """Streets through the middles of squares: "Row 0", "Row 1" ... run east, "Column 0" ... north."""
    pieces = []
    for column, row in ((column, row) for column in range(side) for row in range(side)):
        for name, x, y in ((f"Row {row}", column + 1, row), (f"Column {column}", column, row + 1)):
            if max(x, y) < side and (name, (column, row)) not in missing:
                lit = "unlit" if name in unlit else "lit"
                pieces.append((name, lit, _spot(column, row), _spot(x, y)))
    return town(*pieces)


def _spot(column: float, row: float) -> tuple[float, float]:
    return 50 + column * 100.0, 50 + row * 100.0


def _middle(column: float, row: float) -> tuple[float, float]:
    x, y = _spot(column, row)
    return CORNER[0] + x, CORNER[1] + y


def end_at(column: float, row: float, name: str = "the office") -> WalkEnd:
    return WalkEnd(name, _middle(column, row))


def square(column: int, row: int) -> str:
    return square_at(*_middle(column, row))


def place(column: int, row: int, **worth) -> CandidateStop:
    return CandidateStop(square(column, row), **({"find": 1.0} | worth))


def ask(*candidates: CandidateStop, minutes: float = 60, **more) -> WalkAsk:
    office = end_at(0, 0)
    said = {"begins": BEGINS, "start": office, "end": office, "teams": 1, "people": 2 * more.get("teams", 1)} | more
    return WalkAsk(limit_minutes=minutes, candidates=candidates, **said)
