"""What is learnt from all places together: the prior against a direct search, the spread against known truths."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import nbinom

from geo.walkabouts.bands import BANDS
from geo.walkabouts.finds.looks import Looks, faded
from geo.walkabouts.finds.prior import (
    USUAL_BAND_SHAPE,
    USUAL_RATE,
    USUAL_SHAPE,
    learn_prior,
    log_negative_binomial,
    others_tell,
)
from geo.walkabouts.finds.rates import learn
from geo.walkabouts.finds.spread import STAY_HALF_WEEKS, USUAL_ALIKE, USUAL_SCATTER, Spread, find_spread, worth

FLAT = np.ones(3)


def counted(*, places=300, shape=0.5, rate=0.8, bands=(1.3, 0.5, 1.2), seed=1):
    rng = np.random.default_rng(seed)
    hours = rng.gamma(2.0, 1.0, (places, 3))
    factor = rng.gamma(shape, 1 / shape, (places, 1))
    return rng.poisson(rate * factor * np.array(bands) * hours).astype(float), hours


def looks_of(found, ages, *, hours=0.2):
    """A row a place: how many were found at each visit, and how many weeks ago."""
    places, each = found.shape
    size = places * each
    return Looks(
        places=places,
        square=np.repeat(np.arange(places), each),
        band=np.full(size, BANDS.index("evening")),
        hours=np.full(size, hours),
        found=found.ravel().astype(float),
        age_weeks=np.broadcast_to(ages, found.shape).ravel().astype(float),
    )


def test_the_likelihood_is_that_of_the_negative_binomial_up_to_what_the_count_alone_says():
    counts, mean, shape = np.arange(6.0), np.full(6, 1.7), np.full(6, 0.6)
    ours = log_negative_binomial(counts, mean, shape)
    theirs = nbinom.logpmf(counts, 0.6, 0.6 / (0.6 + 1.7))
    other = log_negative_binomial(counts, mean * 2, shape) - nbinom.logpmf(counts, 0.6, 0.6 / (0.6 + 3.4))
    assert (ours - theirs) == pytest.approx(other)


def test_rate_bands_and_shape_are_where_a_direct_search_finds_them():
    found, hours = counted(places=60)

    def minus_log(at):
        rate, bands, shape = np.exp(at[0]), np.exp(at[1:4]), np.exp(at[4])
        each = rate * (hours @ bands)
        told = log_negative_binomial(found.sum(axis=1), each, np.full(60, shape)).sum()
        told += (found * np.log(rate * bands * hours / each[:, None])).sum()  # how the finds fall on the bands
        pulls = 0.5 * (at[0] - rate / USUAL_RATE) + 2 * (at[1:4] - bands).sum()
        return -told - pulls + (at[4] - np.log(USUAL_SHAPE)) ** 2 / 2

    best = np.exp(minimize(minus_log, np.zeros(5), method="Powell", options={"xtol": 1e-8, "ftol": 1e-12}).x)
    prior = learn_prior(found, hours)
    assert prior.rate * prior.band_factors == pytest.approx(best[0] * best[1:4], rel=1e-3)
    assert prior.shape == pytest.approx(best[4], rel=1e-3)


def test_a_large_town_gives_back_what_it_was_made_with():
    prior = learn_prior(*counted(places=2_000))
    assert prior.learnt
    assert prior.rate * prior.band_factors == pytest.approx(0.8 * np.array([1.3, 0.5, 1.2]), rel=0.12)
    assert prior.shape == pytest.approx(0.5, rel=0.12)
    assert prior.band_shape > 15  # the bands of a place were made alike


def test_bands_of_a_place_that_differ_by_themselves_are_seen_to():
    rng = np.random.default_rng(2)
    hours = rng.gamma(2.0, 2.0, (600, 3))
    rates = rng.gamma(0.6, 1 / 0.6, (600, 1)) * rng.gamma(1.5, 1 / 1.5, (600, 3))
    assert 0.8 < learn_prior(rng.poisson(rates * hours).astype(float), hours).band_shape < 3


def test_a_place_visited_every_week_does_not_raise_what_is_expected_of_others():
    found, hours = counted(places=40, rate=0.3, seed=3)
    found[0], hours[0] = 400.0, 100.0
    assert learn_prior(found, hours).rate < 0.5 * found.sum() / hours.sum()


@pytest.mark.parametrize(("places", "finds"), [(9, 40), (50, 4)])
def test_with_too_few_places_or_finds_the_usual_shape_stands(places, finds):
    found, hours = np.zeros((places, 3)), np.ones((places, 3))
    found[: min(finds, places), 0] = finds / min(finds, places)
    prior = learn_prior(found, hours)
    assert (prior.learnt, prior.shape, prior.band_shape) == (False, USUAL_SHAPE, USUAL_BAND_SHAPE)


def test_the_other_bands_tell_of_one_and_its_own_finds_do_not():
    found, means = np.array([[5.0, 0.0, 0.0]]), np.array([[1.0, 1.0, 1.0]])
    mean, shape = others_tell(0.5, 4.0, found, means)
    assert mean[0] == pytest.approx([0.5 / 2.5, 5.5 / 2.5, 5.5 / 2.5])
    assert shape[0, 1] == pytest.approx(1 / (1 / 5.5 + (1 + 1 / 5.5) / 4))


def test_independent_counts_are_seen_to_be_independent():
    rng = np.random.default_rng(4)
    rates = rng.gamma(1.0, 1.0, (400, 1))
    spread = find_spread(looks_of(rng.poisson(rates, (400, 6)), np.arange(6.0)), FLAT)
    assert spread.scatter == pytest.approx(1, abs=0.08)
    assert spread.alike < 0.08


def test_people_in_pairs_are_seen_to_come_in_pairs():
    rng = np.random.default_rng(5)
    rates = rng.gamma(1.0, 1.0, (400, 1))
    spread = find_spread(looks_of(2 * rng.poisson(rates, (400, 6)), 40.0 * np.arange(6)), FLAT)
    assert spread.scatter == pytest.approx(2, abs=0.15)


def test_people_who_stay_are_seen_to_stay():
    rng = np.random.default_rng(6)
    ages, stays = np.arange(8.0), 0.5 ** (1 / STAY_HALF_WEEKS)
    mean = rng.gamma(1.0, 1.0, 500)
    here, weeks = rng.poisson(mean), []
    for _ in ages:
        weeks.append(here)
        here = rng.binomial(here, stays) + rng.poisson(mean * (1 - stays))
    spread = find_spread(looks_of(np.array(weeks).T, ages), FLAT)
    assert spread.alike > 0.85
    assert spread.scatter == pytest.approx(1, abs=0.15)


def test_without_a_place_seen_twice_the_usual_values_stand():
    spread = find_spread(looks_of(np.ones((20, 1)), np.zeros(1)), FLAT)
    assert (spread.scatter, spread.alike, spread.finds) == (USUAL_SCATTER, USUAL_ALIKE, 0.0)


def test_visits_on_one_day_share_what_they_tell_and_those_far_apart_do_not():
    spread = Spread(1.0, 1.0, 50.0)
    same = worth(looks_of(np.ones((1, 4)), np.zeros(4)), spread)
    apart = worth(looks_of(np.ones((1, 4)), 200.0 * np.arange(4)), spread)
    assert same == pytest.approx(np.full(4, 0.25))
    assert apart == pytest.approx(np.ones(4))


def test_the_sum_over_visits_near_in_time_is_that_over_all_pairs():
    ages = np.random.default_rng(7).uniform(0, 60, 25)
    near = faded(np.abs(ages[:, None] - ages[None, :]), half_life_weeks=STAY_HALF_WEEKS)
    got = worth(looks_of(np.ones((1, 25)), ages), Spread(2.0, 0.6, 50.0))
    assert got == pytest.approx(1 / (2 * (1 + 0.6 * (near.sum(axis=1) - 1))))


def test_weights_do_not_make_places_seem_more_alike_than_they_are():
    rng = np.random.default_rng(8)
    rates = rng.gamma(0.4, 1 / 0.4, (1_500, 1)) * 0.25
    ages = rng.uniform(0, 104, (1_500, 8))
    learnt = learn(looks_of(rng.poisson(rates, (1_500, 8)), ages), half_life_weeks=26)
    assert learnt.prior.shape == pytest.approx(0.4, rel=0.3)
