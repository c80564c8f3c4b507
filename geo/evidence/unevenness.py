"""Test windows against the district's ordinary unevenness, not only against its homes.

Places differ in tenure and age before anything is "hot". With a coefficient of variation of 0.5 between cells, the
plain binomial test calls something hot in most districts that hold no hotspot. Here the share R of clients that a
window w draws is itself random, with mean e (its share of homes) and variance

    v = max( cv^2 [ (1 - e)^2 sum_{i in w} e_i^2 + e^2 sum_{j not in w} e_j^2 ],   CV^2 e^2 (1 - e) )

The first term is the delta-method variance of R = sum_w e_i G_i / sum e_j G_j for independent cell risks G of mean 1
and coefficient of variation cv; the second takes the windows' own unevenness CV, as it is found between overlapping
windows, so that unevenness which neighbours share is covered too. The total being given, the count is beta-binomial:
variance N e (1 - e) + N (N - 1) v (Kleinman 1973; Clayton and Kaldor 1987).

How far a stated 5 % holds, as the share of simulated districts without a hotspot in which any cell came out hot
(`python -m tests.benchmarks.calibration`; 300 to 5,000 clients):

- risk alike everywhere, or gamma with a coefficient of variation of 0.5 between independent cells: at most 1 %;
- lognormal, 0.5, independent cells: at most 2 % up to 2,000 clients, 13 % at 5,000. It has more very uneven cells than
  the gamma law fitted, and so many clients show them;
- 0.5 shared by neighbours: 2 % at 300, 7-8 % at 700 and 2,000, 18 % at 5,000. NOT held.

Against homes alone the uneven districts came out hot in 20 to 100 % of cases. On another district's homes the lognormal
figures were 2, 7 and 8 % at 700, 2,000 and 5,000.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.evidence.beta_binomial import beta_binomial_tails
from geo.evidence.ordinary import fit_ordinary
from geo.evidence.windows import Windows

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# With fewer cells or clients than these nothing can be learnt of unevenness, and a usual one is assumed.
_FEWEST: Final = 20
ASSUMED_CV: Final = 0.5
# A random share cannot vary more than a coin that falls on all or nothing.
_MOST_VARIANCE: Final = 0.99


@dataclass(frozen=True)
class Unevenness:
    """Say how uneven the district ordinarily is.

    Attributes
    ----------
    cell_cv
        Coefficient of variation between cells used in the test: the one-sided 80 % upper limit.
    cell_cv_estimate
        Its best estimate.
    window_cv
        Coefficient of variation between windows used in the test: again an upper limit.
    level
        Clients per home of the ordinary cells over that of the whole district, at most 1.
    set_aside
        Cells too busy to be counted as ordinary when these were learnt.
    assumed
        True where the district is too small to learn from and a usual unevenness of 0.5 is assumed.
    """

    cell_cv: float
    cell_cv_estimate: float
    window_cv: float
    level: float
    set_aside: int
    assumed: bool


def estimate_unevenness(counts: IntArray, windows: Windows) -> Unevenness:
    """Learn the district's ordinary unevenness from its cells and from its windows, hot ones set aside.

    Parameters
    ----------
    counts
        Clients of the tested cells.
    windows
        Their windows and shares of homes.
    """
    total = int(counts.sum())
    if len(counts) < _FEWEST or total < _FEWEST:
        return Unevenness(ASSUMED_CV, ASSUMED_CV, 0.0, 1.0, 0, assumed=True)
    cells = fit_ordinary(counts, total * windows.shares, np.ones(len(counts)))
    # Each cell stands in as many windows as its own has cells: weighed so, it counts about once in all.
    overlap = 1 / np.diff(windows.indptr)
    between = fit_ordinary(windows.sums(counts), total * windows.share_sums(), overlap)
    return Unevenness(
        cell_cv=cells.cv_upper,
        cell_cv_estimate=cells.cv,
        window_cv=between.cv_upper,
        level=min(1.0, cells.level),
        set_aside=int(cells.set_aside.sum()),
        assumed=False,
    )


def uneven_p(
    window_count: IntArray, windows: Windows, total: int, unevenness: Unevenness
) -> tuple[FloatArray, BoolArray]:
    """Test every window's count against homes and ordinary unevenness together.

    A window is hot against the district as a whole, cold only against its ordinary cells: where a few hot cells hold
    much of the total, everywhere else is below the district's mean, and that alone is nothing to report.

    Returns
    -------
    tuple of numpy.ndarray
        Two-sided p (twice the smaller tail, at most 1), and whether that tail is the upper one.
    """
    shares = windows.share_sums()
    variances = share_variances(windows, unevenness)
    lower, upper = beta_binomial_tails(window_count, total, shares, variances)
    if unevenness.level < 1:
        level = unevenness.level
        lower, _ = beta_binomial_tails(window_count, total, level * shares, level**2 * variances)
    return np.minimum(1.0, 2 * np.minimum(lower, upper)), upper < lower


def share_variances(windows: Windows, unevenness: Unevenness) -> FloatArray:
    """Compute the variance of every window's random share of the clients, as in the head of this module."""
    shares, squares = windows.share_sums(), windows.sums(windows.shares**2)
    elsewhere = np.maximum(float((windows.shares**2).sum()) - squares, 0.0)
    by_cells = unevenness.cell_cv**2 * ((1 - shares) ** 2 * squares + shares**2 * elsewhere)
    by_windows = unevenness.window_cv**2 * shares**2 * (1 - shares)
    return np.minimum(np.maximum(by_cells, by_windows), _MOST_VARIANCE * shares * (1 - shares))
