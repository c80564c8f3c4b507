"""`planner evidence trends`: where more clients come from than before, like for like, and quarter by quarter."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import geopandas as gpd
import pandas as pd
import typer

from commands.files import write_table
from commands.looking import note_look
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import WGS84
from geo.evidence.counts import Selection
from geo.evidence.like_for_like import LikeForLike
from geo.evidence.periods import span_of
from geo.evidence.run_charts import RunChart
from geo.evidence.trend_sentences import ROWS, tell_change, tell_chart, tell_comparison
from geo.evidence.trends import Trends
from geo.places.grid import cell_polygons
from geo.review.placing import AREA_LEVELS
from geo.review.trends import like_for_like_of, named, run_charts_of, trends_of, usual_years
from geo.review.workspace import Workspace
from layers.sample import told_sources

_SHOWN: Final = 10
_CHANGED: Final = ("new", "growing", "fading")


class By(StrEnum):
    """What places are compared by."""

    DISTRICT = "district"
    CELL = "cell"
    WARD = "ward"
    LSOA = "lsoa"
    AREA = "area"


def trends(
    *,
    workspace: WorkspaceOption = None,
    earlier: Annotated[str, typer.Option(help="The earlier review year (default: the last but one).")] = "",
    later: Annotated[str, typer.Option(help="The later review year (default: the last whole one).")] = "",
    by: Annotated[By, typer.Option(help="What is compared: the district, cells, or areas that are loaded.")] = By.CELL,
    resolution: Annotated[int | None, typer.Option(help="H3 resolution, 7 or 8 (default: the workspace's).")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the places to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two years by the sources that cover both. For the housing team only: counts are not suppressed."""
    opened = open_workspace(workspace)
    usual = usual_years(opened)
    compared = like_for_like_of(opened, earlier=earlier or usual[0], later=later or usual[1])
    chosen = resolution or opened.scenario.resolution
    district = trends_of(opened, compared, by="district")
    found = trends_of(opened, compared, by=by.value, resolution=chosen)
    chart = run_charts_of(opened, {}, resolution=chosen).charts[0]
    years = Selection(span_of([compared.earlier, compared.later]), leave_out=opened.scenario.leave_out)
    note_look(opened, f"trends by {by.value}", years, resolution=chosen)
    table = named(opened, found)
    if out is not None:
        write_table(table, _shapes(opened, found), out, sources=told_sources(opened))
    lines = [*_lines(compared, district, found, table), f"Quarter by quarter: {tell_chart(chart)}", *_TEAM]
    lines += [f"Written to {out.name}."] if out else []
    show_result(_document(compared, found, table, chart), lines, as_json=as_json)


_TEAM: Final = ("Exploratory.", "For the housing team only: these counts are not suppressed.")


def _shapes(opened: Workspace, found: Trends) -> gpd.GeoSeries:
    """Draw each place, in the order of the table."""
    if found.level == "district":
        return gpd.GeoSeries(opened.boundary().geometry.to_numpy(), crs=WGS84)
    if found.level == "cell":
        return gpd.GeoSeries(list(cell_polygons(found.table["cell"].to_numpy())), crs=WGS84)
    areas = opened.areas(AREA_LEVELS[found.level])
    shapes = {} if areas is None else dict(zip(areas["code"].tolist(), areas.geometry, strict=True))
    return gpd.GeoSeries([shapes[code] for code in found.table["unit"].tolist()], crs=WGS84)


def _lines(compared: LikeForLike, district: Trends, found: Trends, table: pd.DataFrame) -> list[str]:
    changed = table[table["trend"].isin(_CHANGED)] if found.level != "district" else table.iloc[:0]
    kinds = ", ".join(f"{kind} {count}" for kind, count in found.kinds().items()) or "none"
    lost = [sum(both[side] for both in found.unmapped.values()) for side in (0, 1)]
    return [
        f"From {compared.earlier} to {compared.later} ({compared.unit})",
        f"The district: {tell_change(district.table.iloc[0])}",
        *tell_comparison(compared),
        *[f"  {row['unit']}  {row['place']}: {tell_change(row)}" for row in changed.head(_SHOWN).to_dict("records")],
        f"{found.tested} tested by {found.level}: {kinds}.",
        f"{lost[0]} of {compared.earlier} and {lost[1]} of {compared.later} are in none of them.",
    ]


def _document(compared: LikeForLike, found: Trends, table: pd.DataFrame, chart: RunChart) -> dict[str, Any]:
    facts = ("earlier", "later", "unit", "tested", "unmapped", "homes_used", "without_homes")
    return {
        **{fact: getattr(found, fact) for fact in facts},
        "by": found.level,
        "resolution": found.resolution,
        "months": compared.months,
        "sources": compared.feeds,
        "set_aside": [asdict(aside) for aside in compared.set_aside],
        "hubs": asdict(compared.hubs),
        "rows": {ROWS[reason]: count for reason, count in compared.rows.items()},
        "sentences": tell_comparison(compared),
        "kinds": found.kinds(),
        "places": table.astype(object).where(table.notna(), None).to_dict("records"),
        "quarters": chart.table.to_dict("records"),
        "signals": [asdict(signal) for signal in chart.signals],
        "chart": tell_chart(chart),
    }
