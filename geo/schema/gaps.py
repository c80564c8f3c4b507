"""The tables that tell what the records lack: what is missing, what repeats, which groups are reached.

As in `geo.schema`, a table is validated where it is born and trusted afterwards.
"""

from typing import Final

import pandera.pandas as pa

from geo.schema.words import FLAGS, STATUSES

NO_PLACE: Final = "no_place"
"""All the statuses of rows that no map can show, together."""

_WHOLE = pa.Check.ge(0)
_SHARE = pa.Check.in_range(0, 1)


def _count() -> pa.Column:
    return pa.Column("int64", _WHOLE)


def _share() -> pa.Column:
    return pa.Column(float, _SHARE, nullable=True)  # blank where it is too few to tell


def _rank() -> pa.Column:
    return pa.Column("Int64", pa.Check.ge(1), nullable=True)  # blank where a place has no rank


CENSUS: Final = pa.DataFrameSchema(
    {
        "field": pa.Column(str),  # as in the records, such as age_band or household_type
        "group": pa.Column(str),
        "people": pa.Column(float, _WHOLE),  # or households, where the field is a type of household
    },
    strict=True,
    unique=["field", "group"],
)

MISSING: Final = pa.DataFrameSchema(
    {
        "by": pa.Column(str, pa.Check.isin(("district", "feed", "source", "route", "period"))),
        "group": pa.Column(str),
        "what": pa.Column(str, pa.Check.isin((NO_PLACE, *STATUSES, *FLAGS))),
        "rows": _count(),
        "of": _count(),  # rows of the group that are no duplicates
        "share": _share(),
        "low": _share(),
        "high": _share(),
    },
    strict=True,
    unique=["by", "group", "what"],
)

OUTSIDE: Final = pa.DataFrameSchema(
    {
        "district": pa.Column(str, unique=True),  # GSS code; empty where no file says
        "name": pa.Column(str),
        "rows": _count(),
        "share": _share(),  # of all rows from outside
        "low": _share(),
        "high": _share(),
    },
    strict=True,
)

NO_FIXED_ABODE: Final = pa.DataFrameSchema(
    {
        "field": pa.Column(str, pa.Check.isin(("route", "reason", "age_band"))),
        "group": pa.Column(str),
        "rows": _count(),  # of no fixed abode
        "of": _count(),  # all rows of the group that are no duplicates
        "share": _share(),  # of the group's rows
        "low": _share(),
        "high": _share(),
    },
    strict=True,
    unique=["field", "group"],
)

REPEATS: Final = pa.DataFrameSchema(
    {
        "by": pa.Column(str, pa.Check.isin(("district", "feed", "source"))),
        "group": pa.Column(str),
        "period": pa.Column(str),  # a review year, or "all"
        "rows": _count(),  # no duplicates among them; approaches, referrals and route_not_stated add up to it
        "approaches": _count(),
        "referrals": _count(),
        "route_not_stated": _count(),
        "agencies": _count(),  # different sources among the referrals
        "duplicates": _count(),
        "with_household": _count(),  # with and without add up to the rows
        "without_household": _count(),
        "households": _count(),  # different references
        "several_sources": _count(),  # of these, known to more than one source
        "episodes": _count(),  # whose first row is one of these
        "repeats": _count(),  # rows that belong to an episode begun by an earlier row; rows less episodes
        "repeat_share": _share(),  # of the rows with a household reference
        "came_back": _count(),  # households that begin a later episode here
        "came_back_share": _share(),  # of the households
        "rows_per_episode": pa.Column(float, pa.Check.ge(1), nullable=True),
        "unit": pa.Column(str),
    },
    strict=True,
    unique=["by", "group", "period"],
)

SENSITIVITY: Final = pa.DataFrameSchema(
    {
        "code": pa.Column(str, unique=True),  # a ward's code, or a cell as hexadecimal text
        "place": pa.Column(str),
        "clients": _count(),
        "now": _rank(),
        "without_institutions": _rank(),
        "without_shared_points": _rank(),
        "without_both": _rank(),
        "unmapped_spread": _rank(),
    },
    strict=True,
)

COHORTS: Final = pa.DataFrameSchema(
    {
        "field": pa.Column(str),
        "value": pa.Column(str),
        "episodes": _count(),
        "located": _count(),
        "refusal": pa.Column(str),  # empty where the group may have a map
    },
    strict=True,
    unique=["field", "value"],
)

CAPTURE: Final = pa.DataFrameSchema(
    {
        "field": pa.Column(str),
        "group": pa.Column(str),
        "clients": _count(),
        "client_share": _share(),
        "people": pa.Column(float, _WHOLE),
        "people_share": _share(),
        "ratio": pa.Column(float, _WHOLE, nullable=True),  # of the two shares
        "low": pa.Column(float, _WHOLE, nullable=True),
        "high": pa.Column(float, _WHOLE, nullable=True),
        "said": pa.Column(str),
    },
    strict=True,
    unique=["field", "group"],
)
