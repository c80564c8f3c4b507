"""The Map page's choice of whose counts are drawn, and the map of what a partner counted itself."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.disclosure.topics import Level
from geo.evidence.beside import HIDDEN
from geo.review.counts_kept import KeptCounts, read_counts
from geo.review.hub_reasons import REASONS
from geo.review.partner_counts import (
    PartnerTable,
    names_of,
    partner_table,
    reasons_in,
    shapes_for,
    told,
)
from geo.review.workspace import Workspace
from layers.partner_counts import draw_partner_counts, legend_notes
from layers.release_files import gated_table
from pages.kit import filters, pictures, results
from pages.kit.geojson import shapes as as_geojson
from pages.kit.map_view import MapView
from pages.kit.pictures import Extras
from pages.kit.tables import Download, csv_download, team_download
from pages.kit.words import day, escape

EVERYBODY: Final = "Everybody"
COUNCIL: Final = "The council's households"
_SENT: Final = "Counts sent by {}"


def ask_whose(workspace: Workspace) -> str:
    """Ask whose counts to draw; gives the partner's name, empty for the council's own. Asks only where there are some.

    Raises
    ------
    WorkspaceError
        Counts were changed behind the planner's back.
    """
    senders = {_SENT.format(one.feed): one.feed for one in read_counts(workspace)}
    if not senders:
        return ""
    return {COUNCIL: "", **senders}[st.radio("Whose counts?", [COUNCIL, *senders], horizontal=True)]


def partner_views(workspace: Workspace, feed: str) -> list[MapView]:
    """Ask which period and reason, and map them; one number for the whole district is told instead of drawn."""
    kept, reason = ask_period(workspace, feed, key="map")
    with st.expander("More to show"):
        overlays = filters.choose_overlays(workspace)
    table = partner_table(kept, names_in(workspace, kept.level), reason=reason)
    if table.level == "district":
        st.info(f"{escape(table.title)}: {table.gated.total} in the whole district; nothing was counted by area.")
        return []
    return [_view(workspace, table, overlays)]


def ask_period(workspace: Workspace, feed: str, *, key: str) -> tuple[KeptCounts, str]:
    """Ask for a period of what was sent, the newest first, and for everybody or one broad reason."""
    sent = {one.period: one for one in reversed(read_counts(workspace)) if one.feed == feed}
    left, right = st.columns(2)
    with left:
        kept = sent[st.selectbox("Review year or quarter", list(sent), key=f"{key}_sent_period")]
    named = {REASONS.get(reason, EVERYBODY): reason for reason in reasons_in(kept)}
    with right:
        return kept, named[st.selectbox("Reason", list(named), key=f"{key}_sent_reason")]


def names_in(workspace: Workspace, level: Level) -> Mapping[str, str]:
    """Name the district's areas, read once for each state of the workspace."""
    return _names(workspace.fingerprint(), level, workspace)


@st.cache_resource(max_entries=8, show_spinner=False)
def _names(fingerprint: str, level: Level, _workspace: Workspace) -> Mapping[str, str]:  # noqa: ARG001 - the cache's key
    return names_of(_workspace, level)


def _view(workspace: Workspace, table: PartnerTable, overlays: tuple[str, ...]) -> MapView:
    shapes = shapes_for(workspace, table)
    picture = pictures.assemble(
        workspace,
        table.title,
        lambda target: draw_partner_counts(target, table, shapes),
        Extras(overlays, legend_notes(table)),
    )
    listed, name = _listed(table), f"counts-of-{table.kept.feed}-{table.kept.period}".replace(" ", "-").lower()
    return MapView(
        heading=table.title,
        picture=picture,
        sentences=[escape(sentence) for sentence in told(table)],
        caption=escape(f"Made by the sender on {day(table.kept.file.made)} with {table.kept.file.gazetteer}."),
        table=listed,
        about=table.title,
        note="Percentages are of the total as it was sent.",
        downloads=_downloads(table, name, results.html_download(picture, name=name, table=listed), shapes),
    )


def _listed(table: PartnerTable) -> pd.DataFrame:
    """Say in a table what the map says: the largest count first, hidden ones before noughts."""
    gated = table.gated
    order = gated.table.assign(size=gated.table["count"].astype("Float64").fillna(HIDDEN))
    ordered = order.sort_values(["size", "code"], ascending=[False, True]).drop(columns="size")
    return gated_table(replace(gated, table=ordered)).drop(columns="Code")


def _downloads(table: PartnerTable, name: str, page: Download, shapes: gpd.GeoDataFrame) -> list[Download]:
    said = {"counts_of": table.kept.feed, "period": table.kept.period}
    rows = table.gated.table[["code", "name", "shown"]].assign(**said)
    drawn = shapes[["code", "geometry"]].merge(rows, on="code")
    make = partial(as_geojson, pd.DataFrame(drawn.drop(columns="geometry")), drawn.geometry)
    return [csv_download(rows, name=name), team_download("Map for a GIS (GeoJSON)", f"{name}.geojson", make), page]
