"""The way on foot along streets between points, as lines, with lit streets preferred where that is wished."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import BadInputError
from geo.places.street_paths import PathTree, find_paths
from geo.places.street_pieces import StreetPieces, cut_streets, link
from geo.places.street_stretches import Stretch, stretches_along
from geo.places.streets import BoolArray, Snapped, StreetNetwork, Streets
from geo.places.streets_tags import LIT_NOT_KNOWN, UNLIT
from geo.places.travel import FloatArray, as_points
from geo.scenario import ReachOptions, TravelOptions

StrArray = npt.NDArray[np.str_]

_NEAR_M: Final = 100.0  # a path without a name is called by a street with one, this near
_TIE: Final = 1e-9  # of two ways that count the same, the one with more light


@dataclass(frozen=True)
class WalkingWays:
    """Ways on foot between points, each put on its nearest street.

    Attributes
    ----------
    minutes
        (n, n) real minutes along the way chosen from point i to point j, without the steps to the street itself;
        0 on the diagonal; infinite where there is no way, or where either point is `off`.
    snapped
        Where each point was put: its street in the walking network, and metres from it.
    street_names
        (n,) name of the street each point lies on; "near X" where that has no name and X is the nearest street with
        one, no more than 100 m away; "" where there is none, and for points that are `off`.
    lit
        (n,) "lit", "unlit" or "not known" of that street; "not known" for points that are `off`.
    off
        (n,) True where every street is further than `snap_m`.
    told
        How the ways were chosen, in a sentence or two: for every output that rests on them.
    """

    minutes: FloatArray
    snapped: Snapped
    street_names: StrArray
    lit: StrArray
    off: BoolArray
    told: str
    _pieces: StreetPieces = field(repr=False)
    _trees: tuple[PathTree, ...] = field(repr=False)

    def line(self, i: int, j: int) -> shapely.LineString:
        """Draw the way from point i to point j whose minutes are in the matrix, EPSG:27700.

        It begins and ends on the street. Where there is no way, or it has no length, the line is empty.
        """
        pieces = self._pieces
        node = pieces.network.junctions + i
        corners = [np.empty((0, 2))]
        for piece in self._trees[i].to(pieces.network.junctions + j).tolist():
            backwards = bool(pieces.tail[piece] != node)
            corners.append(pieces.drawn(piece, backwards=backwards))
            node = int(pieces.tail[piece] if backwards else pieces.head[piece])
        spots = np.vstack(corners)
        moved = np.ones(len(spots), dtype=np.bool_)
        moved[1:] = (np.diff(spots, axis=0) != 0).any(axis=1)
        return shapely.LineString(spots[moved]) if moved.sum() > 1 else shapely.LineString()

    def stretches(self, i: int, j: int) -> tuple[Stretch, ...]:
        """Tell the way from point i to point j street by street; none where there is no way, or it has no length."""
        return stretches_along(self._pieces, self._trees[i], i, j)

    def spot(self, i: int) -> tuple[float, float]:
        """Give the place on the street where a point that is not `off` was put, EPSG:27700."""
        line = self._pieces.network.lines[self.snapped.street[i]]
        placed = shapely.line_interpolate_point(line, float(self.snapped.along_m[i]))
        return float(placed.x), float(placed.y)

    def unlit_share(self, i: int, j: int) -> float:
        """Tell which share of the way's length is known to be unlit, 0 to 1; 0 where there is no way."""
        return self._share(i, j, UNLIT)

    def unknown_share(self, i: int, j: int) -> float:
        """Tell of which share of the way's length nobody has said whether it is lit, 0 to 1."""
        return self._share(i, j, LIT_NOT_KNOWN)

    def _share(self, i: int, j: int, lighting: str) -> float:
        walked = self._trees[i].to(self._pieces.network.junctions + j)
        return _length_share(self._pieces, walked, lighting)


def walking_ways(
    streets: Streets,
    points: npt.ArrayLike,
    options: ReachOptions,
    *,
    unlit_factor: float = 1.0,
    snap_m: float = 400.0,
) -> WalkingWays:
    """Find the way on foot from each point to each other along the streets of a workspace.

    Parameters
    ----------
    streets
        The streets of the district and around it.
    points
        (n, 2) eastings and northings, EPSG:27700 metres; some hundreds at most.
    options
        The pace on foot.
    unlit_factor
        How many metres one metre of an unlit street counts when ways are chosen, at least 1; the minutes told are
        the real ones. Streets whose lighting is not known count as lit.
    snap_m
        A point further than this from every street is off the network.

    Raises
    ------
    BadInputError
        The factor is less than 1 or no number.
    """
    if not (math.isfinite(unlit_factor) and unlit_factor >= 1):
        message = f"One metre of an unlit street cannot count as {unlit_factor:g} metres; give a number of 1 or more."
        raise BadInputError(message)
    network = streets.network("walk", options, TravelOptions())
    spots = as_points(points)
    snapped = network.snap(spots)
    off = ~(snapped.snap_m <= snap_m)
    pieces = cut_streets(network, snapped, ~off)
    trees = _chosen(pieces, spots, ~off, unlit_factor)
    names, lit = _streets_of(network, snapped, off)
    return WalkingWays(
        minutes=_real_minutes(pieces, trees),
        snapped=snapped,
        street_names=names,
        lit=lit,
        off=off,
        told=_told(pieces, trees, unlit_factor),
        _pieces=pieces,
        _trees=trees,
    )


def _chosen(pieces: StreetPieces, spots: FloatArray, on: BoolArray, unlit_factor: float) -> tuple[PathTree, ...]:
    dark = unlit_factor + (_TIE if unlit_factor > 1 else 0.0)
    counts = np.where(pieces.network.lit[pieces.street] == UNLIT, dark, 1.0)
    return find_paths(pieces, link(pieces, pieces.metres * counts), spots, on)


def _real_minutes(pieces: StreetPieces, trees: tuple[PathTree, ...]) -> FloatArray:
    minutes = np.full((len(trees), len(trees)), np.inf)
    np.fill_diagonal(minutes, 0.0)
    each = pieces.metres * pieces.network.pace[pieces.street]
    for row, tree in enumerate(trees):
        ends = tree.nodes >= pieces.network.junctions
        minutes[row, tree.nodes[ends] - pieces.network.junctions] = tree.summed(each)[ends]
    return minutes


def _streets_of(network: StreetNetwork, snapped: Snapped, off: BoolArray) -> tuple[StrArray, StrArray]:
    """Name the street of each point, and tell its lighting."""
    names = np.full(len(off), "", dtype=np.object_)
    lit = np.full(len(off), LIT_NOT_KNOWN, dtype=np.object_)
    on = np.flatnonzero(~off)
    names[on], lit[on] = network.name[snapped.street[on]], network.lit[snapped.street[on]]
    lost = on[names[on] == ""]
    named = np.flatnonzero(network.name != "")
    if len(lost) and len(named):
        lines = network.lines[snapped.street[lost]]
        spots = shapely.line_interpolate_point(lines, snapped.along_m[lost])
        tree = shapely.STRtree(network.lines[named])
        point, street = tree.query_nearest(spots, max_distance=_NEAR_M)
        point, first = np.unique(point, return_index=True)
        names[lost[point]] = [f"near {name}" for name in network.name[named[street[first]]]]
    return names.astype(np.str_), lit.astype(np.str_)


def _told(pieces: StreetPieces, trees: tuple[PathTree, ...], unlit_factor: float) -> str:
    if unlit_factor == 1:
        return "The shortest ways on foot along streets, lit or not."
    walked = np.unique(np.concatenate([np.full(1, -1), *(tree.pieces for tree in trees)]))[1:]
    unknown = _length_share(pieces, walked, LIT_NOT_KNOWN)
    return (
        f"Ways on foot along streets that keep to lit ones: a metre of an unlit street counts as {unlit_factor:g}. "
        f"Streets whose lighting the map does not tell count as lit: {unknown:.0%} of the length of the streets used."
    )


def _length_share(pieces: StreetPieces, walked: npt.NDArray[np.integer], lighting: str) -> float:
    metres = pieces.metres[walked]
    total = float(metres.sum())
    return float(metres[pieces.network.lit[pieces.street[walked]] == lighting].sum()) / total if total else 0.0
