"""Collapse rows into household episodes, because people come back and several agencies refer one household.

Taking repeat rows as independent makes hotspots out of nothing: with 1.4 rows a household and no hotspot at all,
two thirds of simulated districts showed one at a stated 5 %.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.disclosure.district_only import without_a_place
from geo.evidence.periods import month_numbers, review_year
from geo.schema import DISTRICT_ONLY, EPISODES, FINE_EPISODES

# What says where a row sits; everything else of an episode comes from its first row.
_WHERE = [
    "status",
    "address_kind",
    "terminated",
    "shared_point",
    "institution",
    "repaired",
    "h3_7",
    "h3_8",
    "ward",
    "lsoa",
    "area",
    "district",
]

_FINEST = ("h3_9",)  # there only where a workspace keeps it


def find_episodes(records: pd.DataFrame, *, months: int, first_month: int) -> pd.DataFrame:
    """Count a household's approaches within some months of the first one once, whichever feed they came by.

    An episode carries the month, source, route, reason and cohort of its first row, and the place of its first
    *located* row (of its first row where none is located). Where the place of any of its rows may not be told, the
    episode has none: its status is `district_only`, and every count by cell or area names it beside the map. Rows of
    one month are taken in the order of their identity, so the order of the input never matters. A row without household
    reference is an episode by itself.

    Parameters
    ----------
    records
        RECORDS table. Rows of status `duplicate` are never counted.
    months
        A row up to this many months after the episode's first row belongs to it; the next one begins a new episode.
    first_month
        The month in which a review year begins, 1 to 12.

    Returns
    -------
    pandas.DataFrame
        EPISODES table (FINE_EPISODES of FINE_RECORDS), in order of first month. Its `rows` sum to the records that are
        no duplicates.
    """
    kept = records[records["status"] != "duplicate"]
    kept = kept.assign(_month=month_numbers(kept["month"])).sort_values(["household", "_month", "record"])
    number = _number_episodes(kept["household"].tolist(), kept["_month"].tolist(), months)
    first = kept[_begins(number)].reset_index(drop=True)
    apart = without_a_place(kept)
    located_first = np.lexsort(((kept["status"] != "located").to_numpy(), ~apart.to_numpy(), number))
    place = kept.assign(status=kept["status"].mask(apart, DISTRICT_ONLY))
    place = place.iloc[located_first[_begins(number)]].reset_index(drop=True)
    where = [*_WHERE, *(column for column in _FINEST if column in records)]
    episodes = first.assign(**{column: place[column] for column in where}, rows=np.bincount(number))
    schema = FINE_EPISODES if len(where) > len(_WHERE) else EPISODES
    return schema.validate(_finish(episodes, first_month=first_month))


def _number_episodes(households: list[str], months: list[int], span: int) -> npt.NDArray[np.int64]:
    """Give the rows, sorted by household and month, the number of their episode: 0, 0, 1, 2, 2, and so on."""
    numbers = np.zeros(len(households), dtype=np.int64)
    number, last, start = -1, "", 0
    for row, (household, month) in enumerate(zip(households, months, strict=True)):
        if not household or household != last or month - start > span:
            number, last, start = number + 1, household, month
        numbers[row] = number
    return numbers


def _begins(number: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Mark the first row of each run of equal numbers."""
    return np.diff(number, prepend=-1) > 0


def _finish(first: pd.DataFrame, *, first_month: int) -> pd.DataFrame:
    first = first.sort_values(["_month", "record"]).drop(columns=["_month", "record"]).reset_index(drop=True)
    return first.assign(
        episode=np.arange(len(first), dtype=np.int64),
        rows=first["rows"].astype("int64"),
        period=review_year(first["month"], first_month=first_month),
    )
