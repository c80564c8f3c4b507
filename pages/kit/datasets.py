"""What is loaded, and the forms that add to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.editions import Dataset, Edition
from geo.review.edition_checks import Trust
from geo.review.gazetteer_renewal import Renewed, renew_gazetteer
from geo.review.institutions import institution_counts
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.additions import add_institutions, add_layer
from layers.boundaries import read_area_file
from layers.census import districts_in
from layers.sample import told_editions
from layers.source_file import SourceFile
from layers.streets import add_streets
from layers.timetable import add_timetable
from pages.kit import access, doubts, frame, jobs, session, uploads
from pages.kit.tables import show_table
from pages.kit.words import DATASET, INSTITUTION, escape, plural

INSTITUTIONS: Final = "institutions"
POSTCODES: Final = "gazetteer"
BOUNDARY: Final = "boundary"
CENSUS: Final = "census"
TIMETABLE: Final = "timetable"
STREETS: Final = "streets"
OSM_SITES: Final = "osm_sites"
_ROUND, _DONE, _JOB, _FILE = "data_round", "data_done", "data_job", "data_asked_file"

_LONG: Final = "Reading the postcode file; the whole of Great Britain takes one or two minutes"

# What an officer needs to know of each kind of file: what it is, and where councils get it.
HELP: Final[dict[str, str]] = {
    "gazetteer": "OS Code-Point Open, ONSPD or NSPL: zip, CSV or folder. Older editions are welcome beside the new one:"
    " they tell where postcodes were that have ended.",
    "boundary": "The district, or the wards or census areas that make it up: GeoJSON, GeoPackage or zipped shapefile.",
    "wards": "ONS wards or your own: GeoJSON, GeoPackage or zipped shapefile.",
    "lsoa": "ONS census areas (LSOA): GeoJSON, GeoPackage or zipped shapefile.",
    "areas": "Any named areas, such as parishes: GeoJSON, GeoPackage or zipped shapefile.",
    "households": "A table of people and homes by postcode or by LSOA: CSV or Excel.",
    "census": "People by age: table TS007 of Census 2021 from Nomis (zip or CSV), or your own table with field, group"
    " and people: CSV or Excel. Only to see whether all groups are reached.",
    "deprivation": "The government's Indices of Deprivation, File 7, of 2025 or 2019: CSV, zip or Excel. Add the census"
    " areas (LSOA) first; the two must be of the same census.",
    "gp_surgeries": "NHS ODS epraccur or ebranchs: CSV or zip.",
    "food_banks": "Give Food's list: CSV.",
    "sites": "Your own table with name, category and postcode, or the Arts Council's list of libraries: CSV or Excel."
    " Refuges and other safe accommodation are never taken in.",
    "osm_sites": "Halls, community centres, places of worship and libraries as OpenStreetMap has them: .osm or .osm.pbf"
    " of your county (from Geofabrik, say). Refuges and other safe accommodation are never taken in.",
    "institutions": "Your own table with postcode and kind (prison, hospital, hostel, council office, temporary"
    " accommodation, agency): CSV or Excel. Only a scrambled form of each postcode is kept.",
    "land": "Land areas, for a district by the sea: GeoJSON, GeoPackage or zipped shapefile.",
    "water": "Rivers and lakes: GeoJSON, GeoPackage or zipped shapefile.",
    "roads": "Roads: GeoJSON, GeoPackage or zipped shapefile.",
    "settlements": "Names of towns and villages, as points: GeoJSON, GeoPackage or zipped shapefile.",
    "streets": "Streets that journeys are measured along, as OpenStreetMap gives them: .osm or .osm.pbf of your county"
    " (from Geofabrik, say), or GraphML. Only those in and near the district are kept.",
    "timetable": "A bus timetable in GTFS: zip, of your area or of the whole country, as the Bus Open Data Service"
    " publishes it. Local buses in and near the district are kept; coaches and trains are left out.",
}
_NAMES: Final = {str(name): words for name, words in DATASET.items()} | {INSTITUTIONS: "Institutions"}


def show_loaded(workspace: Workspace) -> None:
    """List every data set with its edition, licence, day and rows."""
    editions = told_editions(workspace)
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
    for line in dict.fromkeys(edition.attribution for edition in told_editions(workspace) if edition.attribution):
        st.markdown(f"- {escape(line)}")


def show_add_form(workspace: Workspace) -> None:
    """Ask for a kind of file and the file, and add it."""
    with frame.calm_errors(), doubts.asked_of(st.session_state.get(_FILE, "")):  # the form stays in sight below
        said = jobs.follow(_JOB)
        if said is not None:
            _finish([said])
    for number, said in enumerate(st.session_state.pop(_DONE, [])):
        (st.warning if number else st.success)(said)
    kind = st.selectbox("What do you want to add?", list(HELP), format_func=_NAMES.__getitem__)
    st.caption(HELP[kind])
    upload = st.file_uploader("File (up to 50 MB)", key=f"data_file_{st.session_state.get(_ROUND, 0)}_{kind}")
    path = _ask_path(kind)
    only = _ask_district(workspace, kind, upload) if upload is not None else ""
    file = f"{kind} {upload.file_id if upload else path.strip()}"
    trust = doubts.ask(file)
    if not st.button("Add", type="primary"):
        return
    if upload is None and not path.strip():
        st.warning("Choose a file first.")
    elif kind == POSTCODES:
        _start(file, _adding_postcodes(workspace, upload, path.strip(), trust), first=_LONG)
    elif upload is None:
        _start(file, _adding_large(workspace, kind, path.strip(), trust), first="Reading the file")
    else:
        with doubts.asked_of(file):
            _finish(_add(workspace, kind, uploads.source_file(upload), only, trust))


def _start(file: str, work: jobs.Work, *, first: str) -> None:
    st.session_state[_FILE] = file
    jobs.start(_JOB, work, first=first)
    st.rerun()


def _ask_path(kind: str) -> str:
    """Ask where a file too large to upload is; not on a server, where it would be the server's own disk."""
    if kind not in {POSTCODES, TIMETABLE, STREETS, OSM_SITES} or access.on_server():
        return ""
    return st.text_input("Or where it is on this computer", key=f"data_path_{kind}")


def _ask_district(workspace: Workspace, kind: str, upload: UploadedFile) -> str:
    """Ask which district is meant where a file holds several; the workspace's own name is proposed."""
    names = _districts(kind, uploads.source_file(upload))
    if len(names) < 2:  # noqa: PLR2004 - one district needs no choice
        return ""
    own = workspace.scenario.name
    return (
        st.selectbox(
            f"The file holds {len(names)} districts. Which is yours?",
            names,
            index=names.index(own) if own in names else None,
            placeholder="Choose your district",
        )
        or ""
    )


def _districts(kind: str, file: SourceFile) -> list[str]:
    if kind == CENSUS:
        return districts_in(file)
    found = read_area_file(file) if kind == BOUNDARY else None
    return sorted(found.areas["name"]) if found is not None and found.kind == BOUNDARY else []


def _add(workspace: Workspace, kind: str, file: SourceFile, only: str, trust: Trust) -> list[str]:
    with st.spinner("Reading the file"):
        if kind == INSTITUTIONS:
            read = add_institutions(workspace, file)
            return [f"{plural(read, 'institution')} read. Add the exports of earlier records again to mark them."]
        added = add_layer(workspace, file, _dataset(kind), today=session.today(), only=only, trust=trust)
        return [_said(added.edition), *map(escape, added.warnings)]


def _adding_postcodes(workspace: Workspace, upload: UploadedFile | None, path: str, trust: Trust) -> jobs.Work:
    """Prepare the reading of a postcode file, which goes on if the officer looks at another page meanwhile."""
    today = session.today()

    def work(tell: Callable[[str, float], None]) -> str:
        if upload is None:
            return _renewed(renew_gazetteer(workspace, [Path(path)], today=today, trust=trust, progress=tell))
        with uploads.on_disk(upload) as file:
            return _renewed(renew_gazetteer(workspace, [file], today=today, trust=trust, progress=tell))

    return work


def _renewed(done: Renewed) -> str:
    return " ".join([_said(done.gazetteer.editions()[-1]), *map(escape, done.remarks)])


def _adding_large(workspace: Workspace, kind: str, path: str, trust: Trust) -> jobs.Work:
    """Prepare the reading of a timetable, of streets or of a map too large to upload."""
    today = session.today()

    def work(tell: Callable[[str, float], None]) -> str:
        if kind == TIMETABLE:
            added = add_timetable(workspace, Path(path), today=today)
        elif kind == OSM_SITES:
            added = add_sites(workspace, Path(path), kind="sites", today=today, trust=trust)
        else:
            added = add_streets(workspace, Path(path), today=today, progress=tell)
        return " ".join([_said(added.edition), *map(escape, added.warnings)])

    return work


def _finish(said: list[str]) -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = said
    st.rerun()


def _said(edition: Edition) -> str:
    name = " ".join(part for part in (edition.title, edition.edition) if part)
    return f"Added: {escape(name)}, {plural(edition.rows, 'row')}. {escape(edition.note)}"


def _dataset(kind: str) -> Dataset:
    return next(name for name in DATASET if name == kind)
