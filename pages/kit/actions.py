"""Actions on a screen: what is to be done, by whom, until when; and the forms that write and close them."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.actions import Action, ToDo, add_action, change_action, read_actions
from geo.review.decisions import read_decisions
from geo.review.workspace import Workspace
from geo.schema import ACTION_STATES
from pages.kit import frame
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import day

_ROUND: Final = "action_round"


def show(workspace: Workspace, table: pd.DataFrame, *, today: date) -> None:
    """List the actions: those that are late first, closed ones when asked."""
    found = read_actions(workspace)
    if not found:
        st.markdown("There is nothing to do yet.")
        return
    closed = sum(one.status != "open" for one in found)
    every = st.checkbox(f"Show those that are done or dropped too ({closed})", disabled=not closed)
    shown = sorted(
        (one for one in found if every or one.status == "open"), key=lambda one: (one.status != "open", one.due)
    )
    names = dict(zip(table["site_id"], table["name"], strict=True))
    listed = action_table(shown, names, today=today)
    show_short_table(listed, about="Actions, those due first at the top")
    show_downloads([csv_download(listed, name="actions", label="Actions (CSV)")])


def action_table(found: list[Action], names: dict[str, str], *, today: date) -> pd.DataFrame:
    """Lay actions out in words."""
    return pd.DataFrame(
        {
            "No.": [one.number for one in found],
            "What": [f"{one.what}{_about(one, names)}" for one in found],
            "Who": [one.owner for one in found],
            "Until": [f"{day(one.due)}, {'late' if one.late(today) else one.status}" for one in found],
        }
    )


def ask(workspace: Workspace, table: pd.DataFrame, *, today: date) -> None:
    """Ask for an action, or for what became of one."""
    turn = st.session_state.get(_ROUND, 0)
    with st.expander("Write an action"), frame.calm_errors(), st.form(f"action_{turn}", border=False):
        given = _ask_to_do(workspace, table, today)
        if st.form_submit_button("Write the action"):
            add_action(workspace, given)
            _again(turn)
    found = {one.number: one for one in read_actions(workspace)}
    if not found:
        return
    with st.expander("Change an action"), frame.calm_errors(), st.form(f"action_change_{turn}", border=False):
        number = st.selectbox("Action", list(found), format_func=lambda one: f"{one}. {found[one].what}")
        status = st.selectbox("What became of it", ["as it is", *ACTION_STATES])
        owner = st.text_input("Somebody else does it (leave empty to keep)")
        due = st.date_input("Another day (leave empty to keep)", value=None, format="DD/MM/YYYY")
        if st.form_submit_button("Change it"):
            facts = {"status": status if status in ACTION_STATES else "", "owner": owner.strip()}
            facts["due"] = due.isoformat() if due else ""
            change_action(workspace, number, {name: text for name, text in facts.items() if text})
            _again(turn)


def _ask_to_do(workspace: Workspace, table: pd.DataFrame, today: date) -> ToDo:
    what = st.text_area("What is to be done")
    owner = st.text_input("Who does it")
    due = st.date_input("Until when", value=today, format="DD/MM/YYYY")
    names = dict(zip(table["site_id"], table["name"] + ", " + table["town"], strict=True))
    site = st.selectbox("Site it is about", list(names), index=None, format_func=lambda one: names[one])
    numbers = [one.number for one in read_decisions(workspace)]
    decision = st.selectbox("Decision it follows from", numbers, index=None, format_func=lambda one: f"Decision {one}")
    return ToDo(what, owner, due, decision or 0, site or "")


def _about(one: Action, names: dict[str, str]) -> str:
    parts = [names.get(one.site, ""), f"decision {one.decision}" if one.decision else ""]
    told = ", ".join(filter(None, parts))
    return f" ({told})" if told else ""


def _again(turn: int) -> None:
    st.session_state[_ROUND] = turn + 1
    st.rerun()
