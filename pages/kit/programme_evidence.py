"""A year's programme, planned once for each state of the workspace, its partners and its rules."""

from datetime import date
from typing import Final

import streamlit as st

from geo.hubs.programme import Partner, Programme, YearInputs, plan_year
from geo.review.programme import inputs_of
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from geo.scenario import ProgrammeOptions
from pages.kit import evidence

_KEPT: Final = 16


def programme(
    workspace: Workspace, year: str, rules: ProgrammeOptions, *, partners: tuple[Partner, ...], today: date
) -> Programme:
    """Plan a year, or fetch it where nothing has changed since."""
    # The last line of the audit log changes with the register and the decisions, which the fingerprint does not know.
    state = f"{workspace.fingerprint()} {workspace.store.meta('audit_digest')} {today.isoformat()} {partners!r}"
    evidence.episodes(workspace)
    with st.spinner("Planning the year. This takes a few seconds, and proves that no other plan reaches more."):
        return _programme(state, year, rules.model_dump_json(), (workspace, rules, partners, today))


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _programme(
    state: str, year: str, rules: str, _given: tuple[Workspace, ProgrammeOptions, tuple[Partner, ...], date]
) -> Programme:
    options = _given[1]
    near = (options.area_minutes, options.sites, options.by_bus)
    del rules  # the cache's key
    return plan_year(_inputs(state, near, _given), year=year, options=options, today=_given[3])


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _inputs(
    state: str,  # noqa: ARG001 - the cache's key
    near: tuple[float, str, str],  # noqa: ARG001 - as above
    _given: tuple[Workspace, ProgrammeOptions, tuple[Partner, ...], date],
) -> YearInputs:
    workspace, options, partners, today = _given
    found = evidence.priorities(workspace, plan_review(workspace, today=today))
    return inputs_of(workspace, today=today, options=options, found=found, partners=partners)
