"""Read opening hours that name days and halves of days but no times, as the Arts Council's libraries do."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HALVES: Final = ("morning and afternoon", "all day", "morning", "afternoon")
_DAYS: Final = rf"(?:{'|'.join(DAYS)})(?:, ?(?:{'|'.join(DAYS)}))*"
_PART: Final = re.compile(rf"(?:({_DAYS}) ({'|'.join(_HALVES)})|(closed) ({_DAYS}))")
_NOON: Final = 12


@dataclass(frozen=True)
class DayWords:
    """Hold what is told of each day: a half of it, all of it, "closed", or nothing."""

    told: dict[str, str]

    def answer(self, begin: datetime, end: datetime) -> Literal["closed", "ask"]:
        """Say closed where a day, or the half a session lies in, is told to be; times are never told, so else ask."""
        word = self.told.get(DAYS[begin.weekday()], "")
        before = word == "morning" and begin.hour >= _NOON
        after = word == "afternoon" and end.hour < _NOON
        return "closed" if word == "closed" or before or after else "ask"


def read_day_words(text: str) -> DayWords | None:
    """Read days and halves of days.

    Returns
    -------
    DayWords or None
        None where any part of the text says something else.

    Examples
    --------
    >>> read_day_words("Tue, Sat morning; Wed all day; closed Mon, Sun").told
    {'Tue': 'morning', 'Sat': 'morning', 'Wed': 'all day', 'Mon': 'closed', 'Sun': 'closed'}
    """
    found = [_PART.fullmatch(part.strip()) for part in text.split(";")]
    if not all(found):
        return None
    parts = [(one[1] or one[4], one[2] or one[3]) for one in found if one]
    return DayWords({day: word for days, word in parts for day in re.split(r", ?", days)})
