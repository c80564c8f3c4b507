"""Keep a pack's numbers for the years to come, and list the packs that were kept."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.review.pack.kept import KeptPack, keep_pack, read_packs
from geo.review.workspace import Workspace
from layers.pack.making import Made
from pages.kit import frame, session, tables
from pages.kit.words import day

_DONE: Final = "review_kept"
_FOR: Final = {"team": "Housing team", "partner": "Partners", "public": "The public"}


def ask_keep(workspace: Workspace, made: Made) -> None:
    """Ask whether these are the numbers that next year's review is held against."""
    st.subheader("Keep its numbers", anchor=False)
    if told := st.session_state.pop(_DONE, ""):
        st.success(told)
    if session.is_sample(workspace):
        st.caption("The sample district keeps nothing.")
        return
    with frame.calm_errors(), st.form("review_keep", border=False):
        who = st.text_input("Who keeps it (name or initials)")
        why = st.text_input("Why (needed where it takes the place of an earlier one)")
        st.caption("Next year's review finds these numbers, however the records change. A kept pack is never changed.")
        if st.form_submit_button("Keep it"):
            kept = keep_pack(workspace, made.aggregates, who=who, why=why, today=session.today())
            st.session_state[_DONE] = f"Kept as pack {kept.number}."
            st.rerun()


def show_kept(workspace: Workspace) -> None:
    """List the packs kept so far, the newest first."""
    found = read_packs(workspace)
    if not found:
        st.caption("No pack has been kept yet.")
        return
    tables.show_table(kept_table(found), about="Packs kept so far")


def kept_table(found: tuple[KeptPack, ...]) -> pd.DataFrame:
    """Lay the kept packs out for reading."""
    newest = found[::-1]
    return pd.DataFrame(
        {
            "No.": [one.number for one in newest],
            "Review": [one.review for one in newest],
            "For": [_FOR[one.audience] for one in newest],
            "Kept on": [day(one.day) for one in newest],
            "By": [one.who for one in newest],
            "Why": [one.why for one in newest],
            "Stands": [f"superseded by {one.superseded_by}" if one.superseded_by else "yes" for one in newest],
            "Digest": [one.digest[:12] for one in newest],
        }
    )
