"""Made-up streets for tests: a few drawn by hand, and whole towns."""

from collections.abc import Sequence

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely

from geo.crs import NATIONAL_GRID, to_wgs84
from geo.places.streets import StreetNetwork, Streets
from geo.places.streets_build import Network, build_network
from geo.places.streets_raw import Gathering, RawStreets
from geo.places.streets_tags import AGAINST, ALONG, BOTH, shuts, use_of
from geo.schema import STREETS

CORNER = 400_000  # easting and northing of the south-west corner

Spot = tuple[float, float]


def drawn(spots: dict[str, Spot], ways: Sequence[tuple[str, dict[str, str]]], **barriers: dict[str, str]) -> RawStreets:
    """Draw streets by hand: spots in metres from the corner, ways as "ABC" with tags, tags of barriers by spot."""
    gathering = Gathering()
    for name, (x, y) in spots.items():
        lon, lat = to_wgs84([CORNER + x], [CORNER + y])
        gathering.place(name, lon=float(lon[0]), lat=float(lat[0]), shut=shuts(barriers.get(name, {})))
    for names, tags in ways:
        gathering.streets_seen += 1
        use = use_of(tags)
        if use is not None:
            gathering.way(list(names), use)
    return gathering.done()


def joined(raw: RawStreets) -> Network:
    """Join streets, however far off they are."""
    area = shapely.box(0, 0, 1_000_000, 1_300_000)
    shapely.prepare(area)
    return build_network(raw, area)


def streets(spots: dict[str, Spot], ways, **barriers: dict[str, str]) -> Streets:
    return Streets(joined(drawn(spots, ways, **barriers)).table)


def grid_town(side: int, *, seed: int, step_m: float = 100) -> Streets:
    """Make a town of side x side junctions, crooked, some streets missing, some one-way for cars."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    points = np.column_stack([x.ravel(), y.ravel()]) * step_m + rng.uniform(-30, 30, (side * side, 2)) + CORNER
    number = np.arange(side * side).reshape(side, side)
    east = np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()])
    north = np.column_stack([number[:-1].ravel(), number[1:].ravel()])
    links = np.vstack([east, north[rng.random(len(north)) < 0.9]])
    lines = shapely.linestrings(points[links])
    ways = rng.choice([BOTH, ALONG, AGAINST], len(links), p=[0.8, 0.1, 0.1])
    table = gpd.GeoDataFrame(
        {
            "road": rng.choice(["residential", "primary"], len(links)).astype(str),
            "km_per_hour": rng.choice([0.0, 32.0], len(links)),
            "name": [f"Street {number // 7}" if number % 3 else "" for number in range(len(links))],
            "lit": [("lit", "unlit", "not known")[number % 5 % 3] for number in range(len(links))],
            "walk_from": links[:, 0],
            "walk_to": links[:, 1],
            "walk_ways": np.full(len(links), BOTH),
            "drive_from": links[:, 0],
            "drive_to": links[:, 1],
            "drive_ways": ways,
        },
        geometry=list(lines),
        crs=NATIONAL_GRID,
    )
    return Streets(STREETS.validate(table))


def oracle_graph(network: StreetNetwork) -> nx.DiGraph:
    """Give the same streets to networkx: of two between the same junctions, the quicker."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(network.junctions))
    for start, end, ways, minutes in zip(network.start, network.end, network.ways, network.minutes, strict=True):
        for tail, head, way in ((int(start), int(end), ALONG), (int(end), int(start), AGAINST)):
            if ways & way and minutes < graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]:
                graph.add_edge(tail, head, weight=float(minutes))
    return graph
