"""Try an order against other weights and other luck in the counts: the chance of each site to be first, and its ranks.

SMAA-2: Lahdelma, R. and Salminen, P. (2001), Operations Research 49: 444-454, with its rank acceptability indices and
central weight vectors; the counts are its uncertain criteria. Pairwise winning indices: Leskinen, P. et al. (2006),
Forest Science 52: 304-312.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.weight_draws import WeightBox, draw_weights

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Score = Callable[[FloatArray, FloatArray], FloatArray]

RANGE: Final = (0.05, 0.95)  # of the ranks a site held
PAIRED: Final = 50  # sites, from the first, that are set against one another
_AT_A_TIME: Final = 500  # draws held in memory together
_NO_DIFFERENCE: Final = 1e-9  # far below any difference of scores that is shown


@dataclass(frozen=True)
class Doubt:
    """What may be otherwise than stated, and how often it is drawn.

    Attributes
    ----------
    shape, scale
        (n,) the clients of each cell are drawn from Gamma(shape) x scale.
    weights
        Between which shares the weights may lie.
    seed, draws
        The random stream, and how often counts and weights are drawn together.
    """

    shape: FloatArray
    scale: FloatArray
    weights: WeightBox
    seed: int
    draws: int


@dataclass(frozen=True)
class Tried:
    """How m sites fared in the draws, in the order they were given.

    Attributes
    ----------
    acceptability
        (m, t) chance of each site to hold rank 1, 2, ... t; every column sums to 1.
    expected_rank
        (m,) the mean of the ranks held.
    rank_low, rank_high
        (m,) the ranks held, but for the best and the worst 5 % of draws.
    wins
        (p, p) chance that the site of the row is ahead of that of the column, among the first p; equal scores count
        half for each.
    central_weights
        (m, k) mean weights of the draws in which a site was first; NaN where it never was.
    """

    acceptability: FloatArray
    expected_rank: FloatArray
    rank_low: IntArray
    rank_high: IntArray
    wins: FloatArray
    central_weights: FloatArray

    @property
    def chance_first(self) -> FloatArray:
        """The chance of each site to be first."""
        return self.acceptability[:, 0]

    @property
    def chance_top(self) -> FloatArray:
        """The chance of each site to be among the first t."""
        return np.asarray(np.minimum(self.acceptability.sum(axis=1), 1.0), dtype=np.float64)


def try_order(score: Score, doubt: Doubt, *, top: int) -> Tried:
    """Draw counts and weights together, score the sites and see which rank each one takes.

    Parameters
    ----------
    score
        Turns (d, n) counts and (d, k) weights into (d, m) scores.
    doubt
        What may be otherwise.
    top
        How many ranks the acceptability is told of.

    Notes
    -----
    Where scores are equal the ranks are shared out by lot. For counts, Gamma(count) x 1 has the mean and variance of a
    Poisson count; given the total it is the Bayesian bootstrap of the single clients (Rubin 1981, Annals of Statistics
    9). Cells without a client then stay empty: the draw asks how much hangs on single clients.
    """
    rng = np.random.default_rng(doubt.seed)
    weights = draw_weights(doubt.weights, draws=doubt.draws, rng=rng)
    scores = [
        _scores(score, doubt, part, rng) for part in np.split(weights, range(_AT_A_TIME, len(weights), _AT_A_TIME))
    ]
    together = np.concatenate(scores)
    ranks = _ranks(together, rng)
    draws, m = ranks.shape
    counted = [np.bincount(np.nonzero(ranks == place)[1], minlength=m) for place in range(1, min(top, m) + 1)]
    low, high = np.quantile(ranks, RANGE, axis=0, method="inverted_cdf")
    return Tried(
        acceptability=np.stack(counted, axis=1) / draws,
        expected_rank=ranks.mean(axis=0),
        rank_low=low.astype(np.int64),
        rank_high=high.astype(np.int64),
        wins=_wins(together[:, :PAIRED]),
        central_weights=_central(ranks == 1, weights),
    )


def _scores(score: Score, doubt: Doubt, weights: FloatArray, rng: np.random.Generator) -> FloatArray:
    counts = rng.standard_gamma(doubt.shape, size=(len(weights), len(doubt.shape))) * doubt.scale
    return score(counts, weights)


def _ranks(scores: FloatArray, rng: np.random.Generator) -> npt.NDArray[np.int32]:
    order = np.argsort(_NO_DIFFERENCE * rng.random(scores.shape) - scores, axis=1)
    ranks = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1, dtype=np.int32)[None, :], axis=1)
    return ranks


def _wins(scores: FloatArray) -> FloatArray:
    won = np.empty((scores.shape[1], scores.shape[1]))
    for site in range(len(won)):
        lead = scores[:, site, None] - scores
        won[site] = (lead > _NO_DIFFERENCE).mean(axis=0) + 0.5 * (np.abs(lead) <= _NO_DIFFERENCE).mean(axis=0)
    return won


def _central(first: npt.NDArray[np.bool_], weights: FloatArray) -> FloatArray:
    times = first.sum(axis=0)
    return np.asarray((first.T.astype(np.float64) @ weights) / np.where(times > 0, times, np.nan)[:, None])
