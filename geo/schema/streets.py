"""The table of streets: one row a street between two junctions."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

_FROM_NONE: Final = pa.Check.ge(-1)
_WAYS: Final = pa.Check.isin([0, 1, 2, 3])  # 0 not at all, 1 in the direction of the line, 2 against it, 3 both

STREETS: Final = pa.DataFrameSchema(
    {
        "road": column(str),  # class of road, as in geo.places.streets_tags.ROADS
        "km_per_hour": column(float, check=NOT_NEGATIVE),  # the limit stated; 0 where none is
        "name": column(str),  # as the map has it, else its number such as "A48"; "" where it has neither
        "lit": column(str, check=pa.Check.isin(["lit", "unlit", "not known"])),  # street lighting
        # Numbers of the junctions at the line's start and end, among those people can walk to; -1 where nobody walks.
        "walk_from": column("int64", check=_FROM_NONE),
        "walk_to": column("int64", check=_FROM_NONE),
        "walk_ways": column("int64", check=_WAYS),
        # The same for cars: numbers of their own, since a bollard parts the street for them only.
        "drive_from": column("int64", check=_FROM_NONE),
        "drive_to": column("int64", check=_FROM_NONE),
        "drive_ways": column("int64", check=_WAYS),
        "geometry": pa.Column("geometry"),  # lines, EPSG:27700
    },
    strict=True,
)

JOURNEYS: Final = pa.DataFrameSchema(
    {
        "cell": column(str),  # H3, 15 hexadecimal digits
        "place": column(str),
        "site_id": column(str),
        "name": column(str),
        "category": column(str),
        "minutes": column(float, check=NOT_NEGATIVE),
    },
    strict=True,
    unique=["cell", "site_id"],
)

REACHED: Final = pa.DataFrameSchema(
    {
        "site_id": column(str, unique=True),
        "name": column(str),
        "category": column(str),
        "snap_m": column(float, check=NOT_NEGATIVE, nullable=True),  # to the nearest street; blank where there is none
        "places_within": column("int64", check=NOT_NEGATIVE),  # populated cells within the cutoff
        "nearest_minutes": column(float, check=NOT_NEGATIVE, nullable=True),  # blank where nobody gets there
        "reach": column(str, check=pa.Check.isin(["reached", "no way", "no street"])),
    },
    strict=True,
)
