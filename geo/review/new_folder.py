"""Lay a new folder in its place with all that belongs in it, or leave nothing behind."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import BadInputError
from geo.review.files import explained, sync_folder


@contextmanager
def new_folder(root: Path) -> Iterator[Path]:
    """Give a draft folder beside a new one; it takes its place when the block ends well, and is removed otherwise.

    Parameters
    ----------
    root
        A folder that does not exist yet or is empty.

    Raises
    ------
    BadInputError
        The folder holds something.
    WorkspaceError
        It cannot be written.
    """
    _require_empty(root)
    draft = root.with_name(f".{root.name}.{secrets.token_hex(4)}.new")
    try:
        with explained(root.parent):
            draft.mkdir(mode=0o700)  # personal data, though pseudonymised: nobody else on the machine reads it
        yield draft
        with explained(root.parent):
            _move_into_place(draft, root)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _require_empty(root: Path) -> None:
    with explained(root.parent):
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            message = f"{root} exists and is not an empty folder; name a new folder for the workspace."
            raise BadInputError(message)
        root.parent.mkdir(parents=True, exist_ok=True)


def _move_into_place(draft: Path, root: Path) -> None:
    if root.exists():
        root.rmdir()  # empty, as was checked; Windows does not rename over a folder
    draft.rename(root)
    sync_folder(root.parent)
