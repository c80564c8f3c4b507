"""Tables of rough-sleeping walkabouts: how many are found in an hour at each place, what is known of each place."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

WALK_BANDS: Final = ("all", "early morning", "day", "evening")
WALK_VERDICTS: Final = (
    "never visited",
    "too few to tell",
    "higher than the district",
    "lower than the district",
    "like the district",
)

WALK_RATES: Final = pa.DataFrameSchema(
    {
        "square": column(str),  # of 100 m, such as "SU364455"; "" for the district
        "band": column(str, check=pa.Check.isin(WALK_BANDS)),
        "visits": column("int64", check=NOT_NEGATIVE),  # that could see the place
        "no_access": column("int64", check=NOT_NEGATIVE),  # visits that could not; they carry no hours
        "hours": column(float, check=NOT_NEGATIVE),  # real ones, all of them
        "found": column("int64", check=NOT_NEGATIVE),  # people, each as often as they were found
        "last_visit": column(str),  # ISO day in London; "" for none
        "weighted_hours": column(float, check=NOT_NEGATIVE),  # older hours count less
        "weighted_found": column(float, check=NOT_NEGATIVE),
        "rate": column(float, check=NOT_NEGATIVE),  # people found in an hour there, drawn towards the district
        "low": column(float, check=NOT_NEGATIVE),  # range of the rate, at the level of the scenario
        "high": column(float, check=NOT_NEGATIVE),
        "own_share": column(float, check=pa.Check.in_range(0, 1)),  # weight of the place's own visits in its rate
        "expected": column(float, check=NOT_NEGATIVE),  # people found at one stop
        "chance": column(float, check=pa.Check.in_range(0, 1)),  # of meeting anybody at one stop
        "verdict": column(str, check=pa.Check.isin(WALK_VERDICTS)),
    },
    strict=True,
    unique=["square", "band"],
)

WALK_PLACES: Final = pa.DataFrameSchema(
    {
        "square": column(str, unique=True),
        "street": column(str),  # the nearest with a name; "" where none is known
        "open_reports": column("int64", check=NOT_NEGATIVE),  # not answered by a visit yet
        "reports": column("int64", check=NOT_NEGATIVE),  # of somebody seen within the year
        "reported_people": column("int64", check=NOT_NEGATIVE),
        "intelligence": column("int64", check=NOT_NEGATIVE),  # of partners, that still counts
        "visits": column("int64", check=NOT_NEGATIVE),  # that could see the place
        "found": column("int64", check=NOT_NEGATIVE),  # people, each as often as they were found
        "found_lately": column("int64", check=NOT_NEGATIVE),  # within the year
        "last_seen": column(str),  # ISO day of the last visit; "" for none
        "known": column(bool),  # by a report, intelligence or a find
    },
    strict=True,
)
