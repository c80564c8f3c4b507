"""Name cells so that two parts of one town can be told apart."""

from geo.places.grid import HexGrid
from geo.places.naming import PlaceNames, name_places
from geo.review.workspace import Workspace


def cell_names(workspace: Workspace, grid: HexGrid) -> dict[int, str]:
    """Name each cell after its settlement, and after its ward where one is loaded."""
    wards = workspace.areas("wards")
    if wards is None:
        return dict(zip(grid.cells["cell"].tolist(), grid.cells["place"].tolist(), strict=True))
    points = grid.cells[["easting", "northing"]].assign(sector="")
    ward = name_places(points, PlaceNames(wards=wards)).tolist()
    triples = zip(grid.cells["cell"].tolist(), grid.cells["place"].tolist(), ward, strict=True)
    return {cell: _both(place, name) for cell, place, name in triples}


def _both(place: str, ward: str) -> str:
    """Join a settlement and its ward, unless one already says the other.

    Examples
    --------
    >>> _both("Andover", "St Mary's"), _both("Andover", "Andover Town"), _both("Thruxton", "")
    ("Andover (St Mary's)", 'Andover Town', 'Thruxton')
    """
    if not ward or ward == place:
        return place
    return ward if place.casefold() in ward.casefold() else f"{place} ({ward})"
