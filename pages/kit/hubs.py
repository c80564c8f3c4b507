"""The ranked places in words and tables: the headline, the reasons, the chances, the reach of one place."""

from itertools import pairwise
from typing import Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.errors import BadInputError
from geo.hubs.capacity import told_capacity
from geo.hubs.decay import told_decay
from geo.hubs.firmness import FAIR, FIRM
from geo.hubs.headline import told_added, told_now
from geo.hubs.ranking import Ranking
from geo.hubs.reached import Reach
from geo.hubs.table import AMOUNT, POINTS
from geo.review.register_words import CATEGORY
from geo.review.workspace import Workspace
from pages.kit import hub_charts, hub_evidence, tables
from pages.kit.hub_choices import CRITERION
from pages.kit.hub_evidence import Asked
from pages.kit.results import RANGE
from pages.kit.words import escape, number, plural

_EXPLAINED: Final = 5
_NAMED: Final = 3


def headline(ranked: Ranking) -> str:
    """Say what is reached now and what the first place would add, and name the first three."""
    first = [f"{row.rank}. {escape(str(row.name))}" for row in ranked.table.head(_NAMED).itertuples(index=False)]
    now = escape(told_now(ranked.wording))
    added = escape(told_added(ranked.table, named="ranked first"))
    return (
        f"**{now}** {added}\n\n{plural(len(ranked.table), 'place')} ranked. First: {', '.join(first)}. "
        f"{escape(ranked.tie)}"
    )


def rank_table(ranked: Ranking) -> pd.DataFrame:
    """Lay the ranking out for reading."""
    table = ranked.table
    return pd.DataFrame(
        {
            "Rank": table["rank"],
            "Place": table["name"],
            "Kind": table["category"].map(CATEGORY),
            "Score": table["score"].round(0).astype("int64"),
            "New clients": table["newly_reached"],
            "95 % range of the new": _ranges(table, "new"),
            "Clients within reach": table["households_reached"],
            RANGE: _ranges(table, "reached").mask(table["too_few"], "too few to tell"),
            "How firm": table["firm_word"].replace({"outside": "not among the first"}),
            **_chances(ranked),
            "Services near": table["services_near"],
            "In the district": table["inside"].map({True: "yes", False: "no, near by"}),
            "Why": table["sentence"],
        }
    )


def show_sentences(ranked: Ranking) -> None:
    """Explain the first places, one sentence each."""
    for row in ranked.table.head(_EXPLAINED).itertuples(index=False):
        tied = f" Cannot be told apart from {row.tied_with!s}." if row.tied_with else ""
        st.markdown(f"**{row.rank}. {escape(str(row.name))}** ({row.firm_word}). {escape(str(row.sentence))}{tied}")


def show_contributions(ranked: Ranking) -> None:
    """Draw what each score is made of, with the amounts behind it one click deeper."""
    hub_charts.show_contributions(ranked)
    best = ranked.table.head(hub_charts.SHOWN)
    shown = {"Rank": best["rank"], "Place": best["name"]}
    for name in ranked.weights:
        label = CRITERION.get(name, name)
        shown[f"{label}: amount"], shown[f"{label}: points"] = best[AMOUNT + name], best[POINTS + name]
    with st.expander("The same as a table, with the amounts, and the questions behind them"):
        tables.show_table(pd.DataFrame(shown), about="Amounts and points of the first places")
        for name, question in ranked.criteria.items():
            st.markdown(
                f"**{CRITERION.get(name, name)}** (up to {ranked.weights[name]:.0f} points; tried from "
                f"{ranked.lowest_weights[name]:.0f} to {ranked.highest_weights[name]:.0f}): {question} Counted in "
                f"{ranked.units[name]}."
            )


def show_chances(ranked: Ranking) -> None:
    """Draw how the order fares under other weights and other counts."""
    hub_charts.show_chances(ranked)
    st.caption(
        f"{firmness(ranked)} Ranks are those held in 90 % of the draws. Two places are tied where neither is ahead of "
        f"the other in {100 * ranked.tied_below:g} % of them; the first may be tied with the second and the second "
        "with the third, though the first is ahead of the third."
    )
    with st.expander("The same as a table"):
        best = ranked.table.head(hub_charts.SHOWN)
        chances = {name: column.head(hub_charts.SHOWN) for name, column in _chances(ranked).items()}
        table = pd.DataFrame({"Rank": best["rank"], "Place": best["name"]} | chances)
        tables.show_table(table, about="Chances of the first places")


def reach_bands(workspace: Workspace, asked: Asked, point: tuple[float, float]) -> gpd.GeoDataFrame | None:
    """Find from where a place is reached; where that cannot be drawn, say why and go on without."""
    try:
        return hub_evidence.shapes(workspace, asked, point)
    except BadInputError as error:
        st.info(escape(str(error)))
        return None


def show_bands(bands: pd.DataFrame, *, name: str) -> None:
    """Tell how many homes and clients are within so many minutes of a place."""
    ends = bands["to_minutes"].tolist()
    words = [f"up to {ends[0]:g}", *(f"{low:g} to {high:g}" for low, high in pairwise(ends[:-1]))]
    shown = pd.DataFrame(
        {
            f"Minutes to {name}": [*words, f"more than {ends[-2]:g}, or no way"],
            "Homes": [number(homes) for homes in bands["homes"]],
            "Clients": [number(clients) for clients in bands["clients"]],
        }
    )
    tables.show_short_table(shown, about=f"Homes and clients by minutes to {name}")


def show_reach(found: Reach) -> None:
    """Tell what is within reach of help, minute by minute, and what rooms of known size offer."""
    hub_charts.show_curve(found)
    curve, added = found.curve, str(found.table["name"].iloc[0])
    shown = {
        "Minutes": [f"{minutes:g}" for minutes in curve["minutes"].round(1)],
        "Counts as": [f"{weight:.2f}" for weight in curve["weight"]],
        "Clients within that time now": [number(now) for now in curve["now"]],
        "With one more place": [number(more) for more in curve["with_first"]],
    }
    tables.show_short_table(pd.DataFrame(shown), about="Clients within so many minutes of help")
    st.caption(
        f"One more place: {escape(added)}, which adds most. How far away counts: {told_decay(found.wording.options)}. "
        f"Journeys: {found.wording.label}."
    )
    st.markdown(escape(told_capacity(found.capacity)) if found.capacity else "No place has a known capacity.")


def firmness(ranked: Ranking) -> str:
    """Explain the words for how firmly a place is among the first."""
    firm, fair = f"{100 * FIRM:.0f} %", f"{100 * FAIR:.0f} %"
    return f"How firm: {ranked.firm_label}. Firm is {firm} or more, fair {fair} or more, fragile less."


def journeys(ranked: Ranking) -> str:
    """Say how journeys were measured."""
    return f"Journeys: {ranked.travel_label}."


def _chances(ranked: Ranking) -> dict[str, pd.Series]:
    table = ranked.table
    held = [f"{low} to {high}" for low, high in zip(table["rank_low"], table["rank_high"], strict=True)]
    return {
        "First, % of draws": (100 * table["chance_first"]).round(0).astype("int64"),
        f"Among the first {ranked.top}, %": (100 * table["chance_top"]).round(0).astype("int64"),
        "Ranks held": pd.Series(held, index=table.index),
        "Cannot be told apart from": table["tied_with"],
    }


def _ranges(table: pd.DataFrame, what: str) -> pd.Series:
    pairs = zip(table[f"{what}_low"].tolist(), table[f"{what}_high"].tolist(), strict=True)
    return pd.Series([f"{low:.0f} to {high:.0f}" for low, high in pairs], index=table.index)
