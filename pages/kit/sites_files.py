"""The register as files on a screen: the workbook out and in again, and the directory for partners."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from geo.review.register_import import ImportPlan, plan_import, take_in_register
from geo.review.register_state import read_known
from geo.review.register_words import told, told_value
from geo.review.workspace import Workspace
from layers.register_directory import directory_csv, directory_html, directory_table
from layers.register_workbook import register_workbook
from pages.kit import tables
from pages.kit.tables import Download
from pages.kit.words import escape, plural

_ROUND, _DONE = "register_round", "register_done"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_downloads(workspace: Workspace, table: pd.DataFrame, *, today: date) -> None:
    """Offer the workbook for the team, and the directory that partners may print."""
    st.markdown(
        "**For the team:** the whole register as a workbook, to change in Excel and bring back. What you write on cells"
        " and the columns you add come back with it."
    )
    make = partial(register_workbook, workspace, today=today)
    tables.show_downloads([Download("Register (Excel)", f"site-register-{today.isoformat()}.xlsx", _XLSX, make)])
    listed = directory_table(table)
    st.markdown(
        f"**For partners:** the directory, {plural(len(listed), 'place')} by town. It holds the council's own offices"
        " and hubs and the sites that have agreed, without contacts, costs or what was spoken."
    )
    name = f"directory-{today.isoformat()}"
    page = partial(directory_html, workspace, listed, today=today)
    tables.show_downloads(
        [
            Download("Directory to print (HTML)", f"{name}.html", "text/html", page),
            Download("Directory (CSV)", f"{name}.csv", "text/csv", partial(directory_csv, listed)),
        ]
    )


def ask_workbook(workspace: Workspace, *, today: date) -> None:
    """Ask for the workbook, show what would change, and take it in when asked."""
    for number, sentence in enumerate(st.session_state.pop(_DONE, [])):
        (st.warning if number else st.success)(escape(sentence))
    turn = st.session_state.get(_ROUND, 0)
    upload = st.file_uploader("Bring the workbook back", type=["xlsx"], key=f"register_file_{turn}")
    if upload is None:
        return
    plan = plan_import(workspace, upload.getvalue(), today=today)
    _show_plan(workspace, plan)
    if st.button("Take these changes in", type="primary", disabled=plan.empty):
        done = take_in_register(workspace, upload.getvalue(), today=today)
        st.session_state[_ROUND] = turn + 1
        st.session_state[_DONE] = [f"Taken in: {_amounts(done)}.", *done.sentences()]
        st.rerun()


def _show_plan(workspace: Workspace, plan: ImportPlan) -> None:
    if plan.empty:
        st.markdown("Nothing in it differs from the register.")
    else:
        st.markdown(f"**It would change: {_amounts(plan)}.**")
        tables.show_table(plan_table(workspace, plan), about="What would change")
    for sentence in plan.sentences():
        st.warning(escape(sentence))


def plan_table(workspace: Workspace, plan: ImportPlan) -> pd.DataFrame:
    """Lay out what a workbook would change, a row each."""
    facts = read_known(workspace).facts
    names = {site: one["name"] for site, one in facts.items()} | {
        one.site_id: one.facts["name"] for one in plan.new.placed
    }
    rows = [
        (
            names.get(one.thing, "The sheet itself"),
            told(one.field),
            told_value(one.field, one.was),
            told_value(one.field, one.became),
        )
        for one in plan.edited.changes
        if one.field not in {"easting", "northing"}
    ]
    rows += [(one.facts["name"], "New site", "", one.facts["postcode"]) for one in plan.new.placed]
    rows += [(names[one.site_id], "Liaison log", "", f"{one.day.isoformat()}: {one.about}") for one in plan.log]
    return pd.DataFrame(rows, columns=["Site", "What", "From", "To"])


def _amounts(plan: ImportPlan) -> str:
    changes = [one for one in plan.edited.changes if one.field not in {"easting", "northing"}]
    sites = len(plan.new.placed)
    return (
        f"{plural(len(changes), 'fact')}, {plural(sites, 'new site')}, "
        f"{plural(len(plan.log), 'entry of the log', 'entries of the log')}"
    )
