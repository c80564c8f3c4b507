"""Cut the streets of a network where points stand on them, so that a way can begin or end at each point."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from shapely.ops import substring

from geo.places.streets import BoolArray, IntArray, Snapped, StreetNetwork
from geo.places.streets_tags import AGAINST, ALONG, BOTH
from geo.places.travel import FloatArray

_AT_ONE_PLACE_M: Final = 1e-6  # nobody is kept from a step this short by a one-way sign, as in geo/places/shortest.py


@dataclass(frozen=True)
class StreetPieces:
    """Streets between junctions and points. Junctions keep their numbers; point i has the number `junctions + i`.

    Attributes
    ----------
    network
        The streets that were cut.
    nodes
        How many junctions and points there are.
    tail, head
        (p,) numbers at the start and the end of each piece, in the direction in which its street is drawn.
    street
        (p,) which street each is of.
    from_m, to_m
        (p,) metres along the street.
    """

    network: StreetNetwork
    nodes: int
    tail: IntArray
    head: IntArray
    street: IntArray
    from_m: FloatArray
    to_m: FloatArray

    @cached_property
    def metres(self) -> FloatArray:
        """(p,) length of each piece."""
        return self.to_m - self.from_m

    @cached_property
    def ways(self) -> IntArray:
        """(p,) ALONG, AGAINST or BOTH."""
        return np.where(self.metres <= _AT_ONE_PLACE_M, BOTH, self.network.ways[self.street])

    def drawn(self, piece: int, *, backwards: bool) -> npt.NDArray[np.float64]:
        """Give the corners of a piece, (k, 2) in EPSG:27700, in the direction it is walked in."""
        line = self.network.lines[self.street[piece]]
        part = substring(line, float(self.from_m[piece]), float(self.to_m[piece]))
        corners = shapely.get_coordinates(part)
        return corners[::-1] if backwards else corners


@dataclass(frozen=True)
class Links:
    """Steps from number to number, the lightest where several pieces join the same two.

    Attributes
    ----------
    graph
        Weight of each step: row i, column j is the step from i to j.
    keys
        (k,) `i * nodes + j` of each step, ascending.
    piece
        (k,) which piece each step goes over.
    """

    graph: "csr_array[np.float64]"
    keys: IntArray
    piece: IntArray

    def pieces_between(self, tails: IntArray, heads: IntArray) -> IntArray:
        """Give the pieces that steps go over; each step must be one of the graph's."""
        return self.piece[np.searchsorted(self.keys, tails * self.graph.shape[0] + heads)]


def cut_streets(network: StreetNetwork, points: Snapped, on: BoolArray) -> StreetPieces:
    """Cut the streets at points.

    Parameters
    ----------
    network
        Streets.
    points
        n points on them.
    on
        (n,) False for points that are to be left out: no piece leads to them.
    """
    which = np.flatnonzero(on & (points.street >= 0))
    cut = np.unique(points.street[which])
    whole = np.setdiff1d(np.arange(len(network.start)), cut)
    count = np.ones(len(cut), dtype=np.int64)
    street = np.concatenate([cut, points.street[which], cut])
    rank = np.concatenate([0 * count, np.ones(len(which), dtype=np.int64), 2 * count])
    ends_m = network.metres[cut]
    at_m = np.concatenate(
        [0.0 * ends_m, np.clip(points.along_m[which], 0, network.metres[points.street[which]]), ends_m]
    )
    node = np.concatenate([network.start[cut], network.junctions + which, network.end[cut]])
    order = np.lexsort((at_m, rank, street))
    street, at_m, node = street[order], at_m[order], node[order]
    same = street[1:] == street[:-1]
    return StreetPieces(
        network=network,
        nodes=network.junctions + len(points.street),
        tail=np.concatenate([network.start[whole], node[:-1][same]]),
        head=np.concatenate([network.end[whole], node[1:][same]]),
        street=np.concatenate([whole, street[1:][same]]),
        from_m=np.concatenate([np.zeros(len(whole)), at_m[:-1][same]]),
        to_m=np.concatenate([network.metres[whole], at_m[1:][same]]),
    )


def link(pieces: StreetPieces, weights: FloatArray) -> Links:
    """List the steps that the pieces allow: (p,) weights of the pieces, none negative."""
    along, against = np.flatnonzero(pieces.ways & ALONG), np.flatnonzero(pieces.ways & AGAINST)
    piece = np.concatenate([along, against])
    tails = np.concatenate([pieces.tail[along], pieces.head[against]])
    heads = np.concatenate([pieces.head[along], pieces.tail[against]])
    order = np.lexsort((piece, weights[piece], heads, tails))
    keys = (tails * pieces.nodes + heads)[order]
    first = np.concatenate([[True], keys[1:] != keys[:-1]]) if len(keys) else np.ones(0, dtype=np.bool_)
    keys, piece = keys[first], piece[order][first]
    starts = np.concatenate([[0], np.cumsum(np.bincount(keys // pieces.nodes, minlength=pieces.nodes))])
    shape = (pieces.nodes, pieces.nodes)
    links = (weights[piece], (keys % pieces.nodes).astype(np.int32), starts.astype(np.int32))
    return Links(csr_array(links, shape=shape), keys, piece)
