"""Gaps: what no map can show, what is said twice, and which groups of people may be missed."""

from typing import Final

import streamlit as st

from pages.kit import beside, cohorts, evidence, frame, gaps, repeats, session, top_ten

SECTIONS: Final = {
    "No place on the map": gaps.show,
    "Repeats": repeats.show,
    "Would the first ten change?": top_ten.show,
    "Groups of clients": cohorts.show_groups,
    "Are all groups reached?": cohorts.show_reached,
    "Partners' counts": beside.show,
}

workspace = session.current_workspace()
frame.show_title("Gaps", "What the records do not say, how much they say twice, and whom they may miss.")
evidence.episodes(workspace)  # without records there is one sentence, whatever was asked
first = next(iter(SECTIONS))
asked = st.segmented_control("Look at", list(SECTIONS), default=first, required=True) or first
SECTIONS[asked](workspace)
