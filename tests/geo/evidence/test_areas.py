"""Hot cells become areas with names; each is judged by both tests, and none is lost."""

from dataclasses import replace

import numpy as np
import pytest
from h3.api.basic_int import cell_to_latlng, grid_disk

from geo.crs import to_national_grid
from geo.evidence.areas import area_of_cells, find_areas
from geo.evidence.clusters import find_clusters
from geo.evidence.hotspots import find_hotspots
from geo.scenario import ScanOptions
from tests.geo.evidence.districts import CENTRE, counts_on, grid_from

QUICK = ScanOptions(replicates=999)


def placed(grid):
    """Put each cell where it is, since the scan draws circles on the ground."""
    lat, lon = np.array([cell_to_latlng(cell) for cell in grid.cells["cell"].tolist()]).T
    easting, northing = to_national_grid(lon, lat)
    return replace(grid, cells=grid.cells.assign(easting=easting, northing=northing))


def district(*hot: int, each: int = 30):
    """A district of 469 cells of 100 homes, with clients at random and many more in the given cells."""
    cells = sorted(grid_disk(CENTRE, 12))
    grid = placed(grid_from(cells, [100.0] * len(cells)))
    counts = np.random.default_rng(3).poisson(0.6, len(cells))
    counts[np.isin(grid.cells["cell"], hot)] += each
    return grid, counts_on(grid, counts)


def areas_of(grid, counts, *, level=0.05, names=None, options=QUICK):
    found = find_hotspots(counts, grid, test="excess")
    clusters = find_clusters(counts, grid, options=options)
    return find_areas(found, clusters, grid, level=level, names=names or {}), found, clusters


@pytest.fixture(scope="module")
def two():
    """Two hot places far apart."""
    other = min(grid_disk(CENTRE, 9))
    grid, counts = district(CENTRE, other)
    return grid, counts, other


def test_hot_cells_that_touch_are_one_area_and_others_are_another(two) -> None:
    grid, counts, other = two
    areas, _, _ = areas_of(grid, counts)
    assert [area.verdict for area in areas] == ["priority", "priority"]
    assert sorted(CENTRE in area.cells for area in areas) == [False, True]
    assert sum(other in area.cells for area in areas) == 1
    assert all(area.by == "both" and area.clusters for area in areas)


def test_every_hot_cell_is_in_exactly_one_area(two) -> None:
    grid, counts, _ = two
    areas, found, _ = areas_of(grid, counts)
    hot = found.table.loc[found.table["kind"].isin(["hot95", "hot99"]), "cell"]
    assert sorted(cell for area in areas for cell in area.cells) == sorted(hot)


def test_an_area_that_no_cluster_holds_is_only_watched(two) -> None:
    grid, counts, _ = two
    _, found, clusters = areas_of(grid, counts)
    none = replace(clusters, table=clusters.table.iloc[:0], cells=clusters.cells.iloc[:0])
    areas = find_areas(found, none, grid, level=0.05, names={})
    assert {(area.verdict, area.by) for area in areas} == {("watch", "excess")}


def test_a_cluster_without_a_hot_cell_is_watched_and_not_lost(two) -> None:
    grid, counts, _ = two
    _, found, clusters = areas_of(grid, counts)
    calm = replace(found, table=found.table.assign(kind="none", q_uneven=1.0))
    areas = find_areas(calm, clusters, grid, level=0.05, names={})
    listed = clusters.table.loc[clusters.table["p_uneven"] <= 0.05, "cluster"].tolist()
    assert listed
    assert sorted((area.verdict, area.by, area.clusters) for area in areas) == [
        ("watch", "scan", (number,)) for number in listed
    ]
    held = clusters.cells.loc[clusters.cells["cluster"].isin(listed), "cell"]
    assert sorted(cell for area in areas for cell in area.cells) == sorted(held)


def test_a_stricter_level_keeps_no_more(two) -> None:
    grid, counts, _ = two
    loose, strict = (areas_of(grid, counts, level=level)[0] for level in (0.05, 0.001))
    assert {cell for area in strict for cell in area.cells} <= {cell for area in loose for cell in area.cells}


def test_areas_of_one_name_are_numbered(two) -> None:
    grid, counts, _ = two
    areas, _, _ = areas_of(grid, counts, names=dict.fromkeys(grid.cells["cell"].tolist(), "Fenwick"))
    assert [area.name for area in areas] == ["Fenwick (1)", "Fenwick (2)"]
    assert list(area_of_cells(areas)) == ["Fenwick (1)", "Fenwick (2)"]


def test_a_second_place_with_much_of_the_homes_is_named_too(two) -> None:
    grid, counts, _ = two
    areas, _, _ = areas_of(grid, counts)
    first = next(area for area in areas if CENTRE in area.cells)
    half = {cell: "Fenwick" if at % 2 else "Quay" for at, cell in enumerate(first.cells)}
    named = areas_of(grid, counts, names=half)[0]
    assert "Fenwick and Quay" in [area.name for area in named] or "Quay and Fenwick" in [area.name for area in named]


@pytest.mark.parametrize("size", [1, 3])
def test_a_tiny_district_has_no_area_and_no_traceback(size) -> None:
    cells = sorted(grid_disk(CENTRE, 1))[:size]
    grid = placed(grid_from(cells, [100.0] * size))
    areas, _, _ = areas_of(grid, counts_on(grid, [4] * size))
    assert areas == []


def test_nobody_at_all_is_no_area() -> None:
    grid, _ = district()
    areas, _, _ = areas_of(grid, counts_on(grid, np.zeros(len(grid.cells), dtype=int)))
    assert areas == []
