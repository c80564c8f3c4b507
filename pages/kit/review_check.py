"""Check a pack that somebody hands over: an upload, and what was found of every part of it."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.review.workspace import Workspace
from layers.pack.verify import Verdict, verify_bundle
from pages.kit import frame, jobs, tables
from pages.kit.words import escape

_JOB: Final = "review_checking"
_FOUND: Final = "review_verdict"
_STATE: Final = {"same": "The same", "differs": "Differs", "not compared": "Could not be compared"}
_Holder = dict[str, Verdict]


def ask_check(workspace: Workspace) -> None:
    """Ask for a pack and say whether it is what its frozen numbers give."""
    upload = st.file_uploader("A pack (the whole zip, up to 50 MB)", type=["zip"], key="review_pack_file")
    ask_source = st.checkbox("Ask the records of this workspace too", value=True)
    if st.button("Check it", disabled=upload is None) and upload is not None:
        _start(upload.getvalue(), workspace if ask_source else None)
    with frame.calm_errors():
        jobs.follow(_JOB)
    found: _Holder = st.session_state.get(_FOUND, {})
    if "verdict" in found:
        show_verdict(found["verdict"])


def show_verdict(found: Verdict) -> None:
    """Show what was found."""
    st.markdown(f"**{escape(found.title)}**")
    tell = st.success if found.same else st.error if found.of("differs") else st.warning
    tell(escape(found.sentence))
    for sentence in found.source:
        st.markdown(f"- {escape(sentence)}")
    st.caption(f"Digest of the frozen numbers, as the report prints it: {found.digest}. {found.care}")
    tables.show_table(verdict_table(found), about="What was found of every part of the pack")


def verdict_table(found: Verdict) -> pd.DataFrame:
    """Lay the findings out, what differs first."""
    ordered = [one for state in ("differs", "not compared", "same") for one in found.of(state)]
    return pd.DataFrame(
        {
            "Part": [one.name for one in ordered],
            "Found": [_STATE[one.state] for one in ordered],
            "In words": [one.told for one in ordered],
        },
        dtype="str",
    )


def _start(content: bytes, workspace: Workspace | None) -> None:
    holder: _Holder = {}
    st.session_state[_FOUND] = holder

    def work(tell: jobs.Tell) -> str:
        holder["verdict"] = verify_bundle(content, workspace=workspace, progress=tell)
        return "checked"

    jobs.start(_JOB, work, first="Reading the pack")
