"""Choose a preset for a file of referrals, and take the confirmed mapping away as one."""

from typing import Final

import streamlit as st

from geo.review.feeds import Feed
from geo.review.intake import IntakeOptions, Preview
from geo.review.presets.files import parse_preset, write_preset
from geo.review.presets.meanings import read_meanings
from geo.review.presets.preset import Meanings, Preset
from geo.review.presets.shipped import shipped_presets
from geo.review.presets.using import columns_for, missing_from, preset_of
from geo.review.workspace import Workspace
from pages.kit.tables import Download, show_downloads
from pages.kit.words import FIELD, escape

_NONE: Final = "No preset"
_FILE: Final = "A file from another council"


def ask_preset() -> Preset | None:
    """Offer the presets that come with the planner, and a file that somebody gave."""
    known = shipped_presets()
    with st.expander("Use a preset"):
        st.caption("A preset says which column is what. It holds names of columns and meanings of codes, never data.")
        chosen = st.selectbox("Preset", [_NONE, *known, _FILE])
        if chosen == _FILE:
            given = st.file_uploader("Preset (a small .toml file)", type=["toml"])
            return _told(parse_preset(given.getvalue(), file_name=given.name)) if given is not None else None
        return _told(known[chosen]) if chosen != _NONE else None


def show_use(preset: Preset, preview: Preview) -> None:
    """Say which fields of a preset the file has no column for."""
    missing = missing_from(preset, preview.columns)
    if len(missing) == len(preset.columns):
        st.warning("The file has none of the columns that this preset looks for; is it the right one?")
    elif missing:
        st.info(f"The preset knows no column of this file for: {', '.join(FIELD[field].lower() for field in missing)}.")


def preferred(preset: Preset | None, feed: Feed | None, preview: Preview) -> dict[str, str]:
    """Say which columns to propose: the preset's first, then those of the last file of this source."""
    return {**(feed.columns if feed else {}), **(columns_for(preset, preview.columns) if preset else {})}


def meanings_of(preset: Preset | None) -> Meanings | None:
    """Say what values mean; None leaves it as it was for the last file of this source."""
    return preset.meanings if preset else None


def offer_mapping(workspace: Workspace, source: str, options: IntakeOptions) -> None:
    """Offer the mapping as a small file for another council."""
    if not source:
        return

    def make() -> bytes:
        said = options.meanings
        meanings = read_meanings(workspace.store, source) if said is None else said
        used = {field: column for field, column in options.columns.items() if column}
        return write_preset(preset_of(source, used, meanings))

    show_downloads([Download("Save this mapping as a file", "preset.toml", "application/toml", make)])


def _told(preset: Preset) -> Preset:
    if preset.about:
        st.markdown(escape(preset.about))
    for one in preset.sources:
        st.caption(escape(f"Source: {one.title}. {one.publisher}, {one.date}."))
    if preset.unverified:
        st.caption(
            f"Not verified: {', '.join(FIELD[field].lower() for field in preset.unverified)}. Please check them."
        )
    for field, values in preset.meanings.items():
        said = "; ".join(f"{written} means {meaning}" for written, meaning in values.items())
        st.caption(escape(f"{FIELD[field]}: {said}."))
    return preset
