"""Plan a workspace's year of hubs, the same way for screens and commands."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import MissingDataError
from geo.hubs.points import STANDING, site_points
from geo.hubs.programme import (
    Areas,
    Hosts,
    Partner,
    Programme,
    YearInputs,
    plan_year,
    reach_need,
    read_all_hours,
)
from geo.hubs.programme.refusals import NO_SITE
from geo.places.travel import Mode
from geo.review.decisions import decisions_that_stand
from geo.review.journeys import cell_places, journeys
from geo.review.partners import read_partners
from geo.review.priorities import Priorities, StandingOut, standing_out
from geo.review.rankings import need_of, surroundings_of
from geo.review.register import register
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from geo.scenario import ProgrammeOptions

_PRIORITY: Final = "priority"


def programme_of(
    workspace: Workspace,
    *,
    year: str,
    today: date,
    options: ProgrammeOptions | None = None,
    inputs: YearInputs | None = None,
) -> Programme:
    """Plan a year of a workspace.

    Parameters
    ----------
    year
        The review year, such as "2026-27".
    today
        Days up to this one are not planned.
    options
        Other rules than the saved ones.
    inputs
        As `inputs_of` gives them, where they were gathered before.

    Raises
    ------
    MissingDataError, BadInputError, PlannerError
        As `plan_year`, and what the workspace lacks.
    """
    rules = options or workspace.scenario.programme
    gathered = inputs or inputs_of(workspace, today=today, options=rules)
    return plan_year(gathered, year=year, options=rules, today=today)


def inputs_of(
    workspace: Workspace,
    *,
    today: date,
    options: ProgrammeOptions,
    found: Priorities | None = None,
    partners: Sequence[Partner] | None = None,
) -> YearInputs:
    """Gather what a year is planned from: the review's clients, the register's sites, priority areas, partners.

    Parameters
    ----------
    today
        Says which review it is: the clients that its rule counts are the need.
    options
        Which sites, how near to an area, and whether a bus counts as a way.
    found
        The review's priority areas, where they were found before.
    partners
        In place of those that the workspace keeps.

    Raises
    ------
    MissingDataError
        There are no records, no postcode directory, or no timetable where buses are to count.
    """
    review = found or standing_out(workspace, plan_review(workspace, today=today))
    need = need_of(workspace, review.counts, review.grid)
    sites, notes = _sites(workspace, options)
    modes: tuple[Mode, ...] = ("walk", "bus") if options.by_bus == "yes" else ("walk",)
    travels = [journeys(workspace, need.points.places, sites, mode=mode) for mode in modes]
    return YearInputs(
        need=reach_need(need, travels, workspace.scenario.reach),
        hosts=_hosts(workspace, sites, today=today),
        areas=_areas(workspace, sites, review, minutes=options.area_minutes),
        partners=read_partners(workspace) if partners is None else tuple(partners),
        first_month=workspace.scenario.review_first_month,
        notes=notes,
    )


def _sites(workspace: Workspace, options: ProgrammeOptions) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Take the sites that nobody refused, in an order that breaks ties; say how many were not taken and why."""
    around, decided = surroundings_of(workspace), decisions_that_stand(workspace)
    free = around.sites[~around.sites["category"].isin(STANDING)]
    chosen = {site for site, decision in decided.items() if decision.verdict == "chosen"}
    refused = {site for site, decision in decided.items() if decision.verdict == "refused"} | around.over
    kept = free[~free["site_id"].isin(refused)]
    over = len(free) - len(kept)
    notes = [f"Sites refused, or the agreement with the host has ended: {over}."] if over else []
    if options.sites == "chosen":
        others = len(kept) - int(kept["site_id"].isin(chosen).sum())
        notes.append(f"Only sites that a decision chose are used; others: {others}.")
        kept = kept[kept["site_id"].isin(chosen)]
    if kept.empty:
        raise MissingDataError(NO_SITE)
    return kept.sort_values(["name", "site_id"]).reset_index(drop=True), tuple(notes)


def _hosts(workspace: Workspace, sites: gpd.GeoDataFrame, *, today: date) -> Hosts:
    known = register(workspace, today=today).set_index("site_id").reindex(sites["site_id"])
    whom = [_whom(role, notes) for role, notes in zip(known["host_role"], known["notes"], strict=True)]
    table = pd.DataFrame(sites[["site_id", "name", "category", "postcode"]]).assign(
        town=known["town"].to_numpy(), notes=whom, easting=sites.geometry.x, northing=sites.geometry.y
    )
    return Hosts(table, read_all_hours(sites["opening_hours"].tolist()))


def _whom(role: str, notes: str) -> str:
    """Say who to ask at a host, and what is noted of it."""
    return "; ".join(part for part in (f"ask the {role}" if role else "", notes) if part)


def _areas(workspace: Workspace, sites: gpd.GeoDataFrame, found: Priorities | StandingOut, *, minutes: float) -> Areas:
    """Say which priority areas each site is near: within so many minutes on foot of the cell where it is surest."""
    named = [area for area in found.areas if area.verdict == _PRIORITY]
    peaks = found.grid.cells.set_index("cell").reindex([area.peak for area in named])
    travel = journeys(workspace, cell_places(peaks.reset_index()), site_points(sites))
    serves: npt.NDArray[np.bool_] = np.asarray(travel.minutes <= minutes, dtype=np.bool_)
    return Areas(tuple(area.name for area in named), serves.reshape(len(named), len(sites)))
