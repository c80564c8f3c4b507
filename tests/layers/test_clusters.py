"""Clusters on a map: outlines and numbers that do not rest on colour."""

import re
from dataclasses import replace

import numpy as np
import pytest

from geo.evidence.cluster_tables import cluster_outlines
from geo.evidence.clusters import find_clusters
from layers import clusters
from layers.base import add_legend, new_map
from layers.standalone import standalone_html
from layers.style import LegendSection
from tests.geo.evidence.districts import counts_on, rural_district
from tests.geo.evidence.scans import EVERYTHING, QUICK, placed, spread
from tests.layers.drawn import URLS


def thinned(grid):
    """Leave every third cell without homes."""
    return replace(grid, cells=grid.cells.assign(homes=grid.cells.homes.where(np.arange(len(grid.cells)) % 3 > 0, 0)))


@pytest.fixture(scope="module")
def found():
    grid = placed(thinned(rural_district(7, rings=4)))
    counts = spread(grid, 200) + 40 * (np.arange(len(grid.cells)) == 10)
    return find_clusters(counts_on(grid, counts), grid, options=EVERYTHING)


def calls(target):
    return re.findall(r"planner\.(\w+)\(map_\w+, (.*)\);", target.get_root().render())


def test_each_cluster_is_outlined_on_white_and_numbered(square, found) -> None:
    target = new_map(square, title="Clusters", urls=URLS)
    clusters.draw_clusters(target, found)
    drawn = dict(calls(target))
    sure = [1 if p <= 0.05 else 2 for p in found.table["p_uneven"]]
    assert sure[0] == 1
    assert 2 in sure
    assert f'"classes":{[0] * len(sure) + sure}'.replace(" ", "") in drawn["quiet"]
    assert '"dashArray":"12 5"' in drawn["quiet"]
    assert drawn["quiet"].count('"fill":false') == 3
    parts = cluster_outlines(found).explode()["cluster"]
    assert len(parts) > len(sure)  # some cluster lies on both sides of country where nobody lives
    for number in found.table["cluster"]:
        assert drawn["marks"].count(f'"Cluster {number}"') == (parts == number).sum()
    assert '"label":"Expected from the homes"' in drawn["marks"]


def test_no_cluster_draws_nothing(square) -> None:
    target = new_map(square, title="Clusters", urls=URLS)
    grid = placed(rural_district(7, rings=4))
    none = find_clusters(counts_on(grid, np.zeros(61)), grid, options=QUICK)
    clusters.draw_clusters(target, none)
    assert "quiet" not in dict(calls(target))


def test_where_everybody_is_inside_no_figure_is_made_up(square) -> None:
    grid = placed(rural_district(7, rings=4))
    alone = find_clusters(counts_on(grid, 40 * (np.arange(61) == 10)), grid, options=QUICK)
    target = new_map(square, title="Clusters", urls=URLS)
    clusters.draw_clusters(target, alone)
    assert '"label":"Times the risk elsewhere","values":[null]' in dict(calls(target))["marks"]


def test_the_legend_tells_the_lines_apart_without_colour(square, found) -> None:
    target = new_map(square, title="Clusters")
    clusters.draw_clusters(target, found)
    add_legend(target, [LegendSection("Clusters", clusters.legend_entries())])
    page = standalone_html(target)
    dashes = [entry.look.dash for entry in clusters.legend_entries() if entry.look is not None]
    assert len(set(dashes)) == 2
    assert all(f'"dashArray":"{dash}"' in page for dash in dashes)
