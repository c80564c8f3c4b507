"""Learn from all places together what is to be expected of a place that nobody has visited."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import digamma, gammaln, polygamma

from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.looks import FloatArray

USUAL_RATE: Final = 0.2  # people in an hour, the guess before anybody has walked; it weighs half a find
USUAL_SHAPE: Final = 0.3
USUAL_BAND_SHAPE: Final = 3.0
LEAST_PLACES: Final = 10
LEAST_FINDS: Final = 5
_RATE_PULL: Final = 0.5  # finds
_BAND_PULL: Final = 2.0  # finds: a band without visits has the rate of all bands
_LOG_SD: Final = 1.0  # of the shapes about the usual ones: loose
_SHAPES: Final = (0.05, 20.0)
_BAND_SHAPES: Final = (0.5, 50.0)
_LONGEST_STEP: Final = 0.5  # of a log
_STILL: Final = 1e-5
_MOST_STEPS: Final = 300


@dataclass(frozen=True)
class RatePrior:
    """What the district tells of any place.

    A place's rate in a band is `rate` x `band_factors` x a factor of the place x one of the place in that band; the
    factors are gamma variables of mean 1 whose shapes are `shape` and `band_shape`.

    Attributes
    ----------
    rate
        People found in an hour at a place taken at random from those visited, over the hours walked.
    rate_cv2
        How sure that mean is: its squared coefficient of variation.
    band_factors
        Each of `BANDS` against all of them, shape (3,).
    band_cv2
        The same of each band's own mean, shape (3,).
    shape
        How alike places are; small where few places hold nearly everybody.
    band_shape
        How alike the bands of one place are.
    learnt
        Whether there were enough places to learn `shape` from; else it is the usual one.
    """

    rate: float
    rate_cv2: float
    band_factors: FloatArray
    band_cv2: FloatArray
    shape: float
    band_shape: float
    learnt: bool


def learn_prior(found: FloatArray, hours: FloatArray) -> RatePrior:
    """Learn the means of the district and how places differ.

    Parameters
    ----------
    found, hours
        People and hours of each place by band, shape (n, 3), weighted by age and by what each visit is worth: so they
        need not be whole.

    Notes
    -----
    Gamma-Poisson with one gamma variable a place: its marginal is negative binomial, and rate, bands and shape are
    where that likelihood times weak priors is highest. The rate is the mean over places, not over visits: most visits
    go to places where many are found, and their mean would be too high for any other place. The bands' shape comes from
    how well each band of a place is foretold by its other bands.
    """
    seen = hours.sum(axis=1) > 0
    s, h = found[seen], hours[seen]
    learnt = len(s) >= LEAST_PLACES and float(s.sum()) >= LEAST_FINDS
    rate, factors, shape = _most_likely(s, h, learn_shape=learnt)
    return _prior(rate, factors, shape, s, h, learnt=learnt)


def _most_likely(s: FloatArray, h: FloatArray, *, learn_shape: bool) -> tuple[float, FloatArray, float]:
    """Climb to where likelihood times priors is highest: bands by expectation and maximisation, the rest by Newton.

    Dempster, A. P., Laird, N. M. and Rubin, D. B. (1977), JRSS B 39: 1-38, each part in turn (ECM); every step is a
    few sums over places.
    """
    walked = h.sum(axis=0) > 0
    shape, rates = USUAL_SHAPE, np.full(len(BANDS), USUAL_RATE)
    by_place, by_band = s.sum(axis=1), s.sum(axis=0)
    for _ in range(_MOST_STEPS):
        hours = ((shape + by_place) / (shape + h @ rates)) @ h  # as if every place were an ordinary one
        middle = _middle(rates[walked])
        moved = np.where(walked, (by_band + _BAND_PULL) / (hours + _BAND_PULL / middle), middle)
        moved = moved * np.exp(_scale_step(shape, by_place, h @ moved, moved[walked] / middle))
        step = _shape_step(shape, by_place, h @ moved) if learn_shape else 0.0
        grown = float(np.clip(shape * np.exp(step), *_SHAPES))
        change = max(float(np.abs(np.log(moved / rates)).max()), abs(float(np.log(grown / shape))))
        rates, shape = moved, grown
        if change < _STILL:
            break
    middle = _middle(rates[walked])
    return middle, np.where(walked, rates, middle) / middle, shape


def _middle(rates: FloatArray) -> float:
    """Give the rate about which bands lie: the likeliest by the pulls alone, which is the root of a quadratic."""
    a, b, c = _RATE_PULL / USUAL_RATE, len(rates) * _BAND_PULL - _RATE_PULL, _BAND_PULL * float(rates.sum())
    return float((np.sqrt(b**2 + 4 * a * c) - b) / (2 * a))


def _scale_step(shape: float, found: FloatArray, means: FloatArray, factors: FloatArray) -> float:
    """Give the step of the log of all rates together, by Fisher's scoring: alone, the climb would creep along it."""
    known = shape / (shape + means)
    slope = float((known * (found - means)).sum()) + _BAND_PULL * float((1 - factors).sum())
    return float(
        np.clip(slope / (float((known * means).sum()) + _BAND_PULL * float(factors.sum()) + _RATE_PULL), -1, 1)
    )


def _shape_step(shape: float, found: FloatArray, means: FloatArray) -> float:
    """Give Newton's step of the log of the shape, no longer than `_LONGEST_STEP`."""
    away = np.log(shape / USUAL_SHAPE) / _LOG_SD**2
    slopes = (
        digamma(shape + found) - digamma(shape) + np.log(shape / (shape + means)) + (means - found) / (shape + means)
    )
    bends = (
        polygamma(1, shape + found)
        - polygamma(1, shape)
        + means / (shape * (shape + means))
        - (means - found) / (shape + means) ** 2
    )
    slope = shape * float(slopes.sum()) - away
    bend = slope + away + shape**2 * float(bends.sum()) - 1 / _LOG_SD**2
    step = -slope / bend if bend < 0 else np.sign(slope) * _LONGEST_STEP
    return float(np.clip(step, -_LONGEST_STEP, _LONGEST_STEP))


def _prior(rate: float, factors: FloatArray, shape: float, s: FloatArray, h: FloatArray, *, learnt: bool) -> RatePrior:
    """Scale the bands so that the mix of hours walked has a factor of 1, and say how sure the means are."""
    walked = h.sum(axis=0)
    scale = float(factors @ walked / walked.sum()) if walked.sum() > 0 else 1.0
    rate, factors = rate * scale, factors / scale
    means = rate * factors * h
    each = means.sum(axis=1)
    return RatePrior(
        rate=rate,
        rate_cv2=1 / (_RATE_PULL + float((each * shape / (shape + each)).sum())),
        band_factors=factors,
        band_cv2=1 / (_BAND_PULL + means.sum(axis=0)),
        shape=shape,
        band_shape=_learn_band_shape(s, means, shape) if learnt else USUAL_BAND_SHAPE,
        learnt=learnt,
    )


def others_tell(shape: float, band_shape: float, found: FloatArray, means: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Say what is expected of each band of a place from its other bands.

    Parameters
    ----------
    shape, band_shape
        Of the prior.
    found, means
        People found, and people that the district's rates would have expected, shape (n, 3).

    Returns
    -------
    tuple of numpy.ndarray
        The mean factor of the place in that band, and the shape of a gamma variable about it; shape (n, 3).
    """
    a = shape + found.sum(axis=1, keepdims=True) - found
    b = shape + means.sum(axis=1, keepdims=True) - means
    return a / b, 1 / (1 / a + (1 + 1 / a) / band_shape)


def _learn_band_shape(found: FloatArray, means: FloatArray, shape: float) -> float:
    seen = means > 0
    several = seen & (seen.sum(axis=1, keepdims=True) > 1)
    if int(several.any(axis=1).sum()) < LEAST_PLACES:
        return USUAL_BAND_SHAPE

    def minus_log(log_shape: float) -> float:
        mean, about = others_tell(shape, float(np.exp(log_shape)), found, means)
        told = log_negative_binomial(found[several], (mean * means)[several], about[several]).sum()
        return float(-told + (log_shape - np.log(USUAL_BAND_SHAPE)) ** 2 / (2 * _LOG_SD**2))

    low, high = np.log(_BAND_SHAPES)
    return float(np.exp(minimize_scalar(minus_log, bounds=(low, high), method="bounded").x))


def log_negative_binomial(found: FloatArray, mean: FloatArray, shape: FloatArray) -> FloatArray:
    """Give the log-likelihood of counts whose mean is a gamma variable, leaving out what depends on the count alone.

    Counts may be fractions.
    """
    rest = shape * np.log(shape / (shape + mean)) + found * np.log(mean / (shape + mean))
    return np.asarray(gammaln(shape + found) - gammaln(shape) + rest, dtype=np.float64)
