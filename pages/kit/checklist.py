"""Draws the review's checklist: what is missing first, what is ready in one line each."""

from typing import Final

import streamlit as st

from geo.review.checklist import ChecklistItem
from pages.kit.words import escape

BADGE: Final = {
    "ready": ":green-badge[Ready]",
    "look": ":orange-badge[Look at this]",
    "missing": ":red-badge[Missing]",
    "optional": ":gray-badge[Optional]",
}
LINK: Final = {
    "postcodes": ("pages/data.py", "Add a postcode file"),
    "records": ("pages/referrals.py", "Add a file of records"),
    "feeds": ("pages/referrals.py", "Add a newer file"),
    "unmapped": ("pages/referrals.py", "See what became of every row"),
    "keeping": ("pages/audit.py", "Forget what is too old"),
    "homes": ("pages/data.py", "Add homes"),
    "wards": ("pages/data.py", "Add wards"),
    "sites": ("pages/data.py", "Add places to go"),
    "institutions": ("pages/data.py", "Add institutions"),
    "backdrop": ("pages/data.py", "Add a backdrop"),
}


def show_checklist(items: list[ChecklistItem]) -> None:
    """Show what needs somebody's hand as cards with a link, and what is ready as one list."""
    open_items = [item for item in items if item.state != "ready"]
    for item in open_items:
        _show_card(item)
    ready = [item for item in items if item.state == "ready"]
    if not ready:
        return
    with st.container(border=True):
        for item in ready:
            st.markdown(f"{BADGE['ready']} **{escape(item.title)}**: {escape(item.found)}", help=item.why)


def summary(items: list[ChecklistItem]) -> str:
    """Say in one sentence how far the review is."""
    ready = sum(item.state == "ready" for item in items)
    urgent = next((item for item in items if item.state in {"missing", "look"}), None)
    if urgent is None:
        return f"All {ready} things that the review needs are ready. Go on with the Map, then Priorities, then Hubs."
    return f"{ready} of {len(items)} things are ready. Next: **{escape(urgent.title)}**."


def _show_card(item: ChecklistItem) -> None:
    with st.container(border=True):
        text, link = st.columns([4, 1.4], vertical_alignment="center")
        text.markdown(f"{BADGE[item.state]} **{escape(item.title)}**: {escape(item.found)}")
        text.caption(escape(item.why))
        page, label = LINK[item.topic]
        link.page_link(page, label=label)
