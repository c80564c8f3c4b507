"""Read a moment from an export, a day with a time of day, as the clock on the wall in London showed it."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from geo.review.dates import parse_date
from geo.walkabouts.bands import LONDON

Fault = Literal["no day", "not a day", "no time", "not a time", "no such time"]

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2}(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_FOUR: Final = re.compile(r"(\d{2})(\d{2})\s*(?:h|hrs|hours)?", re.IGNORECASE)
_FRACTION: Final = re.compile(r"0?(\.\d{3,})")  # of a day, as Excel holds a time
_BEHIND: Final = re.compile(r"[T ,]+(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?)$", re.IGNORECASE)
_SERIAL: Final = re.compile(r"\d{5}(\.\d+)")
_ZONED: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})")
_NOON: Final = 12
_MINUTES_A_DAY: Final = 24 * 60


def parse_time(text: str) -> time | None:
    """Read a time of day to the minute; None where the text is none.

    Examples
    --------
    >>> [str(parse_time(text)) for text in ("20:30", "8.30 pm", "2030", "8pm", "20:30:59", "0.8541666", "half nine")]
    ['20:30:00', '20:30:00', '20:30:00', '20:00:00', '20:30:00', '20:30:00', 'None']
    """
    tidy = " ".join(text.split())
    fraction = _FRACTION.fullmatch(tidy)
    if fraction:
        minutes = round(float(fraction[1]) * _MINUTES_A_DAY) % _MINUTES_A_DAY
        return time(minutes // 60, minutes % 60)
    four, clock = _FOUR.fullmatch(tidy), _CLOCK.fullmatch(tidy)
    if four:
        return _time(int(four[1]), int(four[2]))
    if clock is None or not (clock[2] or clock[3]):
        return None
    return _of_twelve(int(clock[1]), int(clock[2] or 0), clock[3]) if clock[3] else _time(int(clock[1]), int(clock[2]))


def read_moment(day: str, clock: str, *, today: date) -> datetime | Fault:
    """Read a day and a time, in one text or in two, as a moment in London.

    A time without a zone is the one on the wall. In the hour that comes twice when the clocks go back the earlier is
    meant; a time in the hour that is left out when they go forward is refused.

    Parameters
    ----------
    day
        A day, perhaps with its time behind it.
    clock
        The time where it stands apart; it goes before one behind the day. May be empty.
    today
        By which two figures of a year are read.

    Examples
    --------
    >>> today = date(2026, 5, 1)
    >>> read_moment("09/01/2026", "8.30 pm", today=today).isoformat()
    '2026-01-09T20:30:00+00:00'
    >>> read_moment("2026-04-09T20:30:00Z", "", today=today).isoformat()
    '2026-04-09T21:30:00+01:00'
    >>> [read_moment(*said, today=today) for said in (("", "9pm"), ("9/1/26", ""), ("29/3/2026", "01:30"))]
    ['no day', 'no time', 'no such time']
    """
    tidy, apart = " ".join(day.split()), clock.strip()
    if not tidy:
        return "no day"
    if _ZONED.fullmatch(tidy) and not apart:
        return _zoned(tidy)
    read = parse_date(tidy, today=today)
    if read is None:
        return "not a day"
    said = apart or _behind(tidy)
    if not said:
        return "no time"
    at = parse_time(said)
    return "not a time" if at is None else on_the_wall(read, at)


def on_the_wall(day: date, at: time) -> datetime | Literal["no such time"]:
    """Give the moment at which a clock in London showed a time; one in the hour left out in spring there never was."""
    moment = datetime.combine(day, at.replace(second=0, microsecond=0), tzinfo=LONDON)
    there = moment.astimezone(UTC).astimezone(LONDON)
    return moment if there.replace(tzinfo=None) == moment.replace(tzinfo=None) else "no such time"


def _zoned(text: str) -> datetime | Fault:
    try:
        moment = datetime.fromisoformat(text).astimezone(LONDON)
    except (ValueError, OverflowError):
        return "not a day"
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)


def _behind(day: str) -> str:
    serial, behind = _SERIAL.fullmatch(day), _BEHIND.search(day)
    if serial:
        return f"{float(serial[1]):.6f}"
    return behind[1] if behind else ""


def _of_twelve(hour: int, minute: int, half: str) -> time | None:
    if not 1 <= hour <= _NOON:
        return None
    return _time(hour % _NOON + (_NOON if half.lower().startswith("p") else 0), minute)


def _time(hour: int, minute: int) -> time | None:
    try:
        return time(hour, minute)
    except ValueError:
        return None
