"""The lightest paths between points over pieces of street, each kept so that it can be drawn."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import dijkstra

from geo.places.street_pieces import Links, StreetPieces
from geo.places.streets import BoolArray, IntArray
from geo.places.travel import FloatArray

_Narrow = npt.NDArray[np.int32]

_ROOM: Final = (1.5, 3.0, np.inf)  # searches go so many times as far as the furthest point lies in a straight line


@dataclass(frozen=True)
class PathTree:
    """The paths from one point to the others, which part and never meet again.

    Attributes
    ----------
    nodes
        (t,) numbers of the junctions and points that some path passes, ascending.
    before
        (t,) which of these comes before each; the start comes before itself.
    pieces
        (t,) the piece of street walked from there; -1 at the start.
    """

    nodes: _Narrow
    before: _Narrow
    pieces: _Narrow

    def summed(self, values: FloatArray) -> FloatArray:
        """Add up (p,) values of the pieces along the path to each node: (t,)."""
        moved, before = self.pieces >= 0, self.before
        total = np.zeros(len(before))
        total[moved] = values[self.pieces[moved]]
        while not np.array_equal(before, before[before]):  # each round doubles how far back a sum reaches
            total, before = total + total[before], before[before]
        return total

    def to(self, node: int) -> IntArray:
        """List the pieces of the path to a node, in order; none where no path leads there."""
        row = int(np.searchsorted(self.nodes, node))
        found: list[int] = []
        while row < len(self.nodes) and self.pieces[row] >= 0 and (found or self.nodes[row] == node):
            found.append(int(self.pieces[row]))
            row = int(self.before[row])
        return np.array(found[::-1], dtype=np.int64)


def find_paths(pieces: StreetPieces, links: Links, spots: FloatArray, on: BoolArray) -> tuple[PathTree, ...]:
    """Search from every point to every other by Dijkstra's method.

    Parameters
    ----------
    pieces, links
        Streets that were cut at the points, and the steps over them.
    spots
        (n, 2) where the points are, EPSG:27700 metres.
    on
        (n,) False for points that no piece leads to.
    """
    ends = pieces.network.junctions + np.flatnonzero(on)
    trees = []
    for number, joined in enumerate(on.tolist()):
        source = pieces.network.junctions + number
        if not joined:
            trees.append(_grown(np.full(0, source), source, np.full(0, source), links))
            continue
        far_m = float(np.hypot(*(spots[on] - spots[number]).T).max())
        before, reached = _searched(links, source, ends, far_m)
        trees.append(_grown(before, source, reached, links))
    return tuple(trees)


def _searched(links: Links, source: int, ends: IntArray, far_m: float) -> tuple[_Narrow, IntArray]:
    """Search near by first, which is all that is wanted nearly always, and further only where a point is missing."""
    for room in _ROOM:
        limit = max(far_m, 1.0) * room
        away, before = dijkstra(links.graph, indices=np.array([source]), return_predecessors=True, limit=limit)
        reached = np.isfinite(away[0, ends])
        if reached.all():
            break
    return np.asarray(before[0], dtype=np.int32), ends[reached]


def _grown(before: _Narrow | IntArray, source: int, ends: IntArray, links: Links) -> PathTree:
    """Keep what the paths to the ends pass, and forget the rest of the network."""
    came = {source: source}
    for end in ends.tolist():
        node = end
        while node not in came:
            came[node] = int(before[node])
            node = came[node]
    nodes = np.array(sorted(came), dtype=np.int64)
    previous = np.array([came[node] for node in nodes.tolist()], dtype=np.int64)
    walked = np.full(len(nodes), -1, dtype=np.int32)
    moved = nodes != source
    walked[moved] = links.pieces_between(previous[moved], nodes[moved])
    return PathTree(nodes.astype(np.int32), np.searchsorted(nodes, previous).astype(np.int32), walked)
