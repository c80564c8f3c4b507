"""Tables of what the records say: rates, tests, clusters, priorities, stability and trends."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import NOT_NEGATIVE, column
from geo.schema.words import KINDS, STABILITY_KINDS, STABILITY_WORDS, TREND_KINDS


def _rate() -> pa.Column:
    """Make a column of a rate; blank where there is nothing to divide by."""
    return column(float, check=NOT_NEGATIVE, nullable=True)


RATES: Final = pa.DataFrameSchema(
    {
        "count": column("int64", check=NOT_NEGATIVE),
        "institution": column("int64", check=NOT_NEGATIVE),  # of these, at an institution's postcode
        "shared_point": column("int64", check=NOT_NEGATIVE),
        "homes": column(float, check=NOT_NEGATIVE),
        "people": column(float, check=NOT_NEGATIVE, nullable=True),
        "newer_postcodes": column("int64", check=NOT_NEGATIVE),
        "newer": column(bool),  # so many postcodes newer than the homes that the rate may look too high
        "unreliable": column(bool),  # fewer than 16 events
        "rate_per_1000_homes": _rate(),  # every rate is a year's
        "low_per_1000_homes": _rate(),  # 95 %
        "high_per_1000_homes": _rate(),
        "rate_per_1000_people": _rate(),
        "low_per_1000_people": _rate(),
        "high_per_1000_people": _rate(),
        "smoothed_per_1000_homes": _rate(),  # drawn towards the mean of all places
        "smoothed_weight": column(float, check=pa.Check.in_range(0, 1), nullable=True),  # of the place's own rate
        "smoothed_low_per_1000_homes": _rate(),
        "smoothed_high_per_1000_homes": _rate(),
        "local_per_1000_homes": _rate(),  # drawn towards the mean of the place and its neighbours
        "local_weight": column(float, check=pa.Check.in_range(0, 1), nullable=True),
    },
    strict=True,
)

CELL_RATES: Final = RATES.add_columns({"cell": column("int64", unique=True)})

AREA_RATES: Final = RATES.add_columns({"code": column(str, unique=True)})

HOTSPOTS: Final = pa.DataFrameSchema(
    {
        "cell": column("int64", unique=True),
        "count": column("int64", check=NOT_NEGATIVE),
        "window_count": column("int64", check=NOT_NEGATIVE),  # the cell and its first ring
        "z": column(float),
        "p": column(float, check=pa.Check.in_range(0, 1)),  # two-sided
        "q": column(float, check=pa.Check.in_range(0, 1)),  # Benjamini-Hochberg over the cells tested
        "kind": column(str, check=pa.Check.isin(KINDS)),
        "expected": column(float, nullable=True),  # of the window; excess test only
        "p_uneven": column(float, nullable=True),  # against the district's ordinary unevenness; excess test only
        "q_uneven": column(float, nullable=True),
    },
    strict=True,
)

CLUSTERS: Final = pa.DataFrameSchema(
    {
        "cluster": column("int64", check=pa.Check.ge(1), unique=True),  # 1 is the most likely one
        "centre": column("int64"),  # the cell whose circle it is
        "easting": column(float),  # EPSG:27700 metres: home-weighted point of the centre
        "northing": column(float),
        "radius_m": column(float, check=NOT_NEGATIVE),  # to the farthest such point inside; 0 for a single cell
        "cells": column("int64", check=pa.Check.ge(1)),
        "homes": column(float, check=pa.Check.gt(0)),
        "count": column("int64", check=pa.Check.ge(1)),
        "expected": column(float, check=pa.Check.gt(0)),  # by homes, the total being given
        "relative_risk": column("Float64", check=pa.Check.ge(1), nullable=True),  # blank where nobody is outside
        "llr": column(float, check=pa.Check.gt(0)),  # log likelihood ratio
        "p": column(float, check=pa.Check.in_range(0, 1)),  # against homes alone
        "p_uneven": column(float, check=pa.Check.in_range(0, 1)),  # against ordinary unevenness too; never below p
    },
    strict=True,
)

CLUSTER_CELLS: Final = pa.DataFrameSchema(
    {
        "cluster": column("int64", check=pa.Check.ge(1)),
        "cell": column("int64", unique=True),  # clusters never overlap
    },
    strict=True,
)

PRIORITIES: Final = pa.DataFrameSchema(
    {
        "rank": column("int64", unique=True, check=pa.Check.ge(1)),
        "area": column(str, unique=True),
        "verdict": column(str, check=pa.Check.isin(("priority", "watch"))),
        "found_by": column(str, check=pa.Check.isin(("both", "excess", "scan"))),
        "cells": column("int64", check=pa.Check.ge(1)),
        "peak": column("int64"),  # H3 cell at which it is surest
        "count": column("int64", check=NOT_NEGATIVE),
        "homes": column(float, check=NOT_NEGATIVE),
        "newer_postcodes": column("int64", check=NOT_NEGATIVE),
        "expected": column(float, check=NOT_NEGATIVE),  # clients in proportion to homes
        "rate_per_1000_homes": column("Float64", nullable=True),  # a year; blank where no home is known
        "rate_low": column("Float64", nullable=True),
        "rate_high": column("Float64", nullable=True),
        "unreliable": column(bool),  # fewer than 16 clients
        "spot_count": column("int64", check=NOT_NEGATIVE),  # the surest cell with its ring
        "spot_expected": column(float, check=NOT_NEGATIVE),
        "q": column(float, check=pa.Check.in_range(0, 1)),  # excess test against ordinary unevenness, the surest cell
        "p_scan": column("Float64", nullable=True),  # of the likeliest cluster in it; blank where none is
        "detectable_risk": column(
            "Float64", nullable=True
        ),  # smallest seen with 80 % chance; blank: none, however large
        "stability": column(str),
        "stability_share": column("Float64", nullable=True),
        "trend": column(str),
        "trend_ratio": column("Float64", nullable=True),
        "trend_low": column("Float64", nullable=True),
        "trend_high": column("Float64", nullable=True),
        "reasons": column(str),
        "groups": column(str),
        "nearest_service": column(str),
        "nearest_m": column("Float64", nullable=True),
        "already_known": column(str),
        "sentence": column(str),
    },
    strict=True,
)

STABILITY: Final = pa.DataFrameSchema(
    {
        "area": column(str, unique=True),
        "runs": column("int64", check=NOT_NEGATIVE),  # other settings that were tried
        "hot_runs": column("int64", check=NOT_NEGATIVE),  # of these, in which it stayed hot
        "share": column(float, check=pa.Check.in_range(0, 1)),  # 0 where nothing could be tried
        "word": column(str, check=pa.Check.isin(STABILITY_WORDS)),
        "held_out": column(bool),  # hot in every run with a review year left out, and there was one at least
        "note": column(str),
    },
    strict=True,
)

STABILITY_RUNS: Final = pa.DataFrameSchema(
    {
        "area": column(str),
        "run": column(str),  # in plain words
        "kind": column(str, check=pa.Check.isin(STABILITY_KINDS)),
        "hot": column(bool),
        "hot_draws": column("int64", check=NOT_NEGATIVE),  # of `draws`, in which it was hot
        "draws": column("int64", check=pa.Check.ge(1)),  # 1 where nothing was drawn at random
        "untested": column("int64", check=NOT_NEGATIVE),  # located clients whose place was not in the run
    },
    strict=True,
    unique=["area", "run"],
)

TRENDS: Final = pa.DataFrameSchema(
    {
        "unit": column(str, unique=True),  # "district", a cell in hexadecimal, an area's code, or a group's name
        "cell": column("int64"),  # 0 unless the unit is a cell
        "earlier": column("int64", check=NOT_NEGATIVE),  # episodes compared, like for like
        "later": column("int64", check=NOT_NEGATIVE),
        "share_later": column(float, check=pa.Check.in_range(0, 1)),  # of the home-months: chance of "later" by itself
        "ratio": column(float, check=NOT_NEGATIVE, nullable=True),  # of the rates, later over earlier; blank from 0
        "low": column(float, check=NOT_NEGATIVE, nullable=True),  # its exact 95 % interval; blank where nobody came
        "high": column(float, check=NOT_NEGATIVE, nullable=True),  # blank where the earlier count is 0
        "p": column(float, check=pa.Check.in_range(0, 1)),  # two-sided; 1 where nobody came
        "q": column(float, check=pa.Check.in_range(0, 1)),  # Benjamini-Hochberg over the units with anybody
        "trend": column(str, check=pa.Check.isin(TREND_KINDS)),
        "ratio_to_rest": column(float, check=NOT_NEGATIVE, nullable=True),  # its change over the other units', counts
        "p_rest": column(float, check=pa.Check.in_range(0, 1), nullable=True),
        "q_rest": column(float, check=pa.Check.in_range(0, 1), nullable=True),
    },
    strict=True,
)

COMPARED: Final = pa.DataFrameSchema(
    {
        "unit": column(str, unique=True),  # as in TRENDS
        "cell": column("int64"),
        "place": column(str),  # its name; empty for a cell outside the inhabited ones
        "earlier": column("int64", check=NOT_NEGATIVE),  # episodes of the whole period
        "later": column("int64", check=NOT_NEGATIVE),
        "earlier_a_year": column(float, check=NOT_NEGATIVE),  # the same for every twelve months on record
        "later_a_year": column(float, check=NOT_NEGATIVE),
        "change_a_year": column(float),  # later less earlier
        "ratio": column(float, check=NOT_NEGATIVE, nullable=True),  # this and the rest as in TRENDS
        "low": column(float, check=NOT_NEGATIVE, nullable=True),
        "high": column(float, check=NOT_NEGATIVE, nullable=True),
        "p": column(float, check=pa.Check.in_range(0, 1)),
        "q": column(float, check=pa.Check.in_range(0, 1)),
        "trend": column(str, check=pa.Check.isin(TREND_KINDS)),
    },
    strict=True,
)

RUN_CHART: Final = pa.DataFrameSchema(
    {
        "quarter": column(str, unique=True),  # such as 2022-23 Q1, counted from the review year's first month
        "begins": column(str),  # YYYY-MM
        "count": column("int64", check=NOT_NEGATIVE),  # episodes that began in it, by the feeds of the whole span
        "hubs": column("int64", check=NOT_NEGATIVE),  # episodes by hubs, which are not in `count`
        "median": column(float, check=NOT_NEGATIVE),  # of `count` over all quarters
    },
    strict=True,
)
