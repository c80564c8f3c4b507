"""`planner encrypt`: encrypt the workspace's database at rest, or give it a new key."""

from pathlib import Path
from typing import Annotated, Final

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError, MissingDataError
from geo.review.encrypting import encrypt_workspace, write_key_file
from geo.review.encryption import KEY_FILE_NAME, KEY_NAME, DatabaseKey, cipher_library, given_key, is_encrypted, new_key
from geo.review.workspace import Workspace

_OLD_BYTES: Final = (
    "The old file was written over; on a solid-state disk and in backups its bytes may live on, so encrypt the whole "
    "disk too and delete old backups."
)


def encrypt(
    make_key: Annotated[
        Path | None,
        typer.Option("--make-key", help="Make a new key and write it to this new file, outside the workspace."),
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Encrypt the database with SQLCipher; on an encrypted workspace, --make-key gives a new key."""
    opened = open_workspace(workspace)
    cipher_library()
    again = is_encrypted(opened.store.path)
    if make_key is None:
        encrypt_workspace(opened, _given(opened, again=again))
    else:
        _with_new_key(opened, make_key.absolute())
    result = {
        "workspace": str(opened.root),
        "encrypted": True,
        "key_file": str(make_key.absolute()) if make_key else "",
    }
    show_result(result, _lines(opened, make_key, again=again), as_json=as_json)


def _given(workspace: Workspace, *, again: bool) -> DatabaseKey:
    if again:
        message = f"The workspace {workspace.root} is encrypted already; --make-key FILE gives it a new key."
        raise BadInputError(message)
    key = given_key()
    if key is None:
        message = f"Name the key: set {KEY_NAME} or {KEY_FILE_NAME}, or have one made with --make-key FILE."
        raise MissingDataError(message)
    return key


def _with_new_key(workspace: Workspace, file: Path) -> None:
    """Write the key first: a workspace must never be locked with a key that nobody has."""
    key = new_key()
    write_key_file(file, key, workspace=workspace)
    try:
        encrypt_workspace(workspace, key)
    except BaseException:
        if not is_encrypted(workspace.store.path):  # else it may be the key of a database that is encrypted by now
            file.unlink(missing_ok=True)
        raise


def _lines(workspace: Workspace, make_key: Path | None, *, again: bool) -> list[str]:
    done = "The database has a new key." if again else "The database is encrypted."
    setting = f"{KEY_FILE_NAME}={make_key.absolute()}" if make_key else KEY_NAME
    return [
        f"{workspace.root}: {done}",
        f"From now on the planner opens it only where {setting} is set.",
        "Back the key up apart from the workspace: whoever loses it loses the workspace.",
        _OLD_BYTES,
    ]
