"""A year at a glance: twelve small months as one SVG picture, the days of hubs marked with their number."""

import calendar
from collections.abc import Hashable, Mapping
from datetime import date
from html import escape
from typing import Any, Final

from geo.hubs.programme import Sheet

_ACROSS: Final = 4
_DAY: Final = 22  # width of a day, px
_WEEK: Final = 17  # height of a week, px
_HEAD: Final = 46
_GAP: Final = 18
_WIDTH: Final = 7 * _DAY + _GAP
_HEIGHT: Final = 6 * _WEEK + _HEAD
_MONTHS: Final = 12
_LETTERS: Final = "MTWTFSS"
_KNOWN: Final = "#0b5c6b"
_INK, _QUIET = "#1b2a30", "#4a5a61"


def year_svg(sheet: Sheet) -> str:
    """Draw the review year; a hub whose host is still to be asked has a broken edge instead of a filled square.

    Returns
    -------
    str
        SVG that asks for no other file; its description says the same in words.
    """
    hubs = {row["day"]: row for row in sheet.hubs.to_dict("records")}
    first = date.fromisoformat(sheet.first_day)
    months = [_month_after(first, number) for number in range(_MONTHS)]
    drawn = "".join(_month(month, number, hubs) for number, month in enumerate(months))
    width, height = _ACROSS * _WIDTH, -(-_MONTHS // _ACROSS) * _HEIGHT
    said = "; ".join(f"hub {row['number']} on {row['weekday']} {_told(day)}" for day, row in hubs.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="system-ui, Segoe UI, Roboto, sans-serif" font-size="11">'
        f"<title>{escape(f'The year {sheet.year} at a glance')}</title><desc>{escape(said)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{drawn}</svg>'
    )


def _month(month: date, number: int, hubs: Mapping[str, dict[Hashable, Any]]) -> str:
    left, top = number % _ACROSS * _WIDTH, number // _ACROSS * _HEIGHT
    parts = [f'<text x="{left}" y="{top + 14}" font-size="13" font-weight="600" fill="{_INK}">{month:%B %Y}</text>']
    parts += [_text(left, top + _HEAD - _WEEK, at, 0, letter, _QUIET) for at, letter in enumerate(_LETTERS)]
    for week, days in enumerate(calendar.Calendar().monthdayscalendar(month.year, month.month)):
        for at, day in enumerate(days):
            if day:
                parts.append(_day(left, top, at, week, month.replace(day=day), hubs))
    return "".join(parts)


def _day(left: int, top: int, at: int, week: int, day: date, hubs: Mapping[str, dict[Hashable, Any]]) -> str:
    hub = hubs.get(day.isoformat())
    if hub is None:
        return _text(left, top + _HEAD, at, week, str(day.day), _INK)
    x, y = left + at * _DAY + 1, top + _HEAD + week * _WEEK - 11
    known = hub["hours"] == "open"
    look = f'fill="{_KNOWN}"' if known else f'fill="#ffffff" stroke="{_KNOWN}" stroke-width="2" stroke-dasharray="4 2"'
    box = f'<rect x="{x}" y="{y}" width="{_DAY - 2}" height="{_WEEK - 1}" rx="3" {look}/>'
    colour = "#ffffff" if known else _INK
    return box + _text(left, top + _HEAD, at, week, str(day.day), colour, bold="700")


def _text(left: int, top: int, at: int, week: int, text: str, colour: str, *, bold: str = "400") -> str:  # noqa: PLR0913 - where it stands, and what
    x, y = left + at * _DAY + _DAY // 2, top + week * _WEEK + 2
    return f'<text x="{x}" y="{y}" text-anchor="middle" font-weight="{bold}" fill="{colour}">{text}</text>'


def _month_after(first: date, number: int) -> date:
    months = first.year * _MONTHS + first.month - 1 + number
    return date(months // _MONTHS, months % _MONTHS + 1, 1)


def _told(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"
