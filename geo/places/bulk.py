"""Count millions of referrals by cell straight from their files, past the workspace.

It is the same expression as the intake's, run where the rows lie: nothing is kept but the counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import geopandas as gpd
import ibis
import pandas as pd
from ibis.expr.types import BooleanValue, Table

from geo.errors import BadInputError, PlannerError
from geo.places.cells import RESOLUTIONS
from geo.places.engine import literal_path, open_engine
from geo.places.gazetteer import Gazetteer
from geo.places.geocode import resolve_expression
from geo.schema import DISTRICT_ONLY, STATUSES

_SUFFIXES: Final = (".csv", ".parquet")


@dataclass(frozen=True)
class HeldBack:
    """Say which rows a bulk count keeps off the map.

    Attributes
    ----------
    postcodes
        Without the space: their rows count as if the gazetteer did not hold them.
    columns
        That say why somebody came or who sent them, in any case of letters; every file must have them.
    telling
        Tells the texts of these columns whose rows are counted for the whole district only.
    files
        Those of the input files all of whose rows are.
    """

    postcodes: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    telling: Callable[[str], bool] = lambda _: False
    files: frozenset[Path] = frozenset()


NOTHING_HELD: Final = HeldBack()


@dataclass(frozen=True)
class BulkCount:
    """Hold the counts of a bulk run.

    Attributes
    ----------
    cells
        `cell` (H3 index) and `count` (rows located in it), sorted by cell.
    statuses
        Every status to its number of rows, and "district_only" for rows inside that are in no cell because they are
        counted for the whole district only; they add up to the rows read.
    """

    cells: pd.DataFrame
    statuses: dict[str, int]


def count_files(
    paths: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    resolution: int,
    postcode_column: str = "postcode",
    boundary: gpd.GeoDataFrame | None = None,
    held_back: HeldBack = NOTHING_HELD,
) -> BulkCount:
    """Count rows by H3 cell and by status.

    Parameters
    ----------
    paths
        CSV or Parquet files, one row a referral.
    gazetteer
        Where postcodes are.
    resolution
        H3 resolution: 7, 8 or 9.
    postcode_column
        The column that holds the postcode, in any case of letters.
    boundary
        Rows beyond it count as `outside` and in no cell; None counts every place.
    held_back
        Rows kept off the map. Households are not known here: other rows of the same household are not held back.

    Raises
    ------
    BadInputError
        A file is missing, of another kind, broken, or lacks a column; or the gazetteer has no such resolution.
    """
    if resolution not in RESOLUTIONS:
        message = f"The gazetteer holds no cells of resolution {resolution}; choose 7, 8 or 9."
        raise BadInputError(message)
    gazetteer.editions()
    inside = None if boundary is None else ibis.memtable(gazetteer.within(boundary)[["postcode"]])
    with open_engine() as engine:
        rows = _read_all(engine, paths, postcode_column, held_back)
        places = engine.read_parquet(literal_path(gazetteer.path))
        places = places.filter(places.postcode.notin(sorted(held_back.postcodes))) if held_back.postcodes else places
        found = _set_apart(resolve_expression(rows, places, inside), rows)
        cell = (found.status == "located").ifelse(found[f"h3_{resolution}"], 0)
        counts = found.group_by(status=found.status, cell=cell).agg(count=found.rows.sum())
        return _collect(_run(engine, counts))


def _set_apart(found: Table, rows: Table) -> Table:
    """Split the rows of each text into those that have a place on the map and those that are apart from it."""
    if "apart" not in rows.columns:
        return found
    said = rows.select(said=rows.postcode.fill_null(""), apart=rows.apart)
    tally = said.group_by("said", "apart").agg(tally=ibis._.count())
    both = found.join(tally, found.text == tally.said)
    status = (both.apart & (both.status == "located")).ifelse(DISTRICT_ONLY, both.status)
    return both.mutate(status=status, rows=both.tally)


def _read_all(engine: ibis.BaseBackend, paths: Sequence[Path], column: str, held_back: HeldBack) -> Table:
    if not paths:
        message = "No input file was given; expected CSV or Parquet files with a postcode column."
        raise BadInputError(message)
    tables = [_read(engine, path, column, held_back) for path in paths]
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def _read(engine: ibis.BaseBackend, path: Path, column: str, held_back: HeldBack) -> Table:
    """Open one file without reading its rows yet."""
    suffix = path.suffix.lower()
    if not path.is_file() or suffix not in _SUFFIXES:
        message = f"{path.name} is not a CSV or Parquet file that can be found; check the path."
        raise BadInputError(message)
    try:
        table = _open(engine, path)
    except duckdb.Error:  # from None: what the engine says may quote a row
        raise BadInputError(_unreadable(path.name)) from None
    postcode = table[_named(table, column, path)].cast("string")
    if not held_back.columns and not held_back.files:
        return table.select(postcode=postcode)
    return table.select(postcode=postcode, apart=_is_apart(engine, table, path, held_back))


def _is_apart(engine: ibis.BaseBackend, table: Table, path: Path, held_back: HeldBack) -> BooleanValue:
    """Describe which rows of a file are counted for the district only; each different text is looked at once."""
    apart = ibis.literal(path in held_back.files)
    for wanted in held_back.columns:
        column = table[_named(table, wanted, path)].cast("string").fill_null("")
        texts = _run(engine, table.select(text=column).distinct())["text"]
        telling = pd.DataFrame({"text": [text for text in texts if held_back.telling(text)]}, dtype="string")
        apart |= column.isin(ibis.memtable(telling, schema={"text": "string"}).text)
    return apart


def _named(table: Table, column: str, path: Path) -> str:
    names = [name for name in table.columns if name.strip().lower() == column.strip().lower()]
    if len(names) != 1:
        message = f"{path.name} has {len(names)} columns named '{column}'; expected exactly one."
        raise BadInputError(message)
    return str(names[0])


def _open(engine: ibis.BaseBackend, path: Path) -> Table:
    if path.suffix.lower() == ".parquet":
        return engine.read_parquet(literal_path(path))
    return engine.read_csv(literal_path(path), header=True, all_varchar=True)


def _run(engine: ibis.BaseBackend, counts: Table) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = engine.to_pandas(counts)
    except duckdb.OutOfMemoryException:
        message = "The files hold more different postcode texts than fit into memory; count them in several runs."
        raise PlannerError(message) from None
    except duckdb.Error:
        # The engine's own message may quote a row, and a row holds a client's postcode.
        raise BadInputError(_unreadable("An input file")) from None
    return frame


def _collect(counts: pd.DataFrame) -> BulkCount:
    by_status = counts.groupby("status")["count"].sum()
    located = counts.loc[counts["cell"] != 0, ["cell", "count"]].astype("int64")
    return BulkCount(
        cells=located.sort_values("cell", ignore_index=True),
        statuses={status: int(by_status.get(status, 0)) for status in (*STATUSES, DISTRICT_ONLY)},
    )


def _unreadable(name: str) -> str:
    return f"{name} cannot be read as a table; expected a UTF-8 CSV with a header, or Parquet."
