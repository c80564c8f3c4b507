"""Lay a ranking out as a table: one row a site, best first, each score as its contributions."""

from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from geo.evidence.intervals import poisson_interval
from geo.hubs.facts import Facts
from geo.hubs.points import site_points
from geo.hubs.reach import sum_reached
from geo.hubs.sentences import Wording, explain_site, name_services
from geo.hubs.services import neighbours
from geo.schema import SITE_CATEGORIES

FloatArray = npt.NDArray[np.float64]

TOO_FEW: Final = 5  # below this many clients reached, two sites cannot be told apart
POINTS: Final = "points_"  # prefix of the contribution columns
_DECIMALS: Final = 2
_KEPT: Final = ["site_id", "name", "category", "postcode", "inside"]
_NOT_NEGATIVE: Final = pa.Check.ge(0)

RANKING: Final = pa.DataFrameSchema(
    {
        "rank": pa.Column("int64", pa.Check.ge(1), unique=True),
        "site_id": pa.Column(str, unique=True),
        "name": pa.Column(str),
        "category": pa.Column(str, pa.Check.isin(SITE_CATEGORIES)),
        "postcode": pa.Column(str),
        "inside": pa.Column(bool),  # False: beyond the boundary, within `nearby_km`
        "score": pa.Column(float, pa.Check.in_range(0, 100.05)),  # the sum of its contributions, each rounded
        f"^{POINTS}.*$": pa.Column(float, _NOT_NEGATIVE, regex=True),  # one column a criterion
        "households_reached": pa.Column("int64", _NOT_NEGATIVE),  # clients within the cutoff
        "reached_low": pa.Column(float, _NOT_NEGATIVE),  # exact 95 % interval of that count
        "reached_high": pa.Column(float, _NOT_NEGATIVE),
        "need_reached": pa.Column(float, _NOT_NEGATIVE),  # the same, those further away counting less
        "newly_reached": pa.Column("int64", _NOT_NEGATIVE),  # of them, beyond the office and standing hubs
        "services_near": pa.Column(str),
        "too_few": pa.Column(bool),
        "firm": pa.Column(float, pa.Check.in_range(0, 1)),  # share of redraws in which it is among the first
        "firm_word": pa.Column(str),
        "sentence": pa.Column(str),
        "easting": pa.Column(float),  # EPSG:27700 metres
        "northing": pa.Column(float),
    },
    strict=True,
)


def score_order(sites: gpd.GeoDataFrame, contributions: dict[str, FloatArray]) -> pd.DataFrame:
    """Round the contributions, add them up and rank by score; equal scores stand by name, then by id.

    Returns
    -------
    pandas.DataFrame
        Columns rank, score and one a criterion, on the positions of `sites`, best first.
    """
    points = pd.DataFrame({POINTS + name: values.round(_DECIMALS) for name, values in contributions.items()})
    score = points.sum(axis=1).round(_DECIMALS)
    keys = pd.DataFrame({"score": -score, "name": sites["name"].to_numpy(), "site_id": sites["site_id"].to_numpy()})
    order = keys.sort_values(["score", "name", "site_id"]).index
    return points.assign(score=score).loc[order].assign(rank=np.arange(1, len(order) + 1))


def build_table(sites: gpd.GeoDataFrame, facts: Facts, order: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """Put everything that is said of a site into one row; firmness is added by the caller.

    Parameters
    ----------
    sites
        SITES table of the candidates.
    facts
        What is known of them, in the same order.
    order
        As `score_order` gives it.
    wording
        What all sentences share.
    """
    reached = facts.counts @ facts.within
    low, high = poisson_interval(reached)
    east, north = site_points(sites).T
    near = neighbours(facts.near, len(sites))
    table = pd.DataFrame(sites.drop(columns="geometry")).reset_index(drop=True)
    table = table.assign(
        households_reached=np.rint(reached).astype(np.int64),
        reached_low=low.round(1),
        reached_high=high.round(1),
        need_reached=sum_reached(facts.counts, facts.reach).round(1),
        newly_reached=np.rint(facts.counts @ facts.newly_within).astype(np.int64),
        services_near=[name_services(others) for others in near],
        too_few=reached < TOO_FEW,
        easting=east,
        northing=north,
    )
    records = table.to_dict("records")
    sentences = [explain_site(site, others, wording) for site, others in zip(records, near, strict=True)]
    return order.join(table.assign(sentence=sentences)).reset_index(drop=True)


def finish_table(table: pd.DataFrame, firm: FloatArray, words: list[str]) -> pd.DataFrame:
    """Add the firmness, put the columns in their order and check them."""
    points = [column for column in table.columns if column.startswith(POINTS)]
    measured = ["households_reached", "reached_low", "reached_high", "need_reached", "newly_reached"]
    columns = ["rank", *_KEPT, "score", *points, *measured, "services_near", "too_few", "firm", "firm_word"]
    full = table.assign(firm=firm.round(3), firm_word=words)
    return RANKING.validate(full[[*columns, "sentence", "easting", "northing"]])
