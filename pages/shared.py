"""Releases: what the council has given out to whoever is signed in."""

import streamlit as st

from pages.kit import frame, session, shared_releases

workspace = session.current_workspace()
frame.show_title("Releases", "What the council has given out: counts by area, with small numbers hidden.")

releases = shared_releases.releases_for_visitor(workspace)
if releases:
    shared_releases.show_release(workspace, shared_releases.choose_release(releases))
else:
    st.info("Nothing has been given out yet.")
