"""Turn shapes of the paper into what matplotlib draws."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.style import Fill

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_HATCHES: Final = {"lines": "////", "dots": "...", "": ""}
_DASHES: Final = "none"
_PT_PER_PX: Final = 0.75


def draw_fill(axes: "Axes", shapes: Iterable[BaseGeometry], look: Fill, *, level: float, scale: float = 1.0) -> None:
    """Draw areas of one look as one path; lines are drawn without filling.

    Parameters
    ----------
    shapes
        In points of the paper.
    level
        What is higher lies above.
    scale
        Of the lines' width.
    """
    path = _path(shapes)
    if path is None:
        return
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - slow to load, and only a printed map needs it

    face = (look.colour or "none", look.opacity) if look.colour else "none"
    line_pt = look.line_px * _PT_PER_PX * scale
    dash = (0, tuple(float(part) * _PT_PER_PX / max(line_pt, 0.1) for part in look.dash.split())) if look.dash else "-"
    drawn = PathPatch(
        path,
        facecolor=face,
        edgecolor=look.line if line_pt else "none",
        linewidth=line_pt,
        linestyle=dash,
        zorder=level,
    )
    axes.add_artist(drawn)
    if look.hatch:
        hatch = _HATCHES[look.hatch]
        axes.add_artist(
            PathPatch(path, facecolor="none", edgecolor=look.hatch_colour, linewidth=0, hatch=hatch, zorder=level + 0.1)
        )


def draw_lines(axes: "Axes", shapes: Iterable[BaseGeometry], look: Fill, *, level: float) -> None:
    """Draw lines of one look as one path."""
    path = _path(shapes)
    if path is None:
        return
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - as above

    width = look.line_px * _PT_PER_PX
    axes.add_artist(
        PathPatch(path, facecolor="none", edgecolor=look.line, linewidth=width, capstyle="round", zorder=level)
    )


def _path(shapes: Iterable[BaseGeometry]) -> "Path | None":
    from matplotlib.path import Path  # noqa: PLC0415 - as above

    parts = [part for shape in shapes for part in shapely.get_parts(shape)]
    polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    lines = [part for part in parts if part.geom_type == "LineString" and not part.is_empty]
    rings = [ring for polygon in polygons for ring in _rings(polygon)]
    runs = [(shapely.get_coordinates(ring), True) for ring in rings]
    runs += [(shapely.get_coordinates(line), False) for line in lines]
    if not runs:
        return None
    codes = [_codes(len(run), Path, closed=closed) for run, closed in runs]
    return Path(np.vstack([run for run, _ in runs]), np.concatenate(codes))


def _rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    """List the rings, the outer one first; holes run the other way, so that they stay empty."""
    turned = shapely.geometry.polygon.orient(polygon)
    return [turned.exterior, *turned.interiors]


def _codes(length: int, path: "type[Path]", *, closed: bool) -> np.typing.NDArray[np.uint8]:
    codes = np.full(length, path.LINETO, dtype=np.uint8)
    codes[0] = path.MOVETO
    if closed:
        codes[-1] = path.CLOSEPOLY
    return codes
