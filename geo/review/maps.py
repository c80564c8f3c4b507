"""Assemble what every map and test needs from a workspace: the inhabited cells, and the episodes."""

import pandas as pd

from geo.evidence.episodes import find_episodes
from geo.evidence.periods import ALL_PERIODS, years_of
from geo.places.grid import HexGrid, build_grid
from geo.places.homes import homes_for
from geo.places.naming import PlaceNames
from geo.review.finest import require_resolution
from geo.review.workspace import Workspace

KEPT_RESOLUTIONS = (7, 8)
"""What every workspace keeps; `geo.review.finest` says where 9 is kept besides."""


def grid_of(workspace: Workspace, resolution: int, *, period: str = ALL_PERIODS) -> HexGrid:
    """Find the district's inhabited cells, with homes, names and windows.

    Parameters
    ----------
    workspace
        Must hold a postcode directory. Without a households file, live postcodes stand for homes.
    resolution
        H3 resolution, 7 or 8; or 9 where it is kept.
    period
        The homes of its last review year are used, where the file of homes holds several years.

    Raises
    ------
    BadInputError
        The resolution is not kept with the records.
    MissingDataError
        No postcode directory has been added.
    """
    require_resolution(workspace, resolution)
    boundary = workspace.boundary()
    return build_grid(
        boundary,
        workspace.gazetteer().within(boundary),
        resolution=resolution,
        homes=homes_of(workspace, period=period),
        homes_per_postcode=workspace.scenario.homes_per_postcode,
        places=PlaceNames(settlements=workspace.areas("settlements"), wards=workspace.areas("wards")),
    )


def homes_of(workspace: Workspace, *, period: str = ALL_PERIODS) -> pd.DataFrame | None:
    """Return the homes of a period's last year: HOMES table of one year, or None where none are loaded."""
    year = 0 if period == ALL_PERIODS else int(years_of(period)[-1][:4])
    return homes_for(workspace.homes(), year=year)


def episodes_of(workspace: Workspace) -> pd.DataFrame:
    """Collapse the workspace's records into household episodes, by its own options: EPISODES table."""
    scenario = workspace.scenario
    return find_episodes(workspace.records(), months=scenario.episode_months, first_month=scenario.review_first_month)
