"""Judge how firm a workspace's hot areas are, by repeating the excess test under other settings."""

from collections.abc import Collection, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import Selection
from geo.evidence.left_out import leave_out_parts, located_clients
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.stability import Stability, find_stability
from geo.evidence.stability_runs import CellColumn, Ground, Progress, run_settings
from geo.places.homes import housed_postcodes
from geo.review.maps import KEPT_RESOLUTIONS, episodes_of, homes_of
from geo.review.placing import AREA_LEVELS, area_codes
from geo.review.workspace import Workspace
from geo.schema import HOUSED


def stability_of(
    workspace: Workspace,
    areas: Mapping[str, Collection[int]],
    *,
    selection: Selection,
    resolution: int,
    progress: Progress | None = None,
) -> Stability:
    """Count in how many other settings each area stays hot.

    Parameters
    ----------
    workspace
        Holds the records, the homes and the options.
    areas
        The hot cells of each area, by the area's name; H3 indexes at `resolution`. Without any, nothing is run.
    selection
        The episodes that the areas were found with.
    resolution
        7 or 8.
    progress
        Told which setting is being tried and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        The resolution is not kept, an area has no cell with homes, or no episode is of the selection.
    MissingDataError
        There is no postcode directory, or no postcode has homes.
    """
    if resolution not in KEPT_RESOLUTIONS:
        message = f"Resolution {resolution} is not kept with the records; choose 7 or 8."
        raise BadInputError(message)
    scenario = workspace.scenario
    if not areas:
        return find_stability({}, [], clients=0, options=scenario.stability)
    housed = housed_of(workspace, period=selection.period)
    cell: CellColumn = "h3_7" if resolution == KEPT_RESOLUTIONS[0] else "h3_8"
    _require_homes(areas, housed[cell])
    clients = located_clients(episodes_of(workspace), selection)
    parts = leave_out_parts(
        workspace.records(), selection, months=scenario.episode_months, first_month=scenario.review_first_month
    )
    ground = Ground(housed, clients, cell, scenario.stability)
    tried = run_settings(ground, parts, progress=progress)
    return find_stability(areas, tried.runs, clients=len(clients), options=scenario.stability, not_run=tried.not_run)


def housed_of(workspace: Workspace, *, period: str = ALL_PERIODS) -> pd.DataFrame:
    """List the district's postcodes that have homes, with their cells and areas: HOUSED table, by postcode.

    Parameters
    ----------
    workspace
        Without a households file, live postcodes stand for homes.
    period
        The homes of its last review year are used, where the file of homes holds several years.

    Raises
    ------
    MissingDataError
        There is no postcode directory, or no postcode has homes.
    """
    postcodes = workspace.gazetteer().within(workspace.boundary())
    housed = housed_postcodes(
        postcodes,
        homes_of(workspace, period=period),
        homes_per_postcode=workspace.scenario.homes_per_postcode,
    )
    table = postcodes.assign(homes=housed["homes"].astype(float))
    table = table[table["homes"] > 0].sort_values("postcode", ignore_index=True)
    if table.empty:
        message = "No postcode of the district has homes, so there is nothing to compare with; add households."
        raise MissingDataError(message)
    points = table.astype({"easting": float, "northing": float})
    areas = {level: _codes(points, workspace.areas(dataset)) for level, dataset in AREA_LEVELS.items()}
    return HOUSED.validate(points.assign(**areas)[list(HOUSED.columns)])


def _codes(points: pd.DataFrame, areas: gpd.GeoDataFrame | None) -> pd.Series:
    return area_codes(points[["easting", "northing"]], areas, np.ones(len(points), dtype=bool))


def _require_homes(areas: Mapping[str, Collection[int]], cells: pd.Series) -> None:
    known = set(cells.tolist())
    for name, members in areas.items():
        if known.isdisjoint(members):
            message = f"The area '{name}' has no cell with homes in it at this resolution; give it cells of the map."
            raise BadInputError(message)
