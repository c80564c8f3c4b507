"""Which workspace is open in this browser tab, and today's date."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st

from geo.review.workspace import Workspace
from layers.sample import REVIEW_DAY, open_sample, sample_folder

_KEY = "workspace_folder"


def today() -> date:
    """Read the clock: the one place where a screen does."""
    return datetime.now(tz=UTC).astimezone().date()


def review_day(workspace: Workspace) -> date:
    """Give the day from which the review is judged: today, but the fictional district stands still."""
    return REVIEW_DAY if is_sample(workspace) else today()


def current_workspace() -> Workspace:
    """Open the workspace of this session: the one chosen on Start, else `PLANNER_WORKSPACE`, else the sample."""
    folder = st.session_state.get(_KEY) or os.environ.get("PLANNER_WORKSPACE", "")
    return Workspace.open(Path(folder)) if folder else _sample()


def is_sample(workspace: Workspace) -> bool:
    """Tell whether this is the fictional district that the planner opens by itself."""
    return workspace.root == sample_folder()


def choose_workspace(folder: Path) -> None:
    """Turn this session to another workspace, after it has been opened once to see that it can be."""
    st.session_state[_KEY] = str(Workspace.open(folder).root.resolve())


def _sample() -> Workspace:
    if not sample_folder().exists():
        with st.status("Preparing the fictional sample district. This happens once and takes a few seconds.") as box:
            workspace = open_sample(today=today(), progress=lambda step, _share: box.update(label=step))
            box.update(label="The sample district is ready.", state="complete")
            return workspace
    return open_sample(today=today())
