"""Steady the rates of small places: each is drawn towards a mean, the more so the fewer its homes (empirical Bayes).

A raw rate of few homes swings with luck. Marshall's estimate mixes it with the mean of all places, or of its
neighbours, and the weight of the place's own rate is what its homes have earned. It is a better guess of the rate,
never a finding: the raw count stands beside it, always.

Sources: Marshall, R. J. (1991), "Mapping disease and mortality rates using empirical Bayes estimators", Applied
Statistics 40: 283-294, equations 3 to 6 (all places) and section 3.2 (neighbours). Moments of the gamma-Poisson model
of Clayton, D. and Kaldor, J. (1987), Biometrics 43: 671-681: its posterior mean is Marshall's estimate.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from geo.evidence.intervals import count_interval
from geo.evidence.windows import window_sums

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_LEAST = 1e-9  # of the mean: a gamma has no mean of nought


@dataclass(frozen=True)
class Shrunk:
    """Hold rates drawn towards a mean.

    Attributes
    ----------
    rate
        Between the raw rate and the mean, shape (n,), events per unit of exposure.
    weight
        Of the place's own rate, 0 to 1; the mean has the rest.
    mean
        What each rate is drawn towards, shape (n,).
    """

    rate: FloatArray
    weight: FloatArray
    mean: FloatArray


def shrink_to_all(counts: npt.ArrayLike, exposure: npt.ArrayLike) -> Shrunk:
    """Draw every rate towards the mean of all places.

    Parameters
    ----------
    counts
        Events, 0 or more, shape (n,).
    exposure
        Such as homes times years, above 0, shape (n,).

    Notes
    -----
    With raw rates r, exposures n and their mean rate m, the variance between places is what luck leaves unexplained,
    A = sum n (r - m)^2 / sum n - m / mean(n), at least 0; the weight is A / (A + m / n).

    Examples
    --------
    >>> found = shrink_to_all([40, 0, 2], [1000.0, 400.0, 100.0])
    >>> found.rate.round(4).tolist(), found.weight.round(2).tolist()
    ([0.0388, 0.0061, 0.0242], [0.9, 0.78, 0.48])
    """
    events, homes = _arrays(counts, exposure)
    if not len(events):
        return Shrunk(events, events, events)
    mean = np.full(len(events), float(events.sum() / homes.sum()))
    return _mixed(events, homes, mean, np.full(len(events), _between(events, homes)))


def shrink_to_neighbours(
    counts: npt.ArrayLike, exposure: npt.ArrayLike, *, indptr: IntArray, indices: IntArray
) -> Shrunk:
    """Draw every rate towards the mean of the place and its neighbours; without a neighbour, towards that of all.

    Parameters
    ----------
    counts, exposure
        As in `shrink_to_all`.
    indptr, indices
        Neighbourhoods in CSR form: the members of i's, itself included, are `indices[indptr[i]:indptr[i + 1]]`.
    """
    events, homes = _arrays(counts, exposure)
    if not len(events):
        return Shrunk(events, events, events)
    total = window_sums(homes, indptr, indices)
    mean = window_sums(events, indptr, indices) / total
    sizes = np.diff(indptr)
    owner = np.repeat(np.arange(len(events)), sizes)
    squares = homes[indices] * ((events / homes)[indices] - mean[owner]) ** 2
    spread = np.bincount(owner, weights=squares, minlength=len(events)) / total
    local = _mixed(events, homes, mean, np.maximum(spread - mean * sizes / total, 0.0))
    # Alone, a place would be its own mean: that is no smoothing, so it borrows from everybody.
    alone, everywhere = sizes == 1, shrink_to_all(events, homes)
    return Shrunk(
        rate=np.where(alone, everywhere.rate, local.rate),
        weight=np.where(alone, everywhere.weight, local.weight),
        mean=np.where(alone, everywhere.mean, local.mean),
    )


def credible_interval(
    counts: npt.ArrayLike, exposure: npt.ArrayLike, *, level: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Give the range in which each place's own rate probably lies, knowing all the others.

    Parameters
    ----------
    counts, exposure
        As in `shrink_to_all`.
    level
        Probability, 0 to 1.

    Returns
    -------
    tuple of numpy.ndarray
        Equal tails, shape (n,). Where nobody came at all, the exact interval of nought for the whole district.

    Notes
    -----
    The posterior Gamma(m^2/A + count, m/A + exposure), widened by what is not known of m itself: its variance is that
    of the posterior plus (1 - weight)^2 (A sum n^2 / (sum n)^2 + m / sum n), and a gamma of this mean and variance is
    taken. So the range of a place that keeps nothing of its own is that of the district's rate, and not a point. First
    order of Kass, R. E. and Steffey, D. (1989), JASA 84: 717-726; the uncertainty of A is left out. In simulated
    districts of 60 places, 95 % ranges held the true rate in 91 to 96 % of places, but in 79 % where places with three
    clients each differed by 30 %: so little cannot be told from luck, and A is often estimated as nought.
    """
    events, homes = _arrays(counts, exposure)
    if not len(events):
        return events, events
    shrunk, total = shrink_to_all(events, homes), float(homes.sum())
    if not events.any():
        _, most = count_interval(0, level=level)
        return np.zeros(len(events)), np.full(len(events), float(most) / total)
    # The posterior variance is rate / (m/A + n), and w / n is 1 / (m/A + n) without dividing by an A of nought.
    own = shrunk.rate * shrunk.weight / homes
    between = _between(events, homes)
    of_mean = between * float((homes**2).sum()) / total**2 + shrunk.mean / total
    variance = own + (1 - shrunk.weight) ** 2 * of_mean
    rate = np.maximum(shrunk.rate, _LEAST * shrunk.mean)
    shape, scale, tail = rate**2 / variance, variance / rate, (1 - level) / 2
    return gammaincinv(shape, tail) * scale, gammaincinv(shape, 1 - tail) * scale


def _between(events: FloatArray, homes: FloatArray) -> float:
    """Estimate the variance of the rates between places, beyond luck."""
    total = float(homes.sum())
    mean = float(events.sum()) / total
    spread = float((homes * (events / homes - mean) ** 2).sum()) / total
    return max(spread - mean * len(events) / total, 0.0)


def _arrays(counts: npt.ArrayLike, exposure: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    return np.asarray(counts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)


def _mixed(events: FloatArray, homes: FloatArray, mean: FloatArray, between: FloatArray) -> Shrunk:
    """Mix each rate with its mean; where both kinds of variance are nought there is nothing to weigh."""
    variance = between + mean / homes
    weight = np.divide(between, variance, out=np.zeros(len(mean)), where=variance > 0)
    return Shrunk(mean + weight * (events / homes - mean), weight, mean)
