"""Print how fast journeys along streets are measured, and how fast streets are read and loaded.

python -m tests.benchmarks.streets

The bar: 300 sites, 30 minutes on foot, at least 50,000 junctions, 30 times as fast as networkx's
`single_source_dijkstra_path_length` with the same cutoff, in the same run and with the same answers.
"""

import tempfile
import time
from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import psutil
import shapely

from geo.editions import Edition
from geo.places.shortest import shortest_minutes
from geo.places.street_ways import walking_ways
from geo.places.streets import Snapped, Streets
from geo.places.streets_build import build_network
from geo.places.streets_osm import read_osm
from geo.places.streets_raw import EVERYWHERE
from geo.places.streets_travel import along_streets
from geo.places.travel import PlacePoints
from geo.review.files import read_geometry, write_table
from geo.scenario import ReachOptions, TravelOptions
from tests.conftest import _open_data_folder
from tests.geo.places.street_towns import CORNER, grid_town, oracle_graph

SIDE, SITES, PLACES, MINUTES = 235, 300, 2_000, 30.0
REPEATS = 5
SLOW = 0.2  # of the pairs within the cutoff: networkx then takes minutes
STEP_M = 70  # Newport has 912 km of streets to walk on and 13,576 junctions: 67 m each


def main() -> None:
    """Measure a made-up town of streets, then read and load real ones where they are to be had."""
    town = grid_town(SIDE, seed=1, step_m=STEP_M)
    print(f"A town of {town.network('walk', ReachOptions(), TravelOptions()).junctions:,} junctions")
    for mode in ("walk", "drive"):
        search(town, mode)
    whole_journeys(town)
    loading(town)
    reading()
    ways(town)


def search(town: Streets, mode: str) -> None:
    network = town.network(mode, ReachOptions(), TravelOptions())
    rng = np.random.default_rng(2)
    sites, places = (rng.choice(network.junctions, many, replace=False) for many in (SITES, PLACES))
    chosen, homes = at(network, sites), at(network, places)
    shortest_minutes(network, at(network, sites[:1]), chosen, limit=1.0)  # compiles
    work = lambda: shortest_minutes(network, homes, chosen, limit=MINUTES)  # noqa: E731 - said once, timed often
    found, before = work(), [timed(work)[0] for _ in range(REPEATS)]
    graph = oracle_graph(network).reverse()
    plain = by_networkx(graph, sites, places, expected=found)
    multi = by_networkx(nx.MultiDiGraph(graph), sites, places, expected=found)
    ours = min(*before, *(timed(work)[0] for _ in range(REPEATS)))  # before and after: the machine is shared
    print(
        f"{mode}: {SITES} sites, {MINUTES:g} minutes, {PLACES:,} places: ours {ours:.3f} s; networkx {plain:.2f} s "
        f"({plain / ours:.0f} times), on a MultiDiGraph as osmnx makes it {multi:.2f} s ({multi / ours:.0f} times)"
    )


def by_networkx(graph, sites, places, *, expected) -> float:
    """Measure networkx, and check that its minutes are ours; a tenth of the sites stands for all where it is slow."""
    some = sites if np.isfinite(expected).mean() < SLOW else sites[::10]
    seconds, lengths = timed(
        lambda: [nx.single_source_dijkstra_path_length(graph, site, cutoff=MINUTES) for site in some.tolist()]
    )
    for column, reached in zip(np.flatnonzero(np.isin(sites, some)), lengths, strict=True):
        theirs = np.array([reached.get(place, np.inf) for place in places.tolist()])
        np.testing.assert_allclose(expected[:, column], theirs, rtol=1e-9)
    return seconds * len(sites) / len(some)


def whole_journeys(town: Streets) -> None:
    side_m = (SIDE - 1) * STEP_M
    rng = np.random.default_rng(3)
    points, doors = (rng.uniform(0, side_m, (many, 2)) + CORNER for many in (PLACES, SITES))
    places = PlacePoints(points, np.full(PLACES, 300.0))
    for longest in (MINUTES, TravelOptions().longest_minutes):
        travel = TravelOptions(longest_minutes=longest)
        seconds, _ = timed(lambda travel=travel: along_streets(town, places, doors, ReachOptions(), travel=travel))
        print(f"walk, with the network made and every point snapped, to {longest:g} minutes: {seconds:.2f} s")


def at(network, junctions) -> Snapped:
    """Put points on junctions: on any street that begins or ends there."""
    street, along = np.zeros(network.junctions, np.int64), np.zeros(network.junctions)
    order = np.arange(len(network.start))
    street[network.start] = order
    at_end = np.setdiff1d(network.end, network.start)
    ends = {int(end): number for number, end in enumerate(network.end.tolist())}
    for junction in at_end.tolist():
        street[junction], along[junction] = ends[junction], network.metres[ends[junction]]
    return Snapped(street[junctions], along[junctions], np.zeros(len(junctions)))


def loading(town: Streets) -> None:
    edition = Edition(dataset="streets", title="Made up", rows=len(town.table), added=date(2026, 1, 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "streets.parquet"
        write_table(path, town.table, edition)
        seconds, loaded = timed(lambda: Streets(read_geometry(path)).network("walk", ReachOptions(), TravelOptions()))
        size = path.stat().st_size / 1e6
    memory = psutil.Process().memory_info().rss / 1e6
    print(f"{len(loaded.lines):,} streets loaded in {seconds:.2f} s from {size:.1f} MB; this run holds {memory:.0f} MB")


def reading() -> None:
    for name, kind in (("newport-wales-2023-06-13.osm.pbf", "pbf"), ("oxford_centre_2016.osm", "osm")):
        path = _open_data_folder() / "osm" / name
        if path.is_file():
            read_s, raw = timed(
                lambda path=path, kind=kind: read_osm(
                    path, name=path.name, kind=kind, box=EVERYWHERE, progress=lambda _step, _share: None
                )
            )
            area = shapely.box(*raw.points.min(0), *raw.points.max(0))
            shapely.prepare(area)
            join_s, network = timed(lambda raw=raw, area=area: build_network(raw, area))
            named, known = (network.table["name"] != "").mean(), (network.table["lit"] != "not known").mean()
            print(f"{name}: {len(network.table):,} streets, {named:.0%} named, lighting known of {known:.0%}")
            print(f"{name}: read {read_s:.2f} s, joined {join_s:.2f} s, on foot {network.walk}, by car {network.drive}")


def ways(town: Streets) -> None:
    """Measure ways on foot from point to point, with their lines, on a town of more junctions than a county's."""
    middle = (SIDE - 1) * STEP_M / 2 + CORNER
    for many, factor in ((40, 1.0), (40, 2.0), (150, 2.0), (300, 2.0)):
        points = np.random.default_rng(4).normal(middle, 1_500, (many, 2))
        seconds, found = timed(
            lambda points=points, factor=factor: walking_ways(town, points, ReachOptions(), unlit_factor=factor)
        )
        line_s, _ = timed(lambda found=found, many=many: [found.line(0, j) for j in range(1, many)])
        line_ms = line_s / (many - 1) * 1000
        print(f"walking ways between {many} points, factor {factor:g}: {seconds:.2f} s; a line {line_ms:.1f} ms")


def timed(work):
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


if __name__ == "__main__":
    main()
