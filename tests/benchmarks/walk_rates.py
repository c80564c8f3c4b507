"""Measure whether the ranges of the rates of finds hold the truth as often as they promise, and how long rates take.

python -m tests.benchmarks.walk_rates
"""

import time
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.looks import Looks
from geo.walkabouts.finds.prior import learn_prior
from geo.walkabouts.finds.ranges import in_each_band, over_all_bands
from geo.walkabouts.finds.rates import find_rates, learn
from tests.geo.walkabouts.visits import NOW, square, visit

TOWNS, WEEKS, LEVEL = 40, 104, 0.9
WANTED = np.array([1.3, 0.5, 1.0])  # people met in each band, against all
SHARES = np.array([0.25, 0.25, 0.5])  # of visits


@dataclass(frozen=True)
class Kind:
    """What a town is like; people are in groups of `group` and stay for `stay` weeks (0: drawn anew each time)."""

    places: int = 100
    visits: float = 8.0
    people: float = 0.5  # found in an hour
    shape: float = 0.3
    lumpy: bool = False
    band_shape: float = 0.0
    group: float = 1.0
    stay: float = 0.0


KINDS = {
    "Poisson, places as the model has them": Kind(),
    "Poisson, few places and visits": Kind(places=30, visits=3),
    "Poisson, many visits": Kind(visits=25),
    "Poisson, one place in seven busy and the others alike": Kind(lumpy=True),
    "Poisson, bands of a place unlike": Kind(band_shape=2),
    "in groups of 1.8": Kind(group=1.8),
    "people stay 2 weeks": Kind(stay=2),
    "people stay 6 weeks": Kind(stay=6),
    "people stay 26 weeks": Kind(stay=26),
    "stay 6 weeks, in groups of 1.5": Kind(stay=6, group=1.5),
    "stay 6 weeks, one place in seven busy": Kind(stay=6, lumpy=True),
    "stay 6 weeks, few places and visits": Kind(stay=6, places=30, visits=3),
    "stay 6 weeks, many visits": Kind(stay=6, visits=25),
    "stay 6 weeks, four times as many people": Kind(stay=6, people=2),
}


def main() -> None:
    """Print a line a kind of town, and the time of many visits."""
    print(f"ranges of {LEVEL:.0%}: share of places whose true mean rate they hold, {TOWNS} towns of each kind")
    for name, kind in KINDS.items():
        print(f"{name}: {told(measured(kind, np.random.default_rng(7)))}")
    time_rates()


def measured(kind: Kind, rng):
    """One row a town: coverage by band, over all bands, of busy places, had visits been independent; wrong names."""
    rows = []
    for _ in range(TOWNS):
        rates, looks = town(kind, rng)
        learnt = learn(looks, half_life_weeks=26)
        mixed = over_all_bands(learnt.prior, learnt.found, learnt.hours)
        truth = rates @ (np.bincount(looks.band, weights=looks.hours, minlength=3) / looks.hours.sum())
        low, high = mixed.limits(LEVEL)
        held = (low <= truth) & (truth <= high)
        busy = truth > 2 * truth.mean()
        named = low > learnt.prior.rate
        wrong = (truth[named] < truth.mean()).sum()
        banded = in_each_band(learnt.prior, learnt.found, learnt.hours).limits(LEVEL)
        by_band = ((banded[0] <= rates) & (rates <= banded[1])).mean()
        rows.append(
            (by_band, held.mean(), held[busy].mean() if busy.any() else np.nan, naive(looks, truth), named.sum(), wrong)
        )
    return *np.nanmean(rows, axis=0)[:4], int(np.sum(rows, axis=0)[4]), int(np.sum(rows, axis=0)[5])


def naive(looks: Looks, truth) -> float:
    """Coverage had every visit counted as an independent Poisson count, whatever its age: what most would do."""
    found, hours = looks.by_place(looks.found), looks.by_place(looks.hours)
    low, high = over_all_bands(learn_prior(found, hours), found, hours).limits(LEVEL)
    return float(((low <= truth) & (truth <= high)).mean())


def told(found) -> str:
    by_band, whole, busy, alone, named, wrong = found
    return (
        f"each band {by_band:.1%}, all bands {whole:.1%} (busiest places {busy:.0%}); "
        f"every visit taken as independent {alone:.1%}; {named} places called higher, {wrong} of them lower"
    )


def town(kind: Kind, rng):
    """Rates of each place by band, and the visits of two years."""
    base = means(kind, rng)
    unlike = rng.gamma(kind.band_shape, 1 / kind.band_shape, (kind.places, 3)) if kind.band_shape else 1.0
    rates = base[:, None] * WANTED * unlike
    many = rng.poisson(kind.visits * rng.gamma(0.7, 1 / 0.7, kind.places))
    place = np.repeat(np.arange(kind.places), many)
    band = rng.choice(3, len(place), p=SHARES)
    hours, ages = rng.uniform(5, 12, len(place)) / 60, rng.uniform(0, WEEKS, len(place))
    expected = rates[place, band] * hours
    found = (
        staying(kind, expected, place, ages, rng)
        if kind.stay
        else grouped(kind, rng.poisson(expected / kind.group), rng)
    )
    return rates, Looks(kind.places, place, band, hours, found.astype(float), ages)


def means(kind: Kind, rng):
    if not kind.lumpy:
        return kind.people * rng.gamma(kind.shape, 1 / kind.shape, kind.places)
    made = np.where(rng.random(kind.places) < 1 / 7, rng.uniform(1, 5, kind.places), 0.05)
    return kind.people * made / made.mean()


def grouped(kind: Kind, groups, rng):
    """People of so many groups."""
    return groups if kind.group == 1 else np.array([rng.geometric(1 / kind.group, many).sum() for many in groups])


def staying(kind: Kind, expected, place, ages, rng):
    """People come at random, stay for exponential times, and each who is there is met with a chance of at most 0.8."""
    found = np.zeros(len(place))
    for number in range(kind.places):
        visits = np.flatnonzero(place == number)
        if not len(visits):
            continue
        there = expected[visits].max() / 0.8  # groups' people there at one time
        span = WEEKS + 10 * kind.stay
        came = rng.uniform(0, span, rng.poisson(there / kind.group * span / kind.stay))
        left = came - rng.exponential(kind.stay, len(came))  # as weeks ago
        size = grouped(kind, np.ones(len(came), dtype=int), rng)
        here = (came[None, :] >= ages[visits, None]) & (left[None, :] <= ages[visits, None])
        chance = np.minimum(expected[visits] / max(there, 1e-12), 1)
        found[visits] = rng.binomial((here * size).sum(axis=1).astype(int), chance)
    return found


def time_rates() -> None:
    rng = np.random.default_rng(1)
    squares = [square(number) for number in range(2_000)]
    made = [
        visit(squares[rng.integers(2_000)], found=int(rng.poisson(0.1)), hour=int(rng.choice([5, 12, 21])), number=at)
        for at in range(10_000)
    ]
    late = [one for one in made if one.arrived < NOW - timedelta(hours=1)]
    start = time.perf_counter()
    find_rates(late, squares, WalkaboutOptions(), now=NOW)
    print(f"{len(late):,} visits to {len(squares):,} squares, {len(BANDS)} bands: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
