"""A visit outside any walk, and the records that are taken back."""

from dataclasses import replace

import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.made import typed_place
from geo.review.walks.reading import visits_standing, walks_standing
from geo.review.walks.visit_table import told_find, told_place
from geo.review.walks.visits import record_visit, withdraw_visit, withdraw_walk
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import PURPOSES, Visit
from pages.kit import session
from pages.kit.walk_record_stop import ask_visit, made_visit
from pages.kit.walk_record_walk import named
from pages.kit.words import day

_WHY = {
    "report": "A report was answered",
    "intelligence": "Intelligence was followed",
    "known": "A place that is known",
    "exploration": "A place drawn at random",
    "passing": "In passing",
}


def ask_visit_alone(workspace: Workspace, turn: int) -> list[str]:
    """Ask for a visit outside any walk; gives the sentences to say once it was recorded."""
    st.markdown("Somebody went to a place outside a walk, such as to answer a report: its clock stops at this visit.")
    key, now = f"walk_visit_{turn}", session.now(workspace)
    first, second = st.columns(2)
    when = first.date_input("Day of the visit", now.date(), max_value=now.date(), format="DD/MM/YYYY", key=f"{key}_day")
    why = second.selectbox("Why", list(PURPOSES), format_func=lambda one: _WHY[one], key=f"{key}_why")
    where = st.text_input("Grid reference, postcode or street", key=f"{key}_where", placeholder="SU 364 455")
    given = ask_visit("the place", key, needed=True)
    who = st.text_input("Who records it (name or initials)", key=f"{key}_who")
    if not st.button("Record this visit", type="primary", key=f"{key}_record"):
        return []
    if not where.strip():
        message = "It does not say where; give a grid reference, a postcode or a street. Nothing was kept."
        raise BadInputError(message)
    visit = replace(made_visit(given, when, None), place=typed_place(where), purpose=why)
    made = record_visit(workspace, visit, who=who, now=now)
    return [f"Recorded as visit {made.number}: {told_place(made)}, {told_find(made)}."]


def ask_withdrawal(workspace: Workspace, turn: int) -> list[str]:
    """Ask which record is taken back; gives the sentences to say once it was."""
    walks = {f"Walk {named(one)}": one.number for one in walks_standing(workspace)[::-1]}
    visits = {_named(one): one.number for one in visits_standing(workspace)[::-1] if not one.walk}
    if not walks and not visits:
        st.markdown("There is no record to withdraw.")
        return []
    st.markdown(
        "A walk that was not held, or was entered twice, is withdrawn with all its visits: they stay, marked, and count"
        " no more."
    )
    with st.form(f"walk_withdraw_{turn}", border=False):
        chosen = st.selectbox("Record to withdraw", [*walks, *visits])
        who = st.text_input("Who withdraws it (name or initials)")
        if not st.form_submit_button("Withdraw it"):
            return []
    if chosen in walks:
        withdraw_walk(workspace, walks[chosen], who=who)
        return [f"Withdrawn: walk {walks[chosen]}, with its visits."]
    withdraw_visit(workspace, visits[chosen], who=who)
    return [f"Withdrawn: visit {visits[chosen]}."]


def _named(one: Visit) -> str:
    return f"Visit {one.number}: {day(one.arrived.date())} {one.arrived:%H:%M}, {told_place(one)}"
