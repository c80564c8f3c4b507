"""The gazetteer: where each postcode is, built once from published files and then only read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from geo.editions import Edition
from geo.errors import BadInputError
from geo.places import gazetteer_merge as merge
from geo.places import gazetteer_store as store
from geo.places.cells import RESOLUTIONS, cells_at
from geo.places.gazetteer_readers import NO_LOCATION
from geo.places.gazetteer_source import SourceEdition, read_source
from geo.places.inside import boundary_shape, inside_shape
from geo.schema import GAZETTEER

_MERGED: Final = ("postcode", "easting", "northing", "quality", "introduced", "district", *store.MERGE_COLUMNS)

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Gazetteer:
    """Look postcodes up in a gazetteer file.

    Attributes
    ----------
    path
        Parquet file that `build_gazetteer` made.
    """

    path: Path

    def editions(self) -> tuple[Edition, ...]:
        """Name the files it was made from, oldest first.

        Raises
        ------
        MissingDataError, BadInputError
            There is no such file, or it is not a gazetteer.
        """
        return tuple(item.edition for item in store.read_editions(self.path))

    def lookup(self, postcodes: Iterable[str]) -> pd.DataFrame:
        """Find these postcodes, in any spacing and case; those it does not hold are left out.

        Returns
        -------
        pandas.DataFrame
            GAZETTEER rows, sorted by postcode.
        """
        wanted = sorted({"".join(text.split()).upper() for text in postcodes})
        return self._read(pc.field("postcode").isin(pa.array(wanted, pa.string())))

    def within(self, boundary: gpd.GeoDataFrame, *, margin_m: float = 0) -> pd.DataFrame:
        """Find every postcode, live or terminated, whose point lies inside a boundary.

        Parameters
        ----------
        boundary
            Polygons in a stated CRS.
        margin_m
            Metres beyond the boundary to look too.

        Returns
        -------
        pandas.DataFrame
            GAZETTEER rows, sorted by postcode.
        """
        shape = boundary_shape(boundary, margin_m=margin_m)
        west, south, east, north = shapely.bounds(shape)
        easting, northing = pc.field("easting"), pc.field("northing")
        box = (easting >= west) & (easting <= east) & (northing >= south) & (northing <= north)
        near = self._read(box)
        found = inside_shape(near["easting"].to_numpy(), near["northing"].to_numpy(), shape)
        return near[found].reset_index(drop=True)

    def counts(self) -> dict[str, int]:
        """Count its postcodes: all, live, terminated, and those without a location (live or not)."""
        store.read_editions(self.path)
        table = pq.read_table(self.path, columns=["terminated", "quality"])
        live = pc.sum(pc.equal(table["terminated"], 0)).as_py() or 0
        nowhere = pc.sum(pc.greater_equal(table["quality"], NO_LOCATION)).as_py() or 0
        total = len(table)
        return {"postcodes": total, "live": live, "terminated": total - live, "no_location": nowhere}

    def postcodes(self) -> pd.Series:
        """List every postcode, without the space."""
        store.read_editions(self.path)
        column = pq.read_table(self.path, columns=["postcode"])["postcode"]
        return pd.Series(column.to_pylist(), dtype="str")

    def _read(self, rows: pc.Expression) -> pd.DataFrame:
        store.read_editions(self.path)
        table = pq.read_table(self.path, columns=list(store.PUBLIC_COLUMNS), filters=rows)
        frame: pd.DataFrame = table.replace_schema_metadata().to_pandas()
        return frame


def build_gazetteer(
    paths: Sequence[Path],
    *,
    out: Path,
    today: date,
    earlier: Gazetteer | None = None,
    edition: str = "",
    progress: Progress | None = None,
) -> Gazetteer:
    """Make a gazetteer from published files, or add them to an earlier one.

    The newest edition says where a postcode is now. A postcode that an older edition holds and every newer edition
    that covers its postcode area lacks is terminated, and stands where the older one had it.

    Parameters
    ----------
    paths
        Files, folders or zips of OS Code-Point Open, ONSPD, NSPL, or a plain table; recognised by content.
    out
        The Parquet file to write; an existing one is replaced once the new one is whole.
    today
        Recorded as the day the editions were added.
    earlier
        A gazetteer whose editions are kept.
    edition
        YYYY-MM, for a file that does not say its edition itself.
    progress
        Told what is being done and the share done, 0 to 1.

    Raises
    ------
    BadInputError
        A file is of another kind, empty, corrupt or unsafe; nothing is written.
    WorkspaceError
        The file cannot be written.
    """
    if not paths:
        message = "No postcode file was given; expected OS Code-Point Open, ONSPD or NSPL."
        raise BadInputError(message)
    tell = progress or _silent
    sources = [
        read_source(path, edition=edition, today=today, progress=_share(tell, 0.5 * at / len(paths), 0.5 / len(paths)))
        for at, path in enumerate(paths)
    ]
    editions = _join_editions(store.read_editions(earlier.path) if earlier else (), sources)
    tell("Merging editions", 0.5)
    kept = [_merge_state(earlier)] if earlier else []
    rows = merge.newest_rows([*kept, *(source.rows for source in sources)])
    frame = _finish(rows, _coverage(editions), tell)
    tell("Writing", 0.95)
    store.write_store(frame, editions, out)
    tell("Done", 1.0)
    return Gazetteer(out)


def _merge_state(earlier: Gazetteer) -> pd.DataFrame:
    table = pq.read_table(earlier.path, columns=list(_MERGED)).replace_schema_metadata()
    state: pd.DataFrame = table.to_pandas()
    return state


def _join_editions(
    earlier: Sequence[store.StoredEdition], sources: Sequence[SourceEdition]
) -> list[store.StoredEdition]:
    """List all editions once, oldest first; a file added again takes its own place."""
    by_file = {item.edition.sha256: item for item in earlier}
    by_file |= {item.edition.sha256: store.StoredEdition(item.edition, item.month, item.covers) for item in sources}
    return sorted(by_file.values(), key=lambda item: (item.month, item.edition.file_name, item.edition.sha256))


def _coverage(editions: Sequence[store.StoredEdition]) -> dict[int, dict[str, int]]:
    """Add up what the files of one month cover: loose area files of one edition are one edition."""
    coverage: dict[int, dict[str, int]] = {}
    for item in editions:
        counts = coverage.setdefault(item.month, {})
        for area, count in item.covers.items():
            counts[area] = max(counts.get(area, 0), count)
    return coverage


def _finish(rows: pd.DataFrame, coverage: merge.Coverage, tell: Progress) -> pd.DataFrame:
    """Work out everything that follows from the merged rows, as a GAZETTEER table with the columns for merging."""
    terminated = merge.termination_months(rows, coverage)
    frame = rows.assign(
        quality=rows["quality"].astype("int16"),
        terminated=terminated,
        shared_point=merge.live_postcodes_on_point(rows, terminated),
    )
    easting, northing = (rows[name].to_numpy(dtype=np.int32) for name in ("easting", "northing"))
    for at, resolution in enumerate(RESOLUTIONS):
        tell(f"Finding cells of resolution {resolution}", 0.6 + 0.1 * at)
        frame[f"h3_{resolution}"] = cells_at(easting, northing, resolution=resolution)
    GAZETTEER.validate(frame[list(store.PUBLIC_COLUMNS)])
    return frame


def _share(tell: Progress, start: float, width: float) -> Progress:
    return lambda step, done: tell(step, start + width * done)


def _silent(_step: str, _done: float) -> None:
    return
