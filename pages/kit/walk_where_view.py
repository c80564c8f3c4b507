"""Show where people are found, and how sure that is."""

from collections.abc import Hashable
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.review.team_only import team_name
from geo.review.walks.where import Where, where
from geo.review.workspace import Workspace
from geo.schema.walkabouts import WALK_BANDS
from layers.sample import told_sources
from layers.sightings import sightings_map
from layers.walks.card_ground import ground_of
from layers.walks.where_files import where_geojson, where_gpkg
from layers.walks.where_words import HOW_SURE, band_rows, headline, told_known, told_verdicts, where_table
from pages.kit import maps, session, tables
from pages.kit.tables import Download
from pages.kit.words import day, escape, plural

_BANDS: Final = {"all": "At any time", "early morning": "Early morning", "day": "Day", "evening": "Evening"}
_GPKG: Final = "application/geopackage+sqlite3"
_LISTED: Final = 5
_FIRST_STEPS: Final = (
    "On the tab **Reports**: take in the file that StreetLink sends, or enter what was reported or told by partners.",
    "On the tab **Record**, under *Past visits*: bring in the visits of the last years, if there is a list of them.",
    "Or begin without either: the tab **Walk** plans a walk to places drawn at random, and what it finds is recorded.",
)


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Show what is known of each place: a sentence, the first places, the map, the table, files, and how sure it is."""
    del fixed  # nothing is kept here
    found = where(workspace, now=session.now(workspace))
    minutes = workspace.scenario.walkabouts.stop_minutes
    band = st.segmented_control("When", list(WALK_BANDS), default="all", format_func=_BANDS.__getitem__) or "all"
    st.markdown(f"**{escape(headline(found, band))}**")
    if found.places.empty:
        _show_nothing(found)
        return
    st.markdown("\n".join(f"- {line}" for line in _first(found, band)))
    drawn = sightings_map(
        found, ground_of(workspace), boundary=workspace.boundary(), band=band, minutes=minutes, urls=maps.URLS
    )
    maps.show_map(drawn, district=f"{workspace.scenario.name} walkabouts")
    table = where_table(found, band, minutes=minutes)
    tables.show_table(table, about="Every place of which anything is known, with what was reported, told and found")
    _show_files(workspace, found, band, table, today=today)
    with st.expander("How sure is this?"):
        st.markdown("\n".join(f"- {escape(line)}" for line in (*found.sentences, told_known(), *HOW_SURE)))


def _show_nothing(found: Where) -> None:
    """Say what to do first; what the rates rest on is one step away."""
    st.markdown("\n".join(f"- {line}" for line in _FIRST_STEPS))
    with st.expander("How sure is this?"):
        st.markdown("\n".join(f"- {escape(line)}" for line in found.sentences))


def _first(found: Where, band: str) -> list[str]:
    """Tell of the places with reports open, then of those with the highest rates, a few in all."""
    rows = band_rows(found, band)
    rows = rows.assign(told=told_verdicts(rows))
    open_ones = rows[rows["open_reports"] > 0]
    rest = rows[(rows["open_reports"] == 0) & (rows["visits"] > 0)].sort_values("rate", ascending=False, kind="stable")
    chosen = pd.concat([open_ones, rest]).head(_LISTED)
    places = where_table(found, band, minutes=1).set_index(found.places["square"])["Place"]
    return [f"**{escape(places[str(row['square'])])}**: {_told(row)}" for row in chosen.to_dict("records")]


def _told(row: dict[Hashable, Any]) -> str:
    """Say what is known of one place, each kind of evidence by itself."""
    waiting, visits = row["open_reports"], row["visits"]
    parts = [f"{plural(waiting, 'report')} open"] if waiting else []
    parts += [f"{plural(row['intelligence'], 'piece')} of intelligence"] if row["intelligence"] else []
    if visits:
        found = plural(row["found"], "person", "people") if row["found"] else "nobody"
        last = day(date.fromisoformat(row["last_visit"]))
        parts += [f"{found} found at {plural(visits, 'visit')}, the last on {last}"]
    return f"{'; '.join([*parts, row['told']])}."


def _show_files(workspace: Workspace, found: Where, band: str, table: pd.DataFrame, *, today: date) -> None:
    name = f"walk-places-{band.replace(' ', '-')}"
    minutes, sources = workspace.scenario.walkabouts.stop_minutes, told_sources(workspace)
    tables.show_downloads(
        [
            tables.csv_download(table, name=name),
            tables.team_download(
                "For a GIS (GeoJSON)", f"{name}.geojson", lambda: where_geojson(found, band, minutes=minutes)
            ),
            Download(
                "For a GIS (GeoPackage)",
                team_name(f"{name}.gpkg"),
                _GPKG,
                lambda: where_gpkg(found, band, minutes=minutes, day=today, sources=sources),
            ),
        ]
    )
