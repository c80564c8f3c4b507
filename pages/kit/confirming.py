"""What turns a look into the review's own analysis: freezing it, the count of looks, and what is already known."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.review.area_notes import AreaNote, add_note
from geo.review.confirmed import changes_since, content_of
from geo.review.forgetting import erased_since
from geo.review.freezing import Frozen, freeze, frozen_of
from geo.review.looks import count_looks
from geo.review.priorities import Priorities
from geo.review.workspace import Workspace
from pages.kit import access, frame, session
from pages.kit.words import day, escape, plural


def show_state(workspace: Workspace, found: Priorities) -> None:
    """Say whether the review has been frozen, and whether today's numbers still are those."""
    review = found.plan.review
    frozen = frozen_of(workspace, review)
    if frozen is None:
        looked = count_looks(workspace, review)
        st.info(
            f"**Exploratory until it is frozen.** {plural(looked, 'different analysis', 'different analyses')} of the"
            f" review of {review} looked at so far; the more there are, the more often luck looks like a finding."
        )
        return
    st.success(_told(frozen))
    erased = erased_since(workspace, frozen.day)
    if erased:
        st.caption(f"{plural(erased, 'source row')} erased since; the frozen numbers stay.")
    changed = changes_since(frozen, found)
    if changed:
        st.warning("**The records or files have changed since.** " + escape(" ".join(changed)))
        with st.expander("The frozen table"):
            st.dataframe(pd.DataFrame(frozen.content["numbers"]), hide_index=True, width="stretch")


def ask_freeze(workspace: Workspace, found: Priorities) -> None:
    """Let an officer freeze the review."""
    review = found.plan.review
    frozen = frozen_of(workspace, review)
    with st.expander(f"Freeze the review of {review}"):
        st.markdown(
            "Freezing keeps the rule and the numbers as they stand today: this is then the one confirmatory analysis of"
            " the year. Everything else stays exploratory. Agree on the rule first, look after."
        )
        if session.is_sample(workspace):
            st.caption("The sample district cannot be frozen. Set up a workspace of your own on the Start page.")
            return
        if not access.may("freeze"):
            st.caption("Only a lead officer may freeze the review.")
            return
        with st.form("freeze", border=False), frame.calm_errors():
            who = st.text_input("Your name or initials")
            reason = st.text_input("Why the earlier one is superseded") if frozen else ""
            if st.form_submit_button("Freeze rule and numbers"):
                content = content_of(workspace, found)
                freeze(workspace, review=review, content=content, who=who, reason=reason, today=session.today())
                st.rerun()


def ask_note(workspace: Workspace, found: Priorities) -> None:
    """Let an officer say that an area is already known, and why."""
    with st.expander("Is one of these already known?"):
        if session.is_sample(workspace):
            st.caption("The sample district keeps no notes.")
            return
        with st.form("known", border=False), frame.calm_errors():
            named = {area.name: area for area in found.areas}
            chosen = st.selectbox("Area", list(named))
            reason = st.text_input("Why it is known", help="Such as: a hostel opened there. No names of clients.")
            who = st.text_input("Your name or initials")
            if st.form_submit_button("Keep this note"):
                area = named[chosen]
                place: dict[str, Any] = {"resolution": found.plan.resolution, "cell": area.peak, "area": area.name}
                add_note(workspace, AreaNote(**place, reason=reason, who=who, day=session.today()))
                st.rerun()


def _told(frozen: Frozen) -> str:
    looked = plural(frozen.looks, "look", "looks")
    again = f" It supersedes an earlier one: {frozen.reason}." if frozen.reason else ""
    return escape(
        f"Confirmatory analysis of {frozen.review}, frozen on {day(frozen.day)} by {frozen.who} after {looked} at"
        f" exploratory analyses (digest {frozen.digest[:12]}).{again}"
    )
