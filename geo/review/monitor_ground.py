"""The places that a year's hubs are judged by: the ground around each hub, and pieces of the rest of the district.

Around each site where a hub was held, the inhabited cells within reach (by whichever hub is nearest) are one place; the
other cells are gathered by the large hexagon (H3 resolution 7) that their middle lies in. So there are as many answers
as hubs, and about as large places to compare them with. Clients by hubs are left out of both years.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from geo.errors import MissingDataError
from geo.evidence.feed_months import MONTHS_A_YEAR
from geo.evidence.like_for_like import HubCounts, LikeForLike
from geo.evidence.trend_sentences import tell_left_out
from geo.hubs.points import site_points
from geo.review.hub_sessions import HubSession
from geo.review.journeys import cell_places, journeys
from geo.review.maps import grid_of
from geo.review.register_state import overlaid, read_known
from geo.review.trends import like_for_like_of
from geo.review.workspace import Workspace

_COARSE: Final = 7
_NOTHING_ALIKE: Final = (
    "Whether more people came from near the hubs cannot be told: no source reported in that year and in those before, "
    "so nothing is left to compare like for like."
)
_NO_HOMES: Final = (
    "Whether more people came from near the hubs cannot be told: no home on record lies within reach of one of them."
)
_SUMMED: Final = ("before", "after", "home_years_before", "home_years_after")


@dataclass(frozen=True)
class Ground:
    """The district before and after.

    Attributes
    ----------
    earlier, later
        The review years before, on which hubs were placed, and the one in which they were held.
    cells
        A row an inhabited cell: cell, near (site id of the nearest hub within reach; empty for none), minutes to the
        nearest hub, before and after (household episodes, those by hubs left out), home_years_before and
        home_years_after.
    places
        MONITOR_PLACES table: the cells gathered as above.
    travel_label
        How journeys were measured.
    cutoff_minutes
        A hub is within reach up to here.
    hubs
        What came by hubs, apart.
    notes
        What was left out so that both can be compared, one sentence each.
    """

    earlier: str
    later: str
    cells: pd.DataFrame
    places: pd.DataFrame
    travel_label: str
    cutoff_minutes: float
    hubs: HubCounts
    notes: tuple[str, ...]


def ground_of(workspace: Workspace, held: Sequence[HubSession], *, earlier: str, later: str) -> Ground:
    """Lay out the places that the effect of hubs is judged by.

    Parameters
    ----------
    held
        The hubs of the later year; at least one.
    earlier
        The review years that hubs were placed by, such as "2022-23..2023-24".
    later
        The review year of the hubs.

    Raises
    ------
    MissingDataError
        There are records of one review year only, no source reported in both, there is no postcode directory, or no
        home on record lies within reach of a hub.
    BadInputError
        A year is not on record.
    """
    found = like_for_like_of(workspace, earlier=earlier, later=later)
    if not found.months_earlier or not found.months_later:
        raise MissingDataError(_NOTHING_ALIKE)
    sites = sites_of(workspace, held)
    cells, travel_label = _cells(workspace, found, sites)
    housed = (cells["home_years_before"] > 0) & (cells["home_years_after"] > 0)
    if not (housed & (cells["near"] != "")).any():
        raise MissingDataError(_NO_HOMES)
    times = pd.Series([one.site for one in held]).value_counts()
    return Ground(
        earlier=earlier,
        later=later,
        cells=cells,
        places=_gathered(cells[housed], sites, times),
        travel_label=travel_label,
        cutoff_minutes=workspace.scenario.reach.cutoff_minutes,
        hubs=found.hubs,
        notes=_notes(found, cells[housed]),
    )


def sites_of(workspace: Workspace, held: Sequence[HubSession]) -> gpd.GeoDataFrame:
    """Find where hubs were held: SITES rows, those that have left their file too, in the order of their ids."""
    every = overlaid(read_known(workspace))
    return every[every["site_id"].isin({one.site for one in held})].sort_values("site_id").reset_index(drop=True)


def _cells(workspace: Workspace, found: LikeForLike, sites: gpd.GeoDataFrame) -> tuple[pd.DataFrame, str]:
    resolution, cutoff = workspace.scenario.resolution, workspace.scenario.reach.cutoff_minutes
    cells = grid_of(workspace, resolution, period=found.later).cells
    homes = grid_of(workspace, resolution, period=found.earlier).cells.set_index("cell")["homes"]
    travel = journeys(workspace, cell_places(cells), site_points(sites))
    nearest = travel.minutes.argmin(axis=1)
    minutes = travel.minutes[np.arange(len(cells)), nearest]
    before, after = (_by_cell(side, resolution) for side in (found.episodes_earlier, found.episodes_later))
    table = pd.DataFrame(
        {
            "cell": cells["cell"],
            "name": cells["place"],
            "near": np.where(minutes <= cutoff, sites["site_id"].to_numpy(dtype=object)[nearest], ""),
            "minutes": minutes,
            "before": cells["cell"].map(before).fillna(0).astype("int64"),
            "after": cells["cell"].map(after).fillna(0).astype("int64"),
            "home_years_before": cells["cell"].map(homes).fillna(0.0) * found.months_earlier / MONTHS_A_YEAR,
            "home_years_after": cells["homes"] * found.months_later / MONTHS_A_YEAR,
        }
    )
    return table, travel.label


def _by_cell(episodes: pd.DataFrame, resolution: int) -> pd.Series:
    located = episodes[episodes["status"] == "located"]
    return located[f"h3_{resolution}"].value_counts()


def _gathered(cells: pd.DataFrame, sites: gpd.GeoDataFrame, times: pd.Series) -> pd.DataFrame:
    """Add cells up: those near a hub by its site, the others by the large hexagon around them."""
    coarse = [str(h3.cell_to_parent(cell, _COARSE)) for cell in cells["cell"].tolist()]
    key = cells["near"].where(cells["near"] != "", pd.Series(coarse, index=cells.index))
    summed = cells.groupby(key)[list(_SUMMED)].sum()
    near = summed.index.isin(sites["site_id"])
    names = dict(zip(sites["site_id"], sites["name"], strict=True))
    homes = cells.groupby([key.rename("key"), "name"])["home_years_after"].sum().reset_index()
    largest = (
        homes.sort_values(["home_years_after", "name"]).drop_duplicates("key", keep="last").set_index("key")["name"]
    )
    called = pd.Series([names.get(one, str(largest.get(one, ""))) for one in summed.index], index=summed.index)
    return summed.assign(
        place=_told_apart(called), near_hub=near, hubs=times.reindex(summed.index).fillna(0).astype("int64")
    ).reset_index(drop=True)


def _told_apart(names: pd.Series) -> pd.Series:
    """Tell places of one name apart by a number, from the second on."""
    turn = names.groupby(names).cumcount()
    return names.where(turn == 0, names + " (" + (turn + 1).astype(str) + ")")


def _notes(found: LikeForLike, kept: pd.DataFrame) -> tuple[str, ...]:
    sides = (found.episodes_earlier, found.episodes_later)
    away = [len(side) - int(kept[name].sum()) for side, name in zip(sides, ("before", "after"), strict=True)]
    said = (
        f"In no place of the comparison, for they have none on the map or no homes are on record there: {away[0]:,} "
        f"clients before and {away[1]:,} after."
    )
    return (*map(tell_left_out, found.set_aside), *found.notes, said)
