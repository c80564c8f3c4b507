"""Enter a site of the council's own, which is in no published file: by name, category and postcode."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError
from geo.places.postcode import Postcode
from geo.review.audit import append_line
from geo.review.histories import Change, append_changes
from geo.review.register_fields import read_fact
from geo.review.register_places import Point, find_place
from geo.review.register_screen import NOTHING_KEPT, Screen, screen_of
from geo.review.register_state import Known, read_known
from geo.review.register_words import OWN
from geo.review.workspace import Workspace

_IDENTITY: Final = ("name", "category", "postcode")


@dataclass(frozen=True)
class NewSite:
    """A site as an officer gives it.

    Attributes
    ----------
    name, category, postcode
        All three are needed; the category by its name or its code word.
    facts
        Whatever else is known of it, by the name of the fact.
    """

    name: str
    category: str
    postcode: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A new site that can be entered, with its id, its facts and its point (EPSG:27700)."""

    site_id: str
    facts: Mapping[str, str]
    point: Point


@dataclass(frozen=True)
class NewSites:
    """What would become of new sites.

    Attributes
    ----------
    placed
        Those that can be entered.
    refused
        A sentence for each that cannot, by a slip that may be named.
    left_out
        Those without a usable place or not for publication, in one number.
    """

    placed: tuple[Placed, ...] = ()
    refused: tuple[str, ...] = ()
    left_out: int = 0


def add_site(workspace: Workspace, site: NewSite, *, today: date) -> str:
    """Enter a site; it gives the id by which the register knows it.

    Raises
    ------
    BadInputError
        Something is missing or known already, the postcode has no usable place, or the site is too far away. A place
        that must not be shown is refused in the words of one that cannot be found.
    MissingDataError
        No postcode directory has been added, or the workspace's key is not on this machine.
    """
    screen = screen_of(workspace)
    with workspace.store.writing() as connection:
        known = read_known(workspace, connection)
        plan = plan_sites(workspace, known, [site], screen=screen, today=today)
        if not plan.placed:
            message = plan.refused[0] if plan.refused else f"{left_out(1)} {NOTHING_KEPT}"
            raise BadInputError(message)
        write_sites(connection, workspace, plan)
    return plan.placed[0].site_id


def plan_sites(
    workspace: Workspace, known: Known, sites: Sequence[NewSite], *, screen: Screen, today: date
) -> NewSites:
    """Say what would become of new sites; nothing is written."""
    placed: dict[str, Placed] = {}
    refused: list[str] = []
    unused = 0
    taken = {_like(facts["name"], facts["postcode"]) for facts in known.facts.values()}
    texts = [{"name": one.name, "postcode": one.postcode, **one.facts} for one in sites]
    for site, unfit in zip(sites, screen.refused(texts), strict=True):
        try:
            found = None if unfit else _place(workspace, screen, site, today=today)
        except BadInputError as error:
            refused.append(str(error))
            continue
        if found is None:
            unused += 1
        elif _like(found.facts["name"], found.facts["postcode"]) in taken:
            refused.append(f"{found.facts['name']} at {found.facts['postcode']} is known already; change its entry.")
        else:
            placed[found.site_id] = found
            taken.add(_like(found.facts["name"], found.facts["postcode"]))
    return NewSites(tuple(placed.values()), tuple(refused), unused)


def write_sites(connection: sqlite3.Connection, workspace: Workspace, plan: NewSites) -> None:
    """Write new sites into the transaction that is open, with their line of the audit log."""
    if not plan.placed:
        return
    rows = [
        (one.site_id, *(one.facts[name] for name in _IDENTITY), one.point[0], one.point[1], OWN) for one in plan.placed
    ]
    connection.executemany("INSERT INTO site_entries VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    changes = [Change(one.site_id, name, "", text) for one in plan.placed for name, text in one.facts.items() if text]
    append_changes(connection, "site_changes", changes, signer=workspace.signer)
    append_line(connection, "site register", f"sites entered: {len(rows):,}", signer=workspace.signer)


def _place(workspace: Workspace, screen: Screen, site: NewSite, *, today: date) -> Placed | None:
    given = {"name": site.name, "category": site.category, **site.facts}
    facts = {name: read_fact(name, text, today=today) for name, text in given.items()}
    if not facts["name"] or not facts["category"]:
        message = f"A new site needs a name, a category and a postcode. {NOTHING_KEPT}"
        raise BadInputError(message)
    point = find_place(workspace, screen, site.postcode)
    if point is None:
        return None
    facts["postcode"] = str(Postcode.parse(site.postcode))
    return Placed(_identity(facts), facts, point)


def _identity(facts: Mapping[str, str]) -> str:
    text = "|".join(facts[name] for name in _IDENTITY).casefold()
    return f"{OWN}:{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def _like(name: str, postcode: str) -> tuple[str, str]:
    return " ".join(name.split()).casefold(), postcode
