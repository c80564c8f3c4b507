"""Tables of places: postcodes, cells, homes, sites and areas."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column
from geo.schema.words import SITE_CATEGORIES

GAZETTEER: Final = pa.DataFrameSchema(
    {
        "postcode": column(str, unique=True),  # without the space: SP101DP
        "easting": column("int32"),  # EPSG:27700 metres; 0 where the postcode has no location
        "northing": column("int32"),
        "quality": column("int16"),  # Code-Point positional quality, 10 to 90; 90 is no location
        "introduced": column("int32"),  # YYYYMM; 0 where not said
        "terminated": column("int32"),  # YYYYMM; 0 while live
        "district": column(str),  # GSS code or empty
        "shared_point": column("int32"),  # live postcodes on the very same point, itself included
        "h3_7": column("int64"),  # H3 cells computed directly from the coordinate; 0 where there is none
        "h3_8": column("int64"),
        "h3_9": column("int64"),
    },
    strict=True,
)

GRID: Final = pa.DataFrameSchema(
    {
        "cell": column("int64", unique=True),
        "homes": column(float, check=NOT_NEGATIVE),  # inside the district only
        "people": column(float, check=NOT_NEGATIVE, nullable=True),  # inside the district only; blank where unknown
        "newer_postcodes": column("int64", check=NOT_NEGATIVE),  # live ones that the homes do not know yet
        "live_postcodes": column("int64", check=NOT_NEGATIVE),  # inside, shared points left out
        "easting": column(float),  # EPSG:27700 metres: mean point of the homes (or live postcodes) in the cell
        "northing": column(float),
        "place": column(str),  # nearest settlement, else ward, else postcode sector
    },
    strict=True,
)

AREA_HOMES: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),
        "homes": column(float, check=NOT_NEGATIVE),  # inside the district only
        "people": column(float, check=NOT_NEGATIVE, nullable=True),  # blank where unknown
        "newer_postcodes": column("int64", check=NOT_NEGATIVE),  # as in GRID
        "live_postcodes": column("int64", check=NOT_NEGATIVE),
    },
    strict=True,
)

HOUSED: Final = pa.DataFrameSchema(
    {
        "postcode": column(str, unique=True),  # without the space
        "easting": column(float),  # EPSG:27700 metres
        "northing": column(float),
        "homes": column(float, check=pa.Check.gt(0)),
        "h3_7": column("int64"),
        "h3_8": column("int64"),
        "ward": column(str),  # area code of the boundaries loaded now; empty where it lies in none
        "lsoa": column(str),
        "area": column(str),
    },
    strict=True,
)

HOMES: Final = pa.DataFrameSchema(
    {
        "postcode": column(str),  # without the space
        "people": column(float, check=NOT_NEGATIVE),
        "homes": column(float, check=NOT_NEGATIVE),
        "year": column("int64", check=NOT_NEGATIVE),  # the year they were counted in; 0 where the file does not say
    },
    strict=True,
    unique=["postcode", "year"],
)

ATOMS: Final = pa.DataFrameSchema(
    {
        "h3_7": column("int64"),  # 0 or empty: in no such area
        "h3_8": column("int64"),
        "ward": column(str),
        "lsoa": column(str),
        "area": column(str),
    },
    strict=True,
    unique=["h3_7", "h3_8", "ward", "lsoa", "area"],
)

SITES: Final = pa.DataFrameSchema(
    {
        "site_id": column(str, unique=True),
        "name": column(str),
        "category": column(str, check=pa.Check.isin(SITE_CATEGORIES)),
        "postcode": column(str),  # with the space; empty where only coordinates are known
        "inside": column(bool),  # within the district; False is within `nearby_km` of it
        "opening_hours": column(str),
        "capacity": column("Int64", nullable=True),  # people
        "step_free": column("boolean", nullable=True),
        "private_room": column("boolean", nullable=True),
        "notes": column(str),
        "dataset": column(str),  # as in geo.editions
        # Categories of the services under its roof, parted by "; ": only where several sites were joined into one.
        "services": pa.Column(str, required=False),
        "geometry": pa.Column("geometry"),  # points, EPSG:27700
    },
    strict=True,
)

AREAS: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),
        "name": column(str),
        "geometry": pa.Column("geometry"),  # polygons (points for settlements), EPSG:4326
    },
    strict=True,
)

SHARES: Final = pa.DataFrameSchema(
    {
        "code": column(str),  # of the area
        "cell": column("int64"),  # H3; 0 for what lies outside the district
        "share": column(float, check=pa.Check.in_range(0, 1, include_min=False)),  # of the area; they add up to 1
        "by": column(str, check=pa.Check.isin(("homes", "postcodes", "ground"))),  # what it was shared out by
    },
    strict=True,
    unique=["code", "cell"],
)

SPREAD: Final = pa.DataFrameSchema(
    {
        "cell": column("int64"),  # H3; 0 unless located
        "status": column(str, check=pa.Check.isin(("located", "outside", "no_area"))),
        "value": column(float),
    },
    strict=True,
    unique=["cell", "status"],
)

DEPRIVATION: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),  # LSOA
        "score": column(float, nullable=True),  # the higher the more deprived; blank where the file has ranks alone
        "rank": column("int64", check=pa.Check.ge(1)),  # 1 is the most deprived of the country
        "decile": column("int64", check=pa.Check.in_range(1, 10)),  # national tenth; 1 is the most deprived
        "people": column(float, check=NOT_NEGATIVE, nullable=True),  # blank where the file does not say
        "marks_tenth": column(bool),  # the least deprived LSOA of its tenth in the whole country
    },
    strict=True,
)

CELL_DEPRIVATION: Final = pa.DataFrameSchema(
    {
        "cell": column("int64", unique=True),
        "people": column(float, check=pa.Check.gt(0)),  # inside the district only
        "covered": column(float, check=pa.Check.in_range(0, 1)),  # share of them whose LSOA has a score
        "score": column(float, nullable=True),  # mean by people over those
        "decile": column("Int64", nullable=True),  # national tenth of that mean; blank where too few are covered
        "least": column("Int64", nullable=True),  # the most deprived tenth of an LSOA inside
        "most": column("Int64", nullable=True),  # the least deprived one
    },
    strict=True,
)
