"""`planner decisions` and `planner actions`: who chose or refused which site and why, and what is to be done."""

from datetime import date
from typing import Annotated, Any

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.errors import BadInputError
from geo.review.actions import Action, ToDo, add_action, change_action, read_actions
from geo.review.dates import parse_date
from geo.review.decisions import Decision, Evidence, Occasion, Verdict, decide, frozen_evidence, read_decisions
from geo.review.register_state import Known, read_known
from geo.schema import VERDICTS

decisions = typer.Typer(help="Decisions on sites, never changed.", no_args_is_help=True, rich_markup_mode=None)
actions = typer.Typer(help="What is to be done, by whom, until when.", no_args_is_help=True, rich_markup_mode=None)


@decisions.command("list")
def list_decisions(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the decisions, those that were superseded too."""
    opened = open_workspace(workspace)
    known, found = read_known(opened), read_decisions(opened)
    lines = [_decision_line(one, known) for one in found] or ["Nothing has been decided yet."]
    show_result({"decisions": [*map(_decision, found)]}, lines, as_json=as_json)


@decisions.command("add")
def add_decision(
    *,
    site: Annotated[list[str], typer.Option("--site", help="A site's id or name; repeat it for a set.")],
    verdict: Annotated[str, typer.Option("--verdict", help=f"One of: {', '.join(VERDICTS)}.")],
    why: Annotated[str, typer.Option("--why", help="The reason, in a sentence or a few.")],
    who: Annotated[str, typer.Option("--who", help="Who decided: a name or initials.")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="What it stood on, in a line.")] = "",
    digest: Annotated[str, typer.Option("--digest", help="Digest of that evidence, as the planner gave it.")] = "",
    review: Annotated[
        str, typer.Option("--review", help="Stand on the frozen analysis of this year, such as 2024-25.")
    ] = "",
    supersedes: Annotated[int, typer.Option("--supersedes", help="Number of the decision that it replaces.")] = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a decision on a site or a set; it is never changed, at most superseded."""
    opened = open_workspace(workspace)
    stood_on = frozen_evidence(opened, review) if review else Evidence(digest, evidence)
    if review and not stood_on.digest:
        message = f"The review of {review} has not been frozen; freeze it first (planner evidence freeze)."
        raise BadInputError(message)
    made = decide(
        opened,
        verdict=_verdict(verdict),
        sites=site,
        why=why,
        evidence_digest=stood_on.digest,
        occasion=Occasion(today(), who, stood_on.words, supersedes),
    )
    show_result(_decision(made), [f"Kept as decision {made.number}."], as_json=as_json)


@actions.command("list")
def list_actions(
    every: Annotated[bool, typer.Option("--all", help="Those that are done or dropped too.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the actions, those that are late first."""
    opened, day = open_workspace(workspace), today()
    found = [one for one in read_actions(opened) if every or one.status == "open"]
    found.sort(key=lambda one: (one.status != "open", one.due, one.number))
    lines = [_action_line(one, day) for one in found] or ["There is nothing to do."]
    show_result({"actions": [_action(one, day) for one in found]}, lines, as_json=as_json)


@actions.command("add")
def add(
    what: Annotated[str, typer.Argument(help="What is to be done.")],
    *,
    owner: Annotated[str, typer.Option("--owner", help="Who does it: a name, a role or initials.")],
    due: Annotated[str, typer.Option("--due", help="Until when, such as 30/06/2025.")],
    site: Annotated[str, typer.Option("--site", help="The site it is about.")] = "",
    decision: Annotated[int, typer.Option("--decision", help="Number of the decision it follows from.")] = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write an action."""
    made = add_action(open_workspace(workspace), ToDo(what, owner, _day(due), decision, site))
    show_result(_action(made, today()), [f"Kept as action {made.number}."], as_json=as_json)


@actions.command("done")
def done(
    number: Annotated[int, typer.Argument(help="Its number in the list.")],
    dropped: Annotated[bool, typer.Option("--dropped", help="It will not be done.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Note that an action is done, or dropped."""
    status = "dropped" if dropped else "done"
    made = change_action(open_workspace(workspace), number, {"status": status})
    show_result(_action(made, today()), [f"Action {made.number} is {made.status}."], as_json=as_json)


def _verdict(text: str) -> Verdict:
    allowed: dict[str, Verdict] = {
        "chosen": "chosen",
        "refused": "refused",
        "kept in reserve": "kept in reserve",
        "reserve": "kept in reserve",
    }
    if text not in allowed:
        message = f"--verdict {text} is no decision on a site; expected one of: {', '.join(VERDICTS)}."
        raise BadInputError(message)
    return allowed[text]


def _day(text: str) -> date:
    found = parse_date(text, today=today())
    if found is None:
        message = "--due is no day; expected one such as 30/06/2025."
        raise BadInputError(message)
    return found


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "who": one.who,
        "verdict": one.verdict,
        "sites": list(one.sites),
        "why": one.why,
        "evidence": one.evidence.words,
        "digest": one.evidence.digest,
        "supersedes": one.supersedes,
        "superseded_by": one.superseded_by,
    }


def _decision_line(one: Decision, known: Known) -> str:
    named = ", ".join(known.facts[site]["name"] if site in known.facts else site for site in one.sites)
    evidence = f" Evidence: {one.evidence.words or 'not described'}, digest {one.evidence.digest[:12] or 'none'}."
    over = f" Superseded by decision {one.superseded_by}." if one.superseded_by else ""
    return f"{one.number}. {one.day.isoformat()} {one.who}: {one.verdict}: {named}. {one.why}{evidence}{over}"


def _action(one: Action, day: date) -> dict[str, Any]:
    return {
        "number": one.number,
        "what": one.what,
        "owner": one.owner,
        "due": one.due.isoformat(),
        "status": one.status,
        "late": one.late(day),
        "decision": one.decision,
        "site": one.site,
    }


def _action_line(one: Action, day: date) -> str:
    late = ", late" if one.late(day) else ""
    return f"{one.number}. {one.what} ({one.owner}, by {one.due.isoformat()}, {one.status}{late})"
