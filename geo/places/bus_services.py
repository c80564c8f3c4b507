"""The days of service of a GTFS zip: weekdays of a span, days added and days taken away."""

import re
from datetime import date
from typing import Final

import pandas as pd

from geo.places.bus_tables import GtfsZip, Wanted

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NO_WEEKDAY: Final = "0000000"
_ADDED, _REMOVED = "1", "2"


def services_of(gtfs: GtfsZip, ids: frozenset[str]) -> pd.DataFrame:
    """Read on which days each service runs.

    Parameters
    ----------
    ids
        The services wanted; one that never runs is left out.

    Returns
    -------
    pandas.DataFrame
        `service_id`, and `weekdays`, `first_day`, `last_day`, `also_on`, `not_on` as TIMETABLE has them.
    """
    wanted = Wanted((("service_id", ids),))
    regular = _regular(gtfs.read("calendar", ("service_id", *_WEEKDAYS, "start_date", "end_date"), wanted=wanted).rows)
    single = gtfs.read("calendar_dates", ("service_id", "date", "exception_type"), wanted=wanted).rows
    single = single[_are_days(single["date"])]
    also, without = (_listed(single[single["exception_type"] == kind]) for kind in (_ADDED, _REMOVED))
    every = sorted(set(regular["service_id"]) | set(also))
    table = pd.DataFrame({"service_id": pd.Series(every, dtype="str")}).merge(regular, on="service_id", how="left")
    return table.assign(
        weekdays=table["weekdays"].fillna(_NO_WEEKDAY),
        first_day=table["first_day"].fillna(""),
        last_day=table["last_day"].fillna(""),
        also_on=_of_each(table, also),
        not_on=_of_each(table, without),
    )


def is_day(text: str) -> bool:
    """Tell whether a text is a day, YYYYMMDD.

    Examples
    --------
    >>> is_day("20230613"), is_day("20230631"), is_day("13/06/2023")
    (True, False, False)
    """
    if not re.fullmatch(r"[0-9]{8}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _are_days(texts: "pd.Series[str]") -> "pd.Series[bool]":
    return texts.map(is_day).astype(bool)  # of an empty column pandas cannot know it


def _regular(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep services that run on a weekday of a span."""
    days = (rows[list(_WEEKDAYS)] == "1").astype(int).astype("str")
    weekdays = days.sum(axis=1) if len(days) else pd.Series(dtype="str")
    spans = _are_days(rows["start_date"]) & _are_days(rows["end_date"]) & (rows["start_date"] <= rows["end_date"])
    table = rows.assign(weekdays=weekdays.astype("str"), first_day=rows["start_date"], last_day=rows["end_date"])
    kept = table[spans & (table["weekdays"] != _NO_WEEKDAY)].drop_duplicates("service_id")
    return kept[["service_id", "weekdays", "first_day", "last_day"]]


def _of_each(table: pd.DataFrame, days: dict[str, str]) -> "pd.Series[str]":
    return pd.Series([days.get(service, "") for service in table["service_id"]], index=table.index, dtype="str")


def _listed(rows: pd.DataFrame) -> dict[str, str]:
    """Write the days of each service one after another."""
    return {str(service): " ".join(sorted(set(days))) for service, days in rows.groupby("service_id")["date"]}
