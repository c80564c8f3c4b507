"""First step of a set-up: the district by name, its boundary, and the folder that will hold its workspace."""

from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.review.folder_warnings import folder_warnings
from layers.boundaries import AreaFile, read_area_file
from layers.fetched_areas import District
from layers.nearest_names import nearest_names
from layers.set_up_district import (
    Chosen,
    district_in,
    english_districts,
    fetched_district,
    make_district,
    several_districts,
)
from pages.kit import frame, session, uploads
from pages.kit.set_up_terms import terms
from pages.kit.words import escape

BOUNDARY_FILES: Final = ["geojson", "json", "gpkg", "zip"]
FROM_FILE: Final = "I have a file of it"
FROM_ONS: Final = "Fetch it from ONS"
_LIST, _READ = "set_up_districts", "set_up_boundary"


def show_district_step() -> None:
    """Ask for name, boundary, office and folder; make the workspace and turn to it."""
    st.markdown(
        "**Step 1 of 3: which district?** Step 2 brings in its postcodes, wards, surgeries and more; step 3 shows them"
        " on the map. You can stop at any time and go on another day."
    )
    name = st.text_input("Name of the district", placeholder="Test Valley", key="set_up_name")
    way = st.radio("Its boundary", [FROM_FILE, FROM_ONS], horizontal=True, key="set_up_way")
    source = None
    with frame.calm_errors():  # the rest of the form stays in sight below what went wrong
        source = _ask_file(name) if way == FROM_FILE else _ask_ons(name)
    with frame.calm_errors():
        office = st.text_input("Postcode of the council's office (may stay empty)", key="set_up_office")
        folder = _ask_folder()
        if st.button("Set up", type="primary"):
            _make(source, folder, office)


def _ask_folder() -> str:
    folder = st.text_input(
        "New folder for the workspace",
        placeholder="C:\\Housing\\Test Valley",
        help="It holds everything the planner keeps. Best is a folder of this machine's own disk that only you open.",
        key="set_up_folder",
    ).strip()
    for warning in folder_warnings(Path(folder)) if folder else ():
        st.warning(warning)
    return folder


def _make(source: AreaFile | District | None, folder: str, office: str) -> None:
    name = st.session_state.get("set_up_chosen", "")
    if source is None or not name or not folder:
        st.warning("Give a name, a boundary and a new folder first.")
        return
    with st.spinner("Setting up the district"):
        made = make_district(Path(folder), _chosen(source, name), office=office, signer=session.signer())
    for key in (_LIST, _READ, "set_up_chosen"):
        st.session_state.pop(key, None)
    session.choose_workspace(made.root)
    st.rerun()


def _chosen(source: AreaFile | District, name: str) -> Chosen:
    if isinstance(source, District):
        request = terms().request
        return fetched_district(request.endpoints, request.means, source)
    return district_in(source, name, today=session.today())


def _ask_file(name: str) -> AreaFile | None:
    """Ask for a file; where it holds several districts and none of the name typed, offer those that come near first."""
    upload = st.file_uploader(
        "Boundary file: of the district, or of its wards or census areas, which are joined into one; or of several"
        " districts",
        type=BOUNDARY_FILES,
        key="set_up_file",
    )
    found = _read(upload) if upload is not None else None
    names = several_districts(found) if found else []
    st.session_state["set_up_chosen"] = (
        _one_of(names, name, f"The file holds {len(names)} districts") if names else name
    )
    return found


def _read(upload: UploadedFile) -> AreaFile:
    """Read the file once, not at every click."""
    kept: tuple[str, AreaFile] | None = st.session_state.get(_READ)
    if kept is None or kept[0] != upload.file_id:
        with st.spinner("Reading the file"):
            kept = (upload.file_id, read_area_file(uploads.source_file(upload)))
        st.session_state[_READ] = kept
    return kept[1]


def _ask_ons(name: str) -> District | None:
    """Ask ONS for its list, only when the button is pressed, and find the name in it."""
    st.caption(
        "The button asks `www.arcgis.com`, where ONS keeps its boundaries, for the list of English districts; *Set up*"
        " then asks for the boundary of yours. Nothing else leaves this machine."
    )
    if st.button("Fetch the list of districts"):
        request = terms().request
        with st.spinner("Asking ONS"):
            st.session_state[_LIST] = english_districts(request.endpoints, request.means)
    listed: list[District] = st.session_state.get(_LIST, [])
    if not listed:
        return None
    chosen = _one_of([one.name for one in listed], name, f"ONS lists {len(listed)} districts")
    st.session_state["set_up_chosen"] = chosen
    found = next((one for one in listed if one.name == chosen), None)
    if found:
        st.success(f"ONS knows **{escape(found.name)}** ({found.code}).")
    return found


def _one_of(names: list[str], typed: str, held: str) -> str:
    """Take the name typed where it is one of those; else let the reader choose, the nearest first."""
    own = next((one for one in names if one.casefold() == " ".join(typed.split()).casefold()), "")
    if own:
        return own
    near = nearest_names(names, typed) if typed.strip() else []
    said = (
        f"{held}, but none called '{escape(typed)}'. Which is yours?" if typed.strip() else f"{held}. Which is yours?"
    )
    others = sorted(set(names) - set(near))
    if near:
        said += f" The nearest: {', '.join(map(escape, near))}."
    return st.selectbox(said, [*near, *others], index=None, placeholder="Choose your district") or ""
