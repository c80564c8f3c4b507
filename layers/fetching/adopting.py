"""Take what was downloaded into the workspace, by the readers that take a file given by hand; or leave all as it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from geo.editions import Dataset, Edition
from geo.errors import BadInputError, FetchError
from geo.review.edition_age import OLDER_ADVICE, older_words
from geo.review.workspace import Workspace
from layers.adding import Added
from layers.fetching.alone import alone
from layers.fetching.download import download
from layers.fetching.source import Downloaded, Means, Source
from layers.fetching.tickets import Ticket, folder_of, keep_ticket, ticket_in_use
from layers.source_file import SourceFile

Outcome = Literal["arrived", "unchanged"]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one data set.

    Attributes
    ----------
    what
        Its name, such as "GP practices".
    outcome
        Whether a new edition arrived, or the one in use is still the newest.
    edition
        The one in use now.
    warnings
        What should be done again because of it.
    """

    what: str
    outcome: Outcome
    edition: Edition
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it in a line."""
        named = f"{self.edition.edition}, " if self.edition.edition else ""
        kept = f"{named}{self.edition.rows:,} rows kept, added on {self.edition.added:%d %B %Y}"
        if self.outcome == "unchanged":
            return f"{self.what}: nothing new. In use: {kept}."
        return f"{self.what}: {kept}. {self.edition.note}".strip()


def fetch_file(
    workspace: Workspace, source: Source, *, means: Means, take_in: Callable[[Downloaded], Added]
) -> Fetched:
    """Download a file and take it in, unless it is the one in use.

    Parameters
    ----------
    take_in
        Reads the file, checks it and replaces what is in use; raises where it cannot, and then nothing is replaced.

    Raises
    ------
    FetchError
        It did not arrive, or what arrived cannot be used; the edition in use stays.
    WorkspaceError
        The disk is full, or the folder cannot be written.
    """
    with alone(source, folder_of(workspace)):
        return _fetch_file(workspace, source, means=means, take_in=take_in)


def _fetch_file(
    workspace: Workspace, source: Source, *, means: Means, take_in: Callable[[Downloaded], Added]
) -> Fetched:
    ticket = ticket_in_use(workspace, source)
    came = download(source, folder_of(workspace), means=means, earlier=ticket.validators if ticket else None)
    if came is None:
        return unchanged(workspace, source, ticket.edition if ticket else "")
    try:
        if ticket and ticket.sha256 == came.sha256:
            return unchanged(workspace, source, ticket.edition)
        if _edition(workspace, came.sha256):
            return unchanged(workspace, source, came.sha256)
        added = usable(source.what, lambda: take_in(came))
    finally:
        came.discard()
    kept = Ticket(source.url, came.sha256, added.edition.sha256, came.etag, came.last_modified)
    keep_ticket(workspace, source.name, kept)
    return Fetched(source.what, "arrived", added.edition, added.warnings)


def usable(what: str, take_in: Callable[[], Added]) -> Added:
    """Take something in; where its reader refuses it, say that what is in use stays.

    Raises
    ------
    FetchError
        The reader refused it.
    """
    try:
        return take_in()
    except BadInputError as error:
        message = f"{what} arrived, but cannot be used, and what was in use stays. {error}"
        raise FetchError(message) from error


def unchanged(workspace: Workspace, source: Source, sha256: str) -> Fetched:
    """Say that the edition with this digest is still the newest.

    Raises
    ------
    FetchError
        The workspace has no such edition: the server said "nothing new" though nothing had been asked so.
    """
    edition = _edition(workspace, sha256)
    if edition is None:
        message = f"{source.host} said that nothing is new though nothing is here yet"
        raise source.failure(message)
    return Fetched(source.what, "unchanged", edition)


def _edition(workspace: Workspace, sha256: str) -> Edition | None:
    return next((edition for edition in workspace.editions() if sha256 and edition.sha256 == sha256), None)


def require_not_older(what: str, new: int, in_use: Iterable[Edition], *, older_too: bool) -> None:
    """Refuse what is on offer where it is older than the edition in use.

    Parameters
    ----------
    new
        YYYYMM of the one on offer; 0 where it is not known.
    in_use
        Editions of the same data set.
    older_too
        The person wants it all the same.

    Raises
    ------
    FetchError
        It is older.
    """
    words = older_words(f"The newest {what} on offer", new, in_use)
    if words and not older_too:
        message = f"{words}; {OLDER_ADVICE}"
        raise FetchError(message)


def editions_of(workspace: Workspace, *datasets: Dataset) -> list[Edition]:
    """List the editions in use of some data sets."""
    return [edition for edition in workspace.editions() if edition.dataset in datasets]


def as_given(came: Downloaded, stem: str, suffix: str) -> SourceFile:
    """Hold a downloaded file as a reader takes it, its day in its name as if a person had saved it so."""
    return SourceFile(f"{stem}_{came.published:%Y-%m-%d}{suffix}", came.path.read_bytes())
