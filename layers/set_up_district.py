"""The first step of a set-up: which district, with which boundary, out of a file or asked of ONS."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd

from geo.editions import Edition
from geo.errors import BadInputError
from geo.places.postcode import Postcode
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from layers.boundaries import AreaFile, district_of, read_area_file
from layers.fetched_areas import District, district_file, districts_of
from layers.fetching.endpoints import Endpoints
from layers.fetching.feature_layers import Asker
from layers.fetching.source import Means
from layers.nearest_names import nearest_names

ENGLISH: Final = ("E06", "E07", "E08", "E09")
"""How codes of English districts begin: unitary, two-tier, metropolitan, London."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A district that was chosen.

    Attributes
    ----------
    name
        As titles will say it.
    boundary
        One row, EPSG:4326.
    edition
        Where the boundary came from.
    """

    name: str
    boundary: gpd.GeoDataFrame
    edition: Edition


def several_districts(found: AreaFile) -> list[str]:
    """List the districts of a file that holds several, by name; none where it holds one, or parts of one."""
    return sorted(found.areas["name"]) if found.kind == "boundary" and len(found.areas) > 1 else []


def district_in(found: AreaFile, name: str, *, today: date) -> Chosen:
    """Take a district out of a file: the one of this name, or the only one there is.

    Raises
    ------
    BadInputError
        The file holds several districts and none of this name; the nearest names are offered.
    """
    names = several_districts(found)
    own = next((one for one in names if one.casefold() == " ".join(name.split()).casefold()), "")
    if names and not own:
        near = nearest_names(names, name)
        offered = f"The nearest names are: {', '.join(near)}." if near else f"It holds: {', '.join(names)}."
        message = f"{found.file.name} holds {len(names)} districts, but none called '{name}'. {offered}"
        raise BadInputError(message)
    boundary = district_of(found, only=own)
    return Chosen(own or " ".join(name.split()), boundary, found.edition("boundary", today=today))


def english_districts(endpoints: Endpoints, means: Means) -> list[District]:
    """Ask ONS for the list of English districts.

    Raises
    ------
    FetchError
        The service did not answer.
    """
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        listed = districts_of(Asker(endpoints, Path(folder), means))
    return [one for one in listed if one.code.startswith(ENGLISH)]


def fetched_district(endpoints: Endpoints, means: Means, district: District) -> Chosen:
    """Ask ONS for a district's boundary.

    Raises
    ------
    FetchError
        The service did not answer.
    BadInputError
        What it sent is no boundary.
    """
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        file = district_file(Asker(endpoints, Path(folder), means), district.code)
    found = read_area_file(file)
    return Chosen(district.name, district_of(found), found.edition("boundary", today=means.today))


def make_district(folder: Path, chosen: Chosen, *, office: str = "", signer: Signer) -> Workspace:
    """Make the workspace of a district, wholly or not at all.

    Raises
    ------
    BadInputError
        The folder holds something, or the office's postcode is none.
    WorkspaceError
        The folder cannot be written.
    """
    return Workspace.create(
        folder,
        name=chosen.name,
        boundary=chosen.boundary,
        boundary_edition=chosen.edition,
        office_postcode=str(Postcode.parse(office)) if office.strip() else "",
        signer=signer,
    )
