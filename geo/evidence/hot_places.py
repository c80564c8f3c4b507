"""Gather hot cells that touch, and call each group by the name of its surest cell."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.evidence.hotspots import Hotspots
from geo.places.grid import HexGrid

IntArray = npt.NDArray[np.int64]


def touching_groups(cells: IntArray, grid: HexGrid) -> list[IntArray]:
    """Part cells of a grid into groups whose cells touch, by the grid's own windows.

    Parameters
    ----------
    cells
        H3 cells of the grid, in any order.
    grid
        Says which cells are neighbours.

    Returns
    -------
    list of numpy.ndarray
        The cells of each group, in the order of the grid.
    """
    every = grid.cells["cell"].to_numpy(dtype=np.int64)
    rows = np.flatnonzero(np.isin(every, cells))
    if not len(rows):
        return []
    n = len(every)
    touch = csr_array((np.ones(len(grid.indices), dtype=np.int8), grid.indices, grid.indptr), shape=(n, n))
    _, label = connected_components(touch[rows][:, rows], directed=False)
    return [every[rows[label == number]] for number in np.unique(label)]


def hot_places(found: Hotspots, grid: HexGrid, *, level: float = 0.05) -> dict[str, tuple[int, ...]]:
    """List the places that are hot, with their cells.

    Parameters
    ----------
    found
        The excess test of `grid`.
    level
        Cells count as hot where q against ordinary unevenness is at most this.

    Returns
    -------
    dict
        H3 cells by name, the surest place first. Places of one name are numbered: "Mill", "Mill (2)".
    """
    table = found.table[(found.table["q_uneven"] <= level) & (found.table["window_count"] > found.table["expected"])]
    named = table.merge(grid.cells[["cell", "place"]], on="cell").sort_values(["q_uneven", "cell"])
    order = {cell: number for number, cell in enumerate(named["cell"].tolist())}
    groups = touching_groups(named["cell"].to_numpy(dtype=np.int64), grid)
    surest = sorted((min(group.tolist(), key=order.__getitem__) for group in groups), key=order.__getitem__)
    members = {min(group.tolist(), key=order.__getitem__): tuple(sorted(group.tolist())) for group in groups}
    names = pd.Series(named["place"].to_numpy(), index=named["cell"])
    places: dict[str, tuple[int, ...]] = {}
    for cell in surest:
        name = str(names[cell])
        same = sum(_stem(known) == name for known in places)
        places[f"{name} ({same + 1})" if same else name] = members[cell]
    return places


def _stem(name: str) -> str:
    return name.rsplit(" (", 1)[0]
