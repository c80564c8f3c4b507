"""What is asked of each feed: whose it is, in which data-protection role, and by when each quarter."""

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.feed_names import settled_name
from geo.review.vocabulary import is_plain
from geo.review.workspace import Workspace

FeedRole = Literal["controller", "joint controller", "processor"]
FEED_ROLES: Final[tuple[FeedRole, ...]] = get_args(FeedRole)
MOST_DAYS: Final = 90
"""A quarter's file is due before the next quarter ends."""

_NOTHING: Final = "Nothing was kept."
# An owner is known for a role or a team by one of these; a name alone has none.
_TELLING: Final = re.compile(
    r"""\b(?:advis[eo]r|admin|administrator|analyst|board|chair|chief|clerk|controller|co-?ordinator|data|department
    |desk|director|exec|executive|governance|head|helpdesk|lead|leader|manager|office|officer|partnership|practice
    |protection|secretary|service|supervisor|support|team|trustee|unit|worker)s?\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class FeedPlan:
    """What is asked of a feed.

    Attributes
    ----------
    feed
        Its name.
    owner
        Who sees to it: a role or a team, such as "Advice team manager"; never a person's name.
    role
        The sender's role under data protection law: it decides over its data alone (controller), together with the
        council (joint controller), or works on the council's behalf (processor).
    due_days
        Its file is due so many days after a quarter of the review year has ended; 0 where none is asked for.
    """

    feed: str
    owner: str
    role: FeedRole = "controller"
    due_days: int = 30


def set_plan(workspace: Workspace, plan: FeedPlan) -> FeedPlan:
    """Keep what is asked of a feed, in place of what was asked before; its first file may come later.

    Raises
    ------
    BadInputError
        The feed's name cannot be used, the owner is no role or team, there is no such role, or the days are no days.
    """
    kept = check_plan(workspace, plan)
    with workspace.store.noting() as connection:  # no count rests on it
        row = (kept.feed, kept.owner, kept.role, kept.due_days)
        connection.execute("INSERT OR REPLACE INTO feed_plans (feed, owner, role, due_days) VALUES (?, ?, ?, ?)", row)
        due = f"due {kept.due_days} days after each quarter" if kept.due_days else "no file asked for"
        append_line(connection, "feed plan", f"{kept.feed}: {kept.role}, {due}", signer=workspace.signer)
    return kept


def check_plan(workspace: Workspace, plan: FeedPlan) -> FeedPlan:
    """Tidy what is asked of a feed without keeping it; errors as `set_plan`."""
    owner = " ".join(plan.owner.split())
    _require_role_or_team(owner)
    if plan.role not in FEED_ROLES:
        message = f"'{plan.role[:30]}' is no role; expected one of {', '.join(FEED_ROLES)}. {_NOTHING}"
        raise BadInputError(message)
    if not 0 <= plan.due_days <= MOST_DAYS:
        message = f"A file is due 1 to {MOST_DAYS} days after its quarter, or 0 where none is asked for. {_NOTHING}"
        raise BadInputError(message)
    return FeedPlan(settled_name(workspace, plan.feed), owner, plan.role, plan.due_days)


def read_plans(workspace: Workspace) -> dict[str, FeedPlan]:
    """Read what is asked, by the name of the feed."""
    with workspace.store.reading() as connection:
        rows = connection.execute("SELECT feed, owner, role, due_days FROM feed_plans ORDER BY feed").fetchall()
    return {feed: FeedPlan(feed, owner, role, due_days) for feed, owner, role, due_days in rows}


def _require_role_or_team(owner: str) -> None:
    if not is_plain(owner) or not _TELLING.search(owner):
        message = (
            "The owner of a feed is a role or a team, such as Advice team manager, in at most 60 letters; no person's "
            f"name, address or number. {_NOTHING}"
        )
        raise BadInputError(message)
