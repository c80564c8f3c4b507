"""Read each published postcode format into one plain table of rows: one reader a format.

- OS Code-Point Open: ten columns, no header; old editions pad the postcode to seven characters.
- ONS Postcode Directory and National Statistics Postcode Lookup: a header whose names drift by edition.
- A plain table with a header: postcode, easting, northing and more.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from geo.errors import BadInputError
from geo.places.gazetteer_columns import compact_postcodes, metres, months, shaped, whole_numbers
from geo.places.postcode import SHAPE
from geo.places.published import Member

Kind = Literal["code_point", "ons_directory", "plain", "plain_list"]

NO_LOCATION: Final = 90
GONE_DATE_UNKNOWN: Final = -1

_CODE_POINT: Final = (
    *("postcode", "quality", "easting", "northing", "country", "regional_health_authority", "health_authority"),
    *("county", "district", "ward"),
)
_DIRECTORY: Final = {
    "postcode": ("pcds", "pcd8", "pcd2", "pcd7", "pcd"),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
    "quality": ("osgrdind", "gridind"),
    "introduced": ("dointr",),
    "terminated": ("doterm",),
    "district": ("oslaua", "laua", r"lad\d\dcd"),
    "lat": ("lat",),
}
_PLAIN: Final = {
    "postcode": ("postcode", "pcds", "pcd"),
    "easting": ("easting", "eastings"),
    "northing": ("northing", "northings"),
    "quality": ("quality", "pqi", "positional_quality", "positional_quality_indicator"),
    "introduced": ("introduced", "dointr"),
    "terminated": ("terminated", "doterm"),
    "last_seen": ("last_seen_edition", "last_seen"),
    "district": ("district", "district_code", "district_code_as_published", "admin_district_code"),
}
_NORTHERN_IRELAND: Final = "BT"  # its postcodes carry a licence of their own
_BLOCK_BYTES: Final = 8 * 1024**2


@dataclass(frozen=True)
class Layout:
    """Say how a file is to be read.

    Attributes
    ----------
    kind
        Which published format it is.
    names
        Every column's name in the file; generated where the file has no header.
    chosen
        Our name of a column to the file's.
    """

    kind: Kind
    names: tuple[str, ...]
    chosen: dict[str, str]


@dataclass(frozen=True)
class Rows:
    """Hold what one file said.

    Attributes
    ----------
    table
        postcode (compact), easting, northing (EPSG:27700 metres, 0 where none), quality, introduced (YYYYMM or 0),
        said (month of termination, 0 while live, -1 where gone on an unknown day), last_seen (YYYYMM or 0), district.
    padded
        True where postcodes are padded to seven characters, as editions before 2021 were.
    """

    table: pa.Table
    padded: bool


def detect(member: Member) -> Layout | None:
    """Find out from a file's first line which format it is; None where it is none of them."""
    with member.open() as stream:
        head = stream.read(65_536).decode("utf-8-sig", errors="replace").splitlines()
    first = next(csv.reader(head[:1]), [])
    if len(first) == len(_CODE_POINT) and re.fullmatch(SHAPE, first[0].replace(" ", "").upper()):
        return Layout("code_point", _CODE_POINT, {name: name for name in (*_CODE_POINT[:4], "district")})
    names = [name.strip() for name in first]
    directory = _match(names, _DIRECTORY)
    if {"postcode", "easting", "northing", "terminated"} <= directory.keys() and "quality" in directory:
        return Layout("ons_directory", tuple(names), directory)
    plain = _match(names, _PLAIN)
    if {"postcode", "easting", "northing"} <= plain.keys():
        return Layout("plain_list" if "last_seen" in plain else "plain", tuple(names), plain)
    return None


def read_rows(member: Member, layout: Layout) -> Rows:
    """Read one file whose layout is known.

    Raises
    ------
    BadInputError
        The file breaks its own layout, or a value is not what its column should hold.
    """
    text = _read_text(member, layout)
    name = member.file_name
    if not len(text):
        message = f"{name} holds a header and no postcodes; download it again."
        raise BadInputError(message)
    compact = compact_postcodes(text["postcode"])
    keep = pc.and_(shaped(compact, name), pc.invert(pc.starts_with(compact, _NORTHERN_IRELAND)))
    columns = {"postcode": compact, **_READERS[layout.kind](text, name)}
    return Rows(_without_place(pa.table(columns).filter(keep)), _is_padded(text["postcode"]))


def _match(names: list[str], wanted: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Pair our column names with the file's, in the order of the aliases; of several years' codes the latest."""
    found: dict[str, str] = {}
    for ours, aliases in wanted.items():
        hits = [sorted(name for name in names if re.fullmatch(alias, name.lower())) for alias in aliases]
        best = next((names_found for names_found in hits if names_found), None)
        if best:
            found[ours] = best[-1]
    return found


def _read_text(member: Member, layout: Layout) -> pa.Table:
    theirs = list(layout.chosen.values())
    headless = layout.kind == "code_point"
    with member.open() as stream:
        try:
            table = arrow_csv.open_csv(
                pa.PythonFile(stream, mode="r"),
                read_options=arrow_csv.ReadOptions(
                    block_size=_BLOCK_BYTES,
                    column_names=list(layout.names),
                    skip_rows=0 if headless else 1,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    include_columns=theirs,
                    column_types=dict.fromkeys(theirs, pa.string()),
                    strings_can_be_null=False,
                ),
            ).read_all()
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            message = f"{member.file_name} breaks off or changes its number of columns; download it again."
            raise BadInputError(message) from error
    return table.select(theirs).rename_columns(list(layout.chosen))


def _code_point(text: pa.Table, name: str) -> dict[str, pa.Array]:
    return {
        **_places(text, name),
        "quality": whole_numbers(text["quality"], "positional quality", name),
        **_dates(text, name),
        "district": text["district"],
    }


def _ons_directory(text: pa.Table, name: str) -> dict[str, pa.Array]:
    places = _places(text, name)
    indicator = whole_numbers(text["quality"], "grid reference quality", name)
    nowhere = pc.starts_with(text["lat"], "99.99") if "lat" in text.column_names else pc.equal(indicator, 9)
    return {
        **places,
        "quality": pc.if_else(nowhere, NO_LOCATION, pc.multiply(indicator, pa.scalar(10, pa.int32()))),
        **_dates(text, name),
        "district": text["district"] if "district" in text.column_names else _filled("", len(text)),
    }


def _plain(text: pa.Table, name: str) -> dict[str, pa.Array]:
    given = set(text.column_names)
    quality = whole_numbers(text["quality"], "quality", name) if "quality" in given else _filled(10, len(text))
    return {
        **_places(text, name),
        "quality": quality,
        **_dates(text, name),
        "district": text["district"] if "district" in given else _filled("", len(text)),
    }


def _places(text: pa.Table, name: str) -> dict[str, pa.Array]:
    return {
        "easting": metres(text["easting"], "easting", name),
        "northing": metres(text["northing"], "northing", name),
    }


def _dates(text: pa.Table, name: str) -> dict[str, pa.Array]:
    found = {
        ours: months(text[ours], ours, name) if ours in text.column_names else _filled(0, len(text))
        for ours in ("introduced", "terminated", "last_seen")
    }
    said = found["terminated"]
    if "last_seen" in text.column_names:  # a list of postcodes that are gone
        said = pc.if_else(pc.equal(said, 0), GONE_DATE_UNKNOWN, said)
    return {"introduced": found["introduced"], "said": pc.cast(said, pa.int32()), "last_seen": found["last_seen"]}


def _without_place(table: pa.Table) -> pa.Table:
    """Give every row without a location the same signs: quality 90 at 0, 0."""
    origin = pc.or_(pc.equal(table["easting"], 0), pc.equal(table["northing"], 0))
    nowhere = pc.or_(pc.greater_equal(table["quality"], NO_LOCATION), origin)
    zero = pa.scalar(0, pa.int32())
    for name, value in (("easting", zero), ("northing", zero), ("quality", pa.scalar(NO_LOCATION, pa.int32()))):
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pc.if_else(nowhere, value, pc.cast(table[name], pa.int32())))
    return table


def _is_padded(postcodes: pa.ChunkedArray) -> bool:
    """Recognise the old layout: seven characters always, with no space or two where needed."""
    seven = pc.all(pc.equal(pc.utf8_length(postcodes), 7)).as_py()
    telling = pc.or_(pc.match_substring(postcodes, "  "), pc.invert(pc.match_substring(postcodes, " ")))
    return bool(seven) and bool(pc.any(telling).as_py())


def _filled(value: str | int, length: int) -> pa.Array:
    kind = pa.string() if isinstance(value, str) else pa.int32()
    return pa.repeat(pa.scalar(value, kind), length)


_READERS: Final[dict[Kind, Callable[[pa.Table, str], dict[str, pa.Array]]]] = {
    "code_point": _code_point,
    "ons_directory": _ons_directory,
    "plain": _plain,
    "plain_list": _plain,
}
