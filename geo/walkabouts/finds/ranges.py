"""Mix what a place's own visits say with what the district tells of any place: the rate, its range, the chance."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaincinv

from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.looks import FloatArray
from geo.walkabouts.finds.prior import RatePrior, others_tell

_LEAST: Final = 1e-12


@dataclass(frozen=True)
class RateRange:
    """Hold the rates of n places, as gamma variables.

    Attributes
    ----------
    rate
        Their means, people in an hour.
    shape
        How sure they are: the square of a mean over its variance.
    own_share
        Weight of the place's own visits, 0 to 1; the district has the rest.
    """

    rate: FloatArray
    shape: FloatArray
    own_share: FloatArray

    def limits(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Give the range that holds at least so much of the probability.

        Tails are equal, but where nobody or next to nobody was found (a shape of 1 or less) the range begins at 0: no
        visit can tell a place where somebody is found every other year from one where nobody ever sleeps.
        """
        scale, tail = self.rate / self.shape, (1 - level) / 2
        low = np.where(self.shape > 1, gammaincinv(self.shape, tail) * scale, 0.0)
        return low, gammaincinv(self.shape, 1 - tail) * scale

    def chance(self, hours: float, *, group: float) -> FloatArray:
        """Give the chance of meeting anybody in so many hours, where people are together in groups of so many."""
        met = hours * self.rate / self.shape / group
        return np.asarray(1 - (1 + met) ** -self.shape, dtype=np.float64)


def in_each_band(prior: RatePrior, found: FloatArray, hours: FloatArray) -> RateRange:
    """Mix, for each place and band; other bands of the place count as far as bands are alike.

    Parameters
    ----------
    prior
        Of the district.
    found, hours
        As `learn_prior` takes them, shape (n, 3).

    Notes
    -----
    Gamma(c + found, c / m + expected), where the district and the place's other bands expect m times the band's mean
    with shape c. What is not known of the band's mean widens the range as in `geo.evidence.shrinkage`: first order of
    Kass, R. E. and Steffey, D. (1989), JASA 84: 717-726. What is not known of the shapes is left out.
    """
    means = prior.rate * prior.band_factors * hours
    mean, shape = others_tell(prior.shape, prior.band_shape, found, means)
    return _mixed(shape, mean, found, means, prior.rate * prior.band_factors, prior.band_cv2 + prior.rate_cv2)


def over_all_bands(prior: RatePrior, found: FloatArray, hours: FloatArray) -> RateRange:
    """Mix, for each place over all bands, at the mix of hours that is walked in the district; shape (n,)."""
    means = (prior.rate * prior.band_factors * hours).sum(axis=1)
    ones = np.ones(len(means))
    return _mixed(prior.shape * ones, ones, found.sum(axis=1), means, prior.rate * ones, prior.rate_cv2 * ones)


def of_district(prior: RatePrior) -> RateRange:
    """Give the district's own mean over all bands, then in each band; shape (4,)."""
    cv2 = np.array([prior.rate_cv2, *(prior.rate_cv2 + prior.band_cv2)])
    return RateRange(prior.rate * np.array([1.0, *prior.band_factors]), 1 / cv2, np.ones(1 + len(BANDS)))


def _mixed(
    shape: FloatArray, mean: FloatArray, found: FloatArray, means: FloatArray, unit: FloatArray, cv2: FloatArray
) -> RateRange:
    own = means / (shape / mean + means)
    rate = np.maximum((shape + found) / (shape / mean + means), _LEAST) * unit
    return RateRange(rate, 1 / (1 / (shape + found) + (1 - own) ** 2 * cv2), own)
