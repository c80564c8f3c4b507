"""Change facts of the site register: only the cells that differ, each held against what it was when it was read.

Where somebody else has changed the same cell since, theirs stays, and a sentence says what both wrote, so that nothing
is lost. A plan says what would be changed; it is made anew within the transaction that writes.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.histories import Change, append_changes
from geo.review.register_fields import MOST_COLUMNS, read_fact
from geo.review.register_places import find_place
from geo.review.register_screen import Screen, screen_of
from geo.review.register_state import Known, enter_sites, read_known
from geo.review.register_words import OWN, heading_of, told, told_value
from geo.review.workspace import Workspace

_NEVER_EMPTY: Final = ("name", "category", "postcode")


@dataclass(frozen=True)
class CellEdit:
    """One cell as somebody wrote it.

    Attributes
    ----------
    site_id
        The site's id.
    field
        Which fact.
    before
        What the cell said when it was read.
    after
        What it says now.
    """

    site_id: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Edited:
    """What became of cells.

    Attributes
    ----------
    changes
        What is written, or would be.
    conflicts
        A sentence for each cell that somebody else has changed since.
    refused
        A sentence for each cell that cannot be what was written.
    left_out
        Sites whose cells were left out: not known, or not for publication.
    """

    changes: tuple[Change, ...] = ()
    conflicts: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    left_out: int = 0

    def sentences(self) -> list[str]:
        """Say what was not written, and why."""
        return [*self.conflicts, *self.refused, *filter(None, [left_out(self.left_out)])]


def edit_sites(workspace: Workspace, edits: Sequence[CellEdit], *, today: date) -> Edited:
    """Write cells into the register.

    Parameters
    ----------
    edits
        Cells that somebody changed.
    today
        No check can be later.

    Raises
    ------
    MissingDataError
        The workspace's key is not on this machine.
    """
    screen = screen_of(workspace)
    before = plan_edits(workspace, read_known(workspace), edits, screen=screen, today=today)
    if not before.changes:
        return before
    with workspace.store.writing() as connection:
        known = read_known(workspace, connection)
        plan = plan_edits(workspace, known, edits, screen=screen, today=today)
        write_edits(connection, workspace, known, plan)
    return plan


def set_facts(workspace: Workspace, site: str, facts: Mapping[str, str], *, today: date) -> Edited:
    """Write facts of one site, by its id or name, over whatever stands there.

    Raises
    ------
    BadInputError
        There is no such site, or a fact cannot be what was written; nothing is changed then.
    """
    known = read_known(workspace)
    site_id = known.require(site)
    stands = known.facts[site_id]
    edits = [CellEdit(site_id, field, stands.get(field, ""), text) for field, text in facts.items()]
    plan = plan_edits(workspace, known, edits, screen=screen_of(workspace), today=today)
    if plan.sentences():
        message = f"{' '.join(plan.sentences())} Nothing was changed."
        raise BadInputError(message)
    return edit_sites(workspace, edits, today=today)


def write_edits(connection: sqlite3.Connection, workspace: Workspace, known: Known, plan: Edited) -> None:
    """Write a plan's changes into the transaction that is open, with their line of the audit log."""
    if not plan.changes:
        return
    sites = {one.thing for one in plan.changes} & set(known.ids)
    enter_sites(connection, known, sites)
    append_changes(connection, "site_changes", plan.changes, signer=workspace.signer)
    detail = f"facts changed: {len(plan.changes):,}, sites: {len(sites):,}"
    append_line(connection, "site register", detail, signer=workspace.signer)


def plan_edits(workspace: Workspace, known: Known, edits: Iterable[CellEdit], *, screen: Screen, today: date) -> Edited:
    """Say what would become of cells; nothing is written."""
    facts = known.facts
    by_site: dict[str, list[CellEdit]] = {}
    for edit in edits:
        by_site.setdefault(edit.site_id, []).append(edit)
    unknown = [site for site in by_site if site and site not in facts]
    desk = Desk(workspace, known, screen, today)
    plans = [_plan_site(desk, site, cells) for site, cells in by_site.items() if site not in unknown]
    rows = [_would_be(facts, plan) for plan in plans]
    refused = screen.refused(rows)
    kept = [plan for plan, out in zip(plans, refused, strict=True) if not out]
    return Edited(
        changes=tuple(change for plan in kept for change in plan.changes),
        conflicts=tuple(text for plan in kept for text in plan.conflicts),
        refused=tuple(text for plan in kept for text in plan.refused),
        left_out=len(unknown) + sum(refused) + sum(plan.left_out for plan in kept),
    )


@dataclass(frozen=True)
class Desk:
    """What a cell is held against."""

    workspace: Workspace
    known: Known
    screen: Screen
    today: date


def _would_be(facts: Mapping[str, Mapping[str, str]], plan: Edited) -> dict[str, str]:
    """Give all texts that a site would then have, and what was written but cannot be: no word of it may be repeated."""
    texts = {one.field: one.became for one in plan.changes}
    site = next((one.thing for one in plan.changes), "")
    said = {f"said {at}": text for at, text in enumerate((*plan.conflicts, *plan.refused))}
    told_all = {**facts.get(site, {}), **texts, **said}
    return {name: text for name, text in told_all.items() if name != "category"}  # a word of our own


def _plan_site(desk: Desk, site: str, cells: list[CellEdit]) -> Edited:
    plans = [_plan_cell(desk, cell) for cell in cells]
    _require_few_columns(desk.known, site, plans)
    return Edited(
        changes=tuple(change for plan in plans for change in plan.changes),
        conflicts=tuple(text for plan in plans for text in plan.conflicts),
        refused=tuple(text for plan in plans for text in plan.refused),
        left_out=max((plan.left_out for plan in plans), default=0),
    )


def _plan_cell(desk: Desk, cell: CellEdit) -> Edited:
    stands = desk.known.facts.get(cell.site_id) or desk.known.written.get(cell.site_id, {})
    name, now = stands.get("name", "The sheet"), stands.get(cell.field, "")
    try:
        after = read_fact(cell.field, cell.after, today=desk.today)
        if after in {now, cell.before}:
            return Edited()
        what = f"{name}, {told(cell.field)}"
        if now != cell.before:
            return Edited(conflicts=(_conflict(desk.known, cell, what, now=now, after=after),))
        return _checked_cell(desk, replace(cell, before=now, after=after), what)
    except BadInputError as error:
        return Edited(refused=(f"{name}: {error}",))


def _checked_cell(desk: Desk, cell: CellEdit, what: str) -> Edited:
    """Hold a cell against what may be changed at all."""
    change = Change(cell.site_id, cell.field, cell.before, cell.after)
    if not cell.after and cell.field in _NEVER_EMPTY:
        return Edited(refused=(f"{what} cannot be empty.",))
    if not cell.after and not desk.known.written.get(cell.site_id, {}).get(cell.field):
        return Edited(refused=(f"{what} comes from its file; write another value over it, for it cannot be emptied.",))
    return _moved(desk, change, what) if cell.field == "postcode" else Edited(changes=(change,))


def _moved(desk: Desk, change: Change, what: str) -> Edited:
    """Mend the postcode of a site of the council's own, and so where it stands."""
    row = desk.known.sites[desk.known.sites["site_id"] == change.thing].iloc[0]
    if row["dataset"] != OWN:
        return Edited(refused=(f"{what} comes from its file and is mended there.",))
    place = find_place(desk.workspace, desk.screen, change.became)
    if place is None:
        return Edited(left_out=1)
    axes = zip(("easting", "northing"), place, strict=True)
    return Edited(changes=(change, *(Change(change.thing, axis, "", str(metres)) for axis, metres in axes)))


def _conflict(known: Known, cell: CellEdit, what: str, *, now: str, after: str) -> str:
    last = [one for one in known.changes if (one.thing, one.field) == (cell.site_id, cell.field)]
    who = f"by {last[-1].who}" if last and last[-1].who else "since"
    stands, yours = told_value(cell.field, now) or "nothing", told_value(cell.field, after) or "nothing"
    return (
        f"{what} was changed {who} while you had it open: it says '{stands}' now, and your '{yours}' was not written."
    )


def _require_few_columns(known: Known, site: str, plans: list[Edited]) -> None:
    kept = {field for field in known.written.get(site, {}) if heading_of(field)}
    new = {one.field for plan in plans for one in plan.changes if heading_of(one.field)}
    if len(kept | new) > MOST_COLUMNS:
        message = f"A site may have {MOST_COLUMNS} added columns; there would be {len(kept | new)}. Nothing was kept."
        raise BadInputError(message)
