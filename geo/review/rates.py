"""Work out rates from a workspace: how long its records cover, which homes and which areas it holds now."""

from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np

from geo.errors import MissingDataError
from geo.evidence.counts import AreaCounts, AreaLevel, CellCounts, only_areas
from geo.evidence.exposure import covered_months, later_feeds
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.rates import Rates, find_rates
from geo.places.area_homes import AreaHomes, gather_areas
from geo.places.grid import HexGrid
from geo.review.maps import homes_of
from geo.review.placing import AREA_LEVELS, area_codes
from geo.review.workspace import Workspace

_AS: Final = {"ward": "wards", "lsoa": "lsoa", "area": "areas"}
_CALLED: Final = {"ward": "wards", "lsoa": "LSOAs", "area": "named areas of your own"}


def cell_rates_of(workspace: Workspace, counts: CellCounts, grid: HexGrid) -> Rates:
    """Work out rates by H3 cell.

    Parameters
    ----------
    counts
        Of the workspace's episodes.
    grid
        Of the same resolution, with the homes of the same period (`grid_of`).

    Raises
    ------
    BadInputError
        Counts and grid do not fit, or the records cover no month of the period.
    MissingDataError
        There are no records or no homes.
    """
    return _rates(workspace, counts, grid)


def area_rates_of(workspace: Workspace, counts: AreaCounts, homes: AreaHomes) -> Rates:
    """Work out rates by named area.

    Parameters
    ----------
    counts
        Of the workspace's episodes, by the codes they were tagged with when they were taken in.
    homes
        Of the same areas as they are loaded now, of the same period (`area_homes_of`).

    Raises
    ------
    BadInputError
        The records cover no month of the period.
    MissingDataError
        There are no records or no homes, or no record carries a code of these areas: every rate would be 0.
    """
    known = only_areas(counts, homes.areas["code"])
    if known.areas.empty and known.unmapped.get("no_area"):
        message = (
            f"No record carries the code of one of the {_CALLED[counts.level]} loaded now, so there is no rate; add the"
            " exports again to place their records in these areas."
        )
        raise MissingDataError(message)
    return _rates(workspace, known, homes)


def areas_of(workspace: Workspace, *, level: AreaLevel) -> gpd.GeoDataFrame:
    """Fetch the wards, LSOAs or named areas that are loaded: AREAS table, EPSG:4326.

    Raises
    ------
    MissingDataError
        There are none.
    """
    areas = workspace.areas(AREA_LEVELS[level])
    if areas is None:
        message = (
            f"The workspace has no {_CALLED[level]}; add them with: planner add boundary FILE --as {_AS[level]}, or on"
            " the Data page."
        )
        raise MissingDataError(message)
    return areas


def area_homes_of(workspace: Workspace, *, level: AreaLevel, period: str = ALL_PERIODS) -> AreaHomes:
    """Add homes and people up to the wards, LSOAs or named areas that are loaded.

    Parameters
    ----------
    level
        "ward", "lsoa" or "area".
    period
        The homes of its last review year are used, where the file of homes holds several years.

    Raises
    ------
    MissingDataError
        There are no such areas, or no postcode directory.
    """
    areas = areas_of(workspace, level=level)
    postcodes = workspace.gazetteer().within(workspace.boundary())
    return gather_areas(
        areas,
        postcodes,
        area_codes(postcodes, areas, np.ones(len(postcodes), dtype=bool)),
        homes=homes_of(workspace, period=period),
        homes_per_postcode=workspace.scenario.homes_per_postcode,
    )


def _rates(workspace: Workspace, counts: CellCounts | AreaCounts, homes: HexGrid | AreaHomes) -> Rates:
    records, first_month = workspace.records(), workspace.scenario.review_first_month
    if records.empty:
        message = "There are no records yet, so there is no rate; add an export of approaches and referrals first."
        raise MissingDataError(message)
    months = covered_months(records, counts.selection, first_month=first_month)
    found = find_rates(counts, homes, months=months)
    later = later_feeds(records, counts.selection, first_month=first_month)
    return replace(found, homes_year=_homes_year(workspace, counts.selection.period), later_feeds=later)


def _homes_year(workspace: Workspace, period: str) -> int:
    homes = homes_of(workspace, period=period)
    return 0 if homes is None or homes.empty else int(homes["year"].max())
