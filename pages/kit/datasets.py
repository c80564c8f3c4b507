"""What is loaded, and the forms that add to it."""

from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.editions import Dataset, Edition
from geo.review.institutions import institution_counts
from geo.review.workspace import Workspace
from layers.additions import add_gazetteer, add_institutions, add_layer
from pages.kit import session, uploads
from pages.kit.tables import show_table
from pages.kit.words import DATASET, INSTITUTION, escape, plural

INSTITUTIONS: Final = "institutions"
POSTCODES: Final = "gazetteer"
_ROUND, _DONE = "data_round", "data_done"

# What an officer needs to know of each kind of file: what it is, and where councils get it.
HELP: Final[dict[str, str]] = {
    "gazetteer": "OS Code-Point Open, ONSPD or NSPL: zip, CSV or folder. Older editions are welcome beside the new one:"
    " they tell where postcodes were that have ended.",
    "boundary": "The district, or the wards or census areas that make it up: GeoJSON, GeoPackage or zipped shapefile.",
    "wards": "ONS wards or your own: GeoJSON, GeoPackage or zipped shapefile.",
    "lsoa": "ONS census areas (LSOA): GeoJSON, GeoPackage or zipped shapefile.",
    "areas": "Any named areas, such as parishes: GeoJSON, GeoPackage or zipped shapefile.",
    "households": "A table of people and homes by postcode or by LSOA: CSV or Excel.",
    "gp_surgeries": "NHS ODS epraccur or ebranchs: CSV or zip.",
    "food_banks": "Give Food's list: CSV.",
    "sites": "Your own table with name, category and postcode, or the Arts Council's list of libraries: CSV or Excel."
    " Refuges and other safe accommodation are never taken in.",
    "institutions": "Your own table with postcode and kind (prison, hospital, hostel, council office, temporary"
    " accommodation, agency): CSV or Excel. Only a scrambled form of each postcode is kept.",
    "land": "Land areas, for a district by the sea: GeoJSON, GeoPackage or zipped shapefile.",
    "water": "Rivers and lakes: GeoJSON, GeoPackage or zipped shapefile.",
    "roads": "Roads: GeoJSON, GeoPackage or zipped shapefile.",
    "settlements": "Names of towns and villages, as points: GeoJSON, GeoPackage or zipped shapefile.",
}
_NAMES: Final = {str(name): words for name, words in DATASET.items()} | {INSTITUTIONS: "Institutions"}


def show_loaded(workspace: Workspace) -> None:
    """List every data set with its edition, licence, day and rows."""
    editions = workspace.editions()
    show_table(
        pd.DataFrame(
            {
                "What": [DATASET[edition.dataset] for edition in editions],
                "Source": [edition.title for edition in editions],
                "Edition": [edition.edition for edition in editions],
                "Rows": [edition.rows for edition in editions],
                "Added": [edition.added for edition in editions],
                "Licence": [edition.licence for edition in editions],
                "File": [edition.file_name for edition in editions],
                "To know": [edition.note for edition in editions],
            }
        ),
        about="Every data set with its edition and licence",
    )
    listed = institution_counts(workspace)
    words = ", ".join(f"{INSTITUTION.get(kind, kind).lower()} {count}" for kind, count in listed.items())
    st.markdown(f"**Institutions:** {words}." if listed else "**Institutions:** no list yet.")


def show_attributions(workspace: Workspace) -> None:
    """Give the lines that licences ask for, for use in papers and reports."""
    for line in dict.fromkeys(edition.attribution for edition in workspace.editions() if edition.attribution):
        st.markdown(f"- {escape(line)}")


def show_add_form(workspace: Workspace) -> None:
    """Ask for a kind of file and the file, and add it."""
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(done)
    kind = st.selectbox("What do you want to add?", list(HELP), format_func=_NAMES.__getitem__)
    st.caption(HELP[kind])
    upload = st.file_uploader("File (up to 50 MB)", key=f"data_file_{st.session_state.get(_ROUND, 0)}_{kind}")
    path = st.text_input("Or where it is on this computer", key=f"data_path_{kind}") if kind == POSTCODES else ""
    if not st.button("Add", type="primary"):
        return
    if upload is None and not path.strip():
        st.warning("Choose a file first.")
        return
    _finish(_add(workspace, kind, upload, path.strip()))


def _add(workspace: Workspace, kind: str, upload: UploadedFile | None, path: str) -> str:
    if kind == POSTCODES:
        return _add_postcodes(workspace, upload, path)
    if upload is None:
        return ""
    with st.spinner("Reading the file"):
        if kind == INSTITUTIONS:
            read = add_institutions(workspace, uploads.source_file(upload))
            return f"{plural(read, 'institution')} read. Add the exports of earlier records again to mark them."
        return _said(add_layer(workspace, uploads.source_file(upload), _dataset(kind), today=session.today()))


def _add_postcodes(workspace: Workspace, upload: UploadedFile | None, path: str) -> str:
    bar = st.progress(0.0, "Reading the postcode file; the whole of Great Britain takes about half a minute")

    def tell(step: str, share: float) -> None:
        bar.progress(min(share, 1.0), step)

    if upload is None:
        editions = add_gazetteer(workspace, [Path(path)], today=session.today(), progress=tell)
    else:
        with uploads.on_disk(upload) as file:
            editions = add_gazetteer(workspace, [file], today=session.today(), progress=tell)
    return _said(editions[-1])


def _finish(said: str) -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = said
    st.rerun()


def _said(edition: Edition) -> str:
    name = " ".join(part for part in (edition.title, edition.edition) if part)
    return f"Added: {escape(name)}, {plural(edition.rows, 'row')}. {escape(edition.note)}"


def _dataset(kind: str) -> Dataset:
    return next(name for name in DATASET if name == kind)
