"""What the records say, computed once for each state of the workspace and each choice.

Everything here is keyed on the workspace's fingerprint, so that an import, a new file or a saved option is seen at
once, by every open tab. Cached objects are shared between tabs and are never changed.
"""

from dataclasses import asdict
from typing import Final

import pandas as pd
import streamlit as st

from geo.errors import MissingDataError
from geo.evidence.counts import AreaCounts, CellCounts, Selection, count_areas, count_cells, only_areas
from geo.evidence.hotspots import Hotspots, Test, find_hotspots
from geo.evidence.periods import periods_of
from geo.hubs.ranking import Ranking
from geo.places.grid import HexGrid
from geo.review.maps import episodes_of, grid_of
from geo.review.rankings import ranking_of
from geo.review.workspace import Workspace
from geo.scenario import Flag, RankingWeights

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


def ward_counts(workspace: Workspace, chosen: Selection) -> AreaCounts:
    """Count by ward."""
    return _ward_counts(workspace.fingerprint(), chosen, workspace)


def grid(workspace: Workspace, *, resolution: int) -> HexGrid:
    """Fetch the inhabited hexagons."""
    return _grid(workspace.fingerprint(), resolution, workspace)


def hotspots(workspace: Workspace, chosen: Selection, *, test: Test, resolution: int) -> Hotspots:
    """Fetch one of the two tests."""
    return _hotspots(workspace.fingerprint(), test, resolution, chosen, workspace)


def ranking(workspace: Workspace, chosen: Selection, *, weights: RankingWeights) -> Ranking:
    """Rank the sites under these weights."""
    return _ranking(workspace.fingerprint(), chosen, weights.model_dump_json(), workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _episodes(fingerprint: str, _workspace: Workspace) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    return episodes_of(_workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _grid(fingerprint: str, resolution: int, _workspace: Workspace) -> HexGrid:  # noqa: ARG001 - the cache's key
    return grid_of(_workspace, resolution)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _counts(fingerprint: str, resolution: int, chosen: Selection, _workspace: Workspace) -> CellCounts:
    return count_cells(_episodes(fingerprint, _workspace), resolution=resolution, **asdict(chosen))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _ward_counts(fingerprint: str, chosen: Selection, _workspace: Workspace) -> AreaCounts:
    counted = count_areas(_episodes(fingerprint, _workspace), level="ward", **asdict(chosen))
    wards = _workspace.areas("wards")
    return counted if wards is None else only_areas(counted, wards["code"])


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _hotspots(fingerprint: str, test: Test, resolution: int, chosen: Selection, _workspace: Workspace) -> Hotspots:
    counted = _counts(fingerprint, resolution, chosen, _workspace)
    return find_hotspots(counted, _grid(fingerprint, resolution, _workspace), test=test)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _ranking(fingerprint: str, chosen: Selection, weights: str, _workspace: Workspace) -> Ranking:
    scenario = _workspace.scenario
    weighted = scenario.model_copy(update={"weights": RankingWeights.model_validate_json(weights)})
    resolution = usual_resolution(_workspace)
    counted = _counts(fingerprint, resolution, chosen, _workspace)
    return ranking_of(_workspace, counted, _grid(fingerprint, resolution, _workspace), scenario=weighted)
