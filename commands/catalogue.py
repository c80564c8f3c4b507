"""`planner catalogue`: every data set the planner can use, who publishes it, and how it stands here."""

from commands.shared import JsonOption, WorkspaceOption, show_result, today, workspace_path
from geo.review.workspace import Workspace
from layers.catalogue import Standing, as_document, standings


def catalogue(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List every open data set: publisher, licence, attribution, address, format, how often it changes, what for."""
    path = workspace_path(workspace)
    editions = () if path is None else Workspace.open(path).editions()
    found = standings(editions, today=today())
    lines = [line for one in found for line in _told(one, here=path is not None)]
    show_result({"datasets": [as_document(one) for one in found]}, lines, as_json=as_json)


def _told(one: Standing, *, here: bool) -> list[str]:
    entry, access = one.entry, one.entry.access
    return [
        f"{entry.title} ({entry.publisher}; {entry.source.licence})",
        f"  {entry.used_for} Changes {entry.rhythm.words}. {entry.form}.",
        *([f"  Here: {_edition(one)}{one.state}."] if here else []),
        f"  {access.command}" + (f"; by hand: {access.by_hand}" if access.fetch else ""),
        f"  {access.endpoint or access.page}" + (f"; by hand: {access.page}" if access.endpoint else ""),
        f"  {entry.source.attribution}",
        "",
    ]


def _edition(one: Standing) -> str:
    return f"{one.edition.edition}, " if one.edition and one.edition.edition else ""
