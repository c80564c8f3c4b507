"""The Map page's deprivation: the national tenth of each hexagon or census area, as a map, in sentences, in a table."""

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.review.deprivation import DeprivedAreas, DeprivedCells, deprivation_of, deprived_areas_of, deprived_cells_of
from geo.review.deprivation_words import AREAS_NOT_PEOPLE, HOW_CELLS, area_sentences, cell_sentences
from geo.review.workspace import Workspace
from layers.base import PlannerMap
from layers.deprivation_map import draw_deprived_areas, draw_deprived_cells, legend_entries, spans
from layers.style import LegendSection
from pages.kit import evidence, filters, geojson, pictures, results
from pages.kit.ground_view import GroundLayer, ground_view
from pages.kit.map_view import MapView

TENTH: Final = "Tenth of England"
_KEPT: Final = 16
_TITLE: Final = "Deprivation"
_HOW_AREAS: Final = (
    "A census area's number is its tenth (decile) as published: 1 is among the most deprived tenth of England,"
    " 10 among the least deprived."
)
_CELL_NOTE: Final = (
    "The tenth runs from 1, the most deprived, to 10. A hexagon has none where too few of those who live there have a"
    " score. The mean score is the published score, averaged by people: the higher, the more deprived."
)
_AREA_NOTE: Final = (
    "The tenth runs from 1, the most deprived, to 10. It is blank where the file has no value for an area: none is"
    " guessed."
)


def deprivation_views(workspace: Workspace) -> list[MapView]:
    """Ask by which places, and map the deprivation.

    Raises
    ------
    MissingDataError
        No indices have been added, no census areas, or they cannot be brought onto hexagons.
    """
    deprivation_of(workspace)  # says what is missing before anything is asked
    choice = filters.choose_ground(workspace, ("lsoa",))
    make = _by_cell(workspace, choice.by) if isinstance(choice.by, int) else _by_area(workspace)
    return [ground_view(workspace, make, choice)]


def cell_table(found: DeprivedCells, names: dict[int, str]) -> pd.DataFrame:
    """Say in a table what the map of hexagons says, the most deprived first."""
    rows = found.cells.assign(span=spans(found.cells)).sort_values(
        ["decile", "score", "cell"], ascending=[True, False, True]
    )
    return pd.DataFrame(
        {
            "Place": [names.get(cell, results.BEYOND) for cell in rows["cell"].tolist()],
            TENTH: rows["decile"].to_numpy(),
            "Mean score": rows["score"].round(1).to_numpy(),
            "Tenths of its census areas": rows["span"].to_numpy(),
            found.counted.capitalize(): rows["people"].round().astype("int64").to_numpy(),
            "Of these with a score": [f"{100 * covered:.0f} %" for covered in rows["covered"].tolist()],
        }
    )


def area_table(found: DeprivedAreas) -> pd.DataFrame:
    """Say in a table what the map of census areas says, the most deprived first."""
    rows = pd.DataFrame(found.areas.drop(columns="geometry")).sort_values(["rank", "code"])
    return pd.DataFrame(
        {
            "Place": rows["name"].to_numpy(),
            "Code": rows["code"].to_numpy(),
            TENTH: rows["decile"].to_numpy(),
            "Rank in England": rows["rank"].to_numpy(),
            "Score": rows["score"].to_numpy(),
        }
    )


def _by_cell(workspace: Workspace, resolution: int) -> GroundLayer:
    found = _cells(workspace.fingerprint(), resolution, workspace)
    grid = evidence.grid(workspace, resolution=resolution)

    def layer(target: PlannerMap) -> LegendSection:
        draw_deprived_cells(target, found.cells, places=pictures.place_names(grid), counted=found.counted)
        return LegendSection("Deprivation, by tenths of England", legend_entries(counted=found.counted))

    table = cell_table(found, results.numbered_places(grid))
    said = [*cell_sentences(found), AREAS_NOT_PEOPLE]
    make = geojson.maker(found.cells.rename(columns={"people": found.counted}))
    return GroundLayer(_TITLE, "deprivation-cell", layer, said, HOW_CELLS, table, _CELL_NOTE, make)


def _by_area(workspace: Workspace) -> GroundLayer:
    found = deprived_areas_of(workspace)

    def layer(target: PlannerMap) -> LegendSection:
        draw_deprived_areas(target, found.areas)
        return LegendSection("Deprivation, by tenths of England", legend_entries())

    said = [*area_sentences(found), AREAS_NOT_PEOPLE]
    make = partial(geojson.shapes, pd.DataFrame(found.areas.drop(columns="geometry")), found.areas.geometry)
    return GroundLayer(_TITLE, "deprivation-lsoa", layer, said, _HOW_AREAS, area_table(found), _AREA_NOTE, make)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _cells(fingerprint: str, resolution: int, _workspace: Workspace) -> DeprivedCells:  # noqa: ARG001 - the cache's key
    return deprived_cells_of(_workspace, resolution=resolution)
