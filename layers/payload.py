"""Pack what a map must carry: text that cannot break out of a script, coordinates as small whole numbers."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

DEGREE: Final = 100_000  # a hundred-thousandth of a degree is about a metre; layers/web/planner.js says the same
_TEMPLATE_MARK: Final = re.compile(r"\{(?=[{%#])")

Deltas = list[int]


def safe_json(data: object) -> str:
    r"""Write data as JSON that can stand inside a script, and inside a template, without being read as either.

    Names come from files. `<`, `>`, `&` and quotes could end the script; `{{`, `{%` and `{#` would be run as a
    template, because branca reads a rendered script as a template once more.

    Examples
    --------
    >>> safe_json({"name": "</script>{{ 7*7 }}"})
    '{"name":"\\u003c/script\\u003e\\u007b{ 7*7 }}"}'
    """
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _TEMPLATE_MARK.sub(r"\\u007b", text)


def path_deltas(lon_lat: npt.ArrayLike) -> Deltas:
    """Write a path as its first point and the steps from it.

    Parameters
    ----------
    lon_lat
        EPSG:4326 degrees, shape (points, 2), longitude first.

    Returns
    -------
    list of int
        Latitude and longitude in turn, in hundred-thousandths of a degree.

    Examples
    --------
    >>> path_deltas([[-1.5, 51.0], [-1.50001, 51.00002]])
    [5100000, -150000, 2, -1]
    """
    whole = np.rint(np.asarray(lon_lat, dtype=np.float64).reshape(-1, 2)[:, ::-1] * DEGREE).astype(np.int64)
    return [int(value) for value in np.diff(whole, axis=0, prepend=0).ravel()]


def polygon_deltas(geometry: shapely.Geometry) -> list[list[Deltas]]:
    """Write a polygon or multipolygon as polygons of rings, the outer ring first."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]


def line_deltas(geometry: shapely.Geometry) -> list[Deltas]:
    """Write a line or multiline as its lines."""
    return [path_deltas(shapely.get_coordinates(part)) for part in shapely.get_parts(geometry)]


def cell_deltas(rings: list[tuple[tuple[float, float], ...]]) -> dict[str, Any]:
    """Write many cells of nearly one shape, each as its difference from the cell before it.

    Parameters
    ----------
    rings
        (lat, lng) degrees of each cell's corners, as h3 gives them.

    Returns
    -------
    dict
        `width`, the numbers a cell takes, and `deltas`, all of them in one list.
    """
    corners = max((len(ring) for ring in rings), default=0)
    padded = [ring + (ring[-1],) * (corners - len(ring)) for ring in rings]
    whole = np.rint(np.array(padded, dtype=np.float64).reshape(len(rings), corners, 2) * DEGREE).astype(np.int64)
    steps = np.diff(whole, axis=1, prepend=0).reshape(len(rings), corners * 2)
    rows = np.diff(steps, axis=0, prepend=np.zeros((1, corners * 2), dtype=np.int64))
    return {"width": corners * 2, "deltas": rows.ravel().tolist()}


def indexed(values: Iterable[str]) -> tuple[list[str], list[int]]:
    """Write repeated words once: the distinct words, and each row's place among them."""
    words: dict[str, int] = {}
    rows = [words.setdefault(value, len(words)) for value in values]
    return list(words), rows


def _ring(ring: shapely.LinearRing) -> Deltas:
    return path_deltas(shapely.get_coordinates(ring)[:-1])
