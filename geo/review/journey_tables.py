"""Journeys as tables: how long from each populated cell to each site, and which sites nobody gets to."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.tables import cell_names
from geo.places.travel import Mode, TravelMinutes
from geo.review.journeys import cell_places, journeys
from geo.review.maps import grid_of
from geo.review.register import registered_sites
from geo.review.workspace import Workspace
from geo.schema import JOURNEYS, REACHED

_SHOWN = 8


@dataclass(frozen=True)
class JourneyTables:
    """Journeys of a workspace.

    Attributes
    ----------
    travel
        The minutes, with how they were measured.
    journeys
        JOURNEYS table: every pair of a populated cell and a site with a way between them, quickest first by site.
    sites
        REACHED table: every site, reached or not.
    cut_off_places
        Populated cells with no street near them: hexadecimal cell and name, as "881958d... (Westmere)".
    """

    travel: TravelMinutes
    journeys: pd.DataFrame
    sites: pd.DataFrame
    cut_off_places: tuple[str, ...]


def journey_tables(workspace: Workspace, *, resolution: int, mode: Mode = "walk") -> JourneyTables:
    """Measure the journeys from every populated cell to every site. No record of a client is looked at.

    Raises
    ------
    MissingDataError
        There is no site, or no postcode directory.
    """
    sites = registered_sites(workspace)
    if sites.empty:
        message = "The workspace has no site yet; add some with planner add gp, food-banks or sites, or on screen."
        raise MissingDataError(message)
    cells = grid_of(workspace, resolution).cells
    travel = journeys(workspace, cell_places(cells), sites, mode=mode)
    names = cell_names(cells["cell"])
    cut_off = [f"{name} ({place})" for name, place in zip(names, cells["place"], strict=True)]
    return JourneyTables(
        travel,
        _pairs(names, cells, sites, travel),
        _reached(sites, travel, workspace.scenario.reach.cutoff_minutes),
        tuple(np.array(cut_off, dtype=object)[travel.cut_off_places]),
    )


def site_named(sites: gpd.GeoDataFrame, wanted: str) -> pd.Series:
    """Find the site meant by its id or its name, in capitals or not.

    Raises
    ------
    BadInputError
        None or several are called so.
    """
    text = wanted.strip().casefold()
    found = sites[(sites["site_id"].str.casefold() == text) | (sites["name"].str.casefold() == text)]
    if len(found) == 1:
        return pd.Series(found.iloc[0])
    if len(found) > 1:
        ids = ", ".join(found["site_id"].head(_SHOWN))
        message = f"{len(found)} sites are called '{wanted}'; name one by its id: {ids}."
        raise BadInputError(message)
    near = sites.loc[sites["name"].str.casefold().str.contains(text, regex=False), "name"] if text else sites["name"]
    hint = f" Perhaps: {', '.join(near.head(_SHOWN))}." if len(near) else ""
    message = f"No site is called '{wanted}'; give a name or an id as `planner travel minutes` lists them.{hint}"
    raise BadInputError(message)


def _pairs(names: pd.Series, cells: pd.DataFrame, sites: gpd.GeoDataFrame, travel: TravelMinutes) -> pd.DataFrame:
    cell, site = np.nonzero(np.isfinite(travel.minutes))
    table = pd.DataFrame(
        {
            "cell": names.to_numpy()[cell],
            "place": cells["place"].to_numpy()[cell],
            "site_id": sites["site_id"].to_numpy()[site],
            "name": sites["name"].to_numpy()[site],
            "category": sites["category"].to_numpy()[site],
            "minutes": travel.minutes[cell, site].round(1),
        }
    )
    return JOURNEYS.validate(table.sort_values(["site_id", "minutes", "cell"], ignore_index=True))


def _reached(sites: gpd.GeoDataFrame, travel: TravelMinutes, cutoff_minutes: float) -> pd.DataFrame:
    nearest = travel.minutes.min(axis=0, initial=np.inf)
    there = np.isfinite(nearest)
    reach = np.where(travel.cut_off_sites, "no street", np.where(there, "reached", "no way"))
    snap = np.where(np.isfinite(travel.site_snap_m), travel.site_snap_m, np.nan)
    table = pd.DataFrame(
        {
            "site_id": sites["site_id"].to_numpy(),
            "name": sites["name"].to_numpy(),
            "category": sites["category"].to_numpy(),
            "snap_m": snap.round(0),
            "places_within": (travel.minutes <= cutoff_minutes).sum(axis=0),
            "nearest_minutes": np.where(there, nearest, np.nan).round(1),
            "reach": reach.astype(str),
        }
    )
    return REACHED.validate(table)
