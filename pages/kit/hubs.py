"""The ranked places: weights to try, a table, the contributions of each, its plain sentence."""

from typing import Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.hubs.firmness import FAIR, FIRM
from geo.hubs.ranking import Ranking
from geo.hubs.table import POINTS
from geo.review.workspace import Workspace
from geo.scenario import RankingWeights
from pages.kit import session
from pages.kit.results import RANGE
from pages.kit.words import SITE_CATEGORY, escape, plural

CRITERION: Final = {
    "need_reached": "Clients within a walk",
    "new_reach": "Of them, new ones",
    "co_location": "Services near by",
    "suitability": "Suitable building",
}
# Four lightness steps that stay apart without colour vision; all at least 3:1 against white or edged in the chart.
_COLOURS: Final = ("#0b5c6b", "#c26a1b", "#6f9f3c", "#7d6aa8")
_INK: Final = "#1b2a30"
_SHOWN: Final = 15
_EXPLAINED: Final = 5
_NAMED: Final = 3


def choose_weights(workspace: Workspace) -> RankingWeights:
    """Ask how much each criterion counts; only this tab sees it until the weights are saved."""
    saved = percents(workspace.scenario.weights)
    with st.expander("What should count, and how much?"):
        st.caption("Only the proportions matter. Changes are yours alone until you save them.")
        columns = st.columns(len(CRITERION))
        values = {
            name: column.slider(label, 0, 100, saved[name], step=5, key=f"weight_{name}")
            for column, (name, label) in zip(columns, CRITERION.items(), strict=True)
        }
        weights = RankingWeights(**{name: value / 100 for name, value in values.items()})
        if session.is_sample(workspace):
            st.caption("The sample district keeps no weights.")
        elif st.button("Save these weights for everybody"):
            workspace.save_scenario(workspace.scenario.model_copy(update={"weights": weights}))
            st.rerun()
    return weights


def percents(weights: RankingWeights) -> dict[str, int]:
    """Write weights for sliders from 0 to 100; a scenario may hold larger ones, and only their proportions matter.

    Examples
    --------
    >>> percents(RankingWeights(need_reached=4, new_reach=2, co_location=1, suitability=0))
    {'need_reached': 100, 'new_reach': 50, 'co_location': 25, 'suitability': 0}
    >>> percents(RankingWeights())
    {'need_reached': 35, 'new_reach': 30, 'co_location': 20, 'suitability': 15}
    """
    given: dict[str, float] = weights.model_dump()
    largest = max(1.0, *given.values())
    return {name: round(100 * weight / largest) for name, weight in given.items()}


def rank_table(ranked: Ranking) -> pd.DataFrame:
    """Lay the ranking out for reading."""
    table = ranked.table
    low, high = table["reached_low"], table["reached_high"]
    ranges = [f"{a:.0f} to {b:.0f}" for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    return pd.DataFrame(
        {
            "Rank": table["rank"],
            "Place": table["name"],
            "Kind": table["category"].map(SITE_CATEGORY),
            "Score": table["score"].round(0).astype("int64"),
            "Clients within a walk": table["households_reached"],
            RANGE: pd.Series(ranges).mask(table["too_few"], "too few to tell"),
            "Of them, new": table["newly_reached"],
            "How firm": table["firm_word"].replace({"outside": "not among the first"}),
            "Services near": table["services_near"],
            "In the district": table["inside"].map({True: "yes", False: "no, near by"}),
            "Why": table["sentence"],
        }
    )


def show_contributions(ranked: Ranking) -> None:
    """Draw what each score is made of: one bar a place, one colour a criterion."""
    best = ranked.table.head(_SHOWN)
    labels = best["rank"].astype(str) + ". " + best["name"]
    parts = [
        pd.DataFrame({"Place": labels, "Counts for": CRITERION.get(name, name), "Points": best[POINTS + name]})
        for name in ranked.weights
    ]
    order = [CRITERION.get(name, name) for name in ranked.weights]
    bars = (
        alt.Chart(pd.concat(parts))
        .mark_bar(stroke="#ffffff")
        .encode(
            x=alt.X("Points:Q", title="Points out of 100"),
            y=alt.Y(
                "Place:N",
                sort=labels.tolist(),
                title=None,
                axis=alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False),
            ),
            color=alt.Color(
                "Counts for:N",
                sort=order,
                scale=alt.Scale(domain=order, range=list(_COLOURS)),
                legend=alt.Legend(orient="top", columns=1, title=None, labelLimit=320),
            ),
            order=alt.Order("rank:Q"),
            tooltip=["Place:N", "Counts for:N", alt.Tooltip("Points:Q", format=".1f")],
        )
        .properties(height=26 * len(best) + 190)
        .configure_axis(labelColor=_INK, titleColor=_INK, labelFontSize=13, titleFontSize=13)
        .configure_legend(labelColor=_INK, labelFontSize=13, symbolType="square")
    )
    st.altair_chart(bars, width="stretch", alt=f"What the scores of the first {len(best)} places are made of")


def headline(ranked: Ranking) -> str:
    """Name the first three places."""
    first = [f"{row.rank}. {escape(str(row.name))}" for row in ranked.table.head(_NAMED).itertuples(index=False)]
    return f"**{plural(len(ranked.table), 'place')} ranked.** First: {', '.join(first)}."


def show_sentences(ranked: Ranking) -> None:
    """Explain the first places, one sentence each."""
    for row in ranked.table.head(_EXPLAINED).itertuples(index=False):
        st.markdown(f"**{row.rank}. {escape(str(row.name))}** ({row.firm_word}). {escape(str(row.sentence))}")


def firmness(ranked: Ranking) -> str:
    """Explain the words for how firmly a place is among the first."""
    firm, fair = f"{100 * FIRM:.0f} %", f"{100 * FAIR:.0f} %"
    return f"How firm: {ranked.firm_label}. Firm is {firm} or more, fair {fair} or more, fragile less."


def walks(ranked: Ranking) -> str:
    """Say how walks were measured."""
    return f"Walks: {ranked.travel_label}."
