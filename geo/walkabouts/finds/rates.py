"""Say how many people are found in an hour at each place, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from geo.scenario.walkabouts import WalkaboutOptions
from geo.schema.walkabouts import WALK_BANDS, WALK_RATES
from geo.walkabouts.bands import BANDS, Band, band_of, day_of, local
from geo.walkabouts.finds.looks import FloatArray, Looks, faded, look_at, usable
from geo.walkabouts.finds.prior import RatePrior, learn_prior
from geo.walkabouts.finds.ranges import RateRange, in_each_band, of_district, over_all_bands
from geo.walkabouts.finds.spread import Spread, find_spread, worth
from geo.walkabouts.finds.words import told_rates, verdicts
from geo.walkabouts.sightings import Visit

DISTRICT: Final = ""
_MINUTES: Final = 60
_COUNTED: Final = ["visits", "no_access", "hours", "found"]


@dataclass(frozen=True)
class FindRates:
    """Hold the rates of finds, by place and band.

    Attributes
    ----------
    table
        WALK_RATES table: for each square a row a band and one over all bands ("all"), squares in alphabetical order;
        the square "" is the district: what is to be expected of a place taken at random from those visited. A square
        that was asked for and never visited has the district's range, and not nought.
    prior, spread
        What was learnt from all places together.
    group
        People found at a visit that found anybody, on average.
    level
        Coverage of every range.
    sentences
        What the rates rest on, in plain words.
    unseen
        What is to be expected of a square that nobody ever visited, also where it is not in the table: rate, low, high,
        own_share, expected, chance; a row a band, and "all".
    """

    table: pd.DataFrame
    prior: RatePrior
    spread: Spread
    group: float
    level: float
    sentences: tuple[str, ...]
    unseen: pd.DataFrame

    def of_band(self, band: Band) -> pd.DataFrame:
        """Give the rows of one band on an index of the squares, without the district."""
        rows = self.table[(self.table["band"] == band) & (self.table["square"] != DISTRICT)]
        return rows.set_index("square")


@dataclass(frozen=True)
class Learnt:
    """What all visits together tell.

    Attributes
    ----------
    found, hours
        Of each place by band, weighted by age and by what each visit is worth, shape (places, 3).
    prior, spread, group
        As in `FindRates`.
    """

    found: FloatArray
    hours: FloatArray
    prior: RatePrior
    spread: Spread
    group: float


def find_rates(
    visits: Sequence[Visit], squares: Sequence[str], options: WalkaboutOptions, *, now: datetime
) -> FindRates:
    """Divide people found by hours spent, and draw what rests on little towards the district.

    Parameters
    ----------
    visits
        In any order; those that do not stand, or begin after `now`, are left out. One that could not see its place
        carries no hours.
    squares
        Which squares to tell of, besides those visited.
    options
        Half-life, level, minutes at a stop, bands.
    now
        With its zone.

    Notes
    -----
    Gamma-Poisson, visits weighted by 0.5 ** (weeks / half-life) and by what each is worth beside the others of its
    place (`rate_spread`), prior from the district (`rate_prior`), ranges by `rate_range`. In simulated towns of 30 to
    100 places ranges of 90 % held the true mean rate in 89 to 97 % of places, whether counts were Poisson's, people
    came in groups or stayed for 2 to 26 weeks; had every visit been taken as independent and as fresh, in 84 to 94 %
    (tests/benchmarks/walk_rates.py); the construction was settled on towns of the same kinds. They are honest over all
    places, not for each kind: of the few busiest places, seen for an hour in two years, two in five lie above their
    range. They need visits off the known places: without (tests/benchmarks/walk_feedback.py) the places never visited
    are held to be like those where people were found.
    A rate in people an hour takes it that twice the time finds twice as many, which holds for stops of like length.
    """
    used = usable(visits, now=now)
    names = sorted({*squares, *(one.square for one in used)})
    looks = look_at(used, names, options, now=now)
    learnt = learn(looks, half_life_weeks=options.half_life_weeks)
    table = _counted(used, names, looks, options)
    figures = _figures(_stacked(learnt), learnt.group, options)
    table = pd.concat([table, figures], axis=1)
    table["verdict"] = verdicts(table)
    return FindRates(
        table=WALK_RATES.validate(table[list(WALK_RATES.columns)]),
        prior=learnt.prior,
        spread=learnt.spread,
        group=learnt.group,
        level=options.level,
        sentences=told_rates(table, learnt.prior, learnt.spread, options),
        unseen=_figures(_of_nobody(learnt.prior), learnt.group, options).set_axis(list(WALK_BANDS)),
    )


def learn(looks: Looks, *, half_life_weeks: float) -> Learnt:
    """Weigh every visit and learn the district's prior from them.

    Notes
    -----
    A weighted sum of counts varies less than a count of its size: the prior is learnt from the sums scaled to the
    number of independent counts they are worth (Kish's effective size), or places would seem more alike than they are.
    For the rates themselves the weights stand: a place may have changed since.
    """
    crude = learn_prior(looks.by_place(looks.found), looks.by_place(looks.hours))
    spread = find_spread(looks, crude.band_factors)
    age = faded(looks.age_weeks, half_life_weeks=half_life_weeks)
    weight = age * worth(looks, spread)
    found, hours = looks.by_place(weight * looks.found), looks.by_place(weight * looks.hours)
    once, twice = (looks.by_place(age**power * looks.hours).sum(axis=1, keepdims=True) for power in (1, 2))
    scale = np.divide(once, twice, out=np.ones_like(once), where=twice > 0)
    met = looks.found[looks.found > 0]
    group = (1 + float(met.sum())) / (1 + len(met))
    return Learnt(found, hours, learn_prior(scale * found, scale * hours), spread, group)


def _figures(ranges: RateRange, group: float, options: WalkaboutOptions) -> pd.DataFrame:
    stop = options.stop_minutes / _MINUTES
    low, high = ranges.limits(options.level)
    return pd.DataFrame(
        {
            "rate": ranges.rate,
            "low": low,
            "high": high,
            "own_share": ranges.own_share,
            "expected": ranges.rate * stop,
            "chance": ranges.chance(stop, group=group),
        }
    )


def _of_nobody(prior: RatePrior) -> RateRange:
    """Give the ranges of a place without a visit: over all bands, then in each."""
    none = np.zeros((1, len(BANDS)))
    return _side_by_side(over_all_bands(prior, none, none), in_each_band(prior, none, none))


def _side_by_side(whole: RateRange, banded: RateRange) -> RateRange:
    rate, shape, own = (
        np.column_stack(pair).ravel()
        for pair in ((whole.rate, banded.rate), (whole.shape, banded.shape), (whole.own_share, banded.own_share))
    )
    return RateRange(rate, shape, own)


def _stacked(learnt: Learnt) -> RateRange:
    """Give the ranges in the order of the table: the district first, and of each place all bands before each."""
    prior, found, hours = learnt.prior, learnt.found, learnt.hours
    top = of_district(prior)
    rest = _side_by_side(over_all_bands(prior, found, hours), in_each_band(prior, found, hours))
    return RateRange(
        np.concatenate((top.rate, rest.rate)),
        np.concatenate((top.shape, rest.shape)),
        np.concatenate((top.own_share, rest.own_share)),
    )


def _counted(visits: Sequence[Visit], names: Sequence[str], looks: Looks, options: WalkaboutOptions) -> pd.DataFrame:
    """Count visits, hours and people as they are, by the rows of the table."""
    weight = faded(looks.age_weeks, half_life_weeks=options.half_life_weeks)
    rows = pd.DataFrame(
        {
            "square": [one.square for one in visits],
            "band": [band_of(one.arrived, options) for one in visits],
            "visits": [int(one.outcome != "not accessible") for one in visits],
            "no_access": [int(one.outcome == "not accessible") for one in visits],
            "hours": [one.hours for one in visits],
            "found": [one.found for one in visits],
            "last_visit": [_day(one) for one in visits],
            "days": [_day_number(one, options) for one in visits],
            "weighted_hours": 0.0,
            "weighted_found": 0.0,
        }
    ).astype(
        {"square": str, "band": str, "last_visit": str, **dict.fromkeys(("visits", "no_access", "found"), "int64")}
    )
    seen = rows["visits"] == 1
    rows.loc[seen, "weighted_hours"] = weight * looks.hours
    rows.loc[seen, "weighted_found"] = weight * looks.found
    whole = rows.assign(band="all")
    every = pd.concat([whole.assign(square=DISTRICT), rows.assign(square=DISTRICT), whole, rows])
    sums = dict.fromkeys((*_COUNTED, "weighted_hours", "weighted_found"), "sum") | {
        "last_visit": "max",
        "days": "nunique",
    }
    index = pd.MultiIndex.from_product([[DISTRICT, *names], WALK_BANDS], names=["square", "band"])
    counted = every.groupby(["square", "band"]).agg(sums).reindex(index)
    counted["last_visit"] = counted["last_visit"].fillna("")
    return counted.fillna(0).astype({"visits": "int64", "no_access": "int64", "found": "int64"}).reset_index()


def _day_number(visit: Visit, options: WalkaboutOptions) -> object:
    """Give a visit's day as a number, small hours with the evening before; none where the place could not be seen."""
    return pd.NA if visit.outcome == "not accessible" else day_of(visit.arrived, options).toordinal()


def _day(visit: Visit) -> str:
    """Give the day on which a place was last seen; none where it could not be seen."""
    return "" if visit.outcome == "not accessible" else local(visit.arrived).date().isoformat()
