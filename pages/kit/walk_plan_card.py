"""Hand out the card of a planned walk: to whom, for what, and its files."""

from datetime import date
from typing import Final

import streamlit as st

from geo.review.walks.cards import WalkCard, card_numbered, expired, keep_card
from geo.review.walks.wish import Planned
from geo.review.workspace import Workspace
from layers.walks.handout import handed_zip
from pages.kit import frame
from pages.kit.tables import Download, show_downloads
from pages.kit.words import day, escape

_CARD: Final = "walk_plan_card"
_WHAT: Final = (
    "The card says streets and times only: no squares, no counts, and not why a stop is there. It carries the name of "
    "the agency it is given to, its purpose and the day it expires."
)


def ask_card(workspace: Workspace, found: Planned, *, today: date, fixed: bool) -> None:
    """Ask for whom the card is, keep it, and offer its files."""
    st.subheader("Hand out this walk", anchor=False)
    st.markdown(_WHAT)
    if fixed:
        st.markdown("The sample district keeps nothing, so no card can be handed out here.")
        return
    with st.form("walk_plan_hand_out", border=False):
        recipient = st.text_input("Given to (an agency or a role, no person's name)")
        purpose = st.text_input("Purpose", "Rough sleeping walkabout")
        who = st.text_input("Who hands it out (initials)")
        pressed = st.form_submit_button("Hand out this walk", type="primary")
    if pressed:
        with frame.calm_errors():
            made = keep_card(workspace, found.walkabout, recipient=recipient, purpose=purpose, who=who, today=today)
            st.session_state[_CARD] = made.number
    _show_files(workspace, today)


def forget_card() -> None:
    """Show no card beside a walk that it is not of."""
    st.session_state.pop(_CARD, None)


def _show_files(workspace: Workspace, today: date) -> None:
    number = st.session_state.get(_CARD)
    if number is None:
        return
    card = card_numbered(workspace, int(number))
    if expired(card, today):
        return
    st.success(
        f"Walk card {card.number}, for {escape(card.recipient)}; it may be used until {day(card.expires)}. The zip "
        "holds a sheet for each team (PDF and HTML), a GPX for a phone, and the form to record the walk."
    )
    show_downloads([_zip(workspace, card)])


def _zip(workspace: Workspace, card: WalkCard) -> Download:
    name = f"walk-card-{card.number}.zip"
    return Download("Card, GPX and form (ZIP)", name, "application/zip", lambda: handed_zip(card, workspace))
