"""The law of a count that luck moves: how many would have come without a hub, at one place or at several together.

Each place's count is negative binomial with its own mean and size, which stand for a Poisson count whose rate is a
gamma. The count of several places is their sum. Since m_i and s_i are not known, the law is a mixture over what they
may be. With q_i = m_i / (m_i + s_i) the probability generating function of the sum is

    prod_i (1 - q_i)^s_i (1 - q_i z)^(-s_i)

whose logarithmic derivative gives the convolution exactly, by a recurrence of positive terms alone (Panjer 1981):

    p_0 = prod_i (1 - q_i)^s_i,    n p_n = sum_{j=1..n} c_j p_{n-j},    c_j = sum_i s_i q_i^j

Source: Panjer, H. H. (1981), "Recursive evaluation of a family of compound distributions", ASTIN Bulletin 12: 22-26.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_TOO_LARGE: Final = 1e200


@dataclass(frozen=True)
class CountLaw:
    """Hold the law of the clients of one place or of several together.

    Attributes
    ----------
    weights
        Chance of each set of means and sizes, shape (g,), together 1.
    means
        Clients expected without a hub, above 0, shape (g, k): k places.
    sizes
        Sizes of the negative binomials, above 0, shape (g, k); the larger, the nearer to Poisson.
    """

    weights: FloatArray
    means: FloatArray
    sizes: FloatArray

    @property
    def mean(self) -> float:
        """Clients expected without a hub."""
        return float(self.weights @ self.means.sum(axis=1))

    def up_to(self, most: int, ratio: float = 1.0) -> FloatArray:
        """Give the chance of each count or fewer, 0 to `most`, if a hub makes them `ratio` times as many.

        Examples
        --------
        >>> law = CountLaw(np.ones(1), np.array([[2.0]]), np.array([[1.0]]))  # geometric: 1/3, 2/9, 4/27
        >>> law.up_to(2).round(4).tolist()
        [0.3333, 0.5556, 0.7037]
        """
        means = ratio * self.means
        q = means / (means + self.sizes)
        steps = np.arange(1, most + 1)
        coefficients = np.zeros((len(q), most))
        for place in range(q.shape[1]):  # one by one: all at once would not fit where counts and places are many
            coefficients += self.sizes[:, place, None] * q[:, place, None] ** steps[::-1]
        scale = (self.sizes * np.log1p(-q)).sum(axis=1)  # of p_0, kept as a logarithm: it may be below any float
        terms = np.ones((len(q), most + 1))
        for n in steps:
            terms[:, n] = np.einsum("gn,gn->g", coefficients[:, most - n :], terms[:, :n]) / n
            if (terms[:, n] > _TOO_LARGE).any():
                large = terms[:, n] > _TOO_LARGE
                terms[large, : n + 1] /= _TOO_LARGE
                scale = scale + np.where(large, np.log(_TOO_LARGE), 0.0)
        chances = terms * np.exp(scale)[:, None]
        return np.asarray(np.minimum(np.cumsum(self.weights @ chances), 1.0))
