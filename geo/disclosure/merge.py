"""Merge hexagons of few homes with their neighbours in the H3 tree, until each holds enough.

Merging goes by homes, which anybody may know, and not by clients: a shape that depends on counts would tell something
of them. Everything is built from the cells of one finest resolution and their parents in the tree, since cells that
are computed directly at two resolutions do not nest.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from h3.api.basic_int import cell_to_parent, get_resolution

from geo.crs import WGS84
from geo.disclosure.rules import Rule
from geo.disclosure.topics import Geography
from geo.places.grid import cell_polygons
from geo.schema import AREAS

# Clients that a merged hexagon is expected to hold by its homes: the first that leaves enough of the count is taken.
_EXPECTED: Final = (8, 12, 16, 24, 32, 48, 64, 96, 128)


@dataclass(frozen=True)
class _Node:
    """A cell of the tree: hexagons that are done below it, and leaves that wait for more homes."""

    waiting: tuple[int, ...]
    homes: float


def merge_cells(cells: pd.DataFrame, *, enough_homes: float) -> Geography:
    """Merge cells along the parent tree until each holds enough homes.

    Parameters
    ----------
    cells
        Columns `cell` (H3 indexes of one resolution, each once) and `homes`.
    enough_homes
        A hexagon with fewer homes waits, and is merged with others that wait under the same parent, or under the
        parent's parent, and so on. What still waits at the top joins the merged hexagon that is nearest in the tree,
        of equals the one with the fewest homes.

    Returns
    -------
    Geography
        "merged"; every cell is in one merged hexagon, whose code is that of the cell or parent at which it was made.

    Examples
    --------
    >>> from h3.api.basic_int import cell_to_children, latlng_to_cell
    >>> seven = cell_to_children(latlng_to_cell(55.5, 3.0, 7))
    >>> merged = merge_cells(pd.DataFrame({"cell": seven, "homes": [90.0, 20, 20, 20, 20, 20, 20]}), enough_homes=80)
    >>> sorted(pd.Series(dict(merged.members)).value_counts())
    [1, 6]
    """
    level = {
        int(cell): _Node((int(cell),), float(homes)) for cell, homes in zip(cells["cell"], cells["homes"], strict=True)
    }
    homes_of = {cell: node.homes for cell, node in level.items()}
    done: dict[int, tuple[int, ...]] = {}
    while level:
        ready = {cell: node.waiting for cell, node in level.items() if node.waiting and node.homes >= enough_homes}
        done |= ready
        still = {cell: node for cell, node in level.items() if cell not in ready and node.waiting}
        if not still or get_resolution(next(iter(still))) == 0:
            done = _join_rest(done, still, homes_of)
            break
        level = _parents(still)
    members = sorted((leaf, f"{cell:x}") for cell, leaves in done.items() for leaf in leaves)
    return Geography("merged", tuple(members))


def choose_merge(cells: pd.DataFrame, *, rule: Rule) -> Geography:
    """Choose the finest merge under which the rule leaves enough of the count.

    Parameters
    ----------
    cells
        Columns `cell`, `homes`, and `count` of the whole time to be published.
    rule
        Its `hexagon_share` is what must be left.
    """
    clients, homes = float(cells["count"].sum()), float(cells["homes"].sum())
    merged = merge_cells(cells, enough_homes=0)
    for expected in _EXPECTED if clients and homes else ():
        merged = merge_cells(cells, enough_homes=max(expected * homes / clients, rule.homes_floor))
        kept = merge_counts(cells, merged)["count"]
        if float(kept[kept > rule.threshold].sum()) >= rule.hexagon_share * clients:
            break
    return merged


def merge_counts(cells: pd.DataFrame, merged: Geography) -> pd.DataFrame:
    """Add cells up to merged hexagons: columns code, count, homes; totals stay the same.

    Parameters
    ----------
    cells
        Columns `cell`, `count` and `homes`.
    merged
        As `merge_cells` makes it; cells that it does not know are added up under the empty code.
    """
    code = cells["cell"].map(dict(merged.members)).fillna("")
    return cells.assign(code=code.astype("str")).groupby("code", as_index=False)[["count", "homes"]].sum()


def draw_merged(merged: Geography) -> gpd.GeoDataFrame:
    """Draw each merged hexagon as the outline of its cells: AREAS table, EPSG:4326."""
    cells = np.array([cell for cell, _ in merged.members], dtype=np.int64)
    codes = pd.Series([code for _, code in merged.members], dtype="str")
    polygons = gpd.GeoDataFrame({"code": codes}, geometry=list(cell_polygons(cells)), crs=WGS84)
    drawn = polygons.dissolve(by="code").reset_index()
    return AREAS.validate(drawn.assign(name=drawn["code"])[["code", "name", "geometry"]])


def _parents(level: dict[int, _Node]) -> dict[int, _Node]:
    """Gather what waits under each parent."""
    gathered: dict[int, _Node] = {}
    for cell, node in sorted(level.items()):
        parent = cell_to_parent(cell)
        other = gathered.get(parent, _Node((), 0.0))
        gathered[parent] = _Node((*other.waiting, *node.waiting), other.homes + node.homes)
    return gathered


def _join_rest(
    done: dict[int, tuple[int, ...]], rest: dict[int, _Node], homes_of: dict[int, float]
) -> dict[int, tuple[int, ...]]:
    """Join what never held enough with the nearest merged hexagon; where there is none, it stays by itself."""
    joined = dict(done)
    for cell, node in sorted(rest.items()):
        if not done:
            joined[cell] = node.waiting
            continue
        nearest = min(
            done,
            key=lambda other: (
                -_shared_resolution(other, node.waiting[0]),
                sum(homes_of[leaf] for leaf in done[other]),
                other,
            ),
        )
        joined[nearest] = (*joined[nearest], *node.waiting)
    return joined


def _shared_resolution(cell: int, other: int) -> int:
    """Return the finest resolution at which two cells have the same parent; -1 where they have none."""
    finest = min(get_resolution(cell), get_resolution(other))
    same = [level for level in range(finest + 1) if cell_to_parent(cell, level) == cell_to_parent(other, level)]
    return max(same, default=-1)
