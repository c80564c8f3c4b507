"""Tell a way along streets stretch by stretch: the line, the street's name, and whether it is lit."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely

from geo.places.street_paths import PathTree
from geo.places.street_pieces import StreetPieces


@dataclass(frozen=True)
class Stretch:
    """A part of a way on one street.

    Attributes
    ----------
    line
        In the direction walked, EPSG:27700.
    name
        As the map has it; "" where it has none.
    lit
        "lit", "unlit" or "not known".
    """

    line: shapely.LineString
    name: str
    lit: str


def stretches_along(pieces: StreetPieces, tree: PathTree, source: int, target: int) -> tuple[Stretch, ...]:
    """Follow the path from point to point; pieces of one name and light in a row are one stretch.

    Parameters
    ----------
    pieces, tree
        The streets as they were cut, and the paths from the source.
    source, target
        Numbers of the points, as they were given.
    """
    node, walked = pieces.network.junctions + source, []
    for piece in tree.to(pieces.network.junctions + target).tolist():
        backwards = bool(pieces.tail[piece] != node)
        node = int(pieces.tail[piece] if backwards else pieces.head[piece])
        if pieces.metres[piece] > 0:
            street = int(pieces.street[piece])
            said = (str(pieces.network.name[street]), str(pieces.network.lit[street]))
            walked.append((said, pieces.drawn(piece, backwards=backwards)))
    return tuple(
        Stretch(_line([corners for _, corners in parts]), name, lit)
        for (name, lit), parts in ((said, list(group)) for said, group in groupby(walked, key=lambda one: one[0]))
    )


def _line(corners: list[np.ndarray]) -> shapely.LineString:
    spots = np.vstack(corners)
    moved = np.ones(len(spots), dtype=np.bool_)
    moved[1:] = (np.diff(spots, axis=0) != 0).any(axis=1)
    return shapely.LineString(spots[moved]) if moved.sum() > 1 else shapely.LineString()
