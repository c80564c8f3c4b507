"""Print a paper of a night's count as a tagged PDF."""

from dataclasses import asdict
from datetime import date
from functools import singledispatch
from typing import Any

from layers.pack.told import AUTHOR
from layers.pack.typesetting import can_typeset, typeset
from layers.walks.snapshot_paper import Block, Form, Paper

NO_PDF = "No PDF was made, for the part that sets one (the package typst) is missing here; print the HTML."


def paper_pdf(paper: Paper, *, day: date) -> bytes | None:
    """Print a paper; None where Typst is missing, and the HTML says the same.

    Parameters
    ----------
    day
        Of making; the same paper on the same day gives the same bytes.

    Raises
    ------
    PlannerError
        It cannot be set.
    """
    if not can_typeset():
        return None
    values = {
        "title": paper.title,
        "author": AUTHOR,
        "whom": paper.whom,
        "foot": paper.foot,
        "blocks": [_value(block) for block in paper.blocks],
    }
    return typeset("nightcount", values, day=day.isoformat())


@singledispatch
def _value(block: Block) -> dict[str, Any]:
    """Write a block as plain values; a break says no more than its kind."""
    return {"kind": type(block).__name__.lower(), **asdict(block)}


@_value.register
def _form_value(form: Form) -> dict[str, Any]:
    wide = len(form.head)
    rows = [[cell.split("\n") for cell in (*row, *[""] * (wide - len(row)))] for row in form.rows]
    widths = list(form.widths_mm)
    return {"kind": "form", "head": form.head, "rows": rows, "widths": widths, "tall": form.tall}
