"""Tables of the year's programme of hubs."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column
from geo.schema.words import SITE_CATEGORIES

_QUARTER: Final = pa.Check.in_range(1, 4)

PROGRAMME: Final = pa.DataFrameSchema(
    {
        "number": column("int64", unique=True, check=pa.Check.ge(1)),  # in order of time
        "quarter": column("int64", check=_QUARTER),  # of the review year
        "months": column(str),  # the quarter in words
        "day": column(str),  # ISO
        "weekday": column(str),
        "begin": column(str),  # local time, HH:MM
        "end": column(str),
        "site_id": column(str),
        "name": column(str),
        "category": column(str, check=pa.Check.isin(SITE_CATEGORIES)),
        "postcode": column(str),
        "town": column(str),
        "areas": column(str),  # priority areas within reach, with commas between
        "agencies": column(str),  # partners who can come
        "agency_count": column("int64", check=NOT_NEGATIVE),
        "unavailable": column(str),  # partners who cannot
        "hours": column(str, check=pa.Check.isin(("open", "ask", "closed"))),
        "ask": column(str),  # why the host must be asked; empty where the hours are known
        "host_note": column(str),  # what the register says of the host
        "within_reach": column("int64", check=NOT_NEGATIVE),  # clients within the cutoff
        "reach": column(float, check=NOT_NEGATIVE),  # the same, those further away counting less
        "new_reach": column(float, check=NOT_NEGATIVE),  # of it, not reached by an earlier hub of the year
        "so_far": column(float, check=NOT_NEGATIVE),  # different clients reached by all hubs up to this one
        "easting": column(float),  # EPSG:27700 metres
        "northing": column(float),
    },
    strict=True,
)

PROGRAMME_QUARTERS: Final = pa.DataFrameSchema(
    {
        "quarter": column("int64", unique=True, check=_QUARTER),
        "months": column(str),
        "hubs": column("int64", check=NOT_NEGATIVE),
        "new_reach": column(float, check=NOT_NEGATIVE),
        "so_far": column(float, check=NOT_NEGATIVE),
        "low": column(float, check=NOT_NEGATIVE),  # 95 % range of `so_far`, from redrawn counts
        "high": column(float, check=NOT_NEGATIVE),
        "share": column(float, check=pa.Check.in_range(0, 1)),  # of all clients with a place on the map
    },
    strict=True,
)

PROGRAMME_AREAS: Final = pa.DataFrameSchema(
    {
        "area": column(str, unique=True),
        "visited": column(bool),
        "hubs": column(str),  # numbers of the hubs within reach, with commas between
        "sites": column("int64", check=NOT_NEGATIVE),  # usable sites within reach
    },
    strict=True,
)
