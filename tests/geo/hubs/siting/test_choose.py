"""Every question with every rule against all sets tried one by one, and the promises that a panel relies on."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from geo.errors import BadInputError
from geo.hubs.siting import sums
from geo.hubs.siting.choose import Choice, choose
from geo.hubs.siting.evaluate import evaluate
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import rules_of
from tests.geo.hubs.siting.questions import asks, best_by_trying, question, questions

SLOW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _answered(problem: SitingProblem) -> Choice | None:
    try:
        return choose(problem)
    except BadInputError:
        return None


@SLOW
@given(questions())
def test_the_answer_is_the_best_of_all_sets_and_proven(problem) -> None:
    found, best = _answered(problem), best_by_trying(problem)
    if found is None:
        nobody = problem.clients == 0 or not np.isfinite(problem.minutes[problem.need > 0]).any()
        assert nobody or best is None
        return
    assert found.value == pytest.approx(best)
    assert found.proven
    assert found.gap == 0
    assert rules_of(problem, hubs=len(found.chosen)).kept_by(found.chosen)


@FEW
@given(questions(asked=("cover", "average"), rules=False, limited=False))
def test_the_value_is_what_the_minutes_say_and_not_what_the_solver_says(problem) -> None:
    found = _answered(problem)
    assume(found is not None)
    nearest = np.minimum(problem.minutes[:, found.chosen].min(axis=1), problem.standing_minutes)
    if problem.question == "cover":
        assert found.value == problem.need[nearest <= 8.0].sum()
    else:
        assert found.value == pytest.approx((problem.need * np.where(np.isinf(nearest), 40.0, nearest)).sum())


@FEW
@given(questions(asked=("cover",), rules=False))
def test_one_more_hub_never_lowers_what_is_covered(problem) -> None:
    assume(problem.rules.hubs < len(problem.sites))
    fewer, more = _answered(problem), _answered(asks(problem, hubs=problem.rules.hubs + 1))
    assume(fewer is not None)
    assert more.value >= fewer.value - 1e-6


@FEW
@given(questions())
def test_a_site_that_must_be_kept_is_always_kept(problem) -> None:
    assume(problem.rules.must_keep)
    found = _answered(problem)
    assume(found is not None)
    assert set(problem.rules.must_keep) <= set(found.names)


def _towns(clients: int, sites: int, *, asked: str, hubs: int, seed: int) -> SitingProblem:
    rng = np.random.default_rng(seed)
    start, end = rng.random((clients, 2)) * 20, rng.random((sites, 2)) * 20
    away = np.hypot(start[:, None, 0] - end[None, :, 0], start[:, None, 1] - end[None, :, 1])
    return question(
        np.minimum(away, 20),
        asked=asked,
        need=rng.integers(1, 6, clients),
        hubs=hubs,
        within=4.0,
        towns=tuple(rng.choice(["N", "E", "S", "W", ""], sites)),
        points=end * 1000,
        prices=rng.integers(1, 9, sites),
    )


@pytest.mark.parametrize("asked", ["cover", "average", "worst"])
@pytest.mark.parametrize(
    "rules",
    [{}, {"one_per_town": True}, {"budget": 14.0}, {"spacing_m": 5_000.0}, {"budget": 16.0, "spacing_m": 3_000.0}],
)
def test_a_district_of_sixty_places_is_solved_as_by_trying_all_sets(asked, rules) -> None:
    for seed in range(3):
        problem = asks(_towns(60, 14, asked=asked, hubs=4, seed=seed), **rules)
        found = _answered(problem)
        best = best_by_trying(problem)
        assert (found is None) == (best is None)
        if found is not None:
            assert found.value == pytest.approx(best)
            assert found.proven


@pytest.mark.parametrize("asked", ["cover", "average"])
@pytest.mark.parametrize("rules", [{}, {"one_per_town": True}, {"budget": 14.0}, {"spacing_m": 5_000.0}])
@pytest.mark.parametrize("path", ["branching", "programme"])
def test_branching_and_the_programme_prove_the_same(monkeypatch, asked, rules, path) -> None:
    """Without a climb the bound is poor, so that either path has all the work to do."""
    monkeypatch.setattr(sums, "_ROUNDS", 1)
    monkeypatch.setattr(sums, "_STEPS_A_ROUND", 3)
    monkeypatch.setattr(sums, "_SHAKES", 0)
    monkeypatch.setattr(sums, "_BRANCHES_FIRST", 0 if path == "programme" else 10**6)
    for seed in range(4):
        problem = asks(_towns(40, 14, asked=asked, hubs=4, seed=seed), **rules)
        found = choose(problem)
        assert found.value == pytest.approx(best_by_trying(problem))
        assert found.proven


def test_the_first_answer_comes_before_the_proof_and_is_never_better() -> None:
    problem = _towns(200, 60, asked="average", hubs=5, seed=1)
    news = []
    found = choose(problem, progress=news.append)
    assert found.first_value >= found.value
    assert news[-1].stage == "done"
    assert news[-1].gap == 0
    assert all(one.bound <= one.value + 1e-6 for one in news)
    assert [one.value for one in news] == sorted((one.value for one in news), reverse=True)


def test_without_time_there_is_an_answer_with_its_gap_and_no_claim() -> None:
    found = choose(_towns(300, 100, asked="average", hubs=6, seed=2), limit_seconds=1e-9)
    assert not found.proven
    assert 0 < found.gap <= 1
    assert found.bound < found.value


def test_stop_ends_the_work_and_keeps_the_answer() -> None:
    found = choose(_towns(300, 100, asked="average", hubs=6, seed=2), stop=lambda: True)
    assert not found.proven
    assert len(found.chosen) == 6


def test_the_same_question_has_the_same_answer_every_time() -> None:
    problem = _towns(200, 60, asked="average", hubs=5, seed=3)
    assert choose(problem, seed=4).chosen.tolist() == choose(problem, seed=4).chosen.tolist()


def test_among_sites_that_reach_the_same_people_the_nearest_is_taken() -> None:
    problem = question([[9, 1, 5], [9, 1, 5]], hubs=1)
    assert choose(problem).names == ("B",)


def test_need_that_stands_within_reach_already_is_not_counted_as_new() -> None:
    problem = question([[2, 30], [30, 2]], need=[5, 4], standing=[1, 60], hubs=1)
    found = choose(problem)
    outcome = evaluate(problem, found.chosen)
    assert found.names == ("B",)
    assert (outcome.reached, outcome.newly_reached) == (9, 4)


def test_a_hub_that_can_see_three_sees_three() -> None:
    problem = question([[1, 30], [1, 30], [30, 1]], need=[2, 2, 1], capacity=[3, 3], hubs=1)
    assert choose(problem).value == 3
    assert choose(asks(problem, hubs=2)).value == 4
