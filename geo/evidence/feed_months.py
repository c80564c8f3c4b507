"""Say in which months a feed can be relied on, and which of its silences are longer than chance."""

from calendar import month_name
from collections.abc import Sequence
from math import exp
from typing import Final

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

MONTHS_A_YEAR: Final = 12
ALLOWED_MONTHS: Final = 3  # a feed may begin, end or pause by a quarter: councils get these files quarterly
_CHANCE: Final = 0.01
# Some agencies date everything to the end of a quarter: two empty months in between are no silence.
_PAUSE_MONTHS: Final = 3


def silent_months(months: IntArray, *, first: int, last: int, chance: float = _CHANCE) -> IntArray:
    """Find the months of a span in which a feed sent nothing, where chance does not explain it.

    At r records a month, a stretch of g months stays empty with a probability of exp(-g r). The rate is that of the
    year before the stretch or of the year after it, whichever is lower, so that a feed which grows is not called silent
    for its quiet beginnings. Before its first record ever, and after its last, that is compared with `chance`; in
    between a stretch has as many places to be as there are months, so it is taken so many times, and only stretches of
    a quarter or more are looked at.

    Parameters
    ----------
    months
        The months of all its records, as `month_numbers` counts them.
    first, last
        The span.
    chance
        A silence of at most this probability is not luck.

    Returns
    -------
    numpy.ndarray
        Months, ascending.

    Examples
    --------
    >>> silent_months(np.repeat(np.arange(104, 112), 10), first=100, last=111).tolist()  # 80 records, none in 100-103
    [100, 101, 102, 103]
    >>> silent_months(np.array([104, 111]), first=100, last=111).tolist()  # two records may fall anywhere
    []
    """
    if len(months) == 0:
        return np.zeros(0, dtype=np.int64)
    opens, closes = min(first, int(months.min())), max(last, int(months.max()))
    counts = np.bincount(months - opens, minlength=closes - opens + 1)
    silent = [
        opens + month
        for begin, stop in _empty_stretches(counts)
        if _unexplained(counts, begin, stop, chance=chance)
        for month in range(begin, stop)
    ]
    return np.array([month for month in silent if first <= month <= last], dtype=np.int64)


def why_unreliable(
    months: IntArray, *, first: int, last: int, needed: IntArray, allowed: int = ALLOWED_MONTHS, chance: float = _CHANCE
) -> str:
    """Say why a feed cannot be compared over a span; empty where it can.

    Parameters
    ----------
    months
        The months of all its records ever; at least one.
    first, last
        The span it should cover.
    needed
        The months of the span that are looked at.
    allowed
        It may begin so many months late, end so many early and be silent in so many of the months needed.
    chance
        As in `silent_months`.
    """
    if int(months.min()) > first + ALLOWED_MONTHS:
        return f"began in {month_words(int(months.min()))}"
    if int(months.max()) < last - ALLOWED_MONTHS:
        return f"sent nothing after {month_words(int(months.max()))}"
    silent = np.intersect1d(silent_months(months, first=first, last=last, chance=chance), needed)
    return f"sent nothing in {span_words(silent.tolist())}" if len(silent) > allowed else ""


def month_words(month: int) -> str:
    """Name a month.

    Examples
    --------
    >>> month_words(2023 * 12 + 3)
    'April 2023'
    """
    return f"{month_name[month % MONTHS_A_YEAR + 1]} {month // MONTHS_A_YEAR}"


def span_words(months: Sequence[int]) -> str:
    """Name months, ascending, as runs.

    Examples
    --------
    >>> span_words([2023 * 12 + 3, 2023 * 12 + 4, 2023 * 12 + 9])
    'April 2023 to May 2023 and October 2023'
    """
    return _listed([_run(month_words(run[0]), month_words(run[-1])) for run in _runs(months)])


def calendar_words(months: Sequence[int]) -> str:
    """Name calendar months, 1 to 12 in the order of the review year, as runs.

    Examples
    --------
    >>> calendar_words([4, 5, 6]), calendar_words([11, 12, 1, 3])
    ('April to June', 'November to January and March')
    """
    return _listed([_run(month_name[run[0]], month_name[run[-1]]) for run in _runs(months, wrap=MONTHS_A_YEAR)])


def _empty_stretches(counts: IntArray) -> list[tuple[int, int]]:
    """List the stretches of noughts as (begin, stop)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], counts == 0, [0]])))
    return [(int(begin), int(stop)) for begin, stop in edges.reshape(-1, 2)]


def _unexplained(counts: IntArray, begin: int, stop: int, *, chance: float) -> bool:
    sides = [counts[max(begin - MONTHS_A_YEAR, 0) : begin], counts[stop : stop + MONTHS_A_YEAR]]
    rates = [float(side.mean()) for side in sides if len(side)]
    probability = exp(-(stop - begin) * min(rates))
    if len(rates) == 1:
        return probability <= chance
    return stop - begin >= _PAUSE_MONTHS and probability * len(counts) <= chance


def _runs(months: Sequence[int], *, wrap: int = 0) -> list[list[int]]:
    """Part months into runs of neighbours; with `wrap` the first follows that one."""
    runs: list[list[int]] = []
    for month in months:
        before = runs[-1][-1] if runs else None
        if before is not None and (month == before + 1 or (wrap and before == wrap and month == 1)):
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
