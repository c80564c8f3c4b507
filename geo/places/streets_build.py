"""Join streets as drawn into a network: junctions, streets between them, and what hangs together.

A junction is a point where ways meet or end, or where a barrier stands; the bends between are kept as the street's
shape, so that the network is small and a door is still put on the street at the very place where it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.crs import NATIONAL_GRID
from geo.places.streets_raw import RawStreets
from geo.places.streets_tags import AGAINST, ALONG, Use
from geo.schema import STREETS

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_METRES_A_KM: Final = 1000


@dataclass(frozen=True)
class Part:
    """One mode's part of the network, and what was cut off it.

    Attributes
    ----------
    junctions, km
        Of the largest part that hangs together: for cars, one in which every junction can be reached from every other.
    cut_km, cut_pieces
        Streets that do not hang together with it, and in how many pieces.
    largest_cut_km
        The longest of these pieces.
    """

    junctions: int
    km: float
    cut_km: float
    cut_pieces: int
    largest_cut_km: float


@dataclass(frozen=True)
class Network:
    """Streets joined.

    Attributes
    ----------
    table
        STREETS table, EPSG:27700.
    walk, drive
        What was kept and cut of each mode.
    left_out
        Streets of the file, as drawn, that lie too far from the district or that nobody may use.
    """

    table: gpd.GeoDataFrame
    walk: Part
    drive: Part
    left_out: int


def build_network(raw: RawStreets, area: shapely.Geometry) -> Network:
    """Join the streets in an area into a network.

    Parameters
    ----------
    raw
        Streets as drawn.
    area
        Prepared polygon, EPSG:27700: streets that lie wholly outside it are left out.

    Returns
    -------
    Network
        Perhaps without any street: the caller says what that means.
    """
    pieces = _pieces(raw)
    inside = shapely.intersects(area, pieces.lines)
    pieces = pieces.only(np.asarray(inside))
    walk_from, walk_to, walk = _join(pieces, pieces.walk, raw.stops_walk, connection="weak")
    drive_from, drive_to, drive = _join(pieces, pieces.drive, raw.stops_cars, connection="strong")
    data = {
        "road": np.array([use.road for use in pieces.uses], dtype=object).astype(str),
        "km_per_hour": np.array([use.km_per_hour for use in pieces.uses], dtype=np.float64),
        "name": pd.Series([use.name for use in pieces.uses], dtype=str),
        "lit": pd.Series([use.lit for use in pieces.uses], dtype=str),
        "walk_from": walk_from,
        "walk_to": walk_to,
        "walk_ways": np.where(walk_from >= 0, pieces.walk, 0),
        "drive_from": drive_from,
        "drive_to": drive_to,
        "drive_ways": np.where(drive_from >= 0, pieces.drive, 0),
    }
    table = gpd.GeoDataFrame(data, geometry=list(pieces.lines), crs=NATIONAL_GRID)
    used = (walk_from >= 0) | (drive_from >= 0)
    streets_here = len(set(pieces.ways.tolist()))
    return Network(STREETS.validate(table[used].reset_index(drop=True)), walk, drive, raw.streets_seen - streets_here)


@dataclass(frozen=True)
class _Pieces:
    """Streets between junctions: rows of points at both ends, shape, and the way each is of."""

    start: IntArray
    end: IntArray
    lines: npt.NDArray[np.object_]
    ways: IntArray
    uses: Sequence[Use]

    @property
    def walk(self) -> IntArray:
        return np.array([use.walk for use in self.uses], dtype=np.int64)

    @property
    def drive(self) -> IntArray:
        return np.array([use.drive for use in self.uses], dtype=np.int64)

    def only(self, chosen: BoolArray) -> "_Pieces":
        uses = [use for use, keep in zip(self.uses, chosen.tolist(), strict=True) if keep]
        return _Pieces(self.start[chosen], self.end[chosen], self.lines[chosen], self.ways[chosen], uses)


def _pieces(raw: RawStreets) -> _Pieces:
    """Cut the ways at every junction."""
    sizes = np.diff(raw.starts)
    way = np.repeat(np.arange(len(sizes)), sizes)
    junction = np.bincount(raw.members, minlength=len(raw.points))[raw.members] > 1
    junction |= (raw.stops_walk | raw.stops_cars)[raw.members]
    junction[raw.starts[:-1]] = True
    junction[raw.starts[1:] - 1] = True
    at = np.flatnonzero(junction)
    follows = way[at[:-1]] == way[at[1:]]
    first, last = at[:-1][follows], at[1:][follows]
    lines = _lines(raw.points, raw.members, first, last)
    start, end, ways = raw.members[first], raw.members[last], way[first]
    uses = [raw.uses[number] for number in ways.tolist()]
    pieces = _Pieces(start, end, lines, ways, uses)
    return pieces.only((start != end) | (shapely.length(lines) > 0))


def _lines(points: FloatArray, members: IntArray, first: IntArray, last: IntArray) -> npt.NDArray[np.object_]:
    sizes = last - first + 1
    which = np.repeat(np.arange(len(first)), sizes)
    steps = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    spots = points[members[np.repeat(first, sizes) + steps]]
    return np.asarray(shapely.linestrings(spots, indices=which), dtype=np.object_)


def _join(
    pieces: _Pieces, ways: IntArray, stops: BoolArray, *, connection: Literal["weak", "strong"]
) -> tuple[IntArray, IntArray, Part]:
    """Give each junction of the largest part that hangs together a number; -1 to every street outside it."""
    start, end = _parted(pieces, stops)
    used = ways > 0
    along, against = used & (ways & ALONG > 0), used & (ways & AGAINST > 0)
    tails = np.concatenate([start[along], end[against]])
    heads = np.concatenate([end[along], start[against]])
    size = int(max(start.max(initial=-1), end.max(initial=-1))) + 1
    links = coo_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(size, size))
    found, label = connected_components(links, directed=True, connection=connection)
    km = shapely.length(pieces.lines) / _METRES_A_KM
    together = used & (label[start] == label[end])
    of_part = np.bincount(label[start[together]], weights=km[together], minlength=found)
    kept = together & (label[start] == of_part.argmax()) if found else together
    numbers = np.full(size, -1, dtype=np.int64)
    junctions = _by_nearness(start[kept], end[kept], pieces.lines[kept])
    numbers[junctions] = np.arange(len(junctions))
    part = _part(len(junctions), km, kept, pieces=(start, end, used & ~kept))
    return np.where(kept, numbers[start], -1), np.where(kept, numbers[end], -1), part


def _by_nearness(start: IntArray, end: IntArray, lines: npt.NDArray[np.object_]) -> IntArray:
    """List the junctions along a Hilbert curve: what is near on the ground is near in memory, and found sooner."""
    junctions, first = np.unique(np.concatenate([start, end]), return_index=True)
    spots = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])[first]
    order = gpd.GeoSeries(list(spots), crs=NATIONAL_GRID).hilbert_distance().to_numpy() if len(spots) else first
    return np.asarray(junctions[np.argsort(order, kind="stable")], dtype=np.int64)


def _parted(pieces: _Pieces, stops: BoolArray) -> tuple[IntArray, IntArray]:
    """Give every street that ends at a barrier an end of its own there: one may come up to it, but not past it."""
    at_start, at_end = stops[pieces.start], stops[pieces.end]
    count = len(pieces.start)
    own = len(stops) + np.arange(2 * count)
    start, end = np.where(at_start, own[:count], pieces.start), np.where(at_end, own[count:], pieces.end)
    return start.astype(np.int64), end.astype(np.int64)


def _part(junctions: int, km: FloatArray, kept: BoolArray, *, pieces: tuple[IntArray, IntArray, BoolArray]) -> Part:
    start, end, cut = pieces
    if not cut.any():
        return Part(junctions, float(km[kept].sum()), 0.0, 0, 0.0)
    count = int(cut.sum())
    names, ends = np.unique(np.concatenate([start[cut], end[cut]]), return_inverse=True)
    links = (np.ones(count, dtype=np.int8), (ends[:count], ends[count:]))
    found, label = connected_components(coo_array(links, shape=(len(names), len(names))), directed=False)
    lengths = np.bincount(label[ends[:count]], weights=km[cut], minlength=found)
    return Part(junctions, float(km[kept].sum()), float(km[cut].sum()), int(found), float(lengths.max()))
