"""What a reader of a chosen set must know besides the set itself, one sentence each."""

import numpy as np

from geo.hubs.siting.choose import Choice
from geo.hubs.siting.problem import SitingProblem

_NAMED = 5


def notes_on_plan(choice: Choice, *, held: bool) -> tuple[str, ...]:
    """Say what the numbers leave out.

    Parameters
    ----------
    choice
        The chosen set.
    held
        Whether the counts were drawn anew.
    """
    problem = choice.problem
    notes = [_no_way(problem), _dead_sites(problem), _fewest_out(problem), _beyond(problem), _limits(problem)]
    if not held and problem.question in {"worst", "fewest"}:
        notes.append("The answer asks where clients are, not how many, so other counts would not change it.")
    return tuple(note for note in notes if note)


def _no_way(problem: SitingProblem) -> str:
    """Name the places with clients that no site and nothing standing can be reached from."""
    best = np.minimum(problem.minutes.min(axis=1, initial=np.inf), problem.standing_minutes)
    lost = ~np.isfinite(best) & (problem.need > 0)
    if not lost.any():
        return ""
    names = sorted({problem.places[place] for place in np.flatnonzero(lost)})
    return (
        f"{problem.need[lost].sum():,.0f} clients in {int(lost.sum())} places have no way to any site at all "
        f"({_listed(names)}); no choice of hubs changes that."
    )


def _dead_sites(problem: SitingProblem) -> str:
    dead = np.flatnonzero(~np.isfinite(problem.minutes[problem.need > 0]).any(axis=0))
    if not dead.size:
        return ""
    names = [problem.sites.names[site] for site in dead]
    return f"Nobody has a way to {len(names)} of the sites ({_listed(names)}); they compete, but can add nothing."


def _fewest_out(problem: SitingProblem) -> str:
    """Count whom the fewest hubs need not reach, because no allowed site does."""
    if problem.question != "fewest":
        return ""
    allowed = [place for place, name in enumerate(problem.sites.ids) if name not in problem.rules.never]
    best = np.minimum(problem.minutes[:, allowed].min(axis=1, initial=np.inf), problem.standing_minutes)
    out = float(problem.need[best > problem.within_minutes].sum())
    if not out:
        return ""
    return f"{out:,.0f} clients are further than {problem.within_minutes:g} minutes from every site that may be chosen."


def _beyond(problem: SitingProblem) -> str:
    if problem.question != "average" or np.isfinite(problem.minutes[problem.need > 0]).all():
        return ""
    return f"A journey that was not measured or cannot be made counts as {problem.beyond_minutes:g} minutes."


def _limits(problem: SitingProblem) -> str:
    if not problem.limited:
        return ""
    return (
        "What stands already is taken to have room for everybody who is nearest to it. Journeys, the nearest "
        "hub and who gains are told as if there were always room; only the choice itself keeps to the limit."
    )


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
