"""Every open data set the planner can use: who publishes it, how it stands here, how often it changes, what for."""

import pandas as pd
import streamlit as st

from geo.review.workspace import Workspace
from layers.catalogue import Standing, standings
from pages.kit import session
from pages.kit.tables import show_table
from pages.kit.words import DATASET, escape


def show(workspace: Workspace) -> None:
    """Show the table, and each data set's addresses below it."""
    found = standings(workspace.editions(), today=session.today())
    show_table(
        pd.DataFrame(
            {
                "What": [DATASET[one.entry.dataset] for one in found],
                "Title": [one.entry.title for one in found],
                "Here": [_here(one) for one in found],
                "Fetched by the planner": ["yes" if one.entry.access.fetch else "by hand" for one in found],
                "Changes": [one.entry.rhythm.words for one in found],
                "Used for": [one.entry.used_for for one in found],
                "Publisher": [one.entry.publisher for one in found],
                "Licence": [one.entry.source.licence for one in found],
            }
        ),
        about="Every open data set that the planner can use",
    )
    with st.expander("Where each is, to download it by hand, and the line its licence asks for"):
        for one in found:
            _show_addresses(one)


def _here(one: Standing) -> str:
    return ", ".join(part for part in ((one.edition.edition if one.edition else ""), one.state) if part)


def _show_addresses(one: Standing) -> None:
    entry, access = one.entry, one.entry.access
    asked = f" Asked at: {escape(access.endpoint)}" if access.endpoint else ""
    st.markdown(
        f"**{escape(entry.title)}** ({escape(entry.form)}). By hand: {escape(access.page)}{asked}"
        f"  \n{escape(entry.source.attribution)}  \nCommand: {escape(access.command)}"
    )
