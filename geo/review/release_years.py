"""Which review years may be given out: whole ones that are over, alone or pooled."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from geo.disclosure.topics import Period
from geo.errors import BadInputError
from geo.evidence.periods import span_of, years_of

LONGEST_POOL: Final = 3
_MONTHS_A_YEAR: Final = 12


def pools_until(year: str, years: Sequence[str]) -> list[str]:
    """List the periods that end with a review year: the year alone, then two and three years pooled.

    Examples
    --------
    >>> pools_until("2024-25", ["2022-23", "2023-24", "2024-25"])
    ['2024-25', '2023-24..2024-25', '2022-23..2024-25']
    """
    last = list(years).index(year)
    starts = range(last, max(last - LONGEST_POOL, -1), -1)
    pools = [span_of(list(years[start : last + 1])) for start in starts]
    return [pool for pool in pools if set(years_of(pool)) <= set(years)]


def whole_period(period: str, *, first_month: int, today: date) -> Period:
    """Give the months of whole review years, whether or not each has a record: the same years are always the same.

    Raises
    ------
    BadInputError
        It is not written like a period, or its last month is not over.
    """
    years = years_of(period)
    opens, closes = _opens(years[0], first_month), _opens(years[-1], first_month) + _MONTHS_A_YEAR - 1
    if not is_over(years[-1], first_month, today):
        message = (
            f"The review year {years[-1]} is not over yet; only whole years are given out, since two tables of nearly "
            "the same months would give small counts away. Choose earlier years."
        )
        raise BadInputError(message)
    return Period.of_months(span_of(years), opens, closes)


def is_over(year: str, first_month: int, today: date) -> bool:
    """Tell whether a review year ended before this month."""
    return _opens(year, first_month) + _MONTHS_A_YEAR <= today.year * _MONTHS_A_YEAR + today.month - 1


def _opens(year: str, first_month: int) -> int:
    return int(year[:4]) * _MONTHS_A_YEAR + first_month - 1
