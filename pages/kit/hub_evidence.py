"""Rankings, reach and isochrones, computed once for each state of the workspace and each choice.

Journeys are kept apart from what is reckoned from them: to move a weight asks no street again.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from geo.evidence.counts import Selection
from geo.hubs.bands import minute_bands
from geo.hubs.facts import FloatArray, Surroundings
from geo.hubs.need import Need, NeedKind
from geo.hubs.points import home_points, site_points
from geo.hubs.ranking import Ranking
from geo.hubs.reached import Reach
from geo.places.travel import Mode, PlacePoints, TravelMinutes
from geo.review.journeys import journeys, reach_shapes
from geo.review.rankings import need_of, ranking_of, reach_of, surroundings_of
from geo.review.workspace import Workspace
from geo.scenario import RankingOptions, RankingWeights, Scenario
from pages.kit import evidence

_KEPT: Final = 32


@dataclass(frozen=True)
class Asked:
    """What the Hubs page was asked for: whose need, how far and how people travel, and what counts how much."""

    chosen: Selection
    kind: NeedKind
    mode: Mode
    scenario: Scenario


def surroundings(workspace: Workspace, mode: Mode) -> Surroundings:
    """Gather the sites as the register has them; its log makes no cache stale, so it is asked anew each time."""
    return surroundings_of(workspace, mode=mode, travel=partial(_measure, workspace, mode))


def ranking(workspace: Workspace, asked: Asked, around: Surroundings) -> Ranking:
    """Rank the sites."""
    return _ranking(workspace.fingerprint(), asked, _register(around), workspace, around)


def reach(workspace: Workspace, asked: Asked, around: Surroundings) -> Reach:
    """Measure what is within reach now, and what each site would add; no weight plays a part in it."""
    weightless = asked.scenario.model_copy(update={"weights": RankingWeights(), "ranking": RankingOptions()})
    plain = replace(asked, scenario=weightless)
    return _reach(workspace.fingerprint(), plain, _register(around), workspace, around)


def limits(asked: Asked) -> tuple[float, ...]:
    """Cut the minutes within reach into three bands."""
    cutoff = asked.scenario.reach.cutoff_minutes
    return (round(cutoff / 3, 1), round(2 * cutoff / 3, 1), cutoff)


def shapes(workspace: Workspace, asked: Asked, point: tuple[float, float]) -> gpd.GeoDataFrame | None:
    """Draw from where a place is reached; None by bus, which follows no street."""
    if asked.mode == "bus":
        return None
    return _shapes(workspace.fingerprint(), asked.mode, point, limits(asked), workspace)


def bands(workspace: Workspace, asked: Asked, need: Need, point: tuple[float, float]) -> pd.DataFrame:
    """Count homes and need by the minutes to a place."""
    cells = evidence.grid(workspace, resolution=need.counted.resolution).cells
    amounts = {
        "homes": (home_points(cells), cells["homes"].to_numpy(dtype=np.float64)),
        "clients": (need.points.places, need.points.counts),
    }
    found = [
        minute_bands(
            _measure(workspace, asked.mode, places, np.array([point])).minutes[:, 0], {name: many}, limits=limits(asked)
        )
        for name, (places, many) in amounts.items()
    ]
    return found[0].assign(clients=found[1]["clients"])


def _measure(workspace: Workspace, mode: Mode, places: PlacePoints, ends: FloatArray) -> TravelMinutes:
    return _journeys(workspace.fingerprint(), mode, _digest(places.points, ends), workspace, places, ends)


def _register(around: Surroundings) -> str:
    """Name the state of the register, which makes no cache stale by itself."""
    facts = pd.DataFrame(around.sites.drop(columns="geometry")).to_csv(index=False)
    told = "\n".join([facts, *sorted(around.over)]).encode()
    return _digest(site_points(around.sites), np.frombuffer(told, dtype=np.uint8))


def _digest(*arrays: npt.NDArray[Any]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _journeys(
    fingerprint: str,  # noqa: ARG001 - the cache's key
    mode: Mode,
    ends: str,  # noqa: ARG001 - the cache's key
    _workspace: Workspace,
    _places: PlacePoints,
    _ends: FloatArray,
) -> TravelMinutes:
    return journeys(_workspace, _places, _ends, mode=mode)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Asked: repr})
def _ranking(
    fingerprint: str,
    asked: Asked,
    register: str,  # noqa: ARG001 - the cache's key
    _workspace: Workspace,
    _around: Surroundings,
) -> Ranking:
    return ranking_of(
        _workspace, _need(fingerprint, asked.chosen, asked.kind, _workspace), _around, scenario=asked.scenario
    )


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Asked: repr})
def _reach(
    fingerprint: str,
    asked: Asked,
    register: str,  # noqa: ARG001 - the cache's key
    _workspace: Workspace,
    _around: Surroundings,
) -> Reach:
    return reach_of(
        _workspace, _need(fingerprint, asked.chosen, asked.kind, _workspace), _around, scenario=asked.scenario
    )


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _shapes(
    fingerprint: str,  # noqa: ARG001 - the cache's key
    mode: Mode,
    point: tuple[float, float],
    minutes: tuple[float, ...],
    _workspace: Workspace,
) -> gpd.GeoDataFrame:
    return reach_shapes(_workspace, point, minutes, mode=mode)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _need(fingerprint: str, chosen: Selection, kind: NeedKind, _workspace: Workspace) -> Need:  # noqa: ARG001 - the cache's key
    resolution = evidence.usual_resolution(_workspace)
    counted = evidence.counts(_workspace, chosen, resolution=resolution)
    return need_of(_workspace, counted, evidence.grid(_workspace, resolution=resolution), kind=kind)
