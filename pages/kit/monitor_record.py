"""The forms that record a hub, put a record right, withdraw one, and take in a file of them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from geo.review.hub_checks import HeldHub
from geo.review.hub_import import HubPlan, plan_hubs, take_in_hubs
from geo.review.hub_reasons import NO_ABUSE, OTHER, REASONS
from geo.review.hub_sessions import HubSession, hubs_held, record_hub, withdraw_hub
from geo.review.partners import read_partners
from geo.review.register import register
from geo.review.workspace import Workspace
from pages.kit import frame
from pages.kit.words import day, escape, plural

_ROUND, _DONE = "monitor_round", "monitor_done"
_NEW: Final = "A new hub"
_AGENCIES: Final = "Names of agencies, no person's. A service for domestic abuse is a 'specialist service'."
_IN_A_ROW: Final = 3


def ask(workspace: Workspace, *, today: date) -> None:
    """Ask for a hub that was held, for a correction, or for a file."""
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
    turn, held = int(st.session_state.get(_ROUND, 0)), hubs_held(workspace)
    by_form, by_file, withdrawn = st.tabs(["By form", "From a file", "Withdraw a record"])
    with by_form, frame.calm_errors():
        _ask_hub(workspace, held, turn=turn, today=today)
    with by_file, frame.calm_errors():
        _ask_file(workspace, turn=turn, today=today)
    with withdrawn, frame.calm_errors():
        _ask_withdrawal(workspace, held, turn=turn)


def _ask_hub(workspace: Workspace, held: Sequence[HubSession], *, turn: int, today: date) -> None:
    known = register(workspace, today=today)
    if known.empty:
        st.markdown("The register has no place yet: add one on the Sites page, then record the hubs held there.")
        return
    numbers = {_NEW: 0} | {f"In place of {_named(one)}": one.number for one in held[::-1]}
    replaced = numbers[st.selectbox("Record", list(numbers), key=f"monitor_which_{turn}")]
    was = next((one for one in held if one.number == replaced), None)
    names = dict(zip(known["site_id"], known["name"] + ", " + known["town"], strict=True))
    with st.form(f"monitor_hub_{turn}_{replaced}", border=False):
        hub = _fields(workspace, was, names, today)
        if st.form_submit_button("Record this hub", type="primary"):
            made = record_hub(workspace, hub, today=today, supersedes=replaced)
            _again(turn, [f"Recorded as number {made.number}: {made.place}, {day(made.day)}."])


def _fields(workspace: Workspace, was: HubSession | None, names: dict[str, str], today: date) -> HeldHub:
    """Ask for the facts of a hub; a correction begins with what was recorded."""
    first, second, third = st.columns([1, 2, 1])
    when = first.date_input("When it was held", was.day if was else today, max_value=today, format="DD/MM/YYYY")
    sites = list(names)
    place = second.selectbox(
        "Where",
        sites,
        index=sites.index(was.site) if was and was.site in names else None,
        format_func=lambda one: names[one],
        placeholder="Choose the site",
    )
    people = third.number_input("People seen", 0, value=was.people if was else 0)
    partners = list(dict.fromkeys([*(one.name for one in read_partners(workspace)), *(was.agencies if was else ())]))
    agencies = st.multiselect(
        "Agencies present", partners, default=list(was.agencies) if was else [], accept_new_options=True, help=_AGENCIES
    )
    st.markdown("**Why they came.** Each person counts once; the numbers add up to the people seen.")
    counts = _reasons(was)
    st.caption(NO_ABUSE)
    who = st.text_input("Who records it (name or initials)")
    return HeldHub(when, place or "", people, counts, tuple(agencies), who)


def _reasons(was: HubSession | None) -> dict[str, int]:
    """Ask for the people by reason, a few in a row, so that they keep their order on a narrow screen too."""
    counts: dict[str, int] = {}
    names = list(REASONS)
    for first in range(0, len(names), _IN_A_ROW):
        columns = st.columns(_IN_A_ROW)
        for column, name in zip(columns, names[first : first + _IN_A_ROW], strict=False):
            before = int(was.reasons.get(name, 0)) if was else 0
            counts[name] = column.number_input(REASONS[name], 0, value=before, help=NO_ABUSE if name == OTHER else None)
    return counts


def _ask_file(workspace: Workspace, *, turn: int, today: date) -> None:
    st.markdown(
        "One row a hub, CSV or Excel, as in the empty file to fill in. The whole file is taken or nothing of it; hubs"
        " that are on record are passed over."
    )
    upload = st.file_uploader("File of hubs held", type=["csv", "xlsx"], key=f"monitor_file_{turn}")
    if upload is None:
        return
    plan = plan_hubs(workspace, upload.getvalue(), today=today)
    _show_plan(plan)
    if st.button("Record these hubs", type="primary", disabled=not plan.usable):
        done = take_in_hubs(workspace, upload.getvalue(), today=today)
        _again(turn, [f"{plural(len(done.new), 'hub')} recorded."])


def _show_plan(plan: HubPlan) -> None:
    if plan.faults:
        st.markdown("**Nothing of this file can be recorded** before it is put right:")
    else:
        st.markdown(f"**It would record {plural(len(plan.new), 'hub')}.**")
    for sentence in plan.sentences():
        st.warning(escape(sentence))


def _ask_withdrawal(workspace: Workspace, held: Sequence[HubSession], *, turn: int) -> None:
    if not held:
        st.markdown("There is no record to withdraw.")
        return
    st.markdown(
        "A hub that was not held, or was entered twice, is withdrawn: the record stays, marked, and counts no more."
    )
    with st.form(f"monitor_withdraw_{turn}", border=False):
        named = {_named(one): one.number for one in held[::-1]}
        chosen = st.selectbox("Record to withdraw", list(named))
        who = st.text_input("Who withdraws it (name or initials)")
        if st.form_submit_button("Withdraw it"):
            withdraw_hub(workspace, named[chosen], who=who)
            _again(turn, [f"Withdrawn: number {named[chosen]}."])


def _named(one: HubSession) -> str:
    return f"number {one.number}: {one.place}, {day(one.day)}"


def _again(turn: int, sentences: list[str]) -> None:
    st.session_state[_ROUND] = turn + 1
    st.session_state[_DONE] = sentences
    st.rerun()
