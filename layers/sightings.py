"""Draw where people are found sleeping rough, how sure that is, and what was reported: for the team only."""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from geo.crs import NATIONAL_GRID, frame_to_wgs84, to_wgs84
from geo.review.walks.where import Where
from geo.walkabouts.finds.rounded import range_end
from geo.walkabouts.squares import SIDE_M, middle_of, outline_of, told_square
from layers.assets import AssetUrls
from layers.base import PlannerMap, add_legend, add_sources, call, new_map
from layers.hexagons import Card, fact_column, fill_data
from layers.marks import MARK_PX
from layers.payload import line_deltas, path_deltas, polygon_deltas
from layers.style import ROADS, LegendEntry, LegendSection
from layers.walks.card_ground import CardGround
from layers.walks.where_looks import EVIDENCE, LOOKS, RATED, evidence_mark, map_classes, rate_classes
from layers.walks.where_words import band_rows, district_rate, told_band, told_range, told_verdicts

_AROUND_M: Final = 400.0  # shown around the squares
_TOGETHER_M: Final = 2_500.0  # from one place: on a map of 5 km across, a square of 100 m can still be seen
_BEYOND_M: Final = 1_500.0  # streets are drawn so far out, to look around
_SIMPLER_M: Final = 2.0
_EDGE: Final = np.array(
    [0.0, SIDE_M / 2]
)  # marks stand on a square's upper edge, side by side, and leave its colour free
_COUNTED: Final = {"reported": "reports", "intelligence": "intelligence", "found": "found_lately"}
_CARD: Final = {
    "place": "Place",
    "verdict": "Finding",
    "stops": "Found at ten stops (range)",
    "seen": "Visits, hours, people found",
    "last": "Last visited",
}


def sightings_map(
    found: Where,
    ground: CardGround,
    *,
    boundary: gpd.GeoDataFrame,
    band: str,
    minutes: float,
    urls: AssetUrls | None = None,
) -> PlannerMap:
    """Draw the squares of which anything is known, and no other: not the places that might be drawn.

    It opens where most places are known together; one sighting at the other end of the district would otherwise make
    every square too small to be seen.

    Parameters
    ----------
    found
        What is known.
    ground
        The streets beneath.
    boundary
        The district, EPSG:4326: shown at a press of the button, and where nothing is known yet.
    band
        One of `WALK_BANDS`.
    minutes
        At a stop.
    urls
        Where the page finds Leaflet.
    """
    rows = band_rows(found, band)
    outlines = gpd.GeoSeries([outline_of(square) for square in rows["square"]], crs=NATIONAL_GRID)
    title = f"Where people were found sleeping rough, {told_band(band)}"
    target = new_map(_whole(outlines, boundary), title=title, urls=urls, first=_first(rows))
    if len(rows):
        _draw_streets(target, ground, shapely.box(*outlines.total_bounds).buffer(_BEYOND_M))
        _draw_squares(target, rows, outlines, mean=district_rate(found, band), minutes=minutes)
        for kind in EVIDENCE:
            _draw_marks(target, rows, kind)
    add_legend(target, _legend(district_rate(found, band), minutes), notes=[told_range(found)])
    add_sources(target, ground.credits)
    return target


def _legend(mean: float, minutes: float) -> list[LegendSection]:
    classes = map_classes(mean, minutes=minutes)
    pale = LegendEntry("Pale, broken edge: too few visits to tell", LOOKS[RATED + 2])
    marks = tuple(LegendEntry(words, svg=evidence_mark(kind)) for kind, (_, _, _, words) in EVIDENCE.items())
    entries = (*(one.legend() for one in classes[:RATED]), pale, *(one.legend() for one in classes[2 * RATED :]))
    return [
        LegendSection(f"People found at ten stops of {minutes:g} minutes", entries),
        LegendSection("Evidence", marks),
    ]


def _whole(outlines: gpd.GeoSeries, boundary: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the district with every square, for some lie just beyond it."""
    if outlines.empty:
        return boundary
    return _framed([*boundary.to_crs(NATIONAL_GRID).geometry, shapely.box(*outlines.total_bounds)])


def _first(rows: pd.DataFrame) -> gpd.GeoDataFrame | None:
    """Give the ground on which most known places lie together; where none is known, most of those visited."""
    if rows.empty:
        return None
    spots = np.array([middle_of(square) for square in rows["square"]])
    known = spots[rows["known"].to_numpy()] if rows["known"].any() else spots
    around = cKDTree(known).query_ball_point(known, _TOGETHER_M, return_length=True)
    chosen = known[int(np.argmax(around))]
    together = spots[np.hypot(*(spots - chosen).T) <= _TOGETHER_M]
    (west, south), (east, north) = together.min(axis=0), together.max(axis=0)
    return _framed([shapely.box(west, south, east, north).buffer(SIDE_M / 2 + _AROUND_M, join_style="mitre")])


def _draw_streets(target: PlannerMap, ground: CardGround, around: shapely.Geometry) -> None:
    near = shapely.intersects(ground.lines, around)
    if not near.any():
        return
    order = np.argsort(-ground.ranks[near], kind="stable")
    lines = _framed(list(shapely.simplify(ground.lines[near][order], _SIMPLER_M))).geometry
    data = {
        "shapes": [line_deltas(line) for line in lines],
        "classes": ground.ranks[near][order].tolist(),
        "styles": [look.options() for look in ROADS],
        "pane": "planner-sightings-streets",
        "level": 402,
        "closed": False,
    }
    call(target, "quiet", data)


def _draw_squares(
    target: PlannerMap, rows: pd.DataFrame, outlines: gpd.GeoSeries, *, mean: float, minutes: float
) -> None:
    placed = frame_to_wgs84(gpd.GeoDataFrame(geometry=outlines)).geometry
    said = rows.assign(
        place=_places(rows),
        verdict=told_verdicts(rows),
        stops=[_stops(row, minutes) for row in rows.itertuples()],
        seen=[f"{row.visits}, {row.hours:.1f}, {row.found}" for row in rows.itertuples()],
        last=rows["last_visit"].replace("", "never"),
    )
    filled = fill_data(said, classes=rate_classes(rows, mean=mean, minutes=minutes), looks=LOOKS, card=Card(_CARD))
    call(target, "fills", {"shapes": [polygon_deltas(shape) for shape in placed], **filled})


def _draw_marks(target: PlannerMap, rows: pd.DataFrame, kind: str) -> None:
    shown = rows[rows[_COUNTED[kind]] > 0]
    if shown.empty:
        return
    spots = np.array([middle_of(square) for square in shown["square"]]) + _EDGE
    lon, lat = to_wgs84(spots[:, 0], spots[:, 1])
    data = {
        "points": path_deltas(np.column_stack([lon, lat])),
        "icons": [0] * len(shown),
        "svgs": [evidence_mark(kind)],
        "sizes": [MARK_PX],
        "names": [f"{EVIDENCE[kind][3]}: {place}" for place in _places(shown)],
        "facts": [fact_column(label, values) for label, values in _facts(shown, kind).items()],
        "pins": False,
    }
    call(target, "marks", data)


def _facts(shown: pd.DataFrame, kind: str) -> dict[str, pd.Series]:
    if kind == "reported":
        return {
            "Reports within the year": shown["reports"],
            "People in them": shown["reported_people"],
            "Not visited since": shown["open_reports"],
        }
    if kind == "intelligence":
        return {"Pieces of intelligence": shown["intelligence"]}
    return {"People found within the year, each time they were": shown["found_lately"]}


def _places(rows: pd.DataFrame) -> list[str]:
    return [
        ", ".join(filter(None, (told_square(square), street)))
        for square, street in zip(rows["square"], rows["street"], strict=True)
    ]


def _stops(row: Any, minutes: float) -> str:  # noqa: ANN401 - a row that pandas names
    return " to ".join(f"{range_end(value * minutes / 6):g}" for value in (row.low, row.high))


def _framed(shapes: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    return frame_to_wgs84(gpd.GeoDataFrame(geometry=list(shapes), crs=NATIONAL_GRID))
