"""`planner cells --input`: count files past any workspace, and say which rows were held back and which were not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from commands.shared import open_workspace, workspace_path
from geo.disclosure.sensitive import is_domestic_abuse
from geo.errors import BadInputError
from geo.evidence.tables import cell_names
from geo.places.bulk import BulkCount, HeldBack, count_files
from geo.places.gazetteer import Gazetteer
from geo.review.safe_list import listed_postcodes
from layers.boundaries import read_boundary

TEAM: Final = "For the housing team only: these counts are not suppressed."
_NO_COLUMN: Final = (
    "Rows of domestic abuse are not held back, since no reason column was named; name it with --reason-column."
)
_HELD: Final = "Rows of domestic abuse are counted for the whole district only; other rows of those households are not."
_NO_LIST: Final = "No list of safe places was applied, since no workspace was named; name it with --workspace."


@dataclass(frozen=True)
class BulkAsk:
    """What is counted past a workspace.

    Attributes
    ----------
    files
        All inputs, those of `providers` among them.
    providers
        Inputs of domestic-abuse services, counted for the whole district only.
    reason_columns
        Columns that say why somebody came, or who sent them.
    """

    files: tuple[Path, ...]
    providers: tuple[Path, ...]
    reason_columns: tuple[str, ...]
    gazetteer: Path | None
    boundary: Path | None
    resolution: int
    workspace: Path | None


def count_past_workspace(asked: BulkAsk) -> BulkCount:
    """Count a region's or a ministry's files straight from the disk; rows, not households.

    Raises
    ------
    BadInputError
        No gazetteer was named, or as `geo.places.bulk.count_files`.
    """
    if asked.gazetteer is None:
        message = "--input needs --gazetteer FILE, such as the gazetteer.parquet of a workspace."
        raise BadInputError(message)
    area = None if asked.boundary is None else read_boundary(asked.boundary)
    gazetteer = Gazetteer(asked.gazetteer)
    held_back = _held_back(asked, gazetteer)
    return count_files(asked.files, gazetteer, resolution=asked.resolution, boundary=area, held_back=held_back)


def bulk_table(found: BulkCount) -> pd.DataFrame:
    """Name the cells as GIS does."""
    return found.cells.assign(cell=cell_names(found.cells["cell"]))


def bulk_document(found: BulkCount, asked: BulkAsk) -> dict[str, Any]:
    """Give the counts as one JSON document, with what was not held back."""
    cells = bulk_table(found).to_dict("records")
    return {"unit": "rows, not households", "status": found.statuses, "notes": _notes(asked), "cells": cells}


def bulk_lines(found: BulkCount, asked: BulkAsk) -> list[str]:
    """Say the counts in lines, with what was not held back."""
    lost = {status: rows for status, rows in found.statuses.items() if rows and status != "located"}
    reasons = ", ".join(f"{status.replace('_', ' ')} {rows:,}" for status, rows in lost.items()) or "none"
    return [
        f"{found.statuses['located']:,} rows in {len(found.cells):,} cells; rows, not households.",
        f"  Without a place on the map: {reasons}.",
        *_notes(asked),
    ]


def _held_back(asked: BulkAsk, gazetteer: Gazetteer) -> HeldBack:
    """Gather what must not be on the map: reasons that tell, providers, and the safe places of a workspace."""
    whole = {path for path in asked.files if path in asked.providers or is_domestic_abuse(path.stem)}
    if workspace_path(asked.workspace) is None:
        return HeldBack(frozenset(), asked.reason_columns, is_domestic_abuse, frozenset(whole))
    opened = open_workspace(asked.workspace)
    listed = {_plain(name) for name in opened.scenario.district_only_feeds} - {""}
    whole |= {path for path in asked.files if _plain(path.stem) in listed}
    hidden = listed_postcodes(opened, gazetteer)
    return HeldBack(
        hidden,
        asked.reason_columns,
        lambda text: is_domestic_abuse(text) or _plain(text) in listed,
        frozenset(whole),
    )


def _notes(asked: BulkAsk) -> list[str]:
    abuse = _HELD if asked.reason_columns else _NO_COLUMN
    return [TEAM, abuse, *([] if workspace_path(asked.workspace) else [_NO_LIST])]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
