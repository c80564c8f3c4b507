"""Data: what is loaded, from which edition and under which licence, and how to add to it."""

import streamlit as st

from pages.kit import datasets, frame, safe_list, session

workspace = session.current_workspace()
frame.show_title("Data", "The open data and lists behind every map. The planner fetches nothing by itself.")

st.subheader("Add a file", anchor=False)
if session.is_sample(workspace):
    st.info("The sample district takes no files. Set up a workspace of your own on the Start page first.")
else:
    with frame.calm_errors():
        datasets.show_add_form(workspace)

st.subheader("What is loaded", anchor=False)
datasets.show_loaded(workspace)
with st.expander("Lines that licences ask for, to copy into reports"):
    datasets.show_attributions(workspace)

if not session.is_sample(workspace):
    st.subheader("Safe places", anchor=False)
    with frame.calm_errors():
        safe_list.show(workspace)
