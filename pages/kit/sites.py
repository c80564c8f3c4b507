"""The register of sites on a screen: its headline, what to look at, and a table to write in."""

from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.review.register import register
from geo.review.register_edit import CellEdit, Edited, edit_sites
from geo.review.register_words import CATEGORY, LABEL
from geo.review.workspace import Workspace
from geo.schema import LIAISON
from pages.kit.words import escape, plural

STATUS_WORDS: Final = {"": "nothing noted yet"} | {status: status for status in LIAISON}
_SHOWN: Final = (
    "name",
    "category",
    "town",
    "status",
    "services",
    "opening_hours",
    "step_free",
    "private_room",
    "capacity",
    "cost",
    "host_role",
    "notes",
    "checked",
    "due",
    "gone",
)
_TOLD: Final = {"town": "Town", "status": "Stands", "due": "Due for its check", "gone": "Remark"}
NOT_KNOWN: Final = "not known"
_YES_NO: Final = {True: "yes", False: "no"}
_BASE, _ROUND, _DONE = "sites_base", "sites_round", "sites_done"


def read(workspace: Workspace, today: date) -> pd.DataFrame:
    """Read the register: REGISTER table."""
    return register(workspace, today=today)


def headline(table: pd.DataFrame) -> str:
    """Say how many places there are, how far the talks are, and what is due."""
    if table.empty:
        return (
            "No place is known yet: add a file of surgeries, food banks or halls on the Data page, or one by one here."
        )
    talks = table["status"].value_counts()
    told = [f"{talks[status]} {status}" for status in LIAISON if status in talks.index]
    due = int(table["due"].sum())
    checks = f"**{plural(due, 'is', 'are')} due for the annual check.**" if due else "None is due for its annual check."
    return f"{plural(len(table), 'place')} known{': ' if told else ''}{', '.join(told)}. {checks}"


def show_register(workspace: Workspace, table: pd.DataFrame, *, today: date, fixed: bool) -> None:
    """Show the register as a table; what is written into it is kept when the officer says so."""
    for number, sentence in enumerate(st.session_state.pop(_DONE, [])):
        (st.warning if number else st.success)(escape(sentence))
    key = f"sites_table_{st.session_state.get(_ROUND, 0)}"
    waiting = bool(_written(key))
    shown = _chosen(_base(workspace, table, keep=waiting), waiting=waiting)
    grid = grid_of(shown)
    edited = st.data_editor(
        grid,
        key=key,
        hide_index=True,
        width="stretch",
        disabled=True if fixed else ["town", "status", "due", "gone"],
        column_config=_columns(),
    )
    st.caption(
        "Write over a cell to say what you found out; empty it to go back to what the file says. The host contact is a"
        " role, such as practice manager, never a person. How a site stands follows from its log, under One site."
    )
    if fixed:
        return
    with st.container(horizontal=True):
        keep = st.button("Keep what I wrote", type="primary", disabled=not waiting)
        leave = st.button("Leave it as it was", disabled=not waiting)
    if keep:
        _finish(edit_sites(workspace, edits_of(shown, grid, edited), today=today))
    if leave:
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        st.rerun()


def grid_of(table: pd.DataFrame) -> pd.DataFrame:
    """Lay the register out for a screen: words for codes, days for texts."""
    grid = table[list(_SHOWN)].copy()
    grid["category"] = grid["category"].map(CATEGORY)
    grid["status"] = grid["status"].map(STATUS_WORDS)
    for field in ("step_free", "private_room"):
        grid[field] = [NOT_KNOWN if pd.isna(value) else _YES_NO[bool(value)] for value in grid[field]]
    grid["checked"] = pd.to_datetime(grid["checked"], errors="coerce").dt.date
    return grid.reset_index(drop=True)


def edits_of(table: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> list[CellEdit]:
    """Find the cells that somebody wrote in.

    Parameters
    ----------
    table
        REGISTER rows, as shown.
    before, after
        The grid as it was shown, and as it is now.
    """
    sites = table["site_id"].tolist()
    return [
        CellEdit(str(site), field, _text(field, was), _text(field, now))
        for field in LABEL
        if field in before.columns
        for site, was, now in zip(sites, before[field], after[field], strict=True)
        if _text(field, was) != _text(field, now)
    ]


def _written(key: str) -> dict[Any, Any]:
    """Give what was written into the table and not kept yet."""
    return dict(st.session_state.get(key, {}).get("edited_rows", {}))


def _base(workspace: Workspace, table: pd.DataFrame, *, keep: bool) -> pd.DataFrame:
    """Give the register as it was when the first cell was written in, so that what others change meanwhile is told."""
    held = st.session_state.get(_BASE)
    if keep and held is not None and held[0] == str(workspace.root):
        earlier: pd.DataFrame = held[1]
        return earlier
    st.session_state[_BASE] = (str(workspace.root), table)
    return table


def _chosen(table: pd.DataFrame, *, waiting: bool) -> pd.DataFrame:
    """Ask which sites to show; not while something is written and not kept, for the rows would move beneath it."""
    with st.container(horizontal=True):
        status = st.multiselect(
            "How it stands", list(STATUS_WORDS), format_func=STATUS_WORDS.__getitem__, disabled=waiting
        )
        present = [category for category in CATEGORY if category in set(table["category"])]
        category = st.multiselect("Category", present, format_func=CATEGORY.__getitem__, disabled=waiting)
        due = st.checkbox("Due for the annual check", disabled=waiting)
    wanted = table["status"].isin(status or list(STATUS_WORDS)) & table["category"].isin(category or present)
    return table[wanted & (table["due"] | (not due))]


def _columns() -> dict[str, Any]:
    yes_no = [NOT_KNOWN, *_YES_NO.values()]
    return {
        **{field: st.column_config.TextColumn(label) for field, label in (LABEL | _TOLD).items()},
        "name": st.column_config.TextColumn(LABEL["name"], pinned=True, width="medium"),
        "category": st.column_config.SelectboxColumn(LABEL["category"], options=list(CATEGORY.values()), required=True),
        "step_free": st.column_config.SelectboxColumn(LABEL["step_free"], options=yes_no),
        "private_room": st.column_config.SelectboxColumn(LABEL["private_room"], options=yes_no),
        "capacity": st.column_config.NumberColumn(LABEL["capacity"], min_value=0, step=1, format="%d"),
        "checked": st.column_config.DateColumn(LABEL["checked"], format="DD/MM/YYYY"),
        "due": st.column_config.CheckboxColumn(_TOLD["due"]),
    }


def _text(field: str, value: Any) -> str:  # noqa: ANN401 - a cell of the grid, whatever its kind
    if value is None or pd.isna(value) or value == NOT_KNOWN:
        return ""
    if field == "capacity":
        return str(int(value))
    if field == "category":
        return next((code for code, label in CATEGORY.items() if label == value), str(value))
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def _finish(done: Edited) -> None:
    """Start the table afresh and say what was kept and what was not."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    kept = [one for one in done.changes if one.field not in {"easting", "northing"}]
    st.session_state[_DONE] = [f"Kept: {plural(len(kept), 'change')}.", *done.sentences()]
    st.rerun()
