"""Buses of Newport on a Tuesday of June 2023, against journeys read by eye from the tables of the file itself.

Stops are told by the end of their NaPTAN code. Nobody walks: journeys run from one stop to another, and change at the
same stop; one is at the stop 2 minutes early and needs 3 to change. Line 1 runs from Primrose Way through Rogerstone to
Friars Walk, the 2A and 2C run from Friars Walk round the Gaer and back.
"""

from datetime import date, time

import numpy as np
import pytest
import shapely

from geo.errors import BadInputError
from geo.places.bus import Arrival, by_bus
from geo.places.bus_reading import read_gtfs
from geo.places.bus_timetable import Timetable
from geo.places.travel import PlacePoints
from geo.scenario import BusOptions, ReachOptions

pytestmark = pytest.mark.real

PRIMROSE_WAY, DELIUS_CLOSE, ROLLS_WALK = "33461", "30367", "30366"
HANDPOST, FRIARS_WALK = "30433", "32207"
GAER_CENTRE, MASEFIELD_VALE = "30419", "30432"

TUESDAY, SATURDAY = date(2023, 6, 13), date(2023, 6, 17)
STOP_TO_STOP = BusOptions(
    window_minutes=0,
    early_minutes=2,
    change_minutes=3,
    walk_to_stop_minutes=0.01,
    change_walk_minutes=0,
    longest_minutes=120,
)
HARDLY_WALKING = ReachOptions(walk_km_per_hour=0.1)


@pytest.fixture(scope="module")
def feed(open_data):
    area = shapely.box(320_000, 180_000, 345_000, 200_000)
    shapely.prepare(area)
    return read_gtfs(open_data / "gtfs" / "newport-20230613_gtfs.zip", name="newport.zip", area=area)


@pytest.fixture(scope="module")
def buses(feed):
    return Timetable.of(feed.calls)


@pytest.fixture(scope="module")
def ask(buses):
    stops = buses.stops()
    codes = stops["stop_id"].str[-5:]

    def point(code):
        return stops.loc[codes == code, ["easting", "northing"]].to_numpy()

    def asked(start, end, when, options=STOP_TO_STOP):
        home = PlacePoints(point(start), np.zeros(1))
        return by_bus(buses, home, point(end), when, options, on_foot=HARDLY_WALKING)

    return asked


def minutes(travel):
    return round(float(travel.minutes[0, 0]), 2)


def test_line_1_from_rogerstone_to_the_handpost(ask) -> None:
    """Line 1 leaves Delius Close at 10:09:33 and is at the Handpost at 10:32:10; out of the house at 10:07:33."""
    assert minutes(ask(DELIUS_CLOSE, HANDPOST, Arrival(TUESDAY, time(10, 35), 0)).typical) == 27.45


def test_five_minutes_earlier_it_is_the_bus_an_hour_before(ask) -> None:
    """By 10:30 the 10:09 is too late; the one before leaves at 9:09:33."""
    assert minutes(ask(DELIUS_CLOSE, HANDPOST, Arrival(TUESDAY, time(10, 30), 0)).typical) == 82.45


def test_typical_and_worst_of_an_hour(ask) -> None:
    """By 10:00, 10:15 and 10:30 it is the 9:09, by 10:45 and 11:00 the 10:09: 52, 67, 82, 37 and 52 minutes before."""
    every_quarter = STOP_TO_STOP.model_copy(update={"every_minutes": 15})
    answer = ask(DELIUS_CLOSE, HANDPOST, Arrival(TUESDAY, time(10), 60), every_quarter)
    assert (minutes(answer.typical), minutes(answer.worst)) == (52.45, 82.45)
    assert answer.none[0, 0] == 0


def test_a_change_at_friars_walk(ask) -> None:
    """Line 1 from Primrose Way at 8:58, Friars Walk 9:40; the 2C at 9:50 is at the Gaer Centre at 10:03:57."""
    assert minutes(ask(PRIMROSE_WAY, GAER_CENTRE, Arrival(TUESDAY, time(10, 5), 0)).typical) == 69


def test_on_a_saturday_that_bus_does_not_run(ask) -> None:
    """The 8:58 runs from Monday to Friday; the one before it on a Saturday leaves at 7:10, over two hours before."""
    assert np.isinf(minutes(ask(PRIMROSE_WAY, GAER_CENTRE, Arrival(SATURDAY, time(10, 5), 0)).typical))


def test_a_bus_missed_at_friars_walk_costs_an_hour(ask) -> None:
    """The 2A from Masefield Vale at 9:12:12 is in at 9:24, six minutes after line 1 left; the next leaves at 10:18."""
    assert minutes(ask(MASEFIELD_VALE, ROLLS_WALK, Arrival(TUESDAY, time(10, 45), 0)).typical) == 94.8


def test_the_last_bus_home_to_the_gaer(ask) -> None:
    """The last bus from Friars Walk is the 2C at 17:50, at Masefield Vale at 18:11; one must be there by 17:48."""
    there = Arrival(TUESDAY, time(12, 30), 0)
    made = ask(MASEFIELD_VALE, FRIARS_WALK, Arrival(there.day, there.arrive_by, 0, leave_at=time(17, 48)))
    missed = ask(MASEFIELD_VALE, FRIARS_WALK, Arrival(there.day, there.arrive_by, 0, leave_at=time(17, 49)))
    assert minutes(made.home) == 23
    assert np.isinf(minutes(missed.home))


def test_what_the_file_holds_is_accounted_for(feed) -> None:
    assert (feed.trips_read, feed.calls_read, feed.stops_read) == (176, 7_765, 2_686)
    assert feed.trips_kept + sum(feed.trips_left_out.values()) == 176
    assert feed.calls_kept + sum(feed.calls_left_out.values()) == 7_765
    assert not feed.calls["line"].str.startswith("M").any()  # Megabus is a coach


def test_the_usual_tuesday_and_the_days_without_buses(buses) -> None:
    assert buses.services.usual_day("Tuesday") == date(2023, 6, 6)
    with pytest.raises(BadInputError, match="No bus runs on a Sunday in the timetable of 5 June 2023 to 1 March 2024"):
        buses.services.usual_day("Sunday")
    with pytest.raises(BadInputError, match="covers 5 June 2023 to 1 March 2024, and 2 April 2024 is not among"):
        buses.services.require(date(2024, 4, 2))
