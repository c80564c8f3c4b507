"""Tables of a chosen set of hubs: the sites, other sets nearly as good, other numbers of hubs, and who gains."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column

_SHARE = pa.Check.in_range(0, 1)

SITING_CHOSEN: Final = pa.DataFrameSchema(
    {
        "site_id": column(str, unique=True),
        "name": column(str),
        "category": column(str),
        "town": column(str),  # empty where it lies in none
        "must_keep": column(bool),
        "price": column(float, check=NOT_NEGATIVE),  # pounds; 0 where nothing is said
        "clients_nearest": column(float, check=NOT_NEGATIVE),  # to whom this hub is the nearest help
        "only_by_it": column(float, check=NOT_NEGATIVE),  # within reach of this hub and of no other help
        "held": column(float, check=_SHARE, nullable=True),  # share of redraws of the counts that choose it again
        "easting": column(float),  # EPSG:27700 metres
        "northing": column(float),
    },
    strict=True,
)

SITING_ALTERNATIVES: Final = pa.DataFrameSchema(
    {
        "rank": column("int64", check=pa.Check.ge(1)),
        "value": column(float),  # in the question's own measure
        "worse_by": column(float, check=NOT_NEGATIVE),  # as a share of the best value
        "sites": column(str),
        "instead_of": column(str),  # the chosen sites that are not in it
        "brings_in": column(str),
        "site_ids": column(str),  # separated by blanks
    },
    strict=True,
)

SITING_CURVE: Final = pa.DataFrameSchema(
    {
        "hubs": column("int64", check=pa.Check.ge(1), unique=True),
        "value": column(float, nullable=True),  # in the question's own measure; blank where no set keeps the rules
        "bound": column(float, nullable=True),  # no set of this size is better
        "gap": column(float, nullable=True),
        "proven": column(bool),
        "change": column(float, nullable=True),  # against one hub fewer
        "reached": column(float, check=NOT_NEGATIVE),  # clients within reach
        "mean_minutes": column(float, check=NOT_NEGATIVE),
        "chosen": column(str),
        "note": column(str),  # why no better set stands here
    },
    strict=True,
)

SITING_EQUITY: Final = pa.DataFrameSchema(
    {
        "measure": column(str, unique=True),
        "unit": column(str),
        "before": column(float, nullable=True),  # blank where nobody has a way to anything
        "after": column(float, nullable=True),
    },
    strict=True,
)
