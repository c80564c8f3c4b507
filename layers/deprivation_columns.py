"""Find in a table of deprivation which columns hold the LSOA, the overall index, the people, and the district."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.errors import BadInputError

_CODE: Final = re.compile(r"lsoa ?(?P<short>11|21)? ?(?:code|cd)(?: (?P<long>2011|2021))?")
_INDEX: Final = r"(?:index of multiple deprivation )?imd ?(?:2019|2025)? ?{what}(?: where .*| ?0)?"
_PEOPLE: Final = re.compile(r"total population(?: mid ?\d{4})?(?: excluding prisoners)?|tot ?pop|population|people")
_DISTRICT: Final = re.compile(r"local authority district code(?: \d{4})?|lad ?\d\d ?(?:cd|code)|la ?d?cd")
_YEARS: Final = {"11": 2011, "21": 2021, "2011": 2011, "2021": 2021}
_WHOLE: Final = {33_755: 2021, 32_844: 2011}  # LSOAs of England


@dataclass(frozen=True, slots=True)
class DeprivationColumns:
    """Which columns hold what; "" where there is none.

    Attributes
    ----------
    code
        Of the LSOA.
    census
        The year of the census whose LSOAs these are.
    score, rank, decile
        Of the overall index, the Index of Multiple Deprivation.
    people
        All who live there.
    district
        The code of the local authority.
    """

    code: str
    census: int
    score: str
    rank: str
    decile: str
    people: str
    district: str


def find_columns(columns: Iterable[str], name: str, rows: int) -> DeprivationColumns:
    """Find the columns by their names, as the editions of 2019 and 2025 and tables made from them have them.

    Parameters
    ----------
    columns
        As the file names them; letter case and punctuation do not matter.
    name
        Of the file.
    rows
        How many there are: those of the whole of England tell their census where no column does.

    Raises
    ------
    BadInputError
        A column that is needed is missing, there are two of them, or the file does not say of which census it is.

    Examples
    --------
    >>> found = find_columns(["LSOA code (2021)", "IMD Rank (where 1 is most deprived)", "IMD_decile"], "x.csv", 9)
    >>> found.census, found.rank, found.decile
    (2021, 'IMD Rank (where 1 is most deprived)', 'IMD_decile')
    """
    plain = {re.sub(r"[^a-z0-9]+", " ", column.lower().replace("_", " ")).strip(): column for column in columns}
    code = _only(plain, _CODE, name, "code of the LSOA")
    rank = _only(plain, re.compile(_INDEX.format(what="rank")), name, "rank of the index")
    decile = _only(plain, re.compile(_INDEX.format(what="decil(?:e)?")), name, "decile of the index")
    if not (code and rank and decile):
        message = (
            f"{name} needs the columns 'LSOA code', 'Index of Multiple Deprivation (IMD) Rank' and '... Decile', as "
            "File 7 of the Indices of Deprivation has them."
        )
        raise BadInputError(message)
    return DeprivationColumns(
        code=plain[code],
        census=_census(code, rows, name),
        score=plain.get(_only(plain, re.compile(_INDEX.format(what="score")), name, "score of the index"), ""),
        rank=plain[rank],
        decile=plain[decile],
        people=plain.get(next((text for text in plain if _PEOPLE.fullmatch(text)), ""), ""),
        district=plain.get(next((text for text in plain if _DISTRICT.fullmatch(text)), ""), ""),
    )


def _only(plain: dict[str, str], pattern: re.Pattern[str], name: str, what: str) -> str:
    found = [text for text in plain if pattern.fullmatch(text)]
    if len(found) > 1:
        listed = ", ".join(f"'{plain[text]}'" for text in found)
        message = f"{name} has several columns for the {what}: {listed}; keep one of them."
        raise BadInputError(message)
    return found[0] if found else ""


def _census(code: str, rows: int, name: str) -> int:
    """Tell of which census the LSOAs are."""
    found = _CODE.fullmatch(code)
    said = (found["short"] or found["long"] or "") if found else ""
    year = _YEARS.get(said) or _WHOLE.get(rows, 0)
    if not year:
        message = (
            f"{name} does not say of which census its LSOAs are; name the column of codes 'LSOA code (2021)' or "
            "'LSOA code (2011)'."
        )
        raise BadInputError(message)
    return year
