"""A year's programme on a screen: its headline, a calendar, a table, what it reaches by and by, and files."""

from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.hubs.programme import Programme, Sheet
from geo.review.programmes_kept import KeptProgramme, calendar_id, hubs_dropped, told_state, version_of
from geo.review.team_only import team_name
from geo.review.workspace import Workspace
from layers.programme import programme_html, told_day
from layers.programme_ics import Issue, programme_ics
from layers.programme_months import year_svg
from layers.programme_xlsx import programme_xlsx
from pages.kit import tables
from pages.kit.tables import Download
from pages.kit.words import day, escape, plural

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LEGEND: Final = "A filled day is a hub; a broken edge: the host is still to be asked."
_IN_LINES: Final = "split(datum.label, ' to ')"  # Vega's own words: a line each for the first and the last month
_COLOUR, _INK = "#0b5c6b", "#1b2a30"


def headline(found: Programme) -> str:
    """Say how many hubs, how many people, how sure."""
    unit = found.setting.inputs.need.unit
    first = (
        f"**{plural(len(found.hubs), 'hub')} in {found.year}** reach about {found.reached:,.0f} of {found.total:,.0f} "
        f"{escape(unit)} ({100 * found.reached / found.total:.0f} %), each counted once."
    )
    if found.by_hand:
        return f"{first} Moved by hand; the best under these rules is {found.bound:,.0f}."
    return f"{first} {'No other plan under these rules reaches more.' if found.proved else _unproved(found)}"


def show(sheet: Sheet) -> None:
    """Show the calendar, the table and the curve of a programme."""
    asked = int((sheet.hubs["hours"] != "open").sum())
    if asked:
        st.warning(f"**{plural(asked, 'host is', 'hosts are')} still to be asked** whether they are open.")
    picture, listed = st.columns([3, 2])
    picture.image(year_svg(sheet), width="stretch", caption=_LEGEND)
    listed.markdown("\n".join(_line(row) for row in sheet.hubs.to_dict("records")))
    st.subheader("Hub by hub", anchor=False)
    tables.show_table(hub_table(sheet), about="The hubs of the year in order of time")
    st.subheader("Whom the year has reached by and by", anchor=False)
    _curve(sheet)
    if len(sheet.areas):
        st.subheader("Priority areas", anchor=False)
        tables.show_short_table(area_table(sheet), about="Priority areas and the hubs within reach")
    st.subheader("What was kept to, and what it rests on", anchor=False)
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in sheet.sentences))


def hub_table(sheet: Sheet) -> pd.DataFrame:
    """Lay the hubs out for reading."""
    hubs = sheet.hubs
    return pd.DataFrame(
        {
            "No.": hubs["number"],
            "Day": hubs["day"].map(told_day),
            "Time": hubs["begin"] + " to " + hubs["end"],
            "Place": hubs["name"],
            "Town": hubs["town"],
            "Can come": hubs["agencies"],
            "Cannot come": hubs["unavailable"],
            "Ask the host": hubs["ask"].mask(hubs["hours"] == "closed", "closed at this time by what is recorded"),
            "About the host": hubs["host_note"],
            "Priority areas": hubs["areas"],
            "Live within reach": hubs["within_reach"],
            "Not reached before": hubs["new_reach"].round(0).astype("int64"),
        }
    )


def area_table(sheet: Sheet) -> pd.DataFrame:
    """Say which hub visits which priority area."""
    areas = sheet.areas
    hubs = areas["hubs"].mask(~areas["visited"], "none")
    return pd.DataFrame({"Area": areas["area"], "Hubs within reach": hubs, "Usable sites within reach": areas["sites"]})


def show_files(workspace: Workspace, sheet: Sheet, settled: KeptProgramme | None) -> None:
    """Offer the calendar for everybody's computer, the workbook, and the sheet to print."""
    district, state = workspace.scenario.name, told_state(settled)
    name = f"hubs-{sheet.year}-{'settled' if settled else 'proposal'}"  # no two buttons of a page offer one name
    tables.show_downloads(
        [
            Download(
                "Calendar file (ICS), without numbers",
                f"{name}.ics",
                "text/calendar",
                lambda: _calendar(workspace, sheet, settled),
            ),
            Download(
                "Workbook (XLSX)",
                team_name(f"{name}.xlsx"),
                _XLSX,
                lambda: programme_xlsx(sheet, district=district, state=state),
            ),
            Download(
                "To print, for the team (HTML)",
                team_name(f"{name}.html"),
                "text/html",
                lambda: programme_html(sheet, district=district, state=state).encode(),
            ),
            Download(
                "To print, for partners (HTML)",
                f"{name}-partners.html",
                "text/html",
                lambda: programme_html(sheet, district=district, audience="partners", state=state).encode(),
            ),
        ]
    )
    st.caption("The calendar file updates what an earlier one brought: import it again after every change.")


def told_kept(kept: KeptProgramme) -> str:
    """Say which programme stands."""
    return f"Programme {kept.number}, settled on {day(kept.day)} by {escape(kept.who)} (digest {kept.digest[:12]})."


def _calendar(workspace: Workspace, sheet: Sheet, settled: KeptProgramme | None) -> bytes:
    version = settled.version if settled else version_of(workspace, sheet)
    issue = Issue(calendar_id(workspace), version, datetime.now(tz=UTC), hubs_dropped(workspace, sheet))
    return programme_ics(sheet, issue, district=workspace.scenario.name)


def _line(row: dict[Hashable, Any]) -> str:
    where = escape(", ".join(dict.fromkeys((row["name"], row["town"]))))
    ask = " **Ask the host first.**" if row["hours"] != "open" else ""
    return (
        f"{row['number']}. **{told_day(row['day'])}**, {row['begin']} to {row['end']}: {where}. "
        f"{row['within_reach']:,} clients live within reach; {row['new_reach']:,.0f} not reached before.{ask}"
    )


def _curve(sheet: Sheet) -> None:
    """Draw how many different clients the year has reached by the end of each quarter, with the range of luck."""
    rows = sheet.quarters.assign(by=sheet.quarters["months"])
    order = rows["by"].tolist()
    base = alt.Chart(rows).encode(
        x=alt.X("by:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelExpr=_IN_LINES))
    )
    bars = base.mark_bar(color=_COLOUR, size=46).encode(
        y=alt.Y("so_far:Q", title="Different clients reached"),
        tooltip=[alt.Tooltip("by:N", title="By the end of"), alt.Tooltip("so_far:Q", title="Reached", format=",.0f")],
    )
    ranges = base.mark_rule(color=_INK, strokeWidth=2).encode(y="low:Q", y2="high:Q")
    chart = (bars + ranges).properties(height=260).configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=13)
    said = "; ".join(f"{row['by']}: {row['so_far']:,.0f}" for row in rows.to_dict("records"))
    st.altair_chart(chart, width="stretch", alt=f"Different clients reached by the end of each quarter. {said}")
    st.caption(
        "The line on each bar is the 95 % range: had only luck been different, it could as well be any of these."
    )


def _unproved(found: Programme) -> str:
    return f"Another plan might reach up to {found.gap:,.0f} more: the solver's time was up."
