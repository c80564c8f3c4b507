"""Tell a lasting change in counts by quarter from quarters that merely go up and down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from geo.evidence.feed_months import IntArray

Verdict = Literal["too few", "too short", "signal", "no signal"]

SHIFT_POINTS: Final = 6
TREND_POINTS: Final = 5
USEFUL_QUARTERS: Final = 10
LEAST_MEDIAN: Final = 2


@dataclass(frozen=True)
class Signal:
    """Some quarters in a row that chance alone would seldom make.

    Attributes
    ----------
    kind
        "shift": on one side of the median; "trend": each further up, or each further down, than the one before.
    direction
        "up" or "down".
    first, last
        The quarters it runs from and to.
    quarters
        How many of them count.
    """

    kind: Literal["shift", "trend"]
    direction: Literal["up", "down"]
    first: str
    last: str
    quarters: int


def judge(counts: IntArray, quarters: Sequence[str]) -> tuple[Verdict, tuple[Signal, ...]]:
    """Look for signals where there is enough to look at.

    Parameters
    ----------
    counts
        One a quarter, in order of time.
    quarters
        Their names.

    Returns
    -------
    tuple
        "too few" where the median is below 2, "too short" where fewer than 10 quarters lie off the median, and no
        signal then; else "signal" or "no signal", and what was found.
    """
    median = float(np.median(counts)) if len(counts) else 0.0
    if median < LEAST_MEDIAN:
        return "too few", ()
    if int((counts != median).sum()) < USEFUL_QUARTERS:
        return "too short", ()
    found = find_signals(counts, quarters)
    return ("signal" if found else "no signal"), found


def find_signals(counts: IntArray, quarters: Sequence[str]) -> tuple[Signal, ...]:
    """Find shifts, then trends, in counts by quarter.

    Parameters
    ----------
    counts
        One a quarter, in order of time.
    quarters
        Their names.

    Notes
    -----
    Perla, R. J., Provost, L. P. and Murray, S. K. (2011), "The run chart: a simple analytical tool for learning from
    variation in healthcare processes", BMJ Quality & Safety 20: 46-51. A shift is six or more points in a row on one
    side of the median, points on it passed over; a trend is five or more all going up or all going down, a point equal
    to the one before passed over.

    Examples
    --------
    >>> names = [f"Q{number}" for number in range(1, 13)]
    >>> found = find_signals(np.array([3, 4, 3, 2, 4, 3, 9, 8, 9, 7, 9, 8]), names)
    >>> [(signal.kind, signal.direction, signal.first, signal.last) for signal in found]
    [('shift', 'down', 'Q1', 'Q6'), ('shift', 'up', 'Q7', 'Q12')]
    """
    sides = np.sign(counts - np.median(counts)).astype(np.int64)
    off = np.flatnonzero(sides)
    shifts = [
        _signal("shift", int(sides[run[0]]), run, quarters)
        for run in _runs(off, sides[off])
        if len(run) >= SHIFT_POINTS
    ]
    moved = np.flatnonzero(np.diff(counts, prepend=counts[:1] - 1))  # points that differ from the one before
    steps = np.sign(np.diff(counts[moved])).astype(np.int64)
    climbs = [moved[run[0] : run[-1] + 2] for run in _runs(np.arange(len(steps)), steps)]
    trends = [
        _signal("trend", int(counts[run[-1]] - counts[run[0]]), run, quarters)
        for run in climbs
        if len(run) >= TREND_POINTS
    ]
    return (*shifts, *trends)


def _runs(places: IntArray, values: IntArray) -> list[IntArray]:
    """Part places into runs of one value."""
    cuts = np.flatnonzero(np.diff(values)) + 1
    return [run for run in np.split(places, cuts) if len(run)]


def _signal(kind: Literal["shift", "trend"], sign: int, run: IntArray, quarters: Sequence[str]) -> Signal:
    return Signal(kind, "up" if sign > 0 else "down", quarters[int(run[0])], quarters[int(run[-1])], len(run))
