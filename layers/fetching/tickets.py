"""What was fetched before and is in use: so that a server is asked for something newer only."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from geo.errors import WorkspaceError
from geo.review.files import write_bytes
from geo.review.workspace import Workspace
from layers.fetching.source import FOLDER, Source, Validators

_FILE: Final = "fetched.json"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which version of a file became which edition.

    Attributes
    ----------
    url
        Where it was asked for.
    sha256
        Digest of the file as it came.
    edition
        Digest that the workspace's edition carries.
    etag, last_modified
        What its server said of it.
    """

    url: str
    sha256: str
    edition: str
    etag: str
    last_modified: str

    @property
    def validators(self) -> Validators:
        """What is sent back to the server."""
        return Validators(self.etag, self.last_modified)


def ticket_in_use(workspace: Workspace, source: Source) -> Ticket | None:
    """Find the ticket of a source, while the workspace still uses the edition it became."""
    ticket = _read(folder_of(workspace)).get(source.name)
    if ticket is None or ticket.url != source.url:
        return None
    return ticket if any(edition.sha256 == ticket.edition for edition in workspace.editions()) else None


def keep_ticket(workspace: Workspace, name: str, ticket: Ticket) -> None:
    """Remember which version is in use, under the source's name.

    Raises
    ------
    WorkspaceError
        The folder cannot be written.
    """
    folder = folder_of(workspace)
    tickets = _read(folder) | {name: ticket}
    text = json.dumps({key: asdict(value) for key, value in sorted(tickets.items())}, indent=1)
    write_bytes(folder / _FILE, text.encode())


def folder_of(workspace: Workspace) -> Path:
    """Give the folder of downloads, made where it is not there.

    Raises
    ------
    WorkspaceError
        It cannot be made.
    """
    folder = workspace.root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} cannot be made ({error.strerror}); check that you may write there."
        raise WorkspaceError(message) from error
    return folder


def _read(folder: Path) -> dict[str, Ticket]:
    """Read the tickets; a damaged file only means that everything is asked for anew."""
    try:
        told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return {str(name): Ticket(**ticket) for name, ticket in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
