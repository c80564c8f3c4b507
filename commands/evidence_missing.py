"""`planner evidence missing`: which records no map can show, and whether the first ten places hang on them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from commands.rows import json_rows, percent, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import MissingDataError
from geo.evidence.counts import Selection
from geo.evidence.missing import Missing
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.sensitivity import SPREAD, Measure, Sensitivity
from geo.review.gaps import missing_of, sensitivity_of
from geo.schema import NO_PLACE

_VARIANTS = {
    "without_institutions": "Without records at institutions",
    "without_shared_points": "Without records at shared points",
    "without_both": "Without both",
    SPREAD: "Were those without a place from where the mapped of their source and route are",
}


class Table(StrEnum):
    """Which of the tables is written to a file."""

    SHARES = "shares"
    OUTSIDE = "outside"
    NO_FIXED_ABODE = "no-fixed-abode"
    TOP_TEN = "top-ten"


class Ranked(StrEnum):
    """What the first ten places are the first in."""

    COUNT = "count"
    EXCESS = "excess"


def missing(
    *,
    workspace: WorkspaceOption = None,
    period: Annotated[str, typer.Option(help="A review year, several as 2022-23..2024-25, or all.")] = ALL_PERIODS,
    rank_by: Annotated[
        Ranked, typer.Option(help="Rank places by clients, or by clients above what their homes explain.")
    ] = Ranked.COUNT,
    table: Annotated[Table, typer.Option(help="Which table --out writes.")] = Table.SHARES,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say which rows have no place on a map, whose they are, and whether the first ten places hang on them."""
    opened = open_workspace(workspace)
    found = missing_of(opened, period=period)
    if not found.rows:
        message = "There are no records yet; add an export first with: planner add referrals FILE --source NAME"
        raise MissingDataError(message)
    measure: Measure = "count" if rank_by is Ranked.COUNT else "excess"
    ranked = sensitivity_of(opened, Selection(period, leave_out=opened.scenario.leave_out), measure=measure)
    if out is not None:
        write_rows(_chosen(table, found, ranked), out)
    lines = [*_lines(found, period), *_ranked_lines(ranked)] + ([f"Written to {out.name}."] if out else [])
    show_result(_document(found, ranked, period), lines, as_json=as_json)


def _chosen(table: Table, found: Missing, ranked: Sensitivity) -> pd.DataFrame:
    tables = {
        Table.SHARES: found.shares,
        Table.OUTSIDE: found.outside,
        Table.NO_FIXED_ABODE: found.no_fixed_abode,
        Table.TOP_TEN: ranked.table,
    }
    return tables[table]


def _document(found: Missing, ranked: Sensitivity, period: str) -> dict[str, Any]:
    return {
        "period": period,
        "rows": found.rows,
        "duplicates": found.duplicates,
        "shares": json_rows(found.shares),
        "outside": json_rows(found.outside),
        "no_fixed_abode": json_rows(found.no_fixed_abode),
        "top_ten": {
            "ranked_by": ranked.measure,
            "places": json_rows(ranked.table),
            "sentences": ranked.sentences,
            "episodes": ranked.episodes,
            "in_no_place_loaded": ranked.beyond,
            "outside_or_elsewhere": ranked.outside,
            "without_a_place": ranked.unmapped,
            "left_out": ranked.left_out,
            "spread_by": ranked.spread_by,
            "spread_inside": ranked.spread_inside,
        },
    }


def _lines(found: Missing, period: str) -> list[str]:
    shares = found.shares
    whole = shares[(shares["by"] == "district") & (shares["rows"] > 0)]
    by_source = shares[(shares["by"] == "source") & (shares["what"] == NO_PLACE)]
    return [
        f"What is missing ({period}): {found.rows:,} rows, not households; {found.duplicates:,} duplicates apart.",
        *[_share_line(row) for row in whole[["what", "rows", "share", "low", "high"]].itertuples(index=False)],
        "No place, by source:",
        *[_share_line(row) for row in by_source[["group", "rows", "share", "low", "high"]].itertuples(index=False)],
        *[f"Outside: {row.name} {row.rows:,}" for row in found.outside.itertuples(index=False)],
    ]


def _share_line(row: tuple[str, int, float, float, float]) -> str:
    what, rows, share, low, high = row
    told = f"  {what.replace('_', ' '):<36}{rows:>7,}  {percent(share)}"
    return told if pd.isna(share) else f"{told} ({percent(low)} to {percent(high)})"


def _ranked_lines(ranked: Sensitivity) -> list[str]:
    return [
        f"The first places by {'clients' if ranked.measure == 'count' else 'clients above what the homes explain'}:",
        *[f"  {row.now}. {row.place} ({row.clients:,})" for row in ranked.table.dropna(subset="now").itertuples()],
        *[f"{_VARIANTS[variant]}: {sentence}" for variant, sentence in ranked.sentences.items()],
    ]
