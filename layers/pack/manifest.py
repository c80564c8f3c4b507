"""Write down where a pack comes from, with what it was made, and the digest of each of its files."""

import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import pyogrio

from geo.crs import OPERATION
from geo.review.pack.content import Pack
from layers.pack.checking.members import sha256
from layers.pack.programme_calendar import CalendarOf

FORMAT: Final = 1
"""Of the zip; a later planner reads earlier ones."""
BESIDE: Final = ("written_with", "calendar", "files")
"""What a manifest says beside what can be told again from the frozen numbers."""
_FROM_AGGREGATES: Final = ("editions", "scenario", "rule", "software")
_LIBRARIES: Final = (
    *("hotspot-planner", "numpy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio", "matplotlib", "pillow"),
    *("openpyxl", "icalendar", "folium", "XStatic-Leaflet", "typst"),
)


def manifest_of(
    pack: Pack, aggregates: Mapping[str, Any], files: Mapping[str, bytes], *, calendar: CalendarOf
) -> dict[str, Any]:
    """Write the manifest.

    Parameters
    ----------
    pack
        What the pack says.
    aggregates
        What it was made from.
    files
        Every other file of the zip, by name.
    calendar
        Of the programme.
    """
    digests = {name: {"sha256": sha256(content), "bytes": len(content)} for name, content in sorted(files.items())}
    return {**facts_of(pack, aggregates), "written_with": versions(), "calendar": asdict(calendar), "files": digests}


def facts_of(pack: Pack, aggregates: Mapping[str, Any]) -> dict[str, Any]:
    """Say what can be told again from the frozen numbers alone."""
    told = {name: getattr(pack, name) for name in ("title", "district", "review", "earlier", "audience", "day")}
    taken = {name: aggregates[name] for name in _FROM_AGGREGATES if name in aggregates}
    operation = aggregates.get("operation", OPERATION)
    return {"format": FORMAT, **told, "aggregates_digest": pack.digest, "operation": operation, **taken}


def versions() -> dict[str, str]:
    """Name the versions that decide how the files look."""
    gdal = ".".join(map(str, pyogrio.__gdal_version__))
    return {"python": platform.python_version(), "gdal": gdal} | {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
