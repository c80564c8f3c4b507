"""Every feed in a table, what to remind whom of, and the form that says what is asked of one."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.agreements import Agreement, save_agreement
from geo.review.feed_plans import FEED_ROLES, MOST_DAYS, FeedPlan, check_plan, set_plan
from geo.review.feed_reminders import Reminder, reminders_of
from geo.review.feed_states import FeedState
from geo.review.feed_words import agreement_words, arrival_words, day_words
from geo.review.workspace import Workspace
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import escape, plural

_ROUND, _DONE = "feeds_round", "feeds_done"
_NEW: Final = "A new feed"


def headline(states: tuple[FeedState, ...]) -> str:
    """Say in a sentence how the feeds stand."""
    if not states:
        return "Who sends you what, under which agreement, and by when. Nothing has been sent yet."
    late = sum(state.arrival == "overdue" for state in states)
    ended = sum(state.paper == "ended" for state in states)
    told = f"Who sends you what, under which agreement, and by when: {plural(len(states), 'feed')}"
    return f"{told}, {late} overdue, {plural(ended, 'agreement')} ended."


def show_states(states: tuple[FeedState, ...]) -> None:
    """Show how every feed stands."""
    table = state_table(states)
    if table.empty:
        st.markdown("No feed is known yet: add a file on the Referrals page, or say below what you ask for.")
        return
    show_short_table(table, about="Every feed, and how it stands")
    show_downloads([csv_download(table, name="feeds")])


def state_table(states: tuple[FeedState, ...]) -> pd.DataFrame:
    """Lay the feeds out, one row each."""
    return pd.DataFrame(
        {
            "Feed": [state.feed for state in states],
            f"File for {_quarter(states)}": [arrival_words(state) for state in states],
            "Agreement": [agreement_words(state) for state in states],
            "Last received": [f"{day_words(state.last_received)} ({_sent(state)})" for state in states],
            "Owner": [f"{state.plan.owner} ({state.plan.role})" if state.plan else "not said" for state in states],
        }
    )


def show_reminders(workspace: Workspace, states: tuple[FeedState, ...], *, today: date) -> None:
    """List what to remind whom of, each with a text for an e-mail."""
    found = reminders_of(states, district=workspace.scenario.name, today=today)
    if not found:
        st.markdown("There is nothing to remind anybody of.")
    st.markdown("\n".join(f"- {escape(one.sentence)}" for one in found))
    mails = {one.sentence: one for one in found if one.mail}
    if mails:
        with st.expander("Texts for e-mails"):
            _show_mail(mails[st.selectbox("About", list(mails))])


def ask_plan(workspace: Workspace, states: tuple[FeedState, ...]) -> None:
    """Ask what is asked of a feed and agreed with its sender, and keep it."""
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(escape(done))
    turn = st.session_state.get(_ROUND, 0)
    known = {state.feed: state for state in states}
    chosen = st.selectbox("Feed", [*known, _NEW], index=None, placeholder="Choose", key=f"feeds_which_{turn}")
    if chosen is None:
        return
    with st.form(f"feed_{turn}_{chosen}"):
        name = st.text_input("Name of the new feed") if chosen == _NEW else chosen
        plan = _ask_owner(name, known.get(chosen))
        paper = _ask_agreement(name, known.get(chosen))
        if st.form_submit_button("Keep", type="primary"):
            kept = check_plan(workspace, plan)  # first, so that the agreement is not kept alone
            if paper is not None:
                save_agreement(workspace, Agreement(kept.feed, *paper))
            set_plan(workspace, kept)
            st.session_state[_ROUND], st.session_state[_DONE] = turn + 1, f"Kept: {kept.feed}."
            st.rerun()


def _ask_owner(name: str, state: FeedState | None) -> FeedPlan:
    plan = state.plan if state else None
    left, middle, right = st.columns(3)
    owner = left.text_input(
        "Owner: a role or a team, no person's name", value=plan.owner if plan else "", placeholder="Advice team manager"
    )
    role = middle.selectbox(
        "Sender's data-protection role", FEED_ROLES, index=FEED_ROLES.index(plan.role) if plan else 0
    )
    days = right.number_input(
        "Due so many days after each quarter",
        min_value=0,
        max_value=MOST_DAYS,
        value=plan.due_days if plan else 30,
        help="0 asks for no file.",
    )
    return FeedPlan(name, owner, role, int(days))


def _ask_agreement(name: str, state: FeedState | None) -> tuple[str, str, str, date | None] | None:
    """Ask for the agreement; None where nothing of it is said."""
    paper = (state.agreement if state else None) or Agreement(name, "", "", "")
    left, right = st.columns(2)
    number = left.text_input("Agreement (name or number)", value=paper.agreement)
    controller = right.text_input("Controller: who decides over the data", value=paper.controller)
    purpose = left.text_input("Purpose", value=paper.purpose)
    until = right.date_input("Until (blank: without an end)", value=paper.until, format="DD/MM/YYYY")
    said = (controller.strip(), number.strip(), purpose.strip(), until if isinstance(until, date) else None)
    return said if any(said) else None


def _show_mail(one: Reminder) -> None:
    st.code(one.mail, language=None, wrap_lines=True)


def _quarter(states: tuple[FeedState, ...]) -> str:
    return states[0].quarter.name if states else "the last quarter"


def _sent(state: FeedState) -> str:
    return f"{state.sends}, {plural(state.rows, 'row')} kept" if state.rows else state.sends
