"""`planner hubs reach`: how much of the need is within reach of help now, and what each site would add."""

from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import typer

from commands.files import write_table
from commands.hubs_options import (
    DecayOption,
    MinutesOption,
    ModeOption,
    NeedOption,
    PeriodOption,
    ResolutionOption,
    SourceOption,
    reach_options,
)
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.crs import NATIONAL_GRID
from geo.evidence.counts import count_cells
from geo.evidence.periods import ALL_PERIODS
from geo.hubs.capacity import Capacity, told_capacity
from geo.hubs.decay import FORMULAS, told_decay
from geo.hubs.headline import added_words, told_added, told_now
from geo.hubs.reached import Reach
from geo.review.maps import episodes_of, grid_of
from geo.review.rankings import need_of, reach_of, surroundings_of
from layers.sample import told_sources

_SHOWN = 10


def reach(
    *,
    workspace: WorkspaceOption = None,
    mode: ModeOption = "walk",
    minutes: MinutesOption = None,
    decay: DecayOption = None,
    need: NeedOption = "clients",
    resolution: ResolutionOption = None,
    period: PeriodOption = ALL_PERIODS,
    source: SourceOption = "",
    top: Annotated[int, typer.Option(min=1, help="How many sites to print; --json and --out hold all.")] = _SHOWN,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv or .geojson file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how much need is within reach of the office and the hubs, and what each further site would add."""
    opened = open_workspace(workspace)
    scenario = reach_options(opened.scenario, minutes=minutes, decay=decay)
    size = resolution or scenario.resolution
    counts = count_cells(
        episodes_of(opened), resolution=size, period=period, source=source, leave_out=scenario.leave_out
    )
    asked = need_of(opened, counts, grid_of(opened, size), kind=need)
    found = reach_of(opened, asked, surroundings_of(opened, mode=mode), scenario=scenario)
    if out is not None:
        table = found.table.assign(minutes=scenario.reach.cutoff_minutes, travel=found.wording.label)
        points = gpd.GeoSeries(gpd.points_from_xy(table["easting"], table["northing"], crs=NATIONAL_GRID))
        write_table(table, points, out, sources=told_sources(opened))
    lines = _lines(found, top) + ([f"Written to {out.name}."] if out else [])
    show_result(_document(found), lines, as_json=as_json)


def _document(found: Reach) -> dict[str, Any]:
    options, counted = found.wording.options, found.need.counted
    return {
        "unit": counted.unit,
        "need": found.need.kind,
        "period": counted.period,
        "resolution": counted.resolution,
        "clients": found.wording.total,
        "within_reach_now": found.wording.now,
        "standing": found.wording.standing,
        "minutes": options.cutoff_minutes,
        "mode": found.wording.mode,
        "travel": found.wording.label,
        "decay": {"curve": options.decay, "formula": FORMULAS[options.decay], "words": told_decay(options)},
        "curve": found.curve.round(3).to_dict("records"),
        "unmapped": counted.unmapped,
        "left_out": counted.left_out,
        "capacity": _capacity(found.capacity),
        "notes": list(found.notes),
        "sites": found.table.to_dict("records"),
    }


def _capacity(found: Capacity | None) -> dict[str, Any] | None:
    if found is None:
        return None
    whole = {"known": found.known, "sites": found.sites, "clients_without_a_place": round(found.without, 1)}
    middle = {"worst_served_tenth": round(found.fewest, 3), "half": round(found.middle, 3)}
    return whole | middle | {"rooms": found.table.to_dict("records")}


def _lines(found: Reach, shown: int) -> list[str]:
    wording = found.wording
    lines = [told_now(wording), told_added(found.table, named="the first below"), ""]
    for number, site in enumerate(found.table.head(shown).to_dict("records"), start=1):
        whole = f"reaches {site['households_reached']:,}"
        lines.append(f"{number:3}. {site['name']} ({site['category'].replace('_', ' ')})")
        lines.append(f"     would add {added_words(site)}; {whole}, {site['need_reached']:,.1f} by the curve")
    lines += ["", "minutes  counts as  within reach now  with the first site"]
    for step in found.curve.to_dict("records"):
        lines.append(
            f"{step['minutes']:7.1f}  {step['weight']:9.2f}  {step['now']:16,.0f}  {step['with_first']:19,.0f}"
        )
    return [
        *lines,
        "",
        f"Need: {wording.total:,} {wording.noun} (period: {found.need.counted.period}).",
        f"Journeys: {wording.label}.",
        f"By the curve: {told_decay(wording.options)}.",
        told_capacity(found.capacity) if found.capacity else "No site has a known capacity.",
        *found.notes,
    ]
