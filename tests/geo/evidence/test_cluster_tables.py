from dataclasses import replace

import numpy as np
import shapely

from geo.evidence.cluster_tables import IN_NO_CLUSTER, cluster_outlines, clusters_table
from geo.evidence.clusters import find_clusters, significant
from geo.evidence.tables import UNTESTED, cell_numbers
from geo.places.grid import cell_polygons
from tests.geo.evidence.districts import counts_on, rural_district
from tests.geo.evidence.scans import EVERYTHING, FOUR, HALF, QUICK, at_points, placed, spread


def test_the_table_people_open_ends_with_the_others_and_the_untested():
    grid = placed(rural_district(7, rings=4))
    counts = spread(grid, 200) + 30 * (np.arange(61) == 10)
    found = find_clusters(counts_on(grid, counts, elsewhere=4), grid, options=EVERYTHING)
    table = clusters_table(found, grid)
    assert table["cluster"].tolist()[-2:] == [IN_NO_CLUSTER, UNTESTED]
    assert table["count"].sum() == 234
    assert table["count"].iloc[-1] == 4
    assert set(cell_numbers(table["centre"].iloc[:-2])) <= set(grid.cells["cell"])
    assert (table["places"].iloc[:-2] == "Somewhere").all()
    none = find_clusters(counts_on(grid, np.zeros(61)), grid, options=QUICK)
    assert clusters_table(none, grid)["count"].tolist() == [0, 0]
    assert list(clusters_table(none, grid)) == list(table)


def test_a_cluster_is_named_after_its_places_those_with_most_homes_first():
    grid = at_points(*FOUR)
    grid = replace(grid, cells=grid.cells.assign(place=["Abbot", "Barton", "", "Combe"]))
    found = find_clusters(counts_on(grid, [6, 9, 5, 0]), grid, options=HALF)
    assert clusters_table(found, grid)["places"].tolist() == ["Barton, Abbot", "", ""]


def test_outlines_enclose_the_cells_of_each_cluster_and_nothing_else():
    grid = placed(rural_district(7, rings=4))
    counts = spread(grid, 200) + 30 * (np.arange(61) == 10)
    found = find_clusters(counts_on(grid, counts), grid, options=EVERYTHING)
    outlines = cluster_outlines(found)
    assert outlines["cluster"].tolist() == found.table["cluster"].tolist()
    assert outlines.crs.to_epsg() == 4326
    for number, outline in zip(outlines["cluster"], outlines.geometry, strict=True):
        inside = found.cells.loc[found.cells["cluster"] == number, "cell"].to_numpy()
        whole = shapely.union_all(cell_polygons(inside))
        assert outline.symmetric_difference(whole).area < 1e-6 * whole.area
    assert len(cluster_outlines(significant(found, 0.0))) == 0
