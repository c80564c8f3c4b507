"""Put layers, plain tables and QGIS styles together as one GeoPackage in memory; nothing touches the disk.

GDAL writes each layer into a file of its own, and SQLite copies them into one (OGC 12-128r18, GeoPackage 1.3).
"""

import io
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pyogrio

from geo.crs import NATIONAL_GRID, frame_to_national_grid, require_crs

_STYLES: Final = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
 f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
 styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
_STYLE_ROW: Final = """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
 styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
 VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', '', ?)"""
_CONTENT_ROW: Final = """INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
 VALUES (?, 'attributes', ?, ?, ?, 0)"""
_COPIED: Final = ("gpkg_contents", "gpkg_geometry_columns")
_NAME: Final = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True)
class Layer:
    """A layer of shapes.

    Attributes
    ----------
    name
        Of the table: small letters, figures and underscores.
    title, description
        For readers.
    frame
        The rows, in EPSG:4326 or EPSG:27700; all shapes of one kind.
    qml
        How QGIS shows it.
    """

    name: str
    title: str
    description: str
    frame: gpd.GeoDataFrame
    qml: str


@dataclass(frozen=True)
class PlainTable:
    """A table without shapes: all columns are texts."""

    name: str
    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def gpkg_bytes(layers: Sequence[Layer], tables: Sequence[PlainTable], *, day: str) -> bytes:
    """Write the file; the same layers on the same day are the same bytes, with the same version of GDAL.

    Parameters
    ----------
    layers
        At least one; drawn by QGIS in EPSG:27700.
    tables
        Plain tables, registered as attributes.
    day
        ISO day that stands as the day of the last change.
    """
    moment = f"{day}T00:00:00.000Z"
    with closing(sqlite3.connect(":memory:")) as book:
        book.deserialize(_one_layer(layers[0]))
        for layer in layers[1:]:
            _copy(book, layer)
        for table in tables:
            _add_table(book, table, moment)
        _add_styles(book, layers, moment)
        book.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
        book.commit()
        book.execute("VACUUM")
        return _counted_from_one(book.serialize())


def _counted_from_one(content: bytes) -> bytes:
    """Set the number of changes, and the change that the header is valid for, to 1; GDAL makes more or fewer of them.

    SQLite file format, section 1.3: four bytes at 24 and at 92.
    """
    one = (1).to_bytes(4, "big")
    return content[:24] + one + content[28:92] + one + content[96:]


def safe_name(text: str) -> str:
    """Make a name that can be a table's.

    Examples
    --------
    >>> safe_name("Clients by ward; 2")
    'clients_by_ward__2'
    """
    return _NAME.sub("_", text.lower())


def _one_layer(layer: Layer) -> bytes:
    out = io.BytesIO()
    frame = frame_to_national_grid(layer.frame)
    require_crs(frame, NATIONAL_GRID)
    kinds = set(frame.geom_type)
    pyogrio.write_dataframe(
        frame.set_crs(NATIONAL_GRID, allow_override=True),
        out,
        driver="GPKG",
        layer=layer.name,
        geometry_type=_kind_of(kinds),
        promote_to_multi="Polygon" in kinds or "MultiPolygon" in kinds,
        layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": layer.description, "SPATIAL_INDEX": "NO"},
    )
    return out.getvalue()


def _kind_of(kinds: set[str]) -> str:
    if not kinds or kinds & {"Polygon", "MultiPolygon"}:
        return "MultiPolygon"
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _copy(book: sqlite3.Connection, layer: Layer) -> None:
    """Copy a layer's table and what the file says of it."""
    with closing(sqlite3.connect(":memory:")) as source:
        source.deserialize(_one_layer(layer))
        made = source.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (layer.name,))
        book.execute(made.fetchone()[0])
        for table in (layer.name, *_COPIED, "gpkg_ogr_contents"):
            _copy_rows(source, book, table)
        triggers = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
        for (statement,) in source.execute(triggers, (layer.name,)).fetchall():
            book.execute(statement)


def _copy_rows(source: sqlite3.Connection, book: sqlite3.Connection, table: str) -> None:
    found = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name of our own
    marks = ", ".join("?" * len(found.description))
    book.executemany(f'INSERT INTO "{table}" VALUES ({marks})', found.fetchall())  # noqa: S608 - a name of our own


def _add_table(book: sqlite3.Connection, table: PlainTable, moment: str) -> None:
    columns = ", ".join(f'"{name}" TEXT' for name in table.columns)
    book.execute(f'CREATE TABLE "{table.name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {columns})')
    named = ", ".join(f'"{name}"' for name in table.columns)
    marks = ", ".join("?" * len(table.columns))
    book.executemany(f'INSERT INTO "{table.name}" ({named}) VALUES ({marks})', table.rows)  # noqa: S608 - our own names
    _register(book, (table.name, table.title, table.description), len(table.rows), moment)


def _add_styles(book: sqlite3.Connection, layers: Sequence[Layer], moment: str) -> None:
    book.execute(_STYLES)
    rows = [(layer.name, layer.title[:30], layer.qml, layer.title, moment) for layer in layers]
    book.executemany(_STYLE_ROW, rows)
    _register(book, ("layer_styles", "layer_styles", "How QGIS shows the layers"), len(rows), moment)


def _register(book: sqlite3.Connection, told: tuple[str, str, str], rows: int, moment: str) -> None:
    book.execute(_CONTENT_ROW, (*told, moment))
    book.execute("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", (told[0], rows))
