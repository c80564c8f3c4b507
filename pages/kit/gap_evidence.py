"""What the records lack, computed once for each state of the workspace and each choice; as `pages.kit.evidence`."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.capture import Capture
from geo.evidence.cohorts import list_cohorts
from geo.evidence.counts import Selection
from geo.evidence.missing import Missing
from geo.evidence.repeats import Repeats
from geo.evidence.sensitivity import Measure, Sensitivity
from geo.review.gaps import capture_of, missing_of, repeats_of, sensitivity_of
from geo.review.workspace import Workspace
from pages.kit import evidence

_KEPT: Final = 32


def missing(workspace: Workspace, period: str) -> Missing:
    """Fetch what is missing from the records of a period."""
    return _missing(workspace.fingerprint(), period, workspace)


def repeats(workspace: Workspace) -> Repeats:
    """Fetch who is behind the rows."""
    return _repeats(workspace.fingerprint(), workspace)


def sensitivity(workspace: Workspace, chosen: Selection, *, measure: Measure) -> Sensitivity:
    """Fetch how the first ten places change."""
    return _sensitivity(workspace.fingerprint(), measure, chosen, workspace)


def groups(workspace: Workspace, chosen: Selection) -> pd.DataFrame:
    """List the groups of clients, and which of them may have a map: COHORTS table."""
    return _groups(workspace.fingerprint(), chosen, workspace)


def capture(workspace: Workspace, chosen: Selection) -> Capture:
    """Set the clients against the census."""
    return _capture(workspace.fingerprint(), chosen, workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _missing(fingerprint: str, period: str, _workspace: Workspace) -> Missing:  # noqa: ARG001 - the cache's key
    return missing_of(_workspace, period=period)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _repeats(fingerprint: str, _workspace: Workspace) -> Repeats:  # noqa: ARG001 - the cache's key
    return repeats_of(_workspace)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _sensitivity(
    fingerprint: str,  # noqa: ARG001 - the cache's key
    measure: Measure,
    chosen: Selection,
    _workspace: Workspace,
) -> Sensitivity:
    return sensitivity_of(_workspace, chosen, measure=measure)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _groups(fingerprint: str, chosen: Selection, _workspace: Workspace) -> pd.DataFrame:  # noqa: ARG001 - the cache's key
    return list_cohorts(evidence.episodes(_workspace), chosen)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={Selection: repr})
def _capture(fingerprint: str, chosen: Selection, _workspace: Workspace) -> Capture:  # noqa: ARG001 - the cache's key
    return capture_of(_workspace, chosen)
