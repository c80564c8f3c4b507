"""Feeds: who sends what, under which agreement and by when, how good it is, and counts that partners made."""

import streamlit as st

from geo.review.feed_states import feed_states
from pages.kit import feed_counts, feed_quality, feeds, frame, session

workspace = session.current_workspace()
today = session.review_day(workspace)
fixed = session.is_sample(workspace)
states = feed_states(workspace, today)
frame.show_title("Feeds", feeds.headline(states))
if fixed:
    st.caption("The sample district keeps nothing, so nothing can be changed here.")

stand, quality, counts = st.tabs(["How they stand", "Quality over time", "Counts from partners"])
with stand, frame.calm_errors():
    feeds.show_states(states)
    st.subheader("To remind", anchor=False)
    feeds.show_reminders(workspace, states, today=today)
    if not fixed:
        st.subheader("What you ask of a feed", anchor=False)
        feeds.ask_plan(workspace, states)
with quality, frame.calm_errors():
    feed_quality.show_quality(workspace)
with counts:
    with frame.calm_errors():
        feed_counts.show_sent(workspace)
    if not fixed:
        st.subheader("Add a file of counts", anchor=False)
        with frame.calm_errors():
            feed_counts.ask_counts(workspace, today=today)
