"""Try a way of planning walks on a town whose sleepers are known, to see whether it finds them and keeps doing so.

Planning from what walks found alone sees what it looks at, and looks at what it has seen (Ensign et al. 2018). Here
each walk of two years is planned by the planner's own rates and by reports, with a share of stops drawn off the known
places or without, and held against the truth.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import BANDS
from geo.walkabouts.explore import draw_places, explore_stops
from geo.walkabouts.feedback.town import Town
from geo.walkabouts.finds.looks import FloatArray, IntArray, Looks
from geo.walkabouts.finds.ranges import RateRange, over_all_bands
from geo.walkabouts.finds.rates import learn

SEEN_WEEKS: Final = 26
_KNOWN_WEEKS: Final = 52
_FIRST_WEEK: Final = datetime(2025, 1, 6, 20, 30, tzinfo=UTC)
_MINUTES: Final = 60


@dataclass(frozen=True)
class Feedback:
    """How a way of planning did, week by week; shape (weeks,).

    Attributes
    ----------
    ranking
        Rank correlation (Spearman) of the estimated rates with the truth, over all places.
    reached
        Share of all sleepers who sleep at places that were seen within half a year.
    seen
        Share of all places that were seen within half a year.
    never
        Share of all places that were never seen.
    missed
        Of the people whom the best stops would be expected to find, the share that this walk's stops would not: regret.
    explored
        Share of all stops so far that were drawn.
    covered
        Share of all places whose range holds the true rate.
    """

    ranking: FloatArray
    reached: FloatArray
    seen: FloatArray
    never: FloatArray
    missed: FloatArray
    explored: FloatArray
    covered: FloatArray


def try_plan(town: Town, options: WalkaboutOptions, *, stops: int, seed: int) -> Feedback:
    """Walk once a week for as long as the town lasts.

    Parameters
    ----------
    town
        As `make_town` gives it.
    options
        `explore_share` is what is tried; half-life, minutes at a stop and worths are used as they are.
    stops
        Of each walk. The way between them is left out: any stops can be joined.
    seed
        Of the draws, and of who is met.

    Notes
    -----
    A walk goes first where a report is open, then to those drawn, then where most are expected among the places with
    any evidence: reported within a year, or ever visited. What nobody reported and no draw hit is never a candidate.
    """
    walks = _Walks(town, options, stops, np.random.default_rng(seed), seed)
    return walks.run()


@dataclass
class _Walks:
    """What the team knows so far; it changes from week to week."""

    town: Town
    options: WalkaboutOptions
    stops: int
    rng: np.random.Generator
    seed: int
    log: list[tuple[int, int, int]] = field(default_factory=list)  # week, place, found
    drawn: int = 0

    def __post_init__(self) -> None:
        places = self.town.asked.places
        self.names = [f"SU{300 + n // 50:03d}{400 + n % 50:03d}" for n in range(places)]
        self.reported_at = np.where(self.town.before > 0, -1, -1000)
        self.found_at = np.full(places, -1000)
        self.seen_at = np.full(places, -1000)
        self.open = self.town.before * 0

    def run(self) -> Feedback:
        rows = [self._week(week) for week in range(len(self.town.present))]
        return Feedback(*np.array(rows, dtype=np.float64).T)

    def _week(self, week: int) -> tuple[float, ...]:
        ranges = self._ranges(week)
        chosen = self._chosen(week, ranges.rate)
        self._visit(week, chosen)
        truth = self.town.expected[week]
        low, high = ranges.limits(self.options.level)
        rate = truth * self.town.asked.met * _MINUTES / self.options.stop_minutes
        best = float(np.sort(truth)[::-1][: self.stops].sum())
        lately = self.seen_at > week - SEEN_WEEKS
        self.open = self.open + self.town.reported[week]
        self.reported_at = np.where(self.town.reported[week] > 0, week, self.reported_at)
        return (
            rank_correlation(ranges.rate, truth),
            float(truth[lately].sum() / max(truth.sum(), 1e-9)),
            float(lately.mean()),
            float((self.seen_at < 0).mean()),
            1 - float(truth[chosen].sum()) / max(best, 1e-9),
            self.drawn / max(len(self.log), 1),
            float(((low <= rate) & (rate <= high)).mean()),
        )

    def _ranges(self, week: int) -> RateRange:
        """Rate every place by what the visits so far found."""
        log = np.array(self.log, dtype=np.int64).reshape(-1, 3)
        looks = Looks(
            places=self.town.asked.places,
            square=log[:, 1],
            band=np.full(len(log), BANDS.index("evening"), dtype=np.int64),
            hours=np.full(len(log), self.options.stop_minutes / _MINUTES),
            found=log[:, 2].astype(np.float64),
            age_weeks=(week - log[:, 0]).astype(np.float64),
        )
        learnt = learn(looks, half_life_weeks=self.options.half_life_weeks)
        return over_all_bands(learnt.prior, learnt.found, learnt.hours)

    def _chosen(self, week: int, expected: FloatArray) -> IntArray:
        options = self.options
        known = (self.reported_at > week - _KNOWN_WEEKS) | (self.found_at > week - _KNOWN_WEEKS)
        count = explore_stops(self.stops, share=options.explore_share, seed=self._seed(week))
        drawn = self._drawn(week, known, count)
        hours = options.stop_minutes / _MINUTES
        worth = options.find_worth * expected * hours + options.report_worth * self.open
        candidate = (known | (self.seen_at >= 0)) & ~np.isin(np.arange(len(known)), drawn)
        order = np.lexsort((self.rng.random(len(worth)), -worth, self.open == 0))
        rest = order[candidate[order]][: self.stops - len(drawn)]
        self.drawn += len(drawn)
        return np.concatenate((drawn, rest)).astype(np.int64)

    def _drawn(self, week: int, known: npt.NDArray[np.bool_], count: int) -> IntArray:
        if not count:
            return np.array([], dtype=np.int64)
        last = {name: _moment(int(at)) for name, at in zip(self.names, self.seen_at, strict=True) if at >= 0}
        names = {name for name, is_known in zip(self.names, known, strict=True) if is_known}
        found = draw_places(self.names, names, count=count, last_seen=last, seed=self._seed(week))
        return np.array([self.names.index(name) for name in found], dtype=np.int64)

    def _visit(self, week: int, chosen: IntArray) -> None:
        met = self.rng.binomial(self.town.present[week, chosen], self.town.asked.met)
        self.log += [(week, int(place), int(found)) for place, found in zip(chosen, met, strict=True)]
        self.seen_at[chosen] = week
        self.found_at[chosen[met > 0]] = week
        self.open[chosen] = 0

    def _seed(self, week: int) -> int:
        return self.seed * 10_000 + week


def rank_correlation(one: FloatArray, other: FloatArray) -> float:
    """Give Spearman's rank correlation, 0 where all of either are alike.

    Examples
    --------
    >>> round(rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), 2)
    0.5
    """
    a, b = rankdata(one), rankdata(other)
    if np.ptp(a) == 0 or np.ptp(b) == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _moment(week: int) -> datetime:
    return _FIRST_WEEK + timedelta(weeks=week)
