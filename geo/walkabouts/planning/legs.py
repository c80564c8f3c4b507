"""Tell the way between two places of a walk: its line, its streets, and where it is known to be unlit."""

from itertools import groupby

import numpy as np
import shapely

from geo.places.streets_tags import LIT_NOT_KNOWN, UNLIT
from geo.walkabouts.plan import Leg
from geo.walkabouts.planning.ground import WalkGround


def leg_between(ground: WalkGround, place: int, following: int) -> Leg:
    """Describe the way from one place of a ground to another."""
    minutes = float(ground.minutes[place, following])
    if ground.ways is None:
        return Leg(_straight(ground, place, following), minutes)
    i, j = ground.rows[place], ground.rows[following]
    stretches = ground.ways.stretches(i, j)
    names = [name for name, _ in groupby(one.name for one in stretches if one.name)]
    return Leg(
        line=ground.ways.line(i, j),
        minutes=minutes,
        streets=tuple(names),
        unlit_share=ground.ways.unlit_share(i, j),
        unlit=tuple(one.line for one in stretches if one.lit == UNLIT and not one.line.is_empty),
    )


def known_light(ground: WalkGround, ways: list[tuple[int, int]]) -> float:
    """Tell of which share of some ways' length the data say whether it is lit, 0 to 1; 0 on straight lines."""
    if ground.ways is None:
        return 0.0
    pairs = [(ground.rows[place], ground.rows[following]) for place, following in ways]
    stretches = [one for i, j in pairs for one in ground.ways.stretches(i, j)]
    metres = np.array([one.line.length for one in stretches])
    known = np.array([one.lit != LIT_NOT_KNOWN for one in stretches], dtype=np.bool_)
    return float(metres[known].sum() / metres.sum()) if metres.sum() > 0 else 0.0


def _straight(ground: WalkGround, place: int, following: int) -> shapely.LineString:
    spots = ground.points[[place, following]]
    return shapely.LineString(spots) if (spots[0] != spots[1]).any() else shapely.LineString()
