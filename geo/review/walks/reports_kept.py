"""Say what of a report's place may be kept: its square of 100 m with the street's name, or the district alone.

A report that lies at a safe place of the council's list, or whose words tell of one, counts for the district only, as
one does that names a town and no more. The two are not told apart, here or in the database: what is said of a file
before and after it is taken in follows from the file alone, and not from the list. Whoever would look for a safe place
by entering reports has to keep each of them, under their name in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from geo.places.streets import Streets
from geo.review.register_screen import Screen, screen_of
from geo.review.streets import streets_of
from geo.review.walks.card_purge import listed_stops
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.reports_places import FoundPlace, Point
from geo.review.workspace import Workspace
from geo.walkabouts.sightings import Located
from geo.walkabouts.squares import square_at

_STREET_WITHIN_M: Final = 100.0


@dataclass(frozen=True)
class KeptPlace:
    """What is kept of a place.

    Attributes
    ----------
    square, street
        The square of 100 m, and the street it lies on as the map names it; both empty for the district alone.
    located
        How the place was given, or "district only".
    """

    square: str = ""
    street: str = ""
    located: Located = "district only"


def kept_places(
    workspace: Workspace, found: Sequence[FoundPlace], given: Sequence[GivenPlace]
) -> tuple[KeptPlace, ...]:
    """Decide for each place what is kept of it.

    Parameters
    ----------
    found
        Good places, without a fault.
    given
        What was typed for each, in the same order.

    Raises
    ------
    MissingDataError
        The workspace's key is not on this machine.
    """
    apart = _district_only(screen_of(workspace), found, given)
    named = [at for at, (one, hidden) in enumerate(zip(found, apart, strict=True)) if one.point and not hidden]
    streets = _street_names(streets_of(workspace) if named else None, [found[at].point or (0.0, 0.0) for at in named])
    kept = [KeptPlace()] * len(found)
    for at, street in zip(named, streets, strict=True):
        kept[at] = KeptPlace(found[at].square, found[at].street or street, found[at].located)
    return tuple(kept)


def _district_only(screen: Screen, found: Sequence[FoundPlace], given: Sequence[GivenPlace]) -> list[bool]:
    """Tell which places may not be kept: each different one is looked at once."""
    asked = [
        (place.point, one.postcode, one.street, one.town) if place.point else None
        for place, one in zip(found, given, strict=True)
    ]
    different = list(dict.fromkeys(one for one in asked if one is not None))
    texts = [{"postcode": code, "street": street, "town": town} for _, code, street, town in different]
    # By the whole square, as places listed later are purged: a row that comes again brings none of them back.
    listed = listed_stops([(square_at(*point), point) for point, *_ in different], screen.safe)
    near = [(square_at(*point), point) in listed for point, *_ in different]
    hidden = {one: here or told for one, here, told in zip(different, near, screen.refused(texts), strict=True)}
    return [one is None or hidden[one] for one in asked]


def _street_names(streets: Streets | None, points: Sequence[Point]) -> list[str]:
    """Name the nearest street of each point that has a name; an empty text where none is near."""
    found = [""] * len(points)
    if streets is None or not points:
        return found
    named = streets.table[(streets.table["name"] != "") & (streets.table["walk_ways"] > 0)]
    if named.empty:
        return found
    tree, names = shapely.STRtree(named.geometry.to_numpy()), named["name"].to_numpy(dtype=object)
    here = shapely.points(np.array(points, dtype=np.float64))
    which, street = tree.query_nearest(here, max_distance=_STREET_WITHIN_M, all_matches=False)
    for at, name in zip(which.tolist(), names[street].tolist(), strict=True):
        found[at] = str(name)
    return found
