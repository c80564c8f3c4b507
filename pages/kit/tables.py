"""Tables that say what a map says, and the files that can be downloaded with them."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.inert import inert
from geo.review.roles import Right
from geo.review.team_only import team_name, team_table, with_sources
from layers.sample import told_sources
from pages.kit import access, frame, session
from pages.kit.handover import hand_over
from pages.kit.words import escape

_MIME: Final = {"csv": "text/csv", "geojson": "application/geo+json", "html": "text/html"}


@dataclass(frozen=True)
class Download:
    """One file an officer can take away.

    Attributes
    ----------
    label
        What the button says.
    file_name
        Name proposed for the file.
    mime
        Such as "text/csv".
    make
        Builds the bytes when the button is pressed, not before.
    right
        What whoever presses it must be allowed at that moment.
    """

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]
    right: Right = "team"


def show_table(table: pd.DataFrame, *, about: str) -> None:
    """Show a table to sort and search in; `about` names it for a screen reader."""
    st.dataframe(table, hide_index=True, width="stretch", alt=about)


def show_short_table(table: pd.DataFrame, *, about: str) -> None:
    """Show a few rows as plain text that wraps on a narrow screen; `about` names it for a screen reader."""
    shown = table.apply(lambda column: column.map(lambda value: escape(value) if isinstance(value, str) else value))
    st.table(shown, hide_index=True, alt=about, border="horizontal")


@st.fragment
def show_downloads(downloads: list[Download]) -> None:
    """Lay download buttons side by side; on a narrow screen they wrap.

    A press runs this function alone, past the page and its check of who is signed in: so it asks again.
    """
    if not all(access.may(item.right) for item in downloads):
        st.rerun()
    with st.container(horizontal=True):
        pressed = [item for item in downloads if st.button(item.label, key=f"download {item.label} {item.file_name}")]
    for item in pressed:
        with frame.calm_errors(), st.spinner("Preparing the file"):
            content = with_sources(item.make(), _sources()) if item.mime == _MIME["geojson"] else item.make()
            hand_over(content, file_name=item.file_name, mime=item.mime)


def _sources() -> tuple[str, ...]:
    """Give the lines that licences ask for, of all data sets in use."""
    return told_sources(session.current_workspace())


def team_download(label: str, file_name: str, make: Callable[[], bytes]) -> Download:
    """Offer a file of exact counts, whose name says that it is for the team; `make` puts the same words into it."""
    return Download(label, team_name(file_name), _MIME[file_name.rpartition(".")[2]], make)


def csv_download(table: pd.DataFrame, *, name: str, label: str = "Table (CSV)") -> Download:
    """Offer a table to the team as a CSV file that Excel opens with its accents whole and runs nothing from."""
    return team_download(label, f"{name}.csv", lambda: to_csv(table))


def to_csv(table: pd.DataFrame) -> bytes:
    r"""Write a table for the team as CSV: UTF-8 with a byte order mark; text that Excel would run is made inert.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"place": ["=1+1"], "count": [-2]})).decode("utf-8-sig")
    "place,count,audience\r\n'=1+1,-2,team only\r\n"
    """
    marked = team_table(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([inert(str(name)) for name in marked.columns])
    writer.writerows([_cell(value) for value in row] for row in marked.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    return "" if value is None or value is pd.NA else inert(value)
