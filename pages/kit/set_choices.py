"""The choices behind a set of hubs: what is asked, how many, whom it must reach, and the rules it must keep."""

from typing import Final

import streamlit as st

from geo.hubs.candidates import candidates_among
from geo.hubs.facts import Surroundings
from geo.hubs.siting.gather import Ask
from geo.hubs.siting.problem import Question, SitingRules
from geo.review.register_words import CATEGORY
from geo.review.siting import register_prices
from geo.review.workspace import Workspace

QUESTIONS: Final[dict[Question, str]] = {
    "cover": "Reach as many clients as can be",
    "average": "Make the average journey as short as can be",
    "worst": "Make the longest journey as short as can be",
    "fewest": "As few hubs as reach everybody who can be reached",
}
_MINUTES: Final = (10.0, 15.0, 20.0, 30.0, 45.0, 60.0)
_METRES_A_KM: Final = 1000
_MOST: Final = 50


def ask_set(workspace: Workspace, around: Surroundings) -> Ask:
    """Ask what the set is to do."""
    saved = workspace.scenario.siting
    first, second, third = st.columns([2, 1, 1])
    question = first.selectbox("What should the hubs do?", list(QUESTIONS), format_func=lambda one: QUESTIONS[one])
    steps = sorted({*_MINUTES, saved.minutes})
    hubs = second.number_input(
        "How many hubs", 1, _MOST, min(saved.hubs, _MOST), disabled=question == "fewest", help="Besides what stands."
    )
    minutes = third.selectbox(
        "Reached means within, minutes", steps, index=steps.index(saved.minutes), format_func=lambda step: f"{step:g}"
    )
    with st.expander("Rules that the set must keep"):
        return _ask_rules(workspace, around, Ask(question, SitingRules(hubs=int(hubs)), float(minutes)))


def _ask_rules(workspace: Workspace, around: Surroundings, ask: Ask) -> Ask:
    open_sites = candidates_among(around.open_sites, ())
    names = dict(zip(open_sites["site_id"], open_sites["name"], strict=True))
    kinds = sorted(set(open_sites["category"]), key=lambda kind: CATEGORY[kind])
    keep = st.multiselect("Must be among them", list(names), format_func=lambda site: names[site])
    never = st.multiselect("Must not be among them", list(names), format_func=lambda site: names[site])
    chosen = st.multiselect("Only places of these kinds", kinds, format_func=lambda kind: CATEGORY[kind])
    first, second, third = st.columns(3)
    spacing = first.number_input("At least this far apart, km", 0.0, 50.0, 0.0, step=0.5)
    room = second.number_input("A hub can see at most, clients", 0, help="0 sets no limit.")
    budget = third.number_input("All hubs together may cost, £", 0, step=100, help="0 sets no limit.")
    one = st.checkbox("At most one hub in a town")
    prices = register_prices(workspace)
    if budget:
        known = f"{len(prices)} of {len(names)} places"
        st.caption(f"The register gives a cost in pounds for {known}; the others count as 0.")
    return Ask(
        question=ask.question,
        rules=SitingRules(
            hubs=ask.rules.hubs,
            must_keep=tuple(keep),
            never=tuple(never),
            budget=float(budget) if budget else float("inf"),
            one_per_town=one,
            spacing_m=spacing * _METRES_A_KM,
        ),
        within_minutes=ask.within_minutes,
        prices={site: prices[site] for site in names if site in prices} if budget else {},
        clients_a_hub=float(room) if room else float("inf"),
        categories=tuple(chosen),
    )
