"""The first ten places, and whether they would be others without doubtful records or with those that have no place."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.counts import Selection
from geo.evidence.sensitivity import FEWEST_MAPPED, SPREAD, Measure, Sensitivity
from geo.review.workspace import Workspace
from pages.kit import gap_evidence, gaps
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import escape, number, plural

MEASURE: Final[dict[str, Measure]] = {
    "Most clients": "count",
    "Most clients above what the homes explain": "excess",
}
VARIANT: Final = {
    "without_institutions": "Without institutions",
    "without_shared_points": "Without shared points",
    "without_both": "Without both",
    SPREAD: "With those who have no place",
}
_BY: Final = {
    "source and route": "as the mapped of their own source and route",
    "source": "as the mapped of their source, for their route has too few",
    "everybody": "as everybody who is mapped, for their source has too few",
}


def show(workspace: Workspace) -> None:
    """Show how the first ten places change."""
    period = gaps.choose_period(workspace, key="top_ten")
    asked = st.radio("The first ten places by", list(MEASURE), horizontal=True)
    chosen = Selection(period, leave_out=workspace.scenario.leave_out)
    found = gap_evidence.sensitivity(workspace, chosen, measure=MEASURE[asked])
    st.markdown("\n".join(_line(found, variant) for variant in found.sentences))
    if found.table.empty:
        return
    table = rank_table(found)
    show_short_table(table, about="The first ten places and their ranks")
    st.caption(" ".join(spread_sentences(found)))
    show_downloads([csv_download(table, name=f"first-ten-{found.measure}-{period}")])


def rank_table(found: Sensitivity) -> pd.DataFrame:
    """Lay the ranks out; a place without one has no client left, or no more than its homes explain."""
    table = found.table
    ranks = {words: _ranks(table[variant]) for variant, words in VARIANT.items()}
    return pd.DataFrame(
        {"Place": table["place"], "Clients": table["clients"], "Rank now": _ranks(table["now"])} | ranks
    )


def spread_sentences(found: Sensitivity) -> list[str]:
    """Say how those without a place were spread, and why that is a guess."""
    parts = [f"{number(count)} {_BY[by]}" for by, count in found.spread_by.items() if count]
    if not parts:
        return ["Nobody without a place could be spread."]
    inside = f"{number(found.spread_inside)} of them fall inside the district."
    told = [
        f"Those without a place were spread {'; '.join(parts)} (fewer than {FEWEST_MAPPED} are too few). {inside}",
        "It is a guess: who has no postcode may live elsewhere than who has one.",
    ]
    if found.outside:
        told.append(f"{plural(found.outside, 'episode')} from outside or elsewhere are in none of the places.")
    if found.beyond:
        told.append(f"{plural(found.beyond, 'episode')} inside the district lie in none of them.")
    return told


def _line(found: Sensitivity, variant: str) -> str:
    concerned = number(found.left_out.get(variant, found.unmapped))
    return f"- **{VARIANT[variant]}** ({concerned}): {escape(found.sentences[variant])}"


def _ranks(ranks: pd.Series) -> list[str]:
    return ["none" if pd.isna(rank) else str(rank) for rank in ranks]
