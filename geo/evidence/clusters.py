"""Find clusters: groups of neighbouring cells, of any size, with more clients than their homes explain.

Kulldorff's spatial scan statistic in its Poisson model (Kulldorff and Nagarwalla 1995, Statistics in Medicine
14:799-810; Kulldorff 1997, Communications in Statistics: Theory and Methods 26:1481-1496). Circles grow about every
cell; the likelihood ratio of the one whose clients are least like its homes is compared with the largest ratio of each
of thousands of simulated districts, so that having looked everywhere is allowed for. It is done twice: against luck
alone, and against this district's ordinary unevenness (`geo/evidence/scan_risks.py`), each ratio then divided by what
unevenness adds to the variance of its circle (`geo/evidence/scan_spread.py`).

How far a stated 5 % holds against ordinary unevenness, as the share of simulated districts without a cluster in which
one was found (`python -m tests.benchmarks.scan_calibration`):

- risk alike everywhere: 1.3 % at 300, 700 and 5,000 clients;
- gamma risks with a coefficient of variation of 0.5, independent cells: 1.3 % at 300, 0.3 % at 700, none at 5,000;
- lognormal, 0.5, independent cells: 2.7 % at 300, 3.7 % at 700, 10.7 % at 5,000: NOT held there;
- 0.5 shared by neighbours: 2.7 % at 300, 4.0 % at 700, 6.3 % at 5,000; shared with the neighbours' neighbours too:
  3.7 % at 300, 4.0 % at 700, 9.3 % at 5,000: NOT held there.

Against homes alone the uneven districts showed a cluster in 33 to 100 % of cases. All figures are of 300 districts, so
their 95 % intervals are some 2 points wide either side.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.evidence.counts import CellCounts
from geo.evidence.scan_ground import Ground, survey
from geo.evidence.scan_null import NullStore
from geo.evidence.scan_risks import Risks, ordinary_risks
from geo.evidence.scan_search import Found, Progress, Search
from geo.evidence.unevenness import Unevenness, estimate_unevenness
from geo.places.grid import HexGrid
from geo.scenario import ScanOptions
from geo.schema import CLUSTER_CELLS, CLUSTERS

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

QUESTION: Final = "Which groups of neighbouring places have more clients than the homes explain?"


@dataclass(frozen=True)
class Clusters:
    """Hold the clusters found, with what they rest on.

    Attributes
    ----------
    table
        CLUSTERS table, the one that ordinary unevenness explains least first; empty where none was found.
    cells
        CLUSTER_CELLS table: which cells each cluster holds.
    resolution, period, unit
        As in the counts: H3 resolution, review year or "all", and what one count is.
    tested
        Cells with homes, each the centre of circles.
    clients
        Clients in the tested cells.
    untested
        Clients located in cells that were not tested: nobody lives there by the directory, or no homes are known.
    excluded_cells
        Cells of the district that were not tested, by reason.
    too_large
        Tested cells that no circle holds, for at their point alone there are more homes than a circle may have.
    circles
        How many circles were compared.
    options
        How large a circle might be, how many districts were simulated, from which seed, and which clusters are listed.
    homes_source
        Where homes come from.
    unevenness
        What was learnt of the district's ordinary unevenness; `risks` is how it was simulated.
    law
        How p was computed, in words.
    why_none
        One sentence that says why there is no cluster; empty where there is one.
    """

    table: pd.DataFrame
    cells: pd.DataFrame
    resolution: int
    period: str
    unit: str
    tested: int
    clients: int
    untested: int
    excluded_cells: dict[str, int]
    too_large: int
    circles: int
    options: ScanOptions
    homes_source: str
    unevenness: Unevenness
    risks: Risks
    law: str
    why_none: str

    @property
    def question(self) -> str:
        """The question a scan answers, in plain words."""
        return QUESTION


def find_clusters(
    counts: CellCounts,
    grid: HexGrid,
    *,
    options: ScanOptions,
    nulls: NullStore | None = None,
    progress: Progress | None = None,
) -> Clusters:
    """Scan the cells that have homes for groups of neighbours with more clients than their homes explain.

    Parameters
    ----------
    counts
        Episodes by cell, as `count_cells` gives them.
    grid
        The district's inhabited cells of the same resolution. Circles are drawn about the home-weighted point of
        each cell, in EPSG:27700.
    options
        How large a circle may be, how many districts are simulated, and which clusters are listed.
    nulls
        Where simulated laws are kept between scans; None keeps nothing.
    progress
        Told the step and the share done, 0 to 1.

    Returns
    -------
    Clusters
        Of the circles that luck alone does not explain (p no larger than `keep_p`) the one that ordinary unevenness
        explains least, then the next that shares no cell with it, and so on, at most 10. Each has its p against the
        same law of the largest ratio, which for all but the first errs on the safe side.

    Raises
    ------
    BadInputError
        Counts and grid are of different resolutions.
    MissingDataError
        There is no inhabited cell, or no cell has homes.
    """
    ground = survey(counts, grid, population_share=options.population_share)
    unevenness = estimate_unevenness(ground.counts, ground.windows)
    risks = ordinary_risks(unevenness, ground.windows)
    found = Search(options, risks, nulls, progress).run(ground)
    return Clusters(
        table=_table(ground, found),
        cells=_cells(ground, found),
        resolution=grid.resolution,
        period=counts.period,
        unit=counts.unit,
        tested=len(ground.cells),
        clients=ground.total,
        untested=counts.located - ground.total,
        excluded_cells={"no homes known": ground.without_homes} if ground.without_homes else {},
        too_large=int((np.diff(ground.circles.starts) == 0).sum()),
        circles=int(ground.circles.ends.sum()),
        options=options,
        homes_source=grid.homes_source,
        unevenness=unevenness,
        risks=risks,
        law=_law(options),
        why_none=found.why_none,
    )


def significant(clusters: Clusters, level: float = 0.05) -> Clusters:
    """Keep only the clusters that stand out from ordinary unevenness at a level, such as 0.05."""
    table = clusters.table[clusters.table["p_uneven"] <= level].reset_index(drop=True)
    cells = clusters.cells[clusters.cells["cluster"].isin(table["cluster"])].reset_index(drop=True)
    why_none = clusters.why_none
    if table.empty and not why_none:
        why_none = f"No cluster stands out from this district's ordinary unevenness at {level:.2g}."
    return replace(clusters, table=table, cells=cells, why_none=why_none)


def _table(ground: Ground, found: Found) -> pd.DataFrame:
    inside = [ground.circles.up_to(place) for place in found.places.tolist()]
    centre = ground.cells.iloc[[int(cells[0]) for cells in inside]]
    homes = ground.cells["homes"].to_numpy(dtype=np.float64)
    count = np.array([ground.counts[cells].sum() for cells in inside], dtype=np.int64)
    expected = ground.total * ground.circles.shares[found.places]
    table = {
        "cluster": np.arange(1, len(inside) + 1, dtype=np.int64),
        "centre": centre["cell"].to_numpy(dtype=np.int64),
        "easting": centre["easting"].to_numpy(dtype=np.float64),
        "northing": centre["northing"].to_numpy(dtype=np.float64),
        "radius_m": ground.circles.radii_m[found.places],
        "cells": np.array([len(cells) for cells in inside], dtype=np.int64),
        "homes": np.array([homes[cells].sum() for cells in inside], dtype=np.float64),
        "count": count,
        "expected": expected,
        "relative_risk": _relative_risk(count, expected, ground.total),
        "llr": found.ratios,
        "p": found.p,
        "p_uneven": found.p_uneven,
    }
    return CLUSTERS.validate(pd.DataFrame(table))


def _relative_risk(count: IntArray, expected: FloatArray, total: int) -> pd.Series:
    """Compare clients per home inside with those outside; blank where nobody is outside."""
    outside = total - count
    known = outside > 0
    ratio = np.divide(count * (total - expected), expected * outside, out=np.ones(len(count)), where=known)
    return pd.Series(ratio, dtype="Float64").where(known)


def _cells(ground: Ground, found: Found) -> pd.DataFrame:
    numbers = ground.cells["cell"].to_numpy(dtype=np.int64)
    inside = [np.sort(ground.circles.up_to(place)) for place in found.places.tolist()]
    cluster = np.repeat(np.arange(1, len(inside) + 1, dtype=np.int64), [len(cells) for cells in inside])
    cells = numbers[np.concatenate([np.zeros(0, dtype=np.int64), *inside])]
    return CLUSTER_CELLS.validate(pd.DataFrame({"cluster": cluster, "cell": cells}))


def _law(options: ScanOptions) -> str:
    return (
        f"Kulldorff's Poisson scan over circles of up to {100 * options.population_share:g} % of the homes; p by rank "
        f"among {options.replicates:,} simulated districts with as many clients, against homes alone and against "
        "ordinary unevenness"
    )
