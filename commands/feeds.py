"""`planner feeds list`, `set` and `remind`: what is asked of each partner's file, and how it stands."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.feed_plans import FEED_ROLES, FeedPlan, FeedRole, set_plan
from geo.review.feed_quality import quality_by_quarter
from geo.review.feed_reminders import reminders_of
from geo.review.feed_states import FeedState, feed_states
from geo.review.feed_words import state_words
from geo.review.workspace import Workspace

feeds = typer.Typer(
    help="What is asked of each partner's file, and how it stands.", no_args_is_help=True, rich_markup_mode=None
)


@feeds.command("list")
def list_feeds(*, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the feeds: owner, agreement, what came last, what is due, and how good the last quarter's rows are."""
    _show(open_workspace(workspace), as_json=as_json)


@feeds.command("set")
def set_feed(
    name: Annotated[str, typer.Argument(help="The feed's name.")],
    *,
    owner: Annotated[str, typer.Option("--owner", help="A role or a team, never a person's name.")],
    role: Annotated[str, typer.Option("--role", help=f"Of the sender: {', '.join(FEED_ROLES)}.")] = "controller",
    due_days: Annotated[
        int, typer.Option("--due-days", help="Due so many days after each quarter; 0 asks for none.")
    ] = 30,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say who owns a feed, in which role, and by when each quarter; its agreement is kept by planner agreement."""
    opened = open_workspace(workspace)
    set_plan(opened, FeedPlan(name, owner, _role(role), due_days))
    _show(opened, as_json=as_json)


@feeds.command("remind")
def remind(
    mails: Annotated[bool, typer.Option("--mails", help="Print a text for an e-mail below each.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what to remind whom of: files that are due or late, agreements that end, what was never said."""
    opened, day = open_workspace(workspace), today()
    found = reminders_of(feed_states(opened, day), district=opened.scenario.name, today=day)
    lines = [
        line
        for one in found
        for line in (one.sentence, *(["", *one.mail.splitlines(), ""] if mails and one.mail else []))
    ]
    show_result(
        {"reminders": [asdict(one) for one in found]}, lines or ["There is nothing to remind of."], as_json=as_json
    )


def _show(opened: Workspace, *, as_json: bool) -> None:
    states = feed_states(opened, today())
    quality = quality_by_quarter(opened).drop_duplicates("feed", keep="last").set_index("feed")
    document = [
        {**_document(state), "last_quarter": quality.loc[state.feed].to_dict() if state.feed in quality.index else None}
        for state in states
    ]
    lines = [f"{state.feed}: {' '.join(state_words(state))}" for state in states]
    show_result({"feeds": document}, lines or ["No feed is known yet."], as_json=as_json)


def _document(state: FeedState) -> dict[str, Any]:
    plan, paper = state.plan, state.agreement
    return {
        "feed": state.feed,
        "owner": plan.owner if plan else "",
        "role": plan.role if plan else "",
        "due_days": plan.due_days if plan else 0,
        "agreement": paper.agreement if paper else "",
        "purpose": paper.purpose if paper else "",
        "until": paper.until.isoformat() if paper and paper.until else "",
        "agreement_state": state.paper,
        "sends": state.sends,
        "rows": state.rows,
        "last_received": state.last_received.isoformat() if state.last_received else "",
        "quarter": state.quarter.name,
        "due": state.due.isoformat() if state.due else "",
        "state": state.arrival,
    }


def _role(text: str) -> FeedRole:
    found = next((role for role in FEED_ROLES if role == " ".join(text.split()).casefold()), None)
    if found is None:
        message = f"--role {text[:30]} is none; expected one of: {', '.join(FEED_ROLES)}."
        raise BadInputError(message)
    return found
