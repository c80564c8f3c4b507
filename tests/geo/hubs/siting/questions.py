"""Small questions for tests, and their answers by trying every set."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from geo.hubs.siting.evaluate import evaluate, minutes_to
from geo.hubs.siting.problem import SiteList, SitingProblem, SitingRules
from geo.hubs.siting.rules import rules_of

LONGEST = 20


def question(minutes, *, asked="cover", need=None, hubs=1, within=10.0, standing=None, **more) -> SitingProblem:
    """Ask about a matrix of minutes; sites are called A, B, C ..., places 0, 1, 2 ..."""
    minutes = np.array(minutes, dtype=float)
    places, count = minutes.shape
    names = tuple(chr(ord("A") + site) for site in range(count))
    sites = SiteList(
        ids=names,
        names=names,
        towns=tuple(more.pop("towns", ("",) * count)),
        points=np.array(more.pop("points", np.zeros((count, 2))), dtype=float),
        prices=np.array(more.pop("prices", np.zeros(count)), dtype=float),
        capacity=np.array(more.pop("capacity", np.full(count, np.inf)), dtype=float),
    )
    rural = more.pop("rural", None)
    return SitingProblem(
        question=asked,
        need=np.ones(places) if need is None else np.array(need, dtype=float),
        places=tuple(str(place) for place in range(places)),
        minutes=minutes,
        standing_minutes=np.full(places, np.inf) if standing is None else np.array(standing, dtype=float),
        sites=sites,
        rules=SitingRules(hubs=hubs, **more),
        within_minutes=within,
        beyond_minutes=2.0 * LONGEST,
        rural=rural,
    )


def every_set(problem: SitingProblem, size: int):
    """List every set of that size that keeps the rules."""
    rules = rules_of(problem, hubs=size)
    combinations = itertools.combinations(range(len(problem.sites)), size)
    sets = [np.array(sites, dtype=np.int64) for sites in combinations]
    return [chosen for chosen in sets if rules.kept_by(chosen)]


def best_by_trying(problem: SitingProblem) -> float | None:
    """Give the best value of all sets; None where no set keeps the rules."""
    most = len(problem.sites)
    sizes = range(most + 1) if problem.question == "fewest" else [problem.rules.hubs]
    for size in sizes:
        values = [value for chosen in every_set(problem, size) if (value := _value(problem, chosen)) is not None]
        if values:
            return max(values) if problem.question == "cover" else min(values)
    return None


def _value(problem: SitingProblem, chosen) -> float | None:
    """Work out a set's value; None where it leaves somebody out who must not be."""
    if problem.question in {"cover", "average"}:
        return evaluate(problem, chosen).value
    free = np.flatnonzero(rules_of(problem).free)
    possible, here = minutes_to(problem, free), minutes_to(problem, chosen)
    clients = problem.need > 0
    if problem.question == "fewest":
        wanted = clients & (possible <= problem.within_minutes)
        return None if (here[wanted] > problem.within_minutes).any() else float(len(chosen))
    there = clients & np.isfinite(possible)
    return None if np.isinf(here[there]).any() else float(here[there].max(initial=0.0))


def asks(problem: SitingProblem, **changes) -> SitingProblem:
    """Change the rules of a question."""
    return replace(problem, rules=replace(problem.rules, **changes))


@st.composite
def questions(draw, asked=("cover", "average", "worst", "fewest"), *, rules=True, limited=True, most_sites=7):
    """Draw a small question of any kind, with any mix of rules; some have no answer."""
    places, count = draw(st.integers(1, 9)), draw(st.integers(1, most_sites))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    kind = draw(st.sampled_from(asked))
    minutes = rng.integers(0, LONGEST, (places, count)) if draw(st.booleans()) else rng.random((places, count)) * 20
    minutes = np.where(rng.random((places, count)) < draw(st.sampled_from([0, 0.2])), np.inf, minutes)
    standing = np.where(rng.random(places) < draw(st.sampled_from([0, 0.4])), rng.random(places) * 20, np.inf)
    more = {}
    if rules:
        names = [chr(ord("A") + site) for site in rng.permutation(count)]
        more = {
            "must_keep": tuple(names[: draw(st.integers(0, 1))]),
            "never": tuple(names[1 : 1 + draw(st.integers(0, 1))]),
            "budget": draw(st.sampled_from([np.inf, np.inf, 4.0, 9.0])),
            "one_per_town": draw(st.booleans()),
            "spacing_m": draw(st.sampled_from([0.0, 0.0, 2_000.0, 5_000.0])),
        }
    if limited and kind in {"cover", "average"} and draw(st.booleans()):
        more["capacity"] = rng.integers(1, 8, count)
    return question(
        minutes,
        asked=kind,
        need=rng.integers(0, 5, places),
        hubs=draw(st.integers(1, count)),
        within=8.0,
        standing=standing,
        towns=tuple(rng.choice(["East", "West", ""], count)),
        points=rng.random((count, 2)) * 10_000,
        prices=rng.integers(0, 5, count),
        **more,
    )
