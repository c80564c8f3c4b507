"""What stays the same from map to map of a workspace, read and packed once for each of its states."""

from copy import copy
from dataclasses import dataclass

import geopandas as gpd
import streamlit as st

from geo.review.register import registered_sites
from geo.review.workspace import Workspace
from layers.backdrop import Backdrop, draw_backdrop
from layers.base import Call, PlannerMap, new_map
from layers.sample import told_editions


@dataclass(frozen=True)
class Ground:
    """The country of a workspace; shared between tabs, so never changed.

    Attributes
    ----------
    boundary
        One row, EPSG:4326.
    wards, settlements
        AREAS tables, EPSG:4326; None where they have not been added.
    sites
        SITES table, EPSG:27700.
    attributions
        The lines that licences ask for.
    beneath
        Land, water and roads, packed for the map's script: half of the work of a map.
    """

    boundary: gpd.GeoDataFrame
    wards: gpd.GeoDataFrame | None
    settlements: gpd.GeoDataFrame | None
    sites: gpd.GeoDataFrame
    attributions: tuple[str, ...]
    beneath: tuple[Call, ...]


def ground_of(workspace: Workspace) -> Ground:
    """Fetch the country of a workspace."""
    return _ground(workspace.fingerprint(), workspace)


def lay_ground(target: PlannerMap, ground: Ground) -> None:
    """Draw land, water and roads on a map."""
    for call in ground.beneath:
        target.add_child(copy(call))  # a copy, for an element knows the map that it stands on


@st.cache_resource(max_entries=8, show_spinner=False)
def _ground(fingerprint: str, _workspace: Workspace) -> Ground:  # noqa: ARG001 - the cache's key
    boundary = _workspace.boundary()
    drawn = new_map(boundary, title="")
    draw_backdrop(drawn, Backdrop(*(_workspace.areas(name) for name in ("land", "water", "roads"))))
    return Ground(
        boundary=boundary,
        wards=_workspace.areas("wards"),
        settlements=_workspace.areas("settlements"),
        sites=registered_sites(_workspace),
        attributions=tuple(edition.attribution for edition in told_editions(_workspace)),
        beneath=tuple(child for child in drawn._children.values() if isinstance(child, Call)),  # noqa: SLF001 - folium names no other way
    )
