"""Options of walkabouts: when a band begins, how evidence fades, what a walk needs, how long things are kept."""

import re
from typing import Final, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from geo.scenario.options import Options
from geo.scenario.programme import Weekday, read_span

Power = Literal["support", "enforcement"]
_EVERY_DAY: Final[tuple[Weekday, ...]] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_SQUARE: Final = re.compile(r"[A-Z]{2}\d{6}")


class WalkaboutOptions(Options):
    """How rough-sleeping walkabouts are planned and judged (Test Valley 4.1, 4.4, 4.12, 4.14; Hart 1.25).

    Attributes
    ----------
    early_from, day_from, evening_from
        The hours at which the bands early morning, day and evening begin; the evening lasts until the next early
        morning begins.
    early_starts, day_starts, evening_starts
        When a walk of each band sets out, such as "05:30".
    working_days
        A person who was reported is to be visited by the end of so many working days after the day of the report.
    answers_within_m
        A visit answers the reports of its own square of 100 m and of squares whose middle is at most so far from it.
    half_life_weeks
        A visit counts half after so many weeks.
    level
        Coverage of every range.
    report_weeks
        A report that nobody visited in so many weeks after it came is listed as never visited: no walk is planned for
        it any more, and in the clock's totals it stays overdue.
    find_worth, report_worth, intelligence_worth
        What is planned for: a person expected to be found, an open report, a piece of partner intelligence.
    intelligence_weeks
        Partner intelligence counts for so many weeks.
    explore_share
        So much of a walk's minutes is kept for places drawn at random, off those that are known: the stops, and the
        way out to them. Between a tenth and a fifth; 0 switches it off, which no review should do.
    walk_minutes, stop_minutes
        How long a walk is, and a stop.
    meeting_minutes
        For each person expected, on average over the places where people are: so much longer every stop is planned,
        rounded up to a minute.
    least_people
        So many walk together, at the least.
    powers
        On every walk there is an agency with each of these.
    weekdays
        Days of the week on which a walk may begin.
    walks_a_quarter, summer_walks_a_quarter
        So many walks in each three months, and in three months of summer, at the least.
    summer_months
        Which months are summer.
    step_up_reports, step_up_weeks, step_up_walks
        Where so many reports came within so many weeks, so many walks are added in the weeks that follow.
    closed
        Days or spans without a walk, such as "2026-12-24..2026-12-26".
    unlit_factor
        After dark a street known to be unlit counts so many times its length when the way is chosen; 1 takes no heed.
    avoid, avoid_at_night
        Squares of 100 m, such as "SU364455", that no walk stops at: never, or on a walk of which any minute is after
        sunset or before sunrise, or that begins in the evening or early morning.
    card_days
        A walk card may be used until so many days after the walk.
    keep_months
        Reports, visits and cards older than this are erased with the others that are older than the limit; the
        district's totals stay. 0 sets no limit. [check] against your own retention schedule.
    patch_minutes
        What one team has on the night of the snapshot.
    night_starts
        When the teams begin to count, in the small hours after the night of the snapshot. [check] against this year's
        guidance.
    likely_chance
        A place that is not known is a likely one where the chance of meeting anybody at one stop is at least this.
    night_foot_minutes, night_park_minutes
        On the night of the snapshot a way that takes longer on foot than the first is driven, and the second is what
        parking takes.
    seed
        Of what is drawn at random.
    """

    early_from: int = Field(default=4, ge=0, le=23)
    day_from: int = Field(default=9, ge=0, le=23)
    evening_from: int = Field(default=18, ge=0, le=23)
    early_starts: str = "05:30"
    day_starts: str = "11:00"
    evening_starts: str = "20:30"
    working_days: int = Field(default=1, ge=1, le=10)
    answers_within_m: float = Field(default=150, ge=0, le=1_000)
    half_life_weeks: float = Field(default=26, gt=0, le=520)
    level: float = Field(default=0.9, ge=0.5, le=0.999)
    report_weeks: float = Field(default=8, gt=0, le=520)
    find_worth: float = Field(default=1.0, ge=0, le=100)
    report_worth: float = Field(default=1.0, ge=0, le=100)
    intelligence_worth: float = Field(default=0.3, ge=0, le=100)
    intelligence_weeks: float = Field(default=12, gt=0, le=520)
    explore_share: float = Field(default=0.15, ge=0, le=0.5)
    walk_minutes: float = Field(default=120, ge=10, le=720)
    stop_minutes: float = Field(default=8, ge=1, le=120)
    meeting_minutes: float = Field(default=10, ge=0, le=120)
    least_people: int = Field(default=2, ge=2, le=20)
    powers: tuple[Power, ...] = ("support", "enforcement")
    weekdays: tuple[Weekday, ...] = Field(default=_EVERY_DAY, min_length=1)
    walks_a_quarter: int = Field(default=1, ge=1, le=60)
    summer_walks_a_quarter: int = Field(default=2, ge=1, le=60)
    summer_months: tuple[int, ...] = (6, 7, 8)
    step_up_reports: int = Field(default=5, ge=1, le=1_000)
    step_up_weeks: int = Field(default=4, ge=1, le=26)
    step_up_walks: int = Field(default=1, ge=0, le=20)
    closed: tuple[str, ...] = ()
    unlit_factor: float = Field(default=1.5, ge=1, le=10)
    avoid: tuple[str, ...] = ()
    avoid_at_night: tuple[str, ...] = ()
    card_days: int = Field(default=3, ge=0, le=31)
    keep_months: int = Field(default=24, ge=0, le=600)
    patch_minutes: float = Field(default=180, ge=30, le=720)
    night_starts: str = "00:30"
    likely_chance: float = Field(default=0.1, gt=0, le=1)
    night_foot_minutes: float = Field(default=20, ge=0, le=240)
    night_park_minutes: float = Field(default=5, ge=0, le=60)
    seed: int = Field(default=1, ge=0)

    @field_validator("early_starts", "day_starts", "evening_starts", "night_starts")
    @classmethod
    def _times(cls, start: str) -> str:
        if not _CLOCK.fullmatch(start):
            kind, message = "starts", f"'{start}' is no time of day; expected one such as 20:30"
            raise PydanticCustomError(kind, message)
        return start

    @field_validator("avoid", "avoid_at_night")
    @classmethod
    def _squares(cls, squares: tuple[str, ...]) -> tuple[str, ...]:
        tidy = tuple(square.replace(" ", "").upper() for square in squares)
        for square in tidy:
            if not _SQUARE.fullmatch(square):
                kind, message = "square", f"'{square[:20]}' is no square of 100 m; expected one such as SU364455"
                raise PydanticCustomError(kind, message)
        return tidy

    @field_validator("closed")
    @classmethod
    def _days(cls, closed: tuple[str, ...]) -> tuple[str, ...]:
        for span in closed:
            read_span(span)
        return closed

    @field_validator("summer_months")
    @classmethod
    def _months(cls, months: tuple[int, ...]) -> tuple[int, ...]:
        if any(not 1 <= month <= 12 for month in months):  # noqa: PLR2004 - months of a year
            kind, message = "month", "a month is a number from 1 to 12"
            raise PydanticCustomError(kind, message)
        return tuple(sorted(set(months)))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.early_from < self.day_from < self.evening_from:
            kind, message = "bands", "early morning must begin before the day, and the day before the evening"
            raise PydanticCustomError(kind, message)
        return self
