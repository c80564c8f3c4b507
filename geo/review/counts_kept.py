"""Take in the counts that a partner made of its own records: checked, kept apart from the council's own, replaced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.disclosure.published import Published
from geo.disclosure.topics import LEVEL_WORDS, Level
from geo.errors import BadInputError, WorkspaceError
from geo.review.agreements import read_agreements, require_agreed
from geo.review.audit import append_line
from geo.review.count_periods import is_past, named_period, overlap
from geo.review.counts_file import CountsFile
from geo.review.counts_reading import read_counts_file
from geo.review.feed_names import settled_name
from geo.review.workspace import Workspace

_COLUMNS: Final = "feed, day, period, first, last, level, exact, content, digest, who, signed, at"
_NOTHING: Final = "Nothing was kept."


@dataclass(frozen=True)
class KeptCounts:
    """One period of a partner's counts, as it is kept.

    Attributes
    ----------
    number
        In the order of keeping.
    feed
        The name that the workspace knows its sender by.
    day, who
        When, and who took it in.
    file
        What was sent of this period.
    """

    number: int
    feed: str
    day: date
    who: str
    file: CountsFile

    @property
    def period(self) -> str:
        """The review year or quarter."""
        return self.file.periods[0]

    @property
    def level(self) -> Level:
        """By which areas everybody is counted; "district" where it is one number."""
        return self.file.tables[0].topic.geography.level


@dataclass(frozen=True)
class CheckedCounts:
    """A file of counts that may be taken in, and was not kept yet.

    Attributes
    ----------
    feed
        The name that the workspace knows its sender by.
    file
        What it says.
    beyond
        Codes of areas that are none of this district; they are kept, and counted as outside.
    replaces
        The periods kept before that these take the place of.
    day
        Today.
    """

    feed: str
    file: CountsFile
    beyond: tuple[str, ...]
    replaces: tuple[str, ...]
    day: date


def check_counts(workspace: Workspace, content: bytes, *, source: str, today: date) -> CheckedCounts:
    """Check a file of counts; nothing of it is kept.

    Parameters
    ----------
    source
        Who is said to have sent it.
    today
        Its periods must be over, and the agreement must last.

    Raises
    ------
    BadInputError
        It is no such file or was changed, is somebody else's, is exact without a current agreement, counts a period
        that is none here, counts other areas than this district's, or is no newer than what is kept.
    """
    feed, file = settled_name(workspace, source), read_counts_file(content)
    if file.feed.casefold() != feed.casefold():
        message = (
            f"The file says that it is from another sender than {feed}; choose the right sender or file. {_NOTHING}"
        )
        raise BadInputError(message)
    require_agreed(workspace, feed, today=today)
    _require_agreement(workspace, feed, file)
    _require_periods(workspace, file, today)
    known = known_areas(workspace, file)
    codes = sorted({one.code for table in file.tables for one in table.figures if _is_area(table, one.code)})
    if codes and not known & set(codes):
        message = f"None of the areas of the file is one of this district; was it made for another one? {_NOTHING}"
        raise BadInputError(message)
    earlier = [one for one in read_counts(workspace) if _in_the_way(one, feed, file)]
    _require_newer(earlier, file)
    _require_same_kind(earlier, file)
    return CheckedCounts(feed, file, tuple(set(codes) - known), tuple(one.period for one in earlier), today)


def keep_counts(workspace: Workspace, checked: CheckedCounts, *, who: str = "") -> None:
    """Keep a checked file, in place of what this sender sent for the same months: all of it or nothing.

    Raises
    ------
    WorkspaceError
        The folder cannot be written; nothing was kept.
    """
    file, signer = checked.file, workspace.signer
    by = " ".join(who.split()) or signer.who
    with workspace.store.writing() as connection:
        spans = [_span(file.only(period)) for period in file.periods]
        for first, last in spans:
            connection.execute(
                "DELETE FROM count_tables WHERE feed = ? AND first <= ? AND last >= ?", (checked.feed, last, first)
            )
        for period, (first, last) in zip(file.periods, spans, strict=True):
            part = file.only(period)
            level = part.tables[0].topic.geography.level
            row = (checked.feed, checked.day.isoformat(), period, first, last, level, int(part.exact))
            said = (part.to_json(), part.digest, by, signer.who, signer.moment())
            marks = ", ".join("?" * (len(row) + len(said)))
            connection.execute(f"INSERT INTO count_tables ({_COLUMNS}) VALUES ({marks})", (*row, *said))  # noqa: S608 - our own column names
        append_line(connection, "counts", _detail(checked), signer=signer)


def read_counts(workspace: Workspace) -> tuple[KeptCounts, ...]:
    """Read every partner's counts, by sender and period.

    Raises
    ------
    WorkspaceError
        One was changed behind the planner's back.
    """
    query = "SELECT number, feed, day, who, content, digest FROM count_tables ORDER BY feed, first, last, number"
    with workspace.store.reading() as connection:
        rows = connection.execute(query).fetchall()
    return tuple(_kept(row) for row in rows)


def known_areas(workspace: Workspace, file: CountsFile) -> set[str]:
    """List the codes of this district's areas of the kinds that a file counts by.

    Raises
    ------
    BadInputError
        It counts by ward, and no wards have been added.
    """
    levels = {table.topic.geography.level for table in file.tables}
    known: set[str] = set()
    if "ward" in levels:
        wards = workspace.areas("wards")
        if wards is None:
            message = f"The file counts by ward, and no wards have been added; add them first. {_NOTHING}"
            raise BadInputError(message)
        known |= set(wards["code"])
    if "h3_7" in levels:
        known |= {f"{cell:x}" for cell in set(workspace.gazetteer().within(workspace.boundary())["h3_7"]) if cell}
    return known


def _kept(row: tuple[Any, ...]) -> KeptCounts:
    number, feed, day, who, content, digest = row
    try:
        file = read_counts_file(content.encode())
    except BadInputError:
        file = None
    if file is None or file.digest != digest or len(file.periods) != 1:
        message = f"The counts of {feed} were changed after they were kept; restore a copy, or forget that source."
        raise WorkspaceError(message)
    return KeptCounts(number, feed, date.fromisoformat(day), who, file)


def _require_agreement(workspace: Workspace, feed: str, file: CountsFile) -> None:
    if file.exact and feed not in read_agreements(workspace):
        message = (
            f"The counts are exact, and no sharing agreement with {feed} is on record; record it first (planner "
            f"agreement, or the Feeds page), or ask for suppressed counts. {_NOTHING}"
        )
        raise BadInputError(message)


def _require_periods(workspace: Workspace, file: CountsFile, today: date) -> None:
    first_month = workspace.scenario.review_first_month
    if file.first_month != first_month:
        message = (
            f"The file's review years begin in another month than this council's; ask for it to be made with "
            f"--first-month {first_month}. {_NOTHING}"
        )
        raise BadInputError(message)
    periods = [named_period(name, first_month=first_month) for name in file.periods]
    early = [period.name for period in periods if not is_past(period, today)]
    if early or file.made > today:
        message = f"The file counts {early[0] if early else 'a time'} that is not over yet; check its date. {_NOTHING}"
        raise BadInputError(message)
    if any(overlap(one, other) for at, one in enumerate(periods) for other in periods[:at]):
        message = f"The file counts the same months twice, by year and by quarter; ask for one of them. {_NOTHING}"
        raise BadInputError(message)


def _in_the_way(kept: KeptCounts, feed: str, file: CountsFile) -> bool:
    before = kept.file.tables[0].topic.period
    return kept.feed == feed and any(overlap(before, table.topic.period) for table in file.tables)


def _require_newer(earlier: Sequence[KeptCounts], file: CountsFile) -> None:
    """Refuse a file that is kept already, or older than what is kept: sent again, it would undo a later one."""
    if earlier and {one.file.digest for one in earlier} == {file.only(period).digest for period in file.periods}:
        message = f"These very counts are kept already. {_NOTHING}"
        raise BadInputError(message)
    newer = next((one for one in earlier if one.file.made > file.made), None)
    if newer is not None:
        message = (
            f"The file was made on {file.made.isoformat()}, and what is kept of {newer.period} was made later, on "
            f"{newer.file.made.isoformat()}. Send the newest file; if this one is right, have it made anew. {_NOTHING}"
        )
        raise BadInputError(message)


def _require_same_kind(earlier: Sequence[KeptCounts], file: CountsFile) -> None:
    """Refuse suppressed counts of the same clients by other areas or months: two of them would give small ones away."""
    if file.exact:
        return
    levels = {table.topic.period.name: table.topic.geography.level for table in file.tables if not table.topic.filters}
    for kept in earlier:
        if not kept.file.exact and not _same_kind(kept, levels.get(kept.period)):
            words = LEVEL_WORDS[kept.level]
            message = (
                f"The same clients have been sent by {words} for {kept.period}; the same counts by other areas or "
                f"months would give small ones away. Ask for {words} and {kept.period} again. {_NOTHING}"
            )
            raise BadInputError(message)


def _same_kind(kept: KeptCounts, level: Level | None) -> bool:
    """Tell whether new counts are of the same period and areas; one number for the district goes with any."""
    return level is not None and (level == kept.level or "district" in (level, kept.level))


def _is_area(table: Published, code: str) -> bool:
    return table.topic.geography.level != "district" and code != ""


def _span(file: CountsFile) -> tuple[str, str]:
    period = file.tables[0].topic.period
    return period.first, period.last


def _detail(checked: CheckedCounts) -> str:
    file = checked.file
    kind = "exact" if file.exact else "suppressed"
    replaced = f", in place of {len(checked.replaces):,} kept before" if checked.replaces else ""
    return f"{checked.feed}: {kind}, periods {len(file.periods):,}, tables {len(file.tables):,}{replaced}"
