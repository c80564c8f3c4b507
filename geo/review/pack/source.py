"""Ask whether the rows still in the workspace give a pack's numbers: the same, others, or fewer rows to tell by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.errors import PlannerError
from geo.evidence.counts import Selection
from geo.evidence.periods import told_period
from geo.review.forgetting import erased_since
from geo.review.pack.gather_counts import basis_of, counted, like_for_like, rows_on_record
from geo.review.pack.gather_quality import quality_of
from geo.review.releases import read_releases
from geo.review.review_plan import ReviewPlan
from geo.review.workspace import Workspace

_NAMES: Final = {
    "episodes": "the number of clients",
    "rows": "the number of rows",
    "cells": "the counts by hexagon",
    "wards": "the counts by ward",
    "unmapped": "those without a place",
    "left_out": "those set aside because of a mark",
    "months": "the months covered",
    "cell_homes": "the homes by hexagon",
    "ward_homes": "the homes by ward",
    "in_no_ward": "those in no ward",
}
_COMPARED: Final = ("totals", "cells", "wards", "months_earlier", "months_later")
_QUALITY: Final = ("rows", "duplicates", "shares", "outside", "no_fixed_abode")
_OPTIONS: Final = ("review_first_month", "episode_months", "leave_out", "homes_per_postcode", "hub_sources")


@dataclass(frozen=True)
class SourceCheck:
    """What the rows that are left say of a pack.

    Attributes
    ----------
    differs
        Which figures come out otherwise, one sentence each; none where all are the same.
    erased
        Source rows erased on the day of the pack or after it.
    added
        Rows that have been added since; 0 where there are no more than then.
    releases
        Whether releases were asked and no rows: of a pack for outside the team.
    """

    differs: tuple[str, ...]
    erased: int
    added: int
    releases: bool = False

    @property
    def same(self) -> bool:
        """Tell whether the rows still give every figure."""
        return not self.differs

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it in words."""
        first = (
            ("The workspace has these numbers as they were given out.", "The workspace has not all of these numbers.")
            if self.releases
            else (
                "The rows in the workspace still give these numbers.",
                "The rows in the workspace no longer give all of these numbers.",
            )
        )[not self.same]
        erased = f"{self.erased:,} source rows since erased." if self.erased else ""
        added = f"{self.added:,} rows have been added since." if self.added else ""
        return tuple(part for part in (first, erased, added, *self.differs) if part)


def against_source(workspace: Workspace, aggregates: dict[str, Any]) -> SourceCheck:
    """Count again from the rows that are there now, and set the result beside a pack's numbers.

    Parameters
    ----------
    aggregates
        As they were gathered or kept. Those of partners and the public are held against the releases they were read
        from, which are never changed.
    """
    day = date.fromisoformat(aggregates["day"])
    erased = erased_since(workspace, day)
    if aggregates["audience"] != "team":
        return SourceCheck(_releases(workspace, aggregates), erased, 0, releases=True)
    then = aggregates["rows"]["total"]
    try:
        differs, now = _counts(workspace, aggregates)
    except PlannerError as error:
        return SourceCheck((f"They cannot be counted again: {error}",), erased, 0)
    return SourceCheck(differs, erased, max(now + erased - then, 0))


def _counts(workspace: Workspace, aggregates: dict[str, Any]) -> tuple[tuple[str, ...], int]:
    options, then = workspace.scenario, aggregates["scenario"]
    selection = Selection(aggregates["period"], leave_out=tuple(then["leave_out"]))
    plan = ReviewPlan(aggregates["review"], aggregates["earlier"], selection, aggregates["grid"]["resolution"])
    basis = basis_of(workspace, plan)
    now = options.model_dump(mode="json")
    found = [f"Option {name} is another now." for name in _OPTIONS if now[name] != then[name]]
    found += _years(aggregates["counted"], counted(basis))
    found += _other(aggregates["like_for_like"], like_for_like(basis), _COMPARED, "The comparison like for like")
    found += _other(aggregates["quality"], quality_of(basis), _QUALITY, "What is missing")
    return tuple(dict.fromkeys(found)), int(rows_on_record(basis)["total"])


def _years(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = []
    for name, year in then.items():
        again = now[name]
        if year is None or again is None:
            continue
        other = [words for key, words in _NAMES.items() if year[key] != again[key]]
        if not other:
            continue
        numbers = ""
        if year["episodes"] != again["episodes"]:
            numbers = f" (then {year['episodes']:,} clients, now {again['episodes']:,})"
        found.append(f"{told_period(year['period'])}: other are {', '.join(other)}{numbers}.")
    return found


def _other(then: Mapping[str, Any], now: Mapping[str, Any], names: tuple[str, ...], what: str) -> list[str]:
    return [f"{what} comes out otherwise."] if any(then.get(name) != now.get(name) for name in names) else []


def _releases(workspace: Workspace, aggregates: dict[str, Any]) -> tuple[str, ...]:
    there = {release.number: release.digest for release in read_releases(workspace)}
    return tuple(
        f"Release {one['number']} is not in this workspace as it was given out."
        for one in aggregates["releases"]
        if there.get(one["number"]) != one["digest"]
    )
