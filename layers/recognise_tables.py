"""Recognise a published table by its columns, or by the shape of its rows where it has no header."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.errors import BadInputError
from geo.places.gazetteer_readers import detect
from geo.places.postcode import SHAPE
from geo.places.published import GuardedStream, Member
from geo.review.institutions import INSTITUTION_KINDS
from layers.community_sites import category_of
from layers.household_columns import find_columns
from layers.recognised import Recognised

_LOOKED_AT: Final = 400
_ODS_COLUMNS: Final = 27
_ODS_CODE: Final = (
    r"(?=.*\d)[A-Z0-9]{3,12}"  # each row begins with one; a list of people begins with a name or a number
)
_POSTCODE, _STATUS, _SETTING = 9, 12, 25
_LIBRARIES: Final = {"reporting service", "monday opening times"}
_FOOD_BANKS: Final = ({"organisation_name", "organisation_slug"}, {"shopping_list_url", "network"})
_PLACES: Final = ({"postcode"}, {"easting", "northing"}, {"lat", "lon"}, {"latitude", "longitude"})
_CATEGORY: Final = frozenset({"category", "site type", "type", "kind"})
# Columns that a list of places never has, and a list of people has one of.
_OF_PEOPLE: Final = re.compile(
    r"birth|\bdob\b|\bage\b|\bage band\b|surname|forename|(?:first|last|family|full|middle) ?name|applicant|client"
    r"|house ?hold ?(?:ref|type|member|number|id\b)|\bcase\b|referr|approach|homeless|\bnino?\b|\bni (?:no|num)"
    r"|national insurance|outcome|gender|reason|tenant|tenancy|ethnic|nationality|next of kin|priority need|pregnan"
    r"|\bperson ?id\b|support needs?\b|vulnerab"
)
_LOCATED: Final = re.compile(r"post ?code|\bp ?code\b|\bpcds?\d?\b|easting|latitude|\blat\b|address|uprn")
_RECORDS: Final = "A list of people or of records: add it on the Referrals page"


@dataclass(frozen=True, slots=True)
class _Rows:
    """The first rows of a table: its name, its header as plain words, its rows, and the bytes themselves."""

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    head: bytes

    @property
    def plain(self) -> set[str]:
        """The header's words in small letters, without punctuation."""
        return {re.sub(r"[^a-z0-9]+", " ", cell.lower()).strip() for cell in self.header}


def recognise_table(name: str, head: bytes, *, whole: bool) -> Recognised | None:
    r"""Tell what a table is; None where it is none that the planner knows.

    Parameters
    ----------
    head
        Its first bytes.
    whole
        Whether these are all; else the last line is half a line.

    Examples
    --------
    >>> recognise_table("list.csv", b"name,type,postcode,Date of birth\nA,hall,ZZ1 1AA,\n", whole=True).kind
    ''
    """
    rows = _first_rows(name, head, whole=whole)
    if rows is None:
        return None
    return next((found for test in _TESTS if (found := test(rows)) is not None), None)


def _first_rows(name: str, head: bytes, *, whole: bool) -> _Rows | None:
    text = _text(head)
    if "\0" in text or not text.strip():
        return None
    lines = text.splitlines(keepends=True)
    told = "".join((lines if whole or len(lines) == 1 else lines[:-1])[:_LOOKED_AT])
    mark = max(",;\t|", key=lines[0].count)
    try:
        rows = [row for row in csv.reader(io.StringIO(told), delimiter=mark) if any(cell.strip() for cell in row)]
    except csv.Error:
        return None
    return _Rows(name, tuple(rows[0]), rows, head) if rows else None


def _text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _surgeries(rows: _Rows) -> Recognised | None:
    """Tell NHS ODS's lists, which have no header: epraccur and ebranchs; a list of pharmacies is told, not taken."""
    lists = [row for row in rows.rows if len(row) == _ODS_COLUMNS]
    coded = sum(re.fullmatch(_ODS_CODE, row[0].strip()) is not None for row in lists)
    if len(lists) < len(rows.rows) or 2 * coded < len(lists) or not any(_is_postcode(row[_POSTCODE]) for row in lists):
        return None
    if all(not row[_STATUS].strip() for row in lists):
        return Recognised("gp_branches", "NHS ODS branch surgeries (ebranchs)")
    if any(row[_STATUS] == "A" and row[_SETTING].strip() == "4" for row in lists):
        return Recognised("gp_surgeries", "NHS ODS GP practices (epraccur)")
    sure = not re.search(r"(?i)praccur", rows.name)
    return Recognised("" if sure else "gp_surgeries", "A list of NHS ODS without GP practices", sure=sure)


def _libraries(rows: _Rows) -> Recognised | None:
    return Recognised("libraries", "Libraries (Arts Council England)") if rows.plain >= _LIBRARIES else None


def _food_banks(rows: _Rows) -> Recognised | None:
    columns = {cell.strip().lower() for cell in rows.header}
    known = any(columns >= wanted for wanted in _FOOD_BANKS) and "postcode" in columns
    return Recognised("food_banks", "Food banks (Give Food)") if known else None


def _deprivation(rows: _Rows) -> Recognised | None:
    ranked = [text for text in rows.plain if "imd" in text.split() or "index of multiple deprivation" in text]
    told = any("rank" in text for text in ranked) and any("decil" in text for text in ranked)
    lsoa = any(text.startswith("lsoa") for text in rows.plain)
    return Recognised("deprivation", "Indices of deprivation") if told and lsoa else None


def _census(rows: _Rows) -> Recognised | None:
    if {"field", "group"} <= rows.plain:
        return Recognised("census", "Groups of people")
    ages = sum(bool(re.match(r"(?:age )?aged \d", text)) for text in rows.plain)
    return (
        Recognised("census", "Census 2021, people by age (TS007)") if ages and "geography code" in rows.plain else None
    )


def _people(rows: _Rows) -> Recognised | None:
    """Set a list of people or records aside before anything that a list of places could be."""
    located = any(_LOCATED.search(text) for text in rows.plain)
    personal = any(_OF_PEOPLE.search(text) for text in rows.plain)
    return Recognised("", _RECORDS) if located and personal and "crime id" not in rows.plain else None


def _institutions(rows: _Rows) -> Recognised | None:
    if not rows.plain >= {"postcode", "kind"}:
        return None
    cells = {cell.strip().lower().replace(" ", "_") for row in rows.rows[1:] for cell in row}
    listed = cells & set(INSTITUTION_KINDS)
    return Recognised("institutions", "Institutions", sure="name" not in rows.plain) if listed else None


def _sites(rows: _Rows) -> Recognised | None:
    """Tell a table of sites by its columns; it is sure only where most of its categories are ones that sites have."""
    located = any(wanted <= rows.plain for wanted in _PLACES)
    column = next((at for at, name in enumerate(rows.header) if name.strip().lower() in _CATEGORY), None)
    if column is None or "name" not in rows.plain or not located:
        return None
    said = [row[column] for row in rows.rows[1:] if len(row) > column]
    known = sum(category_of(text) != "other" for text in said)
    return Recognised("sites", "A table of community sites", sure=2 * known > len(said))


def _postcodes(rows: _Rows) -> Recognised | None:
    stream = GuardedStream(io.BytesIO(rows.head), rows.name, len(rows.head))
    try:
        layout = detect(Member(rows.name, lambda: stream))
    except BadInputError:
        return None
    titles = {"code_point": "OS Code-Point Open", "ons_directory": "ONS postcode directory (ONSPD or NSPL)"}
    return Recognised("gazetteer", titles.get(layout.kind, "A table of postcodes")) if layout else None


def _homes(rows: _Rows) -> Recognised | None:
    try:
        find_columns([cell.strip() for cell in rows.header], rows.name)
    except BadInputError:
        return None
    return Recognised("households", "Homes and people")


def _is_postcode(text: str) -> bool:
    return re.fullmatch(SHAPE, text.replace(" ", "").upper()) is not None


_TESTS: Final[tuple[Callable[[_Rows], Recognised | None], ...]] = (
    _surgeries,
    _libraries,
    _food_banks,
    _deprivation,
    _census,
    _people,
    _institutions,
    _sites,
    _postcodes,
    _homes,
)
"""The most telling first: a list of libraries has postcodes and coordinates too."""
