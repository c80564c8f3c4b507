"""What looks wrong in a new edition beside the one in use: too few rows, other codes, another place.

Every check gives sentences: doubts, which the officer must answer before anything is replaced, or remarks, which are
told afterwards.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.errors import DoubtError
from geo.places.inside import boundary_shape

ROWS_SHARE: Final = 0.25
"""A published list grows or shrinks by a few rows in a hundred between two editions; a quarter is asked about."""
OWN_ROWS_SHARE: Final = 0.5
"""A council's own table may be cut or filled at a sitting."""
LEAST_ROWS: Final = 5
"""Fewer rows of difference are read at a glance: a list of six food banks that has three is not asked about."""
CODES_SHARE: Final = 0.2
HOMES_SHARE: Final = 0.1
_LEAST_HOMES: Final = 50
_COVERED: Final = 0.8
_COVERS_LESS: Final = 0.05
"""A council's own areas may cover half of it on purpose; another outline of the same areas is not asked about."""
_SAME_DISTRICT: Final = 0.5
_INSIDE_FALLS: Final = 0.5
_ANSWER: Final = "Nothing was replaced. Look at the file; if it is right, give the same again with --anyway."


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a person has answered for a file already.

    Attributes
    ----------
    anyway
        Take it whatever looks wrong.
    older_too
        Take it though it is older than the edition in use.
    """

    anyway: bool = False
    older_too: bool = False


ASKING: Final = Trust()
"""The person has answered for nothing yet."""


@dataclass(frozen=True, slots=True)
class Codes:
    """How the codes of two editions differ.

    Attributes
    ----------
    gone, new
        Codes that only the one in use has, and only the new one.
    before
        How many the one in use has.
    """

    gone: tuple[str, ...]
    new: tuple[str, ...]
    before: int

    @property
    def gone_share(self) -> float:
        """Which share of the codes in use the new edition does not know."""
        return len(self.gone) / self.before if self.before else 0.0


def require_trust(what: str, doubts: Sequence[str], trust: Trust) -> None:
    """Ask the person, unless there is nothing to ask or they have answered.

    Parameters
    ----------
    what
        The file, or the data set.

    Raises
    ------
    DoubtError
        There is a doubt that nobody has answered.
    """
    if doubts and not trust.anyway:
        message = f"{what} looks wrong beside what is in use. {' '.join(doubts)} {_ANSWER}"
        raise DoubtError(message, tuple(doubts))


def rows_doubt(what: str, *, before: int, after: int, share: float = ROWS_SHARE) -> tuple[str, ...]:
    """Doubt an edition that has far fewer or far more rows than the last.

    Parameters
    ----------
    what
        What the rows are, such as "GP surgeries in and near the district".
    share
        A difference of more than this part of the rows before is asked about, where it is at least five rows.

    Examples
    --------
    >>> rows_doubt("GP surgeries", before=15, after=7)
    ('It has 7 GP surgeries; the edition in use has 15 (53 % fewer).',)
    >>> rows_doubt("food banks", before=6, after=3), rows_doubt("GP surgeries", before=40, after=45)
    ((), ())
    """
    difference = after - before
    if before == 0 or abs(difference) < LEAST_ROWS or abs(difference) <= share * before:
        return ()
    how = "more" if difference > 0 else "fewer"
    percent = round(100 * abs(difference) / before)
    return (f"It has {after:,} {what}; the edition in use has {before:,} ({percent:,} % {how}).",)


def codes_of(before: Iterable[str], after: Collection[str]) -> Codes:
    """Compare the codes of two editions.

    Examples
    --------
    >>> codes_of(["E01", "E02"], ["E02", "E03"])
    Codes(gone=('E01',), new=('E03',), before=2)
    """
    old, new = set(before), set(after)
    return Codes(tuple(sorted(old - new)), tuple(sorted(new - old)), len(old))


def codes_words(codes: Codes, *, what: str) -> tuple[str, ...]:
    """Say which codes are gone, with the likely reason; nothing where all are there still.

    Parameters
    ----------
    what
        What has the codes, such as "LSOAs".
    """
    if not codes.gone:
        return ()
    such_as = ", ".join(codes.gone[:3])
    words = (
        f"Of the {codes.before:,} {what} in use it lacks the codes of {len(codes.gone):,} (such as {such_as}) and has "
        f"{len(codes.new):,} others: the areas were drawn or numbered anew since (as LSOAs were between 2011 and 2021, "
        "wards at a review, districts at a merger), or it is of another place."
    )
    return (words,)


def site_doubts(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *, what: str, share: float) -> tuple[str, ...]:
    """Doubt a list of sites: far fewer or more, hardly one the same, or most of them outside the district at once.

    Parameters
    ----------
    before, after
        SITES tables of one data set.
    what
        What they are, such as "GP surgeries".
    share
        As in `rows_doubt`.
    """
    rows = rows_doubt(f"{what} in and near the district", before=len(before), after=len(after), share=share)
    codes = codes_of(before["site_id"], set(after["site_id"]))
    known = len(before) - len(codes.gone)
    other: tuple[str, ...] = ()
    if len(codes.gone) >= LEAST_ROWS and codes.gone_share > share and not rows:
        other = (f"Only {known:,} of the {len(before):,} {what} in use are in it under the same code.",)
    return (*rows, *other, *_inside_doubt(before, after, what))


def _inside_doubt(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, what: str) -> tuple[str, ...]:
    was, now = (float(sites["inside"].mean()) if len(sites) else 0.0 for sites in (before, after))
    if min(len(before), len(after)) < LEAST_ROWS or was - now < _INSIDE_FALLS:
        return ()
    return (f"{now:.0%} of its {what} lie in the district; of those in use {was:.0%} do.",)


def area_doubts(
    before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, boundary: gpd.GeoDataFrame, *, what: str
) -> tuple[str, ...]:
    """Doubt areas that leave much of the district uncovered, which those in use cover, or lack many codes in use.

    Parameters
    ----------
    before, after
        AREAS tables, any stated CRS.
    boundary
        The district, any stated CRS.
    """
    district = boundary_shape(boundary)
    was, now = (_covered(areas, district) for areas in (before, after))
    far = (
        (f"Its {what} cover {now:.0%} of the district; those in use cover {was:.0%}.",)
        if now < _COVERED and now < was - _COVERS_LESS
        else ()
    )
    codes = codes_of(before["code"], set(after["code"]))
    many = len(codes.gone) >= LEAST_ROWS and codes.gone_share > CODES_SHARE
    return (*far, *(codes_words(codes, what=what) if many else ()))


def area_remarks(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame, *, what: str) -> tuple[str, ...]:
    """Tell the codes that changed though they are few: what carries an old one is counted there no more."""
    codes = codes_of(before["code"], set(after["code"]))
    if not codes.gone:
        return ()
    return (*codes_words(codes, what=what), "Records carry the old codes until their exports are added again.")


def boundary_doubts(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Doubt a boundary that is not, for its greater part, that of the district in use.

    Parameters
    ----------
    before, after
        Polygons in any stated CRS.
    """
    was, now = boundary_shape(before), boundary_shape(after)
    shared = shapely.area(shapely.intersection(was, now)) / shapely.area(shapely.union(was, now))
    if shared >= _SAME_DISTRICT:
        return ()
    where = f"has {shared:.0%} of its ground in common with it" if round(shared, 2) else "lies elsewhere"
    return (f"Its boundary {where}: was the district merged, or is it another district?",)


def homes_doubts(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, ...]:
    """Doubt homes whose number is far from that in use, or that stand at far fewer postcodes.

    Parameters
    ----------
    before, after
        HOMES tables; the newest year of each counts.
    """
    old, new = _newest(before), _newest(after)
    was, now = float(old["homes"].sum()), float(new["homes"].sum())
    rows = rows_doubt("postcodes with homes", before=len(old), after=len(new))
    if not was or abs(now - was) <= max(HOMES_SHARE * was, _LEAST_HOMES):
        return rows
    how = "more" if now > was else "fewer"
    counted = f"It counts {now:,.0f} homes in and near the district; those in use are {was:,.0f}"
    return (*rows, f"{counted} ({round(100 * abs(now - was) / was):,} % {how}).")


def _newest(homes: pd.DataFrame) -> pd.DataFrame:
    newest: pd.DataFrame = homes[homes["year"] == homes["year"].max()]
    return newest


def _covered(areas: gpd.GeoDataFrame, district: shapely.Geometry) -> float:
    """Tell which share of the district areas cover."""
    return float(shapely.area(shapely.intersection(boundary_shape(areas), district)) / shapely.area(district))
