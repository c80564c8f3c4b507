"""Draw from where a site is reached within so many minutes: one outline a band, the nearest the boldest."""

from typing import Any, Final

import geopandas as gpd
import shapely

from geo.crs import NATIONAL_GRID, frame_to_wgs84, require_crs
from layers.base import PlannerMap, call
from layers.payload import polygon_deltas
from layers.style import WHITE, Fill, LegendEntry

_PANE: Final = "planner-isochrones"
_LEVEL: Final = 436  # above the cells, below the pins
_COLOUR: Final = "#00474f"
_HALO: Final = Fill(colour="", line=WHITE, line_px=5.0)
_LOOKS: Final = (
    Fill(colour="", line=_COLOUR, line_px=3.0),
    Fill(colour="", line=_COLOUR, line_px=2.6, dash="10 5"),
    Fill(colour="", line=_COLOUR, line_px=2.2, dash="2 6"),
)
# Streets leave gaps between them that nobody would call out of reach; the line is drawn round them, on either side so
# far.
_GAP_M: Final = {"walk": 120.0, "drive": 500.0}
_SIMPLER_M: Final = 15.0
_HOLE_M2: Final = 250_000.0


def draw_isochrones(target: PlannerMap, bands: gpd.GeoDataFrame) -> None:
    """Draw the outline of each band.

    Parameters
    ----------
    bands
        Columns `minutes`, `mode` and geometry, the fewest minutes first, EPSG:27700, as `reach_shapes` gives them; each
        shape holds those of fewer minutes. Gaps between streets narrower than 240 m on foot, or 1 km by car, are drawn
        as reached.

    Raises
    ------
    BadInputError
        The bands are not in EPSG:27700.
    """
    require_crs(bands, NATIONAL_GRID)
    if len(bands):
        call(target, "quiet", _lines(bands))


def legend_entries(bands: gpd.GeoDataFrame) -> tuple[LegendEntry, ...]:
    """Name the bands."""
    names = [f"Within {minutes:g} minutes" for minutes in bands["minutes"].tolist()]
    return tuple(LegendEntry(name, _look(at), line=True) for at, name in enumerate(names))


def _lines(bands: gpd.GeoDataFrame) -> dict[str, Any]:
    gap_m = _GAP_M[str(bands["mode"].iloc[0])]
    smooth = bands.geometry.buffer(gap_m, quad_segs=4).buffer(-gap_m, quad_segs=4).simplify(_SIMPLER_M)
    whole = gpd.GeoDataFrame(geometry=[_without_small_holes(shape) for shape in smooth], crs=bands.crs)
    shapes = [polygon_deltas(shape) for shape in frame_to_wgs84(whole).geometry]
    return {
        "shapes": [*shapes, *shapes],
        "classes": [0] * len(shapes) + [1 + min(band, len(_LOOKS) - 1) for band in range(len(shapes))],
        "styles": [look.options() for look in (_HALO, *_LOOKS)],
        "pane": _PANE,
        "level": _LEVEL,
        "closed": True,
    }


def _without_small_holes(shape: shapely.Geometry) -> shapely.Geometry:
    """Fill the holes that are smaller than a quarter of a square kilometre."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    kept = [[ring for ring in part.interiors if shapely.Polygon(ring).area >= _HOLE_M2] for part in parts]
    return shapely.MultiPolygon(
        [shapely.Polygon(part.exterior, rings) for part, rings in zip(parts, kept, strict=True)]
    )


def _look(band: int) -> Fill:
    return _LOOKS[min(band, len(_LOOKS) - 1)]
