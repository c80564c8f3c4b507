"""The sample district under other settings: what was planted in every year is still there."""

from datetime import date

import pytest

from geo.evidence.counts import Selection, count_selected_cells
from geo.evidence.hot_places import hot_places
from geo.evidence.hotspots import find_hotspots
from geo.evidence.power import detectable_risks
from geo.review.maps import episodes_of, grid_of
from geo.review.stability import housed_of, stability_of
from layers.sample import open_sample


@pytest.fixture(scope="module")
def workspace():
    """The district as the app opens it, with homes and wards."""
    return open_sample(today=date(2026, 5, 1))


@pytest.fixture(scope="module")
def judged(workspace):
    grid = grid_of(workspace, 8)
    counts = count_selected_cells(episodes_of(workspace), Selection(), resolution=8)
    found = find_hotspots(counts, grid, test="excess")
    places = hot_places(found, grid)
    return found, grid, stability_of(workspace, places, selection=Selection(), resolution=8)


def test_the_planted_clusters_stay_hot_whichever_year_is_left_out(judged):
    _, _, stability = judged
    assert len(stability.table) >= 2
    assert stability.table["held_out"].all()
    assert (stability.table["share"] >= 0.6).all()
    assert (stability.table["word"] == "firm").any()


def test_shifted_grids_hold_every_home_of_the_district(workspace, judged):
    _, grid, _ = judged
    assert housed_of(workspace)["homes"].sum() == pytest.approx(grid.cells["homes"].sum(), abs=1e-9)


def test_every_run_accounts_for_the_clients_it_could_not_test(judged):
    found, _, stability = judged
    assert stability.clients == found.clients + found.untested
    rings = stability.detail[stability.detail["kind"] == "rings"]
    assert set(rings["untested"]) == {found.untested}


def test_a_planted_risk_of_six_times_could_have_been_seen_where_homes_are_many(judged):
    found, grid, _ = judged
    risks = detectable_risks(found, grid)
    hot = found.table.loc[found.table["kind"] == "hot99", "cell"]
    assert len(hot)
    assert risks[hot].max() < 9
