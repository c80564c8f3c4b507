"""Start: what this year's review still needs, and which workspace is open."""

import streamlit as st

from geo.review.checklist import review_checklist
from pages.kit import access, frame, session, workspaces
from pages.kit.checklist import show_checklist, summary
from pages.kit.words import escape

workspace = session.current_workspace()
items = review_checklist(workspace, today=session.review_day(workspace))

frame.show_title(f"Review of {escape(workspace.scenario.name)}", summary(items))
show_checklist(items)

if not access.on_server():
    with st.expander("Open another workspace"):
        workspaces.show_open_form()
    with st.expander("Set up a new workspace for your district"):
        workspaces.show_new_form()
