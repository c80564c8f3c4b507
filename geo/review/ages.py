"""Turn an age, a date of birth or somebody else's band into one of the planner's age bands, at the door."""

import re
from datetime import date
from itertools import pairwise
from typing import Final

from geo.review.dates import parse_date

_EDGES: Final = (16, 18, 25, 35, 45, 55, 65)
NOT_STATED: Final = "not stated"
UNDER: Final = f"under {_EDGES[0]}"
BANDS: Final = (UNDER, *(f"{low}-{high - 1}" for low, high in pairwise(_EDGES)), f"{_EDGES[-1]}+", NOT_STATED)
_OLDEST: Final = 120
_AROUND: Final = re.compile(r"^aged? |years|yrs")
_RANGE: Final = re.compile(r"(\d{1,3})\s*(?:-|\u2013|to|and)\s*(\d{1,3})")
_OPEN: Final = re.compile(r"(\d{1,3})\s*(?:\+|plus|and over|or over|and above|or older)|over\s*(\d{1,3})")
_UNDER: Final = re.compile(r"(?:under|below|less than|<)\s*(\d{1,3})")


def age_band(text: str, *, on: date, today: date) -> str | None:
    """Band one person.

    Parameters
    ----------
    text
        An age, a date of birth, or a band that lies within one of ours.
    on
        The day of the approach, on which an age from a date of birth is reckoned.
    today
        Tells the century of a year of birth written with two figures.

    Returns
    -------
    str or None
        One of `BANDS`; None where the text says something that fits none of them.

    Examples
    --------
    >>> day = date(2024, 5, 31)
    >>> [age_band(text, on=day, today=day) for text in ("17", "01/06/1999", "25 to 34", "65+", "")]
    ['16-17', '18-24', '25-34', '65+', 'not stated']
    """
    tidy = _AROUND.sub("", " ".join(text.lower().split())).strip()
    if tidy in {
        "",
        "-",
        "n/a",
        "na",
        "none",
        "unknown",
        "not known",
        "not stated",
        "not recorded",
        "prefer not to say",
    }:
        return NOT_STATED
    if re.fullmatch(r"\d{1,3}(\.\d+)?", tidy):
        return _band(int(float(tidy)))
    born = parse_date(text, today=today)
    if born is not None:
        return _band(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
    return _foreign_band(tidy)


def _band(age: int) -> str | None:
    if not 0 <= age <= _OLDEST:
        return None
    return next((band for edge, band in zip(_EDGES, BANDS, strict=False) if age < edge), BANDS[-2])


def _foreign_band(text: str) -> str | None:
    """Take a band that falls within one of ours; one that straddles two says neither."""
    closed, upward, downward = _RANGE.fullmatch(text), _OPEN.fullmatch(text), _UNDER.fullmatch(text)
    if closed:
        low, high = _band(int(closed.group(1))), _band(int(closed.group(2)))
        return low if low == high else None
    if upward:
        band = _band(int(upward.group(1)) if upward.group(1) else int(upward.group(2)) + 1)  # "over 64" begins at 65
        return band if band == BANDS[-2] else None
    return UNDER if downward and int(downward.group(1)) <= _EDGES[0] else None
