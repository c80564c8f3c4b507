"""Take the register's workbook back in: what an officer changed there, and nothing that is merely old.

A cell counts as changed where it differs from what it said when the workbook was written. Rows without an id are new
sites, rows of the log without a number new entries; columns and comments that people added are kept beside the site.
A plan says all that would become of a workbook, and writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.dates import parse_date
from geo.review.register_book import Book, BookRow, read_book
from geo.review.register_edit import CellEdit, Edited, plan_edits, write_edits
from geo.review.register_liaison import LogEntry, read_entry, read_log, write_entry
from geo.review.register_new import NewSite, NewSites, plan_sites, write_sites
from geo.review.register_screen import Screen, screen_of
from geo.review.register_state import Known, enter_sites, read_known
from geo.review.register_words import comment_on, commented, entry_cell
from geo.review.tables import row_list
from geo.review.workspace import Workspace

SHEET: Final = ""
"""The site id under which comments on headings are kept."""
_SAID: Final = ("who", "with_whom", "about", "status")
_WRITTEN: Final = ("day", *_SAID)


@dataclass(frozen=True)
class ImportPlan:
    """What would become of a workbook.

    Attributes
    ----------
    edited
        Cells that change, those that somebody else changed since, and those that cannot be what they say.
    new
        Sites that would be entered.
    log
        Entries that would be added to the liaison log.
    slips
        A sentence for each row of the log that cannot be added.
    left_out
        Rows without a usable place or not for publication, in one number.
    ignored
        A sentence for each thing in the workbook that is not read.
    """

    edited: Edited
    new: NewSites
    log: tuple[LogEntry, ...]
    slips: tuple[str, ...]
    left_out: int
    ignored: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.edited.changes or self.new.placed or self.log)

    def sentences(self) -> list[str]:
        """Say what would not be taken in, and why."""
        told = [*self.edited.conflicts, *self.edited.refused, *self.new.refused, *self.slips]
        return [*told, *filter(None, [left_out(self.left_out)]), *self.ignored]


def plan_import(workspace: Workspace, content: bytes, *, today: date) -> ImportPlan:
    """Say what would become of a workbook; nothing is written.

    Raises
    ------
    BadInputError
        It is not the register's workbook, or two of its rows are one site.
    MissingDataError
        The workspace's key is not on this machine.
    """
    book = read_book(content)
    return _plan(workspace, read_known(workspace), book, screen=screen_of(workspace), today=today)


def take_in_register(workspace: Workspace, content: bytes, *, today: date) -> ImportPlan:
    """Take a workbook in, in one step; it gives what became of it.

    Raises
    ------
    BadInputError, MissingDataError
        As `plan_import`; nothing is changed then.
    """
    book, screen = read_book(content), screen_of(workspace)
    if _plan(workspace, read_known(workspace), book, screen=screen, today=today).empty:
        return _plan(workspace, read_known(workspace), book, screen=screen, today=today)
    with workspace.store.writing() as connection:
        known = read_known(workspace, connection)
        plan = _plan(workspace, known, book, screen=screen, today=today)
        write_edits(connection, workspace, known, plan.edited)
        write_sites(connection, workspace, plan.new)
        now = read_known(workspace, connection)
        enter_sites(connection, now, {entry.site_id for entry in plan.log})
        for entry in plan.log:
            write_entry(connection, workspace, entry)
        detail = f"workbook taken in: new sites {len(plan.new.placed):,}, log entries {len(plan.log):,}"
        append_line(connection, "site register", detail, signer=workspace.signer)
    return plan


def _plan(workspace: Workspace, known: Known, book: Book, *, screen: Screen, today: date) -> ImportPlan:
    _require_single(book.sites)
    old = [row for row in book.sites if row.texts.get("site_id")]
    edits = [edit for row in old for edit in _edits(known, book, row)]
    edits += [*_heading_edits(known, book), *_entry_edits(known, book)]
    unknown = [row for row in old if row.texts["site_id"] not in known.facts]
    named = [row for row in book.sites if not row.texts.get("site_id")]
    edited = plan_edits(workspace, known, edits, screen=screen, today=today)
    new = plan_sites(workspace, known, [_new_site(row) for row in named], screen=screen, today=today)
    changed = _changed_entries(workspace, book.log, today=today)
    log, slips, unfit = _log(known, new, book.log, screen=screen, today=today)
    return ImportPlan(
        edited=replace(edited, left_out=0),
        new=replace(new, left_out=0),
        log=log,
        slips=(*changed, *slips),
        left_out=edited.left_out + new.left_out + unfit + len(unknown),
        ignored=book.ignored,
    )


def _require_single(rows: Sequence[BookRow]) -> None:
    seen: dict[str, list[int]] = {}
    for row in rows:
        seen.setdefault(row.texts.get("site_id", ""), []).append(row.number)
    twice = [numbers for site, numbers in seen.items() if site and len(numbers) > 1]
    if twice:
        message = f"{row_list(twice[0])} of the sheet of sites are one and the same site; keep one. Nothing was kept."
        raise BadInputError(message)


def _edits(known: Known, book: Book, row: BookRow) -> list[CellEdit]:
    """Find the cells of a row that differ from what they said when the workbook was written."""
    site = row.texts["site_id"]
    if site not in known.facts:
        return []
    now = known.facts[site]
    base = now if book.base is None else book.base.get(site, {})
    cells = {field: text for field, text in row.texts.items() if field != "site_id"} | _comments(row.comments)
    removed = {field: "" for field in base if commented(field) in row.texts and field not in cells and base[field]}
    gone = {} if book.base is None else removed
    return [
        CellEdit(site, field, base.get(field, ""), text)
        for field, text in {**cells, **gone}.items()
        if text != base.get(field, "")
    ]


def _heading_edits(known: Known, book: Book) -> list[CellEdit]:
    now = known.written.get(SHEET, {})
    return [
        CellEdit(SHEET, field, now.get(field, ""), text)
        for field, text in _comments(book.headings).items()
        if text != now.get(field, "")
    ]


def _entry_edits(known: Known, book: Book) -> list[CellEdit]:
    """Find what people wrote on the cells of entries that stand in the log already."""
    numbered = [row for row in book.log if row.texts.get("number") and row.texts.get("site_id") in known.facts]
    cells = [
        (row.texts["site_id"], comment_on(entry_cell(row.texts["number"], field)), text)
        for row in numbered
        for field, text in row.comments.items()
    ]
    now = {(site, field): known.facts[site].get(field, "") for site, field, _ in cells}
    return [CellEdit(site, field, now[site, field], text) for site, field, text in cells if text != now[site, field]]


def _changed_entries(workspace: Workspace, rows: Sequence[BookRow], *, today: date) -> list[str]:
    """Say which entries were changed in the workbook; they stay as they were written."""
    log = read_log(workspace).astype("str").to_dict("records")
    kept = {(one["site_id"], one["number"]): [one[name] for name in _WRITTEN] for one in log}
    slips = []
    for row in rows:
        before = kept.get((row.texts.get("site_id", ""), row.texts.get("number", "")))
        day = parse_date(row.texts.get("day", ""), today=today)
        said = ["" if day is None else day.isoformat(), *(" ".join(row.texts.get(name, "").split()) for name in _SAID)]
        if before is not None and said != before:
            slips.append(f"Liaison log, row {row.number}: an entry is never changed; it stays, so write a further one.")
    return slips


def _comments(comments: Mapping[str, str]) -> dict[str, str]:
    return {comment_on(field): text for field, text in comments.items()}


def _new_site(row: BookRow) -> NewSite:
    facts = {field: text for field, text in row.texts.items() if text} | _comments(row.comments)
    name, category, postcode = (facts.pop(field, "") for field in ("name", "category", "postcode"))
    facts.pop("site_id", None)
    return NewSite(name, category, postcode, facts)


def _log(
    known: Known, new: NewSites, rows: Sequence[BookRow], *, screen: Screen, today: date
) -> tuple[tuple[LogEntry, ...], tuple[str, ...], int]:
    """Sort the rows of the log without a number into entries, slips and those that are left out."""
    entries: list[LogEntry] = []
    slips: list[str] = []
    unfit = 0
    fresh = [row for row in rows if not row.texts.get("number")]
    refused = screen.refused([row.texts for row in fresh])
    for row, out in zip(fresh, refused, strict=True):
        site = "" if out else _site_of(known, new, row.texts)
        if not site:
            unfit += 1
            continue
        try:
            entries.append(_entry(site, row.texts, today=today))
        except BadInputError as error:
            slips.append(f"Liaison log, row {row.number}: {error}")
    return tuple(entries), tuple(slips), unfit


def _site_of(known: Known, new: NewSites, texts: Mapping[str, str]) -> str:
    """Find the site of a row of the log by its id or its name; empty where there is none."""
    given = texts.get("site_id") or texts.get("name", "")
    placed = {one.facts["name"].casefold(): one.site_id for one in new.placed}
    if given.casefold() in placed:
        return placed[given.casefold()]
    try:
        return known.require(given)
    except BadInputError:
        return ""


def _entry(site: str, texts: Mapping[str, str], *, today: date) -> LogEntry:
    day = parse_date(texts.get("day", ""), today=today)
    if day is None:
        message = "an entry has a day, such as 28/04/2025."
        raise BadInputError(message)
    who, with_whom, about, status = (texts.get(name, "") for name in ("who", "with_whom", "about", "status"))
    return read_entry(LogEntry(site, day, who, with_whom, about, status), today=today)
