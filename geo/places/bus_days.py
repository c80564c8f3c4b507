"""Which days a timetable covers, which trips run on a day, and which day stands for "a Tuesday"."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError
from geo.scenario import Weekday

BoolArray = npt.NDArray[np.bool_]

WEEKDAYS: Final[tuple[Weekday, ...]] = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_MOST_WEEKS: Final = 160  # three years; of a timetable that holds for longer, the first of its full weeks
_HALF: Final = 0.5


@dataclass(frozen=True)
class Services:
    """The days on which the trips of a timetable run.

    Attributes
    ----------
    table
        `weekdays`, `first_day`, `last_day`, `also_on`, `not_on` by service, as TIMETABLE has them.
    trips
        How many trips each service has, in the table's order.
    """

    table: pd.DataFrame
    trips: npt.NDArray[np.int64]

    @classmethod
    def of(cls, calls: pd.DataFrame) -> "Services":
        """Take the services out of a timetable (TIMETABLE schema), in the order of their numbers."""
        columns = ["service", "weekdays", "first_day", "last_day", "also_on", "not_on"]
        table = calls[columns].drop_duplicates("service").sort_values("service").reset_index(drop=True)
        trips = calls.drop_duplicates("trip")["service"].value_counts().reindex(table["service"])
        return cls(table, np.asarray(trips, dtype=np.int64))

    def running(self, day: date) -> BoolArray:
        """Tell which services run on a day, in the table's order."""
        text = _text(day)
        table = self.table
        regular = (table["first_day"] <= text) & (table["last_day"] >= text) & (table["first_day"] != "")
        weekday = table["weekdays"].str[day.weekday()] == "1"
        runs = (regular & weekday & ~table["not_on"].str.contains(text, regex=False)).to_numpy(dtype=np.bool_)
        return np.asarray(runs | table["also_on"].str.contains(text, regex=False).to_numpy(dtype=np.bool_))

    def period(self) -> tuple[date, date]:
        """Give the first and the last day that the timetable speaks of."""
        single = [day for days in self.table["also_on"].unique() for day in days.split()]
        spans = self.table.loc[self.table["first_day"] != "", ["first_day", "last_day"]]
        days = sorted([*single, *spans["first_day"], *spans["last_day"]])
        return date.fromisoformat(days[0]), date.fromisoformat(days[-1])

    def usual_day(self, weekday: Weekday) -> date:
        """Choose the day that stands for a weekday: the first with the service that most of them have.

        Only days with at least half as many trips as the fullest of that weekday compete, so that years in which one
        long-lived service stands alone in the file do not outvote the weeks it was made for. Of two services that as
        many of these days have, the one with more trips counts as usual.

        Raises
        ------
        BadInputError
            Nothing runs on that weekday.
        """
        days = [day for day in self._days(weekday) if self.running(day).any()]
        if not days:
            message = f"No bus runs on a {weekday} in the timetable of {self.span()}; choose another day."
            raise BadInputError(message)
        full = {day: int(self.trips[self.running(day)].sum()) for day in days}
        days = [day for day in days if _HALF * max(full.values()) <= full[day]]
        patterns = {day: self.running(day).tobytes() for day in days}
        trips = {patterns[day]: full[day] for day in days}
        counted = Counter(patterns.values())
        usual = max(counted, key=lambda pattern: (counted[pattern], trips[pattern], pattern))
        return next(day for day in days if patterns[day] == usual)

    def require(self, day: date) -> None:
        """Refuse a day that the timetable does not cover, or on which no bus runs.

        Raises
        ------
        BadInputError
            Says which days it covers.
        """
        first, last = self.period()
        if not first <= day <= last:
            message = (
                f"The timetable covers {self.span()}, and {spoken(day)} is not among these days; "
                "choose one of them, or add a timetable of that day."
            )
            raise BadInputError(message)
        if not self.running(day).any():
            message = f"No bus of the timetable runs on {spoken(day)}; choose another day."
            raise BadInputError(message)

    def span(self) -> str:
        """Say from when to when the timetable holds."""
        first, last = self.period()
        return f"{spoken(first)} to {spoken(last)}"

    def _days(self, weekday: Weekday) -> list[date]:
        first, last = self.period()
        start = first + timedelta(days=(WEEKDAYS.index(weekday) - first.weekday()) % 7)
        covered = self._trips_by_week(start, weeks=(last - start).days // 7 + 1)
        full = np.flatnonzero(covered >= _HALF * covered.max())[:_MOST_WEEKS]
        return [start + timedelta(weeks=int(week)) for week in full]

    def _trips_by_week(self, start: date, *, weeks: int) -> npt.NDArray[np.int64]:
        """Count the trips whose services are valid in each week."""
        change = np.zeros(weeks + 2, dtype=np.int64)
        spans = zip(self.table["first_day"], self.table["last_day"], self.table["also_on"], self.trips, strict=True)
        for first, last, single, trips in spans:
            days = [(first, last)] if first else []
            for begin, end in [*days, *((day, day) for day in single.split())]:
                ends = ((date.fromisoformat(end) - start).days // 7, (date.fromisoformat(begin) - start).days // 7)
                change[np.clip(ends[1], 0, weeks)] += trips
                change[np.clip(ends[0] + 1, 0, weeks)] -= trips
        return np.cumsum(change[:weeks])


def spoken(day: date) -> str:
    """Write a day as people say it.

    Examples
    --------
    >>> spoken(date(2023, 6, 3))
    '3 June 2023'
    """
    return f"{day.day} {day:%B %Y}"


def _text(day: date) -> str:
    return f"{day:%Y%m%d}"
