"""Which agencies walk along, as the workspace keeps it."""

from collections.abc import Sequence
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.walks.fields import require_fields
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import WalkAgency, make_agency

_COLUMNS: Final = "name, powers, people, weekdays, bands, away"
_MOST: Final = 40


def read_agencies(workspace: Workspace) -> tuple[WalkAgency, ...]:
    """Read the agencies, by name."""
    with workspace.store.reading() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM walk_agencies ORDER BY name COLLATE NOCASE, name").fetchall()  # noqa: S608 - our own column names
    return tuple(
        make_agency(name, powers=powers, people=people, weekdays=weekdays, bands=bands, away=away)
        for name, powers, people, weekdays, bands, away in rows
    )


def set_agency(workspace: Workspace, agency: WalkAgency) -> None:
    """Keep an agency, in place of what was kept under this name in any spelling of capitals.

    Raises
    ------
    BadInputError
        There are very many already, or the name must not be kept.
    MissingDataError
        The workspace's key is not on this machine.
    """
    others = [one for one in read_agencies(workspace) if one.name.casefold() != agency.name.casefold()]
    save_agencies(workspace, [*others, agency])


def remove_agency(workspace: Workspace, name: str) -> None:
    """Take an agency off the list.

    Raises
    ------
    BadInputError
        There is none of this name.
    """
    kept = read_agencies(workspace)
    others = [one for one in kept if one.name.casefold() != " ".join(name.split()).casefold()]
    if len(others) == len(kept):
        listed = ", ".join(f"'{one.name}'" for one in kept) or "none yet"
        message = f"There is no agency of that name; there is: {listed}."
        raise BadInputError(message)
    save_agencies(workspace, others)


def save_agencies(workspace: Workspace, agencies: Sequence[WalkAgency]) -> None:
    """Replace the whole list.

    Raises
    ------
    BadInputError
        Two agencies have one name, there are very many, or a name must not be kept.
    MissingDataError
        The workspace's key is not on this machine.
    """
    folded = [one.name.casefold() for one in agencies]
    if len(set(folded)) < len(folded):
        message = "Two agencies have the same name; give each its own row and name. Nothing was kept."
        raise BadInputError(message)
    if len(agencies) > _MOST:
        message = f"At most {_MOST} agencies can be kept; these are {len(agencies)}. Nothing was kept."
        raise BadInputError(message)
    require_fields(workspace, {str(number): one.name for number, one in enumerate(agencies)})
    rows = [
        (
            one.name,
            ", ".join(one.powers),
            one.people,
            ", ".join(one.weekdays),
            ", ".join(one.bands),
            ", ".join(one.away),
        )
        for one in agencies
    ]
    with workspace.store.noting() as connection:  # no count rests on it
        connection.execute("DELETE FROM walk_agencies")
        connection.executemany(f"INSERT INTO walk_agencies ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - our own column names
        append_line(connection, "walk agencies", f"walk agencies {len(rows):,}", signer=workspace.signer)
