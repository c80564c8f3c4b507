"""Write the facts for a data protection impact assessment, in the order of the headings of the ICO's template."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.errors import BadInputError
from geo.review.documents import Block, Document, Grid, as_html, as_markdown
from geo.review.dpia_facts import Facts, gather_facts
from geo.review.files import write_bytes
from geo.review.workspace import Workspace

_WORDING: Final = Path(__file__).with_name("dpia.toml")
_MARKS: Final[dict[str, Any]] = {"## ": "subheading", "- ": "item", "? ": "question"}
_EMPTY: Final = "None yet."


def dpia_document(workspace: Workspace, *, today: date) -> Document:
    """Fill the wording with the facts of a workspace; what only the council can say stays as a question.

    Parameters
    ----------
    today
        The day on which the facts are drawn.
    """
    wording = tomllib.loads(_WORDING.read_text(encoding="utf-8"))
    facts = gather_facts(workspace, today=today)
    grids = {**facts.grids, **_own_grids(wording)}
    blocks = [_block(part, facts, grids) for part in wording["opening"]]
    for step in wording["steps"]:
        blocks.append(Block("step", step["heading"]))
        blocks += [_block(part, facts, grids) for part in step["parts"]]
    return Document(wording["title"].format_map(facts.words), tuple(blocks))


def write_dpia(workspace: Workspace, out: Path, *, today: date) -> None:
    """Write the document to a file: Markdown or HTML, by the end of its name.

    Raises
    ------
    BadInputError
        The name ends otherwise.
    WorkspaceError
        The file cannot be written.
    """
    write = {".md": as_markdown, ".html": as_html}.get(out.suffix.lower())
    if write is None:
        message = f"{out.name} is neither .md nor .html; end the file's name in one of these."
        raise BadInputError(message)
    write_bytes(out, write(dpia_document(workspace, today=today)).encode())


def _block(part: str, facts: Facts, grids: dict[str, Grid]) -> Block:
    if part.startswith("@"):
        grid = grids[part[1:]]
        return Block("table", grid=grid) if grid.rows else Block("paragraph", f"{grid.caption}: {_EMPTY.lower()}")
    mark = next((mark for mark in _MARKS if part.startswith(mark)), "")
    return Block(_MARKS.get(mark, "paragraph"), part.removeprefix(mark).format_map(facts.words))


def _own_grids(wording: dict[str, Any]) -> dict[str, Grid]:
    """Lay out the tables that are the same for every workspace."""
    captions = {"risks": "Risks", "measures": "Measures", "signoff": "Sign-off"}
    own = {
        name: Grid(caption, tuple(wording[name]["columns"]), tuple(map(tuple, wording[name]["rows"])))
        for name, caption in captions.items()
    }
    fields = tuple((_field(name), text) for name, text in wording["fields"].items())
    return {**own, "fields": Grid("What is kept of each row", ("Field", "What it says"), fields)}


def _field(name: str) -> str:
    return name.replace("h3_", "hexagon ").replace("_", " ")
