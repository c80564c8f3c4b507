"""Ask what is wished of the snapshot night: which night, how, with how many teams, over which places besides."""

from datetime import date, time
from typing import Final

import streamlit as st

from geo.review.walks.snapshot import NightWish
from geo.review.workspace import Workspace
from geo.walkabouts.snapshot.night import Method
from geo.walkabouts.snapshot.partner import ASKED
from geo.walkabouts.squares import read_square
from layers.walks.snapshot_words import METHODS

_SQUARES_HELP: Final = "Grid references of squares of 100 m, such as SU 364 455, with commas between them."
_MIDDLE: Final = (11, 11)  # of the window of nights


def ask_night(workspace: Workspace, *, today: date) -> NightWish | None:
    """Ask for a night; None until the button is pressed.

    Raises
    ------
    BadInputError
        A square is none.
    """
    options = workspace.scenario.walkabouts
    with st.form("walk_snapshot", border=False):
        first, second, third = st.columns(3)
        night = first.date_input(
            "Night of (its evening)", _usual(today), format="DD/MM/YYYY", help="The date stays confidential."
        )
        starts = second.time_input("Teams begin at", time.fromisoformat(options.night_starts), step=900)
        teams = third.number_input("Teams", 1, 40, 2)
        method: Method = st.radio("How the figure is found", list(METHODS), format_func=METHODS.__getitem__)
        partner = st.text_input("Independent partner (an organisation, no person's name)", help=ASKED)
        with st.expander("Places to look at besides, or to count in a spotlight count"):
            add = st.text_input("Look besides at", help=_SQUARES_HELP)
            spotlight = st.text_input("Count in a spotlight count", help=_SQUARES_HELP)
        if not st.form_submit_button("Plan this night", type="primary"):
            return None
    return NightWish(
        night=night,
        teams=int(teams),
        method=method,
        partner=partner,
        add=_squares(add),
        spotlight=_squares(spotlight),
        starts=f"{starts:%H:%M}",
    )


def _usual(today: date) -> date:
    """Propose the middle of the next window of nights."""
    this = date(today.year, *_MIDDLE)
    return this if this > today else date(today.year + 1, *_MIDDLE)


def _squares(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read_square(part) for part in text.replace(";", ",").split(",") if part.strip()))
