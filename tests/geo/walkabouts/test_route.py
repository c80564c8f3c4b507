"""Routes against all orders tried one by one, and what a team that walks one relies on."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.walkabouts.routing.bound import bound_of, simple_bound
from geo.walkabouts.routing.exact import sets_of
from geo.walkabouts.routing.ground import ground_of
from geo.walkabouts.routing.result import Route
from geo.walkabouts.routing.route import plan_route
from geo.walkabouts.routing.search import search_of
from tests.geo.walkabouts.routes import ask, best_by_trying, plane, questions

MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENDLESS = {"over": lambda: False, "left": lambda: 60.0}


def _planned(question, **how) -> Route | None:
    try:
        return plan_route(question, **how)
    except BadInputError:
        return None


def _keeps_every_rule(route: Route) -> None:
    """Walk every walk again by hand."""
    question, seen = route.question, []
    for walk in route.walks:
        now, place = 0.0, question.start
        for stop, arrival in zip(walk.stops, walk.arrivals, strict=True):
            now += question.minutes[place, stop]
            assert arrival == pytest.approx(now)
            now, place = now + question.stop_minutes[stop], stop
        if walk.stops:
            now += question.minutes[place, question.end] if place != question.end else 0.0
        assert walk.total_minutes == pytest.approx(now, abs=1e-6)
        assert walk.total_minutes <= question.limit_minutes
        seen += walk.stops
    assert len(seen) == len(set(seen))
    assert not set(seen) & {question.start, question.end, *question.avoid}
    assert set(question.must) - {question.start, question.end} <= set(seen)
    assert len(route.walks) == question.teams
    assert route.prize == pytest.approx(question.prizes[seen].sum())
    told = {one.stop for one in route.skipped}
    assert not told & set(seen)
    assert told | set(seen) | {question.start, question.end} == set(range(len(question)))


@MANY
@given(questions())
def test_the_route_is_the_best_of_all_orders_and_the_shortest_of_those(question) -> None:
    found, best = _planned(question), best_by_trying(question)
    if found is None:
        direct = question.minutes[question.start, question.end]
        assert best is None or best[1] == 0 or direct > question.limit_minutes
        return
    _keeps_every_rule(found)
    assert found.prize == best[0]
    assert sum(walk.total_minutes for walk in found.walks) == pytest.approx(best[1])
    assert found.proven
    assert found.ended_by == "proof"


@pytest.mark.parametrize("seed", range(3))
def test_nine_stops_agree_with_all_orders_too(seed) -> None:
    question = plane(10, seed, stay=3.0)
    assert plan_route(question).prize == best_by_trying(question)[0]


@FEW
@given(questions(most_stops=7, shortest=True))
def test_the_search_finds_what_the_proof_finds_where_both_can_tell(question) -> None:
    ground, _ = ground_of(question)
    best = sets_of(ground).best_within() if len(ground) else None
    if best is None:
        return
    walks, finished = search_of(ground).run(
        ((),) * question.teams, seed=1, rounds=4, over=lambda: False, tell=lambda _number, _worth: None
    )
    assert finished
    got, most = (sum(ground.prizes[list(walk)].sum() for walk in found) for found in (walks, best))
    assert got == most
    assert all(ground.length(walk) <= ground.limit for walk in walks if walk)


@FEW
@given(questions(most_stops=7))
def test_no_route_is_worth_more_than_the_bounds(question) -> None:
    ground, _ = ground_of(question)
    best = sets_of(ground).best_within() if len(ground) else None
    if best is None:
        return
    prize = sum(ground.prizes[list(walk)].sum() for walk in best)
    assert simple_bound(ground) >= prize - 1e-6
    assert bound_of(ground, 0.0, **ENDLESS) >= prize


@pytest.mark.parametrize("seed", range(2))
def test_the_bound_comes_down_to_the_best_of_fifteen_stops(seed) -> None:
    ground, _ = ground_of(plane(16, seed, share=0.6))
    best = sets_of(ground).best_within()
    prize = float(sum(ground.prizes[list(walk)].sum() for walk in best))
    assert bound_of(ground, prize, **ENDLESS) == prize


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(18, 30), st.integers(1, 3), st.booleans())
def test_a_searched_route_never_takes_longer_than_its_minutes(seed, count, teams, one_way) -> None:
    question = plane(count, seed, share=0.4, stay=1.7, teams=teams, must=(3,) if seed % 2 else (), avoid=(4, 5))
    if one_way:
        extra = np.random.default_rng(seed).random((count, count)) * 9
        question = ask(question.minutes + extra, question.prizes, limit=question.limit_minutes, teams=teams)
    found = _planned(question, rounds=1, seconds=0.3)
    if found is not None:
        _keeps_every_rule(found)
        assert found.bound >= found.prize


def test_the_same_seed_gives_the_same_route_again() -> None:
    question = plane(40, 5, share=0.3, teams=2)
    one, other = (plan_route(question, seed=3, rounds=2, seconds=1.5) for _ in range(2))
    assert one.ended_by == other.ended_by == "rounds"
    assert one.walks == other.walks


@pytest.mark.parametrize("rounds", [1, 1_000])
def test_when_the_seconds_end_the_search_the_route_says_so(rounds) -> None:
    ticks = iter(range(10_000))
    found = plan_route(plane(40, 5), seconds=3, rounds=rounds, clock=lambda: float(next(ticks)))
    assert found.ended_by == "seconds"
    _keeps_every_rule(found)


def test_fifty_stops_are_told_with_how_much_more_is_possible() -> None:
    told = []
    found = plan_route(plane(50, 2), rounds=3, seconds=2, progress=lambda now: told.append(now.stage))
    assert told[0] == "searching"
    assert told[-2:] == ["proving", "done"]
    assert found.prize <= found.bound <= 1.05 * found.prize
    assert found.proven or found.sentence.startswith("The best route found; at most ")


@FEW
@given(questions(most_stops=5, most_teams=1, finite=True))
def test_a_team_or_a_minute_more_never_lowers_the_prize(question) -> None:
    found = _planned(question)
    if found is None:
        return
    more = {name: getattr(question, name) for name in ("start", "end", "must", "avoid")}
    minutes, prizes, stay = question.minutes, question.prizes, question.stop_minutes
    longer = plan_route(ask(minutes, prizes, limit=question.limit_minutes + 1, stay=stay, **more))
    wider = plan_route(ask(minutes, prizes, limit=question.limit_minutes, stay=stay, teams=2, **more))
    assert min(longer.prize, wider.prize) >= found.prize
