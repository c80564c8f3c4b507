"""Take the review's priority areas as plain values: the frozen analysis where there is one, else today's."""

from collections.abc import Callable
from typing import Any

from geo.errors import PlannerError
from geo.evidence.scan_null import NullStore
from geo.review.confirmed import content_of
from geo.review.freezing import Frozen, frozen_of
from geo.review.looks import count_looks
from geo.review.pack.plain import cell_text
from geo.review.priorities import priorities_of, with_notes
from geo.review.review_plan import ReviewPlan
from geo.review.workspace import Workspace

Progress = Callable[[str, float], None]


def review_areas(
    workspace: Workspace, plan: ReviewPlan, *, nulls: NullStore | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Take the areas that stand out, with the rule they were found by.

    Returns
    -------
    dict
        `state` "frozen", "exploratory" or "none"; `why` where there is none; `frozen` says when and by whom; `looks`
        counts the different analyses looked at; `analysis` is what `geo.review.confirmed.content_of` writes, cells as
        hexadecimal text; `notes` as sentences.
    """
    frozen = frozen_of(workspace, plan.review)
    if frozen is not None:
        return {
            "state": "frozen",
            "why": "",
            "frozen": _told(frozen),
            "looks": frozen.looks,
            "analysis": _plain(frozen.content),
            "notes": [],
        }
    looks = count_looks(workspace, plan.review)
    try:
        found = with_notes(priorities_of(workspace, plan, nulls=nulls, progress=progress), workspace)
    except PlannerError as error:
        return {"state": "none", "why": str(error), "frozen": None, "looks": looks, "analysis": None, "notes": []}
    return {
        "state": "exploratory",
        "why": "",
        "frozen": None,
        "looks": looks,
        "analysis": _plain(content_of(workspace, found)),
        "notes": list(found.notes),
    }


def _told(frozen: Frozen) -> dict[str, Any]:
    return {
        "number": frozen.number,
        "day": frozen.day.isoformat(),
        "who": frozen.who,
        "reason": frozen.reason,
        "digest": frozen.digest,
    }


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """Write cells as people and files know them; the editions stand elsewhere in a pack."""
    numbers = [row | {"peak": cell_text(int(row["peak"]))} for row in content["numbers"]]
    cells = {name: [cell_text(int(cell)) for cell in held] for name, held in content["cells"].items()}
    kept = {name: value for name, value in content.items() if name != "editions"}
    return kept | {"numbers": numbers, "cells": cells}
