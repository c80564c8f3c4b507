"""The inner loop of the search along streets, compiled: shortest ways within a limit, by buckets of minutes.

numba compiles it when this module is first imported, which takes a second or two, so import it where it is used.
Nothing is written to disk. The compiled loop lets go of the interpreter's lock, so that threads can share the sites.

Junctions wait in buckets by how far they are, a bucket about one street wide. A bucket is emptied before the next is
looked at, and a junction that turns out nearer moves to an earlier place; so the answer is exactly Dijkstra's, in about
half the time that a heap took on a town of 55,000 junctions. Source: U. Meyer and P. Sanders, "Delta-stepping: a
parallelizable shortest path algorithm", Journal of Algorithms 49 (2003), here on one thread a site.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]  # the narrowest that holds a county: the loop waits for memory

_compiled: Final = njit(nogil=True)
_NONE: Final = -1
_AFTER, _BEFORE, _BUCKET = 0, 1, 2  # rows of `queue`: for each junction its neighbours in its bucket, and which that is


def _put(firsts: IntArray, queue: IntArray, junction: int, bucket: int) -> None:
    after = firsts[bucket]
    queue[_AFTER, junction], queue[_BEFORE, junction], queue[_BUCKET, junction] = after, _NONE, bucket
    if after != _NONE:
        queue[_BEFORE, after] = junction
    firsts[bucket] = junction


def _take(firsts: IntArray, queue: IntArray, junction: int) -> None:
    after, before = queue[_AFTER, junction], queue[_BEFORE, junction]
    if before == _NONE:
        firsts[queue[_BUCKET, junction]] = after
    else:
        queue[_AFTER, before] = after
    if after != _NONE:
        queue[_BEFORE, after] = before
    queue[_BUCKET, junction] = _NONE


def _come_nearer(
    firsts: IntArray, queue: IntArray, away: FloatArray, junction: int, minutes: float, bucket: int
) -> bool:
    """Note a shorter way to a junction; tell whether it is the first way there."""
    is_new = bool(away[junction] == np.inf)
    away[junction] = minutes
    if queue[_BUCKET, junction] != bucket:
        if queue[_BUCKET, junction] != _NONE:
            take(firsts, queue, junction)
        put(firsts, queue, junction, bucket)
    return is_new


def _spread(  # noqa: PLR0913, PLR0917 - compiled: a tuple or an object would be taken apart again in the loop
    starts: IntArray,
    heads: IntArray,
    costs: FloatArray,
    seeds: IntArray,
    seed_minutes: FloatArray,
    limit: float,
    width: float,
    away: FloatArray,
    touched: IntArray,
    firsts: IntArray,
    queue: IntArray,
) -> int:
    """Fill `away` from the seeds up to the limit; give how many junctions were reached, which `touched` names."""
    reached = 0
    for seed in range(len(seeds)):
        then = seed_minutes[seed]
        if then <= limit and then < away[seeds[seed]]:
            touched[reached] = seeds[seed]
            reached += come_nearer(firsts, queue, away, seeds[seed], then, int(then / width))
    for bucket in range(len(firsts)):
        while firsts[bucket] != _NONE:
            junction = firsts[bucket]
            take(firsts, queue, junction)
            for link in range(starts[junction], starts[junction + 1]):
                head, then = heads[link], away[junction] + costs[link]
                if then <= limit and then < away[head]:
                    touched[reached] = head
                    reached += come_nearer(firsts, queue, away, head, then, int(then / width))
    return reached


def _search(  # noqa: PLR0913, PLR0917 - compiled: as above
    starts: IntArray,
    heads: IntArray,
    costs: FloatArray,
    seeds: IntArray,
    seed_minutes: FloatArray,
    limit: float,
    width: float,
    door_starts: IntArray,
    doors: IntArray,
    door_minutes: FloatArray,
    out: FloatArray,
) -> None:
    """Lower out[s, p] to the minutes to source s from place p.

    Junction j is left for by the places `doors[door_starts[j]:door_starts[j + 1]]`, so that only places near a
    junction that was reached are looked at.
    """
    nodes = len(starts) - 1
    away, touched = np.full(nodes, np.inf), np.empty(nodes + 1, np.int32)
    firsts = np.full(int(limit / width) + 1, _NONE, np.int32)
    queue = np.full((3, nodes), _NONE, np.int32)
    for source in range(len(seeds)):
        first = seed_minutes[source]
        reached = spread(starts, heads, costs, seeds[source], first, limit, width, away, touched, firsts, queue)
        for number in range(reached):
            junction = touched[number]
            for door in range(door_starts[junction], door_starts[junction + 1]):
                then = away[junction] + door_minutes[door]
                out[source, doors[door]] = min(out[source, doors[door]], then)
            away[junction] = np.inf


def _distances(  # noqa: PLR0913, PLR0917 - compiled: as above
    starts: IntArray,
    heads: IntArray,
    costs: FloatArray,
    seeds: IntArray,
    seed_minutes: FloatArray,
    limit: float,
    width: float,
) -> FloatArray:
    """Give the minutes from every junction to one source; infinite beyond the limit."""
    nodes = len(starts) - 1
    away, touched = np.full(nodes, np.inf), np.empty(nodes + 1, np.int32)
    firsts = np.full(int(limit / width) + 1, _NONE, np.int32)
    queue = np.full((3, nodes), _NONE, np.int32)
    spread(starts, heads, costs, seeds, seed_minutes, limit, width, away, touched, firsts, queue)
    return away


put: Final = _compiled(_put)
take: Final = _compiled(_take)
come_nearer: Final = _compiled(_come_nearer)
spread: Final = _compiled(_spread)
search: Final = _compiled(_search)
distances: Final = _compiled(_distances)
