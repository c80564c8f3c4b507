"""Learn from all places how clients change where there is no hub: the spread of rates, the trend, the drift.

Places got a hub because many clients had come, and part of that was luck, so fewer come next year whatever the hub does
(regression to the mean). The cure is the empirical-Bayes before-and-after study of road safety (Hauer 1997): with X
clients before at exposure E, and Y after at exposure F,

    X ~ Poisson(E L),    L ~ gamma with mean m and coefficient of variation c     (all places, those with a hub too)
    Y ~ Poisson(F L t D r),    D with mean 1 and coefficient of variation d       (t trend, D drift, r hub; 1 without)

L given X is gamma with shape a = 1/c^2 + X and mean l = a / (1/(c^2 m) + E): the raw rate drawn towards m (Robbins
1956). L D is taken as the gamma with the same mean and the same variance, (1 + 1/a) (1 + d^2) - 1 times the square of
its mean, which makes Y given X negative binomial:

    mean t F l r,    size 1 / ((1 + 1/a) (1 + d^2) - 1)

Hubs were placed by X, and every statement is made given X, so that how they were placed does not matter.

m, c, t and d are not known. They are given a flat prior (m and t by their logarithms) on a grid, with the likelihood of
all X, and of Y given X at the comparison places; what places with a hub had afterwards is never used. The whole grid is
kept, each point with its weight, and none is called the truth: plugging in one estimate would make ranges too narrow.
Of d only the upper part of what it may be is kept, from its 85 % quantile on. With all of d, pooled ranges held the
truth in 94 % of simulated districts that drift by 0.4 or whose rates are more lopsided than a gamma; from the 70 %
quantile on in 94.4 to 95.1 % of the lopsided ones; from 85 % on in 95.4 to 96.5 % of new lopsided ones. Where places
hardly drift, ranges are wider than they need be. `python -m tests.benchmarks.monitor` measures it.

Sources: Robbins, H. (1956), "An empirical Bayes approach to statistics", Proc. Third Berkeley Symposium 1: 157-163.
Hauer, E. (1997), Observational Before-After Studies in Road Safety, Pergamon, chapters 11 and 12. Morris, C. N. (1983),
"Parametric empirical Bayes inference", JASA 78: 47-55, on why the estimates' own uncertainty must be counted.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from geo.hubs.monitor.law import CountLaw

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

SPREADS: Final = np.array([0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.8, 1.0, 1.25, 1.6, 2.0])
DRIFTS: Final = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8])
_MEAN_STEPS: Final = np.linspace(-2.5, 2.5, 5)  # standard errors
_TREND_STEPS: Final = np.linspace(-4.0, 4.0, 13)
_TYPICAL_SPREAD: Final = 0.6  # for the width of the grids alone
_TYPICAL_DRIFT: Final = 0.3
_DRIFT_FROM: Final = 0.85  # quantile of the drift from which on it is kept
_DROPPED: Final = 1e-3  # the least likely points, together, are left out


@dataclass(frozen=True)
class Places:
    """Hold what is known of every place, one value a place.

    Attributes
    ----------
    before, after
        Clients, shape (n,).
    homes_before, homes_after
        Home-years they came from, above 0.
    compared
        Whether a place without a hub is compared with those that had one.
    """

    before: FloatArray
    homes_before: FloatArray
    after: FloatArray
    homes_after: FloatArray
    compared: BoolArray


@dataclass(frozen=True)
class Ordinary:
    """Hold what the ordinary change may be: one value a point of the grid, shape (g,).

    Attributes
    ----------
    weights
        Chance of each point, together 1.
    rate
        Mean rate before, clients a home-year.
    spread
        Coefficient of variation of the places' rates.
    trend
        By how much all places changed.
    drift
        Coefficient of variation of each place's own change.
    """

    weights: FloatArray
    rate: FloatArray
    spread: FloatArray
    trend: FloatArray
    drift: FloatArray

    def mean_of(self, values: FloatArray) -> float:
        """Average one of the values above over the grid."""
        return float(self.weights @ values)

    def law_of(self, places: Places, rows: npt.NDArray[np.int64]) -> CountLaw:
        """Give the law of the clients after, of the places in `rows` together, without a hub."""
        shape, rate = _posterior(places, self.rate, self.spread)
        means = self.trend[:, None] * places.homes_after * rate
        return CountLaw(self.weights, means[:, rows], _sizes(shape, self.drift)[:, rows])


def learn_ordinary(places: Places) -> Ordinary:
    """Weigh every point of the grid by how well it explains all counts before, and the comparison places' after.

    Parameters
    ----------
    places
        All places of the district; some are compared, and those have clients in both years.
    """
    rate, spread = (axis.ravel() for axis in np.meshgrid(_rates(places), SPREADS, indexing="ij"))
    first = _likely(_before(places, rate, spread) + np.log(np.tile(_cell_widths(SPREADS), len(_MEAN_STEPS))))
    kept = first > _DROPPED / 10 / len(first)
    trends = _trends(places)
    logs = _after(places, (rate[kept], spread[kept]), trends, DRIFTS)
    weights = _likely(logs + np.log(first[kept])[:, None, None] + np.log(_cell_widths(DRIFTS))).ravel()
    points = np.meshgrid(np.arange(kept.sum()), trends, DRIFTS, indexing="ij")
    point, trend, drift = (axis.ravel() for axis in points)
    most = _worth_keeping(np.where(drift >= _quantile(drift, weights, _DRIFT_FROM), weights, 0.0))
    first_of = point[most].astype(np.int64)
    return Ordinary(
        weights=weights[most] / weights[most].sum(),
        rate=rate[kept][first_of],
        spread=spread[kept][first_of],
        trend=trend[most],
        drift=drift[most],
    )


def _quantile(values: FloatArray, weights: FloatArray, part: float) -> float:
    order = np.argsort(values, kind="stable")
    return float(values[order][int(np.searchsorted(np.cumsum(weights[order]), part))])


def _worth_keeping(weights: FloatArray) -> npt.NDArray[np.int64]:
    """Name the points that hold all but a thousandth of the weight, the heaviest first."""
    order = np.argsort(-weights, kind="stable")
    held = np.cumsum(weights[order]) / weights.sum()
    return order[: int(np.searchsorted(held, 1 - _DROPPED)) + 1]


def _posterior(places: Places, rate: FloatArray, spread: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give shape and mean of each place's rate given its count before, each (g, n)."""
    prior = 1 / spread[:, None] ** 2
    shape = prior + places.before
    return shape, shape / (prior / rate[:, None] + places.homes_before)


def _sizes(shape: FloatArray, drift: FloatArray) -> FloatArray:
    return np.asarray(1 / ((1 + 1 / shape) * (1 + drift[:, None] ** 2) - 1))


def _rates(places: Places) -> FloatArray:
    """Lay the grid of the mean rate around its estimate."""
    total, homes = places.before.sum(), places.homes_before
    error = 1 / max(total, 1.0) + _TYPICAL_SPREAD**2 * (homes**2).sum() / homes.sum() ** 2
    return np.asarray(max(total, 0.5) / homes.sum() * np.exp(_MEAN_STEPS * np.sqrt(error)))


def _trends(places: Places) -> FloatArray:
    """Lay the grid of the trend around its estimate."""
    before, after = places.before[places.compared].sum(), places.after[places.compared].sum()
    parts = places.homes_after * _middle_rates(places)
    parts = parts[places.compared]
    error = 1 / after + 1 / before + _TYPICAL_DRIFT**2 * (parts**2).sum() / parts.sum() ** 2
    return np.asarray(after / parts.sum() * np.exp(_TREND_STEPS * np.sqrt(error)))


def _middle_rates(places: Places) -> FloatArray:
    rate = places.before.sum() / places.homes_before.sum()
    return np.asarray(_posterior(places, np.array([rate]), np.array([_TYPICAL_SPREAD]))[1][0])


def _before(places: Places, rate: FloatArray, spread: FloatArray) -> FloatArray:
    """Compute the log-likelihood of all counts before, but for a constant, shape (g,)."""
    sizes, counts = np.broadcast_to(1 / spread[:, None] ** 2, (len(spread), len(places.before))), places.before
    means = rate[:, None] * places.homes_before
    last = ((counts + sizes) * np.log1p(means / sizes)).sum(-1)
    return np.asarray(_arranged(counts, sizes) + np.log(means) @ counts - last)


def _after(places: Places, first: tuple[FloatArray, FloatArray], trends: FloatArray, drifts: FloatArray) -> FloatArray:
    """Compute the log-likelihood of the comparison places' counts after, given those before, but for a constant.

    Parameters
    ----------
    places
        All places.
    first
        Mean rate and spread, each (g,).
    trends, drifts
        Shapes (t,) and (d,).

    Returns
    -------
    numpy.ndarray
        Shape (g, t, d). Of a negative binomial with mean m and size s the logarithm is, but for a constant,
        ln G(s + y) - ln G(s) - y ln s + y ln m - (s + y) ln(1 + m / s), and only the last holds everything.
    """
    rows = places.compared
    counts = places.after[rows]
    shape, own = (values[:, rows] for values in _posterior(places, *first))
    means = own * places.homes_after[rows]
    sizes = np.stack([_sizes(shape, np.full(len(shape), drift)) for drift in drifts], axis=1)
    last = [((sizes + counts) * np.log1p(trend * means[:, None] / sizes)).sum(-1) for trend in trends]
    rest = (np.log(means) @ counts)[:, None, None] + (counts.sum() * np.log(trends))[:, None]
    return np.asarray(_arranged(counts, sizes)[:, None] + rest - np.stack(last, axis=1))


def _arranged(counts: FloatArray, sizes: FloatArray) -> FloatArray:
    """Add up over places what of the logarithm depends on the sizes alone."""
    return np.asarray((gammaln(sizes + counts) - gammaln(sizes) - counts * np.log(sizes)).sum(-1))


def _likely(logs: FloatArray) -> FloatArray:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _cell_widths(points: FloatArray) -> FloatArray:
    """Give each point of an uneven grid the width it stands for, so that the prior is flat."""
    edges = np.concatenate([points[:1], (points[1:] + points[:-1]) / 2, points[-1:]])
    return np.diff(edges)
