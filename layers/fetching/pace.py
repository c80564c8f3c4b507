"""How long a download may take, how slow it may be, and how long to wait before asking again."""

import random
import time

from layers.fetching import words
from layers.fetching.source import Limits
from layers.fetching.transport import BrokenOffError


class OutOfTimeError(Exception):
    """The time for the whole download is over."""


class Pace:
    """Watches the clock through all tries of one download."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = time.monotonic()
        self._since = self._began
        self._bytes = 0

    def begin(self) -> None:
        """Start to watch how fast a body comes."""
        self._since, self._bytes = time.monotonic(), 0

    def took(self, size: int) -> None:
        """Count bytes that came.

        Raises
        ------
        BrokenOffError
            Over the last while too few came.
        OutOfTimeError
            The time for the whole is over.
        """
        if self.would_end_after(0):
            raise OutOfTimeError
        self._bytes += size
        passed = time.monotonic() - self._since
        if passed < self._limits.slow_after_s:
            return
        if self._bytes < passed * self._limits.min_bytes_s:
            raise BrokenOffError(words.TOO_SLOW)
        self.begin()

    def would_end_after(self, pause_s: float) -> bool:
        """Tell whether the time for the whole would be over after a pause."""
        return time.monotonic() - self._began + pause_s > self._limits.deadline_s


def pause_before(attempt: int, asked_for_s: float, *, limits: Limits, rng: random.Random) -> float:
    """Choose how long to wait before the next try: doubled each time, spread a little, as long as the server asks.

    Parameters
    ----------
    attempt
        0 after the first try.
    asked_for_s
        Seconds the server asks to be left alone; 0 where it does not say.

    Examples
    --------
    >>> pause_before(0, 77, limits=Limits(), rng=random.Random(1))
    77
    >>> 5 <= pause_before(1, 0, limits=Limits(), rng=random.Random(1)) <= 10
    True
    """
    grown: float = limits.pause_s * 2**attempt * rng.uniform(0.5, 1)
    return min(max(grown, asked_for_s), limits.longest_pause_s)
