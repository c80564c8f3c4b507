"""`planner setup`: set a district up in one go, from a folder of downloads, from the publishers, or both."""

import random
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, show_result, signer, tell, today, workspace_path
from commands.trusting import AnywayOption
from commands.watching import progress
from geo.errors import BadInputError, MissingDataError
from geo.review.folder_warnings import folder_warnings
from geo.review.workspace import Workspace
from layers.boundaries import read_area_file
from layers.fetched_areas import district_named
from layers.fetchers import IN_ORDER, Request, Told
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means
from layers.peeking import FoundFile, look_through
from layers.set_up import Terms, set_up
from layers.set_up_district import Chosen, district_in, english_districts, fetched_district, make_district
from layers.set_up_steps import STEPS, set_up_states
from layers.set_up_tasks import Proposal, fetched, propose

_WORDS = {"arrived": "arrived", "unchanged": "unchanged", "asks": "LOOK", "failed": "FAILED"}
_ABSENT = {"needed": "NEEDED", "advised": "missing", "optional": "-"}


def set_up_district(
    district: Annotated[str, typer.Option("--district", help="The district's name.", show_default=False)] = "",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            "--workspace",
            help="The new folder; or the workspace of a set-up that is to go on (or set PLANNER_WORKSPACE).",
            show_default=False,
        ),
    ] = None,
    boundary: Annotated[
        Path | None,
        typer.Option(
            "--boundary", help="The district's boundary; else found in --from, or fetched.", show_default=False
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="A folder of downloads: what each file is, is recognised.", show_default=False),
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Ask the publishers for what no file gave.")] = False,
    office: Annotated[str, typer.Option("--office", help="Postcode of the council's office.")] = "",
    server: Annotated[
        str,
        typer.Option("--server", help="Ask a copy of the publishers' files, as SERVER/HOST/PATH.", show_default=False),
    ] = "",
    anyway: AnywayOption = False,
    as_json: JsonOption = False,
) -> int:
    """Set a district up: its workspace, then one data set after another; one that fails stops no other."""
    root = workspace_path(folder)
    if root is None:
        message = "Name the folder: planner setup --district NAME --folder DIR --from FOLDER_OF_FILES."
        raise MissingDataError(message)
    found = look_through(source) if source else []
    terms = _terms(district, server, anyway=anyway)
    workspace = _opened(root, district) or _made(root, _chosen(district, boundary, found, terms, fetch=fetch), office)
    proposal = propose(workspace, found)
    told = _run(workspace, proposal, terms, fetch=fetch, quiet=as_json)
    failed = sum(one.outcome in {"asks", "failed"} for one in told)
    document = {
        "workspace": str(workspace.root),
        "name": workspace.scenario.name,
        "steps": [asdict(one) for one in told],
        "left": [{"file": name, "why": why} for name, why in proposal.left],
        "failed": failed,
    }
    show_result(document, _lines(workspace, told, proposal), as_json=as_json)
    return int(failed > 0)


def _terms(district: str, server: str, *, anyway: bool) -> Terms:
    rng = random.Random()  # noqa: S311 - spreads pauses, keeps no secret
    means = Means(sleep=time.sleep, progress=progress(), rng=rng, today=today())
    return Terms(Request(Endpoints.at(server), means, district=district, anyway=anyway))


def _opened(root: Path, district: str) -> Workspace | None:
    """Open a workspace that is there already: its set-up goes on, but never with another district's data."""
    if not (root / "scenario.toml").is_file():
        return None
    opened = Workspace.open(root, signer=signer())
    name = opened.scenario.name
    if district.strip() and " ".join(district.split()).casefold() != " ".join(name.split()).casefold():
        message = (
            f"This folder holds the set-up of {name}. To go on with it leave out --district; to set up another "
            "district name another folder. Nothing was changed."
        )
        raise BadInputError(message)
    return opened


def _chosen(district: str, boundary: Path | None, found: list[FoundFile], terms: Terms, *, fetch: bool) -> Chosen:
    """Find the district: in the file named, else in one of those found, else at ONS."""
    if not district.strip():
        message = "Name the district: --district NAME."
        raise MissingDataError(message)
    means, endpoints = terms.request.means, terms.request.endpoints
    files = [boundary] if boundary else [one.given for one in found if one.is_what and one.is_what.kind == "boundary"]
    unfit = []
    for file in files:
        try:
            return district_in(read_area_file(file), district, today=means.today)
        except BadInputError as error:
            unfit.append(error)
    if fetch and not boundary:
        return fetched_district(endpoints, means, district_named(english_districts(endpoints, means), district))
    if unfit:
        raise unfit[0]
    message = (
        "No file of a district's boundary was found; name one with --boundary FILE, put one into the folder of --from, "
        "or let it be fetched from ONS with --fetch."
    )
    raise MissingDataError(message)


def _made(root: Path, chosen: Chosen, office: str) -> Workspace:
    for warning in folder_warnings(root):
        tell(warning)
    return make_district(root, chosen, office=office, signer=signer())


def _run(workspace: Workspace, proposal: Proposal, terms: Terms, *, fetch: bool, quiet: bool) -> list[Told]:
    """Take in the files, then ask for what is still missing."""
    told = []
    for one in set_up(workspace, proposal.tasks, terms):
        told.append(one)
        _say(one, quiet=quiet)
    if fetch:
        missing = [one.step.topic for one in set_up_states(workspace) if not one.here and one.step.asked in IN_ORDER]
        for one in set_up(workspace, fetched(missing), terms):
            told.append(one)
            _say(one, quiet=quiet)
    return told


def _say(one: Told, *, quiet: bool) -> None:
    if quiet:
        return
    tell(f"{one.what}: {_WORDS[one.outcome]}")
    for warning in one.warnings:
        tell(warning)


def _lines(workspace: Workspace, told: list[Told], proposal: Proposal) -> list[str]:
    """Write a table: what became of each data set, then what the workspace has of all of them."""
    bad = [f"{_WORDS[one.outcome]:<10} {one.what}: {one.sentence}" for one in told if one.outcome in {"asks", "failed"}]
    left = [f"left       {name}: {why}" for name, why in proposal.left]
    states = set_up_states(workspace)
    width = max(len(step.title) for step in STEPS)
    marks = ["here" if one.here else _ABSENT[one.step.need] for one in states]
    table = [f"{mark:<10} {one.step.title:<{width}}  {one.told}" for mark, one in zip(marks, states, strict=True)]
    return [
        f"{workspace.scenario.name}: {workspace.root}",
        *(line.rstrip() for line in table),
        *bad,
        *left,
        f'Next: planner add referrals FILE --source NAME --workspace "{workspace.root}", or look at it: planner app.',
    ]
