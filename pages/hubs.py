"""Hubs: places to go, one by one and together."""

import streamlit as st

from pages.kit import frame, rank_view, session, set_view

workspace = session.current_workspace()
frame.show_title("Hubs", "Surgeries, food banks, libraries and halls: which would serve best, alone and together.")

QUESTIONS = {rank_view.QUESTION: rank_view.ANSWER, set_view.QUESTION: set_view.ANSWER}
asked = st.radio("Question", list(QUESTIONS), captions=list(QUESTIONS.values()))

if asked == set_view.QUESTION:
    set_view.show(workspace)
else:
    rank_view.show(workspace)
