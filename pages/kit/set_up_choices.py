"""How each data set of a set-up is to come: out of a file found, from its publisher, from a file chosen, or not now."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.workspace import Workspace
from layers.peeking import FoundFile, look_through, recognised
from layers.set_up_steps import Step, StepState
from layers.set_up_tasks import Proposal, Task, fetched, propose
from pages.kit import access, frame, uploads
from pages.kit.tables import show_short_table
from pages.kit.words import escape

_FOUND, _ROUND, _PROPOSED = "set_up_found", "set_up_round", "set_up_proposed"
CHOOSE: Final = "Choose a file"
LATER: Final = "Not now"
NEED: Final = {
    "needed": ":red-badge[Needed]",
    "advised": ":orange-badge[Advised]",
    "optional": ":gray-badge[Optional]",
}


def ask_tasks(workspace: Workspace, states: Sequence[StepState]) -> tuple[list[Task], str]:
    """Show the checklist, and give what is to be brought in and the district's name for ONS."""
    proposal = _proposed(workspace, _ask_files())
    _show_left(proposal)
    missing = [one.step for one in states if not one.here]
    _offer_fetching(missing)
    tasks: list[Task] = []
    for state in states:
        with st.container(border=True):
            _show_state(state)
            if not state.here:
                tasks += _ask_one(workspace, state.step, proposal)
    asks_ons = any(task.asked == "wards" for task in tasks)
    return tasks, _ask_district(workspace) if asks_ons else ""


def forget_uploads() -> None:
    """Let go of the files that were dropped, once they are being taken in; a list of people may be among them."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    uploads.drop_uploads()


def _proposed(workspace: Workspace, found: Sequence[FoundFile]) -> Proposal:
    """Choose among the files once, not at every click: of several maps each has to be read."""
    key = (str(workspace.root), tuple((one.name, one.size) for one in found))
    kept: tuple[object, Proposal] | None = st.session_state.get(_PROPOSED)
    if kept is None or kept[0] != key:
        kept = (key, propose(workspace, found, unsure_too=True))
        st.session_state[_PROPOSED] = kept
    return kept[1]


def _ask_files() -> list[FoundFile]:
    """Ask for a folder of downloads, or for several files at once; what each is, is recognised."""
    dropped = st.file_uploader(
        "Your downloads, all at once (each up to 50 MB): the planner tells what each file is",
        accept_multiple_files=True,
        key=f"set_up_files_{st.session_state.get(_ROUND, 0)}",
    )
    files = [uploads.source_file(upload) for upload in dropped]
    found = [FoundFile(file, recognised(file), len(file.content)) for file in files]
    if access.on_server():  # it would be a folder of the server's own disk
        return found
    text, button = st.columns([4, 1.2], vertical_alignment="bottom")
    folder = text.text_input("Or the folder they are in, on this computer", key="set_up_downloads").strip()
    if button.button("Look through it", width="stretch") and folder:
        with frame.calm_errors(), st.spinner("Looking at the files"):
            st.session_state[_FOUND] = look_through(Path(folder))
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    return [*found, *st.session_state.get(_FOUND, [])]


def _show_left(proposal: Proposal) -> None:
    if not proposal.left:
        return
    with st.expander(f"{len(proposal.left)} of these files are not taken: why?"):
        show_short_table(
            pd.DataFrame(proposal.left, columns=["File", "What it is"]), about="Files that are not taken, and why"
        )


def _offer_fetching(missing: Sequence[Step]) -> None:
    """Offer to fetch all that is needed or advised and is not here, with one press."""
    wanted = [step for step in missing if step.asked and step.need != "optional"]
    if not wanted:
        return
    st.button("Choose to fetch what is missing", on_click=_choose_fetching, args=(wanted,))
    st.caption(
        "Fetching asks the publisher named. ONS and OpenStreetMap are sent the district's code or the rectangle around"
        " it; nobody is sent anything of your workspace. Nothing is asked before you press *Bring them in*."
    )


def _choose_fetching(steps: Sequence[Step]) -> None:
    for step in steps:
        st.session_state[_key(step)] = _fetch_option(step)


def _show_state(state: StepState) -> None:
    badge = ":green-badge[✓ Here]" if state.here else NEED[state.step.need]
    said = state.told if state.here else state.step.why
    st.markdown(f"{badge} **{escape(state.step.title)}**: {escape(said)}")


def _ask_one(workspace: Workspace, step: Step, proposal: Proposal) -> list[Task]:
    """Ask how one data set is to come; a file that was found is proposed."""
    found = [task for task in proposal.tasks if task.step is step]
    names = [given.name for task in found for given in task.given]
    take = f"Take {', '.join(names)}" if names else ""
    options = [option for option in (take, _fetch_option(step), CHOOSE, LATER) if option]
    key = _key(step)
    if st.session_state.get(key) not in options or _is_new(step, take):
        st.session_state[key] = take or LATER
    answer = st.radio(
        f"How shall {step.title} come?",
        options,
        horizontal=True,
        key=key,
        label_visibility="collapsed",
        format_func=escape,
    )
    if answer == CHOOSE:
        return _ask_file(workspace, step)
    if answer == LATER:
        return []
    return found if answer == take else fetched([step.topic])


def _is_new(step: Step, take: str) -> bool:
    """Tell whether a file was found since the question was last asked: then it is proposed."""
    key = f"set_up_proposed_{step.topic}"
    before = st.session_state.get(key, "")
    st.session_state[key] = take
    return bool(take) and take != before


def _ask_file(workspace: Workspace, step: Step) -> list[Task]:
    upload = st.file_uploader(f"File of {step.title} (up to 50 MB)", key=f"set_up_file_{step.topic}")
    if upload is None:
        return []
    file = uploads.source_file(upload)
    proposal = propose(workspace, [FoundFile(file, recognised(file), len(file.content))], unsure_too=True)
    found = [task for task in proposal.tasks if task.step is step]
    if not found:
        told = proposal.left[0][1] if proposal.left else proposal.tasks[0].step.title
        st.warning(
            f"This does not look like a file of {step.title}. It is: {escape(told)}. If you are sure, add it on Data."
        )
    return found


def _ask_district(workspace: Workspace) -> str:
    return st.text_input(
        "The district's name or code, as ONS writes it", value=workspace.scenario.name, key="set_up_ons_name"
    ).strip()


def _fetch_option(step: Step) -> str:
    return f"Fetch from {step.publisher}" if step.asked else ""


def _key(step: Step) -> str:
    return f"set_up_how_{step.topic}"
