"""The best set of hubs: asked for, proven, drawn, doubted, tried otherwise and decided."""

from typing import Final

import altair as alt
import streamlit as st

from geo.hubs.siting.plan import Extras as Wanted
from geo.hubs.siting.plan import SitingPlan
from geo.hubs.siting.what_if import what_if
from geo.hubs.siting.words import COMPLETE, told_proof, told_set
from geo.review.rankings import need_of
from geo.review.siting import siting_question
from geo.review.workspace import Workspace
from pages.kit import evidence, filters, hub_choices, hub_evidence, maps, results, set_choices, set_evidence, set_tables
from pages.kit.pictures import Extras
from pages.kit.set_decision import ask_decision
from pages.kit.set_picture import set_map
from pages.kit.tables import csv_download, show_downloads, show_short_table, show_table
from pages.kit.words import escape

QUESTION: Final = "Which places are best together?"
ANSWER: Final = "So many hubs at once, with a proof, other sets nearly as good, and what one more would change."
_LINE: Final = "#0b5c6b"


def show(workspace: Workspace) -> None:
    """Ask for a set, choose it and tell it in full."""
    chosen, kind, mode = hub_choices.choose_journeys(workspace)
    around = hub_evidence.surroundings(workspace, mode)
    ask = set_choices.ask_set(workspace, around)
    first, second = st.columns(2)
    wanted = Wanted(
        alternatives=first.toggle("List other sets nearly as good", value=True),
        curve=second.toggle("Try other numbers of hubs", value=False),
    )
    resolution = evidence.usual_resolution(workspace)
    grid = evidence.grid(workspace, resolution=resolution)
    need = need_of(workspace, evidence.counts(workspace, chosen, resolution=resolution), grid, kind=kind)
    plan = set_evidence.plan(workspace, siting_question(workspace, ask, need, around, grid), wanted)
    notes = [f"Journeys: {plan.asked.facts.journeys.label}.", results.short_note(need.counted)]
    st.markdown(f"**{escape(told_set(plan))}** {escape(told_proof(plan.choice))}")
    picture = set_map(workspace, plan, grid=grid, extras=Extras(filters.bearings(workspace), notes))
    maps.show_map(picture, district=str(workspace.root))
    st.markdown("  \n".join([notes[0], *map(escape, plan.notes), *results.unmapped_sentences(need.counted)]))
    if len(plan.sites):
        _show_sites(plan, f"hubs-{chosen.period}")
        _show_change(plan)
        _show_others(plan)
    _show_curve(plan)
    st.subheader("Who gains, and who is still far away?", anchor=False)
    show_short_table(set_tables.equity_table(plan), about="Journeys now and with these hubs")
    st.caption("Gini: 0 where all journeys are alike, 1 where one person had all of them.")
    if len(plan.sites):
        ask_decision(workspace, plan)


def _show_sites(plan: SitingPlan, name: str) -> None:
    st.subheader("The chosen places", anchor=False)
    table = set_tables.chosen_table(plan)
    show_short_table(table, about="The chosen places")
    if plan.sites["held"].notna().all():
        st.caption(
            "Chosen again: counts this small could have come out otherwise. They were drawn anew many times, and the "
            "set chosen anew each time; a place that is seldom chosen again owes its seat to luck."
        )
    show_downloads([csv_download(table, name=name, label="Chosen places (CSV)")])


def _show_change(plan: SitingPlan) -> None:
    """Let the reader put places in and out."""
    st.subheader("What if it were another set?", anchor=False)
    problem = plan.choice.problem
    names = dict(zip(problem.sites.ids, problem.sites.names, strict=True))
    ours = [problem.sites.ids[site] for site in plan.choice.chosen]
    tried = st.multiselect("Put places in or out", list(names), ours, format_func=lambda site: names[site])
    change = what_if(problem, tuple(tried), known=plan.choice.chosen)
    if not change.come and not change.go:
        st.caption("This is the chosen set. Put a place in or out, and the change shows here.")
        return
    show_short_table(set_tables.change_table(change), about="The chosen set and yours")
    st.markdown(
        f"{change.gained:,.0f} clients come within reach and {change.lost:,.0f} fall out of it; the journey gets "
        f"shorter for {change.nearer:,.0f} and longer for {change.farther:,.0f}."
    )
    for rule in change.broken:
        st.warning(f"Your set breaks a rule: {escape(rule)}.")


def _show_others(plan: SitingPlan) -> None:
    if plan.others is None:
        return
    st.subheader("Other sets nearly as good", anchor=False)
    table = set_tables.other_sets(plan)
    within = f"{100 * plan.others.within:g} %"
    if table.empty:
        st.markdown(f"No other set comes within {within} of this one. {COMPLETE[plan.others.complete]}")
        return
    show_short_table(table, about="Other sets nearly as good")
    st.caption(f"Sets within {within} of the best. {COMPLETE[plan.others.complete]}")


def _show_curve(plan: SitingPlan) -> None:
    if plan.curve is None:
        return
    st.subheader("What would one hub more or fewer change?", anchor=False)
    column, told = set_tables.DRAWN[plan.choice.problem.question]
    line = alt.Chart(plan.curve[["hubs", column]].dropna()).mark_line(point=True, color=_LINE, strokeWidth=2.5)
    hubs = alt.X("hubs:Q", title="Hubs", axis=alt.Axis(tickMinStep=1, format="d"))
    chart = line.encode(x=hubs, y=alt.Y(f"{column}:Q", title=told)).properties(height=280)
    st.altair_chart(chart, width="stretch", alt=f"{told} by the number of hubs")
    show_table(set_tables.curve_table(plan), about="Other numbers of hubs")
