"""The rules of a year's programme, as an officer sets them on the screen."""

from datetime import date
from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from geo.errors import BadInputError
from geo.hubs.programme import year_at
from geo.hubs.programme.year import WEEKDAYS
from geo.review.workspace import Workspace
from geo.scenario import ProgrammeOptions
from pages.kit import session

_ROTATION: Final = {
    "area": "Never the same area or place twice in a row",
    "site": "Never the same site twice in a row",
    "none": "No rule",
}
_UNKNOWN: Final = {"ask": "May be used, with a mark to ask the host", "refuse": "Are not used"}
_SITES: Final = {"all": "All that nobody refused", "chosen": "Only those that were decided on"}
_BANK: Final = {"skip": "No hub", "use": "Like any other day"}
_STARTS: Final = tuple(f"{hour:02d}:{part}" for hour in range(8, 20) for part in ("00", "30"))


def choose_year(workspace: Workspace, today: date) -> str:
    """Ask for the review year: the one under way, or one of the next two."""
    first = workspace.scenario.review_first_month
    under_way = year_at(today, first_month=first)
    years = [year_at(today.replace(day=1, year=today.year + later), first_month=first) for later in range(3)]
    return str(st.selectbox("Year", years, help=f"{under_way} is under way; only days after today are planned."))


def choose_rules(workspace: Workspace) -> ProgrammeOptions:
    """Ask for the rules; only this tab sees a change until it is saved.

    Raises
    ------
    BadInputError
        The rules do not fit together, or a closed day cannot be read.
    """
    saved = workspace.scenario.programme
    first, second = st.columns([1, 2])
    hubs = first.number_input("Hubs in each quarter", 1, 13, saved.hubs_a_quarter)
    weekdays = second.pills("Days wanted", WEEKDAYS, selection_mode="multi", default=saved.weekdays)
    with st.expander("More rules"):
        given: dict[str, Any] = {"hubs_a_quarter": hubs, "weekdays": weekdays, **_times(saved), **_hosts(saved)}
        given |= _rotation(saved)
        rules = _checked(saved, given)
        if session.is_sample(workspace):
            st.caption("The sample district keeps no rules.")
        elif st.button("Save these rules for everybody"):
            workspace.save_scenario(workspace.scenario.model_copy(update={"programme": rules}))
            st.rerun()
    return rules


def _times(saved: ProgrammeOptions) -> dict[str, Any]:
    first, second, third = st.columns(3)
    times = sorted({*_STARTS, *saved.starts})
    closed = st.text_input(
        "No hub on these days",
        ", ".join(saved.closed),
        help="Days or spans with commas between, such as 2026-12-21..2027-01-03: school holidays, elections.",
    )
    return {
        "starts": first.multiselect("A session may begin at", times, saved.starts),
        "session_minutes": second.number_input("Minutes of a session", 30, 720, saved.session_minutes, step=15),
        "weeks_apart": third.number_input("Weeks between two hubs, at least", 0, 26, saved.weeks_apart),
        "closed": [part.strip() for part in closed.split(",") if part.strip()],
        "bank_holidays": _choose("On bank holidays", _BANK, saved.bank_holidays),
    }


def _hosts(saved: ProgrammeOptions) -> dict[str, Any]:
    first, second = st.columns(2)
    return {
        "least_agencies": first.number_input("Partners who can come, at least", 0, 20, saved.least_agencies),
        "site_at_most": second.number_input("One site is used at most so many times", 1, 52, saved.site_at_most),
        "unknown_hours": _choose("Sites of unknown hours", _UNKNOWN, saved.unknown_hours),
        "sites": _choose("Sites", _SITES, saved.sites),
    }


def _rotation(saved: ProgrammeOptions) -> dict[str, Any]:
    first, second = st.columns(2)
    share = first.slider("Priority areas to be visited, %", 0, 100, round(100 * saved.area_share), step=5)
    return {
        "area_share": share / 100,
        "area_minutes": second.number_input(
            "A hub is near an area within so many minutes on foot", 1.0, 240.0, saved.area_minutes, step=5.0
        ),
        "rotation": _choose("Rotation", _ROTATION, saved.rotation),
    }


def _choose(label: str, words: dict[str, str], saved: str) -> str:
    return str(st.radio(label, list(words), list(words).index(saved), format_func=words.__getitem__, horizontal=True))


def _checked(saved: ProgrammeOptions, given: dict[str, Any]) -> ProgrammeOptions:
    for name, label in (("weekdays", "day of the week"), ("starts", "time of day")):
        if not given[name]:
            message = f"No {label} is wanted, so no hub can be held; choose at least one."
            raise BadInputError(message)
    try:
        return ProgrammeOptions.model_validate({**saved.model_dump(), **given})
    except ValidationError as error:
        message = f"These rules cannot be used: {error.errors()[0]['msg']}."
        raise BadInputError(message) from error
