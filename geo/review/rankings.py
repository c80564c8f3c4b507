"""Rank a workspace's sites and measure their reach, the same way for screens and commands."""

from functools import partial
from typing import Final

import geopandas as gpd

from geo.errors import BadInputError
from geo.evidence.counts import CellCounts
from geo.hubs.facts import Doubles, Surroundings, Travel
from geo.hubs.need import Need, NeedKind, clients_of, expected_of
from geo.hubs.points import office_point
from geo.hubs.ranking import Choice, Ranking, rank_sites
from geo.hubs.reached import Reach, measure_reach
from geo.places.grid import HexGrid
from geo.places.travel import Mode
from geo.review.duplicates import pairs_to_confirm
from geo.review.journeys import journeys
from geo.review.maps import grid_of
from geo.review.rates import cell_rates_of
from geo.review.register import sites_now
from geo.review.register_liaison import liaison_of
from geo.review.register_state import read_known
from geo.review.workspace import Workspace
from geo.scenario import Scenario

_OVER: Final = frozenset({"refused", "ended"})


def need_of(workspace: Workspace, counts: CellCounts, grid: HexGrid, *, kind: NeedKind = "clients") -> Need:
    """Take the clients who came as the need, or as many as the homes let one expect.

    Parameters
    ----------
    counts, grid
        Clients by cell, and the inhabited cells at the same resolution.
    kind
        "clients" or "expected"; the rates of expected ones are by the homes of the period's last year.

    Raises
    ------
    MissingDataError
        No client has a place on the map, or there are no homes to expect any from.
    """
    if kind == "clients":
        return clients_of(counts, grid)
    homes = grid_of(workspace, counts.resolution, period=counts.period)
    return expected_of(counts, grid, cell_rates_of(workspace, counts, homes))


def surroundings_of(workspace: Workspace, *, mode: Mode = "walk", travel: Travel | None = None) -> Surroundings:
    """Gather the sites with what the register knows of them, the office, and how journeys are measured.

    Parameters
    ----------
    mode
        How people travel.
    travel
        Measures the journeys in place of the workspace, such as one that remembers them.

    Raises
    ------
    MissingDataError
        The office's postcode is said, and there is no gazetteer to find it in.
    """
    postcode = workspace.scenario.office_postcode
    known = read_known(workspace)
    unanswered = pairs_to_confirm(known)
    return Surroundings(
        sites=sites_now(known),
        office=office_point(workspace.gazetteer().lookup([postcode])) if postcode else None,
        travel=travel or partial(journeys, workspace, mode=mode),
        over=frozenset(site for site, status in liaison_of(workspace).items() if status in _OVER),
        doubles=Doubles(sum(one.likely for one in unanswered), sum(not one.likely for one in unanswered)),
    )


def ranking_of(
    workspace: Workspace,
    need: Need,
    surroundings: Surroundings,
    *,
    scenario: Scenario | None = None,
    choice: Choice | None = None,
) -> Ranking:
    """Rank the sites of a workspace.

    Parameters
    ----------
    workspace
        Holds the options.
    need
        From `need_of`.
    surroundings
        From `surroundings_of`.
    scenario
        Other options than the saved ones, such as weights that somebody is trying out.
    choice
        Which sites compete; all by default.

    Raises
    ------
    MissingDataError
        There is no site to rank.
    BadInputError
        All weights are 0, or no site is of the chosen categories.
    """
    return rank_sites(need, surroundings, scenario=scenario or workspace.scenario, choice=choice)


def reach_of(
    workspace: Workspace, need: Need, surroundings: Surroundings, *, scenario: Scenario | None = None
) -> Reach:
    """Measure what is within reach of help now, and what each site would add; arguments as `ranking_of`."""
    return measure_reach(need, surroundings, scenario=scenario or workspace.scenario)


def site_point(sites: gpd.GeoDataFrame, site_id: str) -> tuple[float, float]:
    """Give the easting and northing of a site.

    Raises
    ------
    BadInputError
        There is no such site.
    """
    found = sites[sites["site_id"] == site_id]
    if found.empty:
        message = f"There is no site '{site_id}'; `planner hubs reach --json` lists the sites with their ids."
        raise BadInputError(message)
    return float(found.geometry.x.iloc[0]), float(found.geometry.y.iloc[0])
