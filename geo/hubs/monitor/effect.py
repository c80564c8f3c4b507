"""Judge whether more or fewer clients came near last year's hubs than would have come without them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.evidence.trend_sentences import tell_ratio
from geo.hubs.monitor.interval import ratio_interval, smallest_changes, two_sided_p, usual_range
from geo.hubs.monitor.law import CountLaw
from geo.hubs.monitor.ordinary import Ordinary, learn_ordinary
from geo.hubs.monitor.places import read_places
from geo.hubs.monitor.several import adjust_holm
from geo.hubs.monitor.similar import compare_similar
from geo.hubs.monitor.words import CAUTION, tell_change, tell_share
from geo.scenario import MonitorOptions
from geo.schema import HUB_EFFECT

_COLUMNS: Final = list(HUB_EFFECT.columns)


@dataclass(frozen=True)
class Effect:
    """Hold what came of a place with a hub, or of all of them together.

    Attributes
    ----------
    before, after
        Clients who came.
    expected
        Clients who would have come after, without a hub.
    usual_low, usual_high
        The fewest and the most that luck explains.
    ratio
        `after` over `expected`; a hub's effect on how many come, if `low` and `high` leave out 1.
    low, high
        Its exact range, which errs on the wide side; `high` is infinite where there is no upper limit.
    p
        Two-sided chance of a count as far from `expected` without a hub.
    smallest_rise, smallest_fall
        Ratios that would have been told from luck with the stated chance; `smallest_fall` is NaN where none would.
    verdict
        One of MONITOR_VERDICTS.
    """

    before: int
    after: int
    expected: float
    usual_low: int
    usual_high: int
    ratio: float
    low: float
    high: float
    p: float
    smallest_rise: float
    smallest_fall: float
    verdict: str


@dataclass(frozen=True)
class HubEffect:
    """Hold what came of all hubs of a year, with what it rests on.

    Attributes
    ----------
    table
        HUB_EFFECT table, a row a place near a hub, by name.
    pooled
        All those places together: the answer that a report should lead with.
    sentence
        The pooled answer in words.
    notes
        What a reader must know besides, one sentence each.
    compared
        Places without a hub they were compared with.
    trend
        By how much those changed by themselves (mean over what it may be).
    drift
        By how much single places change beyond trend and luck (coefficient of variation, likewise).
    """

    table: pd.DataFrame
    pooled: Effect
    sentence: str
    notes: tuple[str, ...]
    compared: int
    trend: float
    drift: float


def effect_of_hubs(places: pd.DataFrame, *, options: MonitorOptions | None = None) -> HubEffect:
    """Compare every place near a hub with what it would have seen without, and all of them together.

    Parameters
    ----------
    places
        A row a place of the district, with a hub or without: place (name), before and after (clients, whole numbers),
        home_years_before and home_years_after (homes times the years they were counted for), near_hub, and if known
        hubs (how many were held). Clients before are those on which hubs were placed, all years of them.
    options
        Levels, which places are compared, and when it is too few to tell.

    Returns
    -------
    HubEffect
        A place is "more" or "fewer than expected" where its Holm q is at most 1 - level (all together: where p is),
        else "too few to tell" where not even a rise of `telling_ratio` would have been seen, else "no more and no fewer
        than luck explains".

    Raises
    ------
    BadInputError
        The table cannot be used, or no place had a hub.
    MissingDataError
        There are too few places without a hub, or too few clients in them.

    Notes
    -----
    The model is in `geo.hubs.monitor.ordinary`, the law of a sum in `geo.hubs.monitor.law`, the range in
    `geo.hubs.monitor.interval`.
    """
    chosen = options or MonitorOptions()
    known = read_places(places)
    values, whom = compare_similar(known.values(), known.near_hub, chosen)
    ordinary = learn_ordinary(values)
    rows = np.flatnonzero(known.near_hub)
    near = known.table.iloc[rows]
    laws = [ordinary.law_of(values, np.array([row])) for row in rows]
    table = _judge_each(near, laws, chosen)
    before, after = (int(near[name].sum()) for name in ("before", "after"))
    pooled = _judge(ordinary.law_of(values, rows), (before, after), chosen)
    where = "Near last year's hub" if len(rows) == 1 else f"In the {len(rows)} places near last year's hubs"
    return HubEffect(
        table=table,
        pooled=pooled,
        sentence=tell_change(where, pooled, level=chosen.level, power=chosen.power),
        notes=(*_basis(whom, ordinary), *_aside(known.without_homes, known.clients_without_homes), *_many(len(rows))),
        compared=int(values.compared.sum()),
        trend=ordinary.mean_of(ordinary.trend),
        drift=ordinary.mean_of(ordinary.drift),
    )


def _judge_each(near: pd.DataFrame, laws: list[CountLaw], options: MonitorOptions) -> pd.DataFrame:
    """Judge each place; its verdict allows for how many are looked at."""
    counts = list(zip(near["before"].astype(int), near["after"].astype(int), strict=True))
    q = adjust_holm([two_sided_p(law, after) for law, (_, after) in zip(laws, counts, strict=True)])
    judged = [
        _judge(law, count, options, q=float(raised), looked_at=len(laws))
        for law, count, raised in zip(laws, counts, q, strict=True)
    ]
    table = pd.DataFrame([vars(effect) for effect in judged])
    said = [
        tell_change(name, effect, level=options.level, power=options.power)
        for name, effect in zip(near["place"], judged, strict=True)
    ]
    named = table.assign(place=near["place"].to_numpy(), hubs=near["hubs"].to_numpy(), q=q, sentence=said)
    return HUB_EFFECT.validate(named[_COLUMNS])


def _judge(
    law: CountLaw, counts: tuple[int, int], options: MonitorOptions, *, q: float | None = None, looked_at: int = 1
) -> Effect:
    before, after = counts
    p = two_sided_p(law, after)
    low, high = ratio_interval(law, after, level=options.level)
    usual = usual_range(law, level=options.level)
    rise, fall = smallest_changes(law, level=1 - (1 - options.level) / looked_at, power=options.power)
    ratio = after / law.mean
    verdict = _verdict(p if q is None else q, ratio, rise, options)
    return Effect(before, after, law.mean, *usual, ratio, low, high, p, rise, fall, verdict)


def _verdict(p: float, ratio: float, smallest_rise: float, options: MonitorOptions) -> str:
    if p <= 1 - options.level:
        return "more than expected" if ratio > 1 else "fewer than expected"
    return "too few to tell" if smallest_rise > options.telling_ratio else "no more and no fewer than luck explains"


def _basis(whom: str, ordinary: Ordinary) -> list[str]:
    return [
        (
            f"Compared with {whom}: by themselves they changed to "
            f"{tell_ratio(ordinary.mean_of(ordinary.trend))} times, "
            f"and single places by about {tell_share(ordinary.mean_of(ordinary.drift))} more or less beyond luck."
        ),
        (
            "Places were chosen because many clients had come, and such places fall back by themselves: each place's "
            "count before was drawn towards the district's rate before it was compared."
        ),
        CAUTION,
    ]


def _aside(places: int, clients: int) -> list[str]:
    who, left = ("1 place has", "is") if places == 1 else (f"{places} places have", "are")
    said = f"{who} no homes on record in one of the years and {left} left out, with {clients:,} clients."
    return [said] if places else []


def _many(hubs: int) -> list[str]:
    said = (
        f"Of {hubs} places one may stand out by luck: the verdict of a single place allows for that, its range does "
        "not."
    )
    return [said] if hubs > 1 else []
