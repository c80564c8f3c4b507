"""Tell whether today's records still give the counts that a review or a pack froze, and what happened to them since."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.evidence.episodes import find_episodes
from geo.evidence.periods import in_period, told_period, years_of
from geo.review.forgetting import erased_since
from geo.review.freezing import Frozen, read_frozen
from geo.review.pack.kept import KeptPack, read_packs
from geo.review.workspace import Workspace

_SINCE: Final = {"added": "added", "updated": "corrected", "erased": "erased"}


@dataclass(frozen=True)
class FrozenCount:
    """A count as it stood on one day, with what it takes to count again in the same way.

    Attributes
    ----------
    what
        Where it is kept, such as "the review of 2023-24".
    day
        When it was frozen.
    period
        The review years counted, as `years_of` reads them.
    unit
        What one count is.
    episodes
        All of the period, with or without a place.
    mapped
        Those with a place, without those that were set aside.
    left_out
        Flags that set an episode aside.
    episode_months, first_month
        The options of the day.
    """

    what: str
    day: date
    period: str
    unit: str
    episodes: int
    mapped: int
    left_out: tuple[str, ...]
    episode_months: int
    first_month: int


def frozen_counts(workspace: Workspace) -> tuple[FrozenCount, ...]:
    """Read what the frozen reviews and the team's packs counted, each by its last word.

    Raises
    ------
    BadInputError, WorkspaceError
        One of them was changed since it was frozen.
    """
    standing = {frozen.review: frozen for frozen in read_frozen(workspace)}
    reviews = [_of_review(frozen) for _, frozen in sorted(standing.items()) if "counted" in frozen.content]
    packs = [_of_pack(kept) for kept in read_packs(workspace) if kept.audience == "team" and not kept.superseded_by]
    return (*reviews, *packs)


def then_and_now(workspace: Workspace, counts: Iterable[FrozenCount], *, periods: Collection[str]) -> list[str]:
    """Say of every frozen count that shares a year with one of the periods whether it can still be counted.

    Parameters
    ----------
    counts
        As `frozen_counts` gives them.
    periods
        As `years_of` reads them.

    Returns
    -------
    list of str
        A sentence or two for each; none where nothing was frozen of these years.
    """
    years = {year for period in periods for year in years_of(period)}
    fitting = [count for count in counts if years & set(years_of(count.period))]
    records = workspace.records() if fitting else None
    return [_told(workspace, count, _recount(records, count)) for count in fitting if records is not None]


def _of_review(frozen: Frozen) -> FrozenCount:
    counted, options = frozen.content["counted"], frozen.content["options"]
    return FrozenCount(
        what=f"The review of {frozen.review}",
        day=frozen.day,
        period=counted["period"],
        unit=counted["unit"],
        episodes=counted["episodes"],
        mapped=_mapped(counted["episodes"], counted["unmapped"], counted["set_aside"]),
        left_out=tuple(counted["left_out"]),
        episode_months=options["episode_months"],
        first_month=options["review_first_month"],
    )


def _of_pack(kept: KeptPack) -> FrozenCount:
    """Read the review year of a pack; its aggregates are those of `geo.review.pack.gather`."""
    year, scenario = kept.aggregates["counted"]["review"], kept.aggregates["scenario"]
    return FrozenCount(
        what=f"The pack of {kept.review}",
        day=kept.day,
        period=year["period"],
        unit=year["unit"],
        episodes=year["episodes"],
        mapped=_mapped(year["episodes"], year["unmapped"], year["left_out"]),
        left_out=tuple(scenario["leave_out"]),
        episode_months=scenario["episode_months"],
        first_month=scenario["review_first_month"],
    )


def _mapped(episodes: int, unmapped: Mapping[str, int], set_aside: int) -> int:
    """Count those inside the district; whether their cell was kept as finely as asked is another matter."""
    return episodes - set_aside - sum(count for why, count in unmapped.items() if why != "no_fine_cell")


def _recount(records: pd.DataFrame, count: FrozenCount) -> tuple[int, int]:
    """Count again as it was done then: all, and those with a place."""
    episodes = find_episodes(records, months=count.episode_months, first_month=count.first_month)
    chosen = episodes[in_period(episodes["period"], count.period)]
    aside = chosen[list(count.left_out)].any(axis=1).to_numpy(dtype=bool)
    return len(chosen), int(((chosen["status"] == "located") & ~aside).sum())


def _told(workspace: Workspace, count: FrozenCount, now: tuple[int, int]) -> str:
    day = f"{count.day.day} {count.day:%B %Y}"
    then = f"{count.what}, frozen on {day}, counted {count.episodes:,} {count.unit} in {told_period(count.period)}"
    if now == (count.episodes, count.mapped):
        return f"{then}; today's records give the same."
    if now[0] != count.episodes:
        return f"{then}; today's records give {now[0]:,}. {_since(workspace, count.day)}"
    places = f"{count.mapped:,} of them with a place on the map; today it is {now[1]:,} of as many"
    return f"{then}, {places}. {_since(workspace, count.day)}"


def _since(workspace: Workspace, day: date) -> str:
    with workspace.store.reading() as connection:
        reports = connection.execute("SELECT report FROM imports WHERE day >= ?", (day.isoformat(),)).fetchall()
    imported = [json.loads(text) for (text,) in reports]
    rows = {name: sum(int(report.get(name, 0)) for report in imported) for name in ("added", "updated")}
    rows["erased"] = erased_since(workspace, day)
    told = [f"{count:,} {_SINCE[name]}" for name, count in rows.items() if count]
    if not told:
        return "No row was added, corrected or erased since, so the postcode directory or another list has changed."
    return f"Rows since that day: {', '.join(told)}."
