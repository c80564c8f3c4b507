"""One finished map of the Map page with everything that stands beside it: sentences, table, files to take away."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from layers.base import PlannerMap
from pages.kit import maps, tables
from pages.kit.tables import Download
from pages.kit.words import escape


@dataclass(frozen=True)
class MapView:
    """What is shown of one choice.

    Attributes
    ----------
    heading
        Tells two maps side by side apart.
    picture
        The map.
    sentences
        Below it: what it shows, and what it cannot.
    caption
        What is counted.
    table
        The same in words; `about` names it for a screen reader, `note` explains a column.
    downloads
        Files to take away.
    """

    heading: str
    picture: PlannerMap
    sentences: list[str]
    caption: str
    table: pd.DataFrame
    about: str
    note: str
    downloads: list[Download]


def show_views(views: list[MapView], *, district: str) -> None:
    """Show maps side by side, where there is one; `district` keeps the views of two workspaces apart."""
    if not views:
        return
    for column, view in zip(st.columns(len(views)), views, strict=True):
        with column:
            if len(views) > 1:
                st.subheader(escape(view.heading), anchor=False)
            maps.show_map(view.picture, district=district)
            st.markdown("  \n".join(view.sentences))
            st.caption(view.caption)
            with st.expander("The same as a table", expanded=len(views) == 1):
                tables.show_table(view.table, about=view.about)
                st.caption(view.note)
            tables.show_downloads(view.downloads)
