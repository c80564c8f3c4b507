"""Turn clusters into what people open in Excel and QGIS and see on a map: a row each, nobody left out, and outlines."""

from typing import Final

import geopandas as gpd
import pandas as pd
from h3.api.basic_int import cells_to_geo
from shapely.geometry import shape

from geo.crs import WGS84
from geo.evidence.clusters import Clusters
from geo.evidence.tables import UNTESTED, cell_names
from geo.places.grid import HexGrid

IN_NO_CLUSTER: Final = "in no cluster"
_MOST_PLACES: Final = 3
_COLUMNS: Final = ["cluster", "places", "count", "expected", "relative_risk", "p", "p_uneven", "cells", "homes"]
_CIRCLE: Final = ["centre", "easting", "northing", "radius_m", "llr"]


def clusters_table(clusters: Clusters, grid: HexGrid) -> pd.DataFrame:
    """List the clusters, then the other clients that were tested, and last those that were not.

    Parameters
    ----------
    clusters
        Of `grid`.
    grid
        Gives place names.

    Returns
    -------
    pandas.DataFrame
        Columns cluster ("1" and so on, "in no cluster", "untested"), places (up to three, the one with most homes
        first), count, expected, relative_risk, p, p_uneven, cells, homes, centre (15-digit hexadecimal text), easting
        and northing (EPSG:27700), radius_m, llr. The counts sum to all located clients; the last two rows have only
        a count.
    """
    table = clusters.table.assign(
        cluster=clusters.table["cluster"].astype("str"),
        places=_places(clusters, grid),
        centre=cell_names(clusters.table["centre"]),
    )
    rest = {IN_NO_CLUSTER: clusters.clients - int(clusters.table["count"].sum()), UNTESTED: clusters.untested}
    others = pd.DataFrame({"cluster": list(rest), "count": list(rest.values()), "places": "", "centre": ""})
    others = others.astype({"cluster": "str", "places": "str", "centre": "str", "count": "int64"})
    whole = {"cells": "Int64", "relative_risk": "Float64"}
    return pd.concat([table, others], ignore_index=True)[[*_COLUMNS, *_CIRCLE]].astype(whole)


def cluster_outlines(clusters: Clusters) -> gpd.GeoDataFrame:
    """Draw the outline of each cluster's cells.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns cluster and geometry: polygons or multipolygons in EPSG:4326, in the order of the table.
    """
    by_cluster = clusters.cells.groupby("cluster")["cell"]
    numbers = clusters.table["cluster"]
    shapes = [shape(cells_to_geo(by_cluster.get_group(number).tolist())) for number in numbers]
    return gpd.GeoDataFrame({"cluster": numbers}, geometry=gpd.GeoSeries(shapes, index=numbers.index, crs=WGS84))


def _places(clusters: Clusters, grid: HexGrid) -> pd.Series:
    """Name the places in each cluster, the one with most homes first."""
    known = clusters.cells.merge(grid.cells[["cell", "homes", "place"]], on="cell")
    homes = known[known["place"] != ""].groupby(["cluster", "place"])["homes"].sum().reset_index()
    ordered = homes.sort_values(["cluster", "homes", "place"], ascending=[True, False, True])
    named = ordered.groupby("cluster")["place"].agg(lambda places: ", ".join(places.head(_MOST_PLACES)))
    return clusters.table["cluster"].map(named).fillna("").astype("str")
