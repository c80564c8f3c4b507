"""What others have published of the same clients: the list, and the form that enters it."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from geo.review.external_rows import ExternalRow, known_codes, make_tables, read_external_rows
from geo.review.external_tables import Entered, add_external, read_external, withdraw_external
from geo.review.release_tables import material_of
from geo.review.release_words import AREAS
from geo.review.workspace import Workspace
from pages.kit import frame, session, tables


def show_entered(workspace: Workspace) -> None:
    """List what has been entered, and let an officer withdraw a mistyped one."""
    st.markdown(
        "Numbers of the same clients that are known already, such as quarterly H-CLIC totals, answers to Freedom of"
        " Information requests or committee papers. Together with a release they could give a small count away, so"
        " every release is held against them. Enter only numbers that count **the same clients in the same way** as"
        " your records: one that counts others makes every check fail."
    )
    entered = read_external(workspace)
    if not entered:
        st.markdown("None has been entered.")
        return
    tables.show_table(_listed(entered), about="Numbers that others have published")
    if session.is_sample(workspace):
        return
    with st.expander("Withdraw a mistyped one"):
        titles = {one.number: f"{one.number}. {one.table.name}" for one in entered}
        number = st.selectbox("Which one?", list(titles), index=None, format_func=titles.__getitem__)
        if st.button("Withdraw it", disabled=number is None) and number is not None:
            withdraw_external(workspace, number)
            st.rerun()


def ask_entry(workspace: Workspace, *, today: date) -> None:
    """Ask for one number, or for a file of many."""
    if session.is_sample(workspace):
        st.caption("The sample district keeps nothing, so nothing can be entered here.")
        return
    with st.expander("Enter one"), st.form("external", border=False), frame.calm_errors():
        row = _ask_row()
        who = st.text_input("Your name or initials", key="external_who")
        if st.form_submit_button("Keep this number"):
            _keep(workspace, [row], who, today)
    with st.expander("Enter many from a file"), st.form("external_file", border=False), frame.calm_errors():
        file = st.file_uploader(
            "CSV or XLSX with the columns name, from, to, code, value, rounded_to", type=["csv", "xlsx"]
        )
        who = st.text_input("Your name or initials", key="external_file_who")
        if st.form_submit_button("Keep these numbers") and file is not None:
            _keep(workspace, read_external_rows(file.getvalue()), who, today)


def _ask_row() -> ExternalRow:
    name = st.text_input("What it was published as", placeholder="H-CLIC 2024 Q2")
    first, second = st.columns(2)
    begins = first.text_input("First month", placeholder="2024-04")
    ends = second.text_input("Last month", placeholder="2024-06")
    code = st.text_input("Code of the ward or area (empty for the whole district)")
    value, rounded = st.columns(2)
    number = value.text_input("The number")
    step = rounded.text_input("Rounded to the nearest (1 for an exact number)", value="1")
    return ExternalRow(name, begins, ends, code, number, step)


def _keep(workspace: Workspace, rows: Sequence[ExternalRow], who: str, today: date) -> None:
    material = material_of(workspace)
    found = make_tables(rows, known_codes(material.postcodes, material.atoms))
    add_external(workspace, found, who=who, today=today)
    st.rerun()


def _listed(entered: Sequence[Entered]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "No.": [one.number for one in entered],
            "Published as": [one.table.name for one in entered],
            "Months": [one.table.topic.period.name for one in entered],
            "By": [AREAS[one.table.topic.geography.level] for one in entered],
            "Numbers": [len(one.table.figures) for one in entered],
            "Entered": [f"{one.day.isoformat()} by {one.who}" for one in entered],
        }
    )
