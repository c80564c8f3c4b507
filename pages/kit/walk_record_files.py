"""The other ways in: the file that a phone's form saved, and a file of past walks."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from geo.review.walks.cards import WalkCard, expired, read_cards
from geo.review.walks.company import offered_agencies
from geo.review.walks.form import FormPlan, plan_form, take_in_form
from geo.review.walks.history import HistoryPlan, plan_history, take_in_history
from geo.review.workspace import Workspace
from layers.walks.form import walk_form_html
from layers.walks.visit_files import visits_template
from pages.kit import session
from pages.kit.tables import Download, show_downloads
from pages.kit.words import day, escape, plural

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WHO: Final = "Who takes it in (name or initials)"
_SHOWN: Final = 12


def ask_form(workspace: Workspace, turn: int) -> list[str]:
    """Offer a card's form for a phone, and ask for the file it saved; gives the sentences to say once it was taken."""
    st.markdown(
        "The form opens on a phone without a network and saves one small file with numbers alone. Hand the file in"
        " here; handed in twice it is taken once."
    )
    _offer_form(workspace, read_cards(workspace), turn)
    upload = st.file_uploader("File that the phone saved (walk-N.json)", type=["json"], key=f"walk_form_file_{turn}")
    who = st.text_input(_WHO, key=f"walk_form_who_{turn}")
    if upload is None or not who.strip():
        return []
    now = session.now(workspace)
    plan = plan_form(workspace, upload.getvalue(), who=who, now=now)
    replace, checked = _show_form(plan)
    fit = (plan.on_record is None or replace) and (checked or not plan.looks.doubts)
    if not st.button("Take this walk in", type="primary", disabled=not fit, key=f"walk_form_take_{turn}"):
        return []
    done = take_in_form(workspace, upload.getvalue(), who=who, now=now, replace=replace, checked=checked)
    return [f"Recorded as number {done.walk.number}.", *done.notes] if done.new else list(done.notes)


def ask_history(workspace: Workspace, turn: int) -> list[str]:
    """Ask for a file of past walks; gives the sentences to say once it was taken in."""
    st.markdown(
        "One row a visit, CSV or Excel, as in the empty file to fill in. A row that says nothing of a walk is a visit"
        " outside any, such as the answer to a report. The whole file is taken or nothing of it; what is on record is"
        " passed over. Visits that found nobody matter as much as the others."
    )
    show_downloads([Download("Empty file to fill in (Excel)", "visits.xlsx", _XLSX, visits_template)])
    upload = st.file_uploader("File of past visits", type=["csv", "xlsx"], key=f"walk_history_file_{turn}")
    who = st.text_input(_WHO, key=f"walk_history_who_{turn}")
    if upload is None or not who.strip():
        return []
    now = session.now(workspace)
    plan = plan_history(workspace, upload.getvalue(), who=who, now=now)
    _show_history(plan)
    pressed = st.button(
        "Record these visits", type="primary", disabled=not plan.usable, key=f"walk_history_take_{turn}"
    )
    if not pressed:
        return []
    done = take_in_history(workspace, upload.getvalue(), who=who, now=now)
    return [f"{done.what} recorded."]


def _offer_form(workspace: Workspace, cards: Sequence[WalkCard], turn: int) -> None:
    if not cards:
        st.markdown("There is no walk card yet: plan a walk and make one on the tab Walk.")
        return
    old = st.toggle("Also cards that expired or were replaced, for the records", key=f"walk_form_old_{turn}")
    today = session.now(workspace).date()
    fit = [one for one in cards[::-1] if old or not (one.replaced_by or expired(one, today))]
    if not fit:
        st.markdown("No walk card can be used any more: plan a walk and make one on the tab Walk.")
        return
    named = {f"Card {one.number}: {day(one.day)}, {one.recipient}": one for one in fit}
    card = named[st.selectbox("Form of walk card", list(named), key=f"walk_form_card_{turn}")]
    least, agencies = workspace.scenario.walkabouts.least_people, offered_agencies(workspace, card)
    name = f"walk-card-{card.number}-form.html"
    content = walk_form_html(card, agencies=agencies, least_people=least)
    show_downloads([Download("Form for the phone (HTML)", name, "text/html", lambda: content)])


def _show_form(plan: FormPlan) -> tuple[bool, bool]:
    """Say what a file holds; ask whether it replaces an earlier one, and whether what is unlikely in it is right."""
    held = plan.ready.held
    said = f"{held.begins:%H:%M} to {held.ends:%H:%M}, {held.people} people, {', '.join(held.agencies)}"
    nobody = sum(one.outcome == "nobody" for one in held.visits)
    found = plural(sum(one.found for one in held.visits), "person", "people")
    st.markdown(
        f"**Walk card {held.card}, {day(held.begins.date())}**, {escape(said)}: {plural(len(held.visits), 'visit')},"
        f" {found} found, nobody at {plural(nobody, 'visit')}."
    )
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in plan.looks.sentences()))
    for sentence in dict.fromkeys((*plan.looks.doubts, *plan.ready.notes)):
        st.warning(escape(sentence))
    checked = bool(plan.looks.doubts) and st.checkbox("I asked whoever walked, and it is right")
    return _ask_replace(plan), checked


def _ask_replace(plan: FormPlan) -> bool:
    if plan.on_record is None:
        return False
    if plan.same:
        st.info(f"This walk was taken in before, as number {plan.on_record.number}, and says the same.")
        return False
    st.warning(f"This walk was taken in before, as number {plan.on_record.number}, and this file says otherwise.")
    return st.checkbox(f"Take this file in place of number {plan.on_record.number}")


def _show_history(plan: HistoryPlan) -> None:
    if plan.faults:
        st.markdown("**Nothing of this file can be recorded** before it is put right:")
    else:
        st.markdown(f"**It would record {plan.what}**, {plan.nobody:,} of which found nobody.")
    told = plan.sentences()
    st.markdown("\n".join(f"- {escape(sentence)}" for sentence in told[:_SHOWN]))
    if told[_SHOWN:]:
        with st.expander(f"And {len(told) - _SHOWN:,} more"):
            st.dataframe({"What is said of the file": told[_SHOWN:]}, hide_index=True, width="stretch")
