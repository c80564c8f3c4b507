"""Third step of a set-up: the district's own ground with its wards and places, and what comes next."""

import streamlit as st

from geo.review.workspace import Workspace
from layers import backdrop, outlines, sites
from layers.base import PlannerMap, add_legend, add_sources, new_map
from layers.style import LegendSection
from pages.kit.ground import Ground, ground_of, lay_ground
from pages.kit.maps import URLS, show_map
from pages.kit.words import escape, plural


def show_district_map(workspace: Workspace) -> None:
    """Draw the district as it stands now, and say what is next."""
    st.subheader("Step 3 of 3: your district on the map", anchor=False)
    ground = ground_of(workspace)
    wards = 0 if ground.wards is None else len(ground.wards)
    st.markdown(
        f"**{escape(workspace.scenario.name)}** with {plural(wards, 'ward')} and"
        f" {plural(len(ground.sites), 'place to go', 'places to go')} in and near it. Each mark opens a card."
    )
    show_map(_map(ground, workspace.scenario.name), district=str(workspace.root))
    with st.container(border=True):
        st.markdown(
            "**Next: your own records.** Add a file of approaches and referrals as your housing system exports it. The"
            " planner shows what would become of every row before it keeps anything."
        )
        st.page_link("pages/referrals.py", label="Add a file of records")


def _map(ground: Ground, name: str) -> PlannerMap:
    target = new_map(ground.boundary, title=f"{name}: boundary, wards and places to go", urls=URLS)
    lay_ground(target, ground)
    if ground.wards is not None:
        outlines.draw_area_lines(target, ground.wards)
    outlines.draw_boundary(target, ground.boundary)
    sites.draw_sites(target, ground.sites)
    if ground.settlements is not None:
        backdrop.draw_settlements(target, ground.settlements)
    lines = outlines.legend_entries(areas="" if ground.wards is None else "Ward")
    sections = [LegendSection("Places to go", sites.legend_entries(ground.sites))] if len(ground.sites) else []
    add_legend(target, [*sections, LegendSection("Lines", lines)])
    add_sources(target, ground.attributions)
    return target
