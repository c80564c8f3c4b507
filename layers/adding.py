"""Add a published file to a workspace: read it, keep it, and say what else must be done again because of it.

Screens and commands both come here, so that either can do what the other can.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

import geopandas as gpd
import pandas as pd

from geo.disclosure.safe_places import is_safe_place
from geo.disclosure.uniform_words import left_out_more
from geo.editions import SITE_DATASETS, Dataset, Edition
from geo.errors import BadInputError
from geo.review.edition_checks import ASKING, Trust
from geo.review.safe_list import SafeList, safe_list
from geo.review.site_file import SiteFile
from geo.review.site_renewal import renew_sites
from geo.review.workspace import Workspace
from layers.backdrop import BackdropKind, read_backdrop
from layers.boundaries import AreaFile, district_of, read_area_file
from layers.census import read_census
from layers.community_sites import read_sites
from layers.food_banks import read_food_banks
from layers.gp_surgeries import read_gp_surgeries
from layers.households import read_households
from layers.source_file import SourceFile
from layers.trusting import check_areas, check_boundary, check_homes, check_sites

Given = Path | SourceFile
SiteKind = Literal["gp", "food-banks", "sites"]
AreaKind = Literal["district", "wards", "lsoa", "areas"]

_READERS: Final[dict[SiteKind, Callable[..., SiteFile]]] = {
    "gp": read_gp_surgeries,
    "food-banks": read_food_banks,
    "sites": read_sites,
}
_AREA_DATASETS: Final[dict[AreaKind, Dataset]] = {
    "district": "boundary",
    "wards": "wards",
    "lsoa": "lsoa",
    "areas": "areas",
}
_PLACE_AGAIN: Final = "Records kept so far were placed by the old boundary: add their exports again to place them anew."
_SITES_AGAIN: Final = "Sites kept so far were chosen by the old boundary: add their files again."
_TAG_AGAIN: Final = (
    "Records kept so far do not carry these areas' codes: add their exports again to count them by area."
)


@dataclass(frozen=True, slots=True)
class Added:
    """What was kept, and what should be done again because of it."""

    edition: Edition
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaOptions:
    """How a file of areas is to be read.

    Attributes
    ----------
    kind
        What the areas are; None to tell by the name of the code column.
    code_column, name_column
        Columns of codes and names; empty to find them.
    only
        The one district meant, by code or name, where the file holds several.
    """

    kind: AreaKind | None = None
    code_column: str = ""
    name_column: str = ""
    only: str = ""


def add_sites(workspace: Workspace, given: Given, *, kind: SiteKind, today: date, trust: Trust = ASKING) -> Added:
    """Replace the sites of one data set.

    Parameters
    ----------
    trust
        What the person has answered for already.

    Raises
    ------
    BadInputError
        The file cannot be used, is older than the one in use, or none of its sites is in or near the district; nothing
        is changed.
    DoubtError
        It looks wrong beside what is in use; nothing is changed.
    MissingDataError
        The workspace has no gazetteer yet, or its key is not on this machine.
    """
    nearby_km = workspace.scenario.nearby_km
    file = _READERS[kind](
        given,
        gazetteer=workspace.gazetteer(),
        boundary=workspace.boundary(),
        nearby_km=nearby_km,
        today=today,
        safe=safe_list(workspace),
    )
    edition = file.edition
    if not len(file.sites):
        message = (
            f"No row of {edition.file_name} could be placed in the district or within {nearby_km:g} km of it; "
            "nothing was changed. Check that the file covers your district and that the gazetteer does."
        )
        raise BadInputError(message)
    check_sites(workspace, file.sites, edition, trust)
    replaced = _replaced(workspace, edition)
    renew_sites(workspace, file)
    return Added(edition, replaced)


def _replaced(workspace: Workspace, edition: Edition) -> tuple[str, ...]:
    """Say which other file's sites go, since a data set holds one file."""
    before = [old for old in workspace.editions() if old.dataset == edition.dataset]
    return tuple(
        f"They replace the {old.rows:,} of {old.file_name}, added on {old.added:%d %B %Y}: one file holds them all."
        for old in before
        if old.sha256 != edition.sha256
    )


def add_boundary(
    workspace: Workspace, given: Given, *, options: AreaOptions, today: date, trust: Trust = ASKING
) -> Added:
    """Replace the district's boundary, or the wards, LSOAs or other named areas; errors as `add_sites`."""
    found = read_area_file(given, code_column=options.code_column, name_column=options.name_column)
    dataset = _AREA_DATASETS[options.kind] if options.kind else found.kind
    edition = found.edition(dataset, today=today)
    if dataset == "boundary":
        district = district_of(found, only=options.only)
        if not options.only:  # else the person has named the district
            check_boundary(workspace, district, edition, trust)
        workspace.save_boundary(district, edition)
        return Added(edition, _consequences(workspace, dataset))
    areas = _shown(_only(found, options.only), dataset, safe_list(workspace))
    edition = _counted(edition, kept=len(areas))
    remarks = check_areas(workspace, areas, edition, trust)
    workspace.save_areas(dataset, areas, edition)
    return Added(edition, (*remarks, *_consequences(workspace, dataset)))


def add_households(workspace: Workspace, given: Given, *, today: date, trust: Trust = ASKING) -> Added:
    """Replace the homes and people by postcode, in the district and as far beyond as sites are kept.

    Raises
    ------
    BadInputError, MissingDataError
        The file cannot be used, or the gazetteer or the LSOA boundaries it needs are missing; nothing is changed.
    DoubtError
        It looks wrong beside what is in use; nothing is changed.
    """
    margin_m = workspace.scenario.nearby_km * 1000
    postcodes = workspace.gazetteer().within(workspace.boundary(), margin_m=margin_m)
    homes, edition = read_households(given, postcodes=postcodes, lsoa=workspace.areas("lsoa"), today=today)
    check_homes(workspace, homes, edition, trust)
    workspace.save_homes(homes, edition)
    return Added(edition)


def add_census(workspace: Workspace, given: Given, *, only: str = "", today: date) -> Added:
    """Replace the groups of people in the district, from the census.

    Parameters
    ----------
    only
        The district's code or name, where the file holds several; else the workspace's own name.

    Raises
    ------
    BadInputError
        The file cannot be used; nothing is changed.
    """
    census, edition = read_census(given, district=only or workspace.scenario.name, today=today)
    workspace.save_census(census, edition)
    return Added(edition)


def add_backdrop(workspace: Workspace, given: Given, *, kind: BackdropKind, today: date) -> Added:
    """Replace one layer of the country beneath the map.

    Raises
    ------
    BadInputError
        The file cannot be used; nothing is changed.
    """
    table, edition = read_backdrop(given, kind, today=today)
    if kind == "settlements":  # by words alone: a village whose name is gone would point at the place
        named = safe_list(workspace).mentioned(table[["name"]])
        table = table[~named.to_numpy()].reset_index(drop=True)
        edition = _counted(edition, kept=len(table))
    workspace.save_areas(kind, table, edition)
    return Added(edition)


def _only(found: AreaFile, only: str) -> gpd.GeoDataFrame:
    if only:
        message = "'only' chooses one district out of several; leave it out for wards and other areas."
        raise BadInputError(message)
    return found.areas


def _shown(areas: gpd.GeoDataFrame, dataset: Dataset, safe: SafeList) -> gpd.GeoDataFrame:
    """Leave safe accommodation out of the council's own areas; a ward is a ward whatever its name."""
    if dataset != "areas":
        return areas
    texts = pd.DataFrame(areas[["code", "name"]])
    return areas[~(is_safe_place(texts) | safe.mentioned(texts))].reset_index(drop=True)


def _counted(edition: Edition, *, kept: int) -> Edition:
    note = left_out_more(edition.note, edition.rows - kept)
    return edition.model_copy(update={"rows": kept, "note": note})


def _consequences(workspace: Workspace, dataset: Dataset) -> tuple[str, ...]:
    """Say what was worked out from the areas before and no longer fits."""
    records = len(workspace.records()) > 0
    if dataset == "boundary":
        sites = any(workspace.has(name) for name in SITE_DATASETS)
        return (_PLACE_AGAIN,) * records + (_SITES_AGAIN,) * sites
    return (_TAG_AGAIN,) * (records and dataset in {"wards", "lsoa"})
