"""Boundaries: the district, and wards, LSOAs or other named areas, from ONS or from the council's own GIS."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.editions import Dataset, Edition
from geo.errors import BadInputError
from geo.schema import AREAS
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.geometry_file import read_geometry_file
from layers.source_file import Publisher, SourceFile, load

_LEVELS: Final[dict[str, Dataset]] = {"LSOA": "lsoa", "WD": "wards", "LAD": "boundary"}  # finest first
_CODE: Final = re.compile(r"^([A-Z]+?)(\d{2})?CD$", re.IGNORECASE)
_PLAIN_CODES: Final = ("code", "gss_code", "id", "ref")
_PLAIN_NAMES: Final = ("name", "area", "title", "label")
_ONS_CODE: Final = re.compile(r"^[EWSN]\d{8}$")
_MENDABLE: Final = 1e-6  # share of its area that mending a crossing may change
_MOST_MEETINGS: Final = (100_000, 20)  # pairs of edges near each other, and more for each edge
_MOST_CROSSINGS: Final = 20_000  # mending takes more than the square of them: 90,000 take a second
_LOOKED_AT: Final = 100  # edges looked at together
_SLIT_DEGREES2: Final = 1e-8  # square degrees, in Britain some 80 square metres
_SHOWN: Final = 12
_POLYGONS: Final = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class AreaFile:
    """Named areas as a file holds them.

    Attributes
    ----------
    areas
        AREAS table of polygons, EPSG:4326, by code.
    kind
        What they are, going by the name of the code column: "boundary" (LAD), "wards" (WD), "lsoa", else "areas".
    file
        Where they came from.
    note
        What was mended or joined, in plain words; empty where nothing was.
    """

    areas: gpd.GeoDataFrame
    kind: Dataset
    file: SourceFile
    note: str

    def edition(self, dataset: Dataset, *, today: date) -> Edition:
        """Record where they came from; ONS's boundaries are known by their nine-character codes."""
        published = bool(self.areas["code"].str.match(_ONS_CODE).all())
        publisher = (
            _ons(dataset, today.year) if published else Publisher(dataset, title=f"Boundaries from {self.file.name}")
        )
        return publisher.edition(self.file, rows=len(self.areas), today=today, note=self.note)


def read_area_file(given: Path | SourceFile, *, code_column: str = "", name_column: str = "") -> AreaFile:
    """Read named areas.

    Parameters
    ----------
    given
        GeoJSON, GeoPackage or a zipped Shapefile, in any coordinate system it states.
    code_column, name_column
        Columns of codes and names; found by their endings CD and NM where not given.

    Raises
    ------
    BadInputError
        It is no map file, states no or a wrong coordinate system, holds no polygon, a polygon that crosses itself,
        or not the column named.
    """
    file = load(given)
    frame = read_geometry_file(file)
    code, kind = _code_column(frame, code_column, file.name)
    name = _name_column(frame, name_column, code, file.name)
    labels = pd.DataFrame({"code": _texts(frame, code), "name": _texts(frame, name)})
    labels["code"] = labels["code"].where(labels["code"] != "", labels["name"])
    labels["name"] = labels["name"].where(labels["name"] != "", labels["code"])
    _require_polygons(frame, file.name)
    shapes, mended = _sound(frame.geometry.to_numpy(), labels["name"], file.name)
    areas = _joined(labels, shapes)
    joined = len(labels) - len(areas)
    notes = [
        f"{mended} shapes that crossed themselves by a hair were mended." if mended else "",
        f"{joined} rows that share a code with another were joined." if joined else "",
    ]
    return AreaFile(AREAS.validate(areas), kind, file, " ".join(note for note in notes if note))


def read_areas(
    given: Path | SourceFile, *, code_column: str = "", name_column: str = ""
) -> tuple[gpd.GeoDataFrame, Dataset]:
    """Read named areas and say what they are; `read_area_file` tells where they came from as well."""
    found = read_area_file(given, code_column=code_column, name_column=name_column)
    return found.areas, found.kind


def read_boundary(given: Path | SourceFile, *, only: str = "") -> gpd.GeoDataFrame:
    """Read the district's boundary as one row, EPSG:4326; see `district_of`."""
    return district_of(read_area_file(given), only=only)


def district_of(found: AreaFile, *, only: str = "") -> gpd.GeoDataFrame:
    """Dissolve areas into the district they make up.

    Parameters
    ----------
    found
        The district itself, or areas whose union it is, such as its LSOAs.
    only
        The code or name of the one area meant, where the file holds several districts.

    Returns
    -------
    geopandas.GeoDataFrame
        One row, EPSG:4326.

    Raises
    ------
    BadInputError
        The file holds several districts and none was named, or not the one that was.
    """
    areas = found.areas
    if only:
        named = (areas["code"].str.casefold() == only.casefold()) | (areas["name"].str.casefold() == only.casefold())
        areas = areas[named]
    if not len(areas) or (found.kind == "boundary" and len(areas) > 1):
        asked = f"no area called '{only}'" if only else f"{len(areas)} districts"
        listed = ", ".join(found.areas["name"].head(_SHOWN))
        message = f"{found.file.name} holds {asked}; name the one to use by code or name. It holds: {listed}."
        raise BadInputError(message)
    return gpd.GeoDataFrame(geometry=[_without_slits(areas.geometry.union_all())], crs=WGS84)


def district_called(found: AreaFile, name: str) -> gpd.GeoDataFrame:
    """Take the district of this name out of a file of several districts; else see `district_of`."""
    several = found.kind == "boundary" and len(found.areas) > 1
    return district_of(found, only=name if several else "")


def _without_slits(shape: shapely.Geometry) -> shapely.Geometry:
    """Close the holes that rounding leaves where neighbours meet; a real hole, such as a lake left out, stays."""
    polygons = []
    for part in shapely.get_parts(shape):
        holes = np.array(part.interiors, dtype=object)
        polygons.append(shapely.Polygon(part.exterior, holes[shapely.area(shapely.polygons(holes)) > _SLIT_DEGREES2]))
    return shapely.union_all(polygons)


def _code_column(frame: gpd.GeoDataFrame, given: str, name: str) -> tuple[str, Dataset]:
    """Choose the column of codes: the one named, else the finest level the file tells, else any that looks like one."""
    levels = {found[1].upper(): str(column) for column in frame.columns if (found := _CODE.match(str(column)))}
    ranked = [*(level for level in _LEVELS if level in levels), *levels]
    column = _given_column(frame, given, name) or (levels[ranked[0]] if ranked else _plain(frame, _PLAIN_CODES))
    found = _CODE.match(column)
    return column, _LEVELS.get(found[1].upper(), "areas") if found else "areas"


def _name_column(frame: gpd.GeoDataFrame, given: str, code: str, name: str) -> str:
    paired = re.sub(r"(?i)cd$", "NM", code).casefold()
    fitting = [str(column) for column in frame.columns if str(column).casefold() == paired]
    ending = [str(column) for column in frame.columns if re.search(r"(?i)nm$", str(column))]
    return _given_column(frame, given, name) or next(iter([*fitting, *ending]), "") or _plain(frame, _PLAIN_NAMES)


def _given_column(frame: gpd.GeoDataFrame, given: str, name: str) -> str:
    if given and given not in frame.columns:
        listed = ", ".join(str(column) for column in frame.columns if column != "geometry")
        message = f"{name} has no column '{given}'; it has: {listed}."
        raise BadInputError(message)
    return given


def _plain(frame: gpd.GeoDataFrame, names: tuple[str, ...]) -> str:
    return next((str(column) for name in names for column in frame.columns if str(column).casefold() == name), "")


def _texts(frame: gpd.GeoDataFrame, column: str) -> list[str]:
    """Write a column as trimmed text; areas without one are numbered."""
    if not column:
        return [f"Area {number}" for number in range(1, len(frame) + 1)]
    missing = frame[column].isna()  # of the column, since a cell of GeoJSON may be a list
    return ["" if gone else " ".join(str(value).split()) for value, gone in zip(frame[column], missing, strict=True)]


def _require_polygons(frame: gpd.GeoDataFrame, name: str) -> None:
    others = sorted(set(frame.geom_type) - set(_POLYGONS))
    if others:
        message = (
            f"{name} holds shapes of the kind {', '.join(others)}; expected polygons, such as wards or a district."
        )
        raise BadInputError(message)


def _sound(shapes: np.ndarray, names: pd.Series, file_name: str) -> tuple[np.ndarray, int]:
    """Refuse polygons that cross themselves, but for a crossing too small to see, which is mended."""
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    if not len(broken):
        return shapes, 0
    simple = ~np.array([_crosses_often(shape) for shape in shapes[broken]])
    mended = np.array([_mended(shape) if easy else shape for shape, easy in zip(shapes[broken], simple, strict=True)])
    before = shapely.area(shapes[broken])
    changed = np.abs(shapely.area(mended) - before)
    unlike = ~simple | (changed > _MENDABLE * np.maximum(before, np.finfo(float).tiny))
    if unlike.any():
        listed = ", ".join(f"'{names[at]}'" for at in broken[unlike][:_SHOWN])
        message = (
            f"In {file_name} the outline of {listed} crosses itself, so its area is not certain; "
            "mend it with QGIS (Processing Toolbox, Fix geometries) and add the file again."
        )
        raise BadInputError(message)
    whole = shapes.copy()
    whole[broken] = mended
    return whole, len(broken)


def _crosses_often(shape: shapely.Geometry) -> bool:
    """Tell whether edges cross so often that mending would take minutes; looks no further than it needs to."""
    paths = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shape)]
    ends = np.concatenate([np.stack([path[:-1], path[1:]], axis=1) for path in paths])
    edges = np.array(shapely.linestrings(ends), dtype=object)
    tree, near, crossings = shapely.STRtree(edges), 0, 0
    for start in range(0, len(edges), _LOOKED_AT):
        one, other = tree.query(edges[start : start + _LOOKED_AT])
        near += len(one)
        if near > _MOST_MEETINGS[0] + _MOST_MEETINGS[1] * len(edges):
            return True
        crossings += int(shapely.crosses(edges[start + one], edges[other]).sum())
    return crossings > _MOST_CROSSINGS


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    """Mend a crossing, and keep the polygons of what comes of it."""
    parts = shapely.get_parts(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    return shapely.union_all([part for part in parts if part.geom_type in _POLYGONS])


def _joined(labels: pd.DataFrame, shapes: np.ndarray) -> gpd.GeoDataFrame:
    table = gpd.GeoDataFrame(labels, geometry=shapes, crs=WGS84)
    if table["code"].duplicated().any():
        table = table.dissolve(by="code", aggfunc="first", as_index=False)
    table = table.astype({"code": str, "name": str}).sort_values("code", ignore_index=True)
    return table[["code", "name", "geometry"]]


def _ons(dataset: Dataset, year: int | str) -> Publisher:
    crown = f"Contains OS data (c) Crown copyright and database right {year}."
    line = f"Source: Office for National Statistics licensed under the Open Government Licence v.3.0. {crown}"
    return Publisher(dataset, title="ONS digital boundaries", licence="OGL v3", attribution=line)


def _entry(dataset: Dataset, fetch: str, rhythm: Rhythm, used_for: str) -> CatalogueEntry:
    page = "https://geoportal.statistics.gov.uk (Boundaries)"
    by_hand, endpoint = "planner add boundary FILE", Endpoints().arcgis_search
    access = Access(page, by_hand, endpoint, fetch, usual=dataset != "boundary")
    form = "GeoJSON, page by page; by hand also GeoPackage and shapefile"
    return CatalogueEntry(
        _ons(dataset, "[year]"), "Office for National Statistics", access, form=form, rhythm=rhythm, used_for=used_for
    )


CATALOGUE: Final = (
    _entry("boundary", "boundary", Rhythm("every year, in May", 24), "The district."),
    _entry("wards", "wards", Rhythm("every year, in May", 24), "Names everybody knows, and areas to publish by."),
    _entry("lsoa", "lsoa", Rhythm("with every census: the next is of 2031", 120), "Small areas that figures come by."),
)
