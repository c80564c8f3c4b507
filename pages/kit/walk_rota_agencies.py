"""Who walks along, with which power, and when: a table to write in."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.agencies import read_agencies, save_agencies
from geo.review.workspace import Workspace
from geo.scenario.days_said import told_span
from geo.walkabouts.rota.agencies import MOST_PEOPLE, WalkAgency, make_agency
from pages.kit import frame
from pages.kit.words import escape, plural

_COLUMNS: Final = {
    "name": "Agency",
    "powers": "Powers",
    "people": "People",
    "weekdays": "Days",
    "bands": "Times of day",
    "away": "Not on",
}
_HELP: Final = {
    "name": "The agency's name; no person's.",
    "powers": "support, enforcement, or both with a comma between.",
    "weekdays": "Such as Tue, Thu; blank for every day.",
    "bands": "Some of early morning, day, evening; blank for all.",
    "away": "Days or spans, such as 1 August 2026 to 31 August 2026, 25 December 2026.",
}


def ask(workspace: Workspace, *, fixed: bool) -> None:
    """List who walks along, and let an officer write over the list."""
    kept = read_agencies(workspace)
    st.subheader("Who walks along", anchor=False)
    if not kept:
        st.markdown("No agency is recorded yet. Add the council's own team and those who walk beside it.")
    st.markdown("\n".join(f"- **{escape(one.name)}**: {escape(one.told)}." for one in kept))
    if fixed:
        st.caption("The sample district keeps nothing, so no agency can be added here.")
        return
    with st.expander(f"Change the list ({plural(len(kept), 'agency', 'agencies')})", expanded=not kept):
        edited = st.data_editor(
            as_table(kept),
            key=f"walk_agencies {len(kept)}",
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            column_config={label: _column(name, label) for name, label in _COLUMNS.items()},
        )
        st.caption("One agency a row, the council's own team too. Names of agencies only, no person's.")
        with frame.calm_errors():
            agencies = agencies_in(edited)
            if agencies != kept and st.button("Keep these agencies"):
                save_agencies(workspace, agencies)
                st.rerun()


def as_table(agencies: tuple[WalkAgency, ...]) -> pd.DataFrame:
    """Lay agencies out for writing.

    Examples
    --------
    >>> as_table((WalkAgency("Police", ("enforcement",), 2),)).to_dict("records")[0]["People"]
    2
    """
    rows = [
        (
            one.name,
            ", ".join(one.powers),
            one.people,
            ", ".join(one.weekdays),
            ", ".join(one.bands),
            ", ".join(map(told_span, one.away)),
        )
        for one in agencies
    ]
    kinds = {label: "Int64" if name == "people" else "str" for name, label in _COLUMNS.items()}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def agencies_in(table: pd.DataFrame) -> tuple[WalkAgency, ...]:
    """Read the table; rows without a name are passed over.

    Raises
    ------
    BadInputError
        A row cannot be read.
    """
    names = {label: name for name, label in _COLUMNS.items()}
    rows = table.rename(columns=names).astype("object").where(table.notna().to_numpy(), "").to_dict("records")
    made = [_agency(row) for row in rows if str(row["name"]).strip()]
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.name)))


def _agency(row: dict[Hashable, Any]) -> WalkAgency:
    said = {name: str(row[name]).strip() for name in _COLUMNS if name != "people"}
    name = said.pop("name")
    people = str(row["people"]).strip() or "1"
    if not people.isdecimal():
        message = f"{name}: the number of people cannot be read; expected a whole number, such as 2."
        raise BadInputError(message)
    return make_agency(name, people=int(people), **said)


def _column(name: str, label: str) -> Any:  # noqa: ANN401 - streamlit's own kinds of columns
    if name == "people":
        return st.column_config.NumberColumn(
            label, help="How many it sends.", min_value=1, max_value=MOST_PEOPLE, step=1
        )
    return st.column_config.TextColumn(label, help=_HELP[name], max_chars=400, required=name == "name")
