"""Buses that run "every ten minutes" (frequencies.txt of GTFS): one run of the trip for every departure."""

import numpy as np
import pandas as pd

from geo.errors import BadInputError
from geo.places.bus_calls import seconds_of
from geo.places.bus_tables import MAX_ROWS

_SHORTEST_S = 30  # a headway below this is a slip of the pen


def run_often(calls: pd.DataFrame, often: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """Repeat the trips that run at a headway, and leave the others as they are.

    Parameters
    ----------
    calls
        `trip_id`, `arrive_s`, `depart_s`, and `first_s`, when the trip's first call is written down to leave.
    often
        `trip_id`, `start_time`, `end_time`, `headway_secs` as text. Departures run from the start and stay before the
        end; lines that cannot be read, or with a headway under 30 seconds, count as none.
    name
        The file's name, for messages.

    Returns
    -------
    pandas.DataFrame
        The calls with `run_id`, one for each run. A trip of which no line can be read runs as it is written down.

    Raises
    ------
    BadInputError
        They come to far more runs than a district has.
    """
    lines = _readable(often[often["trip_id"].isin(calls["trip_id"])])
    if not len(lines):
        return calls.assign(run_id=calls["trip_id"])
    runs_of = (lines["last_s"] - lines["first_s"]) // lines["step_s"] + 1
    if (runs_of * lines["trip_id"].map(calls["trip_id"].value_counts())).sum() > MAX_ROWS:
        message = f"{name}: frequencies.txt comes to over {MAX_ROWS:,} calls; cut the file to your district first."
        raise BadInputError(message)
    starts = _starts(lines)
    regular = calls[~calls["trip_id"].isin(starts["trip_id"])].assign(run_id=lambda rows: rows["trip_id"])
    repeated = calls.merge(starts, on="trip_id")
    shift = repeated["start_s"] - repeated["first_s"]
    runs = repeated.assign(
        arrive_s=repeated["arrive_s"] + shift,
        depart_s=repeated["depart_s"] + shift,
        run_id=repeated["trip_id"] + " " + repeated["start_s"].astype("str").str.zfill(6),
    )
    good = runs[runs["arrive_s"].groupby(runs["run_id"]).transform("min") >= 0]
    return pd.concat([regular, good.drop(columns="start_s")], ignore_index=True)


def _readable(often: pd.DataFrame) -> pd.DataFrame:
    """Keep the lines that say from when to when, and how often."""
    headway = pd.to_numeric(often["headway_secs"], errors="coerce").fillna(0).clip(0, 2 * MAX_ROWS)
    lines = pd.DataFrame(
        {
            "trip_id": often["trip_id"].to_numpy(),
            "first_s": seconds_of(often["start_time"]),
            "last_s": seconds_of(often["end_time"]),
            "step_s": headway.to_numpy(dtype=np.float64).astype(np.int64),
        }
    )
    return lines[(lines["first_s"] >= 0) & (lines["last_s"] > lines["first_s"]) & (lines["step_s"] >= _SHORTEST_S)]


def _starts(lines: pd.DataFrame) -> pd.DataFrame:
    """List the departures of each trip, each once."""
    rows = [
        (trip, second)
        for trip, first, last, step in lines.itertuples(index=False, name=None)
        for second in range(first, last, step)
    ]
    table = pd.DataFrame(rows, columns=["trip_id", "start_s"]).drop_duplicates()
    return table.astype({"trip_id": "str", "start_s": "int64"})
