"""Who is behind the rows: households, approaches, referrals and agencies, and how much is said twice."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.evidence.repeats import Repeats
from geo.review.workspace import Workspace
from pages.kit import gap_evidence, gaps
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import number, plural, share

_BY: Final = {"File": "feed", "Source": "source"}
_NOT_HOUSEHOLDS: Final = "rows, not households"
NOTE: Final = (
    "A repeat is a row that belongs to an episode begun by an earlier row, of the same source or of another. A source"
    " with many repeats mostly sends people whom somebody knew already. Households are counted once in each line, so"
    " the lines of several sources add up to more than the whole."
)


def show(workspace: Workspace) -> None:
    """Show how many households are behind the rows, in all and by file or source."""
    period = gaps.choose_period(workspace, key="repeats")
    found = gap_evidence.repeats(workspace)
    st.markdown("  \n".join(sentences(found, period)))
    chosen = st.segmented_control("Show by", list(_BY), default="File", required=True) or "File"
    table = repeat_table(found.of(_BY[chosen], period=period), chosen)
    show_short_table(table, about=f"Rows, households and repeats by {chosen.lower()}")
    st.caption(NOTE)
    show_downloads(
        [
            csv_download(table, name=f"repeats-by-{_BY[chosen]}-{period}"),
            csv_download(found.table, name="repeats-every-year", label="Every year and source (CSV)"),
        ]
    )


def sentences(found: Repeats, period: str) -> list[str]:
    """Say who is behind the rows of the whole district."""
    whole = found.of("district", period=period).to_dict("records")[0]
    within = f"what one household brought up within {found.episode_months} months counts once"
    households = plural(whole["households"], "household")
    told = [
        f"**{plural(whole['rows'], 'row')} from {households}**{_without(whole)}: {_routes(whole)}.",
        f"They are {plural(whole['episodes'], 'episode')}: {within}. {_repeated(whole)}",
    ]
    if whole["households"]:
        told.append(
            f"{plural(whole['came_back'], 'household')} ({share(whole['came_back'], whole['households'])}) came back in"
            f" a later episode; {number(whole['several_sources'])} are known to more than one source."
        )
    if whole["duplicates"]:
        told.append(f"Counted apart: {plural(whole['duplicates'], 'row')} that are in a file twice.")
    return told


def repeat_table(table: pd.DataFrame, heading: str) -> pd.DataFrame:
    """Lay the groups out in words, the largest first."""
    ordered = table.sort_values("rows", ascending=False, kind="stable")
    rows = ordered.to_dict("records")
    return pd.DataFrame(
        {
            heading: [row["group"] or "Not stated" for row in rows],
            "Rows": ordered["rows"].to_numpy(),
            "Households": [_households(row) for row in rows],
            "Repeats": [_share_text(row) for row in rows],
            "Came back later": ordered["came_back"].to_numpy(),
            "Episodes begun": ordered["episodes"].to_numpy(),
            "Approaches": ordered["approaches"].to_numpy(),
            "Referrals": ordered["referrals"].to_numpy(),
        }
    )


def _households(row: dict[Hashable, Any]) -> str:
    return _NOT_HOUSEHOLDS if row["unit"] == _NOT_HOUSEHOLDS else number(row["households"])


def _without(whole: dict[Hashable, Any]) -> str:
    rows = whole["without_household"]
    return f", {number(rows)} of them without a household reference (rows, not households)" if rows else ""


def _routes(whole: dict[Hashable, Any]) -> str:
    approaches = plural(whole["approaches"], "approach", "approaches")
    referrals = plural(whole["referrals"], "referral")
    agencies = plural(whole["agencies"], "agency", "agencies")
    unsaid = whole["route_not_stated"]
    told = f"{approaches} by themselves, {referrals} by {agencies}"
    return f"{told}, and {number(unsaid)} where the file does not say how they came" if unsaid else told


def _repeated(whole: dict[Hashable, Any]) -> str:
    if not whole["with_household"]:
        return "Without a household reference nobody can tell which rows are repeats."
    return (
        f"{plural(whole['repeats'], 'row')} ({share(whole['repeats'], whole['with_household'])}) repeat an earlier one."
    )


def _share_text(row: dict[Hashable, Any]) -> str:
    if not row["with_household"]:
        return "cannot be told"
    return f"{number(row['repeats'])} ({share(row['repeats'], row['with_household'])})"
