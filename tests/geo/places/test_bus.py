"""Journeys by bus on Tinytown, each worked out by hand: 100 m a minute; 2 minutes at the stop, 3 to change."""

from datetime import date, time

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.places.bus import Arrival, by_bus
from geo.places.bus_walks import changes_between, measured_walks
from geo.places.travel import PlacePoints, TravelMinutes
from geo.scenario import BusOptions
from tests.geo.places.buses import AT_TEN, FAR, FAR_HOME, FAR_HUB, PLAIN, TUESDAY, WALK, timetable

HOME = (640_800.0, 422_000.0)  # 200 m west of the stop West: 2 minutes
HUB = (643_300.0, 422_000.0)  # 300 m east of the stop East: 3 minutes; 25 minutes' walk from home
CHANGE = [["West 9:00", "Middle 9:20"], ["Middle 9:25", "East 9:40"]]


def points(*places, spread=0.0):
    return PlacePoints(np.array(places, dtype=float).reshape(-1, 2), np.full(len(places), spread))


def ask(made, when=AT_TEN, *, options=PLAIN, home=HOME, hub=HUB):
    return by_bus(made, points(home), [hub], when, options, on_foot=WALK)


def far(trips, when=AT_TEN, *, options=PLAIN, **more):
    """Ask where walking all the way takes ten hours."""
    return ask(timetable(trips, stops=FAR, **more), when, options=options, home=FAR_HOME, hub=FAR_HUB)


def minutes(answer):
    return answer.typical.minutes[0, 0]


def test_one_change_that_is_made() -> None:
    """Bus at 9:00, 2 minutes at the stop, 2 on foot: out at 8:56, there at 9:43, 64 minutes before ten."""
    assert minutes(far(CHANGE)) == 64


def test_a_change_missed_by_a_minute_is_missed() -> None:
    """In at 9:20, out at 9:22, and a change takes 3: only the bus half an hour earlier makes it."""
    trips = [["West 8:30", "Middle 8:50"], ["West 9:00", "Middle 9:20"], ["Middle 9:22", "East 9:37"]]
    assert minutes(far(trips)) == 94
    assert minutes(far(trips, options=PLAIN.model_copy(update={"change_minutes": 2}))) == 64


def test_staying_on_the_bus_is_no_change() -> None:
    assert minutes(far([["West 9:00", "Middle 9:20-9:21", "East 9:40"]])) == 64


def test_the_latest_bus_in_time_is_taken_not_the_fastest() -> None:
    """The slow bus leaves ten minutes later than the fast one, and both are in time."""
    assert minutes(far([["West 9:00", "East 9:20"], ["West 9:10", "East 9:55"]])) == 54


def test_a_bus_that_comes_a_minute_too_late_is_not_taken() -> None:
    """In at 9:57 and 3 on foot is ten sharp; at 9:58 it is too late."""
    assert minutes(far([["West 9:30", "East 9:57"]])) == 34
    assert np.isinf(minutes(far([["West 9:30", "East 9:58"]])))


def test_a_walk_from_one_stop_to_the_next_is_part_of_a_change() -> None:
    """Off at Middle 9:20, 4 minutes' walk to Market and 3 to change: 9:27 is made, 9:26 is not."""
    stops = FAR | {"Market": (630_400, 422_000)}
    first = ["West 9:00", "Middle 9:20"]

    def asked(leaves):
        return ask(timetable([first, [f"Market {leaves}", "East 9:40"]], stops=stops), home=FAR_HOME, hub=FAR_HUB)

    assert minutes(asked("9:27")) == 64
    assert np.isinf(minutes(asked("9:26")))


def test_walking_all_the_way_counts_where_it_is_quicker() -> None:
    answer = ask(timetable([["West 9:30", "East 9:35"]]))
    assert minutes(answer) == 25  # the bus would ask for 34
    assert answer.bus[0, 0] == 0


def test_the_bus_counts_where_it_is_quicker() -> None:
    answer = ask(timetable([["West 9:45", "East 9:50"]]))
    assert (minutes(answer), answer.bus[0, 0]) == (19, 1)


def test_typical_is_the_median_and_worst_the_longest_of_the_window() -> None:
    """In at 9:55 and 10:25: by 10:00, 10:15, 10:30, 10:45 and 11:00 one is out 19, 34, 19, 34 and 49 minutes before."""
    trips = [["West 9:45", "East 9:55"], ["West 10:15", "East 10:25"]]
    options = PLAIN.model_copy(update={"every_minutes": 15})
    answer = far(trips, Arrival(TUESDAY, time(10), 60), options=options)
    assert (minutes(answer), answer.worst.minutes[0, 0]) == (34, 49)
    assert answer.typical.label.startswith("typically by bus to arrive by 10:00 or up to 60 minutes later on a Tuesday")


def test_of_an_even_number_the_later_of_the_middle_two_is_typical() -> None:
    options = PLAIN.model_copy(update={"every_minutes": 30, "longest_minutes": 300})
    answer = far([["West 9:45", "East 9:55"]], Arrival(TUESDAY, time(10), 30), options=options)
    assert minutes(answer) == 49


def test_a_window_without_a_way_for_half_of_it_has_no_typical() -> None:
    """One bus, in at 10:20: by 10:00 and 10:15 there is none, by 10:30 there is."""
    options = PLAIN.model_copy(update={"every_minutes": 15})
    answer = far([["West 10:10", "East 10:20"]], Arrival(TUESDAY, time(10), 30), options=options)
    assert np.isinf(minutes(answer))
    assert np.isinf(answer.worst.minutes[0, 0])
    assert answer.none[0, 0] == pytest.approx(2 / 3)


def test_nobody_goes_on_a_journey_longer_than_the_longest() -> None:
    trips = [["West 9:00", "East 9:40"]]
    assert minutes(far(trips, options=PLAIN.model_copy(update={"longest_minutes": 64}))) == 64
    assert np.isinf(minutes(far(trips, options=PLAIN.model_copy(update={"longest_minutes": 63}))))


def test_the_last_bus_home() -> None:
    """Out of the hub at 12:00, 3 to the stop and 2 there: the 12:05 is made, home 12:25 and 2 on foot."""
    there = ["West 9:00", "East 9:40"]
    leaving = Arrival(TUESDAY, time(10), 0, leave_at=time(12))
    made = far([there, ["East 12:05", "West 12:25"]], leaving)
    missed = far([there, ["East 12:04", "West 12:24"]], leaving)
    assert made.home.minutes[0, 0] == 27
    assert np.isinf(missed.home.minutes[0, 0])
    assert minutes(missed) == 64
    assert "home by bus, leaving at 12:00 on a Tuesday" in made.home.label


def test_the_way_home_takes_the_bus_that_is_home_first() -> None:
    """The bus at 12:10 changes to be home at 12:50; the direct one at 12:20 is home at 12:40."""
    trips = [["East 12:10", "Middle 12:20"], ["Middle 12:23", "West 12:50"], ["East 12:20", "West 12:40"]]
    home = far([["West 9:00", "East 9:40"], *trips], Arrival(TUESDAY, time(10), 0, leave_at=time(12))).home
    assert home.minutes[0, 0] == 42


def test_a_bus_of_the_night_before_runs_past_midnight() -> None:
    """Monday's bus at 24:10 takes people on Tuesday at 0:10, and on Saturday too, but not on Monday."""
    trips = [["West 24:10", "East 24:30"], ["West 9:00", "East 9:40"]]
    by_one = {day: far(trips, Arrival(date(2025, 6, day), time(1), 0)) for day in (2, 3, 6)}
    assert [minutes(by_one[day]) for day in (3, 6)] == [54, 54]
    assert np.isinf(minutes(by_one[2]))


def test_nobody_boards_where_a_bus_only_sets_down() -> None:
    assert np.isinf(minutes(far([["West 9:00!", "East 9:40"]])))
    assert np.isinf(minutes(far([["West 9:00", "East 9:40?"]])))


def test_a_change_that_the_timetable_forbids_or_makes_longer() -> None:
    assert np.isinf(minutes(far(CHANGE, changes={"Middle": {"Middle": -1}})))
    assert np.isinf(minutes(far(CHANGE, changes={"Middle": {"Middle": 360}})))
    assert minutes(far(CHANGE, changes={"Middle": {"Middle": 240}})) == 64
    assert minutes(far(CHANGE, changes={"Middle": {"Middle": 0}})) == 64  # our own change time is longer


def test_a_longer_walk_to_the_stop_is_no_longer_a_walk_to_the_stop() -> None:
    near, beyond = (FAR["West"][0] - metres for metres in (500, 501))
    trips = timetable([["West 9:00", "East 9:40"]], stops=FAR)
    assert minutes(ask(trips, home=(near, 422_000), hub=FAR_HUB)) == 67
    assert np.isinf(minutes(ask(trips, home=(beyond, 422_000), hub=FAR_HUB)))


def test_homes_spread_over_a_cell_walk_further_to_its_stop() -> None:
    """400 m from the stop and spread by 300 m: 500 m in the root of the mean square, 5 minutes."""
    home = points((FAR["West"][0] - 400, 422_000), spread=300.0)
    made = timetable([["West 9:00", "East 9:40"]], stops=FAR)
    assert by_bus(made, home, [FAR_HUB], AT_TEN, PLAIN, on_foot=WALK).typical.minutes[0, 0] == 67


def test_walks_measured_along_streets_are_used_as_they_are() -> None:
    made = timetable([["West 9:00", "East 9:40"]], stops=FAR)
    walks = measured_walks(
        on_foot([[7, np.inf]]),
        on_foot([[np.inf], [10]]),
        on_foot([[np.inf]]),
        changes=changes_between(made, PLAIN, WALK),
    )
    answer = by_bus(made, points(FAR_HOME), [FAR_HUB], AT_TEN, PLAIN, on_foot=walks)
    assert minutes(answer) == 69
    assert answer.typical.along_streets
    assert answer.typical.mode == "bus"


def test_walks_of_other_places_are_refused() -> None:
    made = timetable(CHANGE)
    with pytest.raises(BadInputError, match="not of the same places"):
        measured_walks(on_foot([[7]]), on_foot([[1], [2]]), on_foot([[3]]), changes=changes_between(made, PLAIN, WALK))


def on_foot(table):
    found = np.array(table, dtype=float)
    n, m = found.shape
    return TravelMinutes(
        minutes=found,
        mode="walk",
        label="along streets",
        along_streets=True,
        cutoff_minutes=30,
        place_snap_m=np.zeros(n),
        site_snap_m=np.zeros(m),
        cut_off_places=np.zeros(n, dtype=bool),
        cut_off_sites=np.zeros(m, dtype=bool),
    )


def test_no_place_and_no_site_are_answered_with_nothing() -> None:
    made = timetable(CHANGE)
    assert by_bus(made, points(), [HUB], AT_TEN, PLAIN, on_foot=WALK).typical.minutes.shape == (0, 1)
    assert by_bus(made, points(HOME), [], AT_TEN, PLAIN, on_foot=WALK).worst.minutes.shape == (1, 0)


def test_the_usual_day_and_hours_come_from_the_options() -> None:
    when = Arrival.usual(BusOptions(weekday="Friday", arrive_by=time(9, 30), window_minutes=30))
    assert when == Arrival("Friday", time(9, 30), 30, time(12))
    answer = far([["West 9:00", "East 9:20"]], when)
    assert answer.day == date(2025, 6, 6)
    assert "on a Friday (timetable of 6 June 2025), walking up to 5 minutes to a stop" in answer.typical.label


def test_a_day_outside_the_timetable_is_refused_with_its_period() -> None:
    with pytest.raises(BadInputError, match=r"covers 1 June 2025 to 30 June 2025, and 1 July 2025 is not"):
        far(CHANGE, Arrival(date(2025, 7, 1), time(10), 0))


def test_a_day_without_buses_is_refused() -> None:
    with pytest.raises(BadInputError, match="No bus of the timetable runs on 7 June 2025"):
        far(CHANGE, Arrival(date(2025, 6, 7), time(10), 0))
    with pytest.raises(BadInputError, match="No bus runs on a Sunday"):
        far(CHANGE, Arrival("Sunday", time(10), 0))
