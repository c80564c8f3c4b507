"""The bus timetable of a district: one row for each call of a bus at a stop."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

TIMETABLE: Final = pa.DataFrameSchema(
    {
        "trip": column("int64", check=NOT_NEGATIVE),  # one run of one bus
        "position": column("int64", check=NOT_NEGATIVE),  # rises along a trip
        "line": column(str),  # what stands on the bus
        "headsign": column(str),
        "stop": column("int64", check=NOT_NEGATIVE),  # numbered from 0 without a gap
        "stop_id": column(str),  # the publisher's, in Great Britain the NaPTAN code
        "stop_name": column(str),
        "easting": column("float64"),  # EPSG:27700 metres
        "northing": column("float64"),
        "arrive_s": column(
            "int64", check=NOT_NEGATIVE
        ),  # seconds after midnight of the service day; past 86,400 at night
        "depart_s": column("int64", check=NOT_NEGATIVE),
        "board": column(bool),  # whether people may get on here
        "alight": column(bool),  # whether people may get off here
        "service": column("int64", check=NOT_NEGATIVE),  # trips of one service run on the same days
        "weekdays": column(str, check=pa.Check.str_matches(r"^[01]{7}$")),  # Monday first
        "first_day": column(str),  # YYYYMMDD; the weekdays count from here
        "last_day": column(str),  # YYYYMMDD; the weekdays count to here
        "also_on": column(str),  # YYYYMMDD, spaces between: days added
        "not_on": column(str),  # YYYYMMDD, spaces between: days taken away
        "changes": column(str),  # "12:180 15:-1": from here to stop 12 at least 180 s, to stop 15 never
    },
    strict=True,
)
