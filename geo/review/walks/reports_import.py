"""Take in a file of reports: the good rows are kept, each of the others is named with the reason, none is lost.

A report that came before, by its sender's reference, is passed over, or put right where the file says something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.register_screen import screen_of
from geo.review.walks.fields import require_fields
from geo.review.walks.reports_file import read_report_file
from geo.review.walks.reports_kept import kept_places
from geo.review.walks.reports_made import MadeReport, fact_faults
from geo.review.walks.reports_places import FoundPlace, find_places
from geo.review.walks.reports_reading import ReadReport, read_report
from geo.review.walks.reports_rows import Head, Marks, ReportRow, heads, marks_of, write_reports
from geo.review.walks.reports_sources import sources_of
from geo.review.walks.reports_words import RowFacts, heap_sentences, note_sentences, refused_sentences
from geo.review.workspace import Workspace
from geo.walkabouts.bands import local

_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class ReportPlan:
    """What would become of a file, or became of it.

    Attributes
    ----------
    rows
        How many rows it has: new, put right, on record and refused add up to it.
    new, put_right
        Rows that are recorded: for the first time, or in place of what was said before.
    people
        How many people those rows tell of.
    on_record
        Rows that were taken in before and say the same, that were withdrawn since, or that the file holds twice.
    refused
        A sentence for each row that cannot be taken.
    heaps
        Sentences on rows that are improbably many at one place; nothing is kept before somebody has looked.
    notes
        Sentences on what was made of the rows.
    dropped
        Headings of columns that were let go.
    """

    rows: int
    new: int
    put_right: int
    people: int
    on_record: int
    refused: tuple[str, ...]
    heaps: tuple[str, ...]
    notes: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Tell whether there is anything to keep."""
        return bool(self.new + self.put_right)

    def sentences(self) -> list[str]:
        """Say what became of the rows that are not kept as they stand, and of the columns."""
        again = f"On record already, and passed over: {self.on_record:,}." if self.on_record else ""
        let_go = f"Columns not read past their heading: {', '.join(self.dropped)}." if self.dropped else ""
        return [*filter(None, [again, let_go]), *self.notes, *self.heaps, *self.refused]


@dataclass(frozen=True)
class _Row:
    """A good row of the file."""

    made: MadeReport = field(repr=False)
    found: FoundPlace = field(repr=False)
    marks: Marks = field(repr=False)
    facts: RowFacts

    def on_record(self, before: Mapping[str, Head]) -> bool:
        """Tell whether what it says is on record, or was withdrawn since.

        A row whose place was let go later says nothing any more of what it was given (report_purge.py): it is passed
        over, so that a file that comes again tells nobody which rows those are.
        """
        head = before.get(self.marks.ref)
        return head is not None and (head.withdrawn or head.given in {"", self.marks.given})


def plan_reports(workspace: Workspace, content: bytes, *, source: str = "", now: datetime) -> ReportPlan:
    """Say what would become of a file; nothing is written.

    Parameters
    ----------
    content
        The whole file.
    source
        Who reported, for rows that do not say so, or that name nobody known here (reports_sources.py).
    now
        With its zone; later moments are in the future.

    Raises
    ------
    BadInputError, BadRowsError
        It is no table of reports.
    MissingDataError
        The workspace's key is not on this machine.
    """
    read = _Reading(workspace, content, source, now)
    with workspace.store.reading() as connection:
        return read.plan(heads(connection))


def take_in_reports(
    workspace: Workspace, content: bytes, *, source: str = "", who: str = "", now: datetime, checked: bool = False
) -> ReportPlan:
    """Record the good rows of a file in one step; it gives what became of it.

    Parameters
    ----------
    who
        Who takes it in, a name or initials; else whoever works on the workspace.
    checked
        Somebody has looked at the rows that are improbably many at one place, and they are right.

    Raises
    ------
    BadInputError
        As `plan_reports`; where rows are improbably many at one place and nobody has looked; or nobody is named.
    """
    name = signed_by(workspace, who)
    read = _Reading(workspace, content, source, now)
    with workspace.store.reading() as connection:
        known = heads(connection)
    fresh = [row for row in read.good if not row.on_record(known)]
    kept = kept_places(workspace, [row.found for row in fresh], [row.made.place for row in fresh])
    with workspace.store.noting() as connection:
        before = heads(connection)
        plan = read.plan(before)
        if plan.heaps and not checked:
            message = f"{' '.join(plan.heaps)} {_NOTHING}"
            raise BadInputError(message)
        rows = [
            ReportRow(row.made, place, row.marks, name, before[row.marks.ref].number if row.marks.ref in before else 0)
            for row, place in zip(fresh, kept, strict=True)
            if not row.on_record(before)
        ]
        write_reports(connection, workspace, rows)
        if rows:
            nowhere = sum(not row.kept.square for row in rows)
            detail = f"file taken in: new {plan.new:,}, put right {plan.put_right:,}, without a place {nowhere:,}"
            append_line(connection, "walk report", detail, signer=workspace.signer)
    return plan


def signed_by(workspace: Workspace, who: str) -> str:
    """Give the name under which something is recorded: the one given, else the signed one.

    Raises
    ------
    BadInputError
        There is neither, or it must not be kept.
    """
    given = " ".join(who.split())
    require_fields(workspace, {"who": given})
    name = given or workspace.signer.who
    screen_of(workspace).require_fit({"who": name})
    if not name:
        message = f"Say who records it (a name or initials). {_NOTHING}"
        raise BadInputError(message)
    return name


def remarks_of(found: FoundPlace) -> frozenset[str]:
    """Give the remarks that a good place deserves, by what was typed and the map alone."""
    told = {"apart": found.apart, "beyond": found.beyond, "town alone": found.point is None}
    return frozenset(name for name, holds in told.items() if holds)


class _Reading:
    """The rows of a file, sorted into good ones and refused ones: by the file and the map alone."""

    def __init__(self, workspace: Workspace, content: bytes, source: str, now: datetime) -> None:
        file = read_report_file(content)
        today = local(now).date()
        sources = sources_of(workspace, source)
        reads = [
            (number, _known_by(read_report(texts, sources=sources, today=today), now)) for number, texts in file.rows
        ]
        faults = {number: _fault(read, now) for number, read in reads}
        fit = [(number, read, read.made) for number, read in reads if read.made is not None and not faults[number]]
        places = find_places(workspace, [made.place for _, _, made in fit])
        key = workspace.key()
        self.placed: list[_Row] = []
        for (number, read, made), found in zip(fit, places, strict=True):
            faults[number] = found.fault
            if not found.fault:
                facts = RowFacts(number, found.square, made.seen, _remarks(read, found))
                self.placed.append(_Row(made, found, marks_of(key, made, found), facts))
        self.good, contradicting = _each_once(self.placed)
        self.refused = refused_sentences((faults | contradicting).items())
        self.rows, self.dropped = len(file.rows), file.dropped

    def plan(self, before: Mapping[str, Head]) -> ReportPlan:
        kept = [row for row in self.good if not row.on_record(before)]
        right = sum(row.marks.ref in before for row in kept)
        return ReportPlan(
            rows=self.rows,
            new=len(kept) - right,
            put_right=right,
            people=sum(row.made.people for row in kept),
            on_record=self.rows - len(kept) - len(self.refused),
            refused=self.refused,
            heaps=heap_sentences([row.facts for row in self.placed if not row.on_record(before)]),
            notes=note_sentences([row.facts for row in kept]),
            dropped=self.dropped,
        )


def _known_by(read: ReadReport, now: datetime) -> ReadReport:
    return replace(read, made=read.made.known_by(now)) if read.made else read


def _fault(read: ReadReport, now: datetime) -> str:
    return read.fault if read.made is None else "; ".join(fact_faults(read.made, now=now))


def _remarks(read: ReadReport, found: FoundPlace) -> frozenset[str]:
    told = {
        "no receipt": read.no_receipt,
        "no receipt time": read.no_receipt_time,
        "nobody counted": read.nobody_counted,
        "unknown source": read.unknown_source,
        "apart": read.apart,
    }
    return frozenset(name for name, holds in told.items() if holds) | remarks_of(found)


def _each_once(rows: Sequence[_Row]) -> tuple[list[_Row], dict[int, str]]:
    """Take the first row of each report; give with it what is wrong with rows that contradict an earlier one."""
    first: dict[str, _Row] = {}
    wrong = {}
    for row in rows:
        earlier = first.setdefault(row.marks.ref, row)
        if earlier.marks.given != row.marks.given:
            wrong[row.facts.number] = f"it has the reference of row {earlier.facts.number} and says something else"
    return list(first.values()), wrong
