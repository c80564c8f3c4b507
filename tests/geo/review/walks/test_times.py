"""Days and times as exports write them, read as the clock on the wall in London showed them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.review.walks.times import on_the_wall, parse_time, read_moment
from geo.walkabouts.bands import LONDON

TODAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("05:10", time(5, 10)),
        ("5.10", time(5, 10)),
        ("5:10 AM", time(5, 10)),
        ("12:00 am", time(0)),
        ("12 p.m.", time(12)),
        ("11pm", time(23)),
        ("2359", time(23, 59)),
        ("0.5000", time(12)),
        (".99999", time(0)),
        ("20:30:45.5", time(20, 30)),
        ("24:00", None),
        ("13pm", None),
        ("0pm", None),
        ("12:60", None),
        ("8", None),
        ("", None),
        ("at night", None),
    ],
)
def test_a_time_is_read_as_people_write_it(text, read) -> None:
    assert parse_time(text) == read


@pytest.mark.parametrize(
    ("day", "clock", "read"),
    [
        ("14/05/2026", "22:15", "2026-05-14T22:15:00+01:00"),
        ("14/05/2026 22:15", "", "2026-05-14T22:15:00+01:00"),
        ("14 May 2026, 10:15pm", "", "2026-05-14T22:15:00+01:00"),
        ("2026-01-09 22:15:59", "", "2026-01-09T22:15:00+00:00"),
        ("2026-07-09T22:15:00Z", "", "2026-07-09T23:15:00+01:00"),
        ("2026-07-09T22:15:00+02:00", "", "2026-07-09T21:15:00+01:00"),
        ("46151.5", "", "2026-05-09T12:00:00+01:00"),  # as Excel holds it
        ("14/05/2026 00:00", "05:10", "2026-05-14T05:10:00+01:00"),  # a time apart goes first
        ("25/10/2026", "01:30", "2026-10-25T01:30:00+01:00"),  # twice that night: the earlier
        ("29/03/2026", "01:30", "no such time"),
        ("29/03/2026", "02:00", "2026-03-29T02:00:00+01:00"),
        ("", "22:15", "no day"),
        ("05/14/2026", "22:15", "not a day"),
        ("14/05/2026", "", "no time"),
        ("14/05/2026", "late", "not a time"),
    ],
)
def test_a_day_and_a_time_make_a_moment_or_a_reason(day, clock, read) -> None:
    found = read_moment(day, clock, today=TODAY)
    assert (found if isinstance(found, str) else found.isoformat()) == read


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy sets the zone
def test_every_moment_that_was_comes_back_from_the_wall(moment) -> None:
    here = moment.replace(second=0, microsecond=0).astimezone(LONDON)
    found = on_the_wall(here.date(), here.time())
    assert not isinstance(found, str)
    gap = here.astimezone(UTC) - found.astimezone(UTC)
    assert gap == timedelta(hours=here.fold)
