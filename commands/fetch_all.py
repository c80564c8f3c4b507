"""`planner fetch all`: one data set after another, and what came of each."""

from dataclasses import asdict
from typing import Annotated

import typer

from commands.fetch import DistrictOption, ServerOption, request_to
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.trusting import OlderOption
from layers.due import due_names
from layers.fetchers import IN_ORDER, Told, fetch_all

_WORDS = {"arrived": "arrived", "unchanged": "unchanged", "asks": "ASKS", "failed": "FAILED"}


def fetch_everything(
    district: DistrictOption = "",
    server: ServerOption = "",
    older_too: OlderOption = False,
    due: Annotated[bool, typer.Option("--due", help="Only what is due for a new edition, or not here yet.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> int:
    """Fetch postcodes, wards, LSOAs, surgeries, food banks, libraries and homes; one that fails stops no other.

    One that looks wrong beside what is in use replaces nothing: fetch it by itself with --anyway if it is right.
    """
    opened = open_workspace(workspace)
    names = due_names(opened, today=today()) if due else IN_ORDER
    if not as_json:
        tell(
            "Asking for open data. ONS and OpenStreetMap's server are sent the district's code or rectangles around "
            "it; nobody anything else."
        )
    told: list[Told] = []
    for one in fetch_all(opened, request_to(server, district=district, older_too=older_too), names):
        told.append(one)
        if not as_json:
            tell(f"{one.what}: {_WORDS[one.outcome]}")
    warnings = dict.fromkeys(warning for one in told for warning in one.warnings)
    if not as_json:
        for warning in warnings:
            tell(warning)
    failed = sum(one.outcome == "failed" for one in told)
    lines = _table(told) or ["Nothing is due for a new edition."]
    show_result({"fetched": [asdict(one) for one in told], "failed": failed}, lines, as_json=as_json)
    return int(any(one.outcome in {"failed", "asks"} for one in told))


def _table(told: list[Told]) -> list[str]:
    """Write a line for each, what happened first: the sentences already name the data set."""
    return [f"{_WORDS[one.outcome]:<10} {_named(one)}" for one in told]


def _named(one: Told) -> str:
    return one.sentence if one.sentence.startswith(one.what) else f"{one.what}: {one.sentence}"
