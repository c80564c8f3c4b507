"""What a scan finds where there is no cluster: the largest likelihood ratio of each of many simulated districts."""

import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.evidence.scan_circles import Circles
from geo.evidence.scan_risks import ClientLaw
from geo.evidence.scan_spread import overdispersion

FloatArray = npt.NDArray[np.float64]
Tell = Callable[[float], None]

_STREAM: Final = 100  # simulated districts that one stream of random numbers serves, however many threads there are
_MOST_WORKERS: Final = 8
_TIE: Final = 1e-9  # likelihood ratios this near, relatively, are equal: they differ by rounding alone
_MOST_KEPT: Final = 64


@dataclass(frozen=True)
class Null:
    """Describe a law of the largest likelihood ratio, and how it is simulated.

    Attributes
    ----------
    circles
        The circles scanned.
    clients
        How the clients of simulated districts fall.
    replicates
        How many districts are simulated.
    seed
        Of their random numbers.
    """

    circles: Circles
    clients: ClientLaw
    replicates: int
    seed: int

    @cached_property
    def spreads(self) -> FloatArray:
        """How much more each circle's count varies than by luck alone; the ratios are divided by it."""
        return overdispersion(self.circles, self.clients)

    def key(self) -> str:
        """Name the law: the same name, the same values."""
        circles, windows, risks = self.circles, self.clients.windows, self.clients.risks
        arrays = (circles.starts, circles.members, circles.ends, windows.shares, windows.indptr, windows.indices)
        place = blake2b(b"".join(array.tobytes() for array in arrays), digest_size=16).hexdigest()
        return f"{place} {self.clients.total} {risks.own_cv:g} {risks.shared_cv:g} {self.replicates} {self.seed}"


class NullStore:
    """Keep simulated laws in memory, the last used ones, for all who scan the same district and total.

    Parameters
    ----------
    most
        How many to keep; one of 9,999 districts takes 80 kB.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, FloatArray] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the laws kept."""
        return len(self._kept)

    def find(self, key: str) -> FloatArray | None:
        """Return a law by its key; None where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: str, maxima: FloatArray) -> None:
        """Keep a law, and let go of the one that was not used for longest."""
        with self._lock:
            self._kept[key] = maxima
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def maxima_of(null: Null, store: NullStore | None, tell: Tell | None) -> FloatArray:
    """Take a law's values from the store, else simulate them and keep them there."""
    if store is None:
        return simulate_maxima(null, tell=tell)
    key = null.key()
    maxima = store.find(key)
    if maxima is None:
        maxima = simulate_maxima(null, tell=tell)
        store.keep(key, maxima)
    return maxima


def simulate_maxima(null: Null, *, workers: int | None = None, tell: Tell | None = None) -> FloatArray:
    """Find the largest likelihood ratio of every simulated district.

    Parameters
    ----------
    null
        The law; the same law gives the same values, whatever `workers`.
    workers
        Threads that share the work; None for one a processor, at most 8.
    tell
        Told the share done, 0 to 1.

    Returns
    -------
    numpy.ndarray
        Ascending, one value a simulated district; it cannot be written to.
    """
    sizes = [min(_STREAM, null.replicates - first) for first in range(0, null.replicates, _STREAM)]
    streams = [np.random.default_rng(seed) for seed in np.random.SeedSequence(null.seed).spawn(len(sizes))]
    found: list[FloatArray] = []
    pool = ThreadPoolExecutor(workers or min(os.cpu_count() or 1, _MOST_WORKERS))
    try:
        for largest in pool.map(lambda rng, size: _scan_districts(null, rng, size), streams, sizes):
            found.append(largest)
            if tell is not None:
                tell(len(found) / len(sizes))
    finally:
        pool.shutdown(cancel_futures=True)  # whoever stops listening does not wait for the rest
    maxima = np.sort(np.concatenate(found))
    maxima.flags.writeable = False  # it is shared
    return maxima


def rank_p(ratios: FloatArray, maxima: FloatArray) -> FloatArray:
    """Give each likelihood ratio its p: r / (R + 1), where r is its rank among the R simulated maxima and itself.

    Equal values count against it, and values that differ by rounding alone are equal (Dwass 1957, Annals of
    Mathematical Statistics 28:181-187).

    Examples
    --------
    >>> rank_p(np.array([5.0, 2.0, 0.0]), np.array([1.0, 2.0, 3.0])).tolist()
    [0.25, 0.75, 1.0]
    """
    below = np.searchsorted(maxima, ratios - _TIE * np.maximum(ratios, 1.0), side="left")
    return np.asarray((len(maxima) - below + 1) / (len(maxima) + 1), dtype=np.float64)


def _scan_districts(null: Null, rng: np.random.Generator, districts: int) -> FloatArray:
    from geo.evidence.scan_kernel import largest_ratios  # noqa: PLC0415 - numba is slow to load, and only a scan needs it

    counts, circles = null.clients.draw(rng, districts), null.circles
    by_cell = np.ascontiguousarray(counts.T, dtype=np.float64)
    total = float(null.clients.total)
    return largest_ratios(by_cell, circles.starts, circles.members, circles.ends, circles.shares, null.spreads, total)
