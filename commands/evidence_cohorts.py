"""`planner evidence cohorts`: one group of clients by itself, which groups there are, and whether all are reached."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from commands.rows import json_rows, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError
from geo.evidence.capture import Capture
from geo.evidence.cohorts import check_cohort, fit_cohort, list_cohorts, parse_cohort
from geo.evidence.counts import Selection, count_selected_cells
from geo.evidence.hotspots import find_hotspots
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.tables import hotspots_table
from geo.review.gaps import capture_of
from geo.review.maps import episodes_of, grid_of
from geo.review.workspace import Workspace

_SHOWN = 10


class Table(StrEnum):
    """Which of the tables is written to a file."""

    GROUPS = "groups"
    REACHED = "reached"


def cohorts(
    *,
    workspace: WorkspaceOption = None,
    cohort: Annotated[str, typer.Option(help="One group, as age_band=18-24; without it all groups are listed.")] = "",
    period: Annotated[str, typer.Option(help="A review year, several as 2022-23..2024-25, or all.")] = ALL_PERIODS,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    table: Annotated[Table, typer.Option(help="Which table --out writes where no group is named.")] = Table.GROUPS,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the groups of clients and set them against the census; or test where one group comes from."""
    opened = open_workspace(workspace)
    selection = Selection(period, source, leave_out=opened.scenario.leave_out)
    if cohort:
        lines, document, rows = _tested(opened, selection, cohort)
    else:
        lines, document, rows = _listed(opened, selection, table)
    if out is not None:
        write_rows(rows, out)
    show_result(document, lines + ([f"Written to {out.name}."] if out else []), as_json=as_json)


def _tested(opened: Workspace, selection: Selection, text: str) -> tuple[list[str], dict[str, Any], pd.DataFrame]:
    """Test where one group comes from, or refuse it."""
    episodes = episodes_of(opened)
    cohort = fit_cohort(episodes, parse_cohort(text))
    chosen = Selection(selection.period, selection.source, leave_out=selection.leave_out, cohort=cohort)
    refusal = check_cohort(episodes, chosen)
    if refusal:
        raise BadInputError(refusal)
    resolution = opened.scenario.resolution
    counts = count_selected_cells(episodes, chosen, resolution=resolution)
    grid = grid_of(opened, resolution, period=chosen.period)
    found = find_hotspots(counts, grid, test="excess")
    rows = hotspots_table(found, grid)
    hot = rows[rows["kind"].str.startswith("hot")].drop_duplicates("place").head(_SHOWN)
    lost = sum(counts.unmapped.values())
    lines = [
        f"{cohort.field.replace('_', ' ')}: {cohort.value} ({chosen.period}; resolution {resolution}; {counts.unit})",
        *[
            f"  {row.kind}  {row.place}: {row.window_count} with its neighbours, {row.expected:.1f} by homes"
            for row in hot.itertuples()
        ],
        *([] if len(hot) else ["  No place stands out for this group."]),
        f"{found.tested} cells tested with {found.clients} of the group; {lost} have no place on the map.",
        "For the housing team only: these counts are not suppressed.",
    ]
    document = {
        "cohort": {"field": cohort.field, "value": cohort.value},
        "period": chosen.period,
        "unit": counts.unit,
        "clients": found.clients,
        "untested": found.untested,
        "unmapped": counts.unmapped,
        "left_out": counts.left_out,
        "cells": json_rows(rows),
    }
    return lines, document, rows


def _listed(opened: Workspace, selection: Selection, table: Table) -> tuple[list[str], dict[str, Any], pd.DataFrame]:
    """List the groups, and set them against the census where one is loaded."""
    groups = list_cohorts(episodes_of(opened), selection)
    reached = capture_of(opened, selection) if opened.has("census") or table is Table.REACHED else None
    lines = [
        "Groups of clients: all, on the map, and whether they may have a map of their own",
        *[
            f"  {row.field:<16}{row.value:<52}{row.episodes:>7,}{row.located:>7,}  {'no' if row.refusal else 'yes'}"
            for row in groups.itertuples()
        ],
        *_reached_lines(reached),
    ]
    rows = groups if reached is None or table is Table.GROUPS else reached.table
    return lines, {"period": selection.period, "groups": json_rows(groups), "reached": _reached(reached)}, rows


def _reached(found: Capture | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "groups": json_rows(found.table),
        "clients": found.clients,
        "beside": found.beside,
        "not_compared": list(found.not_compared),
        "households": found.households,
        "unit": found.unit,
    }


def _reached_lines(found: Capture | None) -> list[str]:
    if found is None:
        return ["Are all groups reached? Add the census first with: planner add census FILE"]
    return [
        "Are all groups reached? Clients of the whole district against its people",
        *[f"  {row.group:<52}{row.clients:>7,}  {row.said}" for row in found.table.itertuples()],
        *[f"  Beside: {name} {number:,}" for beside in found.beside.values() for name, number in beside.items()],
    ]
