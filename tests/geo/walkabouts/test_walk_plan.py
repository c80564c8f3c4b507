"""A walk planned on a grid of streets that is checked by hand, and refusals in a sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.scenario import ReachOptions
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import LONDON
from geo.walkabouts.planning.ask import WalkRules
from geo.walkabouts.planning.plan_walk import plan_walkabout
from tests.geo.walkabouts.walk_towns import ask, end_at, grid, place, square, town

# At 6 km/h a block of 100 m takes a minute.
RULES = WalkRules(WalkaboutOptions(stop_minutes=8), ReachOptions(walk_km_per_hour=6, detour=1.3))
TOWN = grid(8)


def _plan(asked, streets=TOWN, rules=RULES, **how):
    return plan_walkabout(asked, streets, rules, **({"seed": 1} | how))


def test_a_walk_reaches_its_stops_in_order_and_comes_back_in_time() -> None:
    found = _plan(ask(place(2, 0), place(4, 0), minutes=24))
    (team,) = found.teams
    assert [stop.square for stop in team.stops] == [square(2, 0), square(4, 0)]
    assert [stop.number for stop in team.stops] == [1, 2]
    assert [stop.street for stop in team.stops] == ["Row 0", "Row 0"]
    assert [f"{stop.arrive:%H:%M}" for stop in team.stops] == ["20:32", "20:42"]
    assert team.total_minutes == pytest.approx(24)
    assert [leg.minutes for leg in team.legs] == pytest.approx([2, 2, 4])
    assert team.legs[0].streets == ("Row 0",)
    assert team.legs[2].line.length == pytest.approx(400)
    assert f"{found.ends:%H:%M}" == "20:54"
    assert found.sentence.startswith("No other route is worth more.")
    assert found.along_streets
    assert found.light_known == 1


def test_where_no_streets_are_loaded_the_plan_says_that_its_ways_are_straight_lines() -> None:
    found = _plan(ask(place(3, 4)), streets=None)
    (team,) = found.teams
    assert team.legs[0].minutes == pytest.approx(5 * 1.3)
    assert team.legs[0].streets == ()
    assert not found.along_streets
    assert "Straight lines times 1.3" in found.sentence
    assert found.light_known == 0


def test_numbers_go_on_from_team_to_team() -> None:
    found = _plan(ask(place(5, 0), place(6, 0), place(0, 5), place(0, 6), minutes=29, teams=2))
    assert [[stop.number for stop in team.stops] for team in found.teams] == [[1, 2], [3, 4]]
    assert [stop.number for stop in found.stops] == [1, 2, 3, 4]
    assert len({stop.square for stop in found.stops}) == 4


def test_a_team_with_nothing_to_do_stays_where_it_is() -> None:
    found = _plan(ask(place(1, 0), teams=2))
    idle = found.teams[1]
    assert (idle.stops, idle.legs, idle.total_minutes) == ((), (), 0.0)


def test_after_dark_a_lit_way_round_is_taken_and_by_day_the_shortest() -> None:
    dark = grid(4, unlit=("Row 0",), missing={("Row 1", (0, 0))})
    wish = ask(place(3, 0))
    rules = replace(RULES, walk=WalkaboutOptions(unlit_factor=2.5))
    night = _plan(wish, dark, rules).teams[0].legs[0]
    day = _plan(replace(wish, begins=datetime(2026, 1, 9, 12, tzinfo=LONDON)), dark, rules).teams[0].legs[0]
    assert day.minutes == pytest.approx(3)
    assert day.unlit_share == pytest.approx(1)
    assert sum(line.length for line in day.unlit) == pytest.approx(300)
    assert night.minutes > day.minutes
    assert night.unlit_share == 0
    assert night.unlit == ()
    winter = _plan(replace(wish, begins=datetime(2026, 1, 9, 16, tzinfo=LONDON)), dark, rules)  # the sun sets at 16:18
    assert winter.dark
    assert winter.teams[0].legs[0].unlit_share == 0


def test_neighbouring_squares_seen_from_one_spot_are_one_stop() -> None:
    border = town(("Border Road", "lit", (0.0, 100.0), (400.0, 100.0)))
    wish = ask(place(1, 0, must=True), place(1, 1, find=3), place(3, 0), place(3, 1, find=2))
    found = _plan(wish, border)
    assert [(stop.square, stop.also, stop.must) for stop in found.stops] == [
        (square(1, 0), (square(1, 1),), True),
        (square(3, 1), (square(3, 0),), False),
    ]
    assert found.stops[0].point == (400_150, 400_100)
    assert len(_plan(wish).stops) == 4


def test_a_stop_that_sees_a_reported_square_too_is_made_for_the_report() -> None:
    border = town(("Border Road", "lit", (0.0, 100.0), (400.0, 100.0)))
    wish = ask(place(1, 0, must=True, find=9.0), place(1, 1, find=0.0, report=1.0, must=True, purpose="report"))
    (stop,) = _plan(wish, border).stops
    assert (stop.square, stop.also, stop.purpose) == (square(1, 0), (square(1, 1),), "report")


def test_where_people_are_expected_every_stop_leaves_time_to_meet_them_and_none_tells_which() -> None:
    found = _plan(ask(place(2, 0, expected=1.24), place(4, 0), minutes=50))
    assert [stop.stay_minutes for stop in found.stops] == [21, 21]
    assert [f"{stop.arrive:%H:%M}" for stop in found.stops] == ["20:32", "20:55"]
    assert found.teams[0].total_minutes == pytest.approx(50)
    assert len(_plan(ask(place(2, 0, expected=1.24), place(4, 0), minutes=49)).stops) == 1
    without = replace(RULES, walk=WalkaboutOptions(stop_minutes=8, meeting_minutes=0))
    assert [stop.stay_minutes for stop in _plan(ask(place(2, 0, expected=3)), rules=without).stops] == [8]


def test_a_place_drawn_at_random_keeps_a_stop_of_its_own_and_its_share_is_told() -> None:
    drawn = place(3, 3, find=0.0, exploration=2.0, must=True, purpose="exploration")
    found = _plan(ask(place(2, 2), place(3, 2), place(2, 3), drawn, minutes=90))
    assert found.explored_share == pytest.approx(0.25)
    assert [stop.square for stop in found.stops if stop.purpose == "exploration"] == [square(3, 3)]


def test_what_is_left_out_has_its_reason() -> None:
    found = _plan(ask(place(1, 0, find=9), place(7, 7), place(2, 0, find=0), minutes=22, avoid=(square(3, 0),)))
    why = {one.square: one.why for one in found.left_out}
    assert "Takes 36 minutes even alone, and there are 22." in why[square(7, 7)]
    assert "worth a stop" in why[square(2, 0)]


def test_a_square_without_a_street_near_is_left_out() -> None:
    found = _plan(ask(place(1, 0), place(30, 30)))
    assert [(one.square, one.why) for one in found.left_out] == [
        (square(30, 30), "No usable place to stand is near enough.")
    ]


def test_every_place_is_on_a_walk_or_left_out() -> None:
    rng = np.random.default_rng(5)
    cells = {(int(x), int(y)) for x, y in rng.integers(0, 12, (14, 2))}
    wish = ask(*(place(x, y, find=float(rng.random())) for x, y in sorted(cells)), minutes=40, teams=2)
    found = _plan(wish)
    seen = [square for stop in found.stops for square in (stop.square, *stop.also)]
    assert sorted([*seen, *(one.square for one in found.left_out)]) == sorted(one.square for one in wish.candidates)


def test_reports_that_do_not_fit_are_refused_with_the_minutes_that_would_do() -> None:
    wish = ask(place(7, 0, must=True), place(0, 7, must=True), minutes=32)
    with pytest.raises(BadInputError, match=r"do not fit into 32 minutes for one team: the shortest walk .* takes 44"):
        _plan(wish)
    assert len(_plan(replace(wish, limit_minutes=44)).stops) == 2


def test_the_least_pressing_may_be_let_go_on_purpose() -> None:
    wish = ask(place(0, 7, must=True), place(7, 0, must=True), minutes=32, drop_late=True)
    found = _plan(wish)
    assert [(stop.square, stop.must) for stop in found.stops] == [(square(0, 7), True)]
    assert [(one.square, one.must) for one in found.left_out] == [(square(7, 0), True)]
    assert "needs another walk" in found.left_out[0].why


def test_a_walk_over_the_night_the_clocks_change_keeps_its_minutes() -> None:
    begins = datetime(2026, 3, 29, 0, 50, tzinfo=LONDON)
    found = _plan(ask(place(7, 7), begins=begins))
    arrive = found.stops[0].arrive
    assert arrive.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=14)
    assert f"{arrive:%H:%M}" == "02:04"
    assert found.ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=36)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (ask(place(1, 0), start=end_at(0, -9)), "The start (the office) is off the streets: the nearest is 900 m away"),
        (ask(place(1, 0), end=end_at(30, 7)), "The end (the office) is off the streets: the nearest is 2,300 m away"),
        (ask(place(3, 0), minutes=9), "No stop can be visited within 9 minutes: the quickest takes 14"),
        (ask(), "There is no stop to visit"),
        (ask(place(1, 0), people=3, teams=2), "3 people are too few for 2 teams"),
        (ask(place(1, 0), teams=0), "0 teams were asked for"),
        (ask(place(1, 0), begins=datetime(2026, 1, 9, 20, 30)), "no time zone"),  # noqa: DTZ001 - that is the point
        (ask(place(1, 0), place(1, 0)), "is named 2 times"),
        (ask(place(1, 0, must=True), avoid=(square(1, 0),)), "must be visited and is to be avoided"),
        (ask(place(30, 30, must=True)), "must be visited and cannot be: no usable place to stand"),
        (ask(place(1, 0), end=end_at(7, 7), minutes=10), "takes 14 minutes, and there are 10"),
    ],
)
def test_what_cannot_be_walked_is_refused_in_a_sentence(wish, sentence) -> None:
    with pytest.raises(BadInputError) as refused:
        _plan(wish)
    assert sentence in str(refused.value)


@st.composite
def _wishes(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cells = sorted({(int(x), int(y)) for x, y in rng.integers(0, 9, (draw(st.integers(1, 9)), 2))})
    places = [
        place(x, y, find=float(finds), must=bool(rng.random() < 0.1), expected=float(finds / 3))
        for (x, y), finds in zip(cells, rng.integers(0, 4, len(cells)), strict=True)
    ]
    ends = [end_at(*map(float, rng.integers(0, 8, 2)), name) for name in ("A", "B")]
    minutes = draw(st.floats(25, 150))
    return ask(*places, minutes=minutes, teams=draw(st.integers(1, 3)), start=ends[0], end=ends[1])


TOWNS = [
    None,
    *(
        grid(
            8,
            unlit=[f"Row {row}" for row in np.random.default_rng(seed).integers(0, 8, 3)],
            missing={(f"Column {c}", (c, r)) for c, r in np.random.default_rng(seed).integers(0, 8, (12, 2)).tolist()},
        )
        for seed in (1, 2, 3)
    ),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wish=_wishes(), town=st.sampled_from(range(len(TOWNS))), stop_minutes=st.floats(1, 12))
def test_no_team_ever_exceeds_its_minutes(wish, town, stop_minutes) -> None:
    rules = WalkRules(WalkaboutOptions(stop_minutes=stop_minutes))
    try:
        found = plan_walkabout(wish, TOWNS[town], rules, seed=1, seconds=1)
    except BadInputError:
        event("refused")
        return
    event(f"{min(len(found.stops), 3)} stops or more")
    for team in found.teams:
        assert team.total_minutes <= wish.limit_minutes
        walked = sum(leg.minutes for leg in team.legs) + sum(stop.stay_minutes for stop in team.stops)
        assert walked <= wish.limit_minutes + 1e-5
        assert team.total_minutes == pytest.approx(walked, abs=1e-5)
        assert len(team.legs) == (len(team.stops) + 1 if team.stops else 0)
    musts = {one.square for one in wish.candidates if one.must}
    assert musts <= {square for stop in found.stops for square in (stop.square, *stop.also)}
