"""Open a workspace, or set up a new one."""

from pathlib import Path

import streamlit as st

from geo.places.postcode import Postcode
from geo.review.workspace import Workspace
from layers.boundaries import district_called, read_area_file
from layers.sample import open_sample
from pages.kit import frame, session, uploads
from pages.kit.words import escape

_BOUNDARY_FILES = ["geojson", "json", "gpkg", "zip"]


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


def show_new_form() -> None:
    """Ask for name, boundary, office and folder; make the workspace and turn to it."""
    with st.form("new_workspace", border=False):
        name = st.text_input("Name of the district", placeholder="Test Valley")
        boundary = st.file_uploader(
            "Boundary: a file of the district, or of its wards or census areas, which are joined into one; of a file"
            " of several districts, the one named above is taken",
            type=_BOUNDARY_FILES,
        )
        office = st.text_input("Postcode of the council's office (may stay empty)")
        folder = st.text_input("New folder for the workspace", placeholder="C:\\Housing\\Test Valley")
        if not st.form_submit_button("Set up"):
            return
        if not name.strip() or boundary is None or not folder.strip():
            st.warning("Give a name, a boundary file and a new folder first.")
            return
        with frame.calm_errors():
            found = read_area_file(uploads.source_file(boundary))
            made = Workspace.create(
                Path(folder.strip()),
                name=name.strip(),
                boundary=district_called(found, name.strip()),
                boundary_edition=found.edition("boundary", today=session.today()),
                office_postcode=str(Postcode.parse(office)) if office.strip() else "",
                signer=session.signer(),
            )
            session.choose_workspace(made.root)
            st.rerun()


def _turn_to(folder: Path) -> None:
    with frame.calm_errors():
        session.choose_workspace(folder)
        st.rerun()
