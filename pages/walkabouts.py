"""Walkabouts: what was reported and found, when and where to walk next, and the record of what was found."""

import streamlit as st

from pages.kit import (
    frame,
    session,
    walk_plan_view,
    walk_record_view,
    walk_reports_view,
    walk_rota_view,
    walk_snapshot_view,
    walk_where_view,
)

workspace = session.current_workspace()
today = session.review_day(workspace)
fixed = session.is_sample(workspace)
frame.show_title("Walkabouts", "When to walk, where, and what was found. For the team only.")

TABS = {
    "Reports": walk_reports_view,
    "Where": walk_where_view,
    "Rota": walk_rota_view,
    "Walk": walk_plan_view,
    "Record": walk_record_view,
    "Snapshot night": walk_snapshot_view,
}
chosen = st.pills("What to do", list(TABS), default="Reports", required=True, label_visibility="collapsed")
with frame.calm_errors():
    TABS[chosen or "Reports"].show(workspace, today=today, fixed=fixed)
