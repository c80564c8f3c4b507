"""Puts layers on top of one another: backdrop, what is counted or tested, boundary, places, names, legend, sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.evidence.counts import AreaCounts, CellCounts
from geo.evidence.hotspots import Hotspots
from geo.hubs.ranking import Ranking
from geo.places.grid import HexGrid
from geo.review.workspace import Workspace
from layers import backdrop, hotspots, hubs, outlines, referrals, sites
from layers.base import PlannerMap, Tiles, add_legend, add_sources, new_map
from layers.style import CountClasses, LegendEntry, LegendSection
from pages.kit.filters import WARD_LINES
from pages.kit.ground import ground_of, lay_ground
from pages.kit.maps import URLS


@dataclass(frozen=True)
class Extras:
    """What every map of a page shows besides: site categories and lines on top, notes below the legend, tiles."""

    overlays: Sequence[str] = ()
    notes: Sequence[str] = ()
    tiles: bool = False


Layer = Callable[[PlannerMap], LegendSection]


def counts_map(
    workspace: Workspace,
    counted: CellCounts | AreaCounts,
    *,
    title: str,
    classes: CountClasses,
    grid: HexGrid,
    extras: Extras,
) -> PlannerMap:
    """Draw how many clients came from where."""

    def layer(target: PlannerMap) -> LegendSection:
        if isinstance(counted, AreaCounts):
            areas = ground_of(workspace).wards
            referrals.draw_areas(target, areas, counted.areas, classes=classes, unit=counted.unit)
        else:
            referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        nought = isinstance(counted, AreaCounts)  # a ward without a client is drawn, a hexagon without one is not
        return LegendSection(counted.unit.capitalize(), referrals.legend_entries(classes, nought=nought))

    return _assemble(workspace, title, layer, extras)


def hotspots_map(workspace: Workspace, found: Hotspots, *, grid: HexGrid, extras: Extras) -> PlannerMap:
    """Draw where a test calls the count hot or cold."""

    def layer(target: PlannerMap) -> LegendSection:
        hotspots.draw_hotspots(target, found.table, test=found.test, places=place_names(grid))
        return LegendSection("How sure", hotspots.legend_entries())

    return _assemble(workspace, hotspots.question(found.test), layer, extras)


def hubs_map(
    workspace: Workspace, ranked: Ranking, counted: CellCounts, *, grid: HexGrid, extras: Extras
) -> PlannerMap:
    """Draw the ranked places as numbered pins over where clients came from."""
    classes = referrals.classes_for(counted.cells)

    def layer(target: PlannerMap) -> LegendSection:
        referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        hubs.draw_hubs(target, ranked.table, ground_of(workspace).sites)
        entries = (*hubs.legend_entries(), *referrals.legend_entries(classes))
        return LegendSection(f"Ranked places, and {counted.unit}", entries)

    return _assemble(workspace, "Places for a hub, by rank", layer, extras)


def place_names(grid: HexGrid) -> dict[int, str]:
    """Name the place of every inhabited hexagon."""
    return dict(zip(grid.cells["cell"].tolist(), grid.cells["place"].tolist(), strict=True))


def _assemble(workspace: Workspace, title: str, layer: Layer, extras: Extras) -> PlannerMap:
    ground, name = ground_of(workspace), workspace.scenario.name
    tiles = _tiles(workspace, wanted=extras.tiles)
    target = new_map(ground.boundary, title=f"{name}: {title}" if name else title, urls=URLS, tiles=tiles)
    if tiles is None:
        lay_ground(target, ground)
    shown = layer(target)
    outlines.draw_boundary(target, ground.boundary)
    lines = _draw_wards(target, ground.wards if WARD_LINES in extras.overlays else None)
    marks = _draw_sites(target, ground.sites, extras.overlays)
    if ground.settlements is not None and tiles is None:
        backdrop.draw_settlements(target, ground.settlements)
    add_legend(target, [shown, LegendSection("", (*marks, *lines))], notes=extras.notes)
    add_sources(target, ground.attributions)
    return target


def _tiles(workspace: Workspace, *, wanted: bool) -> Tiles | None:
    scenario = workspace.scenario
    return Tiles(scenario.tiles_url, scenario.tiles_attribution) if wanted and scenario.tiles_url else None


def _draw_wards(target: PlannerMap, wards: gpd.GeoDataFrame | None) -> tuple[LegendEntry, ...]:
    if wards is None:
        return outlines.legend_entries()
    outlines.draw_area_lines(target, wards)
    return outlines.legend_entries(areas="Ward")


def _draw_sites(target: PlannerMap, known: gpd.GeoDataFrame, kinds: Sequence[str]) -> tuple[LegendEntry, ...]:
    shown = known[pd.Series(known["category"]).isin(list(kinds))]
    sites.draw_sites(target, shown)
    return sites.legend_entries(shown)
