"""Who came by a year's hubs: households never seen before, and how their cases ended beside everybody else's."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.evidence.episodes import find_episodes
from geo.evidence.hub_rows import hub_names
from geo.evidence.periods import review_year
from geo.review.workspace import Workspace

BY_HUBS: Final = "By hubs"
OTHERWISE: Final = "Otherwise"
PREVENTED: Final = frozenset(
    {"prevention: stayed in existing accommodation", "prevention: moved to alternative accommodation", "prevented"}
)
MAIN_DUTY: Final = frozenset({"main duty accepted"})
UNDECIDED: Final = frozenset({"", "not stated", "open", "other", "closed", "prevention duty owed", "relief duty owed"})
"""Outcomes that do not say how a case ended; terms of `geo/review/vocabulary.toml`."""


@dataclass(frozen=True)
class HubPeople:
    """Who came by hubs in a review year.

    Attributes
    ----------
    names
        Feeds, or sources within feeds, that are hubs.
    rows
        Rows that came by them.
    unnamed
        Of them, rows without a household reference, of which nobody can say whether they were new.
    households, new
        Different households among the others; of them, those with no row of an earlier month.
    outcomes
        Columns group, decided, prevented, main_duty: household episodes of the year that began by a hub or otherwise.
    """

    names: tuple[str, ...]
    rows: int
    unnamed: int
    households: int
    new: int
    outcomes: pd.DataFrame


def hub_people(workspace: Workspace, records: pd.DataFrame, year: str) -> HubPeople:
    """Count who came by the hubs of a review year.

    Parameters
    ----------
    records
        RECORDS table, of every year.
    year
        The review year.
    """
    scenario = workspace.scenario
    kept = records[records["status"] != "duplicate"]
    episodes = find_episodes(records, months=scenario.episode_months, first_month=scenario.review_first_month)
    of_year = episodes[episodes["period"] == year]
    in_year = review_year(kept["month"], first_month=scenario.review_first_month) == year
    hubs = hub_names(kept, scenario.hub_sources)
    rows = kept[(hubs != "") & in_year]
    named = rows[rows["household"] != ""]
    first_by_hub = named.groupby("household")["month"].min()
    first_ever = kept[kept["household"] != ""].groupby("household")["month"].min()
    began_by_hub = hub_names(of_year, scenario.hub_sources) != ""
    return HubPeople(
        names=tuple(sorted(set(hubs[rows.index]))),
        rows=len(rows),
        unnamed=len(rows) - len(named),
        households=len(first_by_hub),
        new=int((first_ever.reindex(first_by_hub.index) == first_by_hub).sum()),
        outcomes=pd.DataFrame(
            [_outcomes(BY_HUBS, of_year[began_by_hub]), _outcomes(OTHERWISE, of_year[~began_by_hub])]
        ),
    )


def _outcomes(group: str, episodes: pd.DataFrame) -> dict[str, object]:
    ended = episodes[~episodes["outcome"].isin(UNDECIDED)]["outcome"]
    return {
        "group": group,
        "decided": len(ended),
        "prevented": int(ended.isin(PREVENTED).sum()),
        "main_duty": int(ended.isin(MAIN_DUTY).sum()),
    }
