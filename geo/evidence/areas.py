"""Gather hot cells into areas that people can name, and judge each by both tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from geo.evidence.clusters import Clusters
from geo.evidence.hot_places import touching_groups
from geo.evidence.hotspots import Hotspots
from geo.places.grid import HexGrid

Verdict = Literal["priority", "watch"]
IntArray = npt.NDArray[np.int64]

_SECOND_NAME: Final = 0.3  # another place with this share of an area's homes is named too


@dataclass(frozen=True)
class HotArea:
    """Neighbouring cells that stand out together.

    Attributes
    ----------
    name
        What people call it; different from every other area's.
    cells
        H3 cells, sorted.
    peak
        The cell at which it is surest.
    verdict
        "priority" where the excess test and the scan agree, "watch" where one of them stands alone.
    by
        Which test or tests found it: "both", "excess" or "scan".
    clusters
        Numbers of the scan's clusters that hold one of its cells, the likeliest first.
    """

    name: str
    cells: tuple[int, ...]
    peak: int
    verdict: Verdict
    by: Literal["both", "excess", "scan"]
    clusters: tuple[int, ...]


def find_areas(
    found: Hotspots, clusters: Clusters, grid: HexGrid, *, level: float, names: Mapping[int, str]
) -> list[HotArea]:
    """Gather the cells hot by the excess test into areas, and add the clusters that no hot cell lies in.

    Cells belong together where they touch. An area is a priority where a significant cluster of the scan holds one of
    its cells, else it is to be watched; so is a cluster that holds no hot cell. The two tests look at the same
    clients, so that they agree is no independent proof: it says that the finding does not hang on one way of looking.

    Parameters
    ----------
    found
        The excess test, against ordinary unevenness.
    clusters
        The scan of the same counts, whose `p_uneven` counts.
    grid
        Of both.
    level
        Significance of both tests, at most 0.10: the false discovery rate of the first, the chance of any false
        cluster of the second.
    names
        What to call each cell.

    Returns
    -------
    list of HotArea
        Priorities first, then by the surest cell's q, then by its clients.
    """
    table = found.table.set_index("cell")
    hot = table.index[(table["q_uneven"] <= level) & table["kind"].str.startswith("hot")].to_numpy(dtype=np.int64)
    members = _members(clusters, level)
    groups = [(cells, _touching(cells, members)) for cells in touching_groups(hot, grid)]
    taken = set(hot.tolist())
    groups += [(np.array(cells), (number,)) for number, cells in members.items() if not taken & set(cells)]
    figures = zip(table.index.tolist(), table["q_uneven"].tolist(), table["window_count"].tolist(), strict=True)
    places = {int(cell): (float(q), int(clients)) for cell, q, clients in figures}
    areas = [_area(cells, numbers, places, known=bool(taken & set(cells.tolist()))) for cells, numbers in groups]
    ordered = sorted(areas, key=lambda area: (area.verdict, *_surest(places, area.peak)))
    return _named(ordered, names, grid)


def area_of_cells(areas: list[HotArea]) -> dict[str, tuple[int, ...]]:
    """Give the cells of each area by its name."""
    return {area.name: area.cells for area in areas}


def _members(clusters: Clusters, level: float) -> dict[int, list[int]]:
    """List the cells of each significant cluster, the likeliest cluster first."""
    numbers = clusters.table.loc[clusters.table["p_uneven"] <= level, "cluster"].tolist()
    by_number = clusters.cells.groupby("cluster")["cell"].apply(list)
    return {int(number): by_number[number] for number in numbers}


def _touching(cells: IntArray, members: dict[int, list[int]]) -> tuple[int, ...]:
    inside = set(cells.tolist())
    return tuple(number for number, held in members.items() if inside & set(held))


def _area(
    cells: IntArray, numbers: tuple[int, ...], places: Mapping[int, tuple[float, int]], *, known: bool
) -> HotArea:
    """Judge one group; `known` says that the excess test found it."""
    peak = min((int(cell) for cell in cells), key=lambda cell: _surest(places, cell))
    by: Literal["both", "excess", "scan"] = "both" if known and numbers else "excess" if known else "scan"
    verdict: Verdict = "priority" if by == "both" else "watch"
    return HotArea("", tuple(sorted(cells.tolist())), peak, verdict, by, numbers)


def _surest(places: Mapping[int, tuple[float, int]], cell: int) -> tuple[float, int, int]:
    q, clients = places[cell]
    return q, -clients, cell


def _named(areas: list[HotArea], names: Mapping[int, str], grid: HexGrid) -> list[HotArea]:
    """Name areas after where most of their homes are; areas of one name are numbered, the first of the list first."""
    homes = dict(zip(grid.cells["cell"].tolist(), grid.cells["homes"].tolist(), strict=True))
    plain = [_name(area, names, homes) for area in areas]
    seen: dict[str, int] = {}
    named = []
    for area, name in zip(areas, plain, strict=True):
        seen[name] = seen.get(name, 0) + 1
        full = f"{name} ({seen[name]})" if plain.count(name) > 1 else name
        named.append(HotArea(full, area.cells, area.peak, area.verdict, area.by, area.clusters))
    return named


def _name(area: HotArea, names: Mapping[int, str], homes: Mapping[int, float]) -> str:
    weights: dict[str, float] = {}
    for cell in area.cells:
        name = names.get(cell, "")
        weights[name] = weights.get(name, 0.0) + homes.get(cell, 0.0)
    ordered = sorted(weights, key=lambda name: (-weights[name], name))
    total = sum(weights.values())
    second = [name for name in ordered[1:2] if total and weights[name] / total >= _SECOND_NAME]
    return " and ".join([*ordered[:1], *second])
