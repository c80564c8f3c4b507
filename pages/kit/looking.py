"""Looks at the evidence, counted: the more analyses of one review are looked at, the more often luck will show."""

from contextlib import suppress

import streamlit as st

from geo.errors import PlannerError
from geo.evidence.counts import Selection
from geo.review.looks import count_looks, record_look
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from pages.kit import findings, session
from pages.kit.words import plural


def note(workspace: Workspace, what: str, chosen: Selection, *, resolution: int) -> None:
    """Note that an analysis was looked at; a folder that cannot be written is no reason to hide the result."""
    seen = (str(workspace.root), what, chosen, resolution)
    noted: set[object] = st.session_state.setdefault("looks", set())
    if seen in noted:
        return
    with suppress(PlannerError):
        review = plan_review(workspace, today=session.review_day(workspace)).review
        options = {"resolution": resolution}
        record_look(workspace, review=review, what=what, selection=chosen, options=options, today=session.today())
        noted.add(seen)


def exploratory(workspace: Workspace) -> str:
    """Say that a result is exploratory, and how many there have been."""
    with suppress(PlannerError):
        review = plan_review(workspace, today=session.review_day(workspace)).review
        looked = plural(count_looks(workspace, review), "different analysis", "different analyses")
        return f"{findings.EXPLORATORY} So far {looked} of the review of {review} looked at."
    return findings.EXPLORATORY
