"""Journeys by bus of a workspace: its timetable, its options, and what is said where it has none."""

from datetime import date, time

import numpy as np
import pytest

from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError
from geo.places.bus import Arrival
from geo.places.travel import PlacePoints
from geo.review.bus import bus_journeys, keep_timetable
from geo.review.journeys import journeys
from tests.geo.places.buses import PLAIN, TUESDAY, WALK, timetable
from tests.tinytown.council import TODAY, make_council

HOMES = PlacePoints(np.array([[640_800.0, 422_000.0]]), np.array([0.0]))  # 200 m from the stop West
SITES = [(643_300.0, 422_000.0)]  # 300 m from the stop East, 25 minutes' walk from home


@pytest.fixture
def council(tmp_path):
    made = make_council(tmp_path / "tinytown", with_wards=False)
    made.save_scenario(made.scenario.model_copy(update={"bus": PLAIN, "reach": WALK}))
    return made


def keep(council, *trips):
    edition = Edition(dataset="timetable", title="Tiny Buses", rows=2, added=TODAY)
    keep_timetable(council, timetable(trips).calls, edition)


def test_the_options_of_the_workspace_say_when_and_how(council) -> None:
    keep(council, ["West 9:45", "East 9:50"], ["East 12:10", "West 12:15"])
    found = bus_journeys(council, HOMES, SITES)
    assert found.typical.minutes.tolist() == [[19]]
    assert found.home.minutes.tolist() == [[17]]
    assert found.typical.label == (
        "typically by bus to arrive by 10:00 on a Tuesday (timetable of 3 June 2025), walking up to 5 minutes to a "
        "stop, or all the way where that is quicker: on foot at 6 km/h, straight line x 1 (no streets loaded)"
    )


def test_another_day_may_be_asked_for(council) -> None:
    keep(council, ["West 9:45", "East 9:50"])
    when = Arrival(TUESDAY, time(9, 40), 0)
    assert bus_journeys(council, HOMES, SITES, when=when).typical.minutes.tolist() == [[25]]  # on foot
    with pytest.raises(BadInputError, match="covers 1 June 2025 to 30 June 2025"):
        bus_journeys(council, HOMES, SITES, when=Arrival(date(2026, 6, 2), time(10), 0))


def test_journeys_by_bus_are_a_mode_like_the_others(council) -> None:
    keep(council, ["West 9:45", "East 9:50"])
    found = journeys(council, HOMES, SITES, mode="bus")
    assert (found.mode, found.minutes.tolist()) == ("bus", [[19]])


def test_without_a_timetable_journeys_by_bus_say_how_to_add_one(council) -> None:
    with pytest.raises(MissingDataError, match="planner add timetable FILE"):
        journeys(council, HOMES, SITES, mode="bus")
