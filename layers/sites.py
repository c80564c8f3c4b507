"""Draw sites of any category: a mark each, whose card says name, category, hours and what is known of the rooms."""

from collections.abc import Iterable
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import NATIONAL_GRID, frame_to_wgs84, require_crs
from layers.base import PlannerMap, call
from layers.hexagons import fact_column
from layers.marks import MARK_PX, MARKS
from layers.payload import path_deltas
from layers.style import LegendEntry

_YES_NO: Final = {True: "yes", False: "no"}


def draw_sites(target: PlannerMap, sites: gpd.GeoDataFrame) -> None:
    """Draw sites as marks.

    Parameters
    ----------
    sites
        SITES table, EPSG:27700; nothing is drawn for an empty one.
    """
    require_crs(sites, NATIONAL_GRID)
    if len(sites):
        call(target, "marks", _packed(frame_to_wgs84(sites).reset_index(drop=True)))


def legend_entries(sites: gpd.GeoDataFrame) -> tuple[LegendEntry, ...]:
    """Name the categories that occur, in the order of the house list."""
    return tuple(mark.legend() for category, mark in MARKS.items() if category in set(sites["category"]))


def _packed(sites: gpd.GeoDataFrame) -> dict[str, Any]:
    drawn = sorted(set(sites["category"]))
    labels = [MARKS[category].label for category in sites["category"]]
    return {
        "points": path_deltas(sites.geometry.get_coordinates().to_numpy()),
        "icons": [drawn.index(category) for category in sites["category"]],
        "svgs": [MARKS[category].svg() for category in drawn],
        "sizes": [MARK_PX for _ in drawn],
        "names": [f"{label}: {name}" for label, name in zip(labels, sites["name"], strict=True)],
        "facts": _facts(sites),
        "pins": False,
    }


def _facts(sites: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    columns = {
        "Opening hours": sites["opening_hours"],
        "Under this roof": _services(sites),
        "Postcode": sites["postcode"],
        "Capacity": _numbers(sites["capacity"]),
        "Step-free": _worded(sites["step_free"]),
        "Private room": _worded(sites["private_room"]),
        "Notes": sites["notes"],
        "Note": sites["inside"].map({True: "", False: "outside the district"}),
    }
    return [fact_column(label, values) for label, values in columns.items()]


def _services(sites: gpd.GeoDataFrame) -> pd.Series:
    """Name the services of sites that hold several; empty for the others."""
    held = sites["services"] if "services" in sites else pd.Series("", index=sites.index)
    several = [text.split("; ") if "; " in text else [] for text in held]
    return pd.Series([", ".join(dict.fromkeys(MARKS[kind].label for kind in kinds)) for kinds in several], dtype=str)


def _worded(values: Iterable[Any]) -> pd.Series:
    return pd.Series(["" if pd.isna(value) else _YES_NO[bool(value)] for value in values], dtype=str)


def _numbers(values: Iterable[Any]) -> pd.Series:
    return pd.Series(["" if pd.isna(value) else f"{int(value):,}" for value in values], dtype=str)
