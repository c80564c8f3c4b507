"""Assemble trends from a workspace: its usable records compared like for like, with the homes of either year."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

import numpy as np
import pandas as pd

from geo.errors import MissingDataError
from geo.evidence.like_for_like import LikeForLike, compare_like_for_like
from geo.evidence.periods import month_numbers, review_year, years_of
from geo.evidence.run_charts import RunCharts, find_run_charts
from geo.evidence.tables import cell_names
from geo.evidence.trends import DISTRICT, TrendLevel, Trends, find_trends
from geo.evidence.two_sides import TwoSides
from geo.review.maps import grid_of, homes_of
from geo.review.placing import AREA_LEVELS
from geo.review.rates import area_homes_of
from geo.review.workspace import Workspace

Sides = TypeVar("Sides", bound=TwoSides)

_MONTHS_A_YEAR: Final = 12
_CALLED: Final = {"ward": "wards", "lsoa": "LSOAs", "area": "named areas of your own"}


def usual_years(workspace: Workspace) -> tuple[str, str]:
    """Choose the two review years to compare: the last two whose months are all on record, else the last two.

    Raises
    ------
    MissingDataError
        There are records of fewer than two review years.
    """
    records, _ = usable_records(workspace)
    months = records.loc[records["status"] != "duplicate", "month"]
    years = sorted(review_year(months, first_month=workspace.scenario.review_first_month).unique())
    if not years:
        message = "There are no records yet. Add a file of approaches and referrals first."
        raise MissingDataError(message)
    if len(years) == 1:
        message = f"A trend needs records of two review years; there are records of {years[0]} only."
        raise MissingDataError(message)
    newest = int(month_numbers(months).max())
    whole = [year for year in years if _last_month(year, workspace.scenario.review_first_month) <= newest]
    earlier, later = (whole if len(whole) > 1 else years)[-2:]
    return earlier, later


def like_for_like_of(workspace: Workspace, *, earlier: str, later: str) -> LikeForLike:
    """Compare two periods of the workspace like for like, by its own options.

    Raises
    ------
    MissingDataError, BadInputError
        As `compare_like_for_like`.
    """
    records, apart = usable_records(workspace)
    scenario = workspace.scenario
    found = compare_like_for_like(
        records,
        earlier=earlier,
        later=later,
        first_month=scenario.review_first_month,
        episode_months=scenario.episode_months,
        hub_sources=scenario.hub_sources,
    )
    return replace(found, rows=found.rows | apart)


def trends_of(workspace: Workspace, found: TwoSides, *, by: TrendLevel, resolution: int = 8) -> Trends:
    """Test the change of every unit of a level, against the homes of either year where they are loaded by year.

    Raises
    ------
    MissingDataError
        There are no such areas in the workspace.
    BadInputError
        The resolution is not kept with the records.
    """
    placed = _in_areas_of_now(workspace, found, by)
    homes = _homes(workspace, found, by, resolution)
    return find_trends(placed, by=by, resolution=resolution, homes=homes, options=workspace.scenario.trends)


def named(workspace: Workspace, found: Trends) -> pd.DataFrame:
    """Give the table that people open in Excel and QGIS: each unit with the name of its place.

    Returns
    -------
    pandas.DataFrame
        Columns unit, place (empty for a cell outside the inhabited ones), and those of TRENDS from `earlier` on.
    """
    units = found.table["unit"]
    if found.level in AREA_LEVELS:
        areas = workspace.areas(AREA_LEVELS[found.level])
        names = {} if areas is None else dict(zip(areas["code"].tolist(), areas["name"].tolist(), strict=True))
        place = units.map(names)
    elif found.level == "cell":
        cells = grid_of(workspace, found.resolution).cells
        place = found.table["cell"].map(dict(zip(cells["cell"].tolist(), cells["place"].tolist(), strict=True)))
    else:
        place = pd.Series(workspace.scenario.name, index=units.index)
    rest = found.table.drop(columns=["unit", "cell"])
    return pd.concat([units, place.fillna("").astype("str").rename("place"), rest], axis=1)


def run_charts_of(workspace: Workspace, groups: Mapping[str, Collection[int]], *, resolution: int) -> RunCharts:
    """Chart the district and groups of cells by quarter, by the workspace's own options.

    Raises
    ------
    MissingDataError, BadInputError
        As `find_run_charts`.
    """
    records, apart = usable_records(workspace)
    scenario = workspace.scenario
    found = find_run_charts(
        records,
        groups,
        resolution=resolution,
        first_month=scenario.review_first_month,
        episode_months=scenario.episode_months,
        hub_sources=scenario.hub_sources,
    )
    return replace(found, rows=found.rows | apart)


def usable_records(workspace: Workspace) -> tuple[pd.DataFrame, dict[str, int]]:
    """Leave out the rows of a month that was not over when its file was added, and those with a flag left out.

    Returns
    -------
    pandas.DataFrame, dict
        RECORDS table, and the rows left out by reason: "month_not_over", "left_out"; only reasons that occur.
    """
    records = workspace.records()
    open_from = {feed.name: _open_month(date.fromisoformat(feed.last_import)) for feed in workspace.feeds()}
    young = (records["month"] >= records["feed"].map(open_from).fillna("9999-12")).to_numpy(dtype=bool)
    flagged = records[list(workspace.scenario.leave_out)].any(axis=1).to_numpy(dtype=bool) & ~young
    apart = {"month_not_over": int(young.sum()), "left_out": int(flagged.sum())}
    return records[~young & ~flagged], {reason: rows for reason, rows in apart.items() if rows}


def _open_month(added: date) -> str:
    """Name the first month that was not over when a file was added."""
    over = added.day == monthrange(added.year, added.month)[1]
    month = added.year * _MONTHS_A_YEAR + added.month - 1 + over
    return f"{month // _MONTHS_A_YEAR:04d}-{month % _MONTHS_A_YEAR + 1:02d}"


def _last_month(year: str, first_month: int) -> int:
    return (int(year[:4]) + 1) * _MONTHS_A_YEAR + first_month - 2


def _in_areas_of_now(workspace: Workspace, found: Sides, by: TrendLevel) -> Sides:
    """Take the code of an area that is not loaded any more from the episodes that carry it."""
    if by not in AREA_LEVELS:
        return found
    areas = workspace.areas(AREA_LEVELS[by])
    if areas is None:
        message = f"The workspace has no {_CALLED[by]}; add them first, on the Data page or with: planner add boundary."
        raise MissingDataError(message)
    codes = areas["code"].tolist()
    earlier, later = (
        side.assign(**{by: side[by].where(side[by].isin(codes), "")})
        for side in (found.episodes_earlier, found.episodes_later)
    )
    return replace(found, episodes_earlier=earlier, episodes_later=later)


def _homes(workspace: Workspace, found: TwoSides, by: TrendLevel, resolution: int) -> pd.DataFrame | None:
    """Give the homes of each unit in both years; None where the homes are not loaded by year, and so cancel out."""
    years = [homes_of(workspace, period=years_of(period)[-1]) for period in (found.earlier, found.later)]
    if any(homes is None or homes.empty for homes in years):
        return None
    if len({int(homes["year"].iloc[0]) for homes in years if homes is not None}) == 1:
        return None
    sides = [_homes_by_unit(workspace, by, resolution, period) for period in (found.earlier, found.later)]
    return pd.concat(sides, axis=1, keys=["earlier", "later"]).fillna(0.0)


def _homes_by_unit(workspace: Workspace, by: TrendLevel, resolution: int, period: str) -> pd.Series:
    if by in {"ward", "lsoa", "area"}:
        areas = area_homes_of(workspace, level=by, period=period).areas
        return pd.Series(areas["homes"].to_numpy(), index=areas["code"].to_numpy())
    grid = grid_of(workspace, resolution, period=period).cells
    if by == DISTRICT:
        return pd.Series([float(grid["homes"].sum())], index=[DISTRICT])
    return pd.Series(grid["homes"].to_numpy(dtype=np.float64), index=cell_names(grid["cell"]).to_numpy())
