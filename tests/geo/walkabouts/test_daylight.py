"""A walk is one in the dark by the sun, not by the name of its hours."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from geo.crs import to_national_grid
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import LONDON
from geo.walkabouts.daylight import daylight, is_dark

ANDOVER = (436_500.0, 145_500.0)
OPTIONS = WalkaboutOptions()


def dark(day, begins, minutes=60):
    start = datetime.fromisoformat(f"{day}T{begins}").replace(tzinfo=LONDON)
    return is_dark(start, start + timedelta(minutes=minutes), ANDOVER, OPTIONS)


@pytest.mark.parametrize(
    ("place", "day", "rises", "sets"),
    [
        # As almanacs print them, local time.
        ("Andover", date(2025, 12, 21), "08:07", "16:02"),
        ("Andover", date(2026, 6, 21), "04:51", "21:24"),
        ("Greenwich", date(2026, 3, 20), "06:04", "18:14"),
        ("Greenwich", date(2026, 12, 12), "07:56", "15:51"),
        ("Lerwick", date(2026, 6, 21), "03:38", "22:34"),
    ],
)
def test_the_sun_rises_and_sets_when_almanacs_say(place, day, rises, sets):
    degrees = {"Andover": (-1.4789, 51.2075), "Greenwich": (0.0, 51.4779), "Lerwick": (-1.145, 60.155)}[place]
    found = daylight(day, tuple(float(metres) for metres in to_national_grid(*degrees)))
    for moment, told in zip(found, (rises, sets), strict=True):
        there = datetime.fromisoformat(f"{day}T{told}").replace(tzinfo=LONDON)
        assert abs((moment - there).total_seconds()) <= 3 * 60


def test_every_day_is_a_little_like_the_one_before():
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    light = [(sets - rises).total_seconds() / 60 for rises, sets in (daylight(day, ANDOVER) for day in days)]
    assert np.abs(np.diff(light)).max() < 5
    assert 7.7 * 60 < min(light) < 8 * 60
    assert 16.3 * 60 < max(light) < 16.8 * 60


def test_a_walk_by_day_that_ends_after_sunset_is_one_in_the_dark():
    assert not dark("2025-12-15", "14:30")
    assert dark("2025-12-15", "15:30")
    assert dark("2025-12-15", "16:30")


def test_an_hour_of_the_evening_or_the_early_morning_counts_as_dark_in_june_too():
    assert dark("2026-06-21", "18:05")
    assert dark("2026-06-21", "08:00")
    assert not dark("2026-06-21", "09:00", minutes=500)
