"""Actions that follow from the review: what is to be done, by whom, until when, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, cast

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.decisions import read_decisions
from geo.review.histories import Change, append_changes, read_changes, standing
from geo.review.register_screen import screen_of
from geo.review.register_state import enter_sites, read_known
from geo.review.workspace import Workspace
from geo.schema import ACTION_STATES

State = Literal["open", "done", "dropped"]
LONGEST: Final = 1_000
_FIELDS: Final = ("what", "owner", "due", "status", "decision", "site")
_CHANGEABLE: Final = ("owner", "due", "status")


@dataclass(frozen=True)
class Action:
    """One action as it stands.

    Attributes
    ----------
    number
        From 1, in the order of writing.
    what, owner, due, status
        What is to be done, who does it, until when, and what became of it.
    decision
        The number of the decision it follows from; 0 for none.
    site
        The id of the site it is about; empty for none.
    history
        Every change, the first one first.
    """

    number: int
    what: str
    owner: str
    due: date
    status: State
    decision: int = 0
    site: str = ""
    history: tuple[Change, ...] = field(default=(), repr=False)

    def late(self, today: date) -> bool:
        """Tell whether it is open and its day has passed."""
        return self.status == "open" and self.due < today


@dataclass(frozen=True)
class ToDo:
    """An action as an officer gives it; attributes as `Action`."""

    what: str
    owner: str
    due: date
    decision: int = 0
    site: str = ""


def add_action(workspace: Workspace, given: ToDo) -> Action:
    """Write an action.

    Raises
    ------
    BadInputError
        It does not say what or who, or there is no such decision or site.
    """
    facts = {"what": " ".join(given.what.split()), "owner": " ".join(given.owner.split())}
    _require_said(facts)
    if given.decision and given.decision not in {one.number for one in read_decisions(workspace)}:
        message = f"There is no decision {given.decision}. Nothing was kept."
        raise BadInputError(message)
    screen = screen_of(workspace)
    with workspace.store.noting() as connection:
        known = read_known(workspace, connection)
        site = known.require(given.site) if given.site else ""
        screen.require_fit(facts)
        enter_sites(connection, known, {site} - {""})
        number = len(standing(read_changes(connection, "action_changes"))) + 1
        facts |= {"due": given.due.isoformat(), "status": "open", "site": site}
        facts["decision"] = str(given.decision) if given.decision else ""
        changes = [Change(str(number), name, "", facts[name]) for name in _FIELDS if facts[name]]
        append_changes(connection, "action_changes", changes, signer=workspace.signer)
        append_line(connection, "action", "written: open", signer=workspace.signer)
    return read_actions(workspace)[number - 1]


def change_action(workspace: Workspace, number: int, facts: Mapping[str, str]) -> Action:
    """Change who does an action, until when, or what became of it; what it was stays in its history.

    Parameters
    ----------
    facts
        Any of owner, due (ISO) and status.

    Raises
    ------
    BadInputError
        There is no such action, or a fact cannot be what is given.
    """
    read = {name: _read_fact(name, text) for name, text in facts.items()}
    screen = screen_of(workspace)
    screen.require_fit({"owner": read.get("owner", "")})
    with workspace.store.noting() as connection:
        now = standing(read_changes(connection, "action_changes")).get(str(number))
        if now is None:
            message = f"There is no action {number}; planner actions list tells them. Nothing was changed."
            raise BadInputError(message)
        changes = [
            Change(str(number), name, now.get(name, ""), text) for name, text in read.items() if text != now.get(name)
        ]
        append_changes(connection, "action_changes", changes, signer=workspace.signer)
        if changes:
            words = ", ".join(f"{one.field} {one.became}" if one.field == "status" else one.field for one in changes)
            append_line(connection, "action", f"changed: {words}", signer=workspace.signer)
    return read_actions(workspace)[number - 1]


def read_actions(workspace: Workspace) -> tuple[Action, ...]:
    """Read every action, in the order of writing."""
    with workspace.store.reading() as connection:
        changes = read_changes(connection, "action_changes")
    return tuple(
        Action(
            number=int(number),
            what=facts["what"],
            owner=facts["owner"],
            due=date.fromisoformat(facts["due"]),
            status=cast("State", facts["status"]),
            decision=int(facts.get("decision") or 0),
            site=facts.get("site", ""),
            history=tuple(one for one in changes if one.thing == number),
        )
        for number, facts in standing(changes).items()
    )


def _require_said(facts: Mapping[str, str]) -> None:
    for what, text in (("what is to be done", facts["what"]), ("who does it", facts["owner"])):
        if not text or len(text) > LONGEST:
            message = f"An action says {what}, in 1 to {LONGEST:,} letters. Nothing was kept."
            raise BadInputError(message)


def _read_fact(name: str, text: str) -> str:
    plain = " ".join(text.split())
    if name not in _CHANGEABLE:
        message = f"'{name}' of an action is not changed; expected one of: {', '.join(_CHANGEABLE)}."
        raise BadInputError(message)
    if name == "status" and plain not in ACTION_STATES:
        message = f"'{plain}' is no state of an action; expected one of: {', '.join(ACTION_STATES)}."
        raise BadInputError(message)
    if name == "owner":
        _require_said({"what": "said", "owner": plain})
    if name == "due":
        try:
            date.fromisoformat(plain)
        except ValueError:
            message = "The day an action is due is written as 2025-05-31. Nothing was changed."
            raise BadInputError(message) from None
    return plain
