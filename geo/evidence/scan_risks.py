"""How the risk of places varies in simulated districts that hold no cluster.

In the plain law the clients fall on homes by luck alone: multinomial, in proportion to homes, their total being given
(Kulldorff 1997). In the law of *ordinary unevenness* every simulated district first draws a risk for each cell, and
the clients fall in proportion to homes x risk. Without that step a scan calls the ordinary differences between places
clusters (Zhang, Zhang and Lin 2012, Statistics in Medicine 31:762-774, on overdispersed counts).

The risk of a cell is G x S. G is gamma, each cell's own, with mean 1 and coefficient of variation a. S is shared by
neighbours: lognormal, with mean 1 and coefficient of variation s, over normal values smoothed over every window. (Its
longer tail is the safe side: with a gamma law in its place, districts whose neighbours share a lognormal risk came out
with a cluster in 15 % of cases at 5,000 clients, not in 4 %, and hardly more of the planted ones were found.) Both
coefficients follow from what `estimate_unevenness` found, c between cells and w between windows:

    a^2 + s^2 = c^2,    k a^2 + r s^2 = w^2

k is the mean over windows of sum e_i^2 / e^2, the part of the variance that is left in a window where each cell has
its own, and r the part that is left of variance which is shared. Where that would make s exceed c, a = 0 and
r s^2 = w^2.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from geo.evidence.unevenness import Unevenness
from geo.evidence.windows import Windows

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Coefficients of variation are rounded up to one of these, so that runs that nearly agree share their simulations.
CV_LADDER: Final = np.array([0, *(np.arange(1, 21) / 20), 1.25, 1.5, 2, 2.5, 3, 4, 5, 6])
_ROUNDING: Final = 1e-9
_LEAST_SHARED: Final = 0.05  # if r and k are nearer than this, windows cannot tell shared unevenness from own


@dataclass(frozen=True)
class Risks:
    """Say how the risk of places varies in simulated districts; 0 and 0 is the plain law.

    Attributes
    ----------
    own_cv
        Coefficient of variation of what each cell has alone, a value of `CV_LADDER`.
    shared_cv
        Coefficient of variation of what neighbours share, a value of `CV_LADDER`.
    """

    own_cv: float = 0.0
    shared_cv: float = 0.0


PLAIN: Final = Risks()


def ordinary_risks(unevenness: Unevenness, windows: Windows) -> Risks:
    """Part a district's ordinary unevenness into what cells have alone and what neighbours share.

    Parameters
    ----------
    unevenness
        As learnt from the district. Its upper limits are taken, and both parts are rounded up.
    windows
        Of the same cells.
    """
    cell, window = unevenness.cell_cv**2, unevenness.window_cv**2
    own_left, shared_left = _left_in_windows(windows)
    shared = 0.0
    if shared_left - own_left > _LEAST_SHARED:
        shared = max(0.0, (window - own_left * cell) / (shared_left - own_left))
    if shared > cell:
        shared = window / shared_left
    return Risks(_round_up(float(np.sqrt(max(0.0, cell - shared)))), _round_up(float(np.sqrt(shared))))


@dataclass(frozen=True)
class ClientLaw:
    """Draw the clients of districts without a cluster.

    Attributes
    ----------
    windows
        Shares of the homes, and which cells are neighbours.
    total
        Clients of every district.
    risks
        How the risk of places varies.
    """

    windows: Windows
    total: int
    risks: Risks

    def draw(self, rng: np.random.Generator, districts: int) -> IntArray:
        """Draw the clients of each cell, shape (districts, cells); every row sums to `total`."""
        shares = self.windows.shares
        if self.risks == PLAIN:
            return rng.multinomial(self.total, shares / shares.sum(), size=districts)
        weights = shares * self._own(rng, districts) * self._shared(rng, districts)
        return rng.multinomial(self.total, weights / weights.sum(axis=1, keepdims=True))

    def _own(self, rng: np.random.Generator, districts: int) -> FloatArray:
        variance = self.risks.own_cv**2
        if not variance:
            return np.ones((1, 1))
        return rng.gamma(1 / variance, variance, (districts, len(self.windows.shares)))

    def _shared(self, rng: np.random.Generator, districts: int) -> FloatArray:
        if not self.risks.shared_cv:
            return np.ones((1, 1))
        log_variance = np.log1p(self.risks.shared_cv**2)
        field = _smoothing(self.windows) @ rng.standard_normal((len(self.windows.shares), districts))
        return np.asarray(np.exp(np.sqrt(log_variance) * field.T - log_variance / 2))


def risk_covariance(windows: Windows, risks: Risks) -> csr_array:
    """Compute the covariance of the cells' risks, to first order in what neighbours share: own a^2, shared s^2."""
    smooth = _smoothing(windows)
    own = diags_array(np.full(len(windows.shares), risks.own_cv**2))
    return csr_array(own + risks.shared_cv**2 * (smooth @ smooth.T))


def _smoothing(windows: Windows) -> csr_array:
    """Make the matrix that sums independent normal values over windows, each sum again of variance 1."""
    return csr_array(diags_array(1 / np.sqrt(np.diff(windows.indptr))) @ _members(windows))


def _members(windows: Windows) -> csr_array:
    """Write windows as a matrix: 1 where the column's cell is in the row's window."""
    cells = len(windows.shares)
    return csr_array((np.ones(len(windows.indices)), windows.indices, windows.indptr), shape=(cells, cells))


def _left_in_windows(windows: Windows) -> tuple[float, float]:
    """Compute k and r, as means over windows weighed as `estimate_unevenness` weighs them."""
    within = diags_array(1 / windows.share_sums()) @ _members(windows) @ diags_array(windows.shares)
    # Independent values of variance 1, averaged with these weights, keep the sum of the squared weights.
    own, shared = (np.asarray((part * part).sum(axis=1)) for part in (within, within @ _smoothing(windows)))
    overlap = 1 / np.diff(windows.indptr)
    return float(np.average(own, weights=overlap)), float(np.average(shared, weights=overlap))


def _round_up(cv: float) -> float:
    """Round up to the ladder; beyond its end, its end."""
    return float(CV_LADDER[min(int(np.searchsorted(CV_LADDER, cv - _ROUNDING)), len(CV_LADDER) - 1)])
