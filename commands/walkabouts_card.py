"""`planner walkabouts card` and `cards`: give a walk card out, list the cards, write one's files again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.files import write_content
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.files import explained
from geo.review.walks.cards import WalkCard, card_numbered, expired, keep_card, read_cards, require_usable
from geo.review.workspace import Workspace
from geo.walkabouts.plan import Walkabout
from layers.walks.handout import hand_out


def give_card(
    opened: Workspace, walkabout: Walkabout, *, recipient: str, purpose: str, who: str, out: Path
) -> tuple[WalkCard, list[str]]:
    """Keep the card of a plan, then write everything that is handed out with it.

    Parameters
    ----------
    recipient, purpose, who
        As `geo.review.walks.cards.keep_card`.
    out
        The folder; made where it is missing, in a folder that exists.

    Returns
    -------
    WalkCard, list of str
        The card, and the names of the files written.

    Raises
    ------
    BadInputError
        The folder cannot be used, or the card cannot be kept.
    WorkspaceError
        A file cannot be written; the card is kept, and `planner walkabouts card NUMBER` writes it again.
    """
    require_folder(out)
    card = keep_card(opened, walkabout, recipient=recipient, purpose=purpose, who=who, today=today())
    return card, _write(opened, card, out)


def card(
    number: Annotated[int, typer.Argument(help="The card's number, as planner walkabouts cards lists it.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write its files to.")],
    after_expiry: Annotated[
        bool, typer.Option("--after-expiry", help="For the records: also a card that expired or was replaced.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the files of a walk card again: PDF, HTML and GPX for each team, and the form."""
    opened = open_workspace(workspace)
    found = card_numbered(opened, number)
    if not after_expiry:
        require_usable(found, today())
    require_folder(out)
    names = _write(opened, found, out)
    document = {**_told(found), "files": names}
    show_result(document, [_line(found), f"Written to {out.name}: {', '.join(names)}."], as_json=as_json)


def cards(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the walk cards: to whom each was given, for what, and until when it may be used."""
    found = read_cards(open_workspace(workspace))
    lines = [_line(one) for one in found] or ["No walk card was made yet; planner walkabouts plan makes one."]
    show_result({"cards": [_told(one) for one in found]}, lines, as_json=as_json)


def require_folder(out: Path) -> None:
    """Refuse a folder that cannot be written to.

    Raises
    ------
    BadInputError
        It is a file, or lies in a folder that does not exist.
    """
    if out.exists() and not out.is_dir():
        message = f"{out.name} is a file; name a folder."
        raise BadInputError(message)
    if not out.parent.is_dir():
        message = f"There is no folder for {out.name} at the place named; make it first, or name another place."
        raise BadInputError(message)


def _write(opened: Workspace, given: WalkCard, out: Path) -> list[str]:
    files = hand_out(given, opened)
    with explained(out.parent):
        out.mkdir(exist_ok=True)
    for name, content in files.items():
        write_content(content, out / name)
    return list(files)


def _told(one: WalkCard) -> dict[str, Any]:
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "recipient": one.recipient,
        "purpose": one.purpose,
        "expires": one.expires.isoformat(),
        "expired": expired(one, today()),
        "who": one.who,
        "teams": len(one.walkabout.teams),
        "stops": len(one.stops),
        "replaced_by": one.replaced_by,
        "digest": one.digest,
    }


def _line(one: WalkCard) -> str:
    state = f"use until {one.expires.isoformat()}"
    if one.replaced_by:
        state = f"replaced by card {one.replaced_by}"
    elif expired(one, today()):
        state = f"expired on {one.expires.isoformat()}"
    given = f"given to {one.recipient} by {one.who}, for: {one.purpose}"
    return f"Walk card {one.number}, walk of {one.day.isoformat()}: {given}; {state}."
