"""A finished map of the district itself, homes or deprivation, made of what the two have in common."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from geo.review.workspace import Workspace
from pages.kit import pictures, results
from pages.kit.filters import GroundChoice
from pages.kit.map_view import MapView
from pages.kit.pictures import Extras, Layer
from pages.kit.tables import csv_download, team_download
from pages.kit.words import escape


@dataclass(frozen=True)
class GroundLayer:
    """What is drawn and said.

    Attributes
    ----------
    title
        Of the map.
    name
        Of the files to take away, without its ending.
    layer
        Draws it, and gives its legend.
    sentences
        What it shows, and what it cannot.
    caption
        What is counted.
    table
        The same in words; `note` explains its columns.
    geojson
        Writes it for a GIS.
    """

    title: str
    name: str
    layer: Layer
    sentences: list[str]
    caption: str
    table: pd.DataFrame
    note: str
    geojson: Callable[[], bytes]


def ground_view(workspace: Workspace, made: GroundLayer, choice: GroundChoice) -> MapView:
    """Put a layer on the map, with its table and its files."""
    picture = pictures.assemble(workspace, made.title, made.layer, Extras(choice.overlays, (), tiles=choice.tiles))
    return MapView(
        heading=made.title,
        picture=picture,
        sentences=[escape(sentence) for sentence in made.sentences],
        caption=made.caption,
        table=made.table,
        about=made.title,
        note=made.note,
        downloads=[
            csv_download(made.table, name=made.name),
            team_download("Map for a GIS (GeoJSON)", f"{made.name}.geojson", made.geojson),
            results.html_download(picture, name=made.name, table=made.table),
        ],
    )
