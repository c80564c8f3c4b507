"""The gazetteer's own file: Parquet, sorted by postcode, that says what it was made from."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo import crs
from geo.editions import Edition
from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.schema import GAZETTEER

FORMAT: Final = 1
PUBLIC_COLUMNS: Final = tuple(GAZETTEER.columns)
MERGE_COLUMNS: Final = ("seen", "said")  # what later editions need to know; see geo.places.gazetteer_merge
_KEY: Final = b"hotspot-planner gazetteer"
_STALE_SECONDS: Final = 24 * 3600  # an unfinished file this old was left by a program that was killed
_ROW_GROUP: Final = 16_384  # small enough that a district reads a tenth of the file


@dataclass(frozen=True)
class StoredEdition:
    """Hold an edition with what merging needs of it: its month (YYYYMM) and live postcodes by postcode area."""

    edition: Edition
    month: int
    covers: dict[str, int]


def write_store(frame: pd.DataFrame, editions: Sequence[StoredEdition], out: Path) -> None:
    """Write the gazetteer whole or not at all.

    Raises
    ------
    WorkspaceError
        The folder cannot be written or the disk is full; an earlier file is left as it was.
    """
    table = pa.Table.from_pandas(frame[[*PUBLIC_COLUMNS, *MERGE_COLUMNS]], preserve_index=False)
    told = {"format": FORMAT, "operation": crs.OPERATION, "editions": [_packed(item) for item in editions]}
    table = table.replace_schema_metadata({_KEY: json.dumps(told).encode()})
    unfinished = out.with_name(f".{out.name}.{os.getpid()}.unfinished")
    _sweep(out)
    try:
        pq.write_table(
            table,
            unfinished,
            compression="zstd",
            row_group_size=_ROW_GROUP,
            use_dictionary=["district", "quality", "introduced", "terminated", "shared_point", "h3_7", "seen", "said"],
            column_encoding={"postcode": "DELTA_BYTE_ARRAY"},
        )
        _sync(unfinished)
        unfinished.replace(out)
    except OSError as error:
        reason = error.strerror or "the disk did not take it"
        message = f"The postcode list could not be written to {out.parent.name} ({reason}); nothing was changed."
        raise WorkspaceError(message) from error
    finally:
        with suppress(OSError):  # a folder that cannot be written refuses this too
            unfinished.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """See to it that the whole file is on the disk before its name is: the power may fail between the two."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sweep(out: Path) -> None:
    for old in out.parent.glob(f".{out.name}.*.unfinished"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                old.unlink()


def read_editions(path: Path) -> tuple[StoredEdition, ...]:
    """Read what a gazetteer was made from.

    Raises
    ------
    MissingDataError
        There is no such file.
    BadInputError
        It is not a gazetteer of this program, or one of a newer version.
    """
    if not path.is_file():
        message = (
            "There is no postcode list yet; add one with 'planner add gazetteer PATH' (OS Code-Point Open or ONSPD)."
        )
        raise MissingDataError(message)
    told = _told(path)
    if told["format"] > FORMAT:
        message = f"{path.name} was made by a newer version of the planner; install that version or build it again."
        raise BadInputError(message)
    return tuple(
        StoredEdition(Edition.model_validate(item["edition"]), item["month"], item["covers"])
        for item in told["editions"]
    )


def _told(path: Path) -> dict[str, Any]:
    try:
        metadata = pq.read_schema(path).metadata or {}
        told: dict[str, Any] = json.loads(metadata[_KEY])
    except (pa.ArrowInvalid, KeyError, OSError) as error:
        message = f"{path.name} is not a postcode list of this program; build it with 'planner add gazetteer PATH'."
        raise BadInputError(message) from error
    return told


def _packed(item: StoredEdition) -> dict[str, Any]:
    return {"edition": item.edition.model_dump(mode="json"), "month": item.month, "covers": item.covers}
