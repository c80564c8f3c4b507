"""The country beneath the map: land, water, roads and the names of settlements, from the council's own GIS files.

Read from GeoJSON, GeoPackage or Shapefile (OS OpenMap Local, OpenStreetMap extracts and the like, cut to the district),
and drawn quietly.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84, require_crs
from geo.disclosure.safe_places import is_safe_place
from geo.disclosure.uniform_words import left_out
from geo.editions import Edition
from geo.errors import BadInputError
from geo.schema import AREAS
from layers.base import PlannerMap, call
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.geometry_file import read_geometry_file
from layers.payload import line_deltas, path_deltas, polygon_deltas
from layers.source_file import Publisher, SourceFile, load
from layers.style import LAND, RIVER, ROADS, SEA, WATER, Fill

BackdropKind = Literal["land", "water", "roads", "settlements"]

_POLYGONS: Final = frozenset({"Polygon", "MultiPolygon"})
_LINES: Final = frozenset({"LineString", "MultiLineString"})
_SHAPES: Final[dict[BackdropKind, frozenset[str]]] = {
    "land": _POLYGONS,
    "water": _POLYGONS | _LINES,
    "roads": _LINES,
    "settlements": frozenset({"Point"}),
}
_NAMES: Final = ("name", "name1", "road_name", "roadname", "place", "title")
_KINDS: Final = ("kind", "class", "type", "fclass", "highway", "place", "function", "road_classification", "local_type")
_MAJOR: Final = frozenset({"city", "town", "main", "motorway", "trunk", "primary", "a road"})
_MIDDLE: Final = frozenset({"village", "suburban area", "suburb", "minor", "secondary", "tertiary", "b road", "river"})
CATALOGUE: Final = tuple(
    CatalogueEntry(
        Publisher(
            kind,
            title=f"OS OpenMap Local: {kind}",
            licence="OGL v3",
            attribution="Contains OS data (c) Crown copyright and database right [year].",
        ),
        "Ordnance Survey (or OpenStreetMap)",
        Access(
            page="https://osdatahub.os.uk/downloads/open/OpenMapLocal (cut to the district by the GIS officer)",
            by_hand=f"planner add backdrop FILE --as {kind}",
        ),
        form="GeoPackage, GeoJSON or zipped shapefile",
        rhythm=Rhythm("every six months", 36),
        used_for="The country beneath the map, without a tile server.",
        also_titled=("OpenStreetMap",),
    )
    for kind in _SHAPES
)
_TOLERANCE_DEG: Final = 0.00006  # about 5 m
_LABEL_ZOOM: Final = (0, 10, 11.5)  # a name of each importance is shown from this zoom on


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What there is to draw beneath: AREAS tables in EPSG:4326, each None where it has not been added.

    The `code` of a road or a settlement begins with its importance, as `read_backdrop` writes it.
    """

    land: gpd.GeoDataFrame | None = None
    water: gpd.GeoDataFrame | None = None
    roads: gpd.GeoDataFrame | None = None
    settlements: gpd.GeoDataFrame | None = None


def draw_backdrop(target: PlannerMap, backdrop: Backdrop) -> None:
    """Draw everything there is, the lowest first."""
    if backdrop.land is not None:
        _draw(target, backdrop.land, looks=[LAND], pane="planner-land", level=210)
    if backdrop.water is not None:
        _draw(target, backdrop.water, looks=[WATER, RIVER], pane="planner-water", level=220)
    if backdrop.roads is not None:
        _draw(target, backdrop.roads, looks=list(ROADS), pane="planner-roads", level=230)


def draw_settlements(target: PlannerMap, settlements: gpd.GeoDataFrame) -> None:
    """Write the names of settlements, last of all, so that they stand above the cells; fewer when zoomed out."""
    require_crs(settlements, WGS84)
    ranks = [importance(code) for code in settlements["code"]]
    data = {
        "points": path_deltas(settlements.geometry.get_coordinates().to_numpy()),
        "names": settlements["name"].tolist(),
        "ranks": ranks,
        "fromZoom": [_LABEL_ZOOM[rank] for rank in ranks],
    }
    call(target, "labels", data)


def importance(code: str) -> int:
    """Read how important a road or settlement is from its code: 0 the most, 2 the least.

    Examples
    --------
    >>> importance("0-town-0001"), importance("anything else")
    (0, 1)
    """
    return int(code[0]) if code[:2] in {"0-", "1-", "2-"} else 1


def read_backdrop(given: Path | SourceFile, kind: BackdropKind, *, today: date) -> tuple[gpd.GeoDataFrame, Edition]:
    """Read one layer of the backdrop.

    Parameters
    ----------
    given
        GeoJSON, GeoPackage or a zipped Shapefile; OS OpenMap Local, OpenStreetMap extracts and the like, cut to the
        district. A column of names, one of kinds (town, village, hamlet; main, minor, street) and one of
        population are used where there are any.
    kind
        Land and water are polygons (water also lines), roads lines, settlements points.
    today
        Recorded as the day it was added.

    Returns
    -------
    geopandas.GeoDataFrame, Edition
        AREAS table in EPSG:4326, the most important first; `code` is importance (0 to 2) and a number; only
        settlements have names.

    Raises
    ------
    BadInputError
        It is no map file, states no or a wrong coordinate system, or holds other shapes.
    """
    file = load(given)
    frame = read_geometry_file(file)
    if kind == "settlements":
        frame = frame.explode(ignore_index=True)
    _require_shapes(frame, kind, file.name)
    used = _shown(frame, kind)
    table = AREAS.validate(_ranked(used, kind))
    unused = len(frame) - len(used)
    note = left_out(unused)
    publisher = _publisher(kind, file.name, list(frame.columns))
    return table, publisher.edition(file, rows=len(table), today=today, note=note)


def _require_shapes(frame: gpd.GeoDataFrame, kind: BackdropKind, name: str) -> None:
    others = sorted(set(frame.geom_type) - _SHAPES[kind])
    if others:
        wanted = " or ".join(sorted(_SHAPES[kind]))
        message = f"{name} holds shapes of the kind {', '.join(others)}; expected {wanted} for {kind}."
        raise BadInputError(message)


def _shown(frame: gpd.GeoDataFrame, kind: BackdropKind) -> gpd.GeoDataFrame:
    """Leave out settlements and land that are called, or tagged as, safe accommodation.

    A road or a stream stays, for a gap in it would point at what lies there.
    """
    if kind not in {"settlements", "land"}:
        return frame
    return frame[~is_safe_place(pd.DataFrame(frame.drop(columns="geometry")))]


def _ranked(frame: gpd.GeoDataFrame, kind: BackdropKind) -> gpd.GeoDataFrame:
    kinds = _texts(frame, _KINDS).str.casefold().str.replace("_", " ")
    rank = np.select([kinds.isin(_MAJOR), kinds.isin(_MIDDLE) | (kinds == "")], [0, 1], default=2)
    people = pd.to_numeric(_texts(frame, ("population", "people", "pop")), errors="coerce").fillna(0)
    # Nothing but a settlement is named on a map, and the drive of a refuge may be called after it: none is kept.
    names = _texts(frame, _NAMES if kind == "settlements" else ())
    order = np.lexsort((np.arange(len(frame)), -people.to_numpy(), rank))
    ranks = rank[order]
    codes = [f"{level}-{number:05d}" for number, level in enumerate(ranks)]
    table = {"code": pd.Series(codes, dtype=str), "name": names.iloc[order].reset_index(drop=True)}
    return gpd.GeoDataFrame(table, geometry=frame.geometry.to_numpy()[order], crs=WGS84)


def _texts(frame: gpd.GeoDataFrame, names: tuple[str, ...]) -> pd.Series:
    """Take the first column that has one of these names, as trimmed text."""
    column = next((column for name in names for column in frame.columns if str(column).casefold() == name), None)
    if column is None:
        return pd.Series("", index=frame.index, dtype=str)
    missing = frame[column].isna()  # of the column, since a cell of GeoJSON may be a list
    texts = ["" if gone else " ".join(str(value).split()) for value, gone in zip(frame[column], missing, strict=True)]
    return pd.Series(texts, dtype=str)


def _publisher(kind: BackdropKind, name: str, columns: list[str]) -> Publisher:
    if {"osm_id", "osm_way_id"} & {column.casefold() for column in columns}:
        return Publisher(kind, title="OpenStreetMap", licence="ODbL", attribution="(c) OpenStreetMap contributors")
    return Publisher(kind, title=f"{kind.capitalize()} from {name}")


def _draw(target: PlannerMap, frame: gpd.GeoDataFrame, *, looks: list[Fill], pane: str, level: int) -> None:
    """Draw polygons and lines of one kind; lines wear the look of their importance."""
    require_crs(frame, WGS84)
    polygons = frame[frame.geom_type.isin(_POLYGONS)].geometry.simplify(_TOLERANCE_DEG)
    lines = frame[~frame.geom_type.isin(_POLYGONS)]
    common = {"pane": pane, "level": level}
    if len(polygons):
        data = {"shapes": [polygon_deltas(shape) for shape in polygons], "classes": [0] * len(polygons)}
        sea = {"sea": SEA} if pane == "planner-land" else {}
        call(target, "quiet", data | common | sea | {"styles": [looks[0].options()], "closed": True})
    if len(lines):
        shapes = shapely.simplify(lines.geometry.to_numpy(), _TOLERANCE_DEG)
        classes = [min(importance(code), len(looks) - 1) for code in lines["code"]]
        data = {"shapes": [line_deltas(shape) for shape in shapes], "classes": classes}
        call(target, "quiet", data | common | {"styles": [look.options() for look in looks], "closed": False})
