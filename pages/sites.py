"""Sites: the register of places to go, what is agreed with each, what was decided, and what is to be done."""

import streamlit as st

from pages.kit import actions, decisions, frame, session, sites, sites_files, sites_one, sites_same

workspace = session.current_workspace()
today = session.review_day(workspace)
fixed = session.is_sample(workspace)
table = sites.read(workspace, today)
frame.show_title("Sites", sites.headline(table))
if fixed:
    st.caption("The sample district keeps nothing, so nothing can be changed here.")

names = ["All sites", "One site", "Same place?", "Decisions", "Actions", "Files"]
register, one_by_one, same, decided, to_do, files = st.tabs(names)
with register, frame.calm_errors():
    sites.show_register(workspace, table, today=today, fixed=fixed)
with one_by_one, frame.calm_errors():
    chosen = sites_one.choose(table)
    if chosen:
        sites_one.show(workspace, chosen, today=today, fixed=fixed)
    if not fixed:
        sites_one.ask_new(workspace, today=today)
with same, frame.calm_errors():
    sites_same.show(workspace, fixed=fixed)
with decided, frame.calm_errors():
    decisions.show(workspace)
    if not fixed:
        decisions.ask(workspace, table, today=today)
with to_do, frame.calm_errors():
    actions.show(workspace, table, today=today)
    if not fixed:
        actions.ask(workspace, table, today=today)
with files, frame.calm_errors():
    sites_files.show_downloads(workspace, table, today=today)
    if not fixed:
        sites_files.ask_workbook(workspace, today=today)
