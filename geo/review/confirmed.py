"""What a frozen review holds, and what has changed since."""

import json
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.freezing import Frozen
from geo.review.priorities import Priorities
from geo.review.workspace import Workspace

_FORMAT: Final = 1


def content_of(workspace: Workspace, found: Priorities) -> dict[str, Any]:
    """Write the rule, what it was applied to and the numbers as plain values.

    Parameters
    ----------
    found
        With its sentences (`geo.review.priorities.with_notes`).

    Raises
    ------
    BadInputError
        A number is not finite.
    """
    scenario = workspace.scenario.model_dump(mode="json")
    content = {
        "format": _FORMAT,
        "review": found.plan.review,
        "rule": found.rule,
        "options": {name: scenario[name] for name in _OPTIONS},
        "counted": {
            "period": found.plan.selection.period,
            "left_out": list(found.plan.selection.leave_out),
            "resolution": found.plan.resolution,
            "unit": found.counts.unit,
            "episodes": found.counts.episodes,
            "clients_tested": found.found.clients,
            "cells_tested": found.found.tested,
            "untested": found.found.untested,
            "unmapped": found.counts.unmapped,
            "set_aside": found.counts.left_out,
            "exposure_years": found.exposure_years,
            "district_rate_per_1000_homes": found.district_rate,
            "homes": found.found.homes_source,
        },
        "editions": [edition.model_dump(mode="json") for edition in workspace.editions()],
        "numbers": json.loads(found.table.to_json(orient="records", double_precision=15)),
        "cells": {area.name: [str(cell) for cell in area.cells] for area in found.areas},
    }
    try:
        json.dumps(content, allow_nan=False)
    except ValueError as error:
        message = "A number of the analysis is not finite, so it cannot be frozen; report this, please."
        raise BadInputError(message) from error
    return content


def changes_since(frozen: Frozen, found: Priorities) -> list[str]:
    """Say in sentences how today's analysis differs from the frozen one; nothing where it does not."""
    before = {row["area"]: row for row in frozen.content["numbers"]}
    now = {row["area"]: row for row in json.loads(found.table.to_json(orient="records", double_precision=15))}
    gone, new = sorted(set(before) - set(now)), sorted(set(now) - set(before))
    sentences = []
    if frozen.content["counted"]["episodes"] != found.counts.episodes:
        was = frozen.content["counted"]["episodes"]
        sentences.append(f"Then {was:,} {found.counts.unit} were counted, now {found.counts.episodes:,}.")
    if gone:
        sentences.append(f"No longer standing out: {', '.join(gone)}.")
    if new:
        sentences.append(f"Standing out now and not then: {', '.join(new)}.")
    moved = [name for name in before.keys() & now.keys() if _figures(before[name]) != _figures(now[name])]
    if moved:
        sentences.append(f"Other numbers: {', '.join(sorted(moved))}.")
    return sentences


_OPTIONS: Final = (
    "review_first_month",
    "episode_months",
    "resolution",
    "homes_per_postcode",
    "leave_out",
    "scan",
    "priority",
    "stability",
    "trends",
)


def _figures(row: dict[str, Any]) -> list[Any]:
    """Take what is counted and tested; notes and sentences may be worded anew."""
    return [row[name] for name in ("verdict", "count", "homes", "spot_count", "q", "p_scan", "stability")]
