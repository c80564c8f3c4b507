"""Find in a table of homes which columns hold the place, the people, the homes, and the year they were counted in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.errors import BadInputError

_POSTCODES: Final = ("postcode", "post code", "pcd", "pcds", "pcd7", "pcd8", "pcd2")
_LSOAS: Final = re.compile(r"^(lsoa(\d\d)?( ?cd| code| name code)?|lower layer super output areas?( code)?)$")
_PEOPLE: Final = (
    "people", "persons", "population", "total population", "residents", "usual residents", "total persons", "total",
    "headcount", "pop mid", "all usual residents",
)  # fmt: skip
_HOMES: Final = ("homes", "households", "occupied households", "dwellings", "properties", "addresses")
_COUNT: Final = ("count", "observation", "value")
_YEAR: Final = ("year", "census year", "year counted")
_NAMED_YEAR: Final = re.compile(r"(?P<what>[a-z ]+?) ?(?P<year>(?:19|20)\d\d)(?: \d\d)?")  # "homes 2023", "pop mid2020"
_P_TABLE: Final = re.compile(r"p00[123](?!\d)")
_HOMES_TABLE: Final = re.compile(r"p00[23]|household")
_CENSUS_NAME: Final = re.compile(r"census\D{0,12}(20[012]1)|(20[012]1)\D{0,12}census")
_CENSUS_2011: Final = {"males", "females", "occupied households"}  # of Postcode Headcounts and Household Estimates


@dataclass(frozen=True, slots=True)
class Measures:
    """The columns of one year, "" where there is none; year 0 where the column's name does not say."""

    year: int
    people: str
    homes: str


@dataclass(frozen=True, slots=True)
class HomesColumns:
    """Which columns of a table of homes hold what.

    Attributes
    ----------
    place
        Postcodes, or LSOA codes where `by_lsoa`.
    year
        The year of each row; "" where there is none.
    measures
        One a year that a column's name says; else a single one.
    census
        The year of the census table it is; 0 where it is none.
    """

    place: str
    by_lsoa: bool
    year: str
    measures: tuple[Measures, ...]
    census: int


def find_columns(columns: Iterable[str], name: str) -> HomesColumns:
    """Find the columns by their names.

    Parameters
    ----------
    columns
        As the file names them; letter case and punctuation do not matter.
    name
        Of the file: a census table is known by it.

    Raises
    ------
    BadInputError
        A column that is needed is missing, or the year is said twice.

    Examples
    --------
    >>> find_columns(["Postcode", "Homes_2021", "Homes 2024"], "homes.csv").measures
    (Measures(year=2021, people='', homes='Homes_2021'), Measures(year=2024, people='', homes='Homes 2024'))
    """
    plain = {re.sub(r"[^a-z0-9]+", " ", column.lower()).strip(): column for column in columns}
    postcode, year = _first(plain, _POSTCODES), _first(plain, _YEAR)
    lsoa = next((column for text, column in plain.items() if _LSOAS.match(text)), "")
    measures = _by_year(plain, name) or _plain_measures(plain, name)
    if not (postcode or lsoa) or not measures:
        message = f"{name} needs a column 'postcode' or 'lsoa', and one of 'people' or 'homes'."
        raise BadInputError(message)
    if year and measures[0].year:
        message = f"{name} says the year both in column '{year}' and in the name of a column; keep one of the two."
        raise BadInputError(message)
    return HomesColumns(postcode or lsoa, not postcode, year, measures, _census_year(plain, name))


def _by_year(plain: dict[str, str], name: str) -> tuple[Measures, ...]:
    """Gather columns whose name ends in a year; a measure given once, without one, stands for every year."""
    dated = {text: found for text in plain if (found := _NAMED_YEAR.fullmatch(text))}
    people = {int(found["year"]): plain[text] for text, found in dated.items() if found["what"] in _PEOPLE}
    homes = {int(found["year"]): plain[text] for text, found in dated.items() if found["what"] in _HOMES}
    once = (_first(plain, _PEOPLE), _first(plain, _HOMES))
    for word, by_year, single in zip(("people", "homes"), (people, homes), once, strict=True):
        if by_year and single:
            message = f"{name} names {word} both with and without a year ('{single}'); keep one of the two."
            raise BadInputError(message)
    years = sorted({*people, *homes})
    return tuple(Measures(year, people.get(year, once[0]), homes.get(year, once[1])) for year in years)


def _plain_measures(plain: dict[str, str], name: str) -> tuple[Measures, ...]:
    """Find the columns of people and of homes; a bare "Count" is what the census table's name says it is."""
    people, homes, count = _first(plain, _PEOPLE), _first(plain, _HOMES), _first(plain, _COUNT)
    if people or homes:
        return (Measures(0, people, homes),)
    if not count:
        return ()
    return (Measures(0, "", count) if _HOMES_TABLE.search(name.lower()) else Measures(0, count, ""),)


def _census_year(plain: dict[str, str], name: str) -> int:
    """Tell the census by the name of the file, by the number of its table, or by the columns of 2011's."""
    named = _CENSUS_NAME.search(name.lower())
    if named:
        return int(named[1] or named[2])
    if _P_TABLE.search(name.lower()):
        return 2021
    return 2011 if set(plain) >= _CENSUS_2011 else 0


def _first(plain: dict[str, str], names: Iterable[str]) -> str:
    return next((plain[name] for name in names if name in plain), "")
