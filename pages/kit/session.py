"""Which workspace is open in this browser tab, and today's date."""

import os
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import platformdirs
import streamlit as st

from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.review.signing import Signer, user_name
from geo.review.workspace import Workspace
from layers.sample import REVIEW_DAY, open_sample, sample_folder
from pages.kit import access

_KEY = "workspace_folder"
_LIST: Final = "workspaces.txt"
_REMEMBERED: Final = 8


def today() -> date:
    """Read the clock: the one place where a screen does."""
    return datetime.now(tz=UTC).astimezone().date()


def now(workspace: Workspace) -> datetime:
    """Read the clock, with its zone; the fictional district stands still at noon of its review day."""
    if is_sample(workspace):
        return datetime.combine(REVIEW_DAY, time(12), tzinfo=UTC)
    return datetime.now(tz=UTC).replace(microsecond=0)


def signer() -> Signer:
    """Say who works on this machine, or has signed in: what they change is signed so in the audit log."""
    served = access.on_server()
    leads = served and access.may("safe places")
    return Signer(_who(), lambda: datetime.now(tz=UTC), signed_in=served, is_lead=leads)


def review_day(workspace: Workspace) -> date:
    """Give the day from which the review is judged: today, but the fictional district stands still."""
    return REVIEW_DAY if is_sample(workspace) else today()


def current_workspace() -> Workspace:
    """Open the workspace of this session.

    It is the one chosen on Start, else `PLANNER_WORKSPACE`, else the one that was opened last, else the sample. On a
    server it is the one that the server was started with, and never another.
    """
    if access.on_server():
        return _served()
    folder = st.session_state.get(_KEY) or os.environ.get("PLANNER_WORKSPACE", "")
    if folder:
        return Workspace.open(Path(folder), signer=signer())
    return _last_opened() or _sample()


def is_sample(workspace: Workspace) -> bool:
    """Tell whether this is the fictional district that the planner opens by itself."""
    return workspace.root.resolve() == sample_folder().resolve()  # either may be named through a link


def choose_workspace(folder: Path) -> None:
    """Turn this session to another workspace, after it has been opened once to see that it can be.

    Raises
    ------
    BadInputError
        It is no workspace, or this is a server.
    """
    if access.on_server():
        message = "This planner is a server for one workspace; no other one can be opened here."
        raise BadInputError(message)
    opened = Workspace.open(folder)
    root = opened.root.resolve()
    st.session_state[_KEY] = str(root)
    if not is_sample(opened):
        _remember(root)


def opened_before() -> list[Path]:
    """List the workspaces that were opened on this computer, the last one first; those that are gone are left out.

    On a server none is named.
    """
    if access.on_server():
        return []
    file = _list_of_workspaces()
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [Path(line) for line in lines if Path(line).is_dir()]


def _who() -> str:
    if not access.on_server():
        return user_name()
    person = access.visitor()
    return person.name if person else "nobody signed in"


def _served() -> Workspace:
    folder = os.environ.get("PLANNER_WORKSPACE", "")
    if not folder:
        message = "The server was started without a workspace; start it with: planner app --workspace FOLDER --sign-in."
        raise MissingDataError(message)
    return Workspace.open(Path(folder), signer=signer())


def _remember(root: Path) -> None:
    """Put a folder first in the list, so that a reload, and tomorrow, opens it again."""
    file = _list_of_workspaces()
    others = [folder for folder in opened_before() if folder != root]
    with suppress(OSError):  # a folder that cannot be written is no reason to refuse the workspace
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{folder}\n" for folder in [root, *others][:_REMEMBERED]), encoding="utf-8")


def _list_of_workspaces() -> Path:
    return Path(os.environ.get("PLANNER_CONFIG_DIR") or platformdirs.user_config_dir("hotspot-planner")) / _LIST


def _last_opened() -> Workspace | None:
    for folder in opened_before()[:1]:
        with suppress(PlannerError):
            return Workspace.open(folder, signer=signer())
    return None


def _sample() -> Workspace:
    if not sample_folder().exists():
        with st.status("Preparing the fictional sample district. This happens once and takes a few seconds.") as box:
            open_sample(today=today(), progress=lambda step, _share: box.update(label=step))
        st.rerun()  # without the box: when it goes later, everything below it moves up and opened expanders close
    return open_sample(today=today())
