"""Tables that say what a map says, and the files that can be downloaded with them."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.kit.words import escape

# OWASP, "CSV Injection": with the signs of full width, which Excel reads as the plain ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


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
    """

    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


def show_table(frame: pd.DataFrame, *, about: str) -> None:
    """Show a table to sort and search in; `about` names it for a screen reader."""
    st.dataframe(frame, hide_index=True, width="stretch", alt=about)


def show_short_table(frame: pd.DataFrame, *, about: str) -> None:
    """Show a few rows as plain text that wraps on a narrow screen; `about` names it for a screen reader."""
    shown = frame.apply(lambda column: column.map(lambda value: escape(value) if isinstance(value, str) else value))
    st.table(shown, hide_index=True, alt=about, border="horizontal")


def show_downloads(downloads: list[Download]) -> None:
    """Lay download buttons side by side; on a narrow screen they wrap."""
    with st.container(horizontal=True):
        for item in downloads:
            st.download_button(item.label, data=item.make, file_name=item.file_name, mime=item.mime, on_click="ignore")


def csv_download(frame: pd.DataFrame, *, name: str, label: str = "Table (CSV)") -> Download:
    """Offer a table as a CSV file that Excel opens with its accents whole and runs nothing from."""
    return Download(label, f"{name}.csv", "text/csv", lambda: to_csv(frame))


def to_csv(frame: pd.DataFrame) -> bytes:
    r"""Write a table as CSV: UTF-8 with a byte order mark, and text that Excel would run as a formula made inert.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"place": ["=1+1"], "count": [-2]})).decode("utf-8-sig")
    "place,count\r\n'=1+1,-2\r\n"
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_inert(str(name)) for name in frame.columns])
    writer.writerows([_inert(value) for value in row] for row in frame.itertuples(index=False, name=None))
    return out.getvalue().encode("utf-8-sig")


def _inert(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return "" if value is None or value is pd.NA else value
