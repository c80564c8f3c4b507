"""The response clock: working days, the first visit that answers, nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.answers import would_answer
from geo.walkabouts.bands import LONDON
from geo.walkabouts.response import Count, answered, not_followed, open_reports, response_of
from geo.walkabouts.sightings import OUTCOMES
from geo.walkabouts.working_days import due_by
from tests.geo.walkabouts.reported import BESIDE, FAR, HERE, at, report, visit

OPTIONS = WalkaboutOptions()
# As gov.uk lists them for England and Wales; the library is not asked.
BANK_HOLIDAYS = {
    *(date(2024, *day) for day in ((1, 1), (3, 29), (4, 1), (5, 6), (5, 27), (8, 26), (12, 25), (12, 26))),
    *(date(2025, *day) for day in ((1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26))),
    *(date(2026, *day) for day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))),
    *(date(2027, *day) for day in ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28))),
}
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 10), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy sets the zone


def _due_day_by_hand(received, working_days):
    """Walk along the calendar, one day after the other."""
    day, left = received.astimezone(LONDON).date(), working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in BANK_HOLIDAYS
    return day


@settings(deadline=None, max_examples=300)
@given(received=MOMENTS, working_days=st.integers(1, 10))
def test_the_clock_agrees_with_a_calendar_gone_through_by_hand(received, working_days) -> None:
    due = due_by(received, working_days)
    assert due.date() == _due_day_by_hand(received, working_days)
    assert (due.hour, due.minute, due.second, due.tzinfo) == (23, 59, 59, LONDON)
    assert (due + timedelta(seconds=1)).astimezone(UTC).astimezone(LONDON).time().isoformat() == "00:00:00"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-09 00:00", "2026-01-12"),  # a Friday, from its first minute
        ("2026-01-09 23:59", "2026-01-12"),
        ("2026-01-10 12:00", "2026-01-12"),
        ("2026-01-11 23:59", "2026-01-12"),
        ("2026-01-12 00:00", "2026-01-13"),
        ("2026-05-01 09:00", "2026-05-05"),  # the Monday is a bank holiday
        ("2026-12-24 20:00", "2026-12-29"),  # Friday and Monday are
        ("2026-12-28 20:00", "2026-12-29"),  # received on one
    ],
)
def test_a_report_is_due_by_the_end_of_the_next_working_day(received, due) -> None:
    assert due_by(at(received), 1).date().isoformat() == due


def test_a_moment_without_a_zone_has_no_clock() -> None:
    with pytest.raises(BadInputError, match="no time zone"):
        due_by(datetime(2026, 1, 9, 12), 1)  # noqa: DTZ001 - that is what is refused


def test_the_first_visit_to_the_square_or_beside_it_stops_the_clock() -> None:
    visits = [visit(3, "2026-01-11 06:00"), visit(1, "2026-01-09 22:00", square=FAR), visit(2, square=BESIDE)]
    answer = answered([report()], visits, OPTIONS)[0]
    assert (answer.visit.number, answer.in_time, answer.found) == (2, True, False)
    exact = WalkaboutOptions(answers_within_m=0)
    assert answered([report()], visits, exact)[0].visit.number == 3


@pytest.mark.parametrize(
    "passed_over",
    [
        visit(outcome="not accessible"),
        visit(withdrawn=True),
        visit(superseded_by=2),
        visit(arrived="2026-01-09 20:59"),  # after the sighting, but nobody knew of it yet
        visit(square=FAR),
    ],
)
def test_a_visit_that_tells_nothing_of_the_report_answers_nothing(passed_over) -> None:
    asked = report(seen="2026-01-09 20:00")
    assert answered([asked], [passed_over], OPTIONS)[0].visit is None
    assert answered([asked], [passed_over, visit(9, "2026-01-09 21:00")], OPTIONS)[0].visit.number == 9


ALONG, ACROSS, BEYOND = "SU373455", "SU364464", "SU375455"  # 900 m and 1,100 m from HERE


@pytest.mark.parametrize(
    ("square", "street", "answers"),
    [
        (ALONG, "Bell Street", True),
        (ALONG, "BELL STREET", True),
        (ALONG, "Mill Lane", False),
        (ALONG, "", False),
        (ACROSS, "Bell Street", True),
        (BEYOND, "Bell Street", False),  # of the same name, in another town
        (BESIDE, "Mill Lane", True),
    ],
)
def test_a_report_given_by_its_street_is_answered_anywhere_on_that_street(square, street, answers) -> None:
    asked = report(street="Bell Street", located="street")
    here = visit(1, square=square, street=street)
    assert (answered([asked], [here], OPTIONS)[0].visit == here) is answers
    assert would_answer(asked, square, street, OPTIONS) is answers


def test_a_report_of_a_spot_is_not_answered_farther_along_its_street() -> None:
    spot, nameless = report(street="Bell Street"), report(located="street")
    far = visit(1, square=ALONG, street="Bell Street"), visit(2, square=ALONG)
    assert [one.visit for one in answered([spot, nameless], far, OPTIONS)] == [None, None]


def test_midnight_parts_a_visit_in_time_from_a_late_one() -> None:
    answers = [
        answered([report()], [visit(1, moment)], OPTIONS)[0].in_time
        for moment in ("2026-01-12 23:59", "2026-01-13 00:00")
    ]
    assert answers == [True, False]


def test_reports_open_are_listed_with_the_overdue_ones_first() -> None:
    reports = [
        report(1, "2026-01-12 09:00"),
        report(2, "2026-01-08 09:00"),
        report(3, "2026-01-09 09:00", square=FAR),
        report(4, "2026-01-09 09:00", kind="intelligence"),
        report(5, "2026-01-09 09:00", square=""),
        report(6, "2026-01-20 09:00"),  # not yet known
    ]
    now = at("2026-01-12 12:00")
    found = open_reports(reports, [visit(1, "2026-01-13 06:00")], OPTIONS, now=now)
    assert [(one.report.number, one.overdue) for one in found] == [(2, True), (3, False), (1, False)]
    assert found[1].hours_left == pytest.approx(12, abs=0.001)
    assert [one.number for one in not_followed(reports, now=now)] == [5]


@pytest.mark.parametrize(("received", "hours"), [("2026-03-28 23:00", 48), ("2026-10-24 23:00", 50)])
def test_hours_left_count_what_passes_and_not_the_49_that_the_wall_shows(received, hours) -> None:
    # Both are Saturdays, and the clocks change in the night; the report is due by the end of Monday.
    found = open_reports([report(received=received)], [], OPTIONS, now=at(received))[0]
    assert found.hours_left == pytest.approx(hours, abs=0.001)


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    came = report(seen="2026-10-25 00:10", received="2026-10-25 01:45")  # the first time round
    early, late = visit(1, "2026-10-25 01:30"), visit(2, "2026-10-25 01:30")
    early, late = (type(one)(**{**vars(one), "arrived": moment}) for one, moment in ((early, first), (late, second)))
    assert answered([came], [early, late], OPTIONS)[0].visit.number == 2


def test_a_quarter_adds_up_by_reports_and_by_people() -> None:
    reports = [
        report(1, "2026-01-09 21:00", people=2),  # found in time
        report(2, "2026-01-12 21:00", square=FAR, people=3),  # nobody there, late
        report(3, "2026-03-30 09:00", square="SU370455"),  # waiting
        report(4, "2026-02-02 09:00", square="SU374455", people=4),  # overdue
        report(5, "2026-02-02 09:00", square=""),
        report(6, "2026-02-02 09:00", kind="intelligence", people=9),
        report(7, "2025-12-31 23:59"),  # the quarter before
        report(8, "2026-02-02 09:00", people=9, withdrawn=True),
    ]
    visits = [visit(1, outcome="found"), visit(2, "2026-01-20 06:00", square=FAR)]
    told = response_of(
        reports, visits, OPTIONS, first=date(2026, 1, 1), last=date(2026, 3, 31), now=at("2026-03-31 12:00")
    )
    assert (told.reported, told.in_time, told.late) == (Count(5, 11), Count(1, 2), Count(1, 3))
    assert (told.waiting, told.overdue, told.not_followed) == (Count(1, 1), Count(1, 4), Count(1, 1))
    assert (told.found, told.nobody) == (Count(1, 2), Count(1, 3))


SQUARES = (HERE, BESIDE, FAR, BEYOND, "")
STREETS = ("Bell Street", "Mill Lane", "")
MINUTES = st.integers(0, 20_000)
ASKED = st.tuples(
    MINUTES, st.sampled_from(SQUARES), st.integers(1, 5), st.sampled_from(STREETS), st.sampled_from(["street", "point"])
)
WALKED = st.tuples(
    MINUTES,
    st.sampled_from(SQUARES[:4]),
    st.sampled_from(OUTCOMES),
    st.sampled_from(STREETS),
    st.sampled_from(["report", "passing"]),
    st.integers(1, 3),
)


def _answers(one, asked, visits):
    """Say by the rule, word for word, whether a visit answers a report."""
    if one.outcome == "not accessible" or one.arrived.astimezone(UTC) < asked.received.astimezone(UTC):
        return False
    shut = any(
        (each.square, each.outcome) == (asked.square, "not accessible") for each in visits if each.walk == one.walk
    )
    if shut and one.square != asked.square:
        return False
    sent = one.purpose == "report" or one.outcome == "found"
    return would_answer(asked, one.square, one.street, OPTIONS, sent=sent)


@settings(deadline=None, max_examples=60)
@given(asked=st.lists(ASKED, max_size=8), walked=st.lists(WALKED, max_size=8), now=MINUTES)
def test_nobody_vanishes_and_every_answer_is_the_first_that_a_plain_search_finds(asked, walked, now) -> None:
    start = datetime(2026, 10, 20, 12, tzinfo=LONDON).astimezone(UTC)

    def moment(minutes):
        return (start + timedelta(minutes=minutes)).astimezone(LONDON)

    reports = [
        type(one)(**{**vars(one), "received": moment(minutes)})
        for number, (minutes, square, people, street, located) in enumerate(asked, 1)
        for one in [report(number, square=square, people=people, street=street, located=located)]
    ]
    visits = [
        type(one)(**{**vars(one), "arrived": moment(minutes)})
        for number, (minutes, square, outcome, street, purpose, walk) in enumerate(walked, 1)
        for one in [visit(number, square=square, outcome=outcome, street=street, purpose=purpose, walk=walk)]
    ]
    for answer in answered(reports, visits, OPTIONS):
        fit = [one for one in visits if _answers(one, answer.report, visits)]
        first = min(fit, key=lambda one: (one.arrived.astimezone(UTC), one.number), default=None)
        assert answer.visit == first
    told = response_of(reports, visits, OPTIONS, first=date(2026, 10, 1), last=date(2026, 12, 31), now=moment(now))
    parts = (told.in_time, told.late, told.waiting, told.overdue, told.not_followed)
    assert sum(one.reports for one in parts) == told.reported.reports
    assert sum(one.people for one in parts) == told.reported.people
    assert told.found.people + told.nobody.people == told.in_time.people + told.late.people
    opened = open_reports(reports, visits, OPTIONS, now=moment(now))
    assert len(opened) == told.waiting.reports + told.overdue.reports
