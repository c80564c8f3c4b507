"""Why no set of hubs is possible, in words that name the rule."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.hubs.siting.mip import Model, Patience, minimise
from geo.hubs.siting.problem import SiteList, SitingProblem
from geo.hubs.siting.rule_rows import rule_rows
from geo.hubs.siting.rules import Rules
from geo.hubs.siting.search import feasible_set

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

_SECONDS: Final = 10.0


def require_possible(problem: SitingProblem, rules: Rules) -> None:
    """Refuse rules that no set of hubs can keep.

    Raises
    ------
    BadInputError
        Says which rule cannot be met, and by how much.
    """
    any_number = problem.question == "fewest"
    message = _plain(problem, rules, any_number=any_number) or ("" if any_number else _together(problem, rules))
    if message:
        raise BadInputError(message)


def _plain(problem: SitingProblem, rules: Rules, *, any_number: bool) -> str:
    """Check one rule after the other."""
    sites, allowed, kept = problem.sites, int(rules.free.sum()), int(rules.fixed.sum())
    both = np.flatnonzero(rules.fixed & ~rules.free)
    if both.size:
        return f"{sites.names[both[0]]} is both to be kept and never to be used; drop one of the two."
    if not allowed:
        return f"All {_sites(len(sites))} are refused, so there is none to choose; allow some again."
    message = _kept(sites, rules)
    return message if message or any_number else _count(rules, allowed, kept)


def _count(rules: Rules, allowed: int, kept: int) -> str:
    """Check the number of hubs against the sites."""
    if rules.hubs < 1:
        return f"{_hubs(rules.hubs)} asked for; ask for 1 or more."
    if rules.hubs > allowed:
        return f"Only {_sites(allowed)} may be chosen, and {_hubs(rules.hubs)} asked for; ask for {allowed} or fewer."
    if kept > rules.hubs:
        return f"{_sites(kept)} must be kept, and only {_hubs(rules.hubs)} asked for; ask for {kept} or more."
    return _number(rules)


def _kept(sites: SiteList, rules: Rules) -> str:
    """Check the must-keep sites against money, towns and spacing."""
    kept = np.flatnonzero(rules.fixed)
    cost = float(rules.prices[kept].sum())
    if cost > rules.budget:
        return (
            f"The {_sites(len(kept))} that must be kept would cost {_pounds(cost)}, more than the budget of "
            f"{_pounds(rules.budget)}; raise the budget or keep fewer."
        )
    for row, first in enumerate(kept):
        for second in kept[row + 1 :]:
            names = f"{sites.names[first]} and {sites.names[second]}"
            if rules.towns[first] >= 0 and rules.towns[first] == rules.towns[second]:
                return f"{names} must both be kept, but both are in {sites.towns[first]} and a town may have one hub."
            if rules.apart[first, second]:
                metres = float(np.hypot(*(rules.points[first] - rules.points[second])))
                return (
                    f"{names} must both be kept, but are {metres / 1000:.1f} km apart and hubs must be at least "
                    f"{rules.spacing_m / 1000:g} km apart."
                )
    return ""


def _number(rules: Rules) -> str:
    """Check money and towns against the number of hubs."""
    cheapest = float(rules.prices[rules.cheapest(rules.prices)].sum()) if (rules.towns < 0).all() else 0.0
    if cheapest > rules.budget:
        return (
            f"{_hubs(rules.hubs)} asked for, and the cheapest choice costs {_pounds(cheapest)}, more than the budget "
            f"of {_pounds(rules.budget)}; raise the budget or ask for fewer hubs."
        )
    towns = np.where(rules.towns >= 0, rules.towns, -1 - np.arange(len(rules.towns)))[rules.free]
    different = len(np.unique(towns))
    if different < rules.hubs:
        return (
            f"The allowed sites are in {different} different towns, and {rules.hubs} hubs in different towns are asked "
            f"for; ask for {different} or fewer, or allow more than one hub in a town."
        )
    return ""


def _together(problem: SitingProblem, rules: Rules) -> str:
    """Check all rules at once; where they clash, name the one that stands in the way."""
    patience = Patience().at_most(_SECONDS)
    if feasible_set(rules, patience) is not None or patience.over:
        return ""
    most = _most_hubs(rules, patience)
    either = guilty_rules(rules, lambda other: feasible_set(other, patience) is not None)
    must = f" beside {', '.join(problem.rules.must_keep)}" if problem.rules.must_keep else ""
    return (
        f"No choice of {rules.hubs} from the {_sites(int(rules.free.sum()))} allowed keeps all the rules{must}: what "
        f"stands in the way is {either}. The most hubs that keep them all: {most}. Ask for fewer, or loosen that rule."
    )


def guilty_rules(rules: Rules, possible: Callable[[Rules], bool]) -> str:
    """Name the rules of which each alone stands in the way; all together where no single one does."""
    loosened = _loosened(rules)
    guilty = [words for words, other in loosened.items() if possible(other)]
    return " or ".join(guilty) if guilty else " and ".join(loosened) + " together"


def _loosened(rules: Rules) -> dict[str, Rules]:
    """Give the rules with one of them taken away, under its name."""
    count = len(rules.free)
    no_towns = np.full(count, -1, dtype=np.int64)
    found: dict[str, Rules] = {}
    if rules.spacing_m > 0:
        same = (rules.towns[:, None] == rules.towns[None, :]) & (rules.towns >= 0)[:, None]
        np.fill_diagonal(same, val=False)
        found[f"the spacing of {rules.spacing_m / 1000:.3g} km"] = replace(rules, spacing_m=0.0, apart=same)
    if np.isfinite(rules.budget):
        found[f"the budget of {_pounds(rules.budget)}"] = replace(rules, budget=float("inf"))
    if (rules.towns >= 0).any():
        gap = rules.points[:, None, :] - rules.points[None, :, :]
        near = np.einsum("ijk,ijk->ij", gap, gap) < rules.spacing_m**2
        np.fill_diagonal(near, val=False)
        found["one hub a town"] = replace(rules, towns=no_towns, apart=near)
    if rules.fixed.any():
        found["the sites that must be kept"] = replace(rules, fixed=np.zeros(count, dtype=np.bool_))
    return found


def _most_hubs(rules: Rules, patience: Patience) -> int:
    rows, low, high = rule_rows(rules, least_hubs=0.0)
    count = len(rules.free)
    whole = np.ones(count, dtype=np.bool_)
    model = Model(-np.ones(count), rules.fixed.astype(float), rules.free.astype(float), whole, rows, low, high)
    values = minimise(model, patience).values
    return 0 if values is None else round(float(values.sum()))


def _sites(count: int) -> str:
    return "1 site" if count == 1 else f"{count} sites"


def _hubs(count: int) -> str:
    return "1 hub is" if count == 1 else f"{count} hubs are"


def _pounds(amount: float) -> str:
    return f"£{amount:,.0f}"
