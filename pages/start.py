"""Start: what this year's review still needs, which workspace is open, and how to set one up for one's own district."""

import streamlit as st

from geo.review.checklist import review_checklist
from pages.kit import access, frame, session, workspaces
from pages.kit.checklist import show_checklist, summary
from pages.kit.set_up import show_set_up
from pages.kit.set_up_district import show_district_step
from pages.kit.words import escape

workspace = session.current_workspace()
items = review_checklist(workspace, today=session.review_day(workspace))

frame.show_title(f"Review of {escape(workspace.scenario.name)}", summary(items))
if not session.is_sample(workspace):
    show_set_up(workspace)
    st.subheader("What this year's review needs", anchor=False)
show_checklist(items)

if not access.on_server():
    with st.expander("Open another workspace"):
        workspaces.show_open_form()
    with st.expander("Set up your own district" if session.is_sample(workspace) else "Set up another district"):
        show_district_step()
