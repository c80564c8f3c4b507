"""What changed since the last edition of each data set: first what touches a decision, then set by set."""

import pandas as pd
import streamlit as st

from geo.editions import Edition
from geo.review.changes import Changed, changes_since
from geo.review.workspace import Workspace
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import DATASET, day, escape

_WARD_COLUMNS = {
    "ward": "Ward",
    "new": "New postcodes",
    "ended": "Ended",
    "moved": "Moved over 100 m",
    "before": "Homes before",
    "now": "Homes now",
    "change": "Change",
}
_LINES = 8


def show(workspace: Workspace) -> None:
    """Show it; a data set that has only been added once has nothing to compare."""
    found = changes_since(workspace)
    for sentence in found.urgent:
        st.error(escape(sentence))
    if not found.sets:
        st.markdown("Nothing to compare yet: an edition is kept from the first time a newer one replaces it.")
    for one in found.sets:
        _show_set(one)


def _show_set(one: Changed) -> None:
    st.markdown(f"**{DATASET[one.dataset]}**, from {_named(one.before)} to {_named(one.now)}")
    lines = one.sentences()
    st.markdown("\n".join(f"- {escape(line)}" for line in lines[:_LINES]))
    if len(lines) > _LINES:
        with st.expander(f"And {len(lines) - _LINES} more"):
            st.markdown("\n".join(f"- {escape(line)}" for line in lines[_LINES:]))
    wards = one.homes if one.homes is not None else one.postcodes.wards if one.postcodes is not None else None
    if wards is not None and len(wards):
        with st.expander("By ward"):
            show_short_table(wards.rename(columns=_WARD_COLUMNS), about=f"{DATASET[one.dataset]}: changes by ward")
    table = wards if wards is not None else pd.DataFrame(one.document()["sites"])
    if len(table):
        show_downloads([csv_download(table, name=f"changes-{one.dataset}", label=f"{DATASET[one.dataset]} (CSV)")])


def _named(edition: Edition) -> str:
    return escape(edition.edition or f"{edition.file_name}, added on {day(edition.added)}")
