"""Under whose control and which agreement a feed's data is held, and until when: past that day it is refused."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.feeds import feed_name
from geo.review.workspace import Workspace

LONGEST: Final = 300


@dataclass(frozen=True)
class Agreement:
    """What the council and the sender of a feed agreed.

    Attributes
    ----------
    feed
        The feed's name.
    controller
        Who decides over the data: the sender, the council, or both jointly.
    agreement
        Name or number of the agreement.
    purpose
        What the data may be used for.
    until
        The last day on which the feed may be taken in; None where the agreement has no end.
    """

    feed: str
    controller: str
    agreement: str
    purpose: str
    until: date | None = None


def save_agreement(workspace: Workspace, agreement: Agreement) -> Agreement:
    """Keep the agreement of a feed, in place of an earlier one; the feed may come later.

    Raises
    ------
    BadInputError
        The feed's name cannot be used, the controller or the agreement is not named, or a text is far too long.
    """
    for what, text in (("the controller", agreement.controller), ("the agreement", agreement.agreement)):
        if not text.strip():
            message = f"Name {what} of the feed; nothing was kept."
            raise BadInputError(message)
    controller, paper, purpose = (" ".join(str(text).split()) for text in astuple(agreement)[1:4])
    if max(map(len, (controller, paper, purpose))) > LONGEST:
        message = f"A text of an agreement may have {LONGEST} characters; shorten it and point to the paper itself."
        raise BadInputError(message)
    feed = feed_name(agreement.feed, workspace.feeds())
    kept = Agreement(feed, controller, paper, purpose, agreement.until)
    row = (feed, controller, paper, purpose, kept.until.isoformat() if kept.until else "")
    with workspace.store.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO agreements VALUES (?, ?, ?, ?, ?)", row)
        ends = f"until {kept.until.isoformat()}" if kept.until else "without an end"
        append_line(connection, "agreement", f"{kept.feed}: {ends}", signer=workspace.signer)
    return kept


def read_agreements(workspace: Workspace) -> dict[str, Agreement]:
    """Read the agreements by the name of their feed."""
    query = "SELECT feed, controller, agreement, purpose, until FROM agreements ORDER BY feed"
    with workspace.store.reading() as connection:
        rows = connection.execute(query).fetchall()
    return {
        feed: Agreement(feed, controller, paper, purpose, date.fromisoformat(end) if end else None)
        for feed, controller, paper, purpose, end in rows
    }


def require_agreed(workspace: Workspace, feed: str, *, today: date) -> None:
    """Refuse a feed whose agreement is past; one that has none on record is let in, and the DPIA facts ask about it.

    Raises
    ------
    BadInputError
        The agreement ended before today.
    """
    found = read_agreements(workspace).get(feed)
    if found and found.until and found.until < today:
        message = (
            f"The agreement for {feed} ended on {found.until.day} {found.until:%B %Y}, so nothing of its file was "
            "taken in; agree anew with its sender and record the new end first (planner agreement)."
        )
        raise BadInputError(message)
