"""A file that has arrived in part: kept to go on with, finished in one step, swept away when it is old."""

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from geo.review.files import explained, sync_folder
from layers.fetching.source import Validators

_SUFFIX: Final = ".part"
_STALE_SECONDS: Final = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Partial:
    """The part of a file that is there, and what its server said of the version it is of.

    Attributes
    ----------
    path
        Where the whole file will stand; the part stands beside it.
    url
        What was asked for: a part of another address is not gone on with.
    """

    path: Path
    url: str

    @property
    def part(self) -> Path:
        """Where the part stands."""
        return self.path.with_name(self.path.name + _SUFFIX)

    @property
    def note(self) -> Path:
        """Where it is written down what the part is of."""
        return self.path.with_name(self.path.name + _SUFFIX + ".json")

    def resumable(self) -> tuple[int, str]:
        """Tell how many bytes are there and which version they are of: 0 where none can be gone on with."""
        try:
            told = json.loads(self.note.read_text(encoding="utf-8"))
            strong = Validators(**told["validators"]).strong if told["url"] == self.url else ""
            size = self.part.stat().st_size if strong else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ""
        return (size, strong) if size else (0, "")

    def drop(self) -> None:
        """Forget the part."""
        with suppress(OSError):
            self.note.unlink(missing_ok=True)
            self.part.unlink(missing_ok=True)

    def begin(self, validators: Validators, *, resume: bool) -> "PartWriter":
        """Open the part to write to, from its end or anew.

        Raises
        ------
        WorkspaceError
            The folder cannot be written or the disk is full.
        """
        if not resume:
            self.drop()
            with explained(self.path.parent):  # a note that a failing machine damages only means to begin anew
                told = {"url": self.url, "validators": asdict(validators)}
                self.note.write_text(json.dumps(told), encoding="utf-8")
        return PartWriter(self, resume=resume)

    def finish(self) -> None:
        """Let the part be the whole file: in one step, and on the disk before its name is.

        Raises
        ------
        WorkspaceError
            The folder cannot be written.
        """
        with explained(self.path.parent):
            with self.part.open("rb+") as stream:
                os.fsync(stream.fileno())
            self.part.replace(self.path)
            sync_folder(self.path.parent)
            self.note.unlink(missing_ok=True)


class PartWriter:
    """Writes to a part, and counts and digests what it holds."""

    def __init__(self, partial: Partial, *, resume: bool) -> None:
        self._folder = partial.path.parent
        self._digest = hashlib.sha256()
        self.size = 0
        with explained(self._folder):
            if resume:
                self._take_in(partial.part)
            self._stream = partial.part.open("ab" if resume else "wb")

    def _take_in(self, part: Path) -> None:
        with part.open("rb") as stream:
            while block := stream.read(1024 * 1024):
                self._digest.update(block)
                self.size += len(block)

    def write(self, data: bytes) -> None:
        """Add bytes at the end.

        Raises
        ------
        WorkspaceError
            The disk is full.
        """
        with explained(self._folder):
            self._stream.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Digest of all that is there, in hexadecimal."""
        return self._digest.hexdigest()

    def __enter__(self) -> Self:
        """Be written to."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the part, so that all of it can be read."""
        with explained(self._folder) if error is None else suppress(OSError):
            self._close()

    def _close(self) -> Any:  # noqa: ANN401 - nothing is given
        try:
            self._stream.flush()
        finally:
            self._stream.close()


def sweep(folder: Path) -> None:
    """Delete parts that are older than a week.

    Parameters
    ----------
    folder
        The folder of downloads; what stands in folders below it is not touched.
    """
    for old in folder.glob(f"*{_SUFFIX}*"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()
