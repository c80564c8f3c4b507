"""Which visits answer a report: at its own square, next door, along its street, and where it could not be entered."""

import pytest

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.answers import would_answer
from geo.walkabouts.response import answered
from tests.geo.walkabouts.reported import BESIDE, FAR, HERE, report, visit

OPTIONS = WalkaboutOptions()
PASSING = {"square": BESIDE, "purpose": "passing"}
SHUT = visit(1, "2026-01-09 22:00", outcome="not accessible", walk=7)


def answer(asked, *visits):
    """The number of the visit that answers a report; 0 where none does."""
    found = answered([asked], visits, OPTIONS)[0].visit
    return found.number if found else 0


@pytest.mark.parametrize("outcome", ["found", "nobody"])
@pytest.mark.parametrize("purpose", ["report", "known", "exploration", "passing"])
def test_whoever_was_in_the_square_itself_answers_whatever_they_came_for_and_found(outcome, purpose) -> None:
    assert answer(report(), visit(1, outcome=outcome, purpose=purpose)) == 1


@pytest.mark.parametrize("purpose", ["intelligence", "known", "exploration", "passing"])
def test_nobody_next_door_seen_for_another_reason_leaves_the_clock_running(purpose) -> None:
    beside = {"square": BESIDE, "purpose": purpose}
    assert answer(report(), visit(1, **beside)) == 0
    assert answer(report(), visit(1, **beside), visit(2, "2026-01-10 06:00")) == 2
    assert not would_answer(report(), BESIDE, "", OPTIONS, sent=False)


def test_somebody_found_next_door_answers_and_so_does_a_stop_that_was_made_for_a_report() -> None:
    assert answer(report(), visit(1, outcome="found", **PASSING)) == 1
    assert answer(report(), visit(1, square=BESIDE, purpose="report")) == 1
    assert answer(report(), visit(1, square=FAR, outcome="found", purpose="report")) == 0
    assert would_answer(report(), BESIDE, "", OPTIONS)
    assert would_answer(report(), HERE, "", OPTIONS, sent=False)


@pytest.mark.parametrize(("located", "loose"), [("street", 1), ("postcode", 1), ("grid reference", 0), ("point", 0)])
def test_where_the_report_knew_its_place_roughly_nobody_next_door_answers(located, loose) -> None:
    asked = report(located=located)
    assert answer(asked, visit(1, **PASSING)) == loose
    assert would_answer(asked, BESIDE, "", OPTIONS, sent=False) is bool(loose)


@pytest.mark.parametrize(
    ("asked", "next_door"),
    [
        (report(), visit(2, "2026-01-09 22:10", square=BESIDE, purpose="report", walk=7)),
        (report(), visit(2, "2026-01-09 22:10", square=BESIDE, outcome="found", walk=7)),
        (report(), visit(2, "2026-01-09 21:50", square=BESIDE, outcome="found", walk=7)),  # before the gate was tried
        (report(located="postcode"), visit(2, "2026-01-09 22:10", walk=7, **PASSING)),
    ],
)
def test_where_the_place_itself_could_not_be_entered_nothing_next_door_answers_on_that_walk(asked, next_door) -> None:
    assert answer(asked, SHUT, next_door) == 0
    assert answer(asked, next_door) == 2
    assert answer(asked, SHUT, next_door, visit(3, "2026-01-09 23:00", walk=7)) == 3  # the gate was open at last
    other_walk = visit(4, "2026-01-10 06:00", square=BESIDE, purpose="report", walk=8)
    assert answer(asked, SHUT, next_door, other_walk) == 4


def test_outside_any_walk_the_visits_of_one_day_go_together() -> None:
    shut = visit(1, "2026-01-09 22:00", outcome="not accessible")
    same_night, next_day = (
        visit(2, moment, square=BESIDE, outcome="found") for moment in ("2026-01-10 00:30", "2026-01-10 09:00")
    )
    assert answer(report(), shut, same_night) == 0
    assert answer(report(), shut, next_day) == 2
