"""Which sites of a data set are new, gone, moved or renamed since the edition before."""

from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

How = Literal["gone", "moved", "renamed", "new"]

MOVED_M: Final = 50.0
"""Less is another way of measuring the same door."""
_SAME_SPOT_M: Final = 25.0
_ORDER: Final[tuple[How, ...]] = ("gone", "moved", "renamed", "new")


@dataclass(frozen=True)
class SiteChange:
    """What became of one site.

    Attributes
    ----------
    how
        Gone, moved, renamed or new.
    site_id
        Its id before, or now where it is new.
    name
        What it is called now, or was where it is gone.
    was
        What it was called; empty where it has kept its name.
    metres
        How far it moved, by the straight line; 0 where it stayed.
    inside
        Whether it is, or was, in the district.
    """

    how: How
    site_id: str
    name: str
    was: str
    metres: int
    inside: bool

    @property
    def sentence(self) -> str:
        """Say it in a line."""
        beyond = "" if self.inside else " (outside the district)"
        by = f" {self.metres:,} m" if self.metres else ""
        told = {
            "gone": "gone",
            "new": "new",
            "moved": f"moved{by}" + (f", and called {self.was} before" if self.was else ""),
            "renamed": f"called {self.was} before",
        }
        return f"{self.name}{beyond}: {told[self.how]}."


def site_changes(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> tuple[SiteChange, ...]:
    """Compare two editions of a list of sites.

    A site is the same where it has the same code. Lists without codes name a site by what it says of itself: there one
    that is gone is the same as a new one of the same name, or of the same kind on the same spot, where that is one.

    Parameters
    ----------
    before, after
        SITES tables of one data set, EPSG:27700.

    Returns
    -------
    tuple of SiteChange
        Those that are gone first, then moved, renamed and new; by name.
    """
    pairs = _pairs(before, after)
    lost = before[~before["site_id"].isin(pairs)]
    come = after[~after["site_id"].isin(pairs.values())]
    changes = [
        *(_alone("gone", row) for row in lost.itertuples()),
        *(_alone("new", row) for row in come.itertuples()),
        *_between(before.set_index("site_id"), after.set_index("site_id"), pairs),
    ]
    return tuple(sorted(changes, key=lambda one: (_ORDER.index(one.how), one.name.casefold(), one.site_id)))


def _alone(how: How, row: object) -> SiteChange:
    site, name, inside = (getattr(row, column) for column in ("site_id", "name", "inside"))
    return SiteChange(how, str(site), str(name), "", 0, bool(inside))


def _between(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, pairs: dict[str, str]) -> list[SiteChange]:
    found = []
    for old, new in pairs.items():
        was, now = before.loc[old], after.loc[new]
        metres = float(shapely.distance(was["geometry"], now["geometry"]))
        moved, renamed = metres >= MOVED_M, _folded(was["name"]) != _folded(now["name"])
        if moved or renamed:
            how: How = "moved" if moved else "renamed"
            called = str(was["name"]) if renamed else ""
            found.append(SiteChange(how, old, str(now["name"]), called, round(metres) * moved, bool(now["inside"])))
    return found


def _pairs(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> dict[str, str]:
    """Find the same site in both editions: id before to id after."""
    same = sorted(set(before["site_id"]) & set(after["site_id"]))
    pairs = {str(site): str(site) for site in same}
    for alike in (_of_one_name, _on_one_spot):
        lost = before[~before["site_id"].isin(pairs)]
        come = after[~after["site_id"].isin(pairs.values())]
        pairs |= alike(lost, come)
    return pairs


def _of_one_name(lost: gpd.GeoDataFrame, come: gpd.GeoDataFrame) -> dict[str, str]:
    """Pair sites whose kind and name are those of one site only, in either edition."""
    named = [_once(rows["category"] + "|" + rows["name"].map(_folded), rows["site_id"]) for rows in (lost, come)]
    return {site: named[1][name] for name, site in named[0].items() if name in named[1]}


def _once(keys: pd.Series, ids: pd.Series) -> dict[str, str]:
    alone = ~keys.duplicated(keep=False)
    return dict(zip(keys[alone].astype(str), ids[alone].astype(str), strict=True))


def _on_one_spot(lost: gpd.GeoDataFrame, come: gpd.GeoDataFrame) -> dict[str, str]:
    """Pair sites of one kind that stand on one spot, where nothing else of the kind does."""
    if lost.empty or come.empty:
        return {}
    near = shapely.distance(lost.geometry.to_numpy()[:, None], come.geometry.to_numpy()[None, :]) <= _SAME_SPOT_M
    near &= lost["category"].to_numpy(dtype=object)[:, None] == come["category"].to_numpy(dtype=object)[None, :]
    lonely = (near.sum(axis=1) == 1)[:, None] & (near.sum(axis=0) == 1)[None, :]
    rows, columns = np.nonzero(near & lonely)
    ids = [frame["site_id"].astype(str).to_numpy() for frame in (lost, come)]
    return {str(ids[0][row]): str(ids[1][column]) for row, column in zip(rows, columns, strict=True)}


def _folded(name: object) -> str:
    return " ".join(str(name).casefold().split())
