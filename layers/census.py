"""Groups of people in the district, from the census: what clients are set against to see whether all are reached.

Read are ONS's table TS007 of Census 2021 (age by single year) as Nomis publishes it, and a plain table of field, group
and people, in which a council may write types of household as well.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from geo.editions import Edition
from geo.errors import BadInputError
from geo.review.ages import BANDS, NOT_STATED, UNDER, age_band
from geo.review.tables import read_table
from geo.schema import CENSUS
from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.source_file import Publisher, SourceFile, load, member_bytes, table_bytes, zip_names

_TABLE: Final = Publisher("census", title="Groups of people")
_TS007: Final = Publisher(
    "census",
    title="Census 2021, age by single year (TS007)",
    licence="OGL v3",
    attribution="Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
)
CATALOGUE: Final = (
    CatalogueEntry(
        _TS007,
        "Office for National Statistics (Nomis)",
        Access(page="https://www.nomisweb.co.uk/sources/census_2021_bulk (TS007)", by_hand="planner add census FILE"),
        form="Zip or CSV with a header",
        rhythm=Rhythm("with every census: the next is of 2031", 120),
        used_for="People by age, to see whether all groups are being reached.",
    ),
)
_AGE: Final = re.compile(r"(?:age: )?aged (?:(under 1)|(\d{1,3})) years?( and over)?(?:; measures: value)?")
_TOTAL: Final = re.compile(r"(?:age: )?total(?:; measures: value)?")
_CENSUS_DAY: Final = date(2021, 3, 21)
_OLDEST: Final = 100  # and over, as one group
_ROUNDING: Final = 0.01  # ONS perturbs small counts, so that ages need not add up to their total to the last person
_PEOPLE: Final = ("people", "persons", "residents", "households", "count")
_FIELDS: Final = {"age": "age_band", "ages": "age_band", "household": "household_type"}
_SHOWN: Final = 12
_LOWER_TIER: Final = "ltla.csv"


@dataclass(frozen=True, slots=True)
class _Read:
    """A table of groups, who published it, and what it is of."""

    table: pd.DataFrame
    publisher: Publisher
    note: str = ""


def read_census(given: Path | SourceFile, *, district: str, today: date) -> tuple[pd.DataFrame, Edition]:
    """Read how many people of each group live in the district.

    Parameters
    ----------
    given
        CSV, XLSX, or the zip of TS007 as Nomis gives it. A plain table has the columns field (such as age_band,
        household_type), group and people.
    district
        Code or name of the district, where the file holds several.
    today
        Recorded as the day it was added.

    Returns
    -------
    pandas.DataFrame, Edition
        CENSUS table, in the planner's own age bands, and where it came from.

    Raises
    ------
    BadInputError
        It is neither, its ages do not fit the bands, or the district is not in it.
    """
    file = load(given)
    rows = _rows(file)
    read = _groups(rows, file.name) if _is_plain(rows) else _ages(rows, district, file.name)
    table = CENSUS.validate(read.table.reset_index(drop=True))
    return table, read.publisher.edition(file, rows=len(table), today=today, note=read.note)


def districts_in(given: Path | SourceFile) -> list[str]:
    """List the districts that a file holds, by name; none for a plain table, which is of one district.

    Raises
    ------
    BadInputError
        It is no table.
    """
    rows = _rows(load(given))
    column = _columns(rows).get("geography", "")
    return sorted(rows[column].unique()) if column and not _is_plain(rows) else []


def _rows(file: SourceFile) -> pd.DataFrame:
    """Read the table; of Nomis's zip, which holds one for every kind of area, that of districts."""
    if file.content.startswith(b"PK"):
        districts = [name for name in zip_names(file) if name.lower().endswith(_LOWER_TIER)]
        if len(districts) == 1:
            return read_table(member_bytes(file, districts[0])).rows
    return read_table(table_bytes(file)).rows


def _columns(rows: pd.DataFrame) -> dict[str, str]:
    return {" ".join(str(column).casefold().split()): str(column) for column in rows.columns}


def _is_plain(rows: pd.DataFrame) -> bool:
    return {"field", "group"} <= _columns(rows).keys()


def _groups(rows: pd.DataFrame, name: str) -> _Read:
    """Read a plain table."""
    columns = _columns(rows)
    counted = next((columns[text] for text in _PEOPLE if text in columns), "")
    if not counted:
        message = f"{name} needs a column 'people' beside 'field' and 'group'."
        raise BadInputError(message)
    field = rows[columns["field"]].str.strip().str.casefold().str.replace(r"[\s-]+", "_", regex=True)
    table = pd.DataFrame({"field": field.replace(_FIELDS), "group": rows[columns["group"]].str.strip()})
    table["people"] = _numbers(rows[counted], name)
    table = table[(table["field"] != "") & (table["group"] != "")]
    ages = table["field"] == "age_band"
    table.loc[ages, "group"] = [_band(text, name) for text in table.loc[ages, "group"]]
    summed = table.groupby(["field", "group"], sort=False)["people"].sum().reset_index()
    order = {band: number for number, band in enumerate(BANDS)}
    summed["order"] = summed["group"].where(summed["field"] == "age_band", "").map(order).fillna(0)
    sorted_ages = summed.sort_values(["field", "order"], kind="stable").drop(columns="order")
    return _Read(sorted_ages, _TABLE)


def _band(text: str, name: str) -> str:
    """Put an age group of the file into one of the planner's bands."""
    found = age_band(text, on=_CENSUS_DAY, today=_CENSUS_DAY)
    if found is None or found == NOT_STATED:
        listed = ", ".join(BANDS[:-1])
        message = f"The ages '{text}' of {name} lie within none of the planner's bands: {listed}."
        raise BadInputError(message)
    return found


def _ages(rows: pd.DataFrame, district: str, name: str) -> _Read:
    """Read one district's row of TS007 and add its single years up to bands."""
    columns = _columns(rows)
    single = {age: column for text, column in columns.items() if (age := _single_year(text)) is not None}
    if "geography" not in columns or set(single) != set(range(_OLDEST + 1)):
        message = (
            f"{name} is neither a table with the columns field, group and people nor Census table TS007 by single year"
            " of age; download TS007 from Nomis (TS007A has five-year groups, which do not fit)."
        )
        raise BadInputError(message)
    chosen, called = _chosen(rows, columns, district, name)
    people = _numbers(chosen[[single[age] for age in sorted(single)]].astype("str"), name)
    _check_total(chosen, columns, float(people.sum()), name)
    bands = [_band(str(age), name) for age in sorted(single)]
    summed = people.groupby(pd.Series(bands, index=people.index), sort=False).sum()
    table = pd.DataFrame({"field": "age_band", "group": summed.index.astype("str"), "people": summed.to_numpy()})
    adults = float(summed.drop(UNDER).sum())
    return _Read(table, _TS007, f"{called}: {adults:,.0f} people of 16 and over.")


def _single_year(text: str) -> int | None:
    """Tell which year of age a column counts; None where it counts several, or none."""
    found = _AGE.fullmatch(text)
    if found is None:
        return None
    age = 0 if found[1] else int(found[2])
    return age if bool(found[3]) == (age == _OLDEST) else None


def _chosen(rows: pd.DataFrame, columns: dict[str, str], district: str, name: str) -> tuple[pd.Series, str]:
    """Choose the district's row by code or name; the only row needs no choice."""
    keys = [columns[text] for text in ("geography code", "geography") if text in columns]
    wanted = " ".join(district.casefold().split())
    same = rows[keys].apply(lambda column: column.str.strip().str.casefold() == wanted).any(axis=1)
    found = rows if len(rows) == 1 else rows[same]
    if len(found) != 1:
        listed = ", ".join(rows[columns["geography"]].head(_SHOWN))
        message = (
            f"{name} holds {len(rows):,} areas and {len(found) or 'none'} of them called '{district}'; name the"
            f" district by its code or name (--only). It begins with: {listed}."
        )
        raise BadInputError(message)
    return found.iloc[0], str(found.iloc[0][columns["geography"]])


def _check_total(chosen: pd.Series, columns: dict[str, str], people: float, name: str) -> None:
    totals = [column for text, column in columns.items() if _TOTAL.fullmatch(text)]
    told = float(_numbers(chosen[totals].astype("str"), name).sum()) if totals else people
    if abs(told - people) > _ROUNDING * max(told, 1.0):
        message = (
            f"The single years of {name} add up to {people:,.0f}, not to its total of {told:,.0f}; download it again."
        )
        raise BadInputError(message)


def _numbers(texts: pd.Series, name: str) -> pd.Series:
    values = pd.to_numeric(texts.str.replace(",", "").str.strip().replace("", "0"), errors="coerce")
    if values.isna().any() or (values < 0).any():
        message = f"The counts of {name} must be numbers from 0; some hold other text or less."
        raise BadInputError(message)
    return values.astype("float64")
