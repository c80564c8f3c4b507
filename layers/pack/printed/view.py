"""What part of the country a map shows, and how metres become points of the paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import BadInputError

Box = tuple[float, float, float, float]
_MARGIN: Final = 0.04
_LEAST_M: Final = 1_000.0
_BEYOND_PT: Final = 20.0


@dataclass(frozen=True, slots=True)
class View:
    """A window on the National Grid.

    Attributes
    ----------
    bounds_m
        Left, bottom, right, top in metres, EPSG:27700.
    width_pt, height_pt
        Of the window on paper.
    """

    bounds_m: Box
    width_pt: float
    height_pt: float

    @property
    def pt_per_m(self) -> float:
        """Points of paper for a metre, the same in both directions."""
        return self.width_pt / (self.bounds_m[2] - self.bounds_m[0])

    def point(self, east: float, north: float) -> tuple[float, float]:
        """Say where a place is on paper, from the window's lower left corner, in points."""
        return (east - self.bounds_m[0]) * self.pt_per_m, (north - self.bounds_m[1]) * self.pt_per_m

    def on_paper(self, shape: BaseGeometry) -> BaseGeometry:
        """Move a shape onto the paper, in points."""
        moved: BaseGeometry = shapely.transform(shape, self._moved)
        return moved

    def in_window(self, shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """Keep what is in the window and a little beyond, so that no edge is drawn along the frame; in points."""
        beyond = _BEYOND_PT / self.pt_per_m
        left, bottom, right, top = self.bounds_m
        near = (left - beyond, bottom - beyond, right + beyond, top + beyond)
        kept = shapely.clip_by_rect(np.array(list(shapes), dtype=object), *near)
        return list(shapely.transform(kept, self._moved)) if len(kept) else []

    def _moved(self, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray((places - self.bounds_m[:2]) * self.pt_per_m, dtype=np.float64)


def view_of(shapes: Iterable[BaseGeometry], *, width_pt: float, height_pt: float) -> View:
    """Choose the smallest window of a given size that shows all shapes with a margin.

    Raises
    ------
    BadInputError
        There is nothing to show.
    """
    shown = [shape for shape in shapes if not shape.is_empty]
    if not shown:
        message = "There is no shape to draw a map of; the pack needs its district's outline. Make the pack again."
        raise BadInputError(message)
    left, bottom, right, top = shapely.total_bounds(shown)
    wide, high = (max(span * (1 + 2 * _MARGIN), _LEAST_M) for span in (right - left, top - bottom))
    m_per_pt = max(wide / width_pt, high / height_pt)
    half_wide, half_high = m_per_pt * width_pt / 2, m_per_pt * height_pt / 2
    east, north = (left + right) / 2, (bottom + top) / 2
    bounds = (east - half_wide, north - half_high, east + half_wide, north + half_high)
    return View(bounds, width_pt, height_pt)
