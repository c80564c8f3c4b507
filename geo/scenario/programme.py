"""Options of the year's programme of hubs."""

import re
from datetime import date
from typing import Final, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from geo.scenario.options import Options

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SPAN: Final = ".."
_MINUTES_A_DAY: Final = 24 * 60


class ProgrammeOptions(Options):
    """How the hubs of a year are planned.

    Attributes
    ----------
    hubs_a_quarter
        So many hubs are held in each quarter of the review year.
    site_at_most
        One site is used at most so many times in the year.
    weeks_apart
        So many weeks lie between two hubs, at the least; 0 sets no distance but that no two are on one day.
    weekdays
        Days of the week on which a hub may be held.
    starts
        When a session may begin, such as "10:00"; several let the programme vary the time of day.
    session_minutes
        How long a session is; the host must be open, and a partner free, for the whole of it.
    least_agencies
        A hub is a multi-agency one where at least so many partners can come, the council not counted.
    area_share
        This share of the priority areas is to have a hub within reach in the year.
    area_minutes
        A hub is within reach of a priority area where the area's surest cell is at most so many minutes away.
    rotation
        "area": no two hubs in a row serve the same priority area, or the same place where they serve none; "site": no
        two in a row are at the same site; "none": anything goes.
    unknown_hours
        Whether a site whose opening hours nobody recorded, or which cannot be read, may be used: "ask" lets it, with a
        mark to ask the host first; "refuse" does not.
    bank_holidays
        Whether hubs may be held on the bank holidays of England: "skip" or "use".
    closed
        Days or spans without a hub, such as "2026-12-21..2027-01-03": school holidays, elections, the office party.
    sites
        "all" of the register that nobody refused, or "chosen": only those that a decision chose.
    by_bus
        Whether a bus counts as a way to a hub beside walking, where a timetable has been added: "no" or "yes".
    seconds
        The solver may take this long; what is not proven by then is told.
    draws, seed
        How often the counts are drawn anew for the range of a year's reach, and from which random numbers.
    """

    hubs_a_quarter: int = Field(default=1, ge=1, le=13)
    site_at_most: int = Field(default=2, ge=1, le=52)
    weeks_apart: int = Field(default=4, ge=0, le=26)
    weekdays: tuple[Weekday, ...] = Field(default=("Tue", "Wed", "Thu"), min_length=1)
    starts: tuple[str, ...] = Field(default=("10:00", "13:30"), min_length=1, max_length=6)
    session_minutes: int = Field(default=150, ge=30, le=720)
    least_agencies: int = Field(default=2, ge=0, le=20)
    area_share: float = Field(default=1.0, ge=0, le=1)
    area_minutes: float = Field(default=20, gt=0, le=240)
    rotation: Literal["area", "site", "none"] = "area"
    unknown_hours: Literal["ask", "refuse"] = "ask"
    bank_holidays: Literal["skip", "use"] = "skip"
    closed: tuple[str, ...] = ()
    sites: Literal["all", "chosen"] = "all"
    by_bus: Literal["no", "yes"] = "no"
    seconds: float = Field(default=60, gt=0, le=600)
    draws: int = Field(default=2_000, ge=200, le=100_000)
    seed: int = Field(default=1, ge=0)

    @field_validator("starts")
    @classmethod
    def _times(cls, starts: tuple[str, ...]) -> tuple[str, ...]:
        for start in starts:
            if not _TIME.fullmatch(start):
                kind, message = "starts", f"'{start}' is no time of day; expected one such as 10:00"
                raise PydanticCustomError(kind, message)
        return tuple(sorted(set(starts)))

    @field_validator("closed")
    @classmethod
    def _days(cls, closed: tuple[str, ...]) -> tuple[str, ...]:
        for span in closed:
            read_span(span)
        return closed

    @model_validator(mode="after")
    def _ends_the_same_day(self) -> Self:
        latest = self.starts[-1]
        if int(latest[:2]) * 60 + int(latest[3:]) + self.session_minutes > _MINUTES_A_DAY:
            kind, message = "session", f"a session of {self.session_minutes} minutes from {latest} ends after midnight"
            raise PydanticCustomError(kind, message)
        return self


def read_span(text: str) -> tuple[date, date]:
    """Read a day, or the first and the last day of a span.

    Raises
    ------
    PydanticCustomError
        It is neither; a `ValueError` to whoever calls it.

    Examples
    --------
    >>> read_span("2026-12-21..2027-01-03")
    (datetime.date(2026, 12, 21), datetime.date(2027, 1, 3))
    """
    first, _, last = text.strip().partition(_SPAN)
    try:
        span = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        span = date.max, date.min
    if span[0] > span[1]:
        kind = "span"
        message = f"'{text[:40]}' is no day and no span; expected 2026-12-24 or 2026-12-21..2027-01-03"
        raise PydanticCustomError(kind, message)
    return span
