"""Every table that passes between rooms: its columns, units, ranges and CRS.

A table is validated where it is born (`CELLS.validate(frame)`) and trusted afterwards. Geometry tables are checked
with `geo.crs.require_crs` beside their schema.

H3 cells are signed 64-bit integers inside the planner and 15-digit hexadecimal text in files and on screens.
"""

from geo.schema.calibration import POWER, SIZE
from geo.schema.evidence import (
    AREA_RATES,
    CELL_RATES,
    CLUSTER_CELLS,
    CLUSTERS,
    HOTSPOTS,
    PRIORITIES,
    RATES,
    RUN_CHART,
    STABILITY,
    STABILITY_RUNS,
    TRENDS,
)
from geo.schema.gaps import (
    CAPTURE,
    CENSUS,
    COHORTS,
    MISSING,
    NO_FIXED_ABODE,
    NO_PLACE,
    OUTSIDE,
    REPEATS,
    SENSITIVITY,
)
from geo.schema.places import (
    AREA_HOMES,
    AREAS,
    ATOMS,
    GAZETTEER,
    GRID,
    HOMES,
    HOUSED,
    SITES,
)
from geo.schema.records import (
    CELLS,
    COUNTED,
    EPISODES,
    GATED,
    RECORDS,
)
from geo.schema.words import (
    ADDRESS_KINDS,
    DATE_KINDS,
    DISTRICT_ONLY,
    FLAGS,
    KINDS,
    ROUTES,
    SITE_CATEGORIES,
    STABILITY_KINDS,
    STABILITY_WORDS,
    STATUSES,
    TREND_KINDS,
)

__all__ = [
    "ADDRESS_KINDS",
    "AREAS",
    "AREA_HOMES",
    "AREA_RATES",
    "ATOMS",
    "CAPTURE",
    "CELLS",
    "CELL_RATES",
    "CENSUS",
    "CLUSTERS",
    "CLUSTER_CELLS",
    "COHORTS",
    "COUNTED",
    "DATE_KINDS",
    "DISTRICT_ONLY",
    "EPISODES",
    "FLAGS",
    "GATED",
    "GAZETTEER",
    "GRID",
    "HOMES",
    "HOTSPOTS",
    "HOUSED",
    "KINDS",
    "MISSING",
    "NO_FIXED_ABODE",
    "NO_PLACE",
    "OUTSIDE",
    "POWER",
    "PRIORITIES",
    "RATES",
    "RECORDS",
    "REPEATS",
    "ROUTES",
    "RUN_CHART",
    "SENSITIVITY",
    "SITES",
    "SITE_CATEGORIES",
    "SIZE",
    "STABILITY",
    "STABILITY_KINDS",
    "STABILITY_RUNS",
    "STABILITY_WORDS",
    "STATUSES",
    "TRENDS",
    "TREND_KINDS",
]
