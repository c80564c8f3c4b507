"""Every table that passes between rooms: its columns, units, ranges and CRS.

A table is validated where it is born (`CELLS.validate(frame)`) and trusted afterwards. Geometry tables are checked
with `geo.crs.require_crs` beside their schema.

H3 cells are signed 64-bit integers inside the planner and 15-digit hexadecimal text in files and on screens.
"""

from typing import Final

import pandera.pandas as pa

STATUSES: Final = (
    "located",
    "outside",
    "no_fixed_abode",
    "not_known",
    "elsewhere",
    "not_in_gazetteer",
    "no_location",
    "malformed",
    "missing",
    "duplicate",
    "withheld",
)
FLAGS: Final = ("terminated", "shared_point", "institution", "repaired")
ROUTES: Final = ("self", "duty_to_refer", "other_agency", "not_stated")
ADDRESS_KINDS: Final = ("at_approach", "last_settled", "correspondence", "temporary", "not_stated")
DATE_KINDS: Final = ("approach", "referral", "assessment", "decision", "not_stated")
SITE_CATEGORIES: Final = (
    "council_office",
    "hub",
    "gp_surgery",
    "food_bank",
    "library",
    "community_centre",
    "village_hall",
    "place_of_worship",
    "citizens_advice",
    "jobcentre",
    "childrens_centre",
    "school_or_college",
    "military",
    "other",
)
KINDS: Final = ("hot99", "hot95", "hot90", "none", "cold90", "cold95", "cold99")


def _column(kind: object, *, nullable: bool = False, check: pa.Check | None = None, unique: bool = False) -> pa.Column:
    return pa.Column(kind, checks=check, nullable=nullable, unique=unique)


_NOT_NEGATIVE = pa.Check.ge(0)

GAZETTEER: Final = pa.DataFrameSchema(
    {
        "postcode": _column(str, unique=True),  # without the space: SP101DP
        "easting": _column("int32"),  # EPSG:27700 metres; 0 where the postcode has no location
        "northing": _column("int32"),
        "quality": _column("int16"),  # Code-Point positional quality, 10 to 90; 90 is no location
        "introduced": _column("int32"),  # YYYYMM; 0 where not said
        "terminated": _column("int32"),  # YYYYMM; 0 while live
        "district": _column(str),  # GSS code or empty
        "shared_point": _column("int32"),  # live postcodes on the very same point, itself included
        "h3_7": _column("int64"),  # H3 cells computed directly from the coordinate; 0 where there is none
        "h3_8": _column("int64"),
        "h3_9": _column("int64"),
    },
    strict=True,
)

RECORDS: Final = pa.DataFrameSchema(
    {
        "record": _column(str, unique=True),  # keyed hash: the row's identity
        "household": _column(str),  # keyed hash; empty where the export gives no household reference
        "month": _column(str),  # YYYY-MM
        "feed": _column(str),  # the name the export was added under
        "source": _column(str),  # who referred, where the export says so; else the feed
        "route": _column(str, check=pa.Check.isin(ROUTES)),
        "reason": _column(str),
        "household_type": _column(str),
        "age_band": _column(str),
        "outcome": _column(str),
        "address_kind": _column(str, check=pa.Check.isin(ADDRESS_KINDS)),
        "date_kind": _column(str, check=pa.Check.isin(DATE_KINDS)),
        "status": _column(str, check=pa.Check.isin(STATUSES)),
        "terminated": _column(bool),
        "shared_point": _column(bool),
        "institution": _column(bool),
        "repaired": _column(bool),
        "h3_7": _column("int64"),  # 0 unless status is located
        "h3_8": _column("int64"),
        "ward": _column(str),  # area code; empty where no such boundary is loaded or the row is not located
        "lsoa": _column(str),
    },
    strict=True,
)

EPISODES: Final = RECORDS.remove_columns(["record"]).add_columns(
    {
        "episode": _column("int64", unique=True),
        "rows": _column("int64", check=pa.Check.ge(1)),  # approaches and referrals that count as this one
        "period": _column(str),  # review year, such as 2024-25
    },
)

CELLS: Final = pa.DataFrameSchema(
    {
        "cell": _column("int64", unique=True),
        "count": _column("int64", check=_NOT_NEGATIVE),  # episodes (or rows) located here
        "institution": _column("int64", check=_NOT_NEGATIVE),  # of these, at an institution's postcode
        "shared_point": _column("int64", check=_NOT_NEGATIVE),  # of these, at a point many postcodes share
    },
    strict=True,
)

GRID: Final = pa.DataFrameSchema(
    {
        "cell": _column("int64", unique=True),
        "homes": _column(float, check=_NOT_NEGATIVE),  # inside the district only
        "live_postcodes": _column("int64", check=_NOT_NEGATIVE),  # inside, shared points left out
        "easting": _column(float),  # EPSG:27700 metres: mean point of the homes (or live postcodes) in the cell
        "northing": _column(float),
        "place": _column(str),  # nearest settlement, else ward, else postcode sector
    },
    strict=True,
)

HOTSPOTS: Final = pa.DataFrameSchema(
    {
        "cell": _column("int64", unique=True),
        "count": _column("int64", check=_NOT_NEGATIVE),
        "window_count": _column("int64", check=_NOT_NEGATIVE),  # the cell and its first ring
        "z": _column(float),
        "p": _column(float, check=pa.Check.in_range(0, 1)),  # two-sided
        "q": _column(float, check=pa.Check.in_range(0, 1)),  # Benjamini-Hochberg over the cells tested
        "kind": _column(str, check=pa.Check.isin(KINDS)),
        "expected": _column(float, nullable=True),  # of the window; excess test only
        "p_uneven": _column(float, nullable=True),  # against the district's ordinary unevenness; excess test only
        "q_uneven": _column(float, nullable=True),
    },
    strict=True,
)

HOMES: Final = pa.DataFrameSchema(
    {
        "postcode": _column(str, unique=True),  # without the space
        "people": _column(float, check=_NOT_NEGATIVE),
        "homes": _column(float, check=_NOT_NEGATIVE),
    },
    strict=True,
)

SITES: Final = pa.DataFrameSchema(
    {
        "site_id": _column(str, unique=True),
        "name": _column(str),
        "category": _column(str, check=pa.Check.isin(SITE_CATEGORIES)),
        "postcode": _column(str),  # with the space; empty where only coordinates are known
        "inside": _column(bool),  # within the district; False is within `nearby_km` of it
        "opening_hours": _column(str),
        "capacity": _column("Int64", nullable=True),  # people
        "step_free": _column("boolean", nullable=True),
        "private_room": _column("boolean", nullable=True),
        "notes": _column(str),
        "dataset": _column(str),  # as in geo.editions
        "geometry": pa.Column("geometry"),  # points, EPSG:27700
    },
    strict=True,
)

AREAS: Final = pa.DataFrameSchema(
    {
        "code": _column(str, unique=True),
        "name": _column(str),
        "geometry": pa.Column("geometry"),  # polygons (points for settlements), EPSG:4326
    },
    strict=True,
)
