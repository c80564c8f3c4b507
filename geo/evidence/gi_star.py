"""Find where most clients are: Getis-Ord Gi* with its permutation law computed instead of sampled.

With binary weights the sum over a window of k cells is, under permutation, the sum of k values drawn without
replacement from the n counts. The chance of a sum s is the coefficient of y^k z^s in

    prod over values v of sum_j C(h_v, j) y^j z^(v j),    divided by C(n, k),

where h_v cells hold the count v. All k values are drawn, the law that the z of Gi* describes. (Holding the cell's
own count fixed and drawing k - 1 ignores that count: a lone busy cell can then never be hot.)

References
----------
Getis, A. and Ord, J. K. (1992), Geographical Analysis 24, 189-206.
Ord, J. K. and Getis, A. (1995), Geographical Analysis 27, 286-306, equation 5 for z.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.evidence.windows import window_sums

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Multiplications the exact law may cost (about half a second); beyond it the law is sampled.
EXACT_WORK: Final = 400_000_000
# The smallest two-sided p this many draws can give is 2e-6, enough to confirm a lone hotspot among 5,000 cells.
SAMPLED_DRAWS: Final = 999_999
_BIGGEST_FLOAT_POWER: Final = 300
_CHUNK: Final = 100_000


@dataclass(frozen=True)
class GiStar:
    """Hold Gi* of every cell.

    Attributes
    ----------
    window_count
        Sum of counts over the cell's window, shape (n,).
    z
        Standardised Gi*, shape (n,); 0 where it has no spread (one cell, or all counts alike).
    p
        Two-sided p, shape (n,): twice the smaller tail, both tails with the observed value, at most 1.
    law
        "exact", or "sampled" where counts are so large that the exact law would be too slow.
    draws
        Random draws behind a sampled law; 0 for the exact one.
    """

    window_count: IntArray
    z: FloatArray
    p: FloatArray
    law: Literal["exact", "sampled"]
    draws: int


def gi_star(
    counts: IntArray, indptr: IntArray, indices: IntArray, *, seed: int = 0, exact_work: int = EXACT_WORK
) -> GiStar:
    """Compute Gi* with its permutation p for every cell.

    Parameters
    ----------
    counts
        Whole counts of the n cells, not negative.
    indptr, indices
        Windows in CSR form: the cells of window i, itself included, are `indices[indptr[i]:indptr[i + 1]]`.
    seed
        For the sampled law only.
    exact_work
        Most multiplications that the exact law may cost before it is sampled instead.

    Examples
    --------
    >>> line = gi_star(np.array([5, 0, 0]), np.array([0, 2, 5, 7]), np.array([0, 1, 0, 1, 2, 1, 2]))
    >>> line.p.round(4).tolist()  # two of three cells hold the 5 in two of three draws
    [1.0, 1.0, 0.6667]
    """
    sizes = np.diff(indptr)
    window_count = window_sums(counts, indptr, indices)
    values, held = np.unique(counts, return_counts=True)
    exact = _work(values, held, int(sizes.max())) <= exact_work
    if exact:
        p = _exact_p(values, held, window_count, sizes)
    else:
        p = _sampled_p(counts, window_count, sizes, np.random.default_rng(seed))
    law: Literal["exact", "sampled"] = "exact" if exact else "sampled"
    return GiStar(window_count, _z(counts, window_count, sizes), p, law, 0 if exact else SAMPLED_DRAWS)


def permutation_law(values: IntArray, held: IntArray, k_most: int) -> FloatArray:
    """Compute the law of the sum of k counts drawn without replacement, for every k up to `k_most`.

    Every term is positive and added in float64, so nothing cancels and even the smallest probability keeps about
    14 figures.

    Parameters
    ----------
    values, held
        Distinct counts in rising order, and how many cells hold each.
    k_most
        Cells of the largest window.

    Returns
    -------
    numpy.ndarray
        Shape (k_most + 1, largest sum + 1): chance of sum s at row k, column s.
    """
    ways = np.zeros((k_most + 1, _largest_sum(values, held, k_most) + 1))
    ways[0, 0] = 1
    for value, cells in zip(values.tolist(), held.tolist(), strict=True):
        for k in range(k_most, 0, -1):  # downwards, so that the rows read still lack this value
            for j in range(1, min(k, cells) + 1):
                shift = value * j
                ways[k, shift:] += comb(cells, j) * ways[k - j, : ways.shape[1] - shift]
    law: FloatArray = ways / ways.sum(axis=1, keepdims=True)
    return law


def _exact_p(values: IntArray, held: IntArray, window_count: IntArray, sizes: IntArray) -> FloatArray:
    law = permutation_law(values, held, int(sizes.max()))
    lower = np.cumsum(law, axis=1)[sizes, window_count]
    upper = np.cumsum(law[:, ::-1], axis=1)[:, ::-1][sizes, window_count]
    p: FloatArray = np.minimum(1.0, 2 * np.minimum(lower, upper))
    return p


def _sampled_p(counts: IntArray, window_count: IntArray, sizes: IntArray, rng: np.random.Generator) -> FloatArray:
    """Share one set of draws among all windows of a size; p = (r + 1) / (R + 1), Davison and Hinkley (1997) 4.11."""
    p = np.ones(len(window_count))
    for k in np.unique(sizes).tolist():
        drawn = np.sort(np.concatenate(list(_draw_sums(counts, k, rng))))
        rows = sizes == k
        at_most = np.searchsorted(drawn, window_count[rows], side="right")
        at_least = SAMPLED_DRAWS - np.searchsorted(drawn, window_count[rows], side="left")
        p[rows] = np.minimum(1.0, 2 * (np.minimum(at_most, at_least) + 1) / (SAMPLED_DRAWS + 1))
    return p


def _draw_sums(counts: IntArray, k: int, rng: np.random.Generator) -> Iterable[IntArray]:
    """Draw k cells without replacement, many times, by Floyd's method (Bentley and Floyd 1987)."""
    for start in range(0, SAMPLED_DRAWS, _CHUNK):
        chosen = np.full((min(_CHUNK, SAMPLED_DRAWS - start), k), -1, dtype=np.int64)
        for column, top in enumerate(range(len(counts) - k, len(counts))):
            pick = rng.integers(0, top + 1, size=len(chosen))
            taken = (chosen[:, :column] == pick[:, None]).any(axis=1)
            chosen[:, column] = np.where(taken, top, pick)
        yield counts[chosen].sum(axis=1)


def _z(counts: IntArray, window_count: IntArray, sizes: IntArray) -> FloatArray:
    n = len(counts)
    mean = counts.mean()
    spread = counts.std() * np.sqrt(sizes * (n - sizes) / max(n - 1, 1))
    z: FloatArray = np.divide(window_count - sizes * mean, spread, out=np.zeros(n), where=spread > 0)
    return z


def _work(values: IntArray, held: IntArray, k_most: int) -> float:
    """Estimate the multiplications of the exact law; infinite where its numbers of ways would overflow."""
    if np.log10(max(int(held.sum()), 2)) * k_most > _BIGGEST_FLOAT_POWER:
        return float("inf")
    return float(len(values)) * k_most * (k_most + 1) / 2 * (_largest_sum(values, held, k_most) + 1)


def _largest_sum(values: IntArray, held: IntArray, k_most: int) -> int:
    return int(np.repeat(values[::-1][:k_most], np.minimum(held[::-1][:k_most], k_most))[:k_most].sum())
