"""Monitor: whether the hubs worked, which were held, and how the delivery plan stands."""

import streamlit as st

from pages.kit import frame, monitor_hubs, monitor_record, monitor_score, monitor_view, session

workspace = session.current_workspace()
today = session.review_day(workspace)
fixed = session.is_sample(workspace)
frame.show_title("Monitor", "Whether the hubs worked, which were held, and how the delivery plan stands.")
year = monitor_view.choose_year(workspace, today=today)

worked, held, record, plan = st.tabs(["Did it work?", "Hubs held", "Record a hub", "Delivery plan"])
with held, frame.calm_errors():
    monitor_hubs.show(workspace)
with record, frame.calm_errors():
    if fixed:
        st.caption("The sample district keeps nothing, so no hub can be recorded here.")
    else:
        monitor_record.ask(workspace, today=today)
with plan, frame.calm_errors():
    monitor_score.show(workspace, year, today=today)
    if not fixed:
        monitor_score.ask(workspace, today=today)
with worked, frame.calm_errors():
    monitor_view.show(workspace, year, today=today)
