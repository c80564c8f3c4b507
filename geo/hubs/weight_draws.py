"""Draw weights evenly from all that the stated ranges allow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_ROUNDS: Final = 40  # moves of every pair's length; the test sets them against exact rejection sampling


@dataclass(frozen=True)
class WeightBox:
    """Shares of the score that the weights of k criteria may take.

    Attributes
    ----------
    centre
        (k,) the weights chosen, as shares that sum to 1.
    low, high
        (k,) the smallest and largest share of each; the centre lies between them.
    """

    centre: FloatArray
    low: FloatArray
    high: FloatArray


def weight_box(
    weights: Mapping[str, float], *, unsure: float, ranges: Mapping[str, tuple[float, ...]] | None = None
) -> WeightBox:
    """Turn weights and their ranges into shares of the whole score.

    Parameters
    ----------
    weights
        Of each criterion, 0 or more, one of them above 0; they need not sum to one.
    unsure
        The share by which each may be smaller or larger, 0 to 1.
    ranges
        Lowest and highest weight of single criteria, on the scale of the weights, in place of `unsure`. A range that
        leaves the chosen weight out is stretched to hold it.

    Examples
    --------
    >>> box = weight_box({"need": 3, "roof": 1}, unsure=0.5, ranges={"roof": (1, 2)})
    >>> box.centre.tolist(), box.low.tolist(), box.high.tolist()
    ([0.75, 0.25], [0.375, 0.25], [1.0, 0.5])
    """
    stated = ranges or {}
    chosen = np.array(list(weights.values()), dtype=np.float64)
    pairs = [stated.get(name) or ((1 - unsure) * weight, (1 + unsure) * weight) for name, weight in weights.items()]
    low, high = np.array(pairs, dtype=np.float64).T
    total = chosen.sum()
    return WeightBox(chosen / total, np.minimum(low, chosen) / total, np.minimum(np.maximum(high, chosen) / total, 1.0))


def draw_weights(box: WeightBox, *, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw weights evenly from all shares within their ranges that sum to 1.

    Parameters
    ----------
    box
        Ranges of k criteria.
    draws
        How many sets of weights.
    rng
        The random stream.

    Returns
    -------
    numpy.ndarray
        (draws, k), each row summing to 1.

    Notes
    -----
    One chain a draw, all from the chosen weights: again and again two criteria trade a share, drawn evenly from what
    their ranges leave. This is hit-and-run along the edges of the polytope (Tervonen, T. et al. 2013, European Journal
    of Operational Research 224: 552-559, with Smith, R. L. 1984 for its limit); it needs no volume, so that a weight
    held fast, or ranges that leave a single choice, are no special case.
    """
    k = len(box.centre)
    drawn = np.tile(box.centre, (draws, 1))
    if k == 1:
        return drawn
    rows = np.arange(draws)
    for _ in range(_ROUNDS * k):
        first = rng.integers(k, size=draws)
        second = (first + rng.integers(1, k, size=draws)) % k
        one, two = drawn[rows, first], drawn[rows, second]
        least = np.maximum(box.low[first] - one, two - box.high[second])
        most = np.minimum(box.high[first] - one, two - box.low[second])
        step = least + (most - least) * rng.random(draws)
        drawn[rows, first], drawn[rows, second] = one + step, two - step
    return drawn
