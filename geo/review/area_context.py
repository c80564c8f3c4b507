"""Say of each area that stands out which way it goes, who came from it and what stands near."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import PlannerError
from geo.evidence.areas import HotArea, area_of_cells
from geo.evidence.cohorts import main_groups, tell_groups
from geo.evidence.counts import CohortField
from geo.evidence.trends import trend_of_cells
from geo.hubs.services import nearest_services
from geo.places.grid import HexGrid
from geo.review.register import registered_sites
from geo.review.review_plan import ReviewPlan
from geo.review.trends import like_for_like_of
from geo.review.workspace import Workspace

_GROUPS: Final[tuple[tuple[str, CohortField], ...]] = (("household", "household_type"), ("age", "age_band"))
NO_YEAR_BEFORE: Final = "no year before to compare with"


def area_trends(
    workspace: Workspace, areas: Sequence[HotArea], plan: ReviewPlan
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Compare each area's last review year with the one before, like for like.

    Returns
    -------
    pandas.DataFrame, tuple of str
        Columns trend, trend_ratio, trend_low, trend_high, in the order of `areas`; and what a reader should know.
    """
    if not plan.earlier:
        return _no_trend(len(areas), NO_YEAR_BEFORE), ()
    try:
        compared = like_for_like_of(workspace, earlier=plan.earlier, later=plan.review)
    except PlannerError as error:
        return _no_trend(len(areas), "not comparable"), (str(error),)
    table = trend_of_cells(compared, area_of_cells(list(areas)), plan.resolution, options=workspace.scenario.trends)
    numbers = {f"trend_{name}": table[name].astype("Float64") for name in ("ratio", "low", "high")}
    notes = [f"{aside.name} {aside.why}, so it is left out of the comparison." for aside in compared.set_aside]
    return pd.DataFrame({"trend": table["trend"].astype("str"), **numbers}), (*notes, *compared.notes)


def area_groups(episodes: pd.DataFrame, areas: Sequence[HotArea], resolution: int) -> pd.DataFrame:
    """Name the main reasons and groups of each area's clients, where there are enough of them to do so.

    Parameters
    ----------
    episodes
        EPISODES rows of the selection.

    Returns
    -------
    pandas.DataFrame
        Columns reasons and groups, in the order of `areas`.
    """
    located = episodes[episodes["status"] == "located"]
    inside = [located[located[f"h3_{resolution}"].isin(area.cells)] for area in areas]
    reasons = [tell_groups(main_groups(rows, "reason")) for rows in inside]
    groups = [
        "; ".join(f"{name}: {tell_groups(main_groups(rows, field))}" for name, field in _GROUPS) for rows in inside
    ]
    return pd.DataFrame({"reasons": pd.Series(reasons, dtype="str"), "groups": pd.Series(groups, dtype="str")})


def area_services(workspace: Workspace, areas: Sequence[HotArea], grid: HexGrid) -> pd.DataFrame:
    """Find the service nearest to the middle of each area's homes, in a straight line.

    Returns
    -------
    pandas.DataFrame
        Columns nearest_service (empty where none is known) and nearest_m, in the order of `areas`.
    """
    cells = grid.cells.set_index("cell")[["easting", "northing", "homes"]]
    middles = np.array([_middle(cells.loc[list(area.cells)]) for area in areas], dtype=np.float64).reshape(-1, 2)
    found = nearest_services(middles, registered_sites(workspace))
    return pd.DataFrame(
        {
            "nearest_service": pd.Series([one[0] if one else "" for one in found], dtype="str"),
            "nearest_m": pd.Series([one[1] if one else None for one in found], dtype="Float64"),
        }
    )


def _middle(cells: pd.DataFrame) -> tuple[float, float]:
    weights = cells["homes"] if cells["homes"].sum() > 0 else cells["homes"] + 1.0
    return (
        float(np.average(cells["easting"], weights=weights)),
        float(np.average(cells["northing"], weights=weights)),
    )


def _no_trend(count: int, word: str) -> pd.DataFrame:
    blank = pd.Series([None] * count, dtype="Float64")
    return pd.DataFrame(
        {"trend": pd.Series([word] * count, dtype="str"), "trend_ratio": blank, "trend_low": blank, "trend_high": blank}
    )
