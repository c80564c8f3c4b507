"""`planner dpia`: write the facts for the data protection impact assessment."""

from pathlib import Path
from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result, today
from geo.review.documents import QUESTION
from geo.review.dpia import dpia_document, write_dpia


def dpia(
    out: Annotated[Path, typer.Option("--out", help="File to write, ending in .md or .html.", show_default=False)],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what a data protection impact assessment asks for, in the order of the ICO's template."""
    opened = open_workspace(workspace)
    write_dpia(opened, out, today=today())
    questions = sum(block.kind == "question" for block in dpia_document(opened, today=today()).blocks)
    lines = [
        f"Written: {out}.",
        f"{questions} questions are left for the council; each begins with '{QUESTION}'.",
    ]
    show_result({"file": str(out), "questions": questions}, lines, as_json=as_json)
