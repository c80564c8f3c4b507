"""Lay a ranking out as a table: one row a site, best first, each score as its contributions."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pandera.pandas as pa

from geo.hubs.facts import Facts
from geo.hubs.firmness import firmness_word
from geo.hubs.points import site_points
from geo.hubs.sentences import Wording, explain_site, name_services
from geo.hubs.services import neighbours
from geo.hubs.smaa import Tried
from geo.hubs.ties import told_ranks
from geo.schema import SITE_CATEGORIES

FloatArray = npt.NDArray[np.float64]

TOO_FEW: Final = 5  # below this many clients reached, two sites cannot be told apart
POINTS: Final = "points_"  # prefix of the contribution columns
AMOUNT: Final = "amount_"
_DECIMALS: Final = 2
_KEPT: Final = ["site_id", "name", "category", "postcode", "inside"]
_NOT_NEGATIVE: Final = pa.Check.ge(0)
_SHARE: Final = pa.Check.in_range(0, 1)

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
        "newly_reached": pa.Column("int64", _NOT_NEGATIVE),  # of them, beyond the office and standing hubs
        "new_low": pa.Column(float, _NOT_NEGATIVE),
        "new_high": pa.Column(float, _NOT_NEGATIVE),
        f"^{AMOUNT}.*$": pa.Column(float, _NOT_NEGATIVE, regex=True),  # the raw amount of each criterion
        "services_near": pa.Column(str),
        "too_few": pa.Column(bool),
        "chance_first": pa.Column(float, _SHARE),  # share of the draws of weights and counts in which it is first
        "chance_top": pa.Column(float, _SHARE),  # ... in which it is among the first
        "expected_rank": pa.Column(float, pa.Check.ge(1)),
        "rank_low": pa.Column("int64", pa.Check.ge(1)),  # the ranks held in 90 % of the draws
        "rank_high": pa.Column("int64", pa.Check.ge(1)),
        "firm_word": pa.Column(str),
        "tied_with_first": pa.Column(bool),  # cannot be told apart from the site ranked first
        "tied_with": pa.Column(str),  # ranks, among the first 50, from which it cannot be told apart
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


def build_table(
    sites: gpd.GeoDataFrame, facts: Facts, order: pd.DataFrame, wording: Wording, amounts: dict[str, FloatArray]
) -> pd.DataFrame:
    """Put everything that is said of a site into one row; what the draws say is added by `finish_table`.

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
    amounts
        (m,) the raw amount of each criterion, by name.
    """
    table = pd.DataFrame(sites.drop(columns="geometry")).reset_index(drop=True)
    near = neighbours(facts.near, len(sites))
    east, north = site_points(sites).T
    table = table.assign(
        **reached_columns(facts),
        **{AMOUNT + name: values.round(_DECIMALS) for name, values in amounts.items()},
        services_near=[name_services(others) for others in near],
        too_few=facts.counts @ facts.within < TOO_FEW,
        easting=east,
        northing=north,
    )
    records = table.to_dict("records")
    sentences = [explain_site(site, others, wording) for site, others in zip(records, near, strict=True)]
    return order.join(table.assign(sentence=sentences)).reset_index(drop=True)


def reached_columns(facts: Facts) -> dict[str, npt.NDArray[Any]]:
    """Count whom each site reaches and whom it would add, each with the 95 % range of that count."""
    low, high = facts.need.interval(facts.within)
    new_low, new_high = facts.need.interval(facts.newly_within)
    return {
        "households_reached": np.rint(facts.counts @ facts.within).astype(np.int64),
        "reached_low": low.round(1),
        "reached_high": high.round(1),
        "newly_reached": np.rint(facts.counts @ facts.newly_within).astype(np.int64),
        "new_low": new_low.round(1),
        "new_high": new_high.round(1),
    }


def finish_table(table: pd.DataFrame, tried: Tried, *, top: int, tied: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Add what the draws say of each site, put the columns in their order and check them.

    Parameters
    ----------
    table
        As `build_table` gives it.
    tried
        How the sites fared, in the same order.
    top
        How many places count as among the first.
    tied
        (p, p) which of the first p sites cannot be told apart.
    """
    shares = tried.chance_top.tolist()
    with_first = np.zeros(len(table), dtype=np.bool_)
    with_first[: len(tied)] = tied[0]
    others = [told_ranks((np.flatnonzero(row) + 1).tolist()) for row in tied]
    full = table.assign(
        chance_first=tried.chance_first.round(3),
        chance_top=tried.chance_top.round(3),
        expected_rank=tried.expected_rank.round(1),
        rank_low=tried.rank_low,
        rank_high=tried.rank_high,
        firm_word=[firmness_word(share, rank, top=top) for rank, share in enumerate(shares, start=1)],
        tied_with_first=with_first,
        tied_with=others + [""] * (len(table) - len(others)),
    )
    return RANKING.validate(full[_columns(full)])


def _columns(table: pd.DataFrame) -> list[str]:
    points = [column for column in table.columns if column.startswith(POINTS)]
    amounts = [column for column in table.columns if column.startswith(AMOUNT)]
    reached = ["households_reached", "reached_low", "reached_high", "newly_reached", "new_low", "new_high"]
    chances = ["chance_first", "chance_top", "expected_rank", "rank_low", "rank_high", "firm_word"]
    ties = ["tied_with_first", "tied_with"]
    said = ["services_near", "too_few", *chances, *ties, "sentence", "easting", "northing"]
    return ["rank", *_KEPT, "score", *points, *reached, *amounts, *said]
