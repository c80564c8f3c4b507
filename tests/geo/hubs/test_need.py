"""Need: the clients who came, or as many as the homes let one expect."""

from dataclasses import replace

import numpy as np
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.evidence.rates import find_rates
from geo.hubs.facts import Surroundings
from geo.hubs.need import clients_of, expected_of
from geo.hubs.ranking import Choice, rank_sites
from geo.scenario import Scenario

TOWNS = [(0, 30), (10_000, 20), (20_000, 0)]


def _alone(need, grid):
    """Give each cell a window of its own, so that rates can be worked out."""
    count = len(grid.cells)
    grid = replace(grid, indptr=np.arange(count + 1), indices=np.arange(count))
    return need, grid, find_rates(need, grid, months=12)


def test_clients_are_drawn_from_a_gamma_of_their_count(make_need) -> None:
    need = clients_of(*make_need(TOWNS))
    assert need.shape.tolist() == need.points.counts.tolist() == [30, 20]
    assert need.total == 50


def test_expected_need_is_homes_times_the_smoothed_rate_and_reaches_where_nobody_came(make_need) -> None:
    need, grid, found_rates = _alone(*make_need(TOWNS))
    found, rates = expected_of(need, grid, found_rates), found_rates.table
    assert found.points.counts == pytest.approx(rates["smoothed_per_1000_homes"] * 0.1)  # 100 homes, one year
    assert (found.points.counts > 0).all()
    assert found.shape * found.scale == pytest.approx(found.points.counts)


def test_the_range_of_expected_need_is_about_as_wide_as_the_ranges_of_its_cells(make_need) -> None:
    need, grid, found_rates = _alone(*make_need(TOWNS))
    found, rates = expected_of(need, grid, found_rates), found_rates.table
    low, high = found.interval(np.eye(3, dtype=bool))
    assert low == pytest.approx(rates["smoothed_low_per_1000_homes"] * 0.1, abs=1)
    assert high == pytest.approx(rates["smoothed_high_per_1000_homes"] * 0.1, abs=1.5)


def test_clients_of_cells_without_homes_count_as_they_came(make_need) -> None:
    need, grid = make_need([(0, 30), (10_000, 20)])
    found = expected_of(*_alone(need, replace(grid, cells=grid.cells.assign(homes=[100.0, 0.0]))))
    assert found.points.counts.tolist() == pytest.approx([30, 20])
    assert found.without_homes == 20


def test_a_ranking_by_expected_need_says_so(make_need, make_sites) -> None:
    expected = expected_of(*_alone(*make_need(TOWNS)))
    sites = make_sites([("West hall", "village_hall", 0), ("New estate hall", "village_hall", 20_000)])
    ranked = rank_sites(expected, Surroundings(sites), scenario=Scenario(), choice=Choice(draws=50))
    assert ranked.wording.noun == "household episodes expected from the homes"
    assert ranked.table.set_index("name").loc["New estate hall", "households_reached"] > 0
    assert any(note.startswith("50 came; ") for note in ranked.notes)


def test_nobody_to_reach_is_one_sentence(make_need) -> None:
    with pytest.raises(MissingDataError, match="No client of this choice has a place on the map"):
        clients_of(*make_need([(0, 0)], unmapped=3))


def test_counts_of_another_resolution_are_refused(make_need) -> None:
    need, grid = make_need(TOWNS)
    with pytest.raises(BadInputError, match="resolution 8, the grid at 7"):
        clients_of(need, replace(grid, resolution=7))
