"""Reach of help now, and what one more site would add: by hand on the coast road."""

import numpy as np
import pandas as pd
import pytest

from geo.hubs.capacity import told_capacity
from geo.hubs.facts import Surroundings
from geo.hubs.headline import added_words, told_added, told_now
from geo.hubs.need import clients_of
from geo.hubs.reached import measure_reach
from geo.places.travel import TravelMinutes
from geo.scenario import ReachOptions, Scenario

TOWNS = [(0, 30), (10_000, 20), (20_000, 6)]
PLACES = [("West hall", "village_hall", 0), ("East hall", "village_hall", 10_000), ("Office", "council_office", 100)]


def _given(minutes: list[list[float]], *, mode="drive", cutoff=np.inf, far: tuple[int, ...] = ()):
    """Make journeys of our own, to the candidates first and to the office last."""

    def travel(places, ends) -> TravelMinutes:
        table = np.array(minutes, dtype=float)
        assert table.shape == (len(places.points), len(ends))
        cut = np.isin(np.arange(len(table)), far)
        nothing = np.zeros(table.shape[1])
        return TravelMinutes(
            minutes=table,
            mode=mode,
            label="by car along streets",
            along_streets=True,
            cutoff_minutes=cutoff,
            place_snap_m=np.zeros(len(table)),
            site_snap_m=nothing,
            cut_off_places=cut,
            cut_off_sites=nothing.astype(bool),
        )

    return travel


def _reach(need, sites, *, travel=None, reach: ReachOptions | None = None, over: frozenset[str] = frozenset()):
    scenario = Scenario(reach=reach or ReachOptions())
    return measure_reach(clients_of(*need), Surroundings(sites, travel=travel, over=over), scenario=scenario)


def test_the_headline_is_what_is_reached_now_and_what_a_site_would_add(make_need, make_sites) -> None:
    found = _reach(make_need(TOWNS), make_sites(PLACES))
    assert told_now(found.wording) == (
        "30 of 56 household episodes are within a 30-minute walk (straight line x 1.3) of the office now."
    )
    assert found.table["name"].tolist() == ["East hall", "West hall"]
    assert told_added(found.table, named="the first") == ("East hall, the first, would add 20 (95 % range 12 to 31).")


def test_one_who_would_add_more_than_the_first_is_named() -> None:
    table = pd.DataFrame({"name": ["A", "B"], "newly_reached": [3, 9], "new_low": [0.6, 4.1], "new_high": [8.8, 17.1]})
    assert told_added(table, named="ranked first") == (
        "A, ranked first, would add 3 (95 % range 1 to 9). B would add most: 9 (95 % range 4 to 17)."
    )


def test_a_site_that_adds_nobody_says_none() -> None:
    assert added_words({"newly_reached": 0, "new_low": 0.0, "new_high": 3.7}) == "none"


def test_the_curve_counts_everybody_within_so_many_minutes(make_need, make_sites) -> None:
    travel = _given([[99, 99, 4], [99, 11, 50], [99, 30, np.inf]])
    curve = _reach(make_need(TOWNS), make_sites(PLACES), travel=travel).curve
    assert curve["minutes"].tolist() == [0, 5, 10, 15, 20, 25, 30]
    assert curve["now"].tolist() == [0, 30, 30, 30, 30, 30, 30]
    assert curve["with_first"].tolist() == [0, 30, 30, 50, 50, 50, 56]


def test_minutes_from_anywhere_serve_and_every_sentence_says_how(make_need, make_sites) -> None:
    travel = _given([[1, 9, 40], [1, 9, 40], [99, 9, 40]], cutoff=20, far=(2,))
    found = _reach(make_need(TOWNS), make_sites(PLACES), travel=travel)
    assert found.table.set_index("name")["newly_reached"].to_dict() == {"West hall": 50, "East hall": 56}
    assert told_now(found.wording).endswith("a 30-minute drive (along streets) of the office now.")
    assert found.wording.label == "by car along streets"
    assert any("6 clients are too far from every street" in note for note in found.notes)
    assert any("followed for 20 minutes only" in note for note in found.notes)


def test_a_site_that_refused_is_no_candidate_and_an_office_that_closed_reaches_nobody(make_need, make_sites) -> None:
    found = _reach(make_need(TOWNS), make_sites(PLACES), over=frozenset({"s1", "s2"}))
    assert found.table["name"].tolist() == ["West hall"]
    assert told_now(found.wording).startswith("No office or hub is known to the planner")
    assert any(note.startswith("2 sites are no candidates") for note in found.notes)


def test_rooms_of_known_size_share_out_their_places(make_need, make_sites) -> None:
    sites = make_sites(PLACES, capacity=[15, None, 40])
    found = _reach(make_need(TOWNS), sites, reach=ReachOptions(decay="step")).capacity
    assert found.table[["name", "clients", "places_a_client"]].to_numpy().tolist() == [["West hall", 30.0, 0.5]]
    assert (found.known, found.sites, found.without) == (1, 2, 26.0)
    assert told_capacity(found).startswith(
        "1 of 2 sites have a known capacity. Were a session held in each of them, 30"
    )


def test_without_a_known_capacity_nothing_is_said_of_it(make_need, make_sites) -> None:
    assert _reach(make_need(TOWNS), make_sites(PLACES)).capacity is None


def test_a_room_that_reaches_nobody_is_told_so(make_need, make_sites) -> None:
    sites = make_sites([("Far hall", "village_hall", 90_000)], capacity=[20])
    found = _reach(make_need(TOWNS), sites)
    assert told_capacity(found.capacity).endswith("no client would have a place in reach.")
    assert found.table["households_reached"].tolist() == [0]


@pytest.mark.parametrize("minutes", [5, 30, 120])
def test_what_is_there_now_and_what_is_added_never_exceed_what_there_is(make_need, make_sites, minutes: float) -> None:
    found = _reach(make_need(TOWNS), make_sites(PLACES), reach=ReachOptions(cutoff_minutes=minutes))
    assert (found.wording.now + found.table["newly_reached"] <= found.wording.total).all()
    assert (found.table["newly_reached"] <= found.table["households_reached"]).all()
