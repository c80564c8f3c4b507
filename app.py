"""Names the pages, sets up logging, runs the chosen page."""

import streamlit as st

from pages.kit import frame, uploads

uploads.keep_uploads_in_memory()
frame.set_up_logging()
st.set_page_config(page_title="Hotspot and Co-location Planner", layout="wide")

page = st.navigation(
    [
        st.Page("pages/start.py", title="Start", default=True),
        st.Page("pages/referrals.py", title="Referrals"),
        st.Page("pages/map.py", title="Map"),
        st.Page("pages/priorities.py", title="Priorities"),
        st.Page("pages/hubs.py", title="Hubs"),
        st.Page("pages/data.py", title="Data"),
    ],
    position="top",
)
with frame.calm_errors():
    frame.show_banner()
    page.run()
