"""The steps by which a file of referrals comes in: look, confirm, check, keep; all in memory until it is kept."""

from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo.review.columns import FIELDS, REQUIRED
from geo.review.feeds import Feed
from geo.review.intake import Intake, IntakeOptions, Preview, keep, preview_file, take_in
from geo.review.presets.preset import Preset
from geo.review.workspace import Workspace
from geo.schema import ADDRESS_KINDS, DATE_KINDS
from pages.kit import presets, session, uploads
from pages.kit.tables import show_table
from pages.kit.words import ADDRESS_KIND, DATE_KIND, FIELD, escape, plural

FILE_TYPES: Final = ["csv", "tsv", "txt", "xlsx"]
_NEW_SOURCE: Final = "A new source"
_NOT_THERE: Final = "Not in this file"
_ROUND, _PREVIEW, _CHECKED, _DONE = "intake_round", "intake_preview", "intake_checked", "intake_done"


def ask_file() -> UploadedFile | None:
    """Ask for the file; each file kept starts a fresh round."""
    uploads.keep_uploads_in_memory()  # once more, should this page ever be served past app.py
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(done)
    return st.file_uploader(
        "File of approaches and referrals (CSV or Excel, up to 50 MB)",
        type=FILE_TYPES,
        key=f"intake_file_{st.session_state.get(_ROUND, 0)}",
        help="It stays in this machine's memory while you look at it. Nothing is kept before you press Keep.",
    )


def ask_source(workspace: Workspace) -> tuple[str, Feed | None]:
    """Ask who the file is from; a known source brings its mapping along."""
    known = {feed.name: feed for feed in workspace.feeds()}
    chosen = st.selectbox(
        "Who is the file from?",
        [*known, _NEW_SOURCE],
        index=None if known else 0,
        placeholder="Choose, so that no partner's file is taken for another's",
        help="Each source's columns are remembered for its next file.",
    )
    if chosen is None:
        return "", None
    if chosen in known:
        return chosen, known[chosen]
    return st.text_input("Name of the new source", placeholder="Citizens Advice"), None


def look_at(upload: UploadedFile, feed: Feed | None, preset: Preset | None = None) -> Preview:
    """Read the first rows and propose which column is what; read once for each file, sheet and preset."""
    first = _read(upload, "", feed.columns if feed else {})
    sheet = st.selectbox("Sheet", first.sheets) if len(first.sheets) > 1 else first.sheet
    seen = first if sheet == first.sheet else _read(upload, sheet, feed.columns if feed else {})
    if preset is None:
        return seen
    presets.show_use(preset, seen)
    return _read(upload, sheet, presets.preferred(preset, feed, seen))


def ask_options(preview: Preview, feed: Feed | None, preset: Preset | None = None) -> IntakeOptions:
    """Ask which column is what, and which kind of address and date the file holds."""
    st.markdown("**Which column is what?** The planner proposes; please check. Only these are kept.")
    if preview.unclear:
        unclear = " and ".join(FIELD[field].lower() for field in preview.unclear)
        st.warning(f"Please choose the column of the {unclear}.")
    mapping = {}
    for pair in zip(FIELDS[::2], FIELDS[1::2], strict=True):  # a row a pair, so that a narrow screen keeps the order
        for place, field in zip(st.columns(2), pair, strict=True):
            known = f"{feed.name if feed else ''} {preset.name if preset else ''}"
            mapping[field] = _ask_column(place, field, preview, known_by=known)
    _show_unused(preview, mapping)
    left, right = st.columns(2)
    address = _ask_kind(
        left, "Which address does the file hold?", ADDRESS_KIND, ADDRESS_KINDS, feed.address_kind if feed else ""
    )
    day = _ask_kind(right, "Which date does the file hold?", DATE_KIND, DATE_KINDS, feed.date_kind if feed else "")
    meanings = presets.meanings_of(preset)
    return IntakeOptions(mapping, preview.sheet, address_kind=address, date_kind=day, meanings=meanings)


def show_preview(preview: Preview) -> None:
    """Show the first rows as they stand in the file."""
    with st.expander(f"First rows of {plural(preview.row_count, 'row')} ({preview.layout})"):
        show_table(preview.rows, about="First rows of the file")


def check(workspace: Workspace, upload: UploadedFile, *, source: str, options: IntakeOptions) -> Intake | None:
    """Check the file when asked to; give the result for as long as nothing is changed."""
    asked = (upload.file_id, str(workspace.root), source, repr(options))
    missing = " and ".join(FIELD[field].lower() for field in REQUIRED if not options.columns[field])
    if st.button(
        "Check the file", type="primary", disabled=bool(missing), help=missing and f"Choose the {missing} first."
    ):
        bar = st.progress(0.0, "Reading the file")

        def tell(step: str, done: float) -> None:
            bar.progress(done, step)

        found = take_in(
            workspace,
            upload.getvalue(),
            file_name=upload.name,
            feed=source,
            today=session.today(),
            options=options,
            progress=tell,
        )
        bar.empty()
        st.session_state[_CHECKED] = (asked, found)
    signed, result = st.session_state.get(_CHECKED, (None, None))
    return result if signed == asked else None


def offer_to_keep(workspace: Workspace, checked: Intake) -> None:
    """Keep the checked file when asked to, forget the upload and start a fresh round."""
    if session.is_sample(workspace):
        st.info(
            "The sample district keeps no files. Set up a workspace of your own on the Start page to keep this one."
        )
        return
    if st.button("Keep these records", type="primary"):
        with st.spinner("Keeping the records"):
            report = keep(workspace, checked)
        start_afresh(
            f"Kept. {escape(report.feed)}: {plural(report.added, 'new record')}, {report.updated} updated,"
            f" {report.unchanged} unchanged."
        )


def start_afresh(done: str) -> None:
    """Forget the upload, say what was done, and ask for the next file."""
    for name in (_CHECKED, _PREVIEW):
        st.session_state.pop(name, None)
    uploads.drop_uploads()
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_DONE] = done
    st.rerun()


def _show_unused(preview: Preview, mapping: dict[str, str]) -> None:
    """Name the columns that nothing is taken from: a reference may be among them under a name of its own."""
    unused = [column for column in preview.columns if column not in mapping.values()]
    if unused:
        st.caption(f"Columns that will be dropped: {', '.join(map(escape, unused))}.")
    if not mapping["referral_id"] or not mapping["household_ref"]:
        st.caption(
            "If one of them is your case number or the household's number, choose it above. The record reference lets a"
            " newer file update its rows instead of adding them again; the household reference lets a household that"
            " came twice count once."
        )


def _read(upload: UploadedFile, sheet: str, remembered: dict[str, str]) -> Preview:
    asked = (upload.file_id, sheet, repr(remembered))
    kept: dict[object, Preview] = st.session_state.setdefault(_PREVIEW, {})
    if asked not in kept:
        with st.spinner("Reading the file"):
            kept[asked] = preview_file(upload.getvalue(), file_name=upload.name, sheet=sheet, remembered=remembered)
    return kept[asked]


def _ask_column(place: st.delta_generator.DeltaGenerator, field: str, preview: Preview, *, known_by: str) -> str:
    needed = field in REQUIRED
    proposed = preview.mapping.get(field, "")
    choices = ["", *preview.columns]
    return place.selectbox(
        FIELD[field] + (" (needed)" if needed else ""),
        choices,
        index=choices.index(proposed),
        format_func=lambda column: column or _NOT_THERE,
        key=f"column {field} {preview.file_name} {preview.sheet} {known_by}",
    )


def _ask_kind(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    words: dict[str, str],
    kinds: tuple[str, ...],
    last: str,
) -> str:
    start = kinds.index(last) if last in kinds else len(kinds) - 1
    return place.selectbox(label, kinds, index=start, format_func=words.__getitem__)
