"""Read streets from a GraphML file as osmnx writes it.

Such a file is a directed graph: a street for both directions stands in it twice, and a one-way street once. It is read
as a stream with the standard library, since networkx takes many times as long to make its own graph of it.
"""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from geo.crs import frame_to_wgs84
from geo.errors import BadInputError
from geo.places.streets_raw import Box, Gathering, RawStreets
from geo.places.streets_tags import AGAINST, ALONG, BOTH, DRIVEN, Use, shuts, use_of

FloatArray = npt.NDArray[np.float64]

_LISTED: Final = re.compile(r"""'([^']*)'|"([^"]*)\"""")  # "St Mary's" is in double marks
_ENTITY: Final = b"<!ENTITY"
_HEAD: Final = 4_096
# osmnx has turned one-way signs and roundabouts into the directions of the edges already.
_IN_THE_EDGES: Final = ("oneway", "junction")


@dataclass(frozen=True, slots=True)
class _Edge:
    start: str
    end: str
    tags: dict[str, str]


@dataclass
class _Graph:
    crs: str = "epsg:4326"
    directed: bool = True
    names: list[str] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    edges: list[_Edge] = field(default_factory=list)


def read_graphml(given: Path | bytes, *, name: str, box: Box) -> RawStreets:
    """Read the streets near a district.

    Parameters
    ----------
    given
        Where the file is, or its bytes.
    name
        The file's name, for messages.
    box
        What is near: west, south, east, north in degrees.

    Raises
    ------
    BadInputError
        The file is damaged, or no graph of streets.
    """
    try:
        graph = _parse(given, name)
        spots = _degrees([(float(tags["x"]), float(tags["y"])) for tags in graph.tags], graph.crs)
    except (ET.ParseError, ValueError, KeyError, pyproj.exceptions.CRSError) as error:
        message = (
            f"{name} is damaged or no graph of streets; expected GraphML as osmnx saves it, with x and y of points."
        )
        raise BadInputError(message) from error
    gathering = Gathering(box)
    for node, tags, (lon, lat) in zip(graph.names, graph.tags, spots, strict=True):
        gathering.place(node, lon=lon, lat=lat, shut=shuts(tags))
    _follow(gathering, graph)
    return gathering.done()


def _parse(given: Path | bytes, name: str) -> _Graph:
    with given.open("rb") if isinstance(given, Path) else io.BytesIO(given) as stream:
        if _ENTITY in stream.read(_HEAD):
            message = f"{name} defines entities of its own, as no street file does; it was not read."
            raise BadInputError(message)
        stream.seek(0)
        return _collect(ET.iterparse(stream, events=("start", "end")))  # noqa: S314 - no entities, and expat bounds what they may grow to


def _collect(events: Iterator[tuple[str, ET.Element]]) -> _Graph:
    graph, keys = _Graph(), {}
    for event, element in events:
        kind = element.tag.rsplit("}", 1)[-1]
        if event == "start":
            if kind == "graph":
                graph.directed = element.get("edgedefault") != "undirected"
            continue
        if kind == "key":
            keys[element.get("id", "")] = element.get("attr.name", "")
        elif kind == "node":
            graph.names.append(element.get("id", ""))
            graph.tags.append(_data(element, keys))
            element.clear()
        elif kind == "edge":
            graph.edges.append(_Edge(element.get("source", ""), element.get("target", ""), _data(element, keys)))
            element.clear()
        elif kind == "graph":
            graph.crs = _data(element, keys).get("crs", graph.crs)
    return graph


def _data(element: ET.Element, keys: dict[str, str]) -> dict[str, str]:
    found = (item for item in element if item.tag.rsplit("}", 1)[-1] == "data")
    return {keys.get(item.get("key", ""), ""): item.text or "" for item in found}


def _degrees(points: list[tuple[float, float]] | FloatArray, crs: str) -> FloatArray:
    """Turn coordinates of the graph into longitude and latitude."""
    spots = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if not np.isfinite(spots).all():
        message = "coordinates"
        raise ValueError(message)
    if crs.casefold() == "epsg:4326":
        return spots
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(spots[:, 0], spots[:, 1]), crs=crs)
    return np.asarray(shapely.get_coordinates(frame_to_wgs84(frame).geometry.to_numpy()), dtype=np.float64)


def _follow(gathering: Gathering, graph: _Graph) -> None:
    """Keep each street once, with the directions of the edges that stand for it."""
    kept: dict[tuple[str, ...], tuple[_Edge, Use]] = {}
    for edge in graph.edges:
        gathering.streets_seen += "highway" in edge.tags
        use = _use(edge, directed=graph.directed)
        if use is None:
            continue
        ends = sorted((edge.start, edge.end))
        street = (*ends, edge.tags.get("osmid", ""), edge.tags.get("length", "")[:8])
        twin = kept.get(street)
        if twin is None or edge.start == edge.end or (twin[0].start == edge.start):
            kept[street if twin is None else (*street, str(len(kept)))] = (edge, use)
        else:
            back = AGAINST if use.drive else 0
            kept[street] = (twin[0], replace(twin[1], drive=twin[1].drive | back))
    for number, (edge, use) in enumerate(kept.values()):
        gathering.way([edge.start, *_bends(gathering, edge, graph.crs, number), edge.end], use)


def _use(edge: _Edge, *, directed: bool) -> Use | None:
    tags = {key: _single(key, value) for key, value in edge.tags.items() if key not in _IN_THE_EDGES}
    use = use_of(tags)
    if use is None or not use.drive:
        return use
    both_ways = not directed and edge.tags.get("oneway", "").casefold() not in {"true", "yes", "1"}
    return replace(use, drive=BOTH if both_ways else ALONG)


def _single(key: str, value: str) -> str:
    """Take one of the values that osmnx lists where it has joined streets into one: a path where any part is one."""
    listed: list[str] = [one or other for one, other in _LISTED.findall(value)] if value.startswith("[") else []
    if key == "highway" and listed:
        return next((kind for kind in listed if kind.removesuffix("_link") not in DRIVEN), listed[0])
    if key == "lit" and listed:
        return ""  # lit in part
    return listed[0] if listed else value


def _bends(gathering: Gathering, edge: _Edge, crs: str, number: int) -> list[object]:
    """Place the points between the ends of a street that osmnx has drawn as one line."""
    text = edge.tags.get("geometry", "")
    if not text:
        return []
    line = shapely.from_wkt(text, on_invalid="ignore")
    if line is None:
        return []
    spots = _degrees(shapely.get_coordinates(line)[1:-1], crs)
    names: list[object] = [(number, at) for at in range(len(spots))]
    for name, (lon, lat) in zip(names, spots, strict=True):
        gathering.place(name, lon=lon, lat=lat)
    return names
