"""Journeys by bus against a slow search forwards in plain Python, on small random timetables.

The planner looks backwards from the time to be there and settles each stop once. The oracle leaves home at every second
at which it could matter and spreads forwards, round after round, until nothing comes earlier any more.
"""

import math
from datetime import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places.bus import Arrival, by_bus
from geo.places.travel import PlacePoints
from tests.geo.places.buses import PLAIN, TUESDAY, WALK, timetable

STOPS = {name: (641_000 + 350 * number, 422_000 + 90 * (number % 3)) for number, name in enumerate("ABCDEFG")}
PLACES = [(640_900.0, 421_900.0), (641_800.0, 422_100.0), (650_000.0, 422_000.0)]
SITES = [(643_200.0, 422_000.0), (642_100.0, 422_200.0)]
OPENS, CLOSES = 10 * 3600, 11 * 3600
SECONDS_A_METRE = 60 / 100


@st.composite
def runs(draw):
    """One bus: two to five stops, none twice in a row, times that rise by 0 to 25 minutes."""
    order = draw(st.lists(st.sampled_from(sorted(STOPS)), min_size=2, max_size=5))
    minute = draw(st.integers(0, 110))
    calls = []
    for stop in order:
        wait = draw(st.sampled_from([0, 0, 1]))
        mark = draw(st.sampled_from(["", "", "", "!", "?"]))
        calls.append(f"{stop} {clock(minute)}-{clock(minute + wait)}{mark}")
        minute += wait + draw(st.integers(0, 25))
    return calls


def clock(minute):
    return f"{9 + minute // 60}:{minute % 60:02d}"


def walk_s(start, end):
    return math.dist(start, end) * SECONDS_A_METRE


class Forwards:
    """The oracle: the earliest time at every stop, and at an end, for whoever sets out at a given second."""

    def __init__(self, made):
        self.stops = [tuple(point) for point in made.stop_points()]
        self.trips = [
            list(zip(rows["stop"], rows["arrive_s"], rows["depart_s"], rows["board"], rows["alight"], strict=True))
            for _, rows in made.calls.groupby("trip")
        ]

    def arrives(self, start, end, leave_s):
        near = PLAIN.walk_to_stop_minutes * 60 + 1e-9
        early = PLAIN.early_minutes * 60
        walks = {stop: walk_s(start, point) for stop, point in enumerate(self.stops)}
        ready = {stop: leave_s + walk + early for stop, walk in walks.items() if walk <= near}
        off = self.spread(ready)
        ends = [seconds + walk for stop, seconds in off.items() if (walk := walk_s(self.stops[stop], end)) <= near]
        return min(ends, default=math.inf)

    def spread(self, ready):
        """Ride and change until nothing comes earlier: gives when one is first off a bus at each stop."""
        off, earlier = {}, True
        while earlier:
            found = self.ride(ready)
            earlier = any(seconds < off.get(stop, math.inf) for stop, seconds in found.items())
            off = {stop: min(off.get(stop, math.inf), found.get(stop, math.inf)) for stop in off | found}
            for here, seconds in off.items():
                for there, point in enumerate(self.stops):
                    walk = walk_s(self.stops[here], point)
                    if walk <= PLAIN.change_walk_minutes * 60:
                        after = seconds + walk + PLAIN.change_minutes * 60
                        ready[there] = min(ready.get(there, math.inf), after)
        return off

    def ride(self, ready):
        off = {}
        for calls in self.trips:
            on = False
            for stop, arrive, depart, board, alight in calls:
                if on and alight:
                    off[stop] = min(off.get(stop, math.inf), arrive)
                on = on or (board and ready.get(stop, math.inf) <= depart + 1e-6)
        return off

    def minutes(self, start, end, deadline):
        """Try every second at which leaving home could matter, the latest first."""
        moments = {
            depart - PLAIN.early_minutes * 60 - walk_s(start, self.stops[stop])
            for calls in self.trips
            for stop, _, depart, _, _ in calls
        }
        in_time = (at for at in sorted(moments, reverse=True) if self.arrives(start, end, at) <= deadline + 1e-6)
        return minutes_of(deadline - next(in_time, -math.inf), walk_s(start, end))

    def home(self, start, end, leave_s):
        return minutes_of(self.arrives(start, end, leave_s) - leave_s, walk_s(start, end))


def minutes_of(bus_s, on_foot_s):
    seconds = min(bus_s, on_foot_s)
    return seconds / 60 if seconds <= PLAIN.longest_minutes * 60 else math.inf


WHEN = Arrival(TUESDAY, time(10), 0, leave_at=time(11))


def ask(made):
    places = PlacePoints(np.array(PLACES), np.zeros(len(PLACES)))
    return by_bus(made, places, SITES, WHEN, PLAIN, on_foot=WALK)


@settings(max_examples=150, deadline=None)
@given(st.lists(runs(), min_size=1, max_size=8))
def test_there_and_back_are_what_a_search_forwards_finds(trips) -> None:
    made = timetable(trips, stops=STOPS)
    answer, oracle = ask(made), Forwards(made)
    there = [[oracle.minutes(place, site, OPENS) for site in SITES] for place in PLACES]
    back = [[oracle.home(site, place, CLOSES) for site in SITES] for place in PLACES]
    np.testing.assert_allclose(answer.typical.minutes, there, atol=1e-6)
    np.testing.assert_allclose(answer.home.minutes, back, atol=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(runs(), min_size=1, max_size=6), runs())
def test_one_more_bus_makes_no_journey_longer(trips, more) -> None:
    fewer, many = ask(timetable(trips, stops=STOPS)), ask(timetable([*trips, more], stops=STOPS))
    assert (many.typical.minutes <= fewer.typical.minutes + 1e-9).all()
    assert (many.home.minutes <= fewer.home.minutes + 1e-9).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(runs(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_trips_is_of_no_account(trips, chance) -> None:
    mixed = list(trips)
    chance.shuffle(mixed)
    one, other = ask(timetable(trips, stops=STOPS)), ask(timetable(mixed, stops=STOPS))
    np.testing.assert_array_equal(one.typical.minutes, other.typical.minutes)
    np.testing.assert_array_equal(one.home.minutes, other.home.minutes)
