"""Rank a workspace's sites, the same way for screens and commands."""

from geo.evidence.counts import CellCounts
from geo.hubs.points import office_point
from geo.hubs.ranking import Choice, Ranking, rank_sites
from geo.places.grid import HexGrid
from geo.review.workspace import Workspace
from geo.scenario import Scenario


def ranking_of(
    workspace: Workspace,
    need: CellCounts,
    grid: HexGrid,
    *,
    scenario: Scenario | None = None,
    choice: Choice | None = None,
) -> Ranking:
    """Rank the sites of a workspace.

    Parameters
    ----------
    workspace
        Holds the sites, the gazetteer and the options.
    need, grid
        Clients by cell, and the inhabited cells at the same resolution.
    scenario
        Other options than the saved ones, such as weights that somebody is trying out.
    choice
        Which sites compete; all by default.

    Raises
    ------
    MissingDataError
        There is no site, no client with a place on the map, or no gazetteer.
    BadInputError
        All weights are 0, or no site is of the chosen categories.
    """
    options = scenario or workspace.scenario
    office = office_point(workspace.gazetteer().lookup([options.office_postcode])) if options.office_postcode else None
    return rank_sites(need, grid, workspace.sites(), scenario=options, office=office, choice=choice)
