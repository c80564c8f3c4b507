"""Whether a question can be asked at all: shapes, numbers, need, and somebody who can get somewhere."""

import numpy as np

from geo.errors import BadInputError
from geo.hubs.siting.problem import SitingProblem


def require_asked(problem: SitingProblem) -> None:
    """Refuse a question that has no answer.

    Raises
    ------
    BadInputError
        Says what is wrong with the need, the minutes or the limits.
    """
    message = _shapes(problem) or _numbers(problem) or _nobody(problem)
    if message:
        raise BadInputError(message)


def _shapes(problem: SitingProblem) -> str:
    places, sites = len(problem.need), len(problem.sites)
    if problem.minutes.shape != (places, sites) or problem.standing_minutes.shape != (places,):
        return f"The minutes are {problem.minutes.shape}, but there are {places} places and {sites} sites."
    parts = problem.sites
    lengths = (len(parts.names), len(parts.towns), len(parts.points), len(parts.prices), len(parts.capacity))
    if any(length != sites for length in lengths) or len(set(parts.ids)) != sites:
        return "Every site needs one id of its own, a name, a town (or none), a point, a price and a capacity."
    if len(problem.places) != places or (problem.rural is not None and len(problem.rural) != places):
        return f"There are {places} places; each needs a name, and a mark of rural or not where any has one."
    return ""


def _numbers(problem: SitingProblem) -> str:
    rules, sites = problem.rules, problem.sites
    if not (np.isfinite(problem.need).all() and (problem.need >= 0).all()):
        return "The need of a place is a number of clients, 0 or more."
    if not ((problem.minutes >= 0).all() and (problem.standing_minutes >= 0).all()):
        return "Minutes are 0 or more, or infinite where there is no way."
    if not ((sites.prices >= 0).all() and np.isfinite(sites.prices).all() and (sites.capacity >= 0).all()):
        return "Prices and capacities of sites are 0 or more."
    if not (rules.budget >= 0 and 0 <= rules.spacing_m < np.inf and 0 <= problem.within_minutes < np.inf):
        return "Budget, spacing and the minutes within which clients count as reached are 0 or more."
    longest = np.where(np.isfinite(problem.minutes), problem.minutes, 0.0).max(initial=0.0)
    if not longest <= problem.beyond_minutes < np.inf:
        return f"A journey without a way must count as {longest:.0f} minutes at least, the longest that has one."
    return ""


def _nobody(problem: SitingProblem) -> str:
    if not problem.clients:
        return "Nobody is counted in any place, so no hub can be chosen by need; choose another period or source."
    if not len(problem.sites):
        return "There is no site to choose from; add some with `planner add sites`, `add gp` or `add food-banks`."
    if not np.isfinite(problem.minutes[problem.need > 0]).any():
        return (
            "No site can be reached from any place with clients: every journey is longer than was measured, or has no "
            "way. Check where the sites lie, or measure longer journeys."
        )
    if problem.limited and problem.question in {"worst", "fewest"}:
        return "How many clients a hub can see is kept to for cover and average only; ask one of these."
    return ""
