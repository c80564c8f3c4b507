"""Puts layers on top of one another: backdrop, what is counted or tested, boundary, places, names, legend, sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas as gpd

from geo.evidence.clusters import Clusters
from geo.evidence.counts import AreaCounts, CellCounts
from geo.evidence.hotspots import Hotspots
from geo.evidence.rates import Rates
from geo.evidence.trends import Trends
from geo.hubs.ranking import Ranking
from geo.hubs.services import offers
from geo.places.grid import HexGrid
from geo.review.priorities import Priorities
from geo.review.workspace import Workspace
from layers import areas, backdrop, clusters, hotspots, hubs, isochrones, outlines, rates, referrals, sites, trends
from layers.base import PlannerMap, Tiles, add_legend, add_sources, new_map
from layers.rates import Measure
from layers.style import CountClasses, LegendEntry, LegendSection, RateClasses
from pages.kit import evidence
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
            shapes = evidence.areas(workspace, counted.level)
            referrals.draw_areas(target, shapes, counted.areas, classes=classes, unit=counted.unit)
        else:
            referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        nought = isinstance(counted, AreaCounts)  # an area without a client is drawn, a hexagon without one is not
        return LegendSection(counted.unit.capitalize(), referrals.legend_entries(classes, nought=nought))

    return assemble(workspace, title, layer, extras)


def rates_map(
    workspace: Workspace, found: Rates, *, measure: Measure, title: str, classes: RateClasses, extras: Extras
) -> PlannerMap:
    """Draw how many clients came from every thousand homes."""
    level = found.level
    shapes = None if level == "cell" else evidence.areas(workspace, level)

    def layer(target: PlannerMap) -> LegendSection:
        if shapes is None:
            names = place_names(evidence.grid(workspace, resolution=found.resolution))
            rates.draw_cells(target, found, measure=measure, classes=classes, places=names)
        else:
            rates.draw_areas(target, found, shapes, measure=measure, classes=classes)
        entries = rates.legend_entries(found, measure=measure, classes=classes, areas=shapes)
        start = "Smoothed: clients" if measure == "smoothed" else "Clients"
        return LegendSection(f"{start} per 1,000 homes a year", entries)

    return assemble(workspace, title, layer, extras)


def hotspots_map(workspace: Workspace, found: Hotspots, *, grid: HexGrid, extras: Extras) -> PlannerMap:
    """Draw where a test calls the count hot or cold."""

    def layer(target: PlannerMap) -> LegendSection:
        hotspots.draw_hotspots(target, found.table, test=found.test, places=place_names(grid))
        return LegendSection("How sure", hotspots.legend_entries())

    return assemble(workspace, hotspots.question(found.test), layer, extras)


def priorities_map(workspace: Workspace, found: Priorities, *, extras: Extras) -> PlannerMap:
    """Draw the areas that stand out over the excess test they come from."""

    def layer(target: PlannerMap) -> LegendSection:
        hotspots.draw_hotspots(target, found.found.table, test="excess", places=place_names(found.grid))
        areas.draw_areas(target, found.areas, found.table)
        return LegendSection("Areas, and how sure each place is", (*areas.legend_entries(), *hotspots.legend_entries()))

    return assemble(workspace, "Which areas are the priorities of this review?", layer, extras)


def clusters_map(
    workspace: Workspace, found: Clusters, counted: CellCounts, *, grid: HexGrid, extras: Extras
) -> PlannerMap:
    """Draw the clusters found over where clients came from."""
    classes = referrals.classes_for(counted.cells)

    def layer(target: PlannerMap) -> LegendSection:
        referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        clusters.draw_clusters(target, found)
        entries = (*clusters.legend_entries(), *referrals.legend_entries(classes))
        return LegendSection(f"Clusters, and {counted.unit}", entries)

    return assemble(workspace, "Where do clients cluster?", layer, extras)


def hubs_map(
    workspace: Workspace,
    ranked: Ranking,
    *,
    sites: gpd.GeoDataFrame,
    grid: HexGrid,
    bands: gpd.GeoDataFrame | None,
    extras: Extras,
) -> PlannerMap:
    """Draw the ranked places as numbered pins over where clients came from, and from where one of them is reached."""
    counted = ranked.need.counted
    classes = referrals.classes_for(counted.cells)

    def layer(target: PlannerMap) -> LegendSection:
        referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        if bands is not None:
            isochrones.draw_isochrones(target, bands)
        hubs.draw_hubs(target, ranked.table, sites)
        lines = () if bands is None else isochrones.legend_entries(bands)
        entries = (*hubs.legend_entries(), *lines, *referrals.legend_entries(classes))
        return LegendSection(f"Ranked places, and {counted.unit}", entries)

    return assemble(workspace, "Places for a hub, by rank", layer, extras)


def trends_map(workspace: Workspace, found: Trends, *, title: str, extras: Extras) -> PlannerMap:
    """Draw where more clients come from than before, and where fewer."""
    level = found.level

    def layer(target: PlannerMap) -> LegendSection:
        if level in {"ward", "lsoa", "area"}:
            trends.draw_trend_areas(target, evidence.areas(workspace, level), found.table)
        else:
            names = place_names(evidence.grid(workspace, resolution=found.resolution))
            trends.draw_trend_cells(target, found.table, places=names)
        return LegendSection(f"From {found.earlier} to {found.later}", trends.legend_entries())

    return assemble(workspace, title, layer, extras)


def place_names(grid: HexGrid) -> dict[int, str]:
    """Name the place of every inhabited hexagon."""
    return dict(zip(grid.cells["cell"].tolist(), grid.cells["place"].tolist(), strict=True))


def assemble(workspace: Workspace, title: str, layer: Layer, extras: Extras) -> PlannerMap:
    """Put one layer between the ground and the places; the title says what the map answers."""
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
    shown = known[offers(known, list(kinds))]
    sites.draw_sites(target, shown)
    return sites.legend_entries(shown)
