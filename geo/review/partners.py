"""When the partner agencies can come to a hub, as the workspace keeps it."""

from collections.abc import Sequence
from typing import Final

from geo.errors import BadInputError
from geo.hubs.programme import Partner
from geo.hubs.programme.partners import make_partner
from geo.review.audit import append_line
from geo.review.workspace import Workspace

_COLUMNS: Final = "name, weekdays, weeks, begins, ends, away"
_MOST: Final = 60  # a forum has some twenty


def read_partners(workspace: Workspace) -> tuple[Partner, ...]:
    """Read when each partner can come, by name."""
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM partners ORDER BY name COLLATE NOCASE, name").fetchall()  # noqa: S608 - our own column names
    return tuple(
        make_partner(name, weekdays=weekdays, weeks=weeks, begin=begins, end=ends, away=away)
        for name, weekdays, weeks, begins, ends, away in rows
    )


def set_partner(workspace: Workspace, partner: Partner) -> None:
    """Keep when a partner can come, in place of what was kept under this name in any spelling of capitals.

    Raises
    ------
    BadInputError
        There are very many partners already.
    """
    others = [one for one in read_partners(workspace) if one.name.casefold() != partner.name.casefold()]
    save_partners(workspace, [*others, partner])


def remove_partner(workspace: Workspace, name: str) -> None:
    """Take a partner off the list.

    Raises
    ------
    BadInputError
        There is none of this name.
    """
    kept = read_partners(workspace)
    others = [one for one in kept if one.name.casefold() != " ".join(name.split()).casefold()]
    if len(others) == len(kept):
        listed = ", ".join(f"'{one.name}'" for one in kept) or "none yet"
        message = f"There is no partner of that name; there is: {listed}."
        raise BadInputError(message)
    save_partners(workspace, others)


def save_partners(workspace: Workspace, partners: Sequence[Partner]) -> None:
    """Replace the whole list.

    Raises
    ------
    BadInputError
        Two partners have one name, or there are very many.
    """
    folded = [partner.name.casefold() for partner in partners]
    if len(set(folded)) < len(folded):
        message = "Two partners have the same name; give each its own row and name. Nothing was kept."
        raise BadInputError(message)
    if len(partners) > _MOST:
        message = f"At most {_MOST} partners can be kept; these are {len(partners)}. Nothing was kept."
        raise BadInputError(message)
    rows = [
        (one.name, ", ".join(one.weekdays), ", ".join(one.weeks), one.begin, one.end, ", ".join(one.away))
        for one in partners
    ]
    with workspace.store.noting() as connection:  # no count rests on it
        connection.execute("DELETE FROM partners")
        connection.executemany(f"INSERT INTO partners ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own column names
        append_line(connection, "partners", f"partners {len(rows):,}", signer=workspace.signer)
