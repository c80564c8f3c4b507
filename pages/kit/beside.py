"""What partners counted themselves, beside the council's own counts: two columns, never a sum."""

import pandas as pd
import streamlit as st

from geo.review.beside import Beside, beside_of, ranks_told
from geo.review.counts_kept import read_counts
from geo.review.partner_counts import partner_table
from geo.review.workspace import Workspace
from pages.kit import evidence, partner_map
from pages.kit.tables import csv_download, show_downloads, show_table
from pages.kit.words import escape


def show(workspace: Workspace) -> None:
    """Show one partner's counts beside the council's, and where the order of areas differs most."""
    senders = list(dict.fromkeys(one.feed for one in read_counts(workspace)))
    if not senders:
        st.info(
            "No partner has sent counts yet. A partner that may not share its records can count them itself with"
            " planner aggregate; the Feeds page takes the file."
        )
        return
    feed = st.selectbox("Whose counts?", senders, key="beside_feed")
    kept, reason = partner_map.ask_period(workspace, feed, key="beside")
    if reason:
        st.caption("Set beside the council's clients of every reason: the two do not name reasons alike.")
    sent = partner_table(kept, partner_map.names_in(workspace, kept.level), reason=reason)
    found = beside_of(evidence.episodes(workspace), sent)
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in found.sentences))
    table = beside_table(found)
    show_table(table, about=f"{sent.title}, beside the council's counts")
    show_downloads([csv_download(table, name=f"beside-{feed}-{kept.period}".replace(" ", "-").lower())])


def beside_table(found: Beside) -> pd.DataFrame:
    """Lay the two counts out, the areas first whose ranks differ most."""
    table, feed = found.table, found.sent.kept.feed
    return pd.DataFrame(
        {
            "Area": table["name"],
            feed: table["partner"],
            f"Rank by {feed}": _ranks(table, "partner"),
            "Council": table["council"],
            "Rank by the council": _ranks(table, "council"),
            "Ranks apart": table["apart"].abs(),
        }
    )


def _ranks(table: pd.DataFrame, who: str) -> list[str]:
    return [ranks_told(*pair) for pair in zip(table[f"{who}_rank"], table[f"{who}_last"], strict=True)]
