"""The map of a chosen set: the hubs as lettered pins over where clients came from."""

from geo.hubs.siting.plan import SitingPlan
from geo.places.grid import HexGrid
from geo.review.workspace import Workspace
from layers import hub_sets, referrals
from layers.base import PlannerMap
from layers.style import LegendSection
from pages.kit.pictures import Extras, assemble, place_names


def set_map(workspace: Workspace, plan: SitingPlan, *, grid: HexGrid, extras: Extras) -> PlannerMap:
    """Draw the chosen sites over where clients came from."""
    counted = plan.asked.facts.need.counted
    classes = referrals.classes_for(counted.cells)

    def layer(target: PlannerMap) -> LegendSection:
        referrals.draw_cells(target, counted.cells, classes=classes, unit=counted.unit, places=place_names(grid))
        hub_sets.draw_set(target, plan.sites)
        entries = (*hub_sets.legend_entries(), *referrals.legend_entries(classes))
        return LegendSection(f"Chosen places, and {counted.unit}", entries)

    return assemble(workspace, "The best set of hubs", layer, extras)
