"""What the records say, computed once for each state of the workspace and each choice.

Everything here is keyed on the workspace's fingerprint, so that an import, a new file or a saved option is seen at
once, by every open tab. Cached objects are shared between tabs and are never changed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.errors import MissingDataError
from geo.evidence.clusters import Clusters, find_clusters
from geo.evidence.counts import (
    AreaCounts,
    AreaLevel,
    CellCounts,
    Selection,
    count_selected_areas,
    count_selected_cells,
    only_areas,
)
from geo.evidence.hotspots import Hotspots, Test, find_hotspots
from geo.evidence.like_for_like import LikeForLike
from geo.evidence.periods import periods_of
from geo.evidence.rates import Rates
from geo.evidence.run_charts import RunCharts
from geo.evidence.scan_null import NullStore
from geo.evidence.trends import TrendLevel, Trends
from geo.places.area_homes import AreaHomes
from geo.places.grid import HexGrid
from geo.review.maps import episodes_of, grid_of
from geo.review.priorities import Priorities, priorities_of
from geo.review.rates import area_homes_of, area_rates_of, areas_of, cell_rates_of
from geo.review.review_plan import ReviewPlan
from geo.review.trends import like_for_like_of, run_charts_of, trends_of
from geo.review.workspace import Workspace
from geo.scenario import Flag

_KEPT: Final = 64


def usual_resolution(workspace: Workspace) -> int:
    """Give the workspace's own size of hexagons."""
    return workspace.scenario.resolution


def episodes(workspace: Workspace) -> pd.DataFrame:
    """Fetch the household episodes; they have at least one row.

    Raises
    ------
    MissingDataError
        Nothing has been taken in yet.
    """
    found = _episodes(workspace.fingerprint(), workspace)
    if found.empty:
        message = "There are no records yet. Add a file of approaches and referrals on the Referrals page first."
        raise MissingDataError(message)
    return found


def periods(workspace: Workspace) -> list[str]:
    """List the review years that have records, newest first."""
    return periods_of(episodes(workspace))[::-1]


def sources(workspace: Workspace) -> list[str]:
    """List who referred, and the names files were added under."""
    found = episodes(workspace)
    return sorted({*found["source"], *found["feed"]} - {""})


def flagged(workspace: Workspace, flag: Flag) -> bool:
    """Tell whether any record carries a mark."""
    return bool(episodes(workspace)[flag].any())


def counts(workspace: Workspace, chosen: Selection, *, resolution: int) -> CellCounts:
    """Count by hexagon."""
    return _counts(workspace.fingerprint(), resolution, chosen, workspace)


def area_counts(workspace: Workspace, chosen: Selection, *, level: AreaLevel) -> AreaCounts:
    """Count by ward, LSOA or own named area."""
    return _area_counts(workspace.fingerprint(), level, chosen, workspace)


def grid(workspace: Workspace, *, resolution: int) -> HexGrid:
    """Fetch the inhabited hexagons."""
    return _grid(workspace.fingerprint(), resolution, workspace)


def hotspots(workspace: Workspace, chosen: Selection, *, test: Test, resolution: int) -> Hotspots:
    """Fetch one of the two tests."""
    return _hotspots(workspace.fingerprint(), test, resolution, chosen, workspace)


def clusters(workspace: Workspace, chosen: Selection, *, resolution: int) -> Clusters:
    """Fetch the search for clusters; the first time it tells how far it is."""
    return _clusters(workspace.fingerprint(), resolution, chosen, workspace)


def priorities(workspace: Workspace, plan: ReviewPlan) -> Priorities:
    """Fetch the review's own analysis, without the notes on it; the first time it tells how far it is."""
    return _priorities(workspace.fingerprint(), plan, workspace)


def areas(workspace: Workspace, level: AreaLevel) -> gpd.GeoDataFrame:
    """Fetch the wards, LSOAs or own named areas that are loaded."""
    return _areas(workspace.fingerprint(), level, workspace)


def rates(workspace: Workspace, chosen: Selection, *, by: int | AreaLevel) -> Rates:
    """Set clients against homes, by hexagons of a resolution or by named areas."""
    if isinstance(by, int):
        return _cell_rates(workspace.fingerprint(), by, chosen, workspace)
    return _area_rates(workspace.fingerprint(), by, chosen, workspace)


def like_for_like(workspace: Workspace, earlier: str, later: str) -> LikeForLike:
    """Compare two review years by the sources that cover both."""
    return _like_for_like(workspace.fingerprint(), earlier, later, workspace)


def trends(workspace: Workspace, years: tuple[str, str], *, by: TrendLevel, resolution: int = 8) -> Trends:
    """Test the change between two review years of the district, of hexagons or of named areas."""
    return _trends(workspace.fingerprint(), years, by, resolution, workspace)


def run_charts(workspace: Workspace, place: str, cells: tuple[int, ...], *, resolution: int) -> RunCharts:
    """Count quarter by quarter for the district, and for one place where it is named."""
    return _run_charts(workspace.fingerprint(), place, cells, resolution, workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _episodes(fingerprint: str, _workspace: Workspace) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    return episodes_of(_workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _grid(fingerprint: str, resolution: int, _workspace: Workspace) -> HexGrid:  # noqa: ARG001 - the cache's key
    return grid_of(_workspace, resolution)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _counts(fingerprint: str, resolution: int, chosen: Selection, _workspace: Workspace) -> CellCounts:
    return count_selected_cells(_episodes(fingerprint, _workspace), chosen, resolution=resolution)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _area_counts(fingerprint: str, level: AreaLevel, chosen: Selection, _workspace: Workspace) -> AreaCounts:
    counted = count_selected_areas(_episodes(fingerprint, _workspace), chosen, level=level)
    return only_areas(counted, _areas(fingerprint, level, _workspace)["code"])


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _areas(fingerprint: str, level: AreaLevel, _workspace: Workspace) -> gpd.GeoDataFrame:  # noqa: ARG001 - the cache's key
    return areas_of(_workspace, level=level)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _grid_then(fingerprint: str, resolution: int, period: str, _workspace: Workspace) -> HexGrid:  # noqa: ARG001 - as above
    return grid_of(_workspace, resolution, period=period)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _area_homes(fingerprint: str, level: AreaLevel, period: str, _workspace: Workspace) -> AreaHomes:  # noqa: ARG001 - as above
    return area_homes_of(_workspace, level=level, period=period)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _cell_rates(fingerprint: str, resolution: int, chosen: Selection, _workspace: Workspace) -> Rates:
    counted = _counts(fingerprint, resolution, chosen, _workspace)
    return cell_rates_of(_workspace, counted, _grid_then(fingerprint, resolution, chosen.period, _workspace))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _area_rates(fingerprint: str, level: AreaLevel, chosen: Selection, _workspace: Workspace) -> Rates:
    counted = _area_counts(fingerprint, level, chosen, _workspace)
    return area_rates_of(_workspace, counted, _area_homes(fingerprint, level, chosen.period, _workspace))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _hotspots(fingerprint: str, test: Test, resolution: int, chosen: Selection, _workspace: Workspace) -> Hotspots:
    counted = _counts(fingerprint, resolution, chosen, _workspace)
    return find_hotspots(counted, _grid(fingerprint, resolution, _workspace), test=test)


def simulated() -> NullStore:
    """Give the simulated districts kept so far, for a step in the background that needs them."""
    return _nulls()


@st.cache_resource(show_spinner=False)
def _nulls() -> NullStore:
    """Keep simulated districts for all tabs: they hold nothing of any record."""
    return NullStore()


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _clusters(fingerprint: str, resolution: int, chosen: Selection, _workspace: Workspace) -> Clusters:
    counted = _counts(fingerprint, resolution, chosen, _workspace)
    grid_there, options = _grid(fingerprint, resolution, _workspace), _workspace.scenario.scan
    with progress_bar("Searching for clusters") as tell:
        return find_clusters(counted, grid_there, options=options, nulls=_nulls(), progress=tell)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={ReviewPlan: repr})
def _priorities(fingerprint: str, plan: ReviewPlan, _workspace: Workspace) -> Priorities:  # noqa: ARG001 - the cache's key
    with progress_bar("Working out the priorities of this review") as tell:
        return priorities_of(_workspace, plan, nulls=_nulls(), progress=tell)


@contextmanager
def progress_bar(first: str) -> Iterator[Callable[[str, float], None]]:
    """Show how far a long step is, and take the bar away when it ends."""
    bar = st.progress(0.0, first)

    def tell(step: str, done: float) -> None:
        bar.progress(min(max(done, 0.0), 1.0), step)

    try:
        yield tell
    finally:
        bar.empty()


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _like_for_like(fingerprint: str, earlier: str, later: str, _workspace: Workspace) -> LikeForLike:  # noqa: ARG001 - the cache's key
    return like_for_like_of(_workspace, earlier=earlier, later=later)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _trends(fingerprint: str, years: tuple[str, str], by: TrendLevel, resolution: int, _workspace: Workspace) -> Trends:
    return trends_of(_workspace, _like_for_like(fingerprint, *years, _workspace), by=by, resolution=resolution)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _run_charts(
    fingerprint: str,  # noqa: ARG001 - the cache's key
    place: str,
    cells: tuple[int, ...],
    resolution: int,
    _workspace: Workspace,
) -> RunCharts:
    return run_charts_of(_workspace, {place: cells} if place else {}, resolution=resolution)
