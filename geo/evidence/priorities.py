"""Put the areas that stand out into one table: how many, out of what, how sure, and what luck could have done."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.evidence.areas import HotArea
from geo.evidence.clusters import Clusters
from geo.evidence.hotspots import Hotspots
from geo.evidence.intervals import count_interval
from geo.evidence.rates import UNRELIABLE_BELOW
from geo.places.grid import HexGrid

FloatArray = npt.NDArray[np.float64]

_A_THOUSAND: Final = 1_000.0


def area_figures(
    areas: list[HotArea],
    found: Hotspots,
    clusters: Clusters,
    grid: HexGrid,
    *,
    exposure_years: float,
    detectable: Mapping[int, float],
) -> pd.DataFrame:
    """Count the clients of each area and set them beside its homes and both tests.

    Parameters
    ----------
    areas
        As `find_areas` gives them.
    found, clusters
        Both tests of the same counts.
    grid
        Homes and newer postcodes by cell.
    exposure_years
        Years that the records cover, above 0.
    detectable
        Cell to the smallest relative risk that could have been seen there; cells without one are left out.

    Returns
    -------
    pandas.DataFrame
        The columns of PRIORITIES up to `detectable_risk`, in the order of `areas`. Rates are per 1,000 homes a year
        with their 95 % interval (`geo.evidence.intervals.count_interval`), blank where no home is known.
    """
    cells = grid.cells.set_index("cell")
    tests = found.table.set_index("cell")
    rows = [_row(area, cells, tests) for area in areas]
    table = pd.DataFrame(rows, columns=list(_FIGURES)).astype(_FIGURES)
    count, homes = table["count"].to_numpy(), table["homes"].to_numpy()
    low, high = count_interval(count)
    return table.assign(
        rank=np.arange(1, len(areas) + 1, dtype=np.int64),
        expected=found.clients * homes / (float(cells.loc[tests.index, "homes"].sum()) or 1.0),
        rate_per_1000_homes=_rates(count, homes, exposure_years),
        rate_low=_rates(low, homes, exposure_years),
        rate_high=_rates(high, homes, exposure_years),
        unreliable=count < UNRELIABLE_BELOW,
        p_scan=_scan_p(areas, clusters),
        detectable_risk=pd.array([detectable.get(area.peak) for area in areas], dtype="Float64"),
    )


_FIGURES: Final = {
    "area": "str",
    "verdict": "str",
    "found_by": "str",
    "cells": "int64",
    "peak": "int64",
    "count": "int64",
    "homes": "float64",
    "newer_postcodes": "int64",
    "spot_count": "int64",
    "spot_expected": "float64",
    "q": "float64",
}


def _row(area: HotArea, cells: pd.DataFrame, tests: pd.DataFrame) -> dict[str, object]:
    own, tested = cells.loc[list(area.cells)], tests.loc[list(area.cells)]
    spot = tests.loc[[area.peak]]
    return {
        "area": area.name,
        "verdict": area.verdict,
        "found_by": area.by,
        "cells": len(area.cells),
        "peak": area.peak,
        "count": int(tested["count"].sum()),
        "homes": float(own["homes"].sum()),
        "newer_postcodes": int(own["newer_postcodes"].sum()),
        "spot_count": int(spot["window_count"].sum()),
        "spot_expected": float(spot["expected"].sum()),
        "q": float(spot["q_uneven"].max()),
    }


def _rates(counts: npt.NDArray[np.int64] | FloatArray, homes: FloatArray, years: float) -> pd.Series:
    """Divide counts by home-years; blank where there are none."""
    known = homes > 0
    rate = np.divide(_A_THOUSAND * counts, homes * years, out=np.zeros(len(homes)), where=known)
    return pd.Series(rate, dtype="Float64").where(pd.Series(known))


def _scan_p(areas: list[HotArea], clusters: Clusters) -> pd.Series:
    """Find the p of the likeliest cluster that holds a cell of each area; blank where none does."""
    by_number = clusters.table.set_index("cluster")["p_uneven"]
    found = [min((float(by_number[number]) for number in area.clusters), default=None) for area in areas]
    return pd.Series(found, dtype="Float64")
