"""Releases: counts for partners and the public, checked against all that is known, and frozen."""

import streamlit as st

from pages.kit import external, frame, releases, session

workspace = session.current_workspace()
today = session.review_day(workspace)
frame.show_title(
    "Releases",
    "Counts for partners and the public: small ones hidden, others rounded, and nothing given out that would give a"
    " hidden one away.",
)

st.subheader("What has been given out", anchor=False)
releases.show_given_out(workspace)

st.subheader("What could be given out", anchor=False)
with frame.calm_errors():
    wish = releases.choose(workspace, today=today)
    releases.show_losses(workspace, wish, today=today)
    asked = releases.choose_table(workspace, wish, today=today)
    releases.show_check(workspace, asked, today=today)

st.subheader("What others have published", anchor=False)
with frame.calm_errors():
    external.show_entered(workspace)
    external.ask_entry(workspace, today=today)
