"""The feedback test: two years of walks over towns whose sleepers are known, with places drawn and without."""

from dataclasses import replace

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.feedback.feedback import rank_correlation, try_plan
from geo.walkabouts.feedback.town import TownAsked, make_town
from geo.walkabouts.feedback.trial import run_trial, told_trial

TOWNS = 3
OPTIONS = WalkaboutOptions()


@pytest.fixture(scope="module")
def trial():
    return run_trial(OPTIONS, years=2, towns=TOWNS)


def ends(runs):
    """The order of places in the last quarter, a town each."""
    return np.array([run.ranking[-13:].mean() for run in runs])


def test_with_places_drawn_the_order_of_places_comes_near_the_truth(trial):
    assert ends(trial.drawn).mean() > 0.33
    for run in trial.drawn:
        assert run.ranking[-13:].mean() > max(0.2, run.ranking[:13].mean() + 0.1)


def test_by_known_places_alone_it_does_not_in_any_town(trial):
    assert ends(trial.known).max() < 0.15
    assert (ends(trial.drawn) - ends(trial.known)).min() > 0.2


def test_with_places_drawn_every_place_keeps_being_seen_and_without_most_are_never_seen(trial):
    for drawn, known in zip(trial.drawn, trial.known, strict=True):
        assert drawn.never[-1] < 0.1
        assert known.never[-1] > 0.6
        assert drawn.seen[-1] > 2 * known.seen[-1]


def test_more_sleepers_lie_where_somebody_looks(trial):
    drawn, known = (np.mean([run.reached[52:] for run in runs]) for runs in (trial.drawn, trial.known))
    assert drawn > known + 0.05


def test_the_share_of_stops_drawn_is_the_one_asked_for(trial):
    assert [run.explored[-1] for run in trial.drawn] == pytest.approx([0.15] * TOWNS, abs=0.02)
    assert [run.explored[-1] for run in trial.known] == [0.0] * TOWNS


def test_ranges_hold_the_truth_about_as_often_as_they_promise_though_visits_follow_reports(trial):
    covered = np.mean([run.covered[26:] for run in trial.drawn])
    assert 0.85 < covered < 0.99


def test_were_the_share_of_exploration_lost_on_the_way_the_test_would_see_it():
    """Walks that draw nothing, though the options ask for it, fail what the tests above assert."""
    town = make_town(TownAsked(), weeks=104, seed=OPTIONS.seed * 1_000)
    lost = try_plan(town, OPTIONS.model_copy(update={"explore_share": 0.0}), stops=12, seed=1_000)
    assert not lost.ranking[-13:].mean() > 0.2
    assert not lost.never[-1] < 0.1


def test_the_same_seed_walks_the_same_two_years():
    town = make_town(TownAsked(places=30, people=6), weeks=20, seed=2)
    one, other = (try_plan(town, OPTIONS, stops=5, seed=3) for _ in range(2))
    assert one.ranking.tolist() == other.ranking.tolist()
    assert one.missed.tolist() == other.missed.tolist()


def test_a_town_has_as_many_sleepers_as_asked_for_before_and_after_the_change():
    town = make_town(TownAsked(stay_weeks=2), weeks=400, seed=4)
    assert town.expected.sum(axis=1) == pytest.approx(np.full(400, 25.0), rel=1e-6)
    assert town.present[:200].sum(axis=1).mean() == pytest.approx(25, rel=0.1)
    assert rank_correlation(town.expected[0], town.expected[-1]) < 0.95


def test_people_of_a_town_stay_as_long_as_asked_for():
    town = make_town(TownAsked(stay_weeks=6, changed_share=0), weeks=2_000, seed=5)
    place = int(town.expected[0].argmax())
    here = town.present[:, place] - town.present[:, place].mean()
    assert (here[1:] * here[:-1]).mean() / here.var() == pytest.approx(np.exp(-1 / 6), abs=0.06)


def test_reports_come_from_where_people_pass_and_not_only_from_where_they_sleep():
    town = make_town(TownAsked(), weeks=400, seed=6)
    assert town.reported.sum(axis=1).mean() == pytest.approx(2, rel=0.25)
    assert 0 < rank_correlation(town.reported.sum(axis=0), town.present.sum(axis=0)) < 0.95


def test_a_trial_without_exploration_or_of_no_length_is_refused():
    with pytest.raises(BadInputError, match="explore_share is 0"):
        run_trial(OPTIONS.model_copy(update={"explore_share": 0.0}), years=2, towns=1)
    for years, towns in ((0.1, 1), (11, 1), (2, 0), (2, 51)):
        with pytest.raises(BadInputError, match="were asked for; expected half a year"):
            run_trial(OPTIONS, years=years, towns=towns)


def test_what_came_of_it_is_told_with_its_span(trial):
    told = "\n".join(told_trial(trial))
    assert "With 15% of stops drawn at random against none" in told
    assert told.count(" against ") == 6
    flat = replace(trial, known=trial.drawn)
    assert flat.ends("ranking")[0] == flat.ends("ranking")[1]
