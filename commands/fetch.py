"""`planner fetch gazetteer|onspd|gp|...`: ask publishers for open data, one data set at a time."""

import random
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, tell, today
from commands.trusting import AnywayOption, OlderOption
from commands.watching import progress
from layers.fetchers import Name, Request, fetch
from layers.fetching.adopting import Fetched
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means

ServerOption = Annotated[
    str,
    typer.Option(
        "--server", help="Ask a copy of the publishers' files at this address, as SERVER/HOST/PATH.", show_default=False
    ),
]
DistrictOption = Annotated[
    str,
    typer.Option("--district", help="The district by code or name; else the workspace's name.", show_default=False),
]

_NOTHING_SENT = "Nothing of the workspace is sent."
_AREA_SENT = "It is sent the district's code, or the corners of the rectangle around it, and nothing else."


class Directory(StrEnum):
    """Which of ONS's postcode directories."""

    ONSPD = "onspd"
    NSPL = "nspl"


def fetch_gazetteer(
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the newest OS Code-Point Open; editions added earlier are kept."""
    _fetch("gazetteer", request_to(server, older_too=older_too, anyway=anyway), workspace, as_json=as_json)


def fetch_onspd(
    directory: Annotated[
        Directory, typer.Option("--as", help="ONS Postcode Directory, or National Statistics Postcode Lookup.")
    ] = Directory.ONSPD,
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the newest ONS postcode directory, which knows ended postcodes too; it is large (some 250 MB)."""
    name: Name = "onspd" if directory is Directory.ONSPD else "nspl"
    _fetch(name, request_to(server, older_too=older_too, anyway=anyway), workspace, as_json=as_json)


def fetch_gp(
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace GP practices and branch surgeries by NHS ODS's lists of today."""
    _fetch("gp", request_to(server, older_too=older_too, anyway=anyway), workspace, as_json=as_json)


def fetch_food_banks(
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the food banks by Give Food's list of today."""
    _fetch("food-banks", request_to(server, older_too=older_too, anyway=anyway), workspace, as_json=as_json)


def fetch_libraries(
    server: ServerOption = "",
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the libraries by the Arts Council's list, as Libraries Hacked publishes it."""
    _fetch("libraries", request_to(server, anyway=anyway), workspace, as_json=as_json)


def fetch_boundary(
    district: DistrictOption = "",
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the district's boundary by ONS's newest."""
    _fetch(
        "boundary",
        request_to(server, district=district, older_too=older_too, anyway=anyway),
        workspace,
        as_json=as_json,
    )


def fetch_wards(
    district: DistrictOption = "",
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the wards by ONS's newest, of this district alone."""
    _fetch(
        "wards", request_to(server, district=district, older_too=older_too, anyway=anyway), workspace, as_json=as_json
    )


def fetch_lsoa(
    server: ServerOption = "",
    older_too: OlderOption = False,
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the LSOAs by ONS's newest, those within the boundary alone."""
    _fetch("lsoa", request_to(server, older_too=older_too, anyway=anyway), workspace, as_json=as_json)


def fetch_homes(
    server: ServerOption = "",
    anyway: AnywayOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace people and homes by those of Census 2021, by postcode."""
    _fetch("homes", request_to(server, anyway=anyway), workspace, as_json=as_json)


def fetch_deprivation(
    server: ServerOption = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Replace the indices of deprivation by File 7 of 2025; needs the LSOAs."""
    _fetch("deprivation", request_to(server), workspace, as_json=as_json)


def request_to(server: str, *, district: str = "", older_too: bool = False, anyway: bool = False) -> Request:
    """Make what the fetchers are given: this machine's clock, and pauses that differ from one machine to the next."""
    rng = random.Random()  # noqa: S311 - spreads pauses, keeps no secret
    means = Means(sleep=time.sleep, progress=progress(), rng=rng, today=today())
    return Request(Endpoints.at(server), means, district=district, older_too=older_too, anyway=anyway)


def _fetch(name: Name, request: Request, workspace: Path | None, *, as_json: bool) -> None:
    opened = open_workspace(workspace)
    if not as_json:
        tell(f"Asking for open data. {_AREA_SENT if name in {'boundary', 'wards', 'lsoa'} else _NOTHING_SENT}")
    came = list(fetch(opened, name, request))
    if not as_json:
        for warning in (warning for one in came for warning in one.warnings):
            tell(warning)
    data = {"fetched": [_document(one) for one in came]}
    show_result(data, [one.sentence for one in came], as_json=as_json)


def _document(one: Fetched) -> dict[str, object]:
    edition = one.edition.model_dump(mode="json")
    return {"what": one.what, "outcome": one.outcome, "edition": edition, "warnings": list(one.warnings)}
