"""`planner changes`: what changed since the last edition of each data set."""

from typing import Annotated

import typer

from commands.shared import JsonOption, WorkspaceOption, open_workspace, show_result
from geo.review.changes import TOLD, Changed, ToldDataset, changes_since

_NOTHING = "Nothing to compare yet: an edition is kept from the first time a newer one replaces it."


def changes(
    dataset: Annotated[
        ToldDataset | None, typer.Option("--dataset", help="This data set only.", show_default=False)
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell which surgeries, food banks and sites are new, gone or moved, and how postcodes and homes changed."""
    opened = open_workspace(workspace)
    only = [name for name in TOLD if dataset is None or name == dataset]
    found = changes_since(opened, only=only)
    lines = [*found.urgent, *(line for one in found.sets for line in _told(one))]
    data = {"urgent": list(found.urgent), "datasets": [one.document() for one in found.sets]}
    show_result(data, lines or [_NOTHING], as_json=as_json)


def _told(one: Changed) -> list[str]:
    was, now = (edition.edition or f"added {edition.added:%d %B %Y}" for edition in (one.before, one.now))
    wards = one.homes if one.homes is not None else one.postcodes.wards if one.postcodes is not None else None
    table = [] if wards is None or wards.empty else wards.to_string(index=False).splitlines()
    return ["", f"{one.now.title}: {was} to {now}", *one.sentences(), *table]
