"""Tables that say whether last year's hubs worked: places with and without a hub, attendance by hub."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

_CHANCE: Final = pa.Check.in_range(0, 1)
MONITOR_VERDICTS: Final = (
    "more than expected",
    "fewer than expected",
    "no more and no fewer than luck explains",
    "too few to tell",
)
ATTENDANCE_VERDICTS: Final = (
    "more than the other hubs",
    "fewer than the other hubs",
    "no clear difference",
    "too few to tell",
)
SHARE_VERDICTS: Final = ("higher", "lower", "no clear difference", "too few to tell")

MONITOR_PLACES: Final = pa.DataFrameSchema(
    {
        "place": column(str, unique=True),
        "before": column("int64", check=NOT_NEGATIVE),  # clients before any hub
        "home_years_before": column(float, check=NOT_NEGATIVE),  # homes times years they were counted for
        "after": column("int64", check=NOT_NEGATIVE),
        "home_years_after": column(float, check=NOT_NEGATIVE),
        "near_hub": column(bool),
        "hubs": column("int64", check=NOT_NEGATIVE),  # held there; 0 where there was none
    },
    strict=True,
)

HUB_EFFECT: Final = pa.DataFrameSchema(
    {
        "place": column(str, unique=True),
        "hubs": column("int64", check=NOT_NEGATIVE),
        "before": column("int64", check=NOT_NEGATIVE),
        "after": column("int64", check=NOT_NEGATIVE),
        "expected": column(float, check=NOT_NEGATIVE),  # clients after, had there been no hub
        "usual_low": column("int64", check=NOT_NEGATIVE),  # fewest and most clients that luck explains without a hub
        "usual_high": column("int64", check=NOT_NEGATIVE),
        "ratio": column(float, check=NOT_NEGATIVE),  # after over expected
        "low": column(float, check=NOT_NEGATIVE),
        "high": column(float, check=NOT_NEGATIVE),
        "p": column(float, check=_CHANCE),
        "q": column(float, check=_CHANCE),  # Holm: allows for how many places are looked at
        "smallest_rise": column(float, check=pa.Check.ge(1)),  # that would have been told from luck
        "smallest_fall": column(float, nullable=True, check=_CHANCE),  # blank where none would have been
        "verdict": column(str, check=pa.Check.isin(MONITOR_VERDICTS)),
        "sentence": column(str),
    },
    strict=True,
)

HUB_ATTENDANCE: Final = pa.DataFrameSchema(
    {
        "hub": column(str, unique=True),
        "seen": column("int64", check=NOT_NEGATIVE),  # people
        "predicted": column(float, check=NOT_NEGATIVE),  # people within reach, as the programme had it
        "predicted_low": column(float, check=NOT_NEGATIVE),
        "predicted_high": column(float, check=NOT_NEGATIVE),
        "ratio": column(float, nullable=True),  # seen over predicted; blank where nobody was predicted
        "low": column(float, nullable=True),
        "high": column(float, nullable=True),  # infinite where the prediction may have been none
        "q": column(float, check=_CHANCE),  # against the other hubs, Holm
        "verdict": column(str, check=pa.Check.isin(ATTENDANCE_VERDICTS)),
        "households": column("int64", check=NOT_NEGATIVE),  # on record by this hub, with a household reference
        "new_households": column("int64", check=NOT_NEGATIVE),  # of them, not on record before
        "new_share": column(float, nullable=True),
        "new_low": column(float, nullable=True),
        "new_high": column(float, nullable=True),
        "sentence": column(str),
    },
    strict=True,
)
