"""Names the pages, sets up logging, runs the chosen page of those that are for whoever is signed in."""

import streamlit as st

from pages.kit import access, frame, messages, uploads
from pages.kit.page_names import DOOR, OWN_FEED, SHARED, TEAM

uploads.keep_uploads_in_memory()
messages.answer_only_what_is_needed()
frame.set_up_logging()
st.set_page_config(page_title="Hotspot and Co-location Planner", layout="wide")

with frame.calm_errors():
    names = TEAM if access.may("team") else SHARED if access.may("public releases") else DOOR
    names = names | (OWN_FEED if access.may("own feed") else {})
    # Only what is registered here can be opened, whatever address a browser asks for: the first one takes its place.
    page = st.navigation([st.Page(f"pages/{name}.py", title=names[name]) for name in names], position="top")
    frame.show_banner()
    page.run()
