"""Turn plain English opening hours, such as "Mon to Fri 9am-5.30pm", into OpenStreetMap's way of writing them.

Only texts that are understood to the last letter are turned; of all others nothing is said.
"""

import re
from typing import Final

_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_LONG: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = {"tues": "Tu", "weds": "We", "thur": "Th", "thurs": "Th"}
_NAMES: Final = {
    **{name[: len(name) if whole else 3]: day for name, day in zip(_LONG, _DAYS, strict=True) for whole in (1, 0)},
    **{day.lower(): day for day in _DAYS},
    **_SHORT,
}
_SETS: Final = {
    "weekdays": "Mo-Fr",
    "weekends": "Sa-Su",
    "daily": "Mo-Su",
    "every day": "Mo-Su",
    "7 days a week": "Mo-Su",
}
_DAY: Final = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})s?"
_DAY_RANGE: Final = rf"{_DAY}(?: ?(?:-|to|until) ?{_DAY})?"
_AND: Final = r"(?: ?, ?and | ?, ?| ?& ?| and )"
_DAY_LIST: Final = rf"(?:{'|'.join(_SETS)}|{_DAY_RANGE}(?:{_AND}{_DAY_RANGE})*)"
_TIME: Final = r"\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?|noon|midday"
_TIME_RANGE: Final = rf"(?:{_TIME}) ?(?:-|to|until|till) ?(?:{_TIME})"
_TIME_LIST: Final = rf"{_TIME_RANGE}(?:{_AND}{_TIME_RANGE})*"
_OPEN: Final = re.compile(rf"(?:open )?({_DAY_LIST})[:,]? ?(?:from )?({_TIME_LIST})")
_OPEN_TIMES_FIRST: Final = re.compile(rf"(?:open )?({_TIME_LIST}),? ?(?:on )?({_DAY_LIST})")
_CLOSED: Final = re.compile(rf"closed (?:on )?({_DAY_LIST})|({_DAY_LIST})[:,]? closed")
_MOMENT: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")
_OFF: Final = " off"
_HALF_DAY: Final = 12
_HOURS_A_DAY: Final = 24
_MINUTES_AN_HOUR: Final = 60
_EARLIEST_MORNING: Final = 7  # a bare hour below it is of the afternoon; 7 itself may be either


def as_osm(text: str) -> str:
    """Write plain opening hours as OpenStreetMap does.

    Returns
    -------
    str
        Empty where any part was not understood, or could mean two things, or where only closed days are told.

    Examples
    --------
    >>> as_osm("Monday to Friday 9.00am to 5.30pm; Sat 10-12")
    'Mo-Fr 09:00-17:30; Sa 10:00-12:00'
    >>> as_osm("9am-1pm Tuesdays and Thursdays"), as_osm("Tue 7-9"), as_osm("ring the clerk")
    ('Tu,Th 09:00-13:00', '', '')
    """
    tidy = re.sub("[\u2010-\u2015]", "-", " ".join(text.lower().split())).strip(" .")
    tidy = re.sub(r"\b([ap])\.m\.?", r"\1m", tidy)
    parts = [_part(part.strip(" .")) for part in re.split(r";|\n", tidy) if part.strip(" .")]
    opens = any(not part.endswith(_OFF) for part in parts)
    return "; ".join(parts) if opens and all(parts) else ""


def _part(text: str) -> str:
    closed = _CLOSED.fullmatch(text)
    if closed:
        return _days(closed[1] or closed[2]) + _OFF
    days_first, times_first = _OPEN.fullmatch(text), _OPEN_TIMES_FIRST.fullmatch(text)
    if not days_first and not times_first:
        return ""
    days, times = days_first.groups() if days_first else times_first.groups()[::-1] if times_first else ("", "")
    spans = [_span(found) for found in re.findall(_TIME_RANGE, times)]
    return f"{_days(days)} {','.join(spans)}" if all(spans) else ""


def _days(text: str) -> str:
    if text in _SETS:
        return _SETS[text]
    named = [re.findall(_DAY, span) for span in re.findall(_DAY_RANGE, text)]
    return ",".join("-".join(_NAMES.get(name) or _NAMES[name.removesuffix("s")] for name in span) for span in named)


def _span(text: str) -> str:
    """Read the begin and the end of a session; empty where they could mean two things."""
    plain = re.sub("noon|midday", "12pm", text)
    first, last = ((int(hour), int(part or 0), half) for hour, part, half in _MOMENT.findall(plain))
    if max(first[0], last[0]) > _HOURS_A_DAY or max(first[1], last[1]) >= _MINUTES_AN_HOUR:
        return ""
    begin, end = _minutes(first), _minutes(last)
    of_24_hours = plain.startswith("0") or max(first[0], last[0]) > _HALF_DAY
    bare = not first[2] and not of_24_hours
    if bare and not last[2] and first[0] == _EARLIEST_MORNING and last[0] > _EARLIEST_MORNING:
        return ""  # 7-9: of the morning or of the evening
    if bare and (begin < _EARLIEST_MORNING * 60 if not last[2] else _same_half(first, last)):
        begin = begin % (_HALF_DAY * 60) + _HALF_DAY * 60
    if not last[2] and end <= begin:
        end += _HALF_DAY * 60
    return f"{_clock(begin)}-{_clock(end)}" if begin < end <= 24 * 60 else ""


def _same_half(first: tuple[int, int, str], last: tuple[int, int, str]) -> bool:
    """Tell 1-4pm, where both are of the afternoon, from 9-5pm."""
    return last[2] == "pm" and first[0] % _HALF_DAY < last[0] % _HALF_DAY


def _minutes(moment: tuple[int, int, str]) -> int:
    hour, part, half = moment
    if half:
        hour = hour % _HALF_DAY + _HALF_DAY * (half == "pm")
    return hour * 60 + part


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
