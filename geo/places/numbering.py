"""Tell the hexagons of one place apart by number."""

import pandas as pd

from geo.places.grid import HexGrid


def number_places(grid: HexGrid) -> dict[int, str]:
    """Name every inhabited hexagon; those of one place are told apart by number, the one with most homes first.

    Returns
    -------
    dict of int to str
        H3 cell to a name that no other cell has, such as "Aldersea (2)".
    """
    cells = grid.cells.sort_values(["place", "homes", "cell"], ascending=[True, False, True])
    rank: pd.Series = cells.groupby("place").cumcount() + 1
    several = cells.groupby("place")["cell"].transform("size") > 1
    names = cells["place"].where(~several, cells["place"] + " (" + rank.astype(str) + ")")
    return dict(zip(cells["cell"].tolist(), names.tolist(), strict=True))
