"""Programme: the year's multi-agency hubs, planned so that they reach the most different people."""

import streamlit as st

from geo.hubs.programme import sheet_of
from geo.review.programmes_kept import programme_kept
from pages.kit import (
    frame,
    programme_evidence,
    programme_moves,
    programme_partners,
    programme_rules,
    programme_view,
    session,
)

workspace = session.current_workspace()
today = session.review_day(workspace)
frame.show_title(
    "Programme", "The year's multi-agency hubs: which place on which day, so that most people are reached."
)

year = programme_rules.choose_year(workspace, today)
rules = programme_rules.choose_rules(workspace)
partners = programme_partners.ask_partners(workspace)
settled = programme_kept(workspace, year)
proposed, stands = st.tabs(["Planned now", "Settled"])

with stands, frame.calm_errors():
    if settled is None:
        st.caption(f"No programme of {year} was settled yet.")
    else:
        st.success(programme_view.told_kept(settled))
        programme_view.show(settled.sheet)
        programme_view.show_files(workspace, settled.sheet, settled)

with proposed, frame.calm_errors():
    planned = programme_evidence.programme(workspace, year, rules, partners=partners, today=today)
    found = programme_moves.with_moves(planned, today=today)
    sheet = sheet_of(found)
    st.markdown(programme_view.headline(found))
    programme_view.show(sheet)
    programme_moves.ask_move(planned, found, today=today)
    programme_moves.ask_keep(workspace, found, today=today)
    programme_view.show_files(workspace, sheet, None)
