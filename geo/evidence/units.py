"""Test the places of any division of the district: other hexagons, wards, a shifted grid."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from h3.api.basic_int import grid_disk

from geo.evidence.hotspots import judge_excess
from geo.evidence.windows import Windows
from geo.places.shifted import neighbour_keys

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Near = Callable[[npt.NDArray[Any]], list[list[Any]]]

_HALF: Final = 0.5


@dataclass(frozen=True)
class Units:
    """Hold the places with homes of one division.

    Attributes
    ----------
    keys
        What each place is called in the division, sorted: an H3 index, a ward's code, a lattice key.
    windows
        Their shares of homes, and which places are tested together.
    cells
        The cells of the first test that each place stands for: see `divide`.
    """

    keys: npt.NDArray[Any]
    windows: Windows
    cells: tuple[frozenset[int], ...]


def divide(homes: pd.Series, units: pd.Series, cells: pd.Series, *, near: Near) -> Units:
    """Divide the district's homes into places, and say which cells each place stands for.

    A place stands for a cell where it holds the largest part of the cell's homes (of equals, the first by name), or
    where at least half of its own homes are in the cell. So a larger place stands for the cells it takes in, a
    smaller one for the cell it lies in.

    Parameters
    ----------
    homes
        Homes of each postcode, above 0.
    units
        The place of each postcode; empty text where it lies in none, and its homes count nowhere.
    cells
        The cell of each postcode in the first test.
    near
        Gives each place's window, itself included; what is not a place with homes is left out.
    """
    table = pd.DataFrame({"homes": homes, "unit": units, "cell": cells})
    table = table[table["unit"] != ""]
    by_unit = table.groupby("unit", sort=True)["homes"].sum()
    keys = by_unit.index.to_numpy()
    indptr, indices = _rows(keys, near(keys))
    total = float(by_unit.sum()) or 1.0
    return Units(keys, Windows(by_unit.to_numpy(dtype=np.float64) / total, indptr, indices), _stand_for(table, by_unit))


def hot_cells(counts: pd.Series, units: Units, *, hot_q: float) -> tuple[frozenset[int], int]:
    """Test every place for more clients than homes and ordinary unevenness explain.

    Parameters
    ----------
    counts
        Clients by the name of the place.
    units
        The division.
    hot_q
        A place is hot where its q against ordinary unevenness is at most this.

    Returns
    -------
    tuple
        The cells that a hot place stands for, and the clients of places that were not tested.
    """
    by_unit = counts.reindex(units.keys, fill_value=0).to_numpy(dtype=np.int64)
    tested = pd.DataFrame(judge_excess(by_unit, units.windows)[0])
    hot = (tested["q_uneven"] <= hot_q) & (tested["window_count"] > tested["expected"])
    found = frozenset[int]().union(*(units.cells[row] for row in np.flatnonzero(hot)))
    return found, int(counts.sum()) - int(by_unit.sum())


def alone(keys: npt.NDArray[Any]) -> list[list[Any]]:
    """Test each place by itself, as wards are."""
    return [[key] for key in keys.tolist()]


def rings(number: int) -> Near:
    """Test H3 cells with so many rings of neighbours."""
    return lambda keys: [list(grid_disk(key, number)) for key in keys.tolist()]


def lattice_ring(keys: npt.NDArray[Any]) -> list[list[Any]]:
    """Test hexagons of a lattice with their first ring."""
    return [[key, *near] for key, near in zip(keys.tolist(), neighbour_keys(keys).tolist(), strict=True)]


def _rows(keys: npt.NDArray[Any], windows: list[list[Any]]) -> tuple[IntArray, IntArray]:
    """Write windows as row numbers in CSR form, leaving out what is no place of the division."""
    row = {key: number for number, key in enumerate(keys.tolist())}
    kept = [sorted(row[key] for key in window if key in row) for window in windows]
    indptr = np.cumsum([0, *(len(window) for window in kept)]).astype(np.int64)
    return indptr, np.array([number for window in kept for number in window], dtype=np.int64)


def _stand_for(table: pd.DataFrame, by_unit: pd.Series) -> tuple[frozenset[int], ...]:
    parts = table.groupby(["unit", "cell"], sort=True)["homes"].sum().reset_index()
    largest = parts.sort_values(["cell", "homes", "unit"], ascending=[True, False, True]).drop_duplicates("cell")
    within = parts[parts["homes"] >= _HALF * parts["unit"].map(by_unit)]
    pairs = pd.concat([largest, within]).groupby("unit")["cell"].apply(lambda found: frozenset(found.tolist()))
    return tuple(pairs.get(key, frozenset()) for key in by_unit.index)
