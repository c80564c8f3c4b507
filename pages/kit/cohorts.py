"""One group of clients by itself, and whether all groups of the district's people are reached."""

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.capture import Capture
from geo.evidence.cohorts import FIELDS
from geo.evidence.counts import Cohort, Selection
from geo.review.workspace import Workspace
from pages.kit import evidence, filters, findings, gap_evidence, gaps, looking, maps, pictures, results
from pages.kit.pictures import Extras
from pages.kit.tables import csv_download, show_downloads, show_short_table, show_table
from pages.kit.words import COHORT_FIELD, ROUTE, number, plural

REACHED_NOTE: Final = (
    "Each household counts once, by its first approach or referral among those chosen, and only people of 16 and over"
    " are compared. The range tells where the ratio may truly lie; all ranges of one table hold together with a chance"
    " of 95 %. A group with fewer than its share may need help less often, or may not come: the numbers cannot tell"
    " which, but a partner who works with the group may."
)
TEAM_ONLY: Final = "For the housing team only: small counts are shown."
_COMPARED: Final = {"age_band": "By age", "household_type": "By type of household"}


def show_groups(workspace: Workspace) -> None:
    """Ask for a group of clients and show where it comes from, or why it cannot be shown."""
    first, second, third = st.columns(3)
    with first:
        period = gaps.choose_period(workspace, key="groups")
    everybody = Selection(period, leave_out=workspace.scenario.leave_out)
    listed = gap_evidence.groups(workspace, everybody)
    with second:
        field = st.selectbox("Groups by", list(FIELDS), format_func=COHORT_FIELD.__getitem__)
    groups = listed[listed["field"] == field]
    with third:
        value = st.selectbox("Group", groups["value"].tolist(), format_func=lambda name: _named(field, name))
    chosen = groups[groups["value"] == value].iloc[0]
    mapped = f"{number(chosen['located'])} have a place on the map."
    st.markdown(f"**{plural(chosen['episodes'], 'episode')}** of this group; {mapped}")
    if chosen["refusal"]:
        st.info(chosen["refusal"])
    else:
        _show_places(workspace, replace(everybody, cohort=Cohort(field, str(value))))
    with st.expander("Every group, and which of them may have a map"):
        show_table(group_table(listed), about="Every group of clients")


def group_table(listed: pd.DataFrame) -> pd.DataFrame:
    """Lay every group out in words."""
    rows = listed.to_dict("records")
    return pd.DataFrame(
        {
            "Groups by": [COHORT_FIELD[row["field"]] for row in rows],
            "Group": [_named(row["field"], row["value"]) for row in rows],
            "Episodes": listed["episodes"],
            "On the map": listed["located"],
            "May have a map": ["no" if row["refusal"] else "yes" for row in rows],
        }
    )


def _named(field: str, value: str) -> str:
    return ROUTE.get(value, value) if field == "route" else value


def _show_places(workspace: Workspace, chosen: Selection) -> None:
    """Show where a group comes from, against the homes, and its counts by place."""
    resolution = evidence.usual_resolution(workspace)
    counted = evidence.counts(workspace, chosen, resolution=resolution)
    grid = evidence.grid(workspace, resolution=resolution)
    found = evidence.hotspots(workspace, chosen, test="excess", resolution=resolution)
    looking.note(workspace, "excess test of one group", chosen, resolution=resolution)
    places = findings.place_table(found, counted, grid)
    st.markdown(findings.headline(places, found))
    notes = [results.short_note(counted)]
    picture = pictures.hotspots_map(workspace, found, grid=grid, extras=Extras(filters.bearings(workspace), notes))
    maps.show_map(picture, district=str(workspace.root))
    st.markdown("  \n".join(findings.tested_sentences(found, counted)))
    if not places.empty:
        show_table(places, about="Places that stand out for this group")
    counts = results.count_table(workspace, counted, grid)
    st.markdown("**Clients of this group by place**")
    show_table(counts, about="Clients of this group by place")
    st.caption(f"{results.unit_note(workspace, counted)} {looking.exploratory(workspace)} {TEAM_ONLY}")
    show_downloads([csv_download(counts, name=f"group-by-place-{chosen.period}")])


def show_reached(workspace: Workspace) -> None:
    """Set the clients of the whole district against its people."""
    period = gaps.choose_period(workspace, key="reached")
    found = gap_evidence.capture(workspace, Selection(period))
    for field, heading in _COMPARED.items():
        if field not in found.clients:
            continue
        st.markdown(f"**{heading}**: {plural(found.clients[field], 'client')} compared{_beside(found, field)}.")
        show_short_table(reached_table(found, field), about=f"Clients and people {heading.lower()}")
    if found.not_compared:
        st.caption(f"In the census but not in the records: {', '.join(found.not_compared)}.")
    rows = "Without household references rows are compared, not households. " if found.unit.startswith("rows") else ""
    st.caption(rows + REACHED_NOTE)
    show_downloads([csv_download(found.table, name=f"groups-reached-{period}")])


def reached_table(found: Capture, field: str) -> pd.DataFrame:
    """Lay one field out in words, in the order of the census."""
    table = found.table[found.table["field"] == field]
    return pd.DataFrame(
        {
            "Group": table["group"],
            "Reached": table["said"],
            "Clients": table["clients"],
            "Share of clients": [gaps.percent(part) for part in table["client_share"]],
            "Share of the district": [gaps.percent(part) for part in table["people_share"]],
            "Ratio": [_ratio(row) for row in table[["ratio", "low", "high"]].itertuples(index=False)],
        }
    )


def _ratio(row: tuple[float, float, float]) -> str:
    ratio, low, high = row
    return "" if pd.isna(ratio) else f"{ratio:.1f} ({low:.1f} to {high:.1f})"


def _beside(found: Capture, field: str) -> str:
    others = ", ".join(f"{name} {number(count)}" for name, count in found.beside[field].items())
    return f"; not compared: {others}" if others else ""
