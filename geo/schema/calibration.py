"""The tables that tell how the tests do on simulated districts.

As in `geo.schema`, a table is validated where it is born and trusted afterwards.
"""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column


def _count() -> pa.Column:
    return column("int64", check=NOT_NEGATIVE)


def _share() -> pa.Column:
    return column(float, check=pa.Check.in_range(0, 1))


SIZE: Final = pa.DataFrameSchema(
    {
        "null": column(str),  # how the records came about, without any hotspot
        "cases": _count(),  # households a year; rows a year where no household reference is given
        "test": column(str),
        "districts": _count(),
        "alarms": _count(),  # of these, districts in which the test called something
        "share": _share(),
        "low": _share(),  # exact 95 % interval of Clopper and Pearson
        "high": _share(),
        "claimed": _share(),  # the most that is allowed
        "held": column(bool),  # the lower limit is no higher than that
    },
    strict=True,
    unique=["null", "cases", "test"],
)

POWER: Final = pa.DataFrameSchema(
    {
        "background": column(str),  # how the records came about, apart from the hotspot
        "cases": _count(),
        "relative_risk": column(float, check=pa.Check.gt(0)),  # of the planted cells against the rest
        "verdict": column(str),
        "districts": _count(),
        "found": _count(),  # districts in which it named a planted cell
        "share": _share(),
        "low": _share(),
        "high": _share(),
        "elsewhere": _count(),  # districts in which it also named an area that neither holds nor touches one
        "elsewhere_share": _share(),
        "elsewhere_low": _share(),
        "elsewhere_high": _share(),
    },
    strict=True,
    unique=["background", "cases", "relative_risk", "verdict"],
)
