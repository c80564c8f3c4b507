"""Put two periods and their change on three maps of one extent, and all of it on one page that stands alone."""

from collections.abc import Callable

import geopandas as gpd

from geo.evidence.compare_words import tell_lengths, tell_pair, tell_places
from geo.evidence.periods import told_period
from geo.review.compare import Compared
from geo.review.workspace import Workspace
from layers import backdrop, outlines
from layers.base import PlannerMap, add_legend, add_sources, new_map
from layers.change import Layer, change_layer, change_table, side_layer
from layers.sample import told_editions
from layers.standalone import standalone_maps_html

Assemble = Callable[[str, Layer, list[str]], PlannerMap]


def compare_maps(found: Compared, areas: gpd.GeoDataFrame | None, assemble: Assemble) -> tuple[PlannerMap, ...]:
    """Draw the earlier period, the later one and the change.

    Parameters
    ----------
    areas
        AREAS table of the areas compared, EPSG:4326; None for cells.
    assemble
        Makes a finished map of a title, a layer, and notes below its legend.
    """
    earlier, later = told_period(found.earlier), told_period(found.later)
    lost = found.lost
    return (
        assemble(f"Where clients came from, {earlier}", side_layer(found, "earlier", areas), [_off(lost[0])]),
        assemble(f"Where clients came from, {later}", side_layer(found, "later", areas), [_off(lost[1])]),
        assemble(
            f"Where more or fewer clients come from, {later} against {earlier}",
            change_layer(found, areas),
            [f"Not on this map: {lost[0]:,} of {earlier}, {lost[1]:,} of {later}."],
        ),
    )


def told_comparison(found: Compared) -> list[str]:
    """Say how the district changed, in how many places a change is sure, and what was compared."""
    earlier, later = told_period(found.earlier), told_period(found.later)
    change = tell_pair(found.district.iloc[0], per_year=found.per_year)
    places = tell_places(found.kinds(), places=len(found.table), tested=found.tested)
    lengths = tell_lengths((found.earlier, found.later), found.months)
    lost = [f"{found.lost[0]:,} of {earlier} and {found.lost[1]:,} of {later} have no place on the map."]
    return [
        f"The district, {later} against {earlier}: {change}",
        *places,
        *filter(None, [lengths]),
        *lost,
        *found.notes,
    ]


def compare_html(workspace: Workspace, found: Compared, areas: gpd.GeoDataFrame | None, notes: list[str]) -> str:
    """Write the three maps, their table and the sentences as one page for the housing team."""
    pictures = compare_maps(found, areas, lambda title, layer, said: _assembled(workspace, title, layer, said))
    return compare_page(workspace.scenario.name, found, pictures, notes)


def compare_page(district: str, found: Compared, pictures: tuple[PlannerMap, ...], notes: list[str]) -> str:
    """Write finished maps, their table and sentences as one page for the housing team."""
    title = f"{district}: {told_period(found.earlier)} and {told_period(found.later)} side by side, {found.mode}"
    return standalone_maps_html(pictures, title=title, table=change_table(found), notes=notes)


def _assembled(workspace: Workspace, title: str, layer: Layer, notes: list[str]) -> PlannerMap:
    boundary, settlements = workspace.boundary(), workspace.areas("settlements")
    target = new_map(boundary, title=f"{workspace.scenario.name}: {title}")
    below = backdrop.Backdrop(*(workspace.areas(name) for name in ("land", "water", "roads")))
    backdrop.draw_backdrop(target, below)
    shown = layer(target)
    outlines.draw_boundary(target, boundary)
    if settlements is not None:
        backdrop.draw_settlements(target, settlements)
    add_legend(target, [shown], notes=notes)
    add_sources(target, [edition.attribution for edition in told_editions(workspace)])
    return target


def _off(lost: int) -> str:
    return f"Not on this map: {lost:,}."
