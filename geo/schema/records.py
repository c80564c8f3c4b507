"""Tables of records, of the episodes made of them, and of counts."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column
from geo.schema.words import ADDRESS_KINDS, DATE_KINDS, DISTRICT_ONLY, ROUTES, STATUSES

RECORDS: Final = pa.DataFrameSchema(
    {
        "record": column(str, unique=True),  # keyed hash: the row's identity
        "household": column(str),  # keyed hash; empty where the export gives no household reference
        "month": column(str),  # YYYY-MM
        "feed": column(str),  # the name the export was added under
        "source": column(str),  # who referred, where the export says so; else the feed
        "route": column(str, check=pa.Check.isin(ROUTES)),
        "reason": column(str),
        "household_type": column(str),
        "age_band": column(str),
        "outcome": column(str),
        "address_kind": column(str, check=pa.Check.isin(ADDRESS_KINDS)),
        "date_kind": column(str, check=pa.Check.isin(DATE_KINDS)),
        "status": column(str, check=pa.Check.isin(STATUSES)),
        "terminated": column(bool),
        "shared_point": column(bool),
        "institution": column(bool),
        "repaired": column(bool),
        "h3_7": column("int64"),  # 0 unless status is located, and where it is but may not be told
        "h3_8": column("int64"),
        "ward": column(str),  # area code; empty where no such boundary is loaded or the row is not located
        "lsoa": column(str),
        "area": column(str),  # of the council's other named areas
        "district": column(str),  # GSS code of the district an outside row lies in, where the gazetteer says
    },
    strict=True,
)

# By choice, and only in an encrypted workspace: a cell of about 0.1 km2; 0 where it is not kept (geo/review/finest.py).
_FINEST: Final = {"h3_9": column("int64")}
FINE_RECORDS: Final = RECORDS.add_columns(_FINEST)

EPISODES: Final = RECORDS.remove_columns(["record", "status"]).add_columns(
    {
        "status": column(str, check=pa.Check.isin((*STATUSES, DISTRICT_ONLY))),
        "episode": column("int64", unique=True),
        "rows": column("int64", check=pa.Check.ge(1)),  # approaches and referrals that count as this one
        "period": column(str),  # review year, such as 2024-25
    },
)

FINE_EPISODES: Final = EPISODES.add_columns(_FINEST)

CELLS: Final = pa.DataFrameSchema(
    {
        "cell": column("int64", unique=True),
        "count": column("int64", check=NOT_NEGATIVE),  # episodes (or rows) located here
        "institution": column("int64", check=NOT_NEGATIVE),  # of these, at an institution's postcode
        "shared_point": column("int64", check=NOT_NEGATIVE),  # of these, at a point many postcodes share
    },
    strict=True,
)

COUNTED: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),  # area code, or H3 cell in hexadecimal; empty: in none of the areas
        "name": column(str),
        "count": column("int64", check=NOT_NEGATIVE),  # exact, for the team's eyes
        "homes": column(float, check=NOT_NEGATIVE),
    },
    strict=True,
)

GATED: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),
        "name": column(str),
        "shown": column(str),  # what is drawn, listed or exported: a number, or "c"
        "count": column("Int64", check=NOT_NEGATIVE, nullable=True),  # the same as a number; blank for "c"
        "percent": column("Float64", check=NOT_NEGATIVE, nullable=True),  # of the total as shown
    },
    strict=True,
)
