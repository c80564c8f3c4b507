"""Hold a file that was read against the edition in use, before it takes its place."""

from typing import Final

import geopandas as gpd
import pandas as pd

from geo.editions import Dataset, Edition
from geo.errors import DoubtError
from geo.review.edition_age import OLDER_ADVICE, month_of, older_words
from geo.review.edition_checks import (
    OWN_ROWS_SHARE,
    ROWS_SHARE,
    Trust,
    area_doubts,
    area_remarks,
    boundary_doubts,
    homes_doubts,
    require_trust,
    site_doubts,
)
from geo.review.workspace import Workspace

_WHAT: Final[dict[Dataset, str]] = {
    "gp_surgeries": "GP surgeries",
    "gp_branches": "branch surgeries",
    "food_banks": "food banks",
    "libraries": "libraries",
    "osm_sites": "community sites of OpenStreetMap",
    "lsoa": "LSOAs",
    "areas": "named areas",
}


def check_sites(workspace: Workspace, sites: gpd.GeoDataFrame, edition: Edition, trust: Trust) -> None:
    """Hold sites against those in use.

    Parameters
    ----------
    sites
        SITES table, EPSG:27700.

    Raises
    ------
    DoubtError
        The edition is older than the one in use, or looks wrong beside it.
    """
    if not _replaces(workspace, edition, trust):
        return
    in_use = workspace.sites()
    before = in_use[in_use["dataset"] == edition.dataset]
    share = ROWS_SHARE if edition.licence else OWN_ROWS_SHARE
    what = _WHAT.get(edition.dataset, edition.dataset)
    require_trust(edition.file_name, site_doubts(before, sites, what=what, share=share), trust)


def check_boundary(workspace: Workspace, boundary: gpd.GeoDataFrame, edition: Edition, trust: Trust) -> None:
    """Hold a boundary against the one in use; errors as `check_sites`."""
    if _replaces(workspace, edition, trust):
        require_trust(edition.file_name, boundary_doubts(workspace.boundary(), boundary), trust)


def check_areas(workspace: Workspace, areas: gpd.GeoDataFrame, edition: Edition, trust: Trust) -> tuple[str, ...]:
    """Hold areas against those in use; errors as `check_sites`.

    Parameters
    ----------
    areas
        AREAS table.

    Returns
    -------
    tuple of str
        What is to be told of codes that changed.
    """
    before = workspace.areas(edition.dataset)
    if before is None or not _replaces(workspace, edition, trust):
        return ()
    what = _WHAT.get(edition.dataset, edition.dataset)
    require_trust(edition.file_name, area_doubts(before, areas, workspace.boundary(), what=what), trust)
    return area_remarks(before, areas, what=what)


def check_homes(workspace: Workspace, homes: pd.DataFrame, edition: Edition, trust: Trust) -> None:
    """Hold homes against those in use; errors as `check_sites`.

    Parameters
    ----------
    homes
        HOMES table.
    """
    before = workspace.homes()
    if before is not None and _replaces(workspace, edition, trust):
        require_trust(edition.file_name, homes_doubts(before, homes), trust)


def _replaces(workspace: Workspace, edition: Edition, trust: Trust) -> bool:
    """Tell whether another edition is in use that this one would replace.

    Raises
    ------
    DoubtError
        That one is newer.
    """
    in_use = [one for one in workspace.editions() if one.dataset == edition.dataset]
    if not in_use or any(one.sha256 == edition.sha256 for one in in_use if one.sha256):
        return False
    words = older_words(edition.file_name, month_of(edition), in_use)
    if words and not trust.older_too:
        message = f"{words}; {OLDER_ADVICE}"
        raise DoubtError(message, (f"{words}.",))
    return True
