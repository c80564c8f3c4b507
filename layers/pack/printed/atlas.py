"""The shapes of a pack on the National Grid, where one kilometre is one kilometre."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import WGS84, frame_to_national_grid
from geo.errors import BadInputError
from geo.review.pack.content import Level, Pack, Shape

_GROUND: Final = frozenset({"land", "water", "roads"})
_CUT_OUT: Final = 0.95
_BEYOND_DEG: Final = 1.0
_CUT_PART: Final = 0.02
_TOLERANCE_M: Final = 20.0  # less than a fifth of a millimetre on A3


@dataclass(frozen=True)
class Atlas:
    """The shapes of a pack.

    Attributes
    ----------
    shapes
        Of each level by their code, in the order given, EPSG:27700.
    names
        Of each level by their code.
    by_the_sea
        Whether what is not land is sea.
    """

    shapes: Mapping[Level, Mapping[str, BaseGeometry]]
    names: Mapping[Level, Mapping[str, str]]
    by_the_sea: bool

    def of(self, level: Level) -> Mapping[str, BaseGeometry]:
        """Return the shapes of a level; none where the pack has none."""
        return self.shapes.get(level, {})


def atlas_of(pack: Pack) -> Atlas:
    """Read the shapes of a pack once, for all its maps.

    Raises
    ------
    BadInputError
        A shape is none.
    """
    shapes = {level: _read(level, found) for level, found in pack.shapes.items()}
    names = {level: {shape.code: shape.name for shape in found} for level, found in pack.shapes.items()}
    return Atlas(shapes, names, by_the_sea=_by_the_sea(shapes.get("land", {})))


def _by_the_sea(land: Mapping[str, BaseGeometry]) -> bool:
    """Say whether what is not land is sea: inland, the land given is a cut-out that fills its own bounds."""
    if not land:
        return False
    whole = shapely.unary_union(list(land.values()))
    return bool(whole.area < _CUT_OUT * shapely.box(*whole.bounds).area)


def _read(level: Level, shapes: tuple[Shape, ...]) -> dict[str, BaseGeometry]:
    try:
        geometry = shapely.from_wkt([shape.wkt for shape in shapes])
    except shapely.errors.ShapelyError as error:
        message = f"A shape of the pack's level '{level}' cannot be read; expected WKT. Make the pack again."
        raise BadInputError(message) from error
    if level == "land":
        geometry = _going_on(geometry)
    frame = gpd.GeoDataFrame(geometry=np.asarray(geometry, dtype=object), crs=WGS84)
    moved = frame_to_national_grid(frame).geometry.to_numpy()
    if level in _GROUND:
        moved = shapely.simplify(moved, _TOLERANCE_M)
    return {shape.code: place for shape, place in zip(shapes, moved, strict=True)}


def _going_on(land: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Let land that was cut straight at the edge of the file go on beyond it, so that no coast is made up there."""
    whole = shapely.unary_union(land)
    if whole.is_empty:
        return land
    left, bottom, right, top = whole.bounds
    sides = (
        (left, bottom, left, top),
        (right, bottom, right, top),
        (left, bottom, right, bottom),
        (left, top, right, top),
    )
    cuts = [part for x, y, to_x, to_y in sides for part in _cuts(whole, shapely.LineString([(x, y), (to_x, to_y)]))]
    beyond = [_outward(cut, (left, bottom, right, top)) for cut in cuts]
    return np.array([shapely.union_all([piece, *(one for one in beyond if one.intersects(piece))]) for piece in land])


def _cuts(whole: BaseGeometry, side: shapely.LineString) -> list[BaseGeometry]:
    parts = shapely.get_parts(shapely.intersection(whole, side))
    return [part for part in parts if part.length > _CUT_PART * side.length]


def _outward(cut: BaseGeometry, bounds: tuple[float, float, float, float]) -> BaseGeometry:
    """Draw the box from a cut outwards; one that reaches a corner turns round it."""
    low_x, low_y, high_x, high_y = cut.bounds
    left, bottom, right, top = bounds
    return shapely.box(
        low_x - _BEYOND_DEG if low_x == left else low_x,
        low_y - _BEYOND_DEG if low_y == bottom else low_y,
        high_x + _BEYOND_DEG if high_x == right else high_x,
        high_y + _BEYOND_DEG if high_y == top else high_y,
    )
