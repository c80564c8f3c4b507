"""Put one simulated district through every test the planner offers, and say which of them called something."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.evidence.areas import HotArea, find_areas
from geo.evidence.clusters import Clusters, find_clusters
from geo.evidence.counts import CellCounts, count_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.hotspots import Hotspots, find_hotspots
from geo.evidence.like_for_like import compare_like_for_like
from geo.evidence.scan_null import NullStore
from geo.evidence.simulate import FIRST_MONTH, YEARS
from geo.evidence.trends import find_trends
from geo.places.grid import HexGrid
from geo.scenario import Scenario

IntArray = npt.NDArray[np.int64]

TESTS: Final = ("counts", "homes", "excess", "scan_homes", "scan", "priority", "either", "trend")
"""What is asked of every district without a hotspot: see `find_alarms`."""
VERDICTS: Final = ("excess", "scan", "priority", "either")
"""What is asked of every district with a planted one: see `find_planted`."""
_CHANGES: Final = ("new", "growing", "fading")


@dataclass(frozen=True)
class Bench:
    """Hold what all simulated districts share.

    Attributes
    ----------
    grid
        Inhabited cells with their homes.
    scenario
        The options by which a council's own review is tested.
    """

    grid: HexGrid
    scenario: Scenario

    @property
    def level(self) -> float:
        """Significance of every test but the trend's, which has its own."""
        return self.scenario.priority.level

    def claims(self) -> dict[str, float]:
        """Give the share of districts in which each test may call something though nothing is there."""
        return dict.fromkeys(TESTS, self.level) | {"trend": self.scenario.trends.significance}


@dataclass(frozen=True)
class _Judged:
    """Hold both tests of the last review year, and the areas they make."""

    counts: CellCounts
    found: Hotspots
    clusters: Clusters
    areas: list[HotArea]


def find_alarms(records: pd.DataFrame, bench: Bench, *, rng: np.random.Generator, nulls: NullStore) -> set[str]:
    """Name the tests that called something in a district where nothing is.

    Parameters
    ----------
    records
        RECORDS table of two review years, as `draw_records` gives it.
    bench
        What all districts share.
    rng
        Shuffles the counts for the test of counts, whose own null is a shuffled map.
    nulls
        Keeps the scan's laws.

    Returns
    -------
    set of str
        "counts": Gi* of the shuffled counts; "homes": the excess test against homes alone; "excess": against ordinary
        unevenness; "scan_homes" and "scan": a cluster, likewise; "priority": an area that both call; "either": any
        area; "trend": a cell that is new, growing or fading.
    """
    judged = _judge(records, bench, nulls)
    table, p = judged.found.table, judged.clusters.table
    more = table["window_count"] > table["expected"]
    alarms = {
        "counts": _shuffled_is_hot(judged, bench, rng),
        "homes": bool((more & (table["q"] <= bench.level)).any()),
        "excess": any(area.by != "scan" for area in judged.areas),
        "scan_homes": bool((p["p"] <= bench.level).any()),
        "scan": bool((p["p_uneven"] <= bench.level).any()),
        "priority": any(area.verdict == "priority" for area in judged.areas),
        "either": bool(judged.areas),
        "trend": _any_change(records, bench),
    }
    return {test for test, called in alarms.items() if called}


def find_planted(
    records: pd.DataFrame, planted: IntArray, bench: Bench, *, nulls: NullStore
) -> tuple[set[str], set[str]]:
    """Name the verdicts that found a planted hotspot, and those that were given elsewhere too.

    Parameters
    ----------
    records
        RECORDS table of one review year.
    planted
        Row numbers, in the grid, of the cells whose risk is raised.
    bench, nulls
        As in `find_alarms`.

    Returns
    -------
    tuple of set
        Verdicts ("excess", "scan", "priority", "either") of areas, or of the scan's clusters, that hold a planted
        cell; and those of areas that hold neither a planted cell nor a neighbour of one.
    """
    judged = _judge(records, bench, nulls)
    cells = bench.grid.cells["cell"].to_numpy(dtype=np.int64)
    inside = set(cells[planted].tolist())
    near = {cell for row in planted.tolist() for cell in cells[_window(bench.grid, row)].tolist()}
    found, elsewhere = set[str](), set[str]()
    for area in judged.areas:
        if inside & set(area.cells):
            found |= _verdicts(area)
        elif not near & set(area.cells):
            elsewhere |= _verdicts(area)
    sure = judged.clusters.table.loc[judged.clusters.table["p_uneven"] <= bench.level, "cluster"]
    members = judged.clusters.cells
    if members.loc[members["cluster"].isin(sure), "cell"].isin(list(inside)).any():
        found |= {"scan", "either"}
    return found, elsewhere


def _judge(records: pd.DataFrame, bench: Bench, nulls: NullStore) -> _Judged:
    episodes = find_episodes(records, months=bench.scenario.episode_months, first_month=FIRST_MONTH)
    counts = count_cells(episodes, resolution=bench.grid.resolution, period=YEARS[-1])
    found = find_hotspots(counts, bench.grid, test="excess")
    clusters = find_clusters(counts, bench.grid, options=bench.scenario.scan, nulls=nulls)
    areas = find_areas(found, clusters, bench.grid, level=bench.level, names={})
    return _Judged(counts, found, clusters, areas)


def _verdicts(area: HotArea) -> set[str]:
    tests = {"excess", "scan", "priority"} if area.by == "both" else {str(area.by)}
    return tests | {"either"}


def _shuffled_is_hot(judged: _Judged, bench: Bench, rng: np.random.Generator) -> bool:
    """Test the counts of all cells of the grid, dealt out anew among them."""
    cells = bench.grid.cells["cell"]
    by_cell = judged.counts.cells.set_index("cell").reindex(cells, fill_value=0)
    shuffled = by_cell.iloc[rng.permutation(len(cells))].set_axis(cells).reset_index()
    table = find_hotspots(replace(judged.counts, cells=shuffled), bench.grid, test="counts").table
    return bool((table["kind"].str.startswith("hot") & (table["q"] <= bench.level)).any())


def _any_change(records: pd.DataFrame, bench: Bench) -> bool:
    compared = compare_like_for_like(
        records,
        earlier=YEARS[0],
        later=YEARS[1],
        first_month=FIRST_MONTH,
        episode_months=bench.scenario.episode_months,
        hub_sources=(),
    )
    trends = find_trends(compared, by="cell", resolution=bench.grid.resolution, options=bench.scenario.trends)
    return bool(trends.table["trend"].isin(_CHANGES).any())


def _window(grid: HexGrid, row: int) -> IntArray:
    return grid.indices[grid.indptr[row] : grid.indptr[row + 1]]
