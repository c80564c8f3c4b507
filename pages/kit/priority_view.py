"""The review's own analysis: which areas are the priorities, how firm that is, and whether it has been frozen."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.evidence.priority_words import VERDICTS, area_points, rate_words, told_distance
from geo.review.priorities import Priorities, with_notes
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from pages.kit import confirming, evidence, filters, findings, frame, maps, pictures, results, session, tables
from pages.kit.pictures import Extras
from pages.kit.words import escape, plural, two_figures

QUESTION: Final = "Which areas are the priorities of this review?"
ANSWER: Final = (
    "The review's own analysis: every place is tested against its homes, and clusters are searched for. An area that"
    " both find is a priority; one that a single test finds is to be watched."
)
NOTHING: Final = (
    "**No area stands out by either test.** That is an answer, not a fault: with so few clients only a large excess can"
    " be told from luck. It does not mean that the risk is the same everywhere."
)
_NAMED: Final = 6


def show(workspace: Workspace) -> None:
    """Show the whole of it."""
    plan = plan_review(workspace, today=session.review_day(workspace))
    found = with_notes(evidence.priorities(workspace, plan), workspace)
    counted = evidence.counts(workspace, plan.selection, resolution=plan.resolution)
    st.markdown(headline(found))
    picture = pictures.priorities_map(
        workspace, found, extras=Extras(filters.bearings(workspace), [results.short_note(counted)])
    )
    maps.show_map(picture, district=str(workspace.root))
    st.caption(
        f"Review of {plan.review}, counting {results.title(counted)}. {results.unit_note(workspace, counted)} "
        + " ".join(findings.tested_sentences(found.found, counted))
    )
    if "rows" in found.counts.unit:
        st.warning(findings.ROWS)
    with frame.calm_errors():
        confirming.show_state(workspace, found)
    if len(found.table):
        st.subheader("Each area in a few sentences", anchor=False)
        for row in found.table.to_dict("records"):
            points = area_points(row, unit=found.counts.unit, district_rate=found.district_rate)
            listed = "\n".join(f"- {escape(point)}" for point in points)
            st.markdown(f"**{row['rank']}. {escape(row['area'])}: {row['verdict']}**\n{listed}")
        table = area_table(found.table)
        tables.show_table(table, about="Areas that stand out")
        name = f"priorities-{plan.review}"
        tables.show_downloads(
            [
                tables.csv_download(table, name=name),
                results.area_download(found, name=name),
                results.html_download(picture, name=name, table=table),
            ]
        )
        confirming.ask_note(workspace, found)
    confirming.ask_freeze(workspace, found)
    with st.expander("The rule, and what the words mean"):
        st.markdown(escape(found.rule))
        st.markdown(findings.TRUST)
        st.markdown("  \n".join([escape(note) for note in found.notes]))
        _show_settings(found)


def headline(found: Priorities) -> str:
    """Name the areas by verdict."""
    if found.table.empty:
        return NOTHING
    lines = [_named(found.table[found.table["verdict"] == verdict], verdict) for verdict in VERDICTS]
    return " ".join(line for line in lines if line)


def area_table(table: pd.DataFrame) -> pd.DataFrame:
    """Lay the areas out for reading."""
    rows = table.to_dict("records")
    return pd.DataFrame(
        {
            "No.": table["rank"],
            "Area": table["area"],
            "Verdict": table["verdict"].map(VERDICTS),
            "Clients": table["count"],
            "Homes": table["homes"].round().astype("int64"),
            "Per 1,000 homes a year": [rate_words(row) for row in rows],
            "Expected from the homes": table["expected"].round(1),
            "q (excess)": table["q"].map(two_figures),
            "p (clusters)": table["p_scan"].map(two_figures, na_action="ignore").fillna("none"),
            "How firm": [_firm(row) for row in rows],
            "Since the year before": table["trend"],
            "Most often": table["reasons"],
            "Who": table["groups"],
            "Nearest service": [_nearest(row) for row in rows],
            "Smallest risk sure to be seen": [_smallest(row) for row in rows],
            "Already known": table["already_known"],
        }
    )


def _named(rows: pd.DataFrame, verdict: str) -> str:
    if rows.empty:
        return ""
    names = ", ".join(escape(name) for name in rows["area"].head(_NAMED))
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    what = "priority area" if verdict == "priority" else "area to watch"
    many = "priority areas" if verdict == "priority" else "areas to watch"
    return f"**{plural(len(rows), what, many)}:** {names}{more}."


def _firm(row: dict[Hashable, Any]) -> str:
    share = row["stability_share"]
    return str(row["stability"]) if pd.isna(share) else f"{row['stability']} ({100 * share:.0f} %)"


def _nearest(row: dict[Hashable, Any]) -> str:
    return f"{row['nearest_service']} ({told_distance(row['nearest_m'])})" if row["nearest_service"] else ""


def _smallest(row: dict[Hashable, Any]) -> str:
    risk = row["detectable_risk"]
    return "none, however large" if pd.isna(risk) else f"{risk:.1f} times"


def _show_settings(found: Priorities) -> None:
    """List every other way of looking, area by area."""
    detail = found.stability.detail
    if detail.empty:
        return
    wide = detail.assign(hot=detail["hot"].map({True: "hot", False: "not"}))
    shown = wide.pivot_table(index="run", columns="area", values="hot", aggfunc="first", sort=False).reset_index()
    tables.show_table(shown.rename(columns={"run": "Other way of looking"}), about="Whether each area stays hot")
    for name, reason in found.stability.not_run.items():
        st.caption(f"Not tried: {escape(name)}, {escape(reason)}.")
