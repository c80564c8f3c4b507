"""The forms that record a report, put one right, take in a file of them, and withdraw one."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

import streamlit as st

from geo.errors import BadInputError
from geo.review.walks.reading import reports_standing
from geo.review.walks.reports import record_report, withdraw_report
from geo.review.walks.reports_import import ReportPlan, plan_reports, take_in_reports
from geo.review.walks.reports_made import MOST_PEOPLE, GivenPlace, MadeReport
from geo.review.walks.times import on_the_wall
from geo.review.workspace import Workspace
from geo.walkabouts.bands import local
from geo.walkabouts.sightings import KINDS, Report
from geo.walkabouts.squares import square_at, told_square
from layers.walks.reports_template import reports_template_csv, reports_template_xlsx
from pages.kit import frame, session
from pages.kit.click_map import ask_point
from pages.kit.tables import Download, show_downloads
from pages.kit.words import day, escape, plural

_ROUND, _DONE = "walk_reports_round", "walk_reports_done"
_NEW: Final = "A new report"
_KIND: Final = {"reported": "Reported: somebody was seen", "intelligence": "Intelligence: a partner expects somebody"}
_NEVER: Final = "Never describe a person: when, where and how many is all that is kept."
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN: Final = 12
_FIRST: Final = "StreetLink"
_STEP: Final = 300  # seconds between the times of a list; any other may be typed


def ask(workspace: Workspace) -> None:
    """Ask for a report, a file of them, or a withdrawal."""
    for sentence in st.session_state.pop(_DONE, []):
        st.success(escape(sentence))
        st.toast(escape(sentence))  # on a phone the form's button is far below
    turn, standing = int(st.session_state.get(_ROUND, 0)), reports_standing(workspace)
    by_form, by_file, withdrawn = st.tabs(["By form", "From a file", "Withdraw a report"])
    with by_form, frame.calm_errors():
        _ask_report(workspace, standing, turn)
    with by_file, frame.calm_errors():
        _ask_file(workspace, turn)
    with withdrawn, frame.calm_errors():
        _ask_withdrawal(workspace, standing, turn)


def named(one: Report) -> str:
    """Name a report in a list to choose from, never by its place: some have none that may be kept."""
    return f"number {one.number}: {day(one.seen.date())} {one.seen:%H:%M}"


def _ask_report(workspace: Workspace, standing: Sequence[Report], turn: int) -> None:
    numbers = {_NEW: 0} | {f"In place of {named(one)}": one.number for one in standing[::-1]}
    replaced = numbers[st.selectbox("Record", list(numbers), key=f"walk_report_which_{turn}")]
    was = next((one for one in standing if one.number == replaced), None)
    point = _ask_point(workspace, turn)
    now = local(session.now(workspace))
    with st.form(f"walk_report_{turn}_{replaced}", border=False):
        seen = _ask_moment("Seen", was.seen if was else None, now, key=f"walk_report_seen_{turn}_{replaced}")
        received = _ask_moment("Received", was.received if was else now, now, key=f"walk_report_got_{turn}_{replaced}")
        source, people, kind = _ask_facts(standing, was)
        place, reference = _ask_place(point)
        who = st.text_input("Who records it (name or initials)")
        st.caption(_NEVER)
        if st.form_submit_button("Record this report", type="primary"):
            moments = _moment(seen, "somebody was seen"), _moment(received, "it was received")
            made = MadeReport(*moments, source, place, people, kind, reference)
            _record(workspace, made, who, turn=turn, replaced=replaced)


def _ask_point(workspace: Workspace, turn: int) -> tuple[float, float] | None:
    """Let somebody point at the place, before the form: a form would hold the click back until it is sent."""
    with st.expander("Point at the place on the map"):
        point = ask_point(workspace, title="Map to point at where somebody was seen", key=f"walk_report_map_{turn}")
        how = "Click to come closer, then click where somebody was seen."
        st.markdown(f"Chosen: the square **{_square(point)}**." if point else how)
    return point


def _square(point: tuple[float, float]) -> str:
    try:
        return told_square(square_at(*point))
    except BadInputError:
        return "off the map"


def _ask_moment(what: str, was: datetime | None, now: datetime, *, key: str) -> tuple[date | None, time | None]:
    """Ask for a day and a time; by their keys they stay as they were typed while the clock goes on."""
    first, second = st.columns(2)
    day_of, at = (was or now).date(), was.time() if was else None
    given = first.date_input(f"{what} on", day_of, max_value=now.date(), format="DD/MM/YYYY", key=f"{key}_day")
    return given, second.time_input(f"{what} at", at, step=_STEP, key=f"{key}_time")


def _moment(given: tuple[date | None, time | None], what: str) -> datetime:
    """Put a day and a time together.

    Raises
    ------
    BadInputError
        One is missing, or the clocks went forward over that time.
    """
    when, at = given
    if when is None or at is None:
        message = f"It does not say {'on which day' if when is None else 'at what time'} {what}. Nothing was kept."
        raise BadInputError(message)
    moment = on_the_wall(when, at)
    if isinstance(moment, str):
        message = f"The time when {what} never was: that night the clocks went forward over it. Nothing was kept."
        raise BadInputError(message)
    return moment


def _ask_facts(standing: Sequence[Report], was: Report | None) -> tuple[str, int, str]:
    sources = list(dict.fromkeys([was.source if was else _FIRST, *(one.source for one in standing[::-1]), _FIRST]))
    kinds = list(KINDS)
    kind = st.radio("What it is", kinds, index=kinds.index(was.kind) if was else 0, format_func=lambda one: _KIND[one])
    first, second = st.columns(2)
    source = first.selectbox(
        "Who reported", sources, index=0, accept_new_options=True, help="A service or an agency; no person's name."
    )
    people = second.number_input("How many people", 1, MOST_PEOPLE, was.people if was else 1)
    return source or "", int(people), kind


def _ask_place(point: tuple[float, float] | None) -> tuple[GivenPlace, str]:
    if point is None:
        st.markdown("**Where.** Give one of these, or point at the map above.")
    else:
        st.markdown(f"**Where.** Square {_square(point)}, as chosen on the map; leave the rest blank.")
    first, second = st.columns(2)
    street, town = first.text_input("Street"), second.text_input("Town")
    first, second = st.columns(2)
    grid, postcode = first.text_input("Grid reference", placeholder="SU 364 455"), second.text_input("Postcode")
    reference = st.text_input("The sender's reference, if there is one", help="Kept only in a form nobody can read.")
    return GivenPlace(point, grid.strip(), postcode.strip(), street.strip(), town.strip()), reference.strip()


def _record(workspace: Workspace, made: MadeReport, who: str, *, turn: int, replaced: int) -> None:
    done = record_report(workspace, made, who=who, now=session.now(workspace), supersedes=replaced)
    due = f" Somebody is to be there by the end of {done.due:%A} {day(done.due.date())}." if done.due else ""
    _again(turn, [f"Recorded as number {done.number}.{due}", *done.notes])


def _ask_file(workspace: Workspace, turn: int) -> None:
    st.markdown(
        "One row a report, CSV or Excel, as StreetLink sends them. Good rows are taken in, each of the others is named"
        " with the reason. What describes a person is not read."
    )
    show_downloads(
        [
            Download("Empty file (Excel)", "reports.xlsx", _XLSX, reports_template_xlsx),
            Download("Empty file (CSV)", "reports.csv", "text/csv", reports_template_csv),
        ]
    )
    source = st.text_input(
        "Who reported, for rows that name no known source", _FIRST, key=f"walk_reports_source_{turn}"
    )
    upload = st.file_uploader("File of reports", type=["csv", "xlsx"], key=f"walk_reports_file_{turn}")
    if upload is None:
        return
    content, now = upload.getvalue(), session.now(workspace)
    plan = plan_reports(workspace, content, source=source, now=now)
    _show_plan(plan)
    checked = bool(plan.heaps) and st.checkbox("These rows were checked, and they are right")
    fit = plan.usable and (checked or not plan.heaps)
    if st.button("Take these reports in", type="primary", disabled=not fit):
        done = take_in_reports(workspace, content, source=source, now=now, checked=checked)
        told = (
            f"{plural(done.new, 'report')} taken in, {done.put_right:,} put right; {len(done.refused):,} rows refused."
        )
        _again(turn, [told])


def _show_plan(plan: ReportPlan) -> None:
    """Say what would become of each row: the numbers add up to the rows of the file."""
    st.markdown(
        f"**Of {plural(plan.rows, 'row')} it would take in {plural(plan.new, 'new report')}**; it would put"
        f" {plan.put_right:,} right, {plan.on_record:,} are on record already, {len(plan.refused):,} cannot be taken."
    )
    for sentence in plan.heaps:
        st.warning(escape(sentence))
    if plan.dropped:
        st.caption(escape(f"Columns not read past their heading: {', '.join(plan.dropped)}."))
    for sentence in plan.notes:
        st.caption(escape(sentence))
    shown, more = plan.refused[:_SHOWN], plan.refused[_SHOWN:]
    if shown:
        st.markdown("**Cannot be taken:**\n" + "\n".join(f"- {escape(sentence)}" for sentence in shown))
    if more:
        with st.expander(f"And {len(more):,} more"):
            st.dataframe({"Row and reason": list(more)}, hide_index=True, width="stretch")


def _ask_withdrawal(workspace: Workspace, standing: Sequence[Report], turn: int) -> None:
    if not standing:
        st.markdown("There is no report to withdraw.")
        return
    st.markdown("A report that was entered twice, or was none, is withdrawn: it stays, marked, and counts no more.")
    with st.form(f"walk_report_withdraw_{turn}", border=False):
        choices = {named(one): one.number for one in standing[::-1]}
        chosen = st.selectbox("Report to withdraw", list(choices))
        who = st.text_input("Who withdraws it (name or initials)")
        if st.form_submit_button("Withdraw it"):
            withdraw_report(workspace, choices[chosen], who=who)
            _again(turn, [f"Withdrawn: number {choices[chosen]}."])


def _again(turn: int, sentences: list[str]) -> None:
    st.session_state[_ROUND] = turn + 1
    st.session_state[_DONE] = sentences
    st.rerun()
