"""Indices of deprivation by LSOA, as the government publishes them: read, checked, and cut to the district.

Read are File 7 of the Indices of Deprivation 2025 (LSOAs of 2021) and 2019 (LSOAs of 2011), File 1 of either, and
tables made from them, as CSV, zip, gzip or XLSX. Kept is the overall index: its score, its rank and its tenth.
"""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import openpyxl
import pandas as pd

from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.deprivation import TENTHS
from geo.review.deprivation import DATASET, keep_deprivation
from geo.review.tables import read_table
from geo.review.workspace import Workspace
from geo.review.xlsx_tables import inspect_workbook
from geo.schema import DEPRIVATION
from layers.adding import Added
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.deprivation_columns import DeprivationColumns, find_columns
from layers.fetching.endpoints import Endpoints
from layers.source_file import Publisher, SourceFile, load, table_bytes

LSOAS: Final = {2021: 33_755, 2011: 32_844}
"""How many LSOAs England has, by the census they were drawn for."""
_INDICES: Final = {2021: 2025, 2011: 2019}
_CODE: Final = re.compile(r"E01\d{6}")
_SHOWN: Final = 6
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class DeprivationFile:
    """The indices of deprivation as a file holds them.

    Attributes
    ----------
    table
        DEPRIVATION table of every LSOA in the file.
    districts
        On the index of `table`: the local authority's code; "" where the file does not say.
    census
        The year of the census whose LSOAs they are.
    file
        Where they came from.
    """

    table: pd.DataFrame
    districts: pd.Series
    census: int
    file: SourceFile

    @property
    def whole(self) -> bool:
        """Whether it is of the whole of England."""
        return len(self.table) == LSOAS[self.census]


def read_deprivation(given: Path | SourceFile) -> DeprivationFile:
    """Read the overall index of every LSOA in a file.

    Parameters
    ----------
    given
        CSV or XLSX, perhaps in a zip or gzip, with the code of each LSOA, the index's rank and tenth, and perhaps its
        score and the people who live there.

    Raises
    ------
    BadInputError
        It is no such table; or its codes, ranks, scores and tenths do not fit one another.
    """
    file = load(given)
    rows, columns = _rows(file)
    table = _table(rows, columns, file.name)
    _check(table, LSOAS[columns.census], file.name)
    marks = _last_of_tenths(table) if len(table) == LSOAS[columns.census] else np.zeros(len(table), dtype=bool)
    districts = rows[columns.district] if columns.district else pd.Series("", index=rows.index)
    checked = DEPRIVATION.validate(table.assign(marks_tenth=marks))
    return DeprivationFile(checked, districts.str.strip().reset_index(drop=True), columns.census, file)


def add_deprivation(workspace: Workspace, given: Path | SourceFile, *, today: date) -> Added:
    """Replace the indices of deprivation by those of the district's LSOAs, and of its neighbours' where the file says.

    Kept are the LSOAs loaded, all others of the local authorities these are in, and the one LSOA of each tenth that
    marks the national cut points.

    Raises
    ------
    BadInputError
        The file cannot be used, or holds none of the LSOAs loaded; nothing is changed.
    MissingDataError
        No LSOA boundaries have been added yet.
    """
    areas = workspace.areas("lsoa")
    if areas is None:
        message = (
            "Deprivation is counted by LSOA; add the LSOA boundaries first with: planner add boundary FILE --as lsoa, "
            "or on the Data page."
        )
        raise MissingDataError(message)
    found = read_deprivation(given)
    loaded = found.table["code"].isin(areas["code"])
    if not loaded.any():
        message = (
            f"None of the {len(areas):,} LSOAs loaded is in {found.file.name}; check that it covers your district."
        )
        raise BadInputError(message)
    near = found.districts.isin(set(found.districts[loaded]) - {""})
    kept = found.table[loaded | near | found.table["marks_tenth"]].reset_index(drop=True)
    missing = sorted(set(areas["code"]) - set(found.table["code"]))
    edition = _edition(found, kept=int((loaded | near).sum()), today=today, note=_note(found, len(areas), missing))
    keep_deprivation(workspace, kept, edition)
    return Added(edition, _warnings(found, missing, unknown=int((near & ~loaded).sum())))


def _rows(file: SourceFile) -> tuple[pd.DataFrame, DeprivationColumns]:
    """Read the first sheet that holds the index: the published workbooks begin with a page of notes."""
    content = table_bytes(file)
    faults: list[BadInputError] = []
    for sheet in _sheets(content):
        try:
            rows = read_table(content, sheet=sheet).rows
            return rows, find_columns([str(column) for column in rows.columns], file.name, len(rows))
        except BadInputError as fault:
            faults.append(fault)
    raise faults[-1]


def _sheets(content: bytes) -> tuple[str, ...]:
    """Name the sheets of a workbook; a file that is none, or is damaged, is left to the reader of tables."""
    if not content.startswith(b"PK"):
        return ("",)
    inspect_workbook(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged workbook fails in a dozen ways; the reader of tables says so
        return ("",)
    names = tuple(page.title for page in book.worksheets)
    book.close()
    return names or ("",)


def _table(rows: pd.DataFrame, columns: DeprivationColumns, name: str) -> pd.DataFrame:
    codes = rows[columns.code].str.strip().str.upper()
    wrong = ~codes.str.fullmatch(_CODE)
    if wrong.any():
        message = (
            f"{int(wrong.sum()):,} rows of {name} have no code of an LSOA of England (such as E01000001) in column "
            f"'{columns.code}'; other nations have indices of their own, which cannot be set beside England's."
        )
        raise BadInputError(message)
    if codes.duplicated().any():
        message = f"{int(codes.duplicated().sum()):,} LSOAs stand twice in {name}; download it again."
        raise BadInputError(message)
    return pd.DataFrame(
        {
            "code": codes.astype("str"),
            "score": _numbers(rows, columns.score, name),
            "rank": _whole(rows, columns.rank, name),
            "decile": _whole(rows, columns.decile, name),
            "people": _numbers(rows, columns.people, name),
        }
    ).reset_index(drop=True)


def _numbers(rows: pd.DataFrame, column: str, name: str) -> pd.Series:
    """Read a column of numbers; blank where the file has no such column."""
    if not column:
        return pd.Series(np.nan, index=rows.index, dtype="float64")
    values = pd.to_numeric(rows[column].str.replace(",", "").str.strip(), errors="coerce").astype("float64")
    if not np.isfinite(values).all():
        message = (
            f"{int((~np.isfinite(values)).sum()):,} rows of {name} hold no number in column '{column}'; "
            "download the file again."
        )
        raise BadInputError(message)
    return values


def _whole(rows: pd.DataFrame, column: str, name: str) -> pd.Series:
    values = _numbers(rows, column, name)
    if (values != values.round()).any() or (values < 1).any():
        message = f"Column '{column}' of {name} must hold whole numbers from 1; some of its rows hold others."
        raise BadInputError(message)
    return values.astype("int64")


def _check(table: pd.DataFrame, number: int, name: str) -> None:
    """Refuse a table whose columns contradict one another: one was sorted, or cut off, without the others."""
    ordered = table.sort_values("rank")
    tied = ordered["rank"].rank(method="min").to_numpy()
    position = ordered["rank"] * TENTHS / number - (ordered["decile"] - _HALF)
    faults = {
        f"holds {len(table):,} LSOAs, and England has {number:,}": len(table) > number,
        f"has ranks beyond {number:,}": ordered["rank"].max() > number,
        f"has ranks that do not run from 1 to {number:,}": len(table) == number and (tied != ordered["rank"]).any(),
        "has tenths that do not fit its ranks": (position.abs() > _HALF + TENTHS / number).any(),
        "has scores that do not fall as its ranks rise": (ordered["score"].diff() > 0).any(),
    }
    fault = next((words for words, found in faults.items() if found), "")
    if fault:
        message = f"{name} {fault}; download it again and add it as it is published."
        raise BadInputError(message)


def _last_of_tenths(table: pd.DataFrame) -> np.ndarray:
    """Mark the least deprived LSOA of each tenth."""
    last = table.sort_values(["rank", "code"]).drop_duplicates("decile", keep="last").index
    return table.index.isin(last)


def _publisher(year: int) -> Publisher:
    title = f"English Indices of Deprivation {year}"
    attribution = (
        f"Source: Ministry of Housing, Communities and Local Government, {title}, licensed under the Open Government "
        "Licence v3.0."
    )
    return Publisher(DATASET, title=title, licence="OGL v3", attribution=attribution)


CATALOGUE: Final = (
    CatalogueEntry(
        _publisher(2025),
        "Ministry of Housing, Communities and Local Government",
        Access(
            page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025 (File 7)",
            by_hand="planner add deprivation FILE",
            endpoint=Endpoints().deprivation,
            fetch="deprivation",
            usual=True,
        ),
        form="CSV with a header",
        rhythm=Rhythm("every four to six years: the last are of October 2025", 60),
        used_for="How deprived a small area is, beside where clients came from.",
        also_titled=(_publisher(2019).title,),
    ),
)


def _edition(found: DeprivationFile, *, kept: int, today: date, note: str) -> Edition:
    year = _INDICES[found.census]
    edition = _publisher(year).edition(found.file, rows=kept, today=today, note=note)
    return edition.model_copy(update={"edition": str(year)})


def _note(found: DeprivationFile, areas: int, missing: list[str]) -> str:
    number = LSOAS[found.census]
    size = "" if found.whole else f" An extract: {len(found.table):,} of England's {number:,} LSOAs."
    scores = " It has ranks and no scores." if found.table["score"].isna().all() else ""
    return f"LSOAs of {found.census}: {areas - len(missing):,} of the {areas:,} loaded have a value.{size}{scores}"


def _warnings(found: DeprivationFile, missing: list[str], *, unknown: int) -> tuple[str, ...]:
    """Say which areas have no value, and why that is likely."""
    told = {
        f"No value for {len(missing):,} of the LSOAs loaded: {_listed(missing)}. The file is of the LSOAs of "
        f"{found.census}; yours may be of another census. These areas stay without a value.": bool(missing),
        f"{unknown:,} LSOAs of your local authority in the file are not among the LSOAs loaded.": unknown > 0,
        "The file is an extract: deprivation can be shown by LSOA, and not by hexagon.": not found.whole,
    }
    return tuple(words for words, so in told.items() if so)


def _listed(codes: list[str]) -> str:
    more = len(codes) - _SHOWN
    return ", ".join(codes[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
