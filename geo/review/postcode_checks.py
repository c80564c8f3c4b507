"""What looks wrong in postcodes by a new edition: many ended or moved at once, without a district, off the country."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.places.gazetteer_readers import NO_LOCATION

ENDED_SHARE: Final = 0.1
"""In eleven years 3 in a hundred of a district's postcodes ended."""
MOVED_SHARE: Final = 0.02
NO_DISTRICT_SHARE: Final = 0.05
_FAR_M: Final = 1_000
_LEAST: Final = 5
_OFF_SHARE: Final = 0.001
_EAST, _NORTH = 700_000, 1_250_000  # EPSG:27700, beyond Lowestoft and beyond Shetland


def postcode_doubts(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, ...]:
    """Doubt an edition by which many postcodes in and near the district end, move or lose their district.

    More postcodes than before are welcome: a workspace may begin with the files of one area.

    Parameters
    ----------
    before, after
        GAZETTEER rows in and near the district.
    """
    live, now = _live(before), _live(after)
    both = in_both(live, now)
    ended = len(live) - len(both)
    far = int((moved_m(both) > _FAR_M).sum())
    doubts = []
    if _many(ended, len(live), ENDED_SHARE):
        doubts.append(
            f"By it {ended:,} of the {len(live):,} live postcodes in and near the district would have ended or left: "
            "is the file whole?"
        )
    if _many(far, len(both), MOVED_SHARE):
        doubts.append(f"By it {far:,} of {len(both):,} postcodes would have moved more than a kilometre.")
    return (*doubts, *_without_district(live, now))


def off_the_country_doubt(before: Path, after: Path) -> tuple[str, ...]:
    """Doubt a directory that has more points beyond Great Britain than the one in use.

    Parameters
    ----------
    before, after
        Files of gazetteers.
    """
    was, now = _off_share(before), _off_share(after)
    if now <= max(was, _OFF_SHARE):
        return ()
    return (f"{now:.1%} of its postcodes lie beyond the coasts of Great Britain; of those in use {was:.1%} do.",)


def merger_remark(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, ...]:
    """Tell that the code which most of the district's postcodes had is no postcode's any more.

    Parameters
    ----------
    before, after
        GAZETTEER rows in the district.
    """
    old, new = _live(before)["district"], _live(after)["district"]
    told, left = old[old != ""], new[new != ""]
    if told.empty or left.empty:
        return ()
    code = str(told.mode().iloc[0])
    if (left == code).any():
        return ()
    words = (
        f"The district's code {code} is no postcode's any more; {left.mode().iloc[0]} stands there now. Was the "
        "district merged or numbered anew? Then boundary and wards are to be replaced too."
    )
    return (words,)


def in_both(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Lay two tables side by side where both have a row: the first one's columns end in `_was`."""
    return before.merge(after, left_index=True, right_index=True, suffixes=("_was", ""))


def moved_m(both: pd.DataFrame) -> pd.Series:
    """Measure how far postcodes moved between two editions, in metres; those without a place in either have not.

    Parameters
    ----------
    both
        GAZETTEER columns easting, northing, quality of one edition, and the same with `_was` of the other.
    """
    placed = (both["quality"] < NO_LOCATION) & (both["quality_was"] < NO_LOCATION)
    east, north = (both[name].astype("float64") - both[f"{name}_was"] for name in ("easting", "northing"))
    return pd.Series(np.hypot(east, north), index=both.index).where(placed, 0.0)


def _live(postcodes: pd.DataFrame) -> pd.DataFrame:
    return postcodes[postcodes["terminated"] == 0].set_index("postcode")


def _many(some: int, total: int, share: float) -> bool:
    return some >= _LEAST and some > share * total


def _without_district(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, ...]:
    was, now = (float((rows["district"] == "").mean()) if len(rows) else 0.0 for rows in (before, after))
    blank = int((after["district"] == "").sum())
    if not _many(blank, len(after), NO_DISTRICT_SHARE) or now <= was + NO_DISTRICT_SHARE:
        return ()
    return (f"{now:.0%} of the live postcodes in and near the district would have no district code; now {was:.0%} do.",)


def _off_share(path: Path) -> float:
    table = pq.read_table(path, columns=["easting", "northing"])
    off = pc.or_(pc.greater(table["easting"], _EAST), pc.greater(table["northing"], _NORTH))
    return (pc.sum(off).as_py() or 0) / max(len(table), 1)
