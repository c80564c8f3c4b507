"""The buses of one day as the search reads them: every hop from one stop to the next, the latest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.places.bus_days import Services

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

DAY_S: Final = 86_400


@dataclass(frozen=True)
class Hops:
    """Rides from one stop to the next without a stop between, sorted by when they leave, the latest first.

    Attributes
    ----------
    leave_stop, arrive_stop, trip
        (h,) numbers.
    leave_s, arrive_s
        (h,) seconds after the day's midnight.
    board, alight
        (h,) whether people may get on where it leaves, and get off where it arrives.
    trips
        How many numbers of trips there are.
    """

    leave_stop: IntArray
    arrive_stop: IntArray
    trip: IntArray
    leave_s: IntArray
    arrive_s: IntArray
    board: BoolArray
    alight: BoolArray
    trips: int

    def turned(self) -> "Hops":
        """Turn time round: what leaves last arrives first. A search for the way there then finds the way back."""
        order = np.lexsort((np.arange(len(self.trip))[::-1], self.leave_s, self.arrive_s))
        return Hops(
            leave_stop=self.arrive_stop[order],
            arrive_stop=self.leave_stop[order],
            trip=self.trip[order],
            leave_s=-self.arrive_s[order],
            arrive_s=-self.leave_s[order],
            board=self.alight[order],
            alight=self.board[order],
            trips=self.trips,
        )


@dataclass(frozen=True)
class Timetable:
    """The local buses of a district.

    Attributes
    ----------
    calls
        TIMETABLE schema, sorted by trip and position.
    services
        The days they run on.
    """

    calls: pd.DataFrame
    services: Services

    @classmethod
    def of(cls, calls: pd.DataFrame) -> "Timetable":
        """Take a table of calls (TIMETABLE schema)."""
        return cls(calls, Services.of(calls))

    def stops(self) -> pd.DataFrame:
        """List the stops by number: `stop_id`, `stop_name`, `easting`, `northing`, `changes`."""
        columns = ["stop", "stop_id", "stop_name", "easting", "northing", "changes"]
        return self.calls[columns].drop_duplicates("stop").sort_values("stop").set_index("stop")

    def stop_points(self) -> FloatArray:
        """Give the stops' (s, 2) eastings and northings, EPSG:27700 metres."""
        return self.stops()[["easting", "northing"]].to_numpy(dtype=np.float64)

    def hops(self, day: date) -> Hops:
        """Give the hops of a day, those of the night before that run past its midnight included."""
        today = self._running(day)
        night = self._running(day - timedelta(days=1))
        late = night[night["depart_s"] >= DAY_S]
        shifted = late.assign(
            trip=late["trip"] + int(self.calls["trip"].max()) + 1,
            arrive_s=late["arrive_s"] - DAY_S,
            depart_s=late["depart_s"] - DAY_S,
        )
        return _hops(pd.concat([today, shifted], ignore_index=True))

    def _running(self, day: date) -> pd.DataFrame:
        numbers = self.services.table.loc[self.services.running(day), "service"]
        columns = ["trip", "position", "stop", "arrive_s", "depart_s", "board", "alight"]
        return self.calls.loc[self.calls["service"].isin(numbers), columns]


def _hops(calls: pd.DataFrame) -> Hops:
    trip = calls["trip"].to_numpy(dtype=np.int64)
    stop = calls["stop"].to_numpy(dtype=np.int64)
    arrive, leave = calls["arrive_s"].to_numpy(dtype=np.int64), calls["depart_s"].to_numpy(dtype=np.int64)
    board, alight = calls["board"].to_numpy(dtype=np.bool_), calls["alight"].to_numpy(dtype=np.bool_)
    here = np.flatnonzero(trip[1:] == trip[:-1])
    # Of hops that leave at the same second, those that arrive later, and those further along a trip, come first.
    order = here[np.lexsort((here, arrive[here + 1], leave[here]))[::-1]]
    return Hops(
        leave_stop=stop[order],
        arrive_stop=stop[order + 1],
        trip=trip[order],
        leave_s=leave[order],
        arrive_s=arrive[order + 1],
        board=board[order],
        alight=alight[order + 1],
        trips=int(trip.max(initial=-1)) + 1,
    )
