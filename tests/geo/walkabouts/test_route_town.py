"""A town whose routes are known by hand, and questions that are refused in a sentence."""

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.walkabouts.routing.route import plan_route
from tests.geo.walkabouts.routes import ask, plane

# Along one street, minutes from the office: office 0, bridge 5, park 10, quay 20, and the other way the mill, 8.
PLACES = ("the office", "the bridge", "the park", "the quay", "the mill")
WHERE = np.array([0.0, 5.0, 10.0, 20.0, -8.0])
STREET = np.abs(WHERE[:, None] - WHERE[None])
PRIZES = (0, 1, 2, 4, 2)


def _town(limit, **more):
    return ask(STREET, PRIZES, limit=limit, names=PLACES, **more)


def test_twenty_minutes_go_to_the_park_and_past_the_bridge() -> None:
    route = plan_route(_town(20))
    assert route.walks[0].stops == (1, 2)
    assert route.walks[0].arrivals == (5, 10)
    assert route.walks[0].total_minutes == 20
    assert route.prize == 3


def test_the_stay_at_each_stop_counts() -> None:
    route = plan_route(_town(20, stay=[9, 3, 3, 3, 3]))
    assert route.walks[0].stops == (4,)
    assert route.walks[0].total_minutes == 19


def test_a_walk_may_end_elsewhere() -> None:
    route = plan_route(_town(20, end=3))
    assert route.walks[0].stops == (1, 2)
    assert route.walks[0].total_minutes == 20


def test_what_is_left_out_has_its_reason() -> None:
    minutes = np.pad(STREET, (0, 1), constant_values=np.inf)
    question = ask(minutes, (*PRIZES[:2], 0, 4, 2, 9), limit=36, names=(*PLACES, "the island"), avoid=(1,))
    reasons = {one.stop: one for one in plan_route(question).skipped}
    assert {stop: one.why for stop, one in reasons.items()} == {
        1: "avoided",
        2: "no prize",
        3: "too far",
        5: "unreachable",
    }
    assert reasons[3].sentence(question) == "The quay takes 40 minutes even alone, and there are 36."
    assert reasons[5].sentence(question) == "The island has no way to it and on to the end."
    assert plan_route(_town(20)).skipped[-1].sentence(_town(20)).startswith("The mill could be visited, but ")


def test_a_report_that_must_be_visited_comes_before_what_is_worth_more() -> None:
    route = plan_route(_town(20, must=(4,)))
    assert route.walks[0].stops == (4,)
    assert route.prize == 2


def test_two_teams_share_the_street_out() -> None:
    route = plan_route(_town(40, teams=2))
    assert [walk.stops for walk in route.walks] == [(1, 2, 3), (4,)]
    assert route.prize == 9
    idle = plan_route(_town(20, teams=5)).walks[-1]
    assert (idle.stops, idle.total_minutes, idle.prize) == ((), 0.0, 0.0)


def test_a_one_way_town_is_walked_the_right_way_round() -> None:
    ring = np.array([[0, 1, 2, 3], [3, 0, 1, 2], [2, 3, 0, 1], [1, 2, 3, 0]])
    assert plan_route(ask(ring, [0, 1, 1, 1], limit=4)).walks[0].stops == (1, 2, 3)
    assert plan_route(ask(ring.T, [0, 1, 1, 1], limit=4)).walks[0].stops == (3, 2, 1)


def test_ties_go_to_the_shorter_walk_and_then_to_the_lower_numbers() -> None:
    away = np.array([[0, 5, 3, 3], [5, 0, 5, 5], [3, 5, 0, 5], [3, 5, 5, 0]])
    assert plan_route(ask(away, [0, 1, 1, 1], limit=10)).walks[0].stops == (2,)
    assert plan_route(ask(away, [0, 1, 1, 1], limit=11)).walks[0].stops == (2, 3)


def test_minutes_that_add_up_to_the_limit_in_tenths_fit() -> None:
    away = np.full((12, 12), 0.1)
    assert len(plan_route(ask(away, np.ones(12), limit=1.2)).walks[0].stops) == 11
    assert len(plan_route(ask(away, np.ones(12), limit=1.19)).walks[0].stops) == 10


def _refused(question, **how) -> str:
    with pytest.raises(BadInputError) as refused:
        plan_route(question, **how)
    return str(refused.value)


def test_stops_that_must_be_visited_and_cannot_be_are_named_with_their_minutes() -> None:
    told = _refused(_town(36, must=(3, 4)))
    assert "The quay takes 40 minutes even alone, and there are 36." in told
    together = _refused(_town(20, must=(2, 4)))
    assert "2 stops that must be visited do not fit into 20 minutes for one team" in together
    assert "takes 36." in together
    assert plan_route(_town(36, must=(2, 4))).prize == 5


def test_stops_that_no_walk_joins_are_not_promised_any_minutes() -> None:
    fork = np.array([[0, 1, 1], [1, 0, np.inf], [1, np.inf, 0]])
    told = _refused(ask(fork, [0, 1, 1], limit=30, must=(1, 2)))
    assert "cannot all be visited by one team: no walk over all of them was found" in told
    assert plan_route(ask(fork, [0, 1, 1], limit=30, must=(1, 2), teams=2)).prize == 2


@pytest.mark.parametrize("many", [9, 22])
def test_the_minutes_that_would_do_do(many) -> None:
    must = tuple(range(1, many + 1))
    town = plane(30, 4)
    furthest = 2 * town.minutes[0, 1 : many + 1].max()
    question = ask(town.minutes, town.prizes, limit=furthest, must=must, teams=2)
    told = _refused(question)
    assert f"{many} stops that must be visited do not fit" in told
    minutes = float(told.split("takes ")[1].split(".")[0])
    assert minutes > question.limit_minutes
    enough = ask(question.minutes, question.prizes, limit=minutes, must=must, teams=2)
    assert set(must) <= {stop for walk in plan_route(enough, rounds=1, seconds=1).walks for stop in walk.stops}


ISLAND = np.where(np.eye(5, dtype=bool) | (np.arange(5) > 0)[:, None] & (np.arange(5) > 0), STREET, np.inf)
HOLED = np.where(np.eye(5, k=1) == 1, np.nan, STREET)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (_town(9), "No stop can be visited within 9 minutes: the quickest takes 10"),
        (_town(0), "No stop can be visited within 0 minutes"),
        (_town(-5), "The limit is -5 minutes"),
        (_town(np.nan), "The limit is nan minutes"),
        (_town(20, end=3, start=4), "takes 28 minutes, and there are 20"),
        (ask(ISLAND, PRIZES, limit=60, names=PLACES), "The start (the office) has no way to any stop"),
        (ask(ISLAND, PRIZES, limit=60, end=1), "There is no way from the start (stop 0) to the end (stop 1)"),
        (ask(HOLED, PRIZES, limit=60), "Minutes between places hold 4 values below 0"),
        (ask(-STREET, PRIZES, limit=60), "Minutes between places hold 20 values below 0"),
        (ask(STREET, (0, 1, -2, 4, np.inf), limit=60), "Prizes hold 2 values below 0"),
        (ask(STREET, PRIZES, limit=60, stay=[0, np.nan, 0, 0, 0]), "Minutes at stops hold 1 values below 0"),
        (ask(STREET[:3], PRIZES, limit=60), "minutes of shape (3, 5)"),
        (_town(60, must=(7,)), "'must' names place 7; expected 0 to 4"),
        (_town(60, must=(2,), avoid=(2,)), "The park must be visited and must be avoided"),
        (_town(60, avoid=(1, 2, 3, 4)), "There is no stop to visit"),
        (_town(60, teams=0), "0 teams were asked for"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(question, sentence) -> None:
    assert sentence in _refused(question)
