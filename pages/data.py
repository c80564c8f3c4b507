"""Data: what is loaded, from which edition and under which licence, and how to add to it."""

import streamlit as st

from pages.kit import catalogue, changed, datasets, fetching, frame, safe_list, session

workspace = session.current_workspace()
own = not session.is_sample(workspace)
frame.show_title("Data", "The open data and lists behind every map. The planner fetches nothing by itself.")

st.subheader("Fetch from the publishers", anchor=False)
if own:
    with frame.calm_errors():
        fetching.show(workspace)
else:
    st.info("The sample district fetches nothing and takes no files. Set up a workspace of your own on the Start page.")

if own:
    st.subheader("What changed since the last edition", anchor=False)
    with frame.calm_errors():
        changed.show(workspace)

    st.subheader("Add a file", anchor=False)
    with frame.calm_errors():
        datasets.show_add_form(workspace)

st.subheader("What is loaded", anchor=False)
datasets.show_loaded(workspace)
with st.expander("Lines that licences ask for, to copy into reports"):
    datasets.show_attributions(workspace)

st.subheader("Where open data comes from", anchor=False)
catalogue.show(workspace)

if own:
    st.subheader("Safe places", anchor=False)
    with frame.calm_errors():
        safe_list.show(workspace)
