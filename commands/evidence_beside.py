"""`planner evidence beside`: a partner's counts beside the council's, by area, for the same months; never a sum."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from commands.rows import json_rows, write_rows
from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.beside import Beside, beside_of, ranks_told
from geo.review.maps import episodes_of
from geo.review.partner_counts import counts_of, names_of, partner_table

_SHOWN: Final = 12


def beside(
    *,
    feed: Annotated[str, typer.Option("--feed", help="Whose counts.")],
    period: Annotated[str, typer.Option(help="A review year or quarter that was sent; else the last one.")] = "",
    workspace: WorkspaceOption = None,
    out: Annotated[Path | None, typer.Option(help="Write the table to this .csv file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Lay a partner's counts beside the council's, and say where the order of areas differs most."""
    opened = open_workspace(workspace)
    kept = counts_of(opened, feed, period)[-1]
    found = beside_of(episodes_of(opened), partner_table(kept, names_of(opened, kept.level)))
    if out is not None:
        write_rows(found.table, out)
    document = {
        "feed": kept.feed,
        "period": kept.period,
        "by": kept.level,
        "exact": kept.file.exact,
        "partner_unit": kept.file.unit,
        "council_unit": found.unit,
        "notes": found.sentences,
        "areas": json_rows(found.table),
    }
    show_result(document, [*_lines(found), *([f"Written to {out.name}."] if out else [])], as_json=as_json)


def _lines(found: Beside) -> list[str]:
    head = f"  {'Area':<34}{'Partner':>9}{'Rank':>10}{'Council':>9}{'Rank':>10}"
    rows = [_row(row) for row in found.table.head(_SHOWN).to_dict("records")]
    more = len(found.table) - _SHOWN
    return [*found.sentences, head, *rows, *([f"  and {more} more (--out FILE writes all)"] if more > 0 else [])]


def _row(row: Mapping[Hashable, Any]) -> str:
    sent, own = (ranks_told(row[f"{who}_rank"], row[f"{who}_last"]) for who in ("partner", "council"))
    return f"  {row['name']:<34}{row['partner']:>9}{sent:>10}{row['council']:>9,}{own:>10}"
