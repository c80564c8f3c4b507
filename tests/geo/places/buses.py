"""Small bus timetables: as a GTFS zip, for what reads them, and as a table of calls, for what searches them."""

import io
import zipfile
from datetime import date, time

import numpy as np
import pandas as pd

from geo.crs import to_wgs84
from geo.places.bus import Arrival
from geo.places.bus_timetable import Timetable
from geo.scenario import BusOptions, ReachOptions
from geo.schema import TIMETABLE

TUESDAY = date(2025, 6, 3)
# 100 m a minute, straight: a walk can be read off the map.
WALK = ReachOptions(walk_km_per_hour=6, detour=1)
PLAIN = BusOptions(
    window_minutes=0,
    every_minutes=5,
    early_minutes=2,
    change_minutes=3,
    change_walk_minutes=4,
    walk_to_stop_minutes=5,
    longest_minutes=120,
)
STOPS = {"West": (641_000, 422_000), "Middle": (642_000, 422_000), "East": (643_000, 422_000)}
# So far apart that nobody walks all the way; home is 200 m from West, the hub 300 m from East.
FAR = {"West": (600_000, 422_000), "Middle": (630_000, 422_000), "East": (660_000, 422_000)}
FAR_HOME, FAR_HUB = (599_800.0, 422_000.0), (660_300.0, 422_000.0)
AT_TEN = Arrival(TUESDAY, time(10), 0)
MONDAY_TO_FRIDAY = "1111100"


def clock(text: str) -> int:
    """Seconds after midnight of "9:05"."""
    hour, minute = text.split(":")
    return int(hour) * 3600 + int(minute) * 60


CALL = ["trip", "position", "stop", "stop_name", "easting", "northing", "arrive_s", "depart_s", "board", "alight"]


def timetable(
    trips, *, stops=None, weekdays=MONDAY_TO_FRIDAY, span=("20250601", "20250630"), changes=None
) -> Timetable:
    """Make a timetable from trips, each a list of "Stop 9:00", "Stop 9:00-9:02" (waits), with "!" no boarding, "?" no
    alighting."""
    places = stops or STOPS
    names = list(places)
    rows = [
        (trip, position, *_call(text, names, places))
        for trip, calls in enumerate(trips)
        for position, text in enumerate(calls)
    ]
    table = pd.DataFrame(rows, columns=CALL)
    used = {old: new for new, old in enumerate(sorted(table["stop"].unique()))}
    noted = {
        names.index(start): " ".join(f"{used[names.index(end)]}:{seconds}" for end, seconds in ends.items())
        for start, ends in (changes or {}).items()
    }
    whole = table.assign(
        line=table["trip"].map(lambda trip: f"Line {trip}"),
        headsign="",
        stop_id=table["stop_name"],
        service=0,
        weekdays=weekdays,
        first_day=span[0],
        last_day=span[1],
        also_on="",
        not_on="",
        changes=[noted.get(stop, "") for stop in table["stop"]],
        stop=table["stop"].map(used),
    )
    return Timetable.of(TIMETABLE.validate(whole[list(TIMETABLE.columns)]))


def _call(text, names, places):
    name, times = text.rstrip("!?").split(" ")
    arrive, _, leave = times.partition("-")
    east, north = places[name]
    closed = text[len(text.rstrip("!?")) :]
    return (
        names.index(name),
        name,
        float(east),
        float(north),
        clock(arrive),
        clock(leave or arrive),
        "!" not in closed,
        "?" not in closed,
    )


def gtfs(*, folder="", **tables: str) -> bytes:
    """Pack a GTFS zip; a table given as "" is left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (TINYTOWN | tables).items():
            if text:
                archive.writestr(f"{folder}{name}.txt", text)
    return made.getvalue()


def stops_table(places=None) -> str:
    """Write stops.txt."""
    found = places or (STOPS | {"Far": (690_000, 422_000)})
    lon, lat = to_wgs84(
        np.array([east for east, _ in found.values()]), np.array([north for _, north in found.values()])
    )
    lines = [f"{name[0]},{name},{y:.7f},{x:.7f}" for name, x, y in zip(found, lon, lat, strict=True)]
    return "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *lines]) + "\n"


TINYTOWN = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\nT,Tiny Buses,https://x.invalid,Europe/London\n",
    "stops": stops_table(),
    "routes": "route_id,agency_id,route_short_name,route_long_name,route_type\n1,T,1,,3\n9,T,C9,,200\n",
    "trips": "route_id,service_id,trip_id,trip_headsign\n1,week,a,East\n1,week,b,East\n9,week,coach,Far\n",
    "stop_times": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
        "a,09:00:00,09:00:00,W,1,0,1\na,09:10:00,09:11:00,M,2,0,0\na,09:20:00,09:20:00,E,3,1,0\na,10:00:00,10:00:00,F,4,1,0\n"
        "b,10:00:00,10:00:00,W,1,0,1\nb,10:20:00,10:20:00,E,3,1,0\n"
        "coach,07:00:00,07:00:00,W,1,0,0\ncoach,08:00:00,08:00:00,F,2,0,0\n"
    ),
    "calendar": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "week,1,1,1,1,1,0,0,20250601,20250630\n"
    ),
}
