"""Show the reports of rough sleeping with their response clock, what came in by quarter, and take new ones in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.walks.reading import reports_standing
from geo.review.walks.response import QuarterResponse, Standing, response_sentences, standing
from geo.review.walks.square_streets import named_alike, streets_on_record
from geo.review.workspace import Workspace
from geo.walkabouts.response import OpenReport
from geo.walkabouts.sightings import Report
from geo.walkabouts.squares import told_square
from pages.kit import session, walk_reports_forms
from pages.kit.tables import csv_download, show_downloads, show_short_table, show_table
from pages.kit.words import day, escape, plural

_NOTHING: Final = (
    "**No report has been taken in yet.** First take in the file that StreetLink sends (From a file, below), or enter a"
    " report by the form. Then this page says by when somebody is to be there, and the tab Walk plans who goes."
)
_SHOWN: Final = 25
_HOURS_A_DAY: Final = 24
_DAYS_IN_HOURS: Final = 72


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Show what is open and overdue, what came in, and the ways to enter more."""
    del today  # the clock runs by the hour
    told = standing(workspace, now=session.now(workspace))
    if told.quarters:
        _show_standing(workspace, told)
    else:
        st.markdown(_NOTHING)
    st.subheader("Enter reports", anchor=False)
    if fixed:
        st.markdown("The sample district keeps nothing, so no report can be recorded here.")
    else:
        walk_reports_forms.ask(workspace)


def _show_standing(workspace: Workspace, told: Standing) -> None:
    """Show what is open, what came in, and every report."""
    names = streets_on_record(workspace)
    first, *rest = told.sentences()
    (st.warning if told.overdue else st.markdown)(f"**{escape(first)}**")
    for sentence in rest:
        st.caption(escape(sentence))
    _show_open(told, names)
    _show_quarters(told.quarters)
    _show_all(named_alike(reports_standing(workspace), names))


def _show_open(told: Standing, names: Mapping[str, str]) -> None:
    """List the open reports, the overdue ones first; those that no walk is planned for any more at the end."""
    never = told.never_visited
    order = (*(one for one in told.open if one not in never), *never)
    lines = [
        f"- {'Never visited: ' if one in never else ''}{_told(one, names.get(one.report.square, ''))}" for one in order
    ]
    st.markdown("\n".join(lines[:_SHOWN]))
    if lines[_SHOWN:]:
        with st.expander(f"And {len(lines) - _SHOWN:,} more open"):
            st.markdown("\n".join(lines[_SHOWN:]))


def _told(one: OpenReport, street: str) -> str:
    report = one.report
    square = told_square(report.square)
    place = f"**{escape(street)}**, {square}" if street else f"**{square}**"
    seen = f"Seen {day(report.seen.date())} {report.seen:%H:%M}, {plural(report.people, 'person', 'people')}"
    by = f"{escape(report.source)}, number {report.number}"
    when = f"{one.due:%A} {day(one.due.date())}"
    if one.overdue:
        return f"{place}. **Overdue by {_hours(-one.hours_left)}**, since the end of {when}. {seen} ({by})."
    return f"{place}. Due by the end of {when}, in {_hours(one.hours_left)}. {seen} ({by})."


def _hours(hours: float) -> str:
    """Say how long, in hours, or in days where it is long.

    Examples
    --------
    >>> _hours(0.2), _hours(30), _hours(100)
    ('less than an hour', '30 hours', '4 days')
    """
    if hours < 1:
        return "less than an hour"
    return plural(int(hours), "hour") if hours < _DAYS_IN_HOURS else plural(int(hours // _HOURS_A_DAY), "day")


def _show_quarters(quarters: Sequence[QuarterResponse]) -> None:
    st.subheader("What came in", anchor=False)
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in response_sentences(quarters[0])))
    table = _table(quarters)
    with st.expander(f"By quarter ({len(quarters)})"):
        show_short_table(table, about="Reports by quarter, and when they were visited")
        st.caption("Reports, by the day they were received. Intelligence stands beside reports; it has no clock.")
        show_downloads([csv_download(table, name="reports-by-quarter")])


def _table(quarters: Sequence[QuarterResponse]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Quarter": one.quarter.name,
            "Reported": one.response.reported.reports,
            "Visited in time": one.response.in_time.reports,
            "Visited later": one.response.late.reports,
            "Not yet, in time": one.response.waiting.reports,
            "Overdue": one.response.overdue.reports,
            "Not followed here": one.response.not_followed.reports,
            "Visit found somebody": one.response.found.reports,
            "Visit found nobody": one.response.nobody.reports,
            "Intelligence": one.intelligence.reports,
        }
        for one in quarters
    )


def _show_all(reports: Sequence[Report]) -> None:
    placed = [one for one in reports if one.square]
    if not placed:
        return
    table = pd.DataFrame(
        {
            "Number": one.number,
            "Kind": one.kind,
            "Seen": f"{one.seen:%d/%m/%Y %H:%M}",
            "Received": f"{one.received:%d/%m/%Y %H:%M}",
            "Square": told_square(one.square),
            "Street": one.street,
            "People": one.people,
            "Source": one.source,
        }
        for one in placed[::-1]
    )
    with st.expander(f"Every report and all intelligence with a place ({len(placed):,})"):
        show_table(table, about="Every report and all intelligence with a place")
        show_downloads([csv_download(table, name="reports")])
