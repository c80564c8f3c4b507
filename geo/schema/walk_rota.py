"""Tables of the rota of walkabouts."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

_BANDS: Final = ("early morning", "day", "evening")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_REASONS: Final = ("due each quarter", "more in summer", "stepped up")

WALK_ROTA: Final = pa.DataFrameSchema(
    {
        "number": column("int64", unique=True, check=pa.Check.ge(1)),  # in order of time
        "day": column(str, unique=True),  # ISO
        "weekday": column(str, check=pa.Check.isin(_WEEKDAYS)),
        "band": column(str, check=pa.Check.isin(_BANDS)),
        "begins": column(str),  # local time, HH:MM
        "ends": column(str),
        "agencies": column(str),  # who can walk, with commas between
        "people": column("int64", check=NOT_NEGATIVE),  # whom they send together
        "powers": column(str),  # of those that are needed, the ones they have
        "reason": column(str, check=pa.Check.isin(_REASONS)),
        "explore_share": column(float, check=pa.Check.in_range(0, 1)),  # of the time at stops, off the known places
        "seed": column("int64", check=NOT_NEGATIVE),  # by which those places are drawn
        "unmet": column(str),  # what the walk lacks; empty where it has all it needs
        "notes": column(str),  # such as a bank holiday
    },
    strict=True,
)

WALK_COVERAGE: Final = pa.DataFrameSchema(
    {
        "band": column(str, check=pa.Check.isin(_BANDS)),
        "weekday": column(str, check=pa.Check.isin(_WEEKDAYS)),
        "planned": column("int64", check=NOT_NEGATIVE),  # walks of the rota
        "held": column("int64", check=NOT_NEGATIVE),  # walks before it
    },
    strict=True,
    unique=["band", "weekday"],
)
