"""Several editions made into one: the newest says where a postcode is now, older ones where a lost one was.

The rule does not depend on the order in which editions are added: of each postcode the row of the newest edition that
holds it is kept, with that edition's month (`seen`) and what it said of termination (`said`); whether a postcode is
terminated follows from these and from what each edition covers.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.places.gazetteer_readers import GONE_DATE_UNKNOWN
from geo.places.postcode import areas

_WHOLE_SHARE: Final = 0.5  # an extract of one district holds about a third of its postcode area
_TOO_FEW: Final = 100  # the smallest real area, Lerwick, has some 700 live postcodes

Coverage = Mapping[int, Mapping[str, int]]
"""Month of an edition (YYYYMM) to its live postcodes by postcode area."""


def newest_rows(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Keep each postcode's row from the newest edition that holds it, sorted by postcode.

    Where two editions of one month disagree, live beats terminated and the better quality wins. The date of
    introduction, which Code-Point Open does not give, is the latest that any edition gives.

    Parameters
    ----------
    tables
        Rows of each edition, as `SourceEdition.rows`.
    """
    rows = pd.concat(list(tables), ignore_index=True)
    repeated = rows["postcode"].duplicated(keep=False)
    kept = pd.concat([rows[~repeated], _newest(rows[repeated])], ignore_index=True)
    return kept.sort_values("postcode", ignore_index=True)


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    order = {"postcode": True, "seen": False, "gone": True, "quality": True, "easting": True, "northing": True}
    ordered = rows.assign(gone=rows["said"] != 0).sort_values(list(order), ascending=list(order.values()))
    introduced = ordered.groupby("postcode", sort=False)["introduced"].max()
    first = ordered.drop_duplicates("postcode").drop(columns="gone")
    return first.assign(introduced=introduced.to_numpy())


def termination_months(rows: pd.DataFrame, coverage: Coverage) -> npt.NDArray[np.int32]:
    """Find when each postcode was terminated.

    An edition that covers a postcode's area and is newer than the last one that holds it says that it is gone.

    Parameters
    ----------
    rows
        As `newest_rows` returns them.
    coverage
        What each edition covers.

    Returns
    -------
    numpy.ndarray
        YYYYMM as the directory said it, else of the first covering edition without it; 0 while live.
    """
    said = rows["said"].to_numpy()
    seen = rows["seen"].to_numpy()
    lacking = np.zeros(len(rows), dtype=np.int32)
    by_area = areas(rows["postcode"])
    for area, at in by_area.groupby(by_area).indices.items():
        months = np.array([*_covering_months(str(area), coverage), 0], dtype=np.int32)
        lacking[at] = months[np.searchsorted(months[:-1], seen[at], side="right")]
    unknown = np.where(lacking > 0, lacking, np.maximum(seen, 1))
    return np.where(said > 0, said, np.where(said == GONE_DATE_UNKNOWN, unknown, lacking)).astype(np.int32)


def _covering_months(area: str, coverage: Coverage) -> list[int]:
    """List the editions, oldest first, that hold the whole of an area and not just an extract."""
    most = max((counts.get(area, 0) for counts in coverage.values()), default=0)
    needed = _WHOLE_SHARE * most if most >= _TOO_FEW else 1
    return sorted(month for month, counts in coverage.items() if month > 0 and counts.get(area, 0) >= needed)


def live_postcodes_on_point(rows: pd.DataFrame, terminated: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Count the live postcodes that stand on each row's very point; 0 where it has no location.

    Many postcodes on one point are PO boxes at a delivery office, or a large building.
    """
    place = rows["easting"].to_numpy(dtype=np.int64) * 10_000_000 + rows["northing"].to_numpy(dtype=np.int64)
    _, which = np.unique(place, return_inverse=True)
    live = np.bincount(which, weights=(terminated == 0).astype(np.float64))
    return np.where(place == 0, 0, live[which]).astype(np.int32)
