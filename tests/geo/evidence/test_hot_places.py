"""Hot cells that touch are one place, called by the name of the surest."""

from h3.api.basic_int import grid_disk, grid_ring

from geo.evidence.hot_places import hot_places
from geo.evidence.hotspots import find_hotspots
from tests.geo.evidence.districts import CENTRE, counts_on, grid_from

FAR = min(grid_ring(CENTRE, 7))


def district(hot, *, places=None):
    """An even district in which some cells hold many clients each."""
    cells = sorted(grid_disk(CENTRE, 9))
    grid = grid_from(cells, [100] * len(cells))
    grid.cells["place"] = [(places or {}).get(cell, "Mill") for cell in cells]
    counts = counts_on(grid, [40 if cell in hot else 2 for cell in cells])
    return find_hotspots(counts, grid, test="excess"), grid


def test_cells_that_touch_are_one_place_and_others_are_numbered_by_how_sure_they_are():
    found, grid = district({CENTRE, FAR})
    places = hot_places(found, grid)
    assert set(places) == {"Mill", "Mill (2)"}
    assert sorted(places["Mill"] + places["Mill (2)"]) == sorted({*grid_disk(CENTRE, 1), *grid_disk(FAR, 1)})


def test_a_place_is_called_by_its_surest_cell():
    found, grid = district({CENTRE}, places=dict.fromkeys(grid_disk(CENTRE, 1), "Quay"))
    assert hot_places(found, grid) == {"Quay": tuple(sorted(grid_disk(CENTRE, 1)))}


def test_cold_cells_are_no_hot_place():
    found, grid = district(set(grid_disk(CENTRE, 9)) - set(grid_disk(CENTRE, 3)))
    cold = set(found.table.loc[found.table["kind"].str.startswith("cold"), "cell"])
    assert cold
    assert cold.isdisjoint({cell for cells in hot_places(found, grid).values() for cell in cells})


def test_a_district_without_a_hot_cell_has_no_hot_place():
    assert hot_places(*district(set())) == {}


def test_a_level_that_nothing_reaches_keeps_no_place():
    found, grid = district({CENTRE, FAR})
    assert hot_places(found, grid, level=1e-300) == {}
