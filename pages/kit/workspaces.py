"""Open a workspace: one opened before, the sample, or one in a folder."""

from pathlib import Path

import streamlit as st

from layers.sample import open_sample
from pages.kit import frame, session
from pages.kit.words import escape


def show_open_form() -> None:
    """Offer the workspaces opened before and the sample, ask for a folder, and turn this browser tab to it."""
    for known in session.opened_before():
        if st.button(f"Open {escape(str(known))}", key=f"open {known}"):
            _turn_to(known)
    if st.button("Open the fictional sample district"):
        _turn_to(open_sample(today=session.today()).root)
    with st.form("open_workspace", border=False):
        folder = st.text_input("Folder of the workspace", placeholder="C:\\Housing\\Test Valley")
        if st.form_submit_button("Open") and folder.strip():
            _turn_to(Path(folder.strip()))


def _turn_to(folder: Path) -> None:
    with frame.calm_errors():
        session.choose_workspace(folder)
        st.rerun()
