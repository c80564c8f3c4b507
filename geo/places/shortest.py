"""Shortest journeys along a network of streets: from many places to many sites, or from everywhere to one."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.places.streets import IntArray, Snapped, StreetNetwork
from geo.places.streets_tags import AGAINST, ALONG
from geo.places.travel import FloatArray

_NO_STREET: Final = -1
_AT_THE_END_M: Final = 1e-6  # who stands at the end of a one-way street stands at the junction, and may go anywhere
_MOST_BUCKETS: Final = 10_000
_LEAST: Final = 1e-9


@dataclass(frozen=True)
class _Ends:
    """For each point the two junctions at the ends of its street, and the minutes between it and them."""

    junctions: npt.NDArray[np.int32]
    minutes: FloatArray


def shortest_minutes(network: StreetNetwork, places: Snapped, sites: Snapped, *, limit: float) -> FloatArray:
    """Find the quickest way from each place to each site.

    The search starts at the sites and goes against the direction of travel, since sites are fewer than places: one-way
    streets are turned round for it, and the minutes are those of the journey to the site.

    Parameters
    ----------
    network
        Streets.
    places, sites
        n and m points on its streets; the way to the street itself is the caller's to add.
    limit
        Minutes; what is further is left at infinity.

    Returns
    -------
    numpy.ndarray
        (n, m) minutes.
    """
    minutes = np.full((len(sites.street), len(places.street)), np.inf)
    if minutes.size and network.junctions:
        _search(network, _leaving(network, places), _arriving(network, sites), limit=limit, out=minutes)
        _stay_on_the_street(network, places, sites, minutes)
    minutes[minutes > limit] = np.inf
    return np.ascontiguousarray(minutes.T)


def minutes_to(network: StreetNetwork, site: Snapped, *, limit: float) -> FloatArray:
    """Find how long it takes to a site from every junction: (j,) minutes, infinite beyond the limit."""
    from geo.places.shortest_kernel import distances  # noqa: PLC0415 - compiles for a second or two

    ends, graph = _arriving(network, site), network.backward
    found: FloatArray = distances(
        graph.indptr.astype(np.int32),
        graph.indices.astype(np.int32),
        graph.data,
        ends.junctions[0],
        ends.minutes[0],
        float(limit),
        _width(graph.data, limit),
    )
    return found


def _search(network: StreetNetwork, leaving: _Ends, arriving: _Ends, *, limit: float, out: FloatArray) -> None:
    """Share the sites among the processor's cores."""
    from geo.places.shortest_kernel import search  # noqa: PLC0415 - compiles for a second or two

    graph = network.backward
    starts, heads = graph.indptr.astype(np.int32), graph.indices.astype(np.int32)
    starts_of, doors, door_minutes = _doors(leaving, network.junctions)
    width = _width(graph.data, limit)
    shares = np.array_split(np.arange(len(out)), min(os.cpu_count() or 1, len(out)))

    def work(share: IntArray) -> None:
        mine = slice(int(share[0]), int(share[-1]) + 1)
        seeds = (arriving.junctions[mine], arriving.minutes[mine])
        search(starts, heads, graph.data, *seeds, float(limit), width, starts_of, doors, door_minutes, out[mine])

    with ThreadPoolExecutor(len(shares)) as pool:
        list(pool.map(work, shares))


def _width(minutes: FloatArray, limit: float) -> float:
    """Make a bucket as wide as a street is long on average, but no more than ten thousand of them."""
    return max(float(minutes.mean()) if len(minutes) else 1.0, limit / _MOST_BUCKETS, _LEAST)


def _doors(leaving: _Ends, junctions: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], FloatArray]:
    """List the places by the junctions they leave for: where each junction's begin, which, and how far."""
    ends, minutes = leaving.junctions.ravel(), leaving.minutes.ravel()
    order = np.argsort(ends, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=junctions))])
    return starts.astype(np.int32), (order // 2).astype(np.int32), minutes[order]


def _leaving(network: StreetNetwork, places: Snapped) -> _Ends:
    """Measure from each place to the ends of its street, where the street's direction lets one go there."""
    return _ends(network, places, to_start=AGAINST, to_end=ALONG)


def _arriving(network: StreetNetwork, sites: Snapped) -> _Ends:
    """Measure from the ends of its street to each site."""
    return _ends(network, sites, to_start=ALONG, to_end=AGAINST)


def _ends(network: StreetNetwork, points: Snapped, *, to_start: int, to_end: int) -> _Ends:
    on = points.street != _NO_STREET
    street = np.where(on, points.street, 0)
    ways, pace = network.ways[street], network.pace[street]
    along, rest = points.along_m, np.maximum(network.metres[street] - points.along_m, 0)
    minutes = np.column_stack([along * pace, rest * pace])
    minutes[~on | ((ways & to_start == 0) & (along > _AT_THE_END_M)), 0] = np.inf
    minutes[~on | ((ways & to_end == 0) & (rest > _AT_THE_END_M)), 1] = np.inf
    junctions = np.column_stack([network.start[street], network.end[street]]).astype(np.int32)
    return _Ends(junctions, minutes)


def _stay_on_the_street(network: StreetNetwork, places: Snapped, sites: Snapped, minutes: FloatArray) -> None:
    """Where place and site are on one street, there may be a way that passes no junction."""
    site, place = _neighbours(places, sites)
    street = sites.street[site]
    ahead_m = sites.along_m[site] - places.along_m[place]
    allowed = network.ways[street] & np.where(ahead_m >= 0, ALONG, AGAINST) > 0
    direct = np.where(allowed | (ahead_m == 0), np.abs(ahead_m) * network.pace[street], np.inf)
    minutes[site, place] = np.minimum(minutes[site, place], direct)


def _neighbours(places: Snapped, sites: Snapped) -> tuple[IntArray, IntArray]:
    """List the sites and the places that stand on one street."""
    order = np.argsort(places.street, kind="stable")
    first = np.searchsorted(places.street[order], sites.street, side="left")
    last = np.searchsorted(places.street[order], sites.street, side="right")
    many = np.where(sites.street == _NO_STREET, 0, last - first)
    site = np.repeat(np.arange(len(many)), many)
    within = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    return site, order[np.repeat(first, many) + within]
