"""Invent the households that asked for help, and the rows each agency keeps of them. Nobody here exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from .clusters import YEARS, risk
from .draws import Draws
from .postcodes import Postcode
from .slips import Address, address_of, written

_HOUSEHOLDS: Final = (530, 505, 480)  # by review year
_STARTS: Final = (date(2022, 4, 1), date(2023, 4, 1), date(2024, 4, 1))
_LAST_DAY: Final = date(2025, 3, 31)
FEEDS: Final = ("housing", "advice", "food")
FOOD_BEGINS: Final = date(2023, 4, 1)
_FEED_WEIGHTS: Final = (0.66, 0.22, 0.12)
_DUPLICATES: Final = {"housing": 16, "advice": 5, "food": 4}

_REASONS: Final = (
    ("Family no longer willing or able to accommodate", 21),
    ("Friends no longer willing or able to accommodate", 8),
    ("End of private rented tenancy - assured shorthold", 22),
    ("End of private rented tenancy - not assured shorthold", 4),
    ("End of social rented tenancy", 5),
    ("Domestic abuse - victim", 11),
    ("Non-violent relationship breakdown with partner", 8),
    ("Eviction from supported housing", 5),
    ("Left institution with no accommodation available", 4),
    ("Required to leave accommodation provided by Home Office as asylum support", 2),
    ("Mortgage repossession", 2),
    ("Fire or flood / other emergency", 1),
    ("Other", 7),
)
_TYPES: Final = (
    ("Single adult male", 34),
    ("Single adult female", 22),
    ("Single parent with dependent children - female", 19),
    ("Single parent with dependent children - male", 4),
    ("Couple with dependent children", 10),
    ("Couple / two adults without dependent children", 8),
    ("Three or more adults without dependent children", 3),
)
_FIRST: Final = [
    "Ada",
    "Albie",
    "Amira",
    "Bram",
    "Clem",
    "Dilys",
    "Edda",
    "Fenn",
    "Gwen",
    "Hal",
    "Ines",
    "Jory",
    "Kit",
    "Lowen",
    "Mabli",
    "Ned",
    "Olwen",
    "Perran",
    "Quill",
    "Rhoda",
    "Sol",
    "Tamsin",
    "Una",
    "Vesper",
    "Wilf",
    "Yanni",
    "Zeb",
]
_FAMILY: Final = [
    "Abbershaw",
    "Birtlethorpe",
    "Cragmoor",
    "Dunnabeck",
    "Elverstone",
    "Fennimarsh",
    "Gorsewick",
    "Hathermere",
    "Ironmarsh",
    "Jessamarsh",
    "Kelpwright",
    "Lowmarram",
    "Merrowdale",
    "Nettlefen",
    "Osierwood",
    "Pindlecroft",
    "Quaymaster",
    "Reedholm",
    "Samphirine",
    "Tidewell",
    "Ullerfen",
    "Vellacarr",
    "Whinmoor",
    "Yarbeck",
]


@dataclass(frozen=True)
class Household:
    ref: str
    name: str
    born: date
    reason: str
    type: str
    year: int
    address: Address


@dataclass(frozen=True)
class Row:
    feed: str
    household: Household
    day: date
    postcode: str  # as the agency wrote it
    status: str
    flags: tuple[str, ...]
    copy: bool = False  # an exact copy of the row before it


def make_rows(postcodes: list[Postcode], unused: list[str]) -> list[Row]:
    """Return every row of every agency, in order of date."""
    draws = Draws("people")
    known = {postcode.code for postcode in postcodes}
    rows: list[Row] = []
    number = 4000
    for year in range(len(YEARS)):
        inside = [postcode for postcode in postcodes if postcode.kind == "ordinary" and postcode.homes]
        chances = list(accumulate(risk(postcode, year) for postcode in inside))
        for _ in range(_HOUSEHOLDS[year]):
            number += 1 + draws.below(4)
            address = address_of(draws, postcodes, unused, (inside, chances))
            household = _household(draws, number, year, address)
            rows += _rows_of(draws, household, known)
    rows.sort(key=lambda row: (row.day, row.household.ref, row.feed))
    return _with_copies(rows)


def _household(draws: Draws, number: int, year: int, address: Address) -> Household:
    age = 17 + int(56 * draws.unit() ** 2)
    born = date(2021 + year - age, 4, 1) + timedelta(days=draws.below(365))
    return Household(
        ref=f"HH-{number:05d}",
        name=f"{draws.pick(_FIRST)} {draws.pick(_FAMILY)}",
        born=born,
        reason=draws.weighted([r for r, _ in _REASONS], [w for _, w in _REASONS]),
        type=draws.weighted([t for t, _ in _TYPES], [w for _, w in _TYPES]),
        year=year,
        address=address,
    )


def _rows_of(draws: Draws, household: Household, known: set[str]) -> list[Row]:
    """Write one to three rows: the first approach, and others within weeks or after a year."""
    count = draws.weighted((1, 2, 3), (0.68, 0.24, 0.08))
    day = _working_day(_STARTS[household.year] + timedelta(days=draws.below(363)))
    rows = [_row(draws, household, day, known)]
    for _ in range(count - 1):
        later = draws.below(110) + 1 if draws.chance(0.8) else 200 + draws.below(190)
        day = _working_day(min(day + timedelta(days=later), _LAST_DAY - timedelta(days=draws.below(20))))
        rows.append(_row(draws, household, day, known))
    return rows


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day


def _row(draws: Draws, household: Household, day: date, known: set[str]) -> Row:
    feeds = FEEDS if day >= FOOD_BEGINS else FEEDS[:2]
    feed = draws.weighted(feeds, _FEED_WEIGHTS[: len(feeds)])
    text, mended = written(draws, household.address, known)
    flags = (*household.address.flags, "repaired") if mended else household.address.flags
    return Row(feed, household, day, text, household.address.status, flags)


def _with_copies(rows: list[Row]) -> list[Row]:
    """Repeat a few rows of each agency exactly, as exports do; the copy follows its original."""
    draws = Draws("copies")
    chosen: set[int] = set()
    for feed in FEEDS:
        own = [at for at, row in enumerate(rows) if row.feed == feed]
        chosen |= set(draws.shuffled(own)[: _DUPLICATES[feed]])
    result = []
    for at, row in enumerate(rows):
        result.append(row)
        if at in chosen:
            result.append(Row(row.feed, row.household, row.day, row.postcode, "duplicate", (), copy=True))
    return result
