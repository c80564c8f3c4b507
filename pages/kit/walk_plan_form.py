"""Ask what is wished of a walk: when, from where to where, for how long, and which places must be on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.candidates import Which
from geo.review.walks.ends import find_end, pointed_end
from geo.review.walks.times import on_the_wall
from geo.review.walks.wish import WalkWish
from geo.review.workspace import Workspace
from geo.walkabouts.bands import BANDS, start_of
from geo.walkabouts.plan import WalkEnd
from geo.walkabouts.rota.result import RotaWalk
from geo.walkabouts.squares import read_square
from pages.kit.click_map import ask_point
from pages.kit.words import day as told_day

Spot = tuple[float, float]
_REPORTS: Final[Mapping[str, Which]] = {
    "All open reports": "all",
    "The overdue ones only": "overdue",
    "None: they count, and need not be on it": "none",
}
_PLACE_HELP: Final = (
    "A postcode, the name of a site of the register, a grid reference such as SU 364 455, or longitude and latitude. "
    "Left empty, the council office."
)
_END_HELP: Final = _PLACE_HELP.replace("the council office", "where it starts")
_SQUARES_HELP: Final = "Grid references of squares of 100 m, such as SU 364 455, with commas between them."
_STEP: Final = 300  # seconds between the times of the list; any other may be typed


def ask_wish(workspace: Workspace, *, today: date, proposed: RotaWalk | None) -> WalkWish | None:
    """Ask for a walk, beginning with the one that the rota has next; None until the button is pressed.

    Raises
    ------
    BadInputError
        A place or a square is not known, or the time is none.
    """
    if proposed:
        st.caption(f"The rota's next walk: {proposed.weekday} {told_day(proposed.day)}, {proposed.band}.")
    first, second = st.columns(2)
    day = first.date_input("Day", proposed.day if proposed else today, format="DD/MM/YYYY", key="walk_plan_day")
    band = second.selectbox(
        "Part of the day",
        BANDS,
        index=BANDS.index(proposed.band if proposed else "evening"),
        format_func=str.capitalize,
        key="walk_plan_band",
    )
    begins = proposed.begins if proposed and (day, band) == (proposed.day, proposed.band) else None
    begins = begins or start_of(day, band, workspace.scenario.walkabouts)
    start, end = _ask_ends(workspace)
    with st.form(f"walk_plan_{day}_{band}", border=False):
        fields = _ask_fields(workspace, begins, proposed)
        if not st.form_submit_button("Plan this walk", type="primary"):
            return None
    return _wish(workspace, day, fields, (start, end))


@dataclass(frozen=True)
class _Fields:
    sets_out: time
    minutes: float
    teams: int
    people: int
    reports: Which
    must: str
    avoid: str
    drop_late: bool


@dataclass(frozen=True)
class _End:
    """Where a walk starts or ends: what was typed, and the point that was clicked."""

    typed: str
    point: Spot | None = None

    def found(self, workspace: Workspace) -> WalkEnd:
        if self.point and not self.typed.strip():
            return pointed_end(workspace, self.point, otherwise="the point on the map")
        return find_end(workspace, self.typed)


def _ask_ends(workspace: Workspace) -> tuple[_End, _End]:
    """Ask for start and end, before the form: a form would hold a click on the map back until it is sent."""
    first, second = st.columns(2)
    start = first.text_input("Starts at", placeholder="The council office", help=_PLACE_HELP, key="walk_plan_start")
    end = second.text_input("Ends at", placeholder="Where it starts", help=_END_HELP, key="walk_plan_end")
    with st.expander("Or point at the start on the map"):
        point = ask_point(workspace, title="Map to point at where the walk starts", key="walk_plan_map")
        st.markdown(_told_point(point, start))
    return _End(start, point), _End(end)


def _told_point(point: Spot | None, typed: str) -> str:
    if point is None:
        return "Click where the walk starts."
    if typed.strip():
        return "What is typed above counts; empty it, and the walk starts at this point."
    return "The walk starts at this point."


def _ask_fields(workspace: Workspace, begins: datetime, proposed: RotaWalk | None) -> _Fields:
    options = workspace.scenario.walkabouts
    first, second, third, fourth = st.columns(4)
    sets_out = first.time_input("Sets out at", begins.time(), step=_STEP)
    usual = _minutes(proposed) if proposed else options.walk_minutes
    minutes = second.number_input("Minutes", 10.0, 720.0, float(usual), step=5.0, format="%g")
    teams = third.number_input("Teams", 1, 20, 1)
    least = options.least_people
    people = fourth.number_input("People in all", least, 400, max(least, proposed.people if proposed else least))
    reports = st.radio("Which reports must be on it", list(_REPORTS), horizontal=True)
    drop_late = st.toggle("If not all fit, leave out the least overdue", value=False)
    with st.expander("Places that must be on it, or where nobody stops"):
        must = st.text_input("Must be on it", help=_SQUARES_HELP)
        avoid = st.text_input("Nobody stops at", help=_SQUARES_HELP)
    return _Fields(sets_out, float(minutes), int(teams), int(people), _REPORTS[reports], must, avoid, drop_late)


def _minutes(proposed: RotaWalk) -> float:
    return (proposed.ends.astimezone(UTC) - proposed.begins.astimezone(UTC)).total_seconds() / 60


def _wish(workspace: Workspace, day: date, fields: _Fields, ends: tuple[_End, _End]) -> WalkWish:
    start = ends[0].found(workspace)
    begins = on_the_wall(day, fields.sets_out)
    if isinstance(begins, str):
        message = "There is no such time on that day, for the clocks go forward then; choose another time."
        raise BadInputError(message)
    return WalkWish(
        begins=begins,
        start=start,
        end=ends[1].found(workspace) if ends[1].typed.strip() else start,
        minutes=fields.minutes,
        teams=fields.teams,
        people=fields.people,
        reports=fields.reports,
        must=_squares(fields.must),
        avoid=_squares(fields.avoid),
        drop_late=fields.drop_late,
    )


def _squares(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read_square(part) for part in text.replace(";", ",").split(",") if part.strip()))
