"""Run a review's tests again from frozen counts alone, so that its numbers can be checked years later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from h3.api.basic_int import grid_disk

from geo.errors import PlannerError
from geo.evidence.areas import HotArea, find_areas
from geo.evidence.clusters import Clusters, find_clusters
from geo.evidence.counts import CellCounts, Selection
from geo.evidence.hotspots import Hotspots, find_hotspots
from geo.evidence.power import detectable_risks
from geo.evidence.priorities import area_figures
from geo.evidence.scan_null import NullStore
from geo.evidence.trends import TrendLevel, Trends, find_trends
from geo.evidence.two_sides import TwoSides
from geo.places.grid import HexGrid
from geo.review.pack.plain import cell_number, frame_of
from geo.scenario import PriorityOptions, ScanOptions, TrendOptions
from geo.schema import CELLS, GRID

Progress = Callable[[str, float], None]
_MONTHS_A_YEAR: Final = 12
_SIDES: Final = ("earlier", "later")


@dataclass(frozen=True)
class Recomputed:
    """What both tests say of the frozen counts.

    Attributes
    ----------
    found, clusters
        The excess test and the scan.
    areas
        The areas that stand out.
    table
        What `geo.evidence.priorities.area_figures` says of them, in the same order.
    """

    found: Hotspots
    clusters: Clusters
    areas: tuple[HotArea, ...]
    table: pd.DataFrame


def grid_from(written: Mapping[str, Any]) -> HexGrid:
    """Read the inhabited cells back, with their neighbours found anew."""
    rows = [row | {"cell": cell_number(row["cell"])} for row in written["cells"]]
    kinds = {name: str(column.dtype) for name, column in GRID.columns.items()}
    cells = GRID.validate(frame_of(sorted(rows, key=lambda row: int(row["cell"])), kinds))
    indptr, indices = _windows(cells["cell"].tolist())
    return HexGrid(int(written["resolution"]), cells, str(written["homes_source"]), indptr, indices)


def counts_from(year: Mapping[str, Any], *, resolution: int, leave_out: tuple[str, ...]) -> CellCounts:
    """Read the counts of a year, or of several, back."""
    pairs = sorted((cell_number(text), int(count)) for text, count in year["cells"].items())
    table = pd.DataFrame(pairs, columns=["cell", "count"], dtype="int64")
    table = table.assign(institution=np.int64(0), shared_point=np.int64(0))
    return CellCounts(
        cells=CELLS.validate(table),
        resolution=resolution,
        selection=Selection(str(year["period"]), leave_out=leave_out),
        unit=str(year["unit"]),
        episodes=int(year["episodes"]),
        rows=int(year["rows"]),
        unmapped=dict(year["unmapped"]),
        left_out=int(year["left_out"]),
    )


def recompute(
    aggregates: Mapping[str, Any], *, nulls: NullStore | None = None, progress: Progress | None = None
) -> Recomputed | None:
    """Run the excess test and the scan on the frozen counts of the pooled years.

    Parameters
    ----------
    aggregates
        Of a team's pack.
    nulls
        Where simulated districts are kept between runs.
    progress
        Told the step and the share done, 0 to 1.

    Returns
    -------
    Recomputed or None
        The same counts and options give the same answer, for the simulated districts come from the frozen seed; None
        where there was nothing to test.
    """
    scenario = aggregates["scenario"]
    pooled = aggregates["counted"]["pooled"]
    grid = grid_from(aggregates["grid"])
    counts = counts_from(pooled, resolution=grid.resolution, leave_out=tuple(scenario["leave_out"]))
    level = PriorityOptions.model_validate(scenario["priority"]).level
    try:
        found = find_hotspots(counts, grid, test="excess")
        options = ScanOptions.model_validate(scenario["scan"])
        clusters = find_clusters(counts, grid, options=options, nulls=nulls, progress=progress)
    except PlannerError:  # no homes: the pack says so, with the words of the analysis itself
        return None
    names = {cell_number(row["cell"]): str(row["name"]) for row in aggregates["grid"]["cells"]}
    areas = find_areas(found, clusters, grid, level=level, names=names)
    risks = detectable_risks(found, grid, level=level).dropna()
    table = area_figures(
        areas,
        found,
        clusters,
        grid,
        exposure_years=max(int(pooled["months"]), 1) / _MONTHS_A_YEAR,
        detectable=dict(zip(risks.index.tolist(), risks.tolist(), strict=True)),
    )
    return Recomputed(found, clusters, tuple(areas), table)


def trends_again(aggregates: Mapping[str, Any], by: TrendLevel) -> Trends | None:
    """Test the changes of the district, the cells or the wards again; None where there is no comparison."""
    compared = aggregates["like_for_like"]
    if compared["why"]:
        return None
    resolution = int(aggregates["grid"]["resolution"])
    found = _comparison(compared, by, resolution)
    options = TrendOptions.model_validate(aggregates["scenario"]["trends"])
    return find_trends(found, by=by, resolution=resolution, homes=_homes(aggregates, by), options=options)


def _comparison(compared: Mapping[str, Any], by: TrendLevel, resolution: int) -> TwoSides:
    """Write the frozen pairs out as episodes, one a client, for the test counts episodes."""
    pairs = compared["wards" if by == "ward" else "cells"]
    column = f"h3_{resolution}" if by != "ward" else "ward"
    units = [unit if by == "ward" else cell_number(unit) for unit in pairs]
    sides = []
    for side, total in enumerate(compared["totals"]):
        times = [int(pair[side]) for pair in pairs.values()]
        here = pd.Series(units, dtype="str" if by == "ward" else "int64").repeat(times)
        beside = total - len(here)
        nowhere = pd.Series([""] * beside if by == "ward" else [0] * beside, dtype=here.dtype)
        status = pd.Series(["located"] * len(here) + ["elsewhere"] * beside, dtype="str")
        sides.append(pd.DataFrame({"status": status, column: pd.concat([here, nowhere], ignore_index=True)}))
    return TwoSides(
        earlier=str(compared["earlier"]),
        later=str(compared["later"]),
        episodes_earlier=sides[0],
        episodes_later=sides[1],
        months_earlier=int(compared["months_earlier"]),
        months_later=int(compared["months_later"]),
        unit=str(compared["unit"]),
    )


def _homes(aggregates: Mapping[str, Any], by: TrendLevel) -> pd.DataFrame | None:
    """Give the homes of both years where they were counted in different years, else None: they cancel out."""
    years = [aggregates["counted"][name] for name in ("earlier", "review")]
    dates = [year["homes_year"] for year in years]
    if None in dates or dates[0] == dates[1]:
        return None
    name = "ward_homes" if by == "ward" else "cell_homes"
    if by == "district":
        sides = [pd.Series({"district": float(sum(year[name].values()))}) for year in years]
    else:
        sides = [pd.Series(year[name], dtype=float) for year in years]
    return pd.concat(sides, axis=1, keys=list(_SIDES)).fillna(0.0)


def _windows(cells: list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Find each cell's own row and those of its first ring, as `geo.places.grid` lays them out."""
    rows = {cell: row for row, cell in enumerate(cells)}
    windows = [sorted(rows[near] for near in grid_disk(cell, 1) if near in rows) for cell in cells]
    sizes = np.array([len(window) for window in windows], dtype=np.int64)
    indices = np.array([row for window in windows for row in window], dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]), indices
