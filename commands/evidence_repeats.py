"""`planner evidence repeats`: households, approaches, referrals and agencies, told apart."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.rows import json_rows, percent, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.errors import BadInputError, MissingDataError
from geo.evidence.periods import ALL_PERIODS
from geo.evidence.repeats import Repeats
from geo.review.gaps import repeats_of


def repeats(
    *,
    workspace: WorkspaceOption = None,
    period: Annotated[str, typer.Option(help="A review year such as 2024-25, or all.")] = ALL_PERIODS,
    out: Annotated[Path | None, typer.Option(help="Write the table of all years to this .csv file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Say how many households are behind the rows, and how many rows are repeats: in all, by feed and by source."""
    found = repeats_of(open_workspace(workspace))
    years = sorted(found.table["period"].unique())
    if not years:
        message = "There are no records yet; add an export first with: planner add referrals FILE --source NAME"
        raise MissingDataError(message)
    if period not in years:
        message = f"There are no records of the period '{period}'; there are: {', '.join(years)}."
        raise BadInputError(message)
    if out is not None:
        write_rows(found.table, out)
    chosen = found.table[found.table["period"] == period]
    document = {"period": period, "episode_months": found.episode_months, "groups": json_rows(chosen)}
    lines = [*_lines(found, period), *([f"Written to {out.name}."] if out else [])]
    show_result(document, lines, as_json=as_json)


def _lines(found: Repeats, period: str) -> list[str]:
    whole = found.of("district", period=period).to_dict("records")[0]
    routes = (
        f"approaches {whole['approaches']:,}, referrals {whole['referrals']:,} by {whole['agencies']:,} agencies, route"
        f" not stated {whole['route_not_stated']:,}"
    )
    return [
        f"{whole['rows']:,} rows ({period}; {whole['unit']}); {whole['duplicates']:,} duplicates apart.",
        f"  {routes}",
        f"  {whole['episodes']:,} episodes of up to {found.episode_months} months",
        f"  {whole['households']:,} households, {whole['without_household']:,} rows without a household reference",
        f"  {whole['came_back']:,} came back later; {whole['several_sources']:,} are known to several sources",
        *[line for by in ("feed", "source") for line in _grouped(found, by, period)],
    ]


def _grouped(found: Repeats, by: str, period: str) -> list[str]:
    rows = found.of(by, period=period).to_dict("records")
    return [f"By {by}, rows and the share of them that repeat an earlier one:", *[_line(row) for row in rows]]


def _line(row: dict[Any, Any]) -> str:
    share = percent(row["repeat_share"]) if row["with_household"] else row["unit"]
    return f"  {row['group']:<36}{row['rows']:>7,}  {share}"
