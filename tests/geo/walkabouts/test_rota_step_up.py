"""When reports ask for more walks."""

from datetime import date, timedelta

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.rota.ask import Walked
from geo.walkabouts.rota.step_up import step_up_due

RULES = WalkaboutOptions()
START = date(2026, 5, 1)


def days(*numbers):
    return tuple(START + timedelta(days=number) for number in numbers)


def due(reports, walks=(), *, after=0, options=RULES):
    return step_up_due(reports, walks, options, today=START + timedelta(days=after))


def test_one_report_fewer_than_the_threshold_asks_for_nothing() -> None:
    assert due(days(0, 1, 2, 3), after=3) is None
    assert due(days(0, 1, 2, 3, 3), after=3).reports == 5


def test_reports_of_the_future_and_of_five_weeks_ago_do_not_count() -> None:
    assert due(days(0, 1, 2, 3, 9), after=3) is None
    assert due(days(0, 1, 2, 3, 30), after=30) is None


def test_the_weeks_begin_on_the_day_on_which_it_was_enough_and_the_date_stays() -> None:
    came = days(0, 1, 2, 3, 4)
    found = [due(came, after=after) for after in (4, 10, 20)]
    assert {one.since for one in found} == {START + timedelta(days=4)}
    assert {one.by for one in found} == {START + timedelta(days=4 + 28)}


def test_a_walk_added_in_these_weeks_answers_it_and_an_ordinary_one_does_not() -> None:
    came = days(0, 1, 2, 3, 4)
    added = Walked(START + timedelta(days=15), "evening", stepped=True)
    assert due(came, (added,), after=10).walks == 0
    assert due(came, (Walked(added.day, "evening"),), after=10).walks == 1
    assert due(came, (Walked(START, "day", stepped=True),), after=10).walks == 1


def test_while_reports_stay_many_further_walks_become_due_each_so_many_weeks() -> None:
    came = days(*range(60))
    added = Walked(START + timedelta(days=15), "evening", stepped=True)
    assert due(came, (added,), after=20).walks == 0
    later = due(came, (added,), after=45)
    assert later.since == START + timedelta(days=4)
    assert later.by == START + timedelta(days=4 + 2 * 28)
    assert later.walks == 1


def test_with_less_than_a_week_left_the_next_weeks_are_meant() -> None:
    came = days(*range(40))
    assert due(came, after=27).by == START + timedelta(days=4 + 56)


def test_no_step_up_where_the_scenario_adds_no_walk() -> None:
    assert due(days(0, 1, 2, 3, 4), after=4, options=WalkaboutOptions(step_up_walks=0)) is None
