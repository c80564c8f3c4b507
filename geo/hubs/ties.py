"""Say which sites cannot be told apart."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.hubs.smaa import PAIRED

FloatArray = npt.NDArray[np.float64]

_PAIR = 2


def tied_pairs(wins: FloatArray, *, below: float) -> npt.NDArray[np.bool_]:
    """Tell which pairs of sites are tied: neither is ahead in at least this share of the draws.

    Being tied is not handed on: A may be tied with B and B with C while A is ahead of C. So no groups are made of it;
    each site says with which others it is tied.

    Parameters
    ----------
    wins
        (p, p) as `Tried.wins`.
    below
        Above 0.5.

    Returns
    -------
    numpy.ndarray
        (p, p), symmetric; a site is not tied with itself.
    """
    tied = np.maximum(wins, wins.T) < below
    np.fill_diagonal(tied, val=False)
    return np.asarray(tied, dtype=np.bool_)


def told_ranks(ranks: Sequence[int]) -> str:
    """List ranks, runs of them as one.

    Examples
    --------
    >>> told_ranks([2, 3, 4, 6]), told_ranks([2, 3]), told_ranks([])
    ('2 to 4 and 6', '2 and 3', '')
    """
    runs: list[list[int]] = []
    for rank in sorted(ranks):
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    words = [word for run in runs for word in _words(run)]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _words(run: list[int]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) > _PAIR else [str(rank) for rank in run]


def told_tie(tied_with_first: Sequence[int], *, below: float, sites: int) -> str:
    """Say which places cannot be told apart from the first.

    Examples
    --------
    >>> told_tie([2, 3, 4], below=0.95, sites=20)
    'Places 2 to 4 cannot be told apart from the first: neither is ahead of the other in 95 % of the draws.'
    """
    if not tied_with_first:
        every = "every other" if sites <= PAIRED else f"every other of the first {PAIRED}"
        return f"The first place is ahead of {every} in at least {100 * below:g} % of the draws."
    one = len(tied_with_first) == 1
    return (
        f"{'Place' if one else 'Places'} {told_ranks(tied_with_first)} cannot be told apart from the first: neither is "
        f"ahead of the other in {100 * below:g} % of the draws."
    )
