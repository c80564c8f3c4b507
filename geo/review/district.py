"""What the tests and rankings need of a workspace, read the same way for screens and commands."""

import pandas as pd

from geo.evidence.episodes import find_episodes
from geo.places.grid import HexGrid, build_grid
from geo.places.naming import PlaceNames
from geo.review.workspace import Workspace


def episodes_of(workspace: Workspace) -> pd.DataFrame:
    """Collapse the workspace's records into household episodes: EPISODES schema."""
    scenario = workspace.scenario
    return find_episodes(workspace.records(), months=scenario.episode_months, first_month=scenario.review_first_month)


def grid_of(workspace: Workspace, *, resolution: int) -> HexGrid:
    """Build the inhabited cells of the workspace's district.

    Raises
    ------
    MissingDataError
        The workspace has no gazetteer yet.
    """
    boundary = workspace.boundary()
    return build_grid(
        boundary,
        workspace.gazetteer().within(boundary),
        resolution=resolution,
        homes=workspace.homes(),
        homes_per_postcode=workspace.scenario.homes_per_postcode,
        places=PlaceNames(workspace.areas("settlements"), workspace.areas("wards")),
    )
