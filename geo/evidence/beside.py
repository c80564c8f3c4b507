"""Lay a partner's counts beside the council's by area: two columns and two orders, never a sum."""

from typing import Final, Literal

import pandas as pd

from geo.schema import BESIDE

HIDDEN: Final = 0.5  # a hidden count ranks below every number that is shown, and above nought


def lay_beside(partner: pd.DataFrame, council: pd.DataFrame) -> pd.DataFrame:
    """Set two counts of the same areas and months side by side.

    Parameters
    ----------
    partner
        GATED table of the areas, those in none left out.
    council
        Columns code and count; an area that is not there has none.

    Returns
    -------
    pandas.DataFrame
        BESIDE table: first the areas whose ranks differ most. Areas of one count share their ranks, as do all hidden
        ones, and two ranks that could be the same are not apart.

    Examples
    --------
    >>> both = lay_beside(
    ...     pd.DataFrame({"code": ["A", "B"], "name": ["A", "B"], "shown": ["c", "20"], "count": [pd.NA, 20]}),
    ...     pd.DataFrame({"code": ["A"], "count": [9]}),
    ... )
    >>> both[["code", "partner", "council", "apart"]].to_numpy().tolist()
    [['B', '20', 0, 1], ['A', 'c', 9, -1]]
    """
    own = council.groupby("code")["count"].sum()
    known = partner["code"].map(own).fillna(0).astype("int64")
    sent = pd.to_numeric(partner["count"], errors="coerce").astype(float).fillna(HIDDEN)
    table = pd.DataFrame(
        {
            "code": partner["code"],
            "name": partner["name"],
            "partner": partner["shown"],
            "partner_rank": _rank(sent, "min"),
            "partner_last": _rank(sent, "max"),
            "council": known,
            "council_rank": _rank(known, "min"),
            "council_last": _rank(known, "max"),
        }
    )
    higher = (table["council_rank"] - table["partner_last"]).clip(lower=0)
    table["apart"] = higher - (table["partner_rank"] - table["council_last"]).clip(lower=0)
    order = table.assign(most=-table["apart"].abs(), down=-table["apart"])
    return BESIDE.validate(order.sort_values(["most", "down", "code"])[list(BESIDE.columns)].reset_index(drop=True))


def rank_agreement(table: pd.DataFrame) -> float:
    """Say how alike the two orders are: Spearman's rank correlation, -1 to 1; NaN where one order has no order.

    Parameters
    ----------
    table
        BESIDE table.
    """
    first, second = (table[f"{who}_rank"] + table[f"{who}_last"] for who in ("partner", "council"))
    if first.nunique() < 2 or second.nunique() < 2:  # noqa: PLR2004 - all alike is no order
        return float("nan")
    return float(first.corr(second))


def _rank(values: pd.Series, ties: Literal["min", "max"]) -> pd.Series:
    return values.rank(method=ties, ascending=False).astype("int64")
