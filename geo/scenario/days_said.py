"""Read days of the week, and days off, as an officer writes them."""

import re
from calendar import month_name
from contextlib import suppress
from datetime import date
from typing import Final, get_args

from geo.errors import BadInputError
from geo.scenario.programme import Weekday, read_span

WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
_MONTHS: Final = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_SAID: Final = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})")


def words_of(text: str) -> list[str]:
    """Split a list as people write it, in small letters.

    Examples
    --------
    >>> words_of("Tuesday, Thu and 1st; 3rd")
    ['tuesday', 'thu', '1st', '3rd']
    """
    return [word for word in re.split(r"[\s,;&/]+|\band\b", text.lower()) if word]


def read_weekdays(text: str, *, whose: str) -> tuple[Weekday, ...]:
    """Read days of the week, such as "Mon, Wed and Friday".

    Raises
    ------
    BadInputError
        One cannot be read, or none is named; `whose` begins the sentence.
    """
    given = {word[:3].title() for word in words_of(text)}
    if not given or not given <= set(WEEKDAYS):
        message = f"{whose}: the weekdays cannot be read; expected some of {', '.join(WEEKDAYS)}, with commas between."
        raise BadInputError(message)
    return tuple(day for day in WEEKDAYS if day in given)


def read_away(text: str, *, whose: str) -> tuple[str, ...]:
    """Read days or spans with commas between, such as "2026-08-01..2026-08-31" or "1 August 2026 to 31 August 2026".

    Raises
    ------
    BadInputError
        One is neither; `whose` begins the sentence.
    """
    spans = tuple(_as_span(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
    try:
        for span in spans:
            read_span(span)
    except ValueError as error:
        message = f"{whose}: {error}."
        raise BadInputError(message) from error
    return spans


def told_span(span: str) -> str:
    """Write a day or a span of `read_away` as people say it.

    Examples
    --------
    >>> told_span("2025-05-09..2025-05-11"), told_span("2025-05-26")
    ('9 May 2025 to 11 May 2025', '26 May 2025')
    """
    first, last = read_span(span)
    days = [f"{day.day} {day:%B %Y}" for day in (first, last)]
    return days[0] if first == last else " to ".join(days)


def _as_span(text: str) -> str:
    """Turn days as people say them into those of a span; what is none stays as it is, to be refused."""
    return "..".join(_SAID.sub(_iso, part.strip()) for part in re.split(r"\.\.| to ", text))


def _iso(said: re.Match[str]) -> str:
    day, month, year = said.groups()
    with suppress(ValueError):
        return date(int(year), _MONTHS.get(month[:3].lower(), 0), int(day)).isoformat()
    return said[0]
