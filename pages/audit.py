"""Audit: who did what, what is kept and for how long, and how to forget."""

import streamlit as st

from pages.kit import access, audit, frame, session

workspace = session.current_workspace()
today = session.review_day(workspace)
frame.show_title("Audit", "Who did what and when, what is kept and for how long, and how to have it forgotten.")

audit.show_verdict(workspace)
audit.show_log(workspace)
audit.show_downloads(workspace, today=today)

st.subheader("What is kept, and for how long", anchor=False)
audit.show_keeping(workspace, today=today)

st.subheader("Forget", anchor=False)
if session.is_sample(workspace):
    st.info("The sample district keeps nothing of yours, so there is nothing to forget in it.")
elif not access.may("forget"):
    st.info("Only a lead officer may have something forgotten.")
else:
    with frame.calm_errors():
        audit.show_forget_form(workspace, today=today)
