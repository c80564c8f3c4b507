"""Move a hub by hand on the screen, see at once what that does, and settle the year's programme."""

from datetime import date, time
from typing import Any, Final

import streamlit as st

from geo.hubs.programme import Programme, move_hub, sheet_of
from geo.review.programmes_kept import keep_programme, programme_kept
from geo.review.workspace import Workspace
from layers.programme import told_day
from pages.kit import access, frame, session
from pages.kit.programme_view import told_kept
from pages.kit.words import escape

_MOVES: Final = "programme_moves"
_SAME: Final = "the same site"


def with_moves(planned: Programme, *, today: date) -> Programme:
    """Apply the moves made in this tab to the plan they were made on; another plan forgets them."""
    plan = repr(planned.visits)
    if st.session_state.get(_MOVES, (plan, []))[0] != plan:
        del st.session_state[_MOVES]
    found = planned
    for number, where in st.session_state.get(_MOVES, (plan, []))[1]:
        moved = move_hub(found, number, today=today, **where)
        st.info(escape(f"Hub {number} moved. {moved.told}"))
        found = moved.programme
        for sentence in moved.broken:
            st.warning(escape(f"Against a rule: {sentence}"))
    return found


def ask_move(planned: Programme, found: Programme, *, today: date) -> None:
    """Let an officer move a hub to another day, time or site."""
    with st.expander("Move a hub by hand"):
        hubs = {f"{row['number']}. {told_day(row['day'])}, {row['name']}": row for row in found.hubs.to_dict("records")}
        row = hubs[st.selectbox("Hub", list(hubs))]
        sites = found.setting.inputs.hosts.table
        names = {f"{site.name} ({site.town})": str(site.site_id) for site in sites.itertuples(index=False)}
        first, second = st.columns(2)
        # Keyed by where the hub stands now, so that the fields show it again after every move.
        at = f"{row['number']} {row['day']} {row['begin']} {row['site_id']}"
        day = first.date_input("To this day", date.fromisoformat(row["day"]), key=f"move_day {at}")
        begin = second.time_input("From", time.fromisoformat(row["begin"]), key=f"move_time {at}", step=900)
        site = st.selectbox("At", [_SAME, *names], key=f"move_site {at}")
        if st.button("Move it"):
            where: dict[str, Any] = {"day": day, "begin": f"{begin:%H:%M}", "site_id": names.get(site, "")}
            with frame.calm_errors():
                move_hub(found, row["number"], today=today, **where)
                _remember(planned, row["number"], where)
                st.rerun()
        if st.session_state.get(_MOVES) and st.button("Take all moves back"):
            del st.session_state[_MOVES]
            st.rerun()


def ask_keep(workspace: Workspace, found: Programme, *, today: date) -> None:
    """Let a lead officer settle the programme as it is shown."""
    settled = programme_kept(workspace, found.year)
    with st.expander("Settle this programme"):
        st.markdown(
            "Settling keeps the programme as it is shown, with who and why, under a digest. It is never changed, only"
            " superseded by a later one; both stay."
        )
        if settled:
            st.caption(told_kept(settled))
        if session.is_sample(workspace):
            st.caption("The sample district keeps nothing. Set up a workspace of your own on the Start page.")
            return
        if not access.may("freeze"):
            st.caption("Only a lead officer may settle the programme.")
            return
        with st.form("settle", border=False), frame.calm_errors():
            who = st.text_input("Your name or initials")
            why = st.text_input("Why the earlier one is superseded" if settled else "Why (if there is more to say)")
            if st.form_submit_button("Settle it"):
                keep_programme(workspace, sheet_of(found), who=who, why=why, today=today)
                st.session_state.pop(_MOVES, None)
                st.rerun()


def _remember(planned: Programme, number: int, where: dict[str, Any]) -> None:
    plan = repr(planned.visits)
    moves = st.session_state.get(_MOVES, (plan, []))[1]
    st.session_state[_MOVES] = (plan, [*moves, (number, where)])
