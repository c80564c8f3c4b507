"""Read days of the week, and days off, as an officer writes them."""

import re
from typing import Final, get_args

from geo.errors import BadInputError
from geo.scenario.programme import Weekday, read_span

WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)


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
    """Read days or spans with commas between, such as "2026-08-01..2026-08-31".

    Raises
    ------
    BadInputError
        One is neither; `whose` begins the sentence.
    """
    spans = tuple(part.strip() for part in re.split(r"[,;]", text) if part.strip())
    try:
        for span in spans:
            read_span(span)
    except ValueError as error:
        message = f"{whose}: {error}."
        raise BadInputError(message) from error
    return spans
