"""The Map page's homes: how many there are in each place, as a map, in sentences and in a table."""

from functools import partial
from typing import Final

import pandas as pd

from geo.evidence.counts import AreaLevel
from geo.review.homes_layer import HomesLayer, homes_layer_of
from geo.review.homes_words import homes_sentences
from geo.review.workspace import Workspace
from layers.base import PlannerMap
from layers.homes_map import draw_home_areas, draw_home_cells, home_classes, legend_entries
from layers.style import LegendSection
from pages.kit import evidence, filters, geojson, pictures, results
from pages.kit.ground_view import GroundLayer, ground_view
from pages.kit.map_view import MapView

_TITLE: Final = "Homes"
_CAPTION: Final = (
    "The yardstick of every rate: where more homes are, more clients are to be expected. Where no file of homes is"
    " loaded, each live postcode stands for as many homes as the options say."
)
_NOTE: Final = "A postcode that is newer than the homes stands for homes that are not counted yet."


def homes_views(workspace: Workspace) -> list[MapView]:
    """Ask by which places, and map the homes."""
    choice = filters.choose_ground(workspace, tuple(filters.AREAS))
    make = _by_cell(workspace, choice.by) if isinstance(choice.by, int) else _by_area(workspace, choice.by)
    return [ground_view(workspace, make, choice)]


def homes_table(found: HomesLayer, places: list[str]) -> pd.DataFrame:
    """Say in a table what the map says, most homes first; `places` names the rows of the layer."""
    rows = found.table.assign(place=places).sort_values(["homes", "place"], ascending=[False, True])
    table = pd.DataFrame(
        {
            "Place": rows["place"].to_numpy(),
            "Homes": rows["homes"].round().astype("int64").to_numpy(),
            "People": rows["people"].round().astype("Int64").to_numpy(),
            "Postcodes newer than the homes": rows["newer_postcodes"].to_numpy(),
        }
    )
    return table if table["People"].notna().any() else table.drop(columns="People")


def _by_cell(workspace: Workspace, resolution: int) -> GroundLayer:
    grid = evidence.grid(workspace, resolution=resolution)
    found = homes_layer_of(workspace, by=resolution, grid=grid)
    classes = home_classes(found.table["homes"])

    def layer(target: PlannerMap) -> LegendSection:
        draw_home_cells(target, found.table, classes=classes, places=pictures.place_names(grid))
        return LegendSection(_TITLE, legend_entries(classes))

    numbered = results.numbered_places(grid)
    table = homes_table(found, [numbered[cell] for cell in found.table["cell"].tolist()])
    make = geojson.maker(found.table)
    return GroundLayer(_TITLE, "homes-cell", layer, homes_sentences(found), _CAPTION, table, _NOTE, make)


def _by_area(workspace: Workspace, level: AreaLevel) -> GroundLayer:
    found, areas = homes_layer_of(workspace, by=level), evidence.areas(workspace, level)
    classes = home_classes(found.table["homes"])

    def layer(target: PlannerMap) -> LegendSection:
        draw_home_areas(target, areas, found.table, classes=classes)
        return LegendSection(_TITLE, legend_entries(classes))

    table = homes_table(found, found.table["place"].tolist())
    shapes = areas.set_index("code").geometry.loc[found.table["code"]]
    make = partial(geojson.shapes, found.table, shapes)
    return GroundLayer(_TITLE, f"homes-{level}", layer, homes_sentences(found), _CAPTION, table, _NOTE, make)
