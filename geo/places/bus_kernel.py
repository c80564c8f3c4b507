"""The inner loop of journeys by bus, compiled: when people must leave home at the latest, for one site.

It is the connection scan of Dibbelt, Pajor, Strasser and Wagner ("Intriguingly Simple and Fast Transit Routing", 2013;
"Connection Scan Algorithm", ACM JEA 23, 2018, section 3), run backwards from the time that people must be at the site.
The hops are looked at once, the latest first. A hop is of use if its bus is already known to lead to the site in time,
or if one can get off where it arrives and still make it. As hops come in falling order of time, the first useful one
that can be boarded at a stop is the latest bus from there; each stop is settled once, and only then are the walks to it
from stops near by looked at.

numba compiles it when this module is first imported, so import it where it is used. Nothing is written to disk, and the
loop lets go of the interpreter's lock.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Hops = tuple[IntArray, IntArray, IntArray, IntArray, IntArray, BoolArray, BoolArray]
Walks = tuple[IntArray, IntArray, FloatArray]
Search = Callable[[Hops, Walks, Walks, Walks, FloatArray, float, int, int], FloatArray]

_compiled: Final = njit(nogil=True)
_SLACK_S: Final = 1e-6  # a walk of 300.0000001 s still makes a bus in 300 s


def _first_by(leave_s: IntArray, latest: float) -> int:
    """Find the first hop that leaves no later than this; they are sorted, the latest first."""
    low, high = 0, len(leave_s)
    while low < high:
        middle = (low + high) // 2
        if leave_s[middle] > latest:
            low = middle + 1
        else:
            high = middle
    return low


def _settle(  # noqa: PLR0913, PLR0917 - compiled: a tuple or an object would be taken apart again in the loop
    hops: Hops,
    changes: Walks,
    alight_by: FloatArray,
    leave_at: FloatArray,
    leads: BoolArray,
    latest: float,
    longest_s: float,
) -> None:
    """Find the latest useful bus from every stop, given until when one may get off at each."""
    leave_stop, arrive_stop, trip, leave_s, arrive_s, board, alight = hops
    starts, ends, seconds = changes
    for hop in range(first_by(leave_s, latest), len(leave_s)):
        if leave_s[hop] < latest - longest_s:
            break
        if not leads[trip[hop]] and not (alight[hop] and arrive_s[hop] <= alight_by[arrive_stop[hop]] + _SLACK_S):
            continue
        leads[trip[hop]] = True
        stop = leave_stop[hop]
        if not board[hop] or leave_at[stop] > -np.inf:
            continue
        leave_at[stop] = leave_s[hop]
        for place in range(starts[stop], starts[stop + 1]):
            alight_by[ends[place]] = max(alight_by[ends[place]], leave_s[hop] - seconds[place])


def _latest_leaving(  # noqa: PLR0913, PLR0917 - compiled: a tuple or an object would be taken apart again in the loop
    hops: Hops,
    changes: Walks,
    from_places: Walks,
    to_site: Walks,
    deadlines: FloatArray,
    longest_s: float,
    trips: int,
    site: int,
) -> FloatArray:
    starts, stops, seconds = from_places
    site_starts, site_stops, site_seconds = to_site
    places, count = len(starts) - 1, len(changes[0]) - 1
    found = np.full((len(deadlines), places), -np.inf)
    for number in range(len(deadlines)):
        alight_by, leave_at = np.full(count, -np.inf), np.full(count, -np.inf)
        leads = np.zeros(trips, dtype=np.bool_)
        for place in range(site_starts[site], site_starts[site + 1]):
            alight_by[site_stops[place]] = deadlines[number] - site_seconds[place]
        settle(hops, changes, alight_by, leave_at, leads, deadlines[number], longest_s)
        for start in range(places):
            for place in range(starts[start], starts[start + 1]):
                found[number, start] = max(found[number, start], leave_at[stops[place]] - seconds[place])
    return found


first_by = _compiled(_first_by)
settle = _compiled(_settle)
latest_leaving: Search = _compiled(_latest_leaving)
