"""The log of walks on a screen: what each found, where nobody was found, and the totals of each quarter."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.quarter import visit_table
from geo.review.walks.reading import read_walks, visits_standing, walks_standing
from geo.review.walks.square_streets import named_alike, streets_on_record
from geo.review.walks.visit_table import told_walk, visit_rows, visits_by_walk
from geo.review.workspace import Workspace
from geo.walkabouts.bands import day_of
from geo.walkabouts.sightings import Visit, WalkHeld
from layers.walks.visit_files import visits_csv
from pages.kit import session, tables
from pages.kit.words import day, escape, plural

_SHOWN: Final = 5
_QUARTERS: Final = 8


def show(workspace: Workspace) -> None:
    """Show the walks on record, the newest first, with their zero finds; then what each quarter adds up to."""
    walks, visits = walks_standing(workspace), visits_standing(workspace)
    st.markdown(headline(walks, visits))
    own = visits_by_walk(visits)
    lines = [f"- {_line(one, own.get(one.number, []))}" for one in walks[::-1]]
    st.markdown("\n".join(lines[:_SHOWN]))
    if lines[_SHOWN:]:
        with st.expander(f"Earlier walks ({len(lines) - _SHOWN})"):
            st.markdown("\n".join(lines[_SHOWN:]))
    if visits:
        _show_quarters(workspace, walks, visits)
        _show_visits(walks, visits, streets_on_record(workspace))
    _show_gone(workspace)


def headline(walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> str:
    """Say how many walks were held and what their visits found; nobody found is said by itself."""
    if not walks and not visits:
        return (
            "No walk has been recorded yet. Record each walk once it was held, also where nobody was found: a place "
            "that was never visited is not a place where nobody is."
        )
    on_walks, alone = ([one for one in visits if bool(one.walk) == of_walk] for of_walk in (True, False))
    said = []
    if walks:
        head = f"**{plural(len(walks), 'walk')}** with {plural(len(on_walks), 'visit')} on record"
        said.append(f"{head}: {_told_found(on_walks)}. The last walk was on {day(walks[-1].begins.date())}.")
    if alone:
        head = f"**{plural(len(alone), 'visit')} outside any walk**, such as answers to reports"
        said.append(f"{head}: {_told_found(alone)}. They are not counted with the walks.")
    return " ".join(said)


def _told_found(visits: Sequence[Visit]) -> str:
    found = sum(one.found for one in visits)
    people = f"{plural(found, 'person', 'people')} found, nobody" if found else "nobody found"
    nobody = sum(one.outcome == "nobody" for one in visits)
    closed = sum(one.outcome == "not accessible" for one in visits)
    return f"{people} at {plural(nobody, 'visit')}, {plural(closed, 'place')} not accessible"


def _line(walk: WalkHeld, visits: Sequence[Visit]) -> str:
    return f"**{day(walk.begins.date())}**, number {walk.number}: {escape(told_walk(walk, visits))}."


def _show_quarters(workspace: Workspace, walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> None:
    st.subheader("By quarter", anchor=False)
    options, first_month = workspace.scenario.walkabouts, workspace.scenario.review_first_month
    days = {day_of(moment, options) for moment in (*(one.begins for one in walks), *(one.arrived for one in visits))}
    quarters = sorted({ReviewQuarter.at(one, first_month=first_month) for one in days}, key=lambda one: one.first_day)
    table = visit_table(workspace, quarters[::-1], now=session.now(workspace))
    st.markdown("\n".join(f"- {escape(_told_quarter(row))}" for row in table.head(_QUARTERS).to_dict("records")))
    st.caption(
        "A quarter without a walk on record is not shown: what was not recorded is not known, and not nought. Visits"
        " and offers count those outside walks too."
    )
    tables.show_downloads([tables.csv_download(table, name="walkabouts-by-quarter", label="By quarter (CSV)")])


def _told_quarter(row: Mapping[Hashable, Any]) -> str:
    """Tell a quarter in a line; what is not known is said so."""
    told = {str(name): "not known" if value is pd.NA else f"{value}" for name, value in row.items()}
    return (
        f"{told['Quarter']}: walkabouts {told['Walkabouts']}, visits {told['Visits']} (nobody found at"
        f" {told['Visits that found nobody']}, not accessible {told['Not accessible']}), people found on walks"
        f" {told['People found on walks']}, outside walks {told['People found outside walks']}; offers made"
        f" {told['Offers made']}, accepted {told['Accepted']}, refused {told['Refused']}"
    )


def _show_visits(walks: Sequence[WalkHeld], visits: Sequence[Visit], names: Mapping[str, str]) -> None:
    shown = named_alike(visits, names)
    with st.expander(f"Every visit, also those that found nobody ({len(visits):,})"):
        tables.show_table(visit_rows(shown[::-1]), about="Every visit on record, the newest first")
        tables.show_downloads([tables.team_download("Visits (CSV)", "visits.csv", lambda: visits_csv(walks, visits))])


def _show_gone(workspace: Workspace) -> None:
    """Tell which walks were put right or withdrawn, where there are any."""
    over = [one for one in read_walks(workspace) if not one.stands]
    if not over:
        return
    with st.expander(f"Walks put right or withdrawn ({len(over)})"):
        rows = [(one.number, day(one.begins.date()), _became(one), one.who) for one in over]
        columns = ["No.", "Day", "What became of it", "Who"]
        tables.show_short_table(pd.DataFrame(rows, columns=columns), about="Walks that do not count any more")


def _became(one: WalkHeld) -> str:
    if one.withdrawn:
        return f"withdraws number {one.supersedes}"
    return f"put right or withdrawn by number {one.superseded_by}"
