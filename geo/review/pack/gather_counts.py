"""Count a review's clients and homes by cell and by ward, and like for like, as plain values."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geo.errors import BadInputError, PlannerError
from geo.evidence.counts import Selection, count_selected_areas, count_selected_cells, only_areas
from geo.evidence.exposure import covered_months
from geo.evidence.like_for_like import LikeForLike
from geo.evidence.periods import periods_of, review_year, told_period, years_of
from geo.evidence.trend_sentences import tell_comparison
from geo.places.grid import HexGrid
from geo.review.area_names import cell_names
from geo.review.maps import episodes_of, grid_of, homes_of
from geo.review.pack.plain import cell_text, plain_rows
from geo.review.rates import area_homes_of
from geo.review.review_plan import ReviewPlan
from geo.review.trends import like_for_like_of
from geo.review.workspace import Workspace

_GRID = ("homes", "people", "newer_postcodes", "live_postcodes", "easting", "northing", "place")


@dataclass(frozen=True)
class Basis:
    """What counts are made from, read once.

    Attributes
    ----------
    workspace, plan
        Whose, and which review.
    records, episodes
        RECORDS and EPISODES tables.
    wards
        Codes and names of the wards loaded now, by code; empty where none are.
    """

    workspace: Workspace
    plan: ReviewPlan
    records: pd.DataFrame
    episodes: pd.DataFrame
    wards: dict[str, str]


def basis_of(workspace: Workspace, plan: ReviewPlan) -> Basis:
    """Read what counts are made from."""
    wards = workspace.areas("wards")
    names = {} if wards is None else dict(sorted(zip(wards["code"].tolist(), wards["name"].tolist(), strict=True)))
    return Basis(workspace, plan, workspace.records(), episodes_of(workspace), names)


def counted(basis: Basis) -> dict[str, Any]:
    """Count this review year, the one before and the pooled years of the rule.

    Returns
    -------
    dict
        "review", "earlier" (None where there is none) and "pooled": the episodes of each, by cell and by ward, with
        those that have no place; the counts by cell plus `unmapped` plus `left_out` are the episodes.

    Raises
    ------
    BadInputError
        A year between two pooled ones has no record.
    """
    plan = basis.plan
    _require_records(basis)
    homes = _homes(basis, plan.review)  # the pooled years are set against the homes of their last one
    earlier = replace(plan.selection, period=plan.earlier)
    return {
        "review": _year(basis, replace(plan.selection, period=plan.review)) | homes,
        "earlier": _year(basis, earlier) | _homes(basis, plan.earlier) if plan.earlier else None,
        "pooled": _year(basis, plan.selection) | homes,
    }


def _require_records(basis: Basis) -> None:
    """Refuse a year without a record among those that the rule pools: its rates would be those of fewer months."""
    period = basis.plan.selection.period
    lacking = [year for year in years_of(period) if year not in periods_of(basis.episodes)]
    if lacking:
        message = (
            f"There are no records of {', '.join(lacking)}, and the rule pools {told_period(period)}. Add the files of "
            "then, or pool fewer years: years under [priority] in scenario.toml."
        )
        raise BadInputError(message)


def rows_on_record(basis: Basis) -> dict[str, Any]:
    """Count the rows that everything is made from, by review year."""
    years = review_year(basis.records["month"], first_month=basis.workspace.scenario.review_first_month)
    by_year = {str(year): int(rows) for year, rows in years.value_counts().sort_index().items()}
    return {"total": len(basis.records), "years": by_year}


def grid_as_plain(workspace: Workspace, grid: HexGrid) -> dict[str, Any]:
    """Write the inhabited cells with their homes, so that every test can be run again."""
    names = cell_names(workspace, grid)
    cells = grid.cells.assign(cell=[cell_text(cell) for cell in grid.cells["cell"].tolist()])
    rows = plain_rows(cells, ("cell", *_GRID))
    for row, number in zip(rows, grid.cells["cell"].tolist(), strict=True):
        row["name"] = names[number]
    return {"resolution": grid.resolution, "homes_source": grid.homes_source, "cells": rows}


def like_for_like(basis: Basis) -> dict[str, Any]:
    """Compare the review year with the one before by the sources that reported in both.

    Returns
    -------
    dict
        Counts of either year by cell, by ward and without a place; `why` says why there is no comparison.
    """
    plan = basis.plan
    if not plan.earlier:
        return {"why": f"There are records of {plan.review} only, so there is no year before to compare with."}
    try:
        found = like_for_like_of(basis.workspace, earlier=plan.earlier, later=plan.review)
    except PlannerError as error:
        return {"why": str(error)}
    return {"why": "", **_compared(basis, found)}


def _compared(basis: Basis, found: LikeForLike) -> dict[str, Any]:
    column = f"h3_{basis.plan.resolution}"
    here = [side[side["status"] == "located"] for side in (found.episodes_earlier, found.episodes_later)]
    placed = [side[side[column] != 0] for side in here]
    known = [side[side["ward"].isin(list(basis.wards))] for side in here]
    return {
        "earlier": found.earlier,
        "later": found.later,
        "months_earlier": found.months_earlier,
        "months_later": found.months_later,
        "unit": found.unit,
        "feeds": list(found.feeds),
        "totals": [len(found.episodes_earlier), len(found.episodes_later)],
        "cells": {cell_text(int(cell)): pair for cell, pair in _pairs(placed, column).items()},
        "wards": _pairs(known, "ward"),
        "hubs": {"names": list(found.hubs.names), "earlier": found.hubs.earlier, "later": found.hubs.later},
        "set_aside": [
            {"name": aside.name, "why": aside.why, "rows": aside.rows, "kind": aside.kind} for aside in found.set_aside
        ],
        "words": tell_comparison(found),
    }


def _pairs(sides: list[pd.DataFrame], column: str) -> dict[Any, list[int]]:
    before, after = (side[column].value_counts() for side in sides)
    return {unit: [int(before.get(unit, 0)), int(after.get(unit, 0))] for unit in sorted({*before.index, *after.index})}


def _year(basis: Basis, selection: Selection) -> dict[str, Any]:
    counts = count_selected_cells(basis.episodes, selection, resolution=basis.plan.resolution)
    first_month = basis.workspace.scenario.review_first_month
    cells = zip(counts.cells["cell"].tolist(), counts.cells["count"].tolist(), strict=True)
    found = {
        "period": selection.period,
        "episodes": counts.episodes,
        "rows": counts.rows,
        "unit": counts.unit,
        "unmapped": counts.unmapped,
        "left_out": counts.left_out,
        "months": covered_months(basis.records, selection, first_month=first_month),
        "cells": {cell_text(cell): count for cell, count in cells},
    }
    return found | _by_ward(basis, selection)


def _homes(basis: Basis, period: str) -> dict[str, Any]:
    """Give the homes of each cell and ward that a year is set against."""
    grid = grid_of(basis.workspace, basis.plan.resolution, period=period).cells
    homes = homes_of(basis.workspace, period=period)
    by_ward: dict[str, float] = {}
    if basis.wards:
        areas = area_homes_of(basis.workspace, level="ward", period=period).areas
        by_ward = dict(zip(areas["code"].tolist(), areas["homes"].tolist(), strict=True))
    return {
        "homes_year": None if homes is None or homes.empty else int(homes["year"].iloc[0]),
        "cell_homes": {
            cell_text(cell): known for cell, known in zip(grid["cell"].tolist(), grid["homes"].tolist(), strict=True)
        },
        "ward_homes": by_ward,
    }


def _by_ward(basis: Basis, selection: Selection) -> dict[str, Any]:
    if not basis.wards:
        return {"wards": {}, "in_no_ward": 0}
    counts = only_areas(count_selected_areas(basis.episodes, selection, level="ward"), list(basis.wards))
    wards = dict(zip(counts.areas["code"].tolist(), counts.areas["count"].tolist(), strict=True))
    return {"wards": wards, "in_no_ward": counts.unmapped.get("no_area", 0)}
