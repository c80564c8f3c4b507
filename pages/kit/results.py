"""Counts as a screen shows them: a title, the share no map can show, a table in words, files to take away."""

from functools import partial
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.evidence.counts import AreaCounts, AreaLevel, CellCounts, Selection
from geo.evidence.intervals import count_interval
from geo.evidence.periods import told_period
from geo.places.grid import HexGrid
from geo.places.numbering import number_places
from geo.review.priorities import Priorities
from geo.review.workspace import Workspace
from layers.areas import outlines_of
from layers.base import PlannerMap
from layers.standalone import standalone_html
from pages.kit import evidence, geojson
from pages.kit.ground import ground_of
from pages.kit.tables import Download, csv_download, team_download
from pages.kit.words import STATUS, number, share

TOO_FEW: Final = 5  # below this a difference between two places says nothing
RANGE: Final = "95 % range of that count"
RANGE_NOTE: Final = (
    "The 95 % range is the uncertainty of the count itself: had nothing changed but luck, it could as well have been"
    f" any number in that range. A count below {TOO_FEW} is too few to tell one place from another."
)
_OTHER_REASONS: Final = {
    "no_area": "inside the district but in none of these areas",
    "district_only": "counted for the whole district only",
    "no_fine_cell": "taken in before so small hexagons were kept (add the export again)",
}
BEYOND: Final = "Nobody on record lives here"

Counted = CellCounts | AreaCounts


def count(workspace: Workspace, chosen: Selection, *, by: int | AreaLevel) -> Counted:
    """Count by hexagons of a resolution, or by named areas."""
    if isinstance(by, int):
        return evidence.counts(workspace, chosen, resolution=by)
    return evidence.area_counts(workspace, chosen, level=by)


def table_of(counted: Counted) -> pd.DataFrame:
    """Give the table of counts, whichever areas it is by."""
    return counted.areas if isinstance(counted, AreaCounts) else counted.cells


def title(counted: Counted) -> str:
    """Head a map with its year and source."""
    chosen = counted.selection
    told = told_period(chosen.period)
    years = told[0].upper() + told[1:]
    return f"{years}, {chosen.source}" if chosen.source else years


def unmapped_sentences(counted: Counted) -> list[str]:
    """Say how many are on the map, how many are not and why."""
    shown = int(table_of(counted)["count"].sum())
    sentences = [f"{number(shown)} of {number(counted.episodes)} {counted_as(counted.unit)} are on this map."]
    lost = sum(counted.unmapped.values())
    if lost:
        reasons = sorted(counted.unmapped.items(), key=lambda item: -item[1])
        listed = ", ".join(f"{_reason(status)} {number(amount)}" for status, amount in reasons)
        sentences.append(f"Not on it: {share(lost, counted.episodes)} ({listed}).")
    if counted.left_out:
        sentences.append(f"Left out as you chose: {number(counted.left_out)}.")
    return sentences


def counted_as(unit: str) -> str:
    """Name what is counted within a sentence.

    Examples
    --------
    >>> counted_as("household episodes"), counted_as("rows, not households")
    ('household episodes', 'rows (not households)')
    """
    noun, comma, more = unit.partition(", ")
    return f"{noun} ({more})" if comma else noun


def short_note(counted: Counted) -> str:
    """Say the share that is not on a map, for its legend."""
    lost = sum(counted.unmapped.values())
    return f"Not on this map: {share(lost, counted.episodes)} of {counted_as(counted.unit)}."


def unit_note(workspace: Workspace, counted: Counted) -> str:
    """Explain what is counted."""
    months = workspace.scenario.episode_months
    if counted.unit.startswith("rows"):
        return "Counted are rows, not households: the files give no household reference."
    if "rows" in counted.unit:
        return (
            f"Counted are household episodes (what one household brought up within {months} months counts once), and"
            " single rows where a source gives no household reference: there a household may count more than once."
        )
    return f"Counted are household episodes: what one household brought up within {months} months counts once."


def count_table(workspace: Workspace, counted: Counted, grid: HexGrid) -> pd.DataFrame:
    """Say in a table what the map says, the largest count first."""
    places = area_names(workspace, counted.level) if isinstance(counted, AreaCounts) else numbered_places(grid)
    key = "code" if isinstance(counted, AreaCounts) else "cell"
    ordered = table_of(counted).sort_values(["count", key], ascending=[False, True])
    return pd.DataFrame(
        {
            "Place": [places.get(area, BEYOND) for area in ordered[key].tolist()],
            "Clients": ordered["count"].to_numpy(),
            RANGE: count_ranges(ordered["count"]),
            "At an institution": ordered["institution"].to_numpy(),
            "At a shared point": ordered["shared_point"].to_numpy(),
        }
    )


def count_ranges(counts: pd.Series) -> list[str]:
    """Say how uncertain each count is by itself (its 95 % interval), or that it is too small to tell anything.

    Examples
    --------
    >>> count_ranges(pd.Series([3, 10]))
    ['too few to tell', '5 to 18']
    """
    low, high = count_interval(counts.to_numpy())
    return [
        "too few to tell" if value < TOO_FEW else f"{lowest:.0f} to {highest:.0f}"
        for value, lowest, highest in zip(counts.tolist(), low.tolist(), high.tolist(), strict=True)
    ]


def numbered_places(grid: HexGrid) -> dict[int, str]:
    """Name every inhabited hexagon; those of one place are told apart by number, the one with most homes first."""
    return number_places(grid)


def area_names(workspace: Workspace, level: AreaLevel) -> dict[str, str]:
    """Name every ward, LSOA or own named area."""
    areas = evidence.areas(workspace, level)
    return dict(zip(areas["code"].tolist(), areas["name"].tolist(), strict=True))


def count_downloads(workspace: Workspace, counted: Counted, picture: PlannerMap, table: pd.DataFrame) -> list[Download]:
    """Offer the table, the map for a GIS and the map for anybody."""
    name = f"clients-{counted.selection.period}"
    shapes = evidence.areas(workspace, counted.level) if isinstance(counted, AreaCounts) else None
    return [
        csv_download(table, name=name),
        geojson_download(table_of(counted), name=name, areas=shapes),
        html_download(picture, name=name, table=table),
    ]


def hexagon_downloads(found: pd.DataFrame, table: pd.DataFrame, *, name: str, picture: PlannerMap) -> list[Download]:
    """Offer every hexagon tested as a table, for a GIS, and as a map for anybody."""
    return [
        csv_download(table, name=name, label="Every hexagon (CSV)"),
        geojson_download(found, name=name),
        html_download(picture, name=name, table=table),
    ]


def geojson_download(table: pd.DataFrame, *, name: str, areas: gpd.GeoDataFrame | None = None) -> Download:
    """Offer cells, or areas, for a GIS."""
    return team_download("Map for a GIS (GeoJSON)", f"{name}.geojson", geojson.maker(table, areas))


def area_download(found: Priorities, *, name: str) -> Download:
    """Offer the areas that stand out for a GIS."""
    make = partial(geojson.shapes, found.table, outlines_of(found.areas))
    return team_download("Areas for a GIS (GeoJSON)", f"{name}.geojson", make)


def site_download(workspace: Workspace, table: pd.DataFrame, *, name: str) -> Download:
    """Offer ranked places for a GIS."""
    make = geojson.site_maker(ground_of(workspace).sites, table)
    return team_download("Places for a GIS (GeoJSON)", f"{name}.geojson", make)


def html_download(picture: PlannerMap, *, name: str, table: pd.DataFrame) -> Download:
    """Offer a map as one page that stands alone."""
    make = partial(standalone_html, picture, table=table)
    return team_download("Map (HTML)", f"{name}.html", lambda: make().encode("utf-8"))


def _reason(status: str) -> str:
    if status in _OTHER_REASONS:
        return _OTHER_REASONS[status]
    words = STATUS[status][0]
    return words[0].lower() + words[1:]
