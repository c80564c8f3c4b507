"""Districts whose truth is known: hubs stand where most clients came before, and multiply clients by a known ratio."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.evidence.rate_ratio import compare_two_counts
from geo.hubs.monitor.interval import smaller_tail, two_sided_p
from geo.hubs.monitor.ordinary import learn_ordinary
from geo.hubs.monitor.places import read_places
from geo.hubs.monitor.several import adjust_holm
from geo.hubs.monitor.similar import compare_similar
from geo.scenario import MonitorOptions

LEVEL = 0.95


@dataclass(frozen=True)
class Design:
    """How uneven homes and rates are, how places drift and all of them change, and what a hub does."""

    ratio: float = 1.0
    homes: float = 0.3  # sd of the logarithm of homes: 0.3 are places laid out alike, 1 are towns and villages
    spread: float = 0.5
    drift: float = 0.2
    trend: float = 1.0
    lopsided: bool = False  # lognormal rates in place of gamma ones
    hubs: int = 4


def draw(rng, design):
    """Draw a district of 120 to 190 places and 300 to 700 cases, with hubs where most clients came."""
    n, cases = int(rng.integers(120, 191)), rng.uniform(300, 700)
    homes = np.exp(design.homes * rng.standard_normal(n))
    homes *= 30_000 / homes.sum()
    rates = uneven(rng, design.spread, n) if design.lopsided else rng.gamma(1 / design.spread**2, 1, n)
    mean = homes * rates * cases / (homes @ rates)
    before = rng.poisson(mean)
    near = np.zeros(n, dtype=bool)
    near[np.argsort(-before, kind="stable")[: design.hubs]] = True
    own = uneven(rng, design.drift, n) * design.trend
    after = rng.poisson(mean * own * np.where(near, design.ratio, 1.0))
    return places(before, homes, after, near)


def uneven(rng, cv, n):
    """Draw lognormal numbers with mean 1."""
    variance = np.log1p(cv**2)
    return np.exp(np.sqrt(variance) * rng.standard_normal(n) - variance / 2)


def places(before, homes, after, near):
    """Write a table of places; homes are the same in both years."""
    return pd.DataFrame(
        {
            "place": [f"Place {number:03}" for number in range(len(before))],
            "before": np.asarray(before, dtype=np.int64),
            "home_years_before": np.asarray(homes, dtype=float),
            "after": np.asarray(after, dtype=np.int64),
            "home_years_after": np.asarray(homes, dtype=float),
            "near_hub": np.asarray(near, dtype=bool),
        }
    )


def judge(table, ratio):
    """Say whether ranges hold the truth, and what is called an effect, by the tails that ranges are made of."""
    known = read_places(table)
    values, _ = compare_similar(known.values(), known.near_hub, MonitorOptions())
    ordinary, rows = learn_ordinary(values), np.flatnonzero(known.near_hub)
    laws = [ordinary.law_of(values, chosen) for chosen in (rows, *(np.array([row]) for row in rows))]
    counts = [int(values.after[rows].sum()), *values.after[rows].astype(int)]
    held = [holds(law, count, ratio) for law, count in zip(laws, counts, strict=True)]
    p = [two_sided_p(law, count) for law, count in zip(laws, counts, strict=True)]
    before = [int(values.before[rows].sum())]
    return {
        "pooled held": held[0],
        "place held": np.mean(held[1:]),
        "pooled called": p[0] <= 1 - LEVEL,
        "rightly": p[0] <= 1 - LEVEL and (counts[0] > laws[0].mean) == (ratio > 1),
        "a place called": bool((adjust_holm(p[1:]) <= 1 - LEVEL).any()),
        "naive called": bool(compare_two_counts(before, counts[:1], 0.5).p[0] <= 1 - LEVEL),
    }


def holds(law, count, ratio):
    """Say whether neither tail speaks against a ratio, which is what the range is made of."""
    return smaller_tail(law, count, ratio) > (1 - LEVEL) / 2


def tried(design, runs, seed):
    """Average over many districts."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame([judge(draw(rng, design), design.ratio) for _ in range(runs)]).astype(float).mean()
