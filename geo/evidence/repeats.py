"""Tell households, approaches, referrals and agencies apart, and say how many rows are repeats."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.evidence.counts import unit_of
from geo.evidence.episodes import find_episodes
from geo.evidence.missing import DISTRICT
from geo.evidence.periods import ALL_PERIODS, review_year
from geo.schema import REPEATS

_REFERRED: Final = ("duty_to_refer", "other_agency")
_ORDER: Final = ("district", "feed", "source")
_KEYS: Final = ["by", "group", "period"]


@dataclass(frozen=True)
class Repeats:
    """Hold who is behind the rows.

    Attributes
    ----------
    table
        REPEATS table: the district, every feed and every source, each for all years together and year by year. Rows,
        episodes and repeats of the feeds, of the sources and of the years add up to the district's; households do not,
        for one may be known to several sources and come in several years.
    episode_months
        A household's rows within this many months of the first one are one episode.
    """

    table: pd.DataFrame
    episode_months: int

    def of(self, by: str, *, period: str = ALL_PERIODS) -> pd.DataFrame:
        """Give the rows of the table for the district, the feeds or the sources in one period."""
        chosen = (self.table["by"] == by) & (self.table["period"] == period)
        return self.table[chosen].reset_index(drop=True)


def find_repeats(records: pd.DataFrame, *, months: int, first_month: int) -> Repeats:
    """Count rows, households and episodes for the district, and by feed and source and review year.

    An episode counts where its first row is: so a group's rows are the episodes it was first to see and the repeats
    of episodes that began with an earlier row, of this source or of another.

    Parameters
    ----------
    records
        RECORDS table. Duplicates are counted apart.
    months
        A household's rows within this many months of its first are one episode, as in `find_episodes`.
    first_month
        The month in which a review year begins, 1 to 12.
    """
    episodes = find_episodes(records, months=months, first_month=first_month)
    later = (episodes["household"] != "") & (episodes.groupby("household").cumcount() > 0)
    begun = _grouped(episodes[["household", "feed", "source", "period", "rows"]].assign(later=later))
    years = review_year(records["month"], first_month=first_month)
    rows = _grouped(records[["household", "feed", "source", "route", "status"]].assign(period=years))
    rows["shared"] = _shared(rows)
    begun_by = {_key(key): part for key, part in begun.groupby(_KEYS)}
    found = {_key(key): part for key, part in rows.groupby(_KEYS)}
    keys = sorted(found, key=lambda key: (_ORDER.index(key[0]), key[1], key[2] != ALL_PERIODS, key[2]))
    counted = [
        dict(zip(_KEYS, key, strict=True)) | _count(found[key], begun_by.get(key, begun.iloc[:0])) for key in keys
    ]
    types = {name: str(column.dtype) for name, column in REPEATS.columns.items()}
    return Repeats(REPEATS.validate(pd.DataFrame(counted, columns=list(types)).astype(types)), months)


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay the rows out once for every group they count in: three groupings, each by year and all years together."""
    copies = [
        rows.assign(by=by, group=DISTRICT if by == "district" else rows[by], period=period)
        for by in _ORDER
        for period in (ALL_PERIODS, rows["period"])
    ]
    return pd.concat(copies, ignore_index=True)


def _shared(rows: pd.DataFrame) -> pd.Series:
    """Mark the rows of households that more than one source knows of in the same period."""
    counted = rows[(rows["by"] == "district") & (rows["status"] != "duplicate") & (rows["household"] != "")]
    sources = counted.groupby(["period", "household"])["source"].nunique()
    several = pd.MultiIndex.from_frame(rows[["period", "household"]]).isin(sources.index[sources > 1])
    return pd.Series(several, index=rows.index)


def _key(key: Any) -> tuple[str, str, str]:  # noqa: ANN401 - pandas types the key of a group as any scalar
    by, group, period = key
    return str(by), str(group), str(period)


def _count(rows: pd.DataFrame, begun: pd.DataFrame) -> dict[str, Any]:
    """Count one group's rows, and the episodes that begin in it."""
    kept = rows[rows["status"] != "duplicate"]
    named = kept[kept["household"] != ""]
    households, back = named["household"].nunique(), begun.loc[begun["later"], "household"].nunique()
    referred = kept[kept["route"].isin(_REFERRED)]
    repeats = len(kept) - len(begun)
    return {
        "rows": len(kept),
        "approaches": int((kept["route"] == "self").sum()),
        "referrals": len(referred),
        "route_not_stated": int((kept["route"] == "not_stated").sum()),
        "agencies": referred["source"].nunique(),
        "duplicates": len(rows) - len(kept),
        "with_household": len(named),
        "without_household": len(kept) - len(named),
        "households": households,
        "several_sources": named.loc[named["shared"], "household"].nunique(),
        "episodes": len(begun),
        "repeats": repeats,
        "repeat_share": repeats / len(named) if len(named) else None,
        "came_back": back,
        "came_back_share": back / households if households else None,
        "rows_per_episode": begun["rows"].sum() / len(begun) if len(begun) else None,
        "unit": unit_of(kept),
    }
