"""Say where a pack comes from: editions of its data sets, the coordinate operation, versions of the software."""

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from geo.crs import OPERATION
from geo.editions import Edition

FORMAT: Final = 1
"""Of the aggregates; a later planner reads earlier ones."""

_SOFTWARE: Final = ("hotspot-planner", "numpy", "scipy", "pandas", "numba", "h3", "shapely", "pyproj", "geopandas")


def origins() -> dict[str, Any]:
    """Say with what a pack is made."""
    return {"format": FORMAT, "operation": OPERATION, "software": _software()}


def told_editions(editions: Sequence[Edition]) -> list[dict[str, str]]:
    """Write editions as a pack tells them, without the number of their rows."""
    return [
        {
            "dataset": edition.dataset,
            "title": edition.title,
            "edition": edition.edition,
            "licence": edition.licence,
            "attribution": edition.attribution,
            "digest": edition.sha256,
        }
        for edition in editions
    ]


def year_before(year: str) -> str:
    """Name the review year before.

    Examples
    --------
    >>> year_before("2024-25"), year_before("2000-01")
    ('2023-24', '1999-00')
    """
    start = int(year[:4]) - 1
    return f"{start:04d}-{(start + 1) % 100:02d}"


def _software() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in _SOFTWARE:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not known"
    return found
