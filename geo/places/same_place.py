"""Find sites of several lists that look like one place, and say in plain words why.

Nothing is decided here: a pair is shown to an officer, who says what it is. What counts is how alike the names are,
how far apart the points are, whether the postcode is the same, and whether both are of one kind. The points of one
building differ between publishers, a postcode's point here and the door there.
"""

from dataclasses import dataclass
from typing import Final, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import NATIONAL_GRID, require_crs
from geo.places.site_names import SiteName, names_alike, read_name, word_weights

Looks = Literal["same place", "one roof"]

SAME_ROOF_M: Final = 30.0
SAME_NAME_M: Final = 400.0
_HALLS: Final = frozenset({"community_centre", "village_hall", "other"})
_ALIKE: Final = 0.6
_VERY_ALIKE: Final = 0.9
_NEXT_DOOR_M: Final = 100.0
_TOWN_AND_MORE: Final = 2  # words: a library and a surgery that share the town's name alone are two places
_SHARED_POSTCODE_M: Final = 150.0  # a postcode's point is about so far from the doors it stands for
_LIKELY: Final = 0.6
_TWO_KINDS: Final = 0.6
_ODS_CODE: Final = 6  # letters and figures of a practice's code
_WEIGHTS: Final = (0.5, 0.35, 0.15)  # of name, distance, postcode


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two sites that look like one place.

    Attributes
    ----------
    first, second
        Their ids, the lesser one first.
    looks
        "same place" where both are of one kind and named alike, so that one is probably the other; "one roof" where
        they are perhaps two services of one building.
    score
        0 to 1: how likely.
    distance_m
        Metres between their points.
    reasons
        Why, in plain words.
    """

    first: str
    second: str
    looks: Looks
    score: float
    distance_m: float
    reasons: tuple[str, ...]

    @property
    def likely(self) -> bool:
        """Tell whether one place is probably counted twice: kind and name fit, and most of the rest."""
        return self.looks == "same place" and self.score >= _LIKELY

    def words(self) -> str:
        """Say why in one line."""
        return ", ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What two sites have in common."""

    names: float
    same_words: bool
    shared_words: int
    nameless: bool
    branch: bool
    distance_m: float
    postcode: bool
    kind: bool

    def looks(self) -> Looks | None:
        """Say what the pair looks like; None where it looks like nothing."""
        near = self.distance_m <= SAME_ROOF_M
        if self.kind and (self.names >= _ALIKE or (self.nameless and near)):
            return "same place"
        within_m = _SHARED_POSTCODE_M if self.postcode else SAME_ROOF_M
        if self.kind:
            return "one roof" if self.distance_m <= within_m else None
        named = self.names >= _VERY_ALIKE and self.shared_words >= _TOWN_AND_MORE
        return "one roof" if near or (named and self.distance_m <= _NEXT_DOOR_M) else None

    def score(self) -> float:
        """Add up what fits, 0 to 1; two kinds of place are rather two places."""
        reach = SAME_NAME_M - SAME_ROOF_M
        nearness = 1 - min(max(self.distance_m - SAME_ROOF_M, 0) / reach, 1)
        parts = (self.names, nearness, float(self.postcode))
        total = sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))
        return round(total * (1 if self.kind else _TWO_KINDS), 3)

    def reasons(self) -> tuple[str, ...]:
        """Say in plain words what they have in common and what not."""
        told = [self._name(), f"{self.distance_m:.0f} m apart"]
        told += ["same postcode"] * self.postcode
        return (*told, *([] if self.kind else ["different kinds"]))

    def _name(self) -> str:
        if self.branch:
            return "a branch of the other"
        if self.nameless:
            return "a name that tells only the kind"
        if self.names < _ALIKE:
            return "different names"
        if self.names < _VERY_ALIKE:
            return "similar name"
        return "same name" if self.same_words else "same name but for the kind"


def likely_pairs(sites: gpd.GeoDataFrame) -> tuple[Likeness, ...]:
    """Find the pairs of sites that look like one place, the likeliest first.

    Parameters
    ----------
    sites
        SITES table, EPSG:27700, in any order.

    Returns
    -------
    tuple
        Pairs at most 400 m apart, each once.
    """
    require_crs(sites, NATIONAL_GRID)
    if len(sites) < 2:  # noqa: PLR2004 - one site is like no other
        return ()
    table = sites.sort_values("site_id").reset_index(drop=True)
    names = [read_name(name) for name in table["name"]]
    weights = word_weights(names)
    points = table.geometry.to_numpy()
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=SAME_NAME_M)
    apart = one < other
    pairs = zip(one[apart].tolist(), other[apart].tolist(), strict=True)
    metres = np.asarray(shapely.distance(points[one[apart]], points[other[apart]]), dtype=np.float64).tolist()
    rows = table[["site_id", "category", "postcode"]].to_dict("list")
    found = [
        _likeness(rows, (first, second), names, weights, distance_m)
        for (first, second), distance_m in zip(pairs, metres, strict=True)
    ]
    return tuple(sorted((pair for pair in found if pair), key=lambda pair: (-pair.score, pair.first, pair.second)))


def _likeness(
    rows: dict[str, list[str]],
    pair: tuple[int, int],
    names: list[SiteName],
    weights: dict[str, float],
    distance_m: float,
) -> Likeness | None:
    ids, kinds, postcodes = ([rows[name][at] for at in pair] for name in ("site_id", "category", "postcode"))
    one, other = (names[at] for at in pair)
    branch = kinds == ["gp_surgery"] * 2 and _is_branch(*ids) and postcodes[0] == postcodes[1] != ""
    found = _Pair(
        names=1.0 if branch else names_alike(one, other, weights),
        same_words=one == other,
        shared_words=len(one.telling & other.telling),
        nameless=not (one.telling and other.telling),
        branch=branch,
        distance_m=distance_m,
        postcode=postcodes[0] == postcodes[1] != "",
        kind=kinds[0] == kinds[1] or set(kinds) <= _HALLS,
    )
    looks = found.looks()
    return None if looks is None else Likeness(ids[0], ids[1], looks, found.score(), distance_m, found.reasons())


def _is_branch(one: str, other: str) -> bool:
    """Tell whether NHS ODS's code of one surgery begins with the other's, as a branch's does with its practice's.

    Examples
    --------
    >>> _is_branch("gp_branches:J82216001", "gp_surgeries:J82216")
    True
    """
    branch, practice = (text.partition(":")[2] for text in sorted((one, other)))
    return len(practice) == _ODS_CODE and len(branch) > _ODS_CODE and branch.startswith(practice)
