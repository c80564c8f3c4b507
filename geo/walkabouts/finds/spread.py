"""Measure how much less a visit tells than luck alone would have it: people come in groups, and stay for weeks.

Two visits to one place within days meet the same people, so they are not two independent counts. Left out, ranges
would promise more than they keep. Two numbers are learnt from all places together, by moments: how much wider single
counts scatter than Poisson's (groups), and how alike two counts of one place at one time are (people who stay). A visit
then counts as 1 over its design effect. Sources: Kish, L. (1965), Survey Sampling, section 8.2 (design effect of
clustered counts); Liang, K.-Y. and Zeger, S. L. (1986), Biometrika 73: 13-22 (moments of a working correlation).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from geo.walkabouts.finds.looks import FloatArray, IntArray, Looks, faded

STAY_HALF_WEEKS: Final = 4.0
"""Two counts of a place so far apart are half as alike as two of one day: an assumption, for visits are too rare to
learn it from. In the benchmark (tests/benchmarks/walk_rates.py) people stay for 2 to 26 weeks."""
USUAL_SCATTER: Final = 1.5
USUAL_ALIKE: Final = 0.5
_PULL: Final = 5.0  # the usual values weigh as much as so many finds
_MOST_SCATTER: Final = 20.0
_MOST_VISITS: Final = 300  # of one place, the newest, of which every pair is looked at


@dataclass(frozen=True)
class Spread:
    """How much less than an independent count a visit tells.

    Attributes
    ----------
    scatter
        Variance of a single count over its mean; 1 is Poisson's.
    alike
        Correlation of two counts of one place at one time, 0 to 1.
    finds
        On how many finds at places seen more than once this rests; few leave the usual values as they are.
    """

    scatter: float
    alike: float
    finds: float


def find_spread(looks: Looks, band_factors: FloatArray) -> Spread:
    """Learn how counts of one place scatter about its own mean.

    Parameters
    ----------
    looks
        All visits.
    band_factors
        How many are found in each band, as times the mean over all bands.

    Notes
    -----
    With counts y, exposures e and e's sum H, the residuals about the place's own mean are r = M y, M = I - e 1'/H. For
    covariances of lambda (s D + s a S), where D = diag(e), S = K sqrt(e e') off the diagonal and K fades with the weeks
    between, the expectations of r'r and r'Kr are linear in s and s a, without bias though the mean is estimated; summed
    over places they are two equations with two unknowns.
    """
    moments, right = np.zeros((2, 2)), np.zeros(2)
    exposure = looks.hours * band_factors[looks.band]
    finds = 0.0
    for chosen in _repeated(looks):
        if looks.found[chosen].any():
            left, own = _place_moments(looks.found[chosen], exposure[chosen], looks.age_weeks[chosen])
            moments, right = moments + left, right + own
            finds += float(looks.found[chosen].sum())
    moments += _PULL * np.eye(2)
    right += _PULL * USUAL_SCATTER * np.array([1.0, USUAL_ALIKE])
    scatter, shared = np.linalg.solve(moments, right)
    kept = float(np.clip(scatter, 1.0, _MOST_SCATTER))
    return Spread(kept, float(np.clip(shared / kept, 0.0, 1.0)), finds)


def worth(looks: Looks, spread: Spread) -> FloatArray:
    """Say as how many independent counts each visit counts, above 0 and at most 1."""
    beside = np.zeros(len(looks.square))
    for chosen in _repeated(looks):
        beside[chosen] = _beside(looks.age_weeks[chosen])
    return np.asarray(1 / (spread.scatter * (1 + spread.alike * beside)), dtype=np.float64)


def _place_moments(found: FloatArray, exposure: FloatArray, ages: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give one place's part of the two equations."""
    newest = np.argsort(ages, kind="stable")[:_MOST_VISITS]
    y, e, t = found[newest], exposure[newest], ages[newest]
    near = faded(np.abs(t[:, None] - t[None, :]), half_life_weeks=STAY_HALF_WEEKS)
    np.fill_diagonal(near, 0.0)
    total = e.sum()
    mean = y.sum() / total
    r = y - mean * e
    shared = near * np.sqrt(e[:, None] * e[None, :])
    row, k_e = shared.sum(axis=1), near @ e
    s, e_k_e = row.sum(), e @ k_e
    left = np.array(
        [
            [total - e @ e / total, -2 * (e @ row) / total + (e @ e) * s / total**2],
            [-e_k_e / total, (near * shared).sum() - 2 * (k_e @ row) / total + s * e_k_e / total**2],
        ]
    )
    return mean * left, np.array([r @ r, r @ near @ r])


def _repeated(looks: Looks) -> list[IntArray]:
    """Give the visits of each place that was seen more than once."""
    order = np.lexsort((looks.age_weeks, looks.square))
    edges = np.flatnonzero(np.diff(looks.square[order], prepend=-1, append=-1))
    return [order[first:last] for first, last in pairwise(edges) if last - first > 1]


def _beside(ages: FloatArray) -> FloatArray:
    """Add up how near in time every other visit of the place is; ages ascending.

    For a kernel that halves in a fixed time, the sum over all earlier visits follows from that of the one before.
    """
    steps = faded(np.diff(ages), half_life_weeks=STAY_HALF_WEEKS)
    before, after = np.zeros(len(ages)), np.zeros(len(ages))
    for number, step in enumerate(steps, start=1):
        before[number] = (before[number - 1] + 1) * step
    for number in range(len(ages) - 2, -1, -1):
        after[number] = (after[number + 1] + 1) * steps[number]
    return before + after
