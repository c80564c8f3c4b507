"""Show and settle the rota: when the team walks, by whom, and what could not be met."""

from datetime import date

import streamlit as st

from geo.review.walks.agencies import read_agencies
from geo.review.walks.rota import Span, coming_quarter, quarter_span, rota_of, step_up_now, year_span
from geo.review.walks.rota_kept import keep_rota
from geo.review.walks.rota_standing import standing_rota
from geo.review.workspace import Workspace
from geo.walkabouts.rota.result import Rota, RotaWalk
from geo.walkabouts.rota.tables import coverage_grid
from geo.walkabouts.rota.words import told_day
from layers.walks.rota_grid import GRID_STYLE, rota_grid
from layers.walks.rota_sheet import told
from pages.kit import access, frame, walk_rota_agencies, walk_rota_files
from pages.kit.tables import show_short_table
from pages.kit.words import escape

_DRAW = "rota_draw"


def show(workspace: Workspace, *, today: date, fixed: bool) -> None:
    """Show what reports ask for, the rota that stands and the one that could, and who walks along."""
    due = step_up_now(workspace, today=today)
    if due and due.walks:
        st.warning(f"**More walks are due.** {escape(due.told)} Plan the quarter below and settle it.")
    nobody = not read_agencies(workspace)
    if nobody:
        walk_rota_agencies.ask(workspace, fixed=fixed)
    span = _choose_span(workspace, today)
    settled = standing_rota(workspace, span, today=today)
    stands, proposed = st.tabs(["Settled", "Planned now"], default="Settled" if settled else "Planned now")
    with stands, frame.calm_errors():
        if settled is None:
            st.markdown("No rota of these days was settled yet.")
        else:
            st.success(escape(settled.told))
            _show_rota(settled.rota)
            walk_rota_files.show(workspace, settled.rota, state=settled.told, name="settled")
    with proposed, frame.calm_errors():
        found = _planned(workspace, span, today)
        _show_rota(found)
        if st.button("Draw another one", help="Another rota among those that are as good."):
            st.session_state[_DRAW] = st.session_state.get(_DRAW, 0) + 1
            st.rerun()
        walk_rota_files.show(workspace, found, state="A proposal: not settled yet.", name="proposal")
        _ask_settle(workspace, found, today=today, fixed=fixed)
    if not nobody:
        walk_rota_agencies.ask(workspace, fixed=fixed)


def _choose_span(workspace: Workspace, today: date) -> Span:
    this = coming_quarter(workspace, today=today)
    spans = {
        f"This quarter, {this.months}": quarter_span(this),
        f"Next quarter, {this.next.months}": quarter_span(this.next),
        f"Year {this.year}": year_span(workspace, this.year),
    }
    return spans[st.selectbox("Which days", list(spans), help="Only days after today are planned.")]


def _planned(workspace: Workspace, span: Span, today: date) -> Rota:
    state = f"{_state(workspace)} {today.isoformat()}"
    draw = int(st.session_state.get(_DRAW, 0))
    with st.spinner("Planning the rota"):
        return _rota(state, (span, draw), (workspace, today))


def _state(workspace: Workspace) -> str:
    """Name the state of the workspace: its last audit line changes with reports, walks, agencies and rotas."""
    return f"{workspace.fingerprint()} {workspace.store.meta('audit_digest')}"


@st.cache_resource(max_entries=16, show_spinner=False)
def _rota(state: str, which: tuple[Span, int], _given: tuple[Workspace, date]) -> Rota:
    del state  # the cache's key
    return rota_of(_given[0], which[0], today=_given[1], draw=which[1])


def _show_rota(rota: Rota) -> None:
    """Say it in a sentence, list the walks, draw them, and say what was kept to."""
    st.markdown(f"**{escape(rota.headline)}**")
    if rota.unmet:
        st.warning("\n".join(f"- {escape(sentence)}" for sentence in rota.unmet))
    st.markdown("\n".join(_line(walk) for walk in rota.walks))
    st.html(f"<style>{GRID_STYLE}</style>{rota_grid(rota)}")
    st.markdown("**Times and days covered.** Walks in the year before, and those planned in this rota.")
    show_short_table(coverage_grid(rota), about="Walks by day of the week and band, in this rota and before it")
    with st.expander("What was kept to"):
        st.markdown("\n".join(f"- {escape(sentence)}" for sentence in told(rota)))


def _line(walk: RotaWalk) -> str:
    who = escape(", ".join(walk.agencies)) or "nobody yet"
    said = "; ".join((*walk.unmet, *walk.notes))
    notes = f" **{escape(said[0].upper() + said[1:])}.**" if said else ""
    return (
        f"{walk.number}. **{told_day(walk.day)}**, {walk.begins:%H:%M} to {walk.ends:%H:%M}, {walk.band}. "
        f"Can walk: {who}. {walk.reason.capitalize()}.{notes}"
    )


def _ask_settle(workspace: Workspace, rota: Rota, *, today: date, fixed: bool) -> None:
    """Let a lead officer settle the rota as it is shown."""
    with st.expander("Settle this rota"):
        st.markdown(
            "Settling keeps the rota as it is shown, with who and why, under a digest. It is never changed, only"
            " superseded by a later one of the same days; both stay."
        )
        if fixed:
            st.caption("The sample district keeps nothing. Set up a workspace of your own on the Start page.")
            return
        if not access.may("freeze"):
            st.caption("Only a lead officer may settle a rota.")
            return
        with st.form("settle_rota", border=False), frame.calm_errors():
            who = st.text_input("Your name or initials")
            why = st.text_input("Why (needed where days of it were settled before)")
            if st.form_submit_button("Settle it"):
                keep_rota(workspace, rota, who=who, why=why, today=today)
                st.session_state.pop(_DRAW, None)
                st.rerun()
