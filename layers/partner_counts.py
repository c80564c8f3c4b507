"""Draw what a partner counted: a source of its own, hatched where a count is hidden, labelled as not the council's."""

import geopandas as gpd

from geo.review.partner_counts import APART, PartnerTable
from layers.base import PlannerMap
from layers.releases import classes_for, draw_release, legend_entries
from layers.style import LegendSection


def draw_partner_counts(target: PlannerMap, table: PartnerTable, shapes: gpd.GeoDataFrame) -> LegendSection:
    """Draw one table, and say in the legend whose it is.

    Parameters
    ----------
    table
        From `geo.review.partner_counts.partner_table`.
    shapes
        AREAS table of its areas, EPSG:4326.
    """
    gated, rule = table.gated, table.published.rule
    classes = classes_for(gated, rule)
    draw_release(target, gated, shapes, classes=classes)
    kind = "exact" if table.kept.file.exact else "suppressed"
    return LegendSection(f"Counted by {table.kept.feed} ({kind})", legend_entries(gated, classes, rule=rule))


def legend_notes(table: PartnerTable) -> list[str]:
    """Say below the legend how exact the counts are, and that they stand apart."""
    return [table.kind, APART]
