"""Turn counts and hotspots into tables that people open in Excel and QGIS: one row a cell, nobody left out."""

from typing import Final

import h3
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.evidence.counts import CellCounts
from geo.evidence.hotspots import Hotspots
from geo.places.grid import HexGrid

UNTESTED: Final = "untested"
_FIGURES: Final = ["count", "window_count", "z", "p", "q", "kind", "expected", "p_uneven", "q_uneven"]

_YEAR_TYPES: Final = {"status": "str", "cell": "str", "count": "int64", "institution": "Int64", "shared_point": "Int64"}


def hotspots_table(hotspots: Hotspots, grid: HexGrid) -> pd.DataFrame:
    """List every tested cell, and last the clients in cells that were not tested.

    Parameters
    ----------
    hotspots
        Of `grid`.
    grid
        Gives homes and place names.

    Returns
    -------
    pandas.DataFrame
        Columns cell (15-digit hexadecimal text), count, window_count, z, p, q, kind, expected, p_uneven, q_uneven (the
        last three only for the excess test), homes, place; by p, then by cell. Where clients are in cells outside the
        test there is a last row whose cell is "untested", kind "none" and everything but its count blank.
    """
    columns = _FIGURES if hotspots.test == "excess" else _FIGURES[:6]
    known = grid.cells.set_index("cell")[["homes", "place"]]
    table = hotspots.table.sort_values(["p", "cell"], ignore_index=True)
    table = table.join(known, on="cell")
    table["window_count"] = table["window_count"].astype("Int64")
    table = table.assign(cell=cell_names(table["cell"]))[["cell", *columns, "homes", "place"]]
    if not hotspots.untested:
        return table
    last = {"cell": UNTESTED, "count": hotspots.untested, "kind": "none", "place": ""}
    return pd.concat([table, pd.DataFrame([last]).astype({"count": "int64"})], ignore_index=True)[list(table.columns)]


def cells_table(years: list[CellCounts]) -> pd.DataFrame:
    """List the cells of one or more review years, and after each year's cells what could not be mapped.

    Returns
    -------
    pandas.DataFrame
        Columns period, status, cell (15-digit hexadecimal text; blank where there is none), count, institution,
        shared_point. `status` is "located" for a cell, "left_out" for episodes set aside by a flag, else the reason
        why there is no cell. The counts sum to every episode chosen.
    """
    return pd.concat([_year(counts) for counts in years], ignore_index=True)


def cell_names(cells: pd.Series) -> pd.Series:
    """Write H3 cells as 15-digit hexadecimal text."""
    return pd.Series([h3.int_to_str(cell) for cell in cells.tolist()], index=cells.index, dtype="str")


def cell_numbers(names: pd.Series) -> npt.NDArray[np.int64]:
    """Read H3 cells from 15-digit hexadecimal text."""
    return np.array([h3.str_to_int(name) for name in names.tolist()], dtype=np.int64)


def _year(counts: CellCounts) -> pd.DataFrame:
    located = counts.cells.assign(cell=cell_names(counts.cells["cell"]), status="located")
    lost = counts.unmapped | ({"left_out": counts.left_out} if counts.left_out else {})
    rest = pd.DataFrame({"status": list(lost), "count": np.array(list(lost.values()), dtype=np.int64)})
    rest = rest.assign(cell="").reindex(columns=list(_YEAR_TYPES))
    table = pd.concat([part[list(_YEAR_TYPES)].astype(_YEAR_TYPES) for part in (located, rest)], ignore_index=True)
    return table.assign(period=counts.period)[["period", *_YEAR_TYPES]]
