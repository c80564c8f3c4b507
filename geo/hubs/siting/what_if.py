"""What if: put a set in, and see at once what it does beside the chosen one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError
from geo.hubs.siting.evaluate import Outcome, evaluate, minutes_to
from geo.hubs.siting.problem import SitingProblem
from geo.hubs.siting.rules import Rules, rules_of

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Change:
    """What another set does, beside one that is known.

    Attributes
    ----------
    before, after
        Outcomes of the known set and of the other one.
    come, go
        Names of the sites that are only in the other, and only in the known one.
    nearer, farther
        Clients whose journey gets shorter, and longer.
    gained, lost
        Clients who come within reach, and who fall out of it.
    broken
        Rules that the other set breaks, in words; empty where it keeps them all.
    """

    before: Outcome
    after: Outcome
    come: tuple[str, ...]
    go: tuple[str, ...]
    nearer: float
    farther: float
    gained: float
    lost: float
    broken: tuple[str, ...]


def what_if(problem: SitingProblem, site_ids: tuple[str, ...], *, known: IntArray) -> Change:
    """Set a set in and see the change.

    Parameters
    ----------
    problem
        The question.
    site_ids
        Ids of the sites to try; any number.
    known
        Positions of the set to compare with.

    Raises
    ------
    BadInputError
        There is no such site.
    """
    tried = _positions(problem, site_ids)
    need, names = problem.need, problem.sites.names
    now, then = minutes_to(problem, known), minutes_to(problem, tried)
    inside_now, inside_then = now <= problem.within_minutes, then <= problem.within_minutes
    return Change(
        before=evaluate(problem, known),
        after=evaluate(problem, tried),
        come=tuple(names[site] for site in np.setdiff1d(tried, known)),
        go=tuple(names[site] for site in np.setdiff1d(known, tried)),
        nearer=float(need[then < now].sum()),
        farther=float(need[then > now].sum()),
        gained=float(need[inside_then & ~inside_now].sum()),
        lost=float(need[inside_now & ~inside_then].sum()),
        broken=broken_rules(problem, tried),
    )


def broken_rules(problem: SitingProblem, chosen: IntArray) -> tuple[str, ...]:
    """Say in words which rules a set breaks."""
    rules, sites = rules_of(problem), problem.sites
    words = []
    if problem.question != "fewest" and len(chosen) != rules.hubs:
        words.append(f"{len(chosen)} chosen, {rules.hubs} asked for")
    missing = np.setdiff1d(np.flatnonzero(rules.fixed), chosen)
    words += [f"{sites.names[site]} must be kept" for site in missing]
    words += [f"{sites.names[site]} must never be used" for site in chosen if not rules.free[site]]
    cost = float(rules.prices[chosen].sum())
    if cost > rules.budget * (1 + 1e-12):
        words.append(f"£{cost:,.0f}, more than the budget of £{rules.budget:,.0f}")
    return (*words, *_pairs(rules, chosen, sites.names, sites.towns))


def _pairs(rules: Rules, chosen: IntArray, names: tuple[str, ...], towns: tuple[str, ...]) -> list[str]:
    words = []
    for row, first in enumerate(chosen):
        for second in chosen[row + 1 :]:
            if not rules.apart[first, second]:
                continue
            both = f"{names[first]} and {names[second]}"
            same = rules.towns[first] >= 0 and rules.towns[first] == rules.towns[second]
            near = f"less than {rules.spacing_m / 1000:g} km apart"
            words.append(f"{both} are {'both in ' + towns[first] if same else near}")
    return words


def _positions(problem: SitingProblem, site_ids: tuple[str, ...]) -> IntArray:
    number = {name: index for index, name in enumerate(problem.sites.ids)}
    unknown = [name for name in site_ids if name not in number]
    if unknown:
        message = f"There is no site '{unknown[0]}' among the {len(number)} that compete."
        raise BadInputError(message)
    return np.array(sorted({number[name] for name in site_ids}), dtype=np.int64)
