"""`planner walkabouts quarter`: what the records tell of a quarter, and the figures filled from them."""

from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, now, open_workspace, show_result
from geo.review.quarter_figures import FIGURES
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.quarter import figures_from_records, fill_figures, record_notes, told_figures


def quarter(
    name: Annotated[str, typer.Argument(metavar="QUARTER", help="Such as '2025-26 Q1'.")],
    *,
    fill: Annotated[bool, typer.Option("--fill", help="Write them into the quarter's figures.")] = False,
    over: Annotated[bool, typer.Option("--over", help="Write over figures that were given before and differ.")] = False,
    who: Annotated[str, typer.Option("--who", help="Who fills them in: a name or initials.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell a quarter's figures from the records of walkabouts: what none tells is not known, never nought."""
    opened = open_workspace(workspace)
    chosen = ReviewQuarter.parse(name, first_month=opened.scenario.review_first_month)
    told = figures_from_records(opened, chosen, now=now())
    notes = list(record_notes(opened, chosen, now=now()))
    lines = [f"{label}: {told[key]:,}" if key in told else f"{label}: not known" for key, label in FIGURES.items()]
    document = {"quarter": chosen.name, "from_records": told, "notes": notes}
    if not fill:
        show_result(document, [chosen.name, told_figures(told), *lines, *notes], as_json=as_json)
        return
    done = fill_figures(opened, chosen, who=who, now=now(), over=over)
    changed = list(done.changed) or ["No figure was changed."]
    filled = {"figures": done.figures, "changed": list(done.changed), "kept": list(done.kept)}
    show_result({**document, **filled}, [chosen.name, *changed, *done.kept, *notes], as_json=as_json)
