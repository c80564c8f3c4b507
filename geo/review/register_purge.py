"""Take a place that was put on the safe list out of the site register, as if it had never been entered.

The register only grows, but for this: an old line that names a refuge would be a map to it. So its rows are removed
from every table, what was numbered is numbered anew, and the database's files are written anew. Nothing says that it
was done, for a line about it would tell that there is a place to look for.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from geo.review.listed_names import telling_names
from geo.review.pack.listed_places import without_listed
from geo.review.pack_purge import packs_left
from geo.review.programme_purge import listed_hubs, programmes_left
from geo.review.register_state import overlaid, read_known
from geo.review.safe_list import SafeList, safe_list
from geo.review.walks.card_purge import cards_left
from geo.review.walks.report_purge import reports_placed_less, visits_placed_less
from geo.review.walks.snapshot_purge import snapshots_left
from geo.review.workspace import Workspace

_TABLES: Final = (
    "site_entries",
    "site_changes",
    "site_log",
    "decisions",
    "action_changes",
    "hub_sessions",
    "same_places",
    "programmes",
    "packs",
    "walk_cards",
    "walk_reports",
    "walk_visits",
    "rotas",
    "snapshots",
)
Row = tuple[Any, ...]
Tables = dict[str, list[Row]]


def purge_register(workspace: Workspace, *, refused: Collection[str] = ()) -> None:
    """Remove every listed place from the register, its log, decisions, actions, programmes, packs, hubs held, walks.

    Call it before the sites' own files are cleared, for they say where a place is.

    Parameters
    ----------
    refused
        Ids of sites that a file marks as places which must not be shown; they go as the listed ones do.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine.
    """
    safe = safe_list(workspace)
    with workspace.store.reading() as connection:
        tables = _read(connection)
        if not any(tables.values()):
            return
        listed = _listed(workspace, safe, connection, refused)
        if _cleared(tables, safe, listed) == tables:
            return
    with workspace.store.writing() as connection:
        listed = _listed(workspace, safe, connection, refused)
        _rewrite(connection, _cleared(_read(connection), safe, listed))
    workspace.store.rewrite()


def _read(connection: sqlite3.Connection) -> Tables:
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in _TABLES}  # noqa: S608 - our own table names


def _cleared(tables: Tables, safe: SafeList, listed: tuple[set[str], set[str]]) -> Tables:
    """Give the rows that stay, numbered anew; `listed` as `_listed` gives it."""
    sites, names = listed
    planned = _planned(tables["programmes"], safe)
    gone = sites | {str(hub["site_id"]) for hub in planned if hub["site_id"]}

    def tells(row: Sequence[Any]) -> bool:
        return _tells(row, gone, names, safe)

    decisions, numbers = _decisions_left(tables["decisions"], gone, tells)
    actions = _actions_left(tables["action_changes"], tells, numbers)
    return {
        "site_entries": [row for row in tables["site_entries"] if not tells(row)],
        "site_changes": _numbered([row for row in tables["site_changes"] if not tells(row)]),
        "site_log": _numbered([row for row in tables["site_log"] if not tells(row)]),
        "decisions": decisions,
        "action_changes": _numbered(actions),
        "hub_sessions": _sessions_left(tables["hub_sessions"], tells),
        "same_places": _numbered([row for row in tables["same_places"] if not tells(row)]),
        "programmes": programmes_left(tables["programmes"], tells, lambda hub: hub in planned),
        "walk_cards": cards_left(tables["walk_cards"], safe, tells),
        "walk_reports": reports_placed_less(tables["walk_reports"], safe),
        "walk_visits": visits_placed_less(tables["walk_visits"], safe),
        "rotas": [row for row in tables["rotas"] if not tells(row)],
        "snapshots": snapshots_left(tables["snapshots"], safe, tells),
        "packs": packs_left(tables["packs"], tells, lambda content: without_listed(content, safe, refused=sites)),
    }


def _listed(
    workspace: Workspace, safe: SafeList, connection: sqlite3.Connection, refused: Collection[str]
) -> tuple[set[str], set[str]]:
    """Find the listed sites, with those that a file marks, and what they are called."""
    known = read_known(workspace, connection)
    if known.sites.empty:
        return set(refused), set()
    facts = known.facts
    texts = pd.DataFrame([facts[site] for site in known.ids], index=known.sites.index)
    listed = safe.lists(overlaid(known)) | safe.mentioned(texts) | safe.lists(known.sites)
    gone = {site for site, out in zip(known.ids, listed, strict=True) if out} | set(refused)
    names = {site: (facts[site]["name"], known.base_facts[site]["name"]) for site in known.ids}
    others = [name for site in known.ids if site not in gone for name in names[site]]
    return gone, telling_names((name for site in known.ids if site in gone for name in names[site]), others)


def _planned(rows: Sequence[Row], safe: SafeList) -> list[Mapping[str, Any]]:
    """Find the hubs at listed places that are in a programme; their sites may have left the register."""
    content_at = 5
    return listed_hubs([hub for row in rows for hub in json.loads(row[content_at])["hubs"]], safe)


def _tells(row: Sequence[Any], gone: set[str], names: set[str], safe: SafeList) -> bool:
    texts = [cell for cell in row if isinstance(cell, str)]
    folded = " ".join(texts).casefold()
    return (
        bool(gone & set(texts))
        or any(re.search(rf"\b{re.escape(name)}\b", folded) for name in names)
        or bool(safe.mentioned(pd.DataFrame([texts])).any())
    )


def _decisions_left(
    rows: Sequence[Row], gone: set[str], tells: Callable[[Sequence[Any]], bool]
) -> tuple[list[Row], dict[int, int]]:
    """Take listed sites out of decisions; one that was about nothing else goes, and the numbers close up."""
    sites_at, supersedes_at = 4, 8
    kept: list[Row] = []
    numbers: dict[int, int] = {}
    for row in rows:
        sites = json.loads(row[sites_at])
        left = [site for site in sites if site not in gone]
        others = (*row[:sites_at], *row[sites_at + 1 :])
        if tells(others) or (sites and not left):
            continue
        numbers[row[0]] = len(kept) + 1
        supersedes = numbers.get(row[supersedes_at], 0)
        cells = list(row)
        cells[0], cells[sites_at], cells[supersedes_at] = len(kept) + 1, json.dumps(left), supersedes
        kept.append(tuple(cells))
    return kept, numbers


def _actions_left(rows: Sequence[Row], tells: Callable[[Sequence[Any]], bool], decisions: dict[int, int]) -> list[Row]:
    """Take out whole actions that name a listed place, and let the others point at the decisions' new numbers."""
    out = {row[1] for row in rows if tells(row)}
    left = dict.fromkeys(row[1] for row in rows if row[1] not in out)
    numbers = {old: str(new) for new, old in enumerate(left, start=1)}
    return [_pointed(row, numbers[row[1]], decisions) for row in rows if row[1] not in out]


def _sessions_left(rows: Sequence[Row], tells: Callable[[Sequence[Any]], bool]) -> list[Row]:
    """Take out hubs held at a listed place with every row that puts them right, and close the numbers up."""
    supersedes_at = 7
    first: dict[int, int] = {}
    for row in rows:
        first[int(row[0])] = first.get(int(row[supersedes_at]), int(row[0]))
    out = {first[row[0]] for row in rows if tells(row)}
    left = [row for row in rows if first[row[0]] not in out]
    numbers = {row[0]: number for number, row in enumerate(left, start=1)}
    return [
        (numbers[row[0]], *row[1:supersedes_at], numbers.get(row[supersedes_at], 0), *row[supersedes_at + 1 :])
        for row in left
    ]


def _pointed(row: Row, number: str, decisions: dict[int, int]) -> Row:
    first, _, field, was, became, *rest = row
    if field == "decision":
        was, became = (str(decisions.get(int(text), "")) if text else "" for text in (was, became))
    return (first, number, field, was, became, *rest)


def _numbered(rows: list[Row]) -> list[Row]:
    return [(number, *row[1:]) for number, row in enumerate(rows, start=1)]


def _rewrite(connection: sqlite3.Connection, tables: Tables) -> None:
    """Replace the rows of every table, with its triggers away for as long as the transaction lasts."""
    marks = ", ".join("?" * len(_TABLES))
    query = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})"  # noqa: S608 - marks only
    triggers = connection.execute(query, _TABLES).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for table, rows in tables.items():
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names
        if rows:
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 - our own table names
    for _, statement in triggers:
        connection.execute(statement)
