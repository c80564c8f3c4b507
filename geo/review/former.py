"""Keep the edition before the one in use, one back, so that what changed can be told.

It lies in `layers/previous/`: sites and homes as they were kept, and the postcodes in and near the district alone. No
client's record is in it. What is put on the list of safe places is taken out of it as out of the rest
(`geo/review/safe_list.py`).
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

import pandas as pd

from geo.editions import SITE_DATASETS, Dataset, Edition
from geo.errors import WorkspaceError
from geo.review.files import explained, read_edition, write_bytes, write_table

KEPT: Final[tuple[Dataset, ...]] = (*SITE_DATASETS, "households")
"""Beside the postcodes, which are kept in part."""
_FOLDER: Final = "previous"


def former_path(root: Path, dataset: Dataset) -> Path:
    """Give where the former edition of a data set is, or would be.

    Parameters
    ----------
    root
        The workspace's folder.
    """
    return root / "layers" / _FOLDER / f"{dataset}.parquet"


def former_edition(root: Path, dataset: Dataset) -> Edition | None:
    """Say which edition is kept of a data set; None where there was none before the one in use.

    Raises
    ------
    WorkspaceError
        The file is damaged.
    """
    path = former_path(root, dataset)
    return read_edition(path) if path.is_file() else None


def replace_table(path: Path, frame: pd.DataFrame, edition: Edition) -> None:
    """Write a layer of a workspace; of a data set whose changes are told the former edition is kept first.

    Parameters
    ----------
    path
        The layer in use. A program that is killed between the two steps leaves it as it was.

    Raises
    ------
    WorkspaceError
        The folder cannot be written or the disk is full; the layer in use stays.
    """
    if edition.dataset in KEPT and _is_another(path, edition):
        with explained(path.parent):
            former = former_path(path.parent.parent, edition.dataset)
            former.parent.mkdir(exist_ok=True)
            write_bytes(former, path.read_bytes())
    write_table(path, frame, edition)


def keep_former_postcodes(root: Path, postcodes: pd.DataFrame, edition: Edition) -> None:
    """Keep the postcodes in and near the district as they were: GAZETTEER rows.

    Raises
    ------
    WorkspaceError
        The folder cannot be written or the disk is full.
    """
    path = former_path(root, "gazetteer")
    with explained(root):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_table(path, postcodes, edition)


def _is_another(path: Path, edition: Edition) -> bool:
    """Tell whether a layer holds another edition than this one; a damaged one holds none worth keeping."""
    with suppress(WorkspaceError):
        return path.is_file() and read_edition(path).sha256 != edition.sha256
    return False
