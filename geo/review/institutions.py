"""Read the council's list of institutions, whose postcodes make hotspots that are none."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.errors import BadInputError, BadRowsError
from geo.review.keys import Key
from geo.review.placing import place_hash
from geo.review.tables import Table, load_bytes, read_table, row_list
from geo.review.workspace import Workspace

INSTITUTION_KINDS: Final = (
    "prison",
    "hospital",
    "hostel",
    "council_office",
    "temporary_accommodation",
    "agency",
)
_MEANS: Final = {
    "hmp": "prison",
    "mental_health_hospital": "hospital",
    "council": "council_office",
    "office": "council_office",
    "ta": "temporary_accommodation",
    "temporary": "temporary_accommodation",
    "b_b": "temporary_accommodation",
    "bed_and_breakfast": "temporary_accommodation",
    "supported_housing": "hostel",
    "referring_agency": "agency",
    "partner": "agency",
}
_POSTCODE: Final = ("postcode", "post_code", "pcds", "pcode")
_KIND: Final = ("kind", "type", "category", "institution", "institution_type")


def read_institutions(content: bytes | Path, *, key: Key, sheet: str = "") -> dict[str, str]:
    """Read a table with the columns `postcode` and `kind`.

    Parameters
    ----------
    content
        CSV or XLSX.
    key
        The workspace's key: a postcode is kept as its keyed hash only.

    Returns
    -------
    dict of str to str
        Keyed hash of the postcode to one of `INSTITUTION_KINDS`.

    Raises
    ------
    BadInputError
        It is not such a table.
    BadRowsError
        A row has no UK postcode or another kind; the row is named, its postcode is not.
    """
    table = read_table(load_bytes(content), sheet=sheet)
    texts = table.rows[_column(table, _POSTCODE, "postcode")]
    kinds = table.rows[_column(table, _KIND, "kind")].map(_kind)
    shaped = {number: _hash(key, text) for number, text in zip(texts.index, texts, strict=True)}
    _refuse([int(number) for number, found in shaped.items() if not found], "no UK postcode", "one such as SP10 1DP")
    unknown = [int(number) for number in kinds.index[~kinds.isin(INSTITUTION_KINDS)]]
    _refuse(unknown, "another kind of institution", ", ".join(INSTITUTION_KINDS))
    return dict(zip(shaped.values(), kinds.to_list(), strict=True))


def institution_counts(workspace: Workspace) -> dict[str, int]:
    """Count the institutions listed, by kind."""
    kinds = list(workspace.institutions().values())
    return {kind: kinds.count(kind) for kind in INSTITUTION_KINDS if kind in kinds}


def new_among(workspace: Workspace, places: Mapping[str, str]) -> int:
    """Count the institutions that are not on the workspace's list yet."""
    return len(set(places) - set(workspace.institutions()))


def _column(table: Table, names: tuple[str, ...], field: str) -> str:
    fits = [column for column in table.columns if _tidy(column) in names]
    if len(fits) != 1:
        found = ", ".join(f"'{column}'" for column in table.columns[:20])
        message = f"The list of institutions needs one column named {field}; it has {found}."
        raise BadInputError(message)
    return fits[0]


def _kind(text: str) -> str:
    tidy = _tidy(text)
    return _MEANS.get(tidy, tidy)


def _tidy(text: str) -> str:
    return "_".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def _hash(key: Key, text: str) -> str:
    try:
        return place_hash(key, text)
    except BadInputError:
        return ""


def _refuse(rows: list[int], found: str, expected: str) -> None:
    if rows:
        has = "has" if len(rows) == 1 else "have"
        message = f"{row_list(rows)} {has} {found}; expected {expected}. Nothing was kept."
        raise BadRowsError(message)
