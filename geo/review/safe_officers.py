"""Who keeps the list of safe places: two named officers, or on a server whoever signs in as lead officer.

The names are in the audit log, and so is every change of them. Where both officers have left, nobody could name the
next: then whoever holds the workspace's key may, since with key and database they could try every postcode anyway.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.signing import Signer
from geo.review.workspace import Workspace

MOST_OFFICERS: Final = 2
_NOT_YOURS: Final = (
    "The list of safe places is kept by two named officers, and you are not one of them; ask them. Nothing was changed."
)
_NOBODY: Final = (
    "Nobody has been named to keep the list of safe places yet; name one or two officers first, with planner "
    "safe-places officers. Nothing was changed."
)
_LEADS: Final = (
    "The list of safe places is kept by the lead officers and those whom they name, and you are not one of them; ask "
    "them. Nothing was changed."
)


def officers(workspace: Workspace) -> tuple[str, ...]:
    """Name the officers who keep the list; a lead officer of a server keeps it without being named."""
    with workspace.store.reading() as connection:
        return _officers(connection)


def may_keep_list(workspace: Workspace) -> bool:
    """Tell whether whoever has this workspace open is one of those who keep the list."""
    return _keeps(workspace.signer, officers(workspace))


def name_officers(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Name the officers who keep the list, in place of those before; the first ones anybody at the machine may name.

    Raises
    ------
    BadInputError
        None or more than two are named, somebody else keeps the list already, or on a server somebody names them who
        is no lead.
    """
    chosen = _tidy(names)
    with workspace.store.noting() as connection:
        before = _officers(connection)
        if (before or workspace.signer.signed_in) and not _keeps(workspace.signer, before):
            raise BadInputError(_refusal(workspace.signer, before))
        _replace(connection, workspace, chosen, words=f"safe-place officers: {', '.join(chosen)}")
    return chosen


def recover_officers(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Name new officers where the two before can be asked no more; the audit log tells who did so.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine; none or more than two are named; nobody was named before; or
        somebody signed in tries it, for the key is the server's and not theirs.
    """
    chosen = _tidy(names)
    if workspace.signer.signed_in:
        raise BadInputError(_LEADS)
    workspace.key()
    with workspace.store.noting() as connection:
        before = _officers(connection)
        if not before:
            raise BadInputError(_NOBODY)
        words = f"safe-place officers named anew with the key, not by those before: {', '.join(chosen)}"
        _replace(connection, workspace, chosen, words=f"{words} (before: {', '.join(before)})")
    return chosen


def require_officer(connection: sqlite3.Connection, signer: Signer) -> None:
    """Refuse whoever does not keep the list, in the same words whatever they asked.

    Raises
    ------
    BadInputError
        They do not.
    """
    named = _officers(connection)
    if not _keeps(signer, named):
        raise BadInputError(_refusal(signer, named))


def _officers(connection: sqlite3.Connection) -> tuple[str, ...]:
    return tuple(str(who) for (who,) in connection.execute("SELECT who FROM safe_officers ORDER BY who"))


def _keeps(signer: Signer, named: Sequence[str]) -> bool:
    """Tell it by the role of whoever signed in, else by the name: of the machine's user, or a verified address."""
    tidy = " ".join(signer.who.split()).casefold()
    return signer.is_lead or (tidy != "" and tidy in {name.casefold() for name in named})


def _refusal(signer: Signer, named: Sequence[str]) -> str:
    if signer.signed_in:
        return _LEADS
    return _NOT_YOURS if named else _NOBODY


def _tidy(names: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(name for name in (" ".join(text.split()) for text in names) if name))
    if not 1 <= len(chosen) <= MOST_OFFICERS:
        message = f"{len(chosen)} officers are named; expected one or two. Nothing was changed."
        raise BadInputError(message)
    return chosen


def _replace(connection: sqlite3.Connection, workspace: Workspace, chosen: Sequence[str], *, words: str) -> None:
    connection.execute("DELETE FROM safe_officers")
    connection.executemany("INSERT INTO safe_officers VALUES (?)", [(name,) for name in chosen])
    append_line(connection, "role change", words, signer=workspace.signer)
