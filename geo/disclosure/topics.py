"""What a table counts: by which areas, in which months, and whom."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from geo.errors import BadInputError

Level = Literal["ward", "lsoa", "area", "h3_7", "h3_8", "merged", "district"]
Filters = tuple[tuple[str, str], ...]
HEXAGONS: Final = ("h3_7", "h3_8", "merged")
LEVEL_WORDS: Final[dict[Level, str]] = {
    "ward": "ward",
    "lsoa": "LSOA",
    "area": "named area",
    "h3_7": "hexagon of resolution 7",
    "h3_8": "hexagon of resolution 8",
    "merged": "merged hexagon",
    "district": "district",
}
_MONTHS_A_YEAR: Final = 12
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Geography:
    """By which areas a table counts.

    Attributes
    ----------
    level
        "ward", "lsoa", "area", "h3_7", "h3_8", "merged" or "district".
    members
        Only of merged hexagons: (H3 cell of resolution 8, code of the merged hexagon), sorted.
    """

    level: Level
    members: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Period:
    """Some months one after another, under the name they go by.

    Attributes
    ----------
    name
        Such as "2024-25" or "2022-23..2024-25".
    first, last
        The first and the last month, such as "2024-04" and "2025-03".
    """

    name: str
    first: str
    last: str

    def __post_init__(self) -> None:
        """Refuse months that are none, or that run backwards."""
        if not (_MONTH.fullmatch(self.first) and _MONTH.fullmatch(self.last) and self.first <= self.last):
            message = "A period begins and ends with a month such as 2024-04, the first not after the last."
            raise BadInputError(message)

    @classmethod
    def of_months(cls, name: str, first: int, last: int) -> "Period":
        """Make a period of months counted from the year 0, as `geo.evidence.periods.period_months` gives them.

        Examples
        --------
        >>> Period.of_months("2024-25", 24291, 24302)
        Period(name='2024-25', first='2024-04', last='2025-03')
        """
        return cls(name, _month_text(first), _month_text(last))

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month, counted from the year 0."""
        return _month_number(self.first), _month_number(self.last)


@dataclass(frozen=True)
class Topic:
    """What a table counts.

    Attributes
    ----------
    geography, period
        By which areas, and when.
    filters
        Whom: (field, value) pairs, all of which hold, such as (("route", "self"),); nothing is everybody. Two values
        of one field hold nobody in common.
    """

    geography: Geography
    period: Period
    filters: Filters = ()

    @property
    def in_words(self) -> str:
        """Say it for a sentence, such as "by ward, 2024-25, everybody"."""
        whom = " and ".join(f"{field.replace('_', ' ')} {value}" for field, value in sorted(self.filters))
        return f"by {LEVEL_WORDS[self.geography.level]}, {self.period.name}, {whom or 'everybody'}"

    def same_people(self, other: "Topic") -> bool:
        """Say whether both count the same people in the same months, by whatever areas."""
        months = (self.period.first, self.period.last) == (other.period.first, other.period.last)
        return months and sorted(self.filters) == sorted(other.filters)


def _month_number(month: str) -> int:
    return int(month[:4]) * _MONTHS_A_YEAR + int(month[5:]) - 1


def _month_text(number: int) -> str:
    return f"{number // _MONTHS_A_YEAR:04d}-{number % _MONTHS_A_YEAR + 1:02d}"
