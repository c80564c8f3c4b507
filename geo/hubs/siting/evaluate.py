"""What a set of hubs does, worked out from the minutes alone: every solver's word is checked against this."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.hubs.siting.limited import Loads, serve_within_limits
from geo.hubs.siting.problem import SitingProblem

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Outcome:
    """What a set does for the clients.

    Attributes
    ----------
    value
        The question's own measure: clients reached (cover), client-minutes (average), minutes of the longest journey
        (worst), hubs (fewest).
    clients
        All clients.
    reached
        Clients within `within_minutes` of a chosen site or of where help stands already; where sites can see only so
        many, as many as they can.
    newly_reached
        The part of them that nothing standing reaches.
    mean_minutes, worst_minutes
        Over the clients who can get there at all; 0 where nobody can.
    no_way
        Clients without a way to any of these places.
    """

    value: float
    clients: float
    reached: float
    newly_reached: float
    mean_minutes: float
    worst_minutes: float
    no_way: float


def minutes_to(problem: SitingProblem, chosen: IntArray) -> FloatArray:
    """Give (n,) minutes to the nearest of the chosen sites and of what stands already."""
    nearest = problem.minutes[:, chosen].min(axis=1, initial=np.inf)
    return np.asarray(np.minimum(nearest, problem.standing_minutes), dtype=np.float64)


def evaluate(problem: SitingProblem, chosen: IntArray) -> Outcome:
    """Work out what a set of sites does.

    Parameters
    ----------
    problem
        The question.
    chosen
        Positions of the sites; may be empty.
    """
    need = problem.need
    minutes = minutes_to(problem, chosen)
    already = float(need[problem.standing_minutes <= problem.within_minutes].sum())
    reached = float(need[minutes <= problem.within_minutes].sum())
    client_minutes = float(need @ np.where(np.isfinite(minutes), minutes, problem.beyond_minutes))
    if problem.limited:
        loads = serve_within_limits(problem, chosen)
        reached, client_minutes = _within_limits(problem, loads, reached, client_minutes)
    there = np.isfinite(minutes) & (need > 0)
    values = {"cover": reached, "average": client_minutes, "fewest": float(len(chosen))}
    worst = float(minutes[there].max(initial=0.0))
    return Outcome(
        value=values.get(problem.question, worst),
        clients=float(need.sum()),
        reached=reached,
        newly_reached=reached - already,
        mean_minutes=float(np.average(minutes[there], weights=need[there])) if there.any() else 0.0,
        worst_minutes=worst,
        no_way=float(need[~there].sum()),
    )


def _within_limits(problem: SitingProblem, loads: Loads, reached: float, client_minutes: float) -> tuple[float, float]:
    if problem.question == "average":
        return reached, loads.cost
    return problem.clients - loads.cost, client_minutes
