"""Tables of how good each feed is, and of a partner's counts beside the council's."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

_SHARE: Final = pa.Check.in_range(0, 1)

FEED_QUALITY: Final = pa.DataFrameSchema(
    {
        "feed": column(str),
        "quarter": column(str),  # of a review year, such as 2024-25 Q1
        "rows": column("int64", check=NOT_NEGATIVE),  # duplicates left out
        "placed": column(float, check=_SHARE),  # share with a postcode that has a place
        "household": column(float, check=_SHARE),  # share with a household reference
        "no_reason": column(float, check=_SHARE),  # share whose reason is not stated
        "other_reason": column(float, check=_SHARE),  # share whose reason is "other"
    },
    strict=True,
)

FEED_FILES: Final = pa.DataFrameSchema(
    {
        "feed": column(str),
        "day": column(str),  # ISO
        "rows": column("int64", check=NOT_NEGATIVE),
        "placed": column(float, check=_SHARE),  # of the rows that are no duplicates
        "new": column("int64", check=NOT_NEGATIVE),
        "folded": column("int64", check=NOT_NEGATIVE),  # rows whose reason was no category
    },
    strict=True,
)

BESIDE: Final = pa.DataFrameSchema(
    {
        "code": column(str, unique=True),
        "name": column(str),
        "partner": column(str),  # as shown: a number, or "c"
        # Areas of one count share their ranks, from the first to the last of them; so do all that are hidden.
        "partner_rank": column("int64", check=pa.Check.ge(1)),
        "partner_last": column("int64", check=pa.Check.ge(1)),
        "council": column("int64", check=NOT_NEGATIVE),
        "council_rank": column("int64", check=pa.Check.ge(1)),
        "council_last": column("int64", check=pa.Check.ge(1)),
        # Ranks between the two, 0 where both could be the same; above 0 the partner has the area higher.
        "apart": column("int64"),
    },
    strict=True,
)
