"""Write text files the same to the last byte on every machine."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_wgs84

_DEGREES = 5  # decimals: about a metre
_CSV_ROW = Sequence[object]


def to_degrees(shape: BaseGeometry, decimals: int = _DEGREES) -> BaseGeometry:
    """Turn a National Grid shape into rounded longitude and latitude."""

    def turn(east: Any, north: Any) -> tuple[Any, Any]:
        lon, lat = to_wgs84(east, north)
        return lon.round(decimals), lat.round(decimals)

    return shapely.transform(shape, turn, interleaved=False)


def write_geojson(path: Path, features: Iterable[tuple[dict[str, object], BaseGeometry]]) -> None:
    """Write National Grid shapes as GeoJSON in WGS84, one feature a line."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": _geometry(to_degrees(shape))},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, shape in features
    ]
    body = ",\n".join(lines)
    path.write_bytes(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode())


def _geometry(shape: BaseGeometry) -> dict[str, object]:
    return dict(json.loads(shapely.to_geojson(shape)))


def write_csv(
    path: Path,
    rows: Iterable[_CSV_ROW],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    newline: str = "\n",
    quoting: Any = csv.QUOTE_MINIMAL,
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    '<Relationship Id="rId2" Target="styles.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_xlsx(path: Path, rows: Sequence[_CSV_ROW], *, sheet: str, date_column: int) -> None:
    """Write a one-sheet workbook; whole numbers of the date column are Excel day numbers, shown as dates.

    Spreadsheet libraries stamp the time of writing into the file and compress it with whatever zlib is at hand,
    so the few parts a workbook needs are written here, uncompressed and without a clock.
    """
    body = "".join(_xlsx_row(number, row, date_column) for number, row in enumerate(rows, start=1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = _PARTS | {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as book:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # the same on every machine
            book.writestr(entry, _HEAD + text)


def _xlsx_row(number: int, row: _CSV_ROW, date_column: int) -> str:
    return (
        f'<row r="{number}">'
        + "".join(_xlsx_cell(number, at, value, date_column) for at, value in enumerate(row))
        + "</row>"
    )


def _xlsx_cell(number: int, at: int, value: object, date_column: int) -> str:
    where = f"{chr(ord('A') + at)}{number}"
    if isinstance(value, int):
        style = ' s="1"' if at == date_column else ""
        return f'<c r="{where}"{style}><v>{value}</v></c>'
    if value in ("", None):
        return ""
    return f'<c r="{where}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
