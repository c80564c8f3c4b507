"""Rotas against every choice tried one by one, and the rules that a team relies on."""

import ctypes
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.walkabouts.bands import BANDS
from geo.walkabouts.rota.agencies import WalkAgency
from geo.walkabouts.rota.ask import Walked
from geo.walkabouts.rota.plan import plan_rota
from geo.walkabouts.rota.tables import content_of, coverage_grid, coverage_table, rota_from, rota_table
from tests.geo.walkabouts.rotas import (
    ALL,
    DAY,
    OUTREACH,
    POLICE,
    QUARTER,
    TODAY,
    YEAR,
    agencies,
    alike,
    ask,
    best_by_trying,
    lacks,
    open_days,
    questions,
    worth,
)

SOME = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _pairs(rota):
    return [(walk.day, walk.band) for walk in rota.walks]


def _regular(rota):
    return [walk.day for walk in rota.walks if walk.reason != "stepped up"]


def _quarters(asked):
    """List the quarters touched: first day, first day after, how many walks they ask for by the end of the rota."""
    found, first = [], date(asked.start.year - 1, asked.first_month, 1)
    while first <= asked.last:
        months = [(first.month - 1 + later) % 12 + 1 for later in range(3)]
        after = date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
        options = asked.options
        thirds = sum(
            options.summer_walks_a_quarter if month in options.summer_months else options.walks_a_quarter
            for month in months
        )
        full = max(-(-thirds // 3), options.walks_a_quarter)
        inside = (min(asked.last, after - DAY) - first).days + 1
        if after > asked.start:
            found.append((first, after, -(-full * inside // (after - first).days)))
        first = after
    return found


@SOME
@given(questions())
def test_every_rota_keeps_every_rule_or_says_which_it_does_not(asked) -> None:
    rota, may = plan_rota(asked), set(open_days(asked))
    days = [walk.day for walk in rota.walks]
    assert days == sorted(set(days))
    assert set(days) <= may
    assert [walk.number for walk in rota.walks] == list(range(1, len(days) + 1))
    for walk in rota.walks:
        assert set(walk.agencies) == {one.name for one in asked.agencies if one.can_walk(walk.day, walk.band)}
        assert len(walk.unmet) == lacks(asked, walk.day, walk.band)
        assert walk.explore_share == asked.options.explore_share
    short = False
    for first, after, asked_for in _quarters(asked):
        held = sum(first <= one.day < min(after, asked.start) and not one.stepped for one in asked.before)
        planned = sum(first <= day < after for day in _regular(rota))
        wanted = max(asked_for - held, 0)
        assert planned == min(wanted, sum(first <= day < after for day in may))
        short |= planned < wanted
    broken = short or any(walk.unmet for walk in rota.walks) or alike(asked, _pairs(rota))
    assert not (broken and not rota.unmet)
    further = [walk.day for walk in rota.walks if walk.reason == "stepped up"]
    if further:
        assert rota.step_up is not None
        assert len(further) <= rota.step_up.walks
        assert max(further) <= rota.step_up.by
    assert plan_rota(asked) == rota
    assert rota_from(content_of(rota)) == rota


@MANY
@given(agencies, st.integers(0, 999), st.integers(2, 3))
def test_no_choice_of_days_and_bands_is_better_than_the_rota(some, seed, count) -> None:
    span = date(2026, 6, 22), date(2026, 6, 30)  # nine days of a quarter of which nothing was held
    asked = ask(
        span,
        some,
        seed=seed,
        today=date(2026, 6, 21),
        walks_a_quarter=count,
        summer_walks_a_quarter=count,
        summer_months=(),
        closed=("2026-06-24", "2026-06-27..2026-06-28"),
        before=(Walked(date(2026, 3, 3), "evening"),),
    )
    rota = plan_rota(asked)
    assert len(rota.walks) == count
    assert rota.proved
    assert worth(asked, _pairs(rota)) == best_by_trying(asked, count)


def test_a_year_uses_every_band_as_often_and_no_day_of_the_week_twice_before_each_was_used_once() -> None:
    both = WalkAgency("Outreach and police", ("support", "enforcement"), 3)
    table = coverage_table(plan_rota(ask(YEAR, (both,), walks_a_quarter=3, summer_walks_a_quarter=3)))
    assert table.groupby("band")["planned"].sum().to_dict() == dict.fromkeys(BANDS, 4)
    assert set(table.groupby("weekday")["planned"].sum()) == {1, 2}
    assert table["planned"].max() == 1


def test_the_year_has_more_walks_in_summer_and_as_many_as_its_quarters_ask_for_alone() -> None:
    year = plan_rota(ask(YEAR))
    assert len(year.walks) == 6
    assert sum(date(2026, 6, 1) <= walk.day <= date(2026, 8, 31) for walk in year.walks) >= 2
    assert len(plan_rota(ask(QUARTER)).walks) == sum(walk.day <= QUARTER[1] for walk in year.walks) == 2
    assert year.unmet == ()
    gaps = [(b.day - a.day).days for a, b in zip(year.walks, year.walks[1:], strict=False)]
    assert min(gaps) >= 14


def test_walks_held_count_and_what_was_walked_least_comes_next() -> None:
    held = tuple(Walked(date(2025, 4, 8) + number * 40 * DAY, "evening") for number in range(8))
    one = ask(before=held, walks_a_quarter=1, summer_months=())
    assert {plan_rota(replace(one, seed=seed)).walks[0].band for seed in range(6)} == {"early morning", "day"}
    later = ask(before=(Walked(date(2026, 4, 14), "day"),), today=date(2026, 4, 20), summer_months=())
    assert plan_rota(later).walks == ()
    assert "1 held or planned before" in plan_rota(later).asked[0]


def test_another_seed_draws_another_rota_and_a_walk_keeps_its_seed_by_its_day() -> None:
    first = {tuple(_pairs(plan_rota(ask(seed=seed)))) for seed in range(5)}
    assert len(first) >= 4
    rota = plan_rota(ask(YEAR, seed=3))
    assert len({walk.seed for walk in rota.walks}) == len(rota.walks)


def test_nobody_can_be_told_apart_by_an_hour_where_the_police_come_on_one_evening_only() -> None:
    police = replace(POLICE, weekdays=("Tue",), bands=("evening",))
    rota = plan_rota(ask(agencies=(OUTREACH, police)))
    assert _pairs(rota)
    assert {(walk.weekday, walk.band) for walk in rota.walks} == {("Tue", "evening")}
    assert "No agency with enforcement can walk in any early morning." in rota.unmet
    assert "Walk 1 and walk 2 are in the evening, one after another." in rota.unmet
    assert not any(walk.unmet for walk in rota.walks)


def test_without_agencies_the_days_are_planned_and_the_rota_says_that_nobody_walks() -> None:
    rota = plan_rota(ask(agencies=()))
    assert len(rota.walks) == 2
    assert rota.unmet[0].startswith("No agency is recorded yet")
    assert all("no agency with support can walk" in walk.unmet for walk in rota.walks)


def test_too_few_people_is_told_even_where_each_power_is_there() -> None:
    alone = WalkAgency("Wardens", ("support", "enforcement"), 1)
    rota = plan_rota(ask(agencies=(alone,)))
    assert rota.walks[0].unmet == ("1 person can walk, 2 are needed",)
    assert "There are never 2 people who can walk in the day." in rota.unmet


def test_a_quarter_that_is_closed_says_that_its_walks_have_no_day() -> None:
    rota = plan_rota(ask(closed=("2026-04-01..2026-06-30",)))
    assert rota.walks == ()
    assert "April to June 2026: 2 walks have no day; days on which one may be held: none." in rota.unmet


def test_a_rota_of_the_last_two_days_of_a_quarter_still_has_its_walks() -> None:
    rota = plan_rota(ask(today=date(2026, 6, 28)))
    assert [walk.day for walk in rota.walks] == [date(2026, 6, 29), date(2026, 6, 30)]


def test_bank_holidays_are_days_like_any_other_and_are_marked() -> None:
    rota = plan_rota(ask((date(2026, 5, 25), date(2026, 5, 25)), today=date(2026, 5, 24)))
    assert [walk.notes for walk in rota.walks] == [("bank holiday: Spring Bank Holiday",)]


def test_what_is_covered_is_told_in_words_before_and_planned_apart() -> None:
    grid = coverage_grid(plan_rota(ask(QUARTER)))
    cells = {cell for row in grid.drop(columns="Day of the week").to_numpy().tolist() for cell in row}
    assert "1 planned" in cells
    assert "none" in cells
    assert not any("+" in cell for cell in cells)


def test_the_walk_after_the_span_is_a_neighbour_too() -> None:
    span = date(2026, 6, 30), date(2026, 6, 30)
    asked = ask(span, today=date(2026, 6, 29), after=Walked(date(2026, 7, 7), "day"), walks_a_quarter=1)
    walk = plan_rota(asked).walks[0]
    assert walk.band != "day"
    assert "Walk 1 and the walk after the rota are on a Tuesday, one after another." in plan_rota(asked).unmet


def test_a_walk_in_the_night_when_the_clocks_change_lasts_as_long_as_any() -> None:
    span = date(2026, 10, 24), date(2026, 10, 24)
    asked = ask(
        span,
        today=date(2026, 10, 23),
        evening_starts="23:30",
        walk_minutes=180,
        agencies=(replace(OUTREACH, bands=("evening",)),),
    )
    walk = plan_rota(asked).walks[0]
    assert walk.band == "evening"
    assert walk.ends.timestamp() - walk.begins.timestamp() == 3 * 3600
    assert f"{walk.begins:%H:%M} to {walk.ends:%H:%M}" == "23:30 to 01:30"  # the clocks went back at two


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ((date(2026, 6, 30), date(2026, 4, 1)), "before it begins"),
        ((date(2026, 1, 1), date(2026, 3, 20)), "a rota plans days after today"),
        ((date(2026, 4, 1), date(2028, 4, 1)), "at most 400 days"),
    ],
)
def test_a_span_that_cannot_be_planned_is_refused_in_a_sentence(span, said) -> None:
    with pytest.raises(BadInputError, match=said):
        plan_rota(ask(span))


def test_reports_above_the_threshold_add_a_walk_within_their_weeks() -> None:
    came = tuple(TODAY - number * DAY for number in range(6))
    asked = ask(reports=came, today=TODAY, step_up_walks=2)
    span = (TODAY + DAY, QUARTER[1])
    rota = plan_rota(replace(asked, first=span[0], last=span[1]))
    further = [walk for walk in rota.walks if walk.reason == "stepped up"]
    assert len(further) == 2
    assert all(walk.day <= rota.step_up.by for walk in further)
    assert rota.notes[0].startswith("6 reports came in the last 4 weeks; from 5 on walks are stepped up: 2 walks more")
    assert len(rota.walks) - 2 == len(plan_rota(replace(asked, first=span[0], last=span[1], reports=())).walks)


def test_the_table_holds_times_as_they_are_on_the_wall() -> None:
    table = rota_table(plan_rota(ask(agencies=ALL)))
    assert set(zip(table["band"], table["begins"], strict=True)) <= {
        ("early morning", "05:30"),
        ("day", "11:00"),
        ("evening", "20:30"),
    }
    assert rota_table(plan_rota(ask(closed=("2026-04-01..2026-06-30",)))).empty


@pytest.mark.skipif(sys.platform == "win32", reason="flushes the C library's own buffer, by its POSIX name")
def test_the_solver_writes_nothing_on_the_screen(capfd):
    """For this question HiGHS as SciPy carries it writes eight lines of its own."""
    both, early = ("support", "enforcement"), ("early morning", "day")
    agencies = (
        WalkAgency("A0", ("support",), people=2, weekdays=("Mon", "Thu", "Fri", "Sun"), bands=early),
        WalkAgency("A1", both, people=3, weekdays=("Tue", "Wed", "Thu", "Fri"), bands=("early morning", "evening")),
    )
    asked = ask(
        (date(2026, 9, 4), date(2027, 9, 3)),
        agencies,
        seed=158,
        today=date(2026, 8, 24),
        before=(Walked(date(2026, 4, 15), "evening"),),
        after=Walked(date(2027, 9, 6), "early morning"),
        reports=tuple(date(2026, 8, day) for day in (1, 10, 11, 18, 19, 23)),
        first_month=4,
        weekdays=("Mon", "Wed", "Thu", "Fri", "Sun"),
        closed=("2026-12-20..2027-01-05",),
        walks_a_quarter=2,
        summer_walks_a_quarter=4,
    )
    assert plan_rota(asked).walks
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr() == ("", "")
