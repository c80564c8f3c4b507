"""Take an export in: look at it, check and classify every row, and keep it in one transaction.

The content is held in memory only. What leaves this file is what `geo.schema.RECORDS` says and nothing else.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from geo.errors import BadInputError, PlannerError, WorkspaceError
from geo.review.agreements import require_agreed
from geo.review.audit import append_line
from geo.review.columns import REQUIRED, propose, suggest
from geo.review.feeds import Feed, feed_name
from geo.review.finest import keeps_finest, settle_finest, without_finest
from geo.review.ledger import compare, kept_of_feed, write_feed, write_import, write_rows
from geo.review.notes import notes_for
from geo.review.presets.meanings import read_meanings, write_meanings
from geo.review.presets.preset import Meanings
from geo.review.records import count_flags, count_statuses
from geo.review.report import Report, count_by_period
from geo.review.rows import Export, MadeRows, make_rows
from geo.review.tables import Table, load_bytes, read_table
from geo.review.workspace import Workspace
from geo.schema import ADDRESS_KINDS, DATE_KINDS

PREVIEW_ROWS: Final = 8
_OWN_CODE: Final = Path(__file__).parents[1]
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class IntakeOptions:
    """What the officer says about a file.

    Attributes
    ----------
    columns
        Field to column name, where the proposal is not right; "" leaves a field out.
    sheet
        Sheet of a workbook; "" is the first.
    address_kind, date_kind
        As in `geo.schema.ADDRESS_KINDS` and `DATE_KINDS`; "" is what the feed held last time, else "not_stated".
    meanings
        What values mean, where the system writes codes; None is what was said last time.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    address_kind: str = ""
    date_kind: str = ""
    meanings: Meanings | None = None


@dataclass(frozen=True)
class Preview:
    """The first look at a file, in memory only: what an officer confirms the mapping by.

    Attributes
    ----------
    rows
        The first rows, as written.
    row_count
        Records in the file.
    mapping
        Field to column, as proposed; the date or the postcode is left out where more than one could be it.
    unclear
        Fields the officer must choose a column for.
    """

    file_name: str
    layout: str
    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[str, ...]
    rows: pd.DataFrame
    row_count: int
    mapping: dict[str, str]
    unclear: tuple[str, ...]


@dataclass(frozen=True)
class Intake:
    """A file that was checked and classified, and not kept yet.

    Attributes
    ----------
    file_name
        As the officer knows it; in memory only.
    records
        RECORDS table of every row of the file.
    report
        What became of the rows, and what keeping them would change.
    remembered
        The mapping to remember for the feed; "" for fields left out.
    day
        The day of the import.
    meanings
        What values mean, to remember for the feed.
    """

    file_name: str
    records: pd.DataFrame
    report: Report
    remembered: dict[str, str]
    day: date
    meanings: Meanings = field(default_factory=dict)


def preview_file(
    content: bytes | Path, *, file_name: str, sheet: str = "", remembered: Mapping[str, str] | None = None
) -> Preview:
    """Look at a file without keeping anything.

    Parameters
    ----------
    remembered
        The mapping of an earlier export of the feed; used where its columns are all there.

    Raises
    ------
    BadInputError
        It is not a table that can be read.
    """
    with unspoken():
        table = read_table(load_bytes(content), sheet=sheet)
        mapping = suggest(table.columns, preferred=_still_there(remembered or {}, table))
    unclear = tuple(field for field in REQUIRED if field not in mapping)
    first = _first_rows(table)
    shape = (table.columns, first, len(table.rows))
    return Preview(file_name, table.layout, table.sheets, table.sheet, *shape, mapping, unclear)


def take_in(  # noqa: PLR0913 - a screen and a command each say all of these
    workspace: Workspace,
    content: bytes | Path,
    *,
    file_name: str,
    feed: str,
    today: date,
    options: IntakeOptions | None = None,
    progress: Progress | None = None,
) -> Intake:
    """Check a file and give every row its status; nothing of it is kept yet, but a line of the audit log.

    Parameters
    ----------
    content
        The file's bytes, or where it is.
    feed
        The name its exports are added under, such as "Citizens Advice".
    today
        Later dates are refused.

    Raises
    ------
    BadInputError
        The file, its columns or the name cannot be used, or the feed's agreement is past.
    BadRowsError
        Dates of single rows cannot be used; the rows are named.
    MissingDataError
        The workspace has no gazetteer, or its key is not on this machine.
    """
    said, tell = options or IntakeOptions(), progress or (lambda _step, _share: None)
    with unspoken():
        tell("Reading the file", 0.0)
        export, earlier = _read_export(workspace, content, feed=feed, said=said)
        require_agreed(workspace, export.feed, today=today)
        tell("Placing every row", 0.3)
        made = make_rows(export, workspace=workspace, key=workspace.key(), today=today)
        tell("Comparing with what is kept", 0.9)
        report = _report(export, made, earlier, first_month=workspace.scenario.review_first_month)
        with workspace.store.reading() as connection:
            difference = compare(kept_of_feed(connection, export.feed), made.records)
        _note_check(workspace, report)
    tell("Checked", 1.0)
    remembered = _to_remember(export.mapping, said.columns, earlier)
    return Intake(file_name, made.records, report.with_difference(difference), remembered, today, export.meanings)


def keep(workspace: Workspace, intake: Intake) -> Report:
    """Keep a checked file in one transaction, compared anew with what is there at that moment.

    Raises
    ------
    WorkspaceError
        The folder cannot be written; nothing was kept.
    """
    feed = intake.report.feed
    settle_finest(workspace)
    records = intake.records if keeps_finest(workspace) else without_finest(intake.records)
    with unspoken(), workspace.store.writing() as connection:
        difference = compare(kept_of_feed(connection, feed), records)
        report = intake.report.with_difference(difference)
        write_rows(connection, difference.rows)
        kinds = (report.address_kind, report.date_kind)
        write_feed(connection, feed, kinds=kinds, columns=intake.remembered, day=intake.day)
        write_meanings(connection, feed, intake.meanings)
        write_import(connection, feed, day=intake.day, report=report.as_dict())
        counted = f"rows {report.rows:,}, new {report.added:,}, updated {report.updated:,}"
        append_line(connection, "import", f"{feed}: {counted}, same {report.unchanged:,}", signer=workspace.signer)
    return report


@contextmanager
def unspoken() -> Iterator[None]:
    """Keep a client's value out of an error nobody foresaw: its text is dropped, its place in the code is told."""
    try:
        yield
    except (PlannerError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - any text may quote a cell of the file
        message = f"The file could not be read to its end ({type(error).__name__} {_place(error)}); nothing was kept."
        raise PlannerError(message) from None


def _place(error: Exception) -> str:
    """Name the last line of the planner's own code that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _OWN_CODE in Path(frame.filename).parents]
    return f"in {Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""


def _read_export(
    workspace: Workspace, content: bytes | Path, *, feed: str, said: IntakeOptions
) -> tuple[Export, Feed | None]:
    known = workspace.feeds()
    name = feed_name(feed, known)
    earlier = next((one for one in known if one.name == name), None)
    table = read_table(load_bytes(content), sheet=said.sheet)
    meanings = read_meanings(workspace.store, name) if said.meanings is None else said.meanings
    return Export(table, _mapping(table, said.columns, earlier), name, _kinds(said, earlier), meanings), earlier


def _report(export: Export, made: MadeRows, earlier: Feed | None, *, first_month: int) -> Report:
    table, mapping = export.table, dict(export.mapping)
    return Report(
        feed=export.feed,
        layout=table.layout,
        rows=len(made.records),
        status=count_statuses(made.records),
        flags=count_flags(made.records),
        periods=count_by_period(made.records, first_month=first_month),
        columns=mapping,
        dropped=tuple(column for column in table.columns if column not in mapping.values()),
        folded=made.folded,
        address_kind=export.kinds[0],
        date_kind=export.kinds[1],
        notes=notes_for(mapping, export.kinds, earlier=earlier, folded=made.folded, table=table),
    )


def _note_check(workspace: Workspace, report: Report) -> None:
    """Say in the log that a file was checked: who tries postcodes one by one leaves as many lines.

    A folder that cannot be written is no reason to refuse the check.
    """
    with suppress(WorkspaceError):
        workspace.note("import", f"{report.feed}: rows {report.rows:,} checked, nothing kept yet")


def _first_rows(table: Table) -> pd.DataFrame:
    """Copy the first rows letter by letter: a mere slice of them would keep the whole file in memory."""
    first = table.rows.head(PREVIEW_ROWS)
    return pd.DataFrame({name: first[name].to_list() for name in first}, index=first.index, dtype="str")


def _mapping(table: Table, said: Mapping[str, str], earlier: Feed | None) -> dict[str, str]:
    """Combine what is said now, what was said last time, and the proposal."""
    remembered = _still_there(earlier.columns if earlier else {}, table)
    named = {column for column in said.values() if column}
    before = {one: column for one, column in remembered.items() if column not in named}
    return propose(table.columns, preferred={**before, **said})


def _still_there(remembered: Mapping[str, str], table: Table) -> dict[str, str]:
    return {one: column for one, column in remembered.items() if not column or column in table.columns}


def _to_remember(mapping: Mapping[str, str], said: Mapping[str, str], earlier: Feed | None) -> dict[str, str]:
    """Remember the columns used, and the fields that an officer left out on purpose."""
    left_out = {one: "" for one, column in {**(earlier.columns if earlier else {}), **said}.items() if not column}
    return {**left_out, **mapping}


def _kinds(said: IntakeOptions, earlier: Feed | None) -> tuple[str, str]:
    before = (earlier.address_kind, earlier.date_kind) if earlier else ("not_stated", "not_stated")
    kinds = (said.address_kind or before[0], said.date_kind or before[1])
    for kind, choices, what in zip(kinds, (ADDRESS_KINDS, DATE_KINDS), ("address", "date"), strict=True):
        if kind not in choices:
            message = f"'{kind}' is no kind of {what}; expected one of {', '.join(choices)}."
            raise BadInputError(message)
    return kinds
