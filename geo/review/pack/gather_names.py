"""Say which priority areas a partner may be told by name, so that no hidden count can be narrowed by it.

What a name tells for certain is one thing: in the pooled years more clients than the suppression threshold came from
somewhere in that area. No number, no shape and no list of cells goes with it, so nobody can say how many homes stand
behind it, and "more than the homes explain" gives no sharper bound. Above the threshold alone would not be enough: a
ward whose count is hidden to protect another's would be known to be large, and the other would be narrowed. So an area
is named only where a table of these very years has been given out, to partners or the public, that shows a number for
every one of its areas which the priority area touches. A number that is shown is above the threshold in at least one
of them, or the area could not be; so the name says nothing that the table does not say already, and cannot narrow what
the table, or any later one held against it, hides. Which areas are left out tells nothing: it hangs on the table and
the threshold, and an area that is no priority is left out just the same.

Only a frozen review is shared: an exploratory list changes with every look.
"""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from geo.disclosure.atoms import codes_of
from geo.disclosure.rules import rule_for
from geo.errors import PlannerError
from geo.review.freezing import Frozen, frozen_of
from geo.review.release_tables import material_of
from geo.review.releases import Release
from geo.review.review_plan import ReviewPlan
from geo.review.workspace import Workspace

_NOT_FROZEN: Final = (
    "Priority areas are shared once the council has settled the review's numbers, which it has not yet."
)
_NO_TABLE: Final = (
    "Priority areas are named once a table by area of the same years has been given out to partners or the public."
)
_SOME: Final = "Areas are named only where the table of those years shows a number for every part of them."


def shared_names(workspace: Workspace, plan: ReviewPlan, releases: Sequence[Release]) -> dict[str, Any]:
    """List the names of priority areas that partners may know, by name; and say in a sentence why no more are.

    Parameters
    ----------
    releases
        Those that partners have seen: given to them or to the public.
    """
    frozen = frozen_of(workspace, plan.review)
    if frozen is None:
        return {"names": [], "why": _NOT_FROZEN}
    counted = frozen.content["counted"]
    tables = [
        one
        for one in releases
        if one.published.topic.period.name == counted["period"]
        and not one.published.topic.filters
        and one.published.topic.geography.level != "district"
    ]
    if not tables:
        return {"names": [], "why": _NO_TABLE}
    try:
        atoms = material_of(workspace).atoms
    except PlannerError as error:
        return {"names": [], "why": str(error)}
    threshold = rule_for("partner", workspace.scenario.disclosure).threshold
    names = [
        name
        for name, cells in _above(frozen, threshold).items()
        if any(_all_shown(one, atoms, cells) for one in tables)
    ]
    return {"names": sorted(names), "why": _SOME}


def _above(frozen: Frozen, threshold: int) -> dict[str, list[int]]:
    """List the priority areas whose count is above the threshold, with their cells."""
    rows = frozen.content["numbers"]
    chosen = [row["area"] for row in rows if row["verdict"] == "priority" and row["count"] > threshold]
    return {name: [int(cell) for cell in frozen.content["cells"][name]] for name in chosen}


def _all_shown(release: Release, atoms: pd.DataFrame, cells: list[int]) -> bool:
    """Tell whether a table shows a number for every one of its areas that a group of cells touches."""
    shown = {figure.code for figure in release.published.figures if figure.value}
    touched: set[str] = set()
    for column in ("h3_7", "h3_8"):
        inside = atoms[atoms[column].isin(cells)]
        touched |= {str(code) for code in codes_of(inside, release.published.topic.geography)}
    return bool(touched) and "" not in touched and touched <= shown
