"""Read the local buses of a district out of a GTFS zip, with an account of what was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.errors import BadInputError
from geo.places.bus_calls import runs_backwards, with_times
from geo.places.bus_headways import run_often
from geo.places.bus_services import services_of
from geo.places.bus_stops import changes_of, stops_within
from geo.places.bus_tables import GtfsZip, Table, Wanted
from geo.schema import TIMETABLE

# Trams, underground, buses, cable trams, trolleybuses and monorails, and their extended kinds (urban rail 4xx, bus 7xx
# but 715, which must be booked, trolleybus 8xx, tram 9xx). Trains, coaches (2xx), ferries and aeroplanes are left out.
_LOCAL: Final = frozenset(
    map(str, (0, 1, 3, 5, 11, 12, *range(400, 405), *range(700, 715), 716, 800, *range(900, 907)))
)
_CALLS: Final = (
    "trip_id",
    "arrival_time",
    "departure_time",
    "stop_id",
    "stop_sequence",
    "pickup_type",
    "drop_off_type",
)
_TRIPS: Final = ("trip_id", "route_id", "service_id", "trip_headsign")
_NEVER: Final = frozenset({"1", "2"})  # 1: not here; 2: only after a telephone call. 3, a word with the driver, counts


@dataclass(frozen=True)
class Feed:
    """The local buses of a district.

    Attributes
    ----------
    calls
        TIMETABLE schema.
    publishers
        Who published it and whose buses they are.
    edition
        The publisher's edition; empty where the file does not say.
    stops_read, stops_kept, calls_read, calls_kept, trips_read, trips_kept
        In the file and kept. A trip that runs at a headway is kept once for every run.
    trips_left_out, calls_left_out
        Why the others were not kept: reason to number. Read = kept + left out, runs at a headway aside.
    """

    calls: pd.DataFrame
    publishers: tuple[str, ...]
    edition: str
    stops_read: int
    stops_kept: int
    calls_read: int
    calls_kept: int
    trips_read: int
    trips_kept: int
    trips_left_out: Mapping[str, int]
    calls_left_out: Mapping[str, int]


def read_gtfs(source: Path | bytes, *, name: str, area: shapely.Geometry) -> Feed:
    """Read the buses that call in an area.

    A bus that leaves the area and comes back is followed through; its stops out there are not kept.

    Parameters
    ----------
    source
        The GTFS zip: where it is, or its bytes.
    name
        The file's name, for messages.
    area
        The district and as far around it as stops are wanted, EPSG:27700, prepared.

    Raises
    ------
    BadInputError
        The zip is damaged or no GTFS, covers another place, or has no local bus in the area.
    """
    gtfs = GtfsZip(source, name=name)
    stops, stops_read = stops_within(gtfs, area)
    often = gtfs.read("frequencies", ("trip_id", "start_time", "end_time", "headway_secs")).rows
    at_stops = ("stop_id", frozenset(stops["stop_id"]))
    read = gtfs.read("stop_times", _CALLS, wanted=Wanted((at_stops, ("trip_id", frozenset(often["trip_id"])))))
    trips = _described(gtfs, read.rows)
    kept, lost = _kept(read, trips, stops)
    if not len(kept):
        message = f"{name} has {stops_read:,} stops, but no local bus that can be used calls in or near the district."
        raise BadInputError(message)
    runs = run_often(kept, often, name=name)
    calls = _numbered(runs, stops, gtfs)
    template = frozenset(kept["trip_id"])
    return Feed(
        calls=TIMETABLE.validate(calls),
        publishers=_publishers(gtfs),
        edition=_edition(gtfs),
        stops_read=stops_read,
        stops_kept=int(calls["stop"].nunique()),
        calls_read=read.read,
        calls_kept=len(calls),
        trips_read=trips.read,
        trips_kept=int(calls["trip"].nunique()),
        trips_left_out=_why(trips, lost, kept=len(template)),
        calls_left_out=_why_calls(read, stops, kept=len(kept)),
    )


def _described(gtfs: GtfsZip, calls: pd.DataFrame) -> Table:
    """Read the trips that call in the area, with their line, kind and days of service."""
    table = gtfs.read("trips", _TRIPS, wanted=Wanted((("trip_id", frozenset(calls["trip_id"])),)))
    routes = gtfs.read("routes", ("route_id", "route_short_name", "route_long_name", "route_type")).rows
    routes = routes.drop_duplicates("route_id").assign(
        line=routes["route_short_name"].where(routes["route_short_name"] != "", routes["route_long_name"])
    )
    services = services_of(gtfs, frozenset(table.rows["service_id"]))
    rows = table.rows.drop_duplicates("trip_id")
    joined = rows.merge(routes[["route_id", "line", "route_type"]], on="route_id", how="left")
    return Table(joined.merge(services, on="service_id", how="left"), table.read, table.broken)


def _kept(read: Table, trips: Table, stops: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Leave out trips that cannot be used, one reason each, and calls beyond the area."""
    timed = with_times(read.rows)
    first = timed.groupby("trip_id")["depart_s"].transform("first")
    inside = timed.assign(first_s=first)[timed["stop_id"].isin(stops["stop_id"]) & (timed["depart_s"] >= 0)]
    several = inside.groupby("trip_id")["trip_id"].transform("size") > 1
    table = trips.rows.set_index("trip_id")
    reasons = pd.Series("", index=table.index, dtype="str")
    usable: dict[str, npt.NDArray[np.bool_]] = {
        "not a local bus (a train, a coach, a ferry, or one that must be booked)": table["route_type"]
        .isin(_LOCAL)
        .to_numpy(),
        "runs on no day": table["weekdays"].notna().to_numpy(),
        "calls at one stop here or has no times": table.index.isin(inside.loc[several, "trip_id"].unique()),
        "its times run backwards": ~table.index.isin(runs_backwards(inside)),
    }
    for reason, fine in usable.items():
        reasons = reasons.where((reasons != "") | fine, reason)
    lost = reasons[reasons != ""].value_counts().to_dict()
    good = table[reasons == ""].drop(columns=["route_id", "route_type"])
    return inside.merge(good, left_on="trip_id", right_index=True), {str(key): int(n) for key, n in lost.items()}


def _why(trips: Table, lost: Mapping[str, int], *, kept: int) -> dict[str, int]:
    """Account for every trip of the file."""
    elsewhere = trips.read - trips.broken - kept - sum(lost.values())
    told = {"never calls here, or is named twice": elsewhere, **lost, "broken": trips.broken}
    return {reason: number for reason, number in told.items() if number}


def _why_calls(read: Table, stops: pd.DataFrame, *, kept: int) -> dict[str, int]:
    """Account for every call of the file."""
    here = int(read.rows["stop_id"].isin(stops["stop_id"]).sum())
    told = {
        "at a stop beyond the area": read.read - read.broken - here,
        "in a trip left out, or without a time": here - kept,
        "broken": read.broken,
    }
    return {reason: number for reason, number in told.items() if number}


def _numbered(calls: pd.DataFrame, stops: pd.DataFrame, gtfs: GtfsZip) -> pd.DataFrame:
    """Give trips, stops and services numbers in place of the publisher's ids, in an order that no file decides."""
    placed = calls.merge(stops, on="stop_id")
    stop_number, stop_ids = pd.factorize(placed["stop_id"], sort=True)
    trip_number, _ = pd.factorize(placed["run_id"], sort=True)
    service_number, _ = pd.factorize(placed["service_id"], sort=True)
    numbers = {name: number for number, name in enumerate(stop_ids)}
    changes = changes_of(gtfs, numbers)
    made = placed.assign(
        trip=trip_number.astype(np.int64),
        stop=stop_number.astype(np.int64),
        service=service_number.astype(np.int64),
        headsign=placed["trip_headsign"],
        line=placed["line"].fillna(""),
        board=~placed["pickup_type"].isin(_NEVER),
        alight=~placed["drop_off_type"].isin(_NEVER),
        changes=pd.Series([changes.get(stop, "") for stop in placed["stop_id"]], dtype="str"),
    )
    ordered = made.sort_values(["trip", "position"], kind="stable").reset_index(drop=True)
    ordered["position"] = ordered.groupby("trip").cumcount().astype("int64")
    return ordered[list(TIMETABLE.columns)]


def _publishers(gtfs: GtfsZip) -> tuple[str, ...]:
    named = gtfs.read("feed_info", ("feed_publisher_name",)).rows["feed_publisher_name"]
    agencies = gtfs.read("agency", ("agency_name",)).rows["agency_name"]
    return tuple(dict.fromkeys(name for name in (*named, *agencies) if name))


def _edition(gtfs: GtfsZip) -> str:
    versions = gtfs.read("feed_info", ("feed_version",)).rows["feed_version"]
    return str(versions.iloc[0]) if len(versions) else ""
