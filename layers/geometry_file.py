"""A map file as a geometry table in EPSG:4326: GeoJSON, GeoPackage or a zipped Shapefile, or a clear refusal."""

import io
import warnings
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj.exceptions import ProjError

from geo.crs import WGS84, frame_to_wgs84
from geo.errors import BadInputError
from layers.source_file import SourceFile, zip_names

_GEOPACKAGE: Final = b"SQLite format 3"
_MEMBERS: Final = (".shp", ".gpkg", ".geojson", ".json")
_EXPECTED: Final = "expected GeoJSON, GeoPackage, or the zip of a Shapefile"
_BRITAIN: Final = (-12.0, 48.0, 6.0, 63.0)  # EPSG:4326 degrees: west, south, east, north, with the seas around
_SMALLEST_DEGREES: Final = 1e-5  # a file that is smaller than a metre across is not a map


def read_geometry_file(file: SourceFile) -> gpd.GeoDataFrame:
    """Read the one layer of a map file, without its third dimension.

    Raises
    ------
    BadInputError
        It is no map file, has several layers or none, no shape, no coordinate system, or numbers that cannot be
        what it says they are.
    """
    frame = _read(file, _contents(file))
    if not len(frame) or "geometry" not in frame:
        message = f"{file.name} holds no shape; export the layer again with its features."
        raise BadInputError(message)
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)].reset_index(drop=True)
    if not len(frame):
        message = f"Every shape in {file.name} is empty; export the layer again with its geometry."
        raise BadInputError(message)
    _check_numbers(frame, file.name)
    flat = frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    try:
        placed = frame_to_wgs84(flat)
    except ProjError as error:
        raise BadInputError(_elsewhere(file.name)) from error
    _check_place(placed, file.name)
    return placed.set_crs(WGS84, allow_override=True)  # CRS84 is the same but for the order of its axes


def _contents(file: SourceFile) -> bytes:
    """Tell by the bytes what it is: GDAL would open more than we want, files that point to other files among them."""
    if file.content.startswith(b"PK"):
        return _unzipped(file)
    start = file.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"{", _GEOPACKAGE)):
        message = f"{file.name} is not a map file that can be read; {_EXPECTED}."
        raise BadInputError(message)
    return file.content.removeprefix(b"\xef\xbb\xbf")


def _unzipped(file: SourceFile) -> bytes:
    layers = [name for name in zip_names(file) if name.lower().endswith(_MEMBERS)]
    if len(layers) != 1:
        message = f"{file.name} holds {len(layers)} map layers; {_EXPECTED} with one layer."
        raise BadInputError(message)
    stem = PurePosixPath(layers[0])
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            if stem.suffix.lower() != ".shp":
                return archive.read(layers[0])
            parts = [name for name in archive.namelist() if name.startswith(str(stem.with_suffix("")) + ".")]
            return _repacked({PurePosixPath(name).name: archive.read(name) for name in parts})
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        message = f"{file.name} is damaged or protected by a password; download it again."
        raise BadInputError(message) from error


def _repacked(parts: dict[str, bytes]) -> bytes:
    """Zip a Shapefile's parts without the folder they came in, where GDAL looks for them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _read(file: SourceFile, content: bytes) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings(action="ignore"):  # GDAL and pyogrio remark on names of files and columns
            layers = [(at, str(name)) for at, (name, kind) in enumerate(pyogrio.list_layers(content)) if kind]
            if len(layers) != 1:
                found = ", ".join(name for _, name in layers) or "none"
                message = (
                    f"{file.name} holds {len(layers)} layers ({found}); save the one you need to a file of its own."
                )
                raise BadInputError(message)
            return pyogrio.read_dataframe(content, layer=layers[0][0])
    except (DataSourceError, DataLayerError, UnicodeDecodeError, shapely.errors.GEOSException) as error:
        message = f"{file.name} is damaged or not a map file; {_EXPECTED}."
        raise BadInputError(message) from error


def _check_numbers(frame: gpd.GeoDataFrame, name: str) -> None:
    """Refuse a file without a coordinate system, and one whose numbers are metres where it says degrees."""
    if frame.crs is None or not (frame.crs.is_geographic or frame.crs.is_projected):
        message = (
            f"{name} does not say its coordinate system; save it again with one, EPSG:27700 (British National Grid) or "
            "EPSG:4326 (longitude and latitude). A Shapefile needs its .prj."
        )
        raise BadInputError(message)
    if not np.isfinite(shapely.get_coordinates(frame.geometry.to_numpy())).all():
        message = f"{name} holds coordinates that are no numbers; export the layer again."
        raise BadInputError(message)
    west, south, east, north = frame.total_bounds
    if frame.crs.is_geographic and (max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90):  # noqa: PLR2004 - degrees
        message = (
            f"{name} says longitude and latitude, but its numbers look like National Grid metres; save it again with "
            "the coordinate system EPSG:27700 stated, or converted to EPSG:4326."
        )
        raise BadInputError(message)


def _check_place(frame: gpd.GeoDataFrame, name: str) -> None:
    west, south, east, north = frame.total_bounds
    outside = west < _BRITAIN[0] or south < _BRITAIN[1] or east > _BRITAIN[2] or north > _BRITAIN[3]
    tiny = max(east - west, north - south) < _SMALLEST_DEGREES and (frame.geom_type != "Point").any()
    if outside or tiny:
        raise BadInputError(_elsewhere(name))


def _elsewhere(name: str) -> str:
    return (
        f"The shapes in {name} do not lie in Great Britain, going by the coordinate system it states; "
        "check that system (EPSG:27700 or EPSG:4326), and that longitude comes before latitude."
    )
