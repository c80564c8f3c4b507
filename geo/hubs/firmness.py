"""How firmly a site holds its place among the first, given that counts this small could have come out otherwise."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

FIRM: Final = 0.8
FAIR: Final = 0.5
NEAR_MISS: Final = 0.2
_AT_A_TIME: Final = 500  # redraws held in memory together
_TIE_BREAK: Final = 1e-9  # far below any difference of scores that is shown


def places_held(
    score: Callable[[FloatArray], FloatArray], counts: FloatArray, *, top: int, seed: int, draws: int
) -> FloatArray:
    """Find the share of redraws in which each site is among the first.

    Parameters
    ----------
    score
        Turns (d, n) counts into (d, m) scores, for sites already in the order of their rank; equal scores keep it.
    counts
        (n,) clients in each cell.
    top
        How many places count as "among the first".
    seed, draws
        The random stream, and how often the counts are drawn anew.

    Returns
    -------
    numpy.ndarray
        (m,) 0 to 1.

    Notes
    -----
    Each count is drawn from Gamma(count, 1), whose mean and variance are those of a Poisson count; given the total
    this is the Bayesian bootstrap of the single clients (Rubin 1981, Annals of Statistics 9). Cells without a
    client stay empty: the redraw asks how much hangs on single clients, not where others might appear.
    """
    rng = np.random.default_rng(seed)
    held = np.zeros(score(counts[None, :]).shape[1])
    for start in range(0, draws, _AT_A_TIME):
        redrawn = rng.standard_gamma(counts, size=(min(_AT_A_TIME, draws - start), len(counts)))
        scores = score(redrawn)
        scores = scores - _TIE_BREAK * np.arange(scores.shape[1])
        first = np.argpartition(-scores, top - 1, axis=1)[:, :top]
        held += np.bincount(first.ravel(), minlength=len(held))
    return held / draws


def firmness_label(draws: int, *, top: int) -> str:
    """Say what the share means."""
    place = "is first" if top == 1 else f"is among the first {top}"
    return f"share of {draws:,} redraws of the counts in which the site {place}"


def firmness_word(share: float, rank: int, *, top: int) -> str:
    """Put the share into a word.

    Examples
    --------
    >>> firmness_word(0.9, 1, top=5), firmness_word(0.6, 4, top=5), firmness_word(0.3, 5, top=5)
    ('firm', 'fair', 'fragile')
    >>> firmness_word(0.3, 6, top=5), firmness_word(0.01, 40, top=5)
    ('near miss', 'outside')
    """
    if rank > top:
        return "near miss" if share >= NEAR_MISS else "outside"
    if share >= FIRM:
        return "firm"
    return "fair" if share >= FAIR else "fragile"
