"""`planner sample`: make a workspace of the fictional sample district."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, show_result, tell, today
from layers.sample import write_sample


def make_sample(
    folder: Annotated[Path, typer.Argument(help="The new folder.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Make a workspace of the fictional sample district, to try every command on."""
    made = write_sample(
        folder,
        today=today(),
        progress=lambda step, _share: tell(f"{step} ..."),
    )
    result = {"workspace": str(made.root), "name": made.scenario.name, "rows": len(made.records())}
    lines = [
        f"Made the fictional district in {made.root}: {result['rows']:,} records.",
        f'Next: planner check --workspace "{made.root}"',
    ]
    show_result(result, lines, as_json=as_json)
