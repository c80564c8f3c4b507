"""Choose a set of hubs for a workspace, the same way for screens and commands."""

import re
from collections.abc import Callable
from typing import Final

from geo.hubs.facts import Surroundings
from geo.hubs.need import Need
from geo.hubs.siting.choose import Progress
from geo.hubs.siting.gather import Ask, Asked, gather_question
from geo.hubs.siting.plan import Extras, SitingPlan, make_plan
from geo.places.grid import HexGrid
from geo.places.naming import PlaceNames
from geo.review.register_state import read_known
from geo.review.workspace import Workspace
from geo.scenario import Scenario

_POUNDS: Final = re.compile(r"\s*£?\s*(?P<pounds>\d[\d,]*(?:\.\d+)?)")


def siting_question(
    workspace: Workspace,
    ask: Ask,
    need: Need,
    surroundings: Surroundings,
    grid: HexGrid,
    *,
    scenario: Scenario | None = None,
) -> Asked:
    """Put a question together from what a workspace holds.

    Parameters
    ----------
    workspace
        Holds the settlements, the wards and the options.
    ask
        What somebody asks for.
    need, surroundings
        From `need_of` and `surroundings_of` of `geo.review.rankings`.
    grid
        The inhabited cells at the resolution of the need.
    scenario
        Other options than the saved ones.

    Raises
    ------
    MissingDataError
        There is no site, or no town is known where one hub a town is asked for.
    BadInputError
        A site that is named does not exist, or a budget comes without costs.
    """
    options = scenario or workspace.scenario
    names = PlaceNames(settlements=workspace.areas("settlements"), wards=workspace.areas("wards"))
    return gather_question(ask, need, surroundings, grid, names=names, options=options.reach)


def register_prices(workspace: Workspace) -> dict[str, float]:
    """Read what the register says that a site costs, in pounds, where it says so as an amount.

    A cost is free text ("£25 a session"): the amount it begins with counts, and a site whose text begins with none is
    left out.
    """
    known = read_known(workspace)
    amounts = {site: _POUNDS.match(facts.get("cost", "")) for site, facts in known.facts.items()}
    return {site: float(found["pounds"].replace(",", "")) for site, found in amounts.items() if found}


def plan_of(
    workspace: Workspace,
    asked: Asked,
    *,
    extras: Extras = Extras(),  # noqa: B008 - frozen
    scenario: Scenario | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> SitingPlan:
    """Choose the set of hubs; arguments as `make_plan`, with the workspace's options."""
    return make_plan(asked, (scenario or workspace.scenario).siting, extras=extras, progress=progress, stop=stop)
