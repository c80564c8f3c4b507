"""Time journeys by bus from 2,000 cells to 300 sites over a window of an hour, and the reading of a national timetable.

python -m tests.benchmarks.bus

The town is Newport in its own timetable, the county a made-up one of 3,000 stops and 6,000 trips. The national file is
made up too, of the size of Great Britain's: 40 million calls, of which a district keeps some thousands. Memory is the
peak of this process, all of Python and numba included.
"""

import resource
import sys
import tempfile
import time
import zipfile
from datetime import time as clock
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geo.crs import to_wgs84
from geo.places.bus import Arrival, by_bus
from geo.places.bus_reading import read_gtfs
from geo.places.bus_timetable import Timetable
from geo.places.travel import PlacePoints
from geo.scenario import BusOptions, ReachOptions
from geo.schema import TIMETABLE

CELLS, SITES = 2_000, 300
NEWPORT = Path(__file__).parents[3] / "shared" / "data" / "gtfs" / "newport-20230613_gtfs.zip"
NATIONAL_TRIPS, NATIONAL_CALLS = 1_000_000, 40


def main() -> None:
    """Print a line for each."""
    if NEWPORT.is_file():
        area = shapely.box(320_000, 180_000, 345_000, 200_000)
        seconds, feed = timed(lambda: read_gtfs(NEWPORT, name=NEWPORT.name, area=area))
        print(f"Newport: read {feed.calls_read:,} calls {seconds:.2f} s")
        search("Newport", Timetable.of(feed.calls))
    search("county", county(stops=3_000, trips=6_000, calls=30))
    if "--national" in sys.argv:
        read_national()


def search(name, made):
    """Time the first search, which compiles, and the next ones."""
    rng = np.random.default_rng(1)
    stops = made.stop_points()

    def near_stops(count):
        return stops[rng.integers(0, len(stops), count)] + rng.normal(0, 250, (count, 2))

    cells, sites = PlacePoints(near_stops(CELLS), np.full(CELLS, 340.0)), near_stops(SITES)
    there = Arrival("Tuesday", clock(10), 60)
    back = Arrival("Tuesday", clock(10), 60, clock(12))

    def ask(when):
        return by_bus(made, cells, sites, when, BusOptions(), on_foot=ReachOptions())

    for what, when in (("first, compiled", there), ("there", there), ("there and back", back)):
        seconds, found = timed(lambda when=when: ask(when))
        reached = np.isfinite(found.typical.minutes).mean()
        print(f"{name}, {len(stops):,} stops, {what}: {seconds:.2f} s, {reached:.0%} of pairs, peak {peak_mb():.0f} MB")


def county(*, stops, trips, calls):
    """Make up a county: lines that wander from stop to near stop, all day long."""
    rng = np.random.default_rng(2)
    points = rng.uniform((440_000, 140_000), (480_000, 180_000), (stops, 2))
    near = np.argsort(((points[:, None] - points[None]) ** 2).sum(axis=2), axis=1)[:, 1:6]
    at = [rng.integers(0, stops, trips)]
    for _ in range(calls - 1):
        at.append(near[at[-1], rng.integers(0, 5, trips)])
    stop = np.column_stack(at).ravel()
    seconds = (rng.integers(6 * 60, 20 * 60, trips)[:, None] * 60 + np.arange(calls) * 90).ravel()
    used, stop = np.unique(stop, return_inverse=True)
    table = pd.DataFrame(
        {
            "trip": np.repeat(np.arange(trips), calls),
            "position": np.tile(np.arange(calls), trips),
            "stop": stop,
            "easting": points[used][stop, 0],
            "northing": points[used][stop, 1],
            "arrive_s": seconds,
            "depart_s": seconds,
        }
    )
    same = {"line": "", "headsign": "", "stop_id": "", "stop_name": "", "board": True, "alight": True, "service": 0}
    days = {"weekdays": "1111100", "first_day": "20250601", "last_day": "20250630"}
    whole = table.assign(**same, **days, also_on="", not_on="", changes="")
    return Timetable.of(TIMETABLE.validate(whole[list(TIMETABLE.columns)]))


def read_national():
    """Write a zip of the size of Great Britain's, and read one district out of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gb.zip"
        write_national(path)
        print(f"national: zip of {path.stat().st_size / 1e6:,.0f} MB")
        area = shapely.box(440_000, 140_000, 460_000, 160_000)
        shapely.prepare(area)
        seconds, feed = timed(lambda: read_gtfs(path, name=path.name, area=area))
        told = f"national: {feed.calls_read:,} calls read, {feed.calls_kept:,} kept"
        print(f"{told}, {seconds:.0f} s, peak {peak_mb():.0f} MB")


def write_national(path):
    rng = np.random.default_rng(3)
    stops = 300_000
    east, north = rng.uniform(250_000, 600_000, stops), rng.uniform(60_000, 600_000, stops)
    lon, lat = to_wgs84(east, north)
    lines = "".join(f"s{n},Stop {n},{y:.6f},{x:.6f}\n" for n, (y, x) in enumerate(zip(lat, lon, strict=True)))
    names = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"
    small = {
        "stops": "stop_id,stop_name,stop_lat,stop_lon\n" + lines,
        "routes": "route_id,route_short_name,route_type\nr,1,3\n",
        "calendar": f"service_id,{names},start_date,end_date\nw,1,1,1,1,1,0,0,20250601,20250630\n",
        "trips": "route_id,service_id,trip_id\n" + "".join(f"r,w,VJ{n:032x}\n" for n in range(NATIONAL_TRIPS)),
    }
    order = np.argsort(north // 5_000 * 1e6 + east)  # neighbours stand near each other
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in small.items():
            archive.writestr(f"{name}.txt", text)
        with archive.open("stop_times.txt", "w", force_zip64=True) as stream:
            stream.write(b"trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n")
            for trip in range(NATIONAL_TRIPS):
                stream.write(trip_lines(trip, order, int(rng.integers(0, stops - NATIONAL_CALLS))))


def trip_lines(trip, order, first):
    start = 6 * 60 + trip % 720
    times = (f"{(start + n) // 60:02d}:{(start + n) % 60:02d}:00" for n in range(NATIONAL_CALLS))
    calls = (
        f"VJ{trip:032x},{at},{at},s{stop},{n},0,0\n"
        for n, (at, stop) in enumerate(zip(times, order[first : first + NATIONAL_CALLS], strict=True))
    )
    return "".join(calls).encode()


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
