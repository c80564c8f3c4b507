"""The night of the official count is one of those that count, and everything before it has its date."""

from datetime import date, timedelta

import pytest

from geo.walkabouts.snapshot.night import DEFINITION, IN_SHORT, checklist, look_at_night, usable

LONG_BEFORE = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("night", "fits"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
        (date(2027, 1, 14), False),
    ],
)
def test_only_nights_from_the_first_of_october_to_the_last_of_november_count(night, fits):
    assert usable(look_at_night(night, today=LONG_BEFORE)) is fits


def test_six_weeks_ahead_is_enough_and_a_day_less_must_be_explained():
    night = date(2026, 11, 11)
    assert look_at_night(night, today=night - timedelta(weeks=6)) == ()
    notes = look_at_night(night, today=night - timedelta(days=41))
    assert [note.weight for note in notes] == ["think"]
    assert "5 weeks and 6 days" in notes[0].sentence


def test_a_night_that_is_over_cannot_be_planned():
    assert not usable(look_at_night(date(2026, 11, 11), today=date(2026, 11, 12)))


def test_the_night_on_which_the_clocks_go_back_is_told():
    for year, sunday in [(2024, 27), (2025, 26), (2026, 25), (2027, 31)]:
        told = [note.sentence for note in look_at_night(date(year, 10, sunday - 1), today=date(year, 1, 1))]
        assert any("clocks" in sentence for sentence in told)
        assert not any(
            "clocks" in note.sentence for note in look_at_night(date(year, 10, sunday), today=date(year, 1, 1))
        )


def test_weekend_nights_and_the_council_s_own_days_want_a_reason():
    friday = date(2026, 11, 6)
    assert "Friday" in look_at_night(friday, today=LONG_BEFORE)[0].sentence
    match_day = date(2026, 11, 11)
    notes = look_at_night(match_day, today=LONG_BEFORE, closed=((match_day, match_day),))
    assert [note.weight for note in notes] == ["think"]


def test_a_night_at_an_edge_is_told_on_which_day_it_is_counted():
    last = date(2026, 11, 30)
    (note,) = look_at_night(last, today=LONG_BEFORE)
    assert note.weight == "think"
    assert "counted from 00:30, so on 1 December" in note.sentence
    assert look_at_night(last, today=LONG_BEFORE, starts="23:00") == ()
    eve = look_at_night(date(2026, 9, 30), today=LONG_BEFORE)[0].sentence
    assert "outside 1 October to 30 November" in eve
    assert "counted from 00:30, so on 1 October" in eve
    assert "counted" not in look_at_night(date(2026, 9, 30), today=LONG_BEFORE, starts="23:00")[0].sentence


@pytest.mark.parametrize(
    ("starts", "usual"), [("00:30", True), ("22:00", True), ("05:00", True), ("05:01", False), ("14:00", False)]
)
def test_a_count_that_begins_when_people_are_up_wants_a_reason(starts, usual):
    notes = look_at_night(date(2026, 11, 11), today=LONG_BEFORE, starts=starts)
    assert [note.weight for note in notes] == ([] if usual else ["think"])
    assert usual or f"begin at {starts}" in notes[0].sentence


def test_the_list_begins_six_weeks_before_and_says_what_is_late():
    night = date(2026, 11, 11)
    tasks = checklist(night, today=date(2026, 10, 8))
    assert tasks[0].due == night - timedelta(weeks=6)
    assert [task.due for task in tasks] == sorted(task.due for task in tasks)
    assert {task.due for task in tasks if task.late} == {date(2026, 9, 30), date(2026, 10, 7)}
    assert any("independent partner" in task.what for task in tasks)


def test_the_definition_is_the_official_one_s_two_parts():
    assert "about to bed down" in DEFINITION
    assert "not designed for habitation" in DEFINITION
    for part in ("about to bed down", "open air", "not designed for habitation", "stairwells", "car parks"):
        assert part in IN_SHORT
