"""Bring the calls of a timetable into shape: clock times into seconds, gaps filled, trips that cannot be left out."""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

_CLOCK: Final = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)$")
_LATEST_HOUR: Final = 72  # a service day runs past 24:00, but not for days on end
_MISSING: Final = -1
_LAST_NUMBER: Final = 2**31  # no trip has as many calls


def seconds_of(clock: "pd.Series[str]") -> npt.NDArray[np.int64]:
    """Turn GTFS clock times into seconds after the midnight that the service day begins with; -1 where there is none.

    Examples
    --------
    >>> seconds_of(pd.Series(["07:05:00", "25:00:30", "", "noon"])).tolist()
    [25500, 90030, -1, -1]
    """
    known = {text: _seconds(text) for text in clock.unique()}
    return clock.map(known).to_numpy(dtype=np.int64)


def with_times(calls: pd.DataFrame) -> pd.DataFrame:
    """Add `arrive_s` and `depart_s`, and sort the calls along each trip.

    One of the two times stands for the other. A call between two timed ones that has neither is put evenly between
    them, as the GTFS reference asks of whoever reads it; where that cannot be, both stay -1.

    Parameters
    ----------
    calls
        `trip_id`, `stop_sequence`, `arrival_time`, `departure_time` as text.
    """
    order = pd.to_numeric(calls["stop_sequence"], errors="coerce").fillna(_MISSING).clip(_MISSING, _LAST_NUMBER)
    sorted_calls = calls.assign(position=order.astype("int64")).sort_values(["trip_id", "position"], kind="stable")
    arrive, depart = seconds_of(sorted_calls["arrival_time"]), seconds_of(sorted_calls["departure_time"])
    arrive, depart = np.where(arrive < 0, depart, arrive), np.where(depart < 0, arrive, depart)
    timed = sorted_calls.assign(arrive_s=arrive, depart_s=depart).reset_index(drop=True)
    return _between(timed)


def runs_backwards(calls: pd.DataFrame) -> frozenset[str]:
    """Name the trips in which a bus would leave before it comes, or come before it left the stop before."""
    leaves_early = calls["depart_s"] < calls["arrive_s"]
    same = calls["trip_id"].eq(calls["trip_id"].shift())
    comes_early = same & (calls["arrive_s"] < calls["depart_s"].shift())
    return frozenset(calls.loc[leaves_early | comes_early, "trip_id"])


def _seconds(text: str) -> int:
    found = _CLOCK.match(text)
    if found is None or int(found[1]) >= _LATEST_HOUR:
        return _MISSING
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])


def _between(calls: pd.DataFrame) -> pd.DataFrame:
    """Put untimed calls evenly between the timed ones around them."""
    untimed = calls["depart_s"] < 0
    partly = calls["trip_id"].isin(calls.loc[untimed, "trip_id"].unique())
    if not partly.any():
        return calls
    some = calls[partly]
    arrive, depart = some["arrive_s"].astype("float64"), some["depart_s"].astype("float64")
    gap = depart < 0
    step = (~gap).groupby(some["trip_id"]).cumsum()
    groups = [some["trip_id"], step]
    place = gap.groupby(groups).cumsum()
    size = gap.groupby(groups).transform("sum") + 1
    before = depart.where(~gap).groupby(some["trip_id"]).ffill()
    after = arrive.where(~gap).groupby(some["trip_id"]).bfill()
    filled = (before + (after - before) * place / size).round().fillna(_MISSING).astype("int64")
    return calls.assign(
        arrive_s=calls["arrive_s"].where(~(partly & untimed), filled.reindex(calls.index, fill_value=_MISSING)),
        depart_s=calls["depart_s"].where(~(partly & untimed), filled.reindex(calls.index, fill_value=_MISSING)),
    )
