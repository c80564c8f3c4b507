"""When the partner agencies can come: a table to write in."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.hubs.programme import Partner, make_partner
from geo.review.partners import read_partners, save_partners
from geo.review.workspace import Workspace
from pages.kit import session
from pages.kit.words import plural

_COLUMNS: Final = {
    "name": "Agency",
    "weekdays": "Days",
    "weeks": "Weeks of the month",
    "begin": "From",
    "end": "Until",
    "away": "Not on",
}
_HELP: Final = {
    "name": "The agency's name; no person's.",
    "weekdays": "Such as Tue, Thu.",
    "weeks": "every, or such as first, third.",
    "begin": "Such as 09:30.",
    "end": "Such as 16:30.",
    "away": "Days or spans, such as 2026-08-01..2026-08-31.",
}
_USUAL: Final = {"weeks": "every", "begin": "09:00", "end": "17:00", "away": ""}


def ask_partners(workspace: Workspace) -> tuple[Partner, ...]:
    """Show when each partner can come, to be written over; a change counts at once and is kept on request.

    Returns
    -------
    tuple
        The partners as they stand in the table.
    """
    kept = read_partners(workspace)
    with st.expander(f"Partner agencies: {plural(len(kept), 'agency', 'agencies')} recorded", expanded=not kept):
        edited = st.data_editor(
            as_table(kept),
            key="programme_partners",
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            column_config={
                label: st.column_config.TextColumn(label, help=_HELP[name], max_chars=400, required=name == "name")
                for name, label in _COLUMNS.items()
            },
        )
        st.caption("Write an agency's days and times, or add one in the last row. Names of agencies only, no person's.")
        partners = partners_in(edited)
        if session.is_sample(workspace):
            st.caption("The sample district keeps no changes; they count until you leave.")
        elif partners != kept and st.button("Keep these partners for everybody"):
            save_partners(workspace, partners)
            st.rerun()
    return partners


def as_table(partners: tuple[Partner, ...]) -> pd.DataFrame:
    """Lay partners out for writing.

    Examples
    --------
    >>> as_table((Partner("Nurses", ("Mon", "Tue")),)).to_dict("records")[0]["Days"]
    'Mon, Tue'
    """
    rows = [
        (one.name, ", ".join(one.weekdays), ", ".join(one.weeks), one.begin, one.end, ", ".join(one.away))
        for one in partners
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS.values()), dtype="str")


def partners_in(table: pd.DataFrame) -> tuple[Partner, ...]:
    """Read the table; rows without a name are passed over, and what is blank is as usual.

    Raises
    ------
    BadInputError
        A row cannot be read.
    """
    names = {label: name for name, label in _COLUMNS.items()}
    rows = table.rename(columns=names).fillna("").to_dict("records")
    made = [_partner(row) for row in rows if str(row["name"]).strip()]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.name)))


def _partner(row: dict[Hashable, Any]) -> Partner:
    said = {name: str(row[name]).strip() or _USUAL.get(name, "") for name in _COLUMNS}
    return make_partner(said.pop("name"), **said)
