"""Counts that partners made of their own records: what was sent, and the form that takes a file in."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.counts_kept import CheckedCounts, check_counts, keep_counts, read_counts
from geo.review.feed_names import feed_names
from geo.review.partner_counts import APART
from geo.review.workspace import Workspace
from pages.kit.tables import show_short_table
from pages.kit.words import day, escape, plural

_ROUND, _DONE = "counts_round", "counts_done"
_LEVEL: Final = {"ward": "wards", "h3_7": "hexagons", "district": "district only"}
_NEW: Final = "A new sender"


def show_sent(workspace: Workspace) -> None:
    """List what was sent, by sender and period."""
    sent = read_counts(workspace)
    if not sent:
        st.markdown("No counts have been sent yet.")
        return
    table = pd.DataFrame(
        {
            "Sender": [one.feed for one in sent],
            "Period": [one.period for one in sent],
            "By": [_LEVEL.get(one.level, one.level) for one in sent],
            "Counts": ["exact: team only" if one.file.exact else "suppressed" for one in sent],
            "Everybody": [one.file.tables[0].total.text for one in sent],
            "Taken in": [day(one.day) for one in sent],
        }
    )
    show_short_table(table, about="Counts that partners sent")
    st.caption(f"{APART} The Map page draws them, and the Gaps page lays them beside the council's.")


def ask_counts(workspace: Workspace, *, today: date) -> None:
    """Ask for a partner's file of counts, say what is in it, and keep it when asked."""
    names = list(feed_names(workspace))
    turn = st.session_state.get(_ROUND, 0)
    chosen = st.selectbox("Who sent it?", [*names, _NEW], index=None, placeholder="Choose", key=f"counts_from_{turn}")
    source = st.text_input("Name of the new sender", key=f"counts_new_{turn}") if chosen == _NEW else chosen or ""
    checked = check_upload(workspace, source, today=today)
    if checked is not None and st.button("Keep these counts", type="primary"):
        keep_counts(workspace, checked)
        start_afresh(f"Kept: counts of {checked.feed} for {', '.join(checked.file.periods)}.")


def check_upload(workspace: Workspace, source: str, *, today: date) -> CheckedCounts | None:
    """Ask for the file and say what is in it; None until there is one that can be used.

    Raises
    ------
    BadInputError
        The file cannot be used.
    """
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(escape(done))
    turn = st.session_state.get(_ROUND, 0)
    upload = st.file_uploader("File of counts (.json, made by planner aggregate)", type=["json"], key=f"counts_{turn}")
    if upload is None:
        return None
    if not source.strip():
        st.warning("Say who sent it.")
        return None
    checked = check_counts(workspace, upload.getvalue(), source=source, today=today)
    st.markdown("\n".join(f"- {escape(line)}" for line in told_counts(checked)))
    return checked


def told_counts(checked: CheckedCounts) -> list[str]:
    """Say what a file of counts holds."""
    file = checked.file
    rule = file.rule
    kind = (
        f"Exact counts under {file.agreement}; for the team only."
        if file.exact
        else f"Counts of 1 to {rule.threshold} are hidden, others rounded to {rule.round_to}."
    )
    before = f"They take the place of what was sent for {', '.join(checked.replaces)}." if checked.replaces else ""
    beyond = f"{plural(len(checked.beyond), 'area is', 'areas are')} outside the district." if checked.beyond else ""
    told = [f"{checked.feed}: {', '.join(file.periods)}, made on {day(file.made)}; {file.unit}.", kind, beyond, before]
    return [sentence for sentence in told if sentence]


def start_afresh(said: str) -> None:
    """Empty the form, and say what was done once the page is drawn anew."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = said
    st.rerun()
