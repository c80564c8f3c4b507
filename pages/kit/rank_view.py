"""Places ranked one by one: the map, the reasons, how sure the order is, what each would add."""

from typing import Final

import geopandas as gpd
import streamlit as st

from geo.hubs.result import Ranking
from geo.review.rankings import site_point
from geo.review.workspace import Workspace
from layers.base import PlannerMap
from pages.kit import evidence, filters, geojson, hub_choices, hub_evidence, hubs, maps, pictures, results, tables
from pages.kit.pictures import Extras
from pages.kit.words import escape

QUESTION: Final = "Which place is best, one by one?"
ANSWER: Final = "Each place with its score, its reasons, and the chance that it is really among the first."


def show(workspace: Workspace) -> None:
    """Ask whose need counts, rank the places and explain them."""
    asked = hub_choices.choose(workspace)
    around = hub_evidence.surroundings(workspace, asked.mode)
    ranked = hub_evidence.ranking(workspace, asked, around)
    counted = ranked.need.counted

    st.markdown(hubs.headline(ranked))
    site, place = hub_choices.choose_site(ranked, around.sites)
    point = site_point(around.sites, site) if site else None
    picture = pictures.hubs_map(
        workspace,
        ranked,
        sites=around.sites,
        grid=evidence.grid(workspace, resolution=ranked.resolution),
        bands=hubs.reach_bands(workspace, asked, point) if point else None,
        extras=Extras(filters.bearings(workspace), [hubs.journeys(ranked), results.short_note(counted)]),
    )
    maps.show_map(picture, district=str(workspace.root))
    if point:
        hubs.show_bands(hub_evidence.bands(workspace, asked, ranked.need, point), name=place)
    st.markdown("  \n".join([hubs.journeys(ranked), *map(escape, ranked.notes), *results.unmapped_sentences(counted)]))
    st.caption(results.unit_note(workspace, counted))

    _show_reasons(ranked)
    st.subheader("Within reach of help, now and with one more place", anchor=False)
    hubs.show_reach(hub_evidence.reach(workspace, asked, around))
    _show_all(ranked, around.sites, picture)


def _show_reasons(ranked: Ranking) -> None:
    st.subheader("The first places, in a sentence each", anchor=False)
    hubs.show_sentences(ranked)

    st.subheader("How sure is the order?", anchor=False)
    hubs.show_chances(ranked)

    st.subheader("What each score is made of", anchor=False)
    hubs.show_contributions(ranked)


def _show_all(ranked: Ranking, sites: gpd.GeoDataFrame, picture: PlannerMap) -> None:
    st.subheader("All places", anchor=False)
    table = hubs.rank_table(ranked)
    tables.show_table(table, about="All places by rank")
    st.caption(results.RANGE_NOTE)
    name = f"places-{ranked.period}"
    tables.show_downloads(
        [
            tables.csv_download(table, name=name),
            tables.team_download(
                "Places for a GIS (GeoJSON)", f"{name}.geojson", geojson.site_maker(sites, ranked.table)
            ),
            results.html_download(picture, name=name, table=table),
        ]
    )
