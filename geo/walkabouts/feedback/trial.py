"""Hold planning with places drawn at random against planning without, on the same made-up towns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.feedback.feedback import SEEN_WEEKS, Feedback, try_plan
from geo.walkabouts.feedback.town import Town, TownAsked, make_town
from geo.walkabouts.finds.looks import FloatArray

WEEKS_A_YEAR: Final = 52
MOST_YEARS: Final = 10
MOST_TOWNS: Final = 50
STOPS: Final = 12
MEASURES: Final = ("ranking", "reached", "seen", "never", "missed", "covered")
_CHANCE_BAND: Final = (0.1, 0.9)


@dataclass(frozen=True)
class Trial:
    """How both ways of planning did, a run a town.

    Attributes
    ----------
    share
        Of stops that were drawn.
    weeks
        How long.
    drawn, known
        With places drawn, and by known places alone; the same towns in the same order.
    """

    share: float
    weeks: int
    drawn: tuple[Feedback, ...]
    known: tuple[Feedback, ...]

    def ends(self, measure: str) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Give median, low and high of a measure in the last week: with places drawn, then without."""
        found = [tuple(float(line[-1]) for line in spread_of(runs, measure)) for runs in (self.drawn, self.known)]
        return (found[0][0], found[0][1], found[0][2]), (found[1][0], found[1][1], found[1][2])


def run_trial(
    options: WalkaboutOptions, *, years: float, towns: int, progress: Callable[[float], None] = lambda _: None
) -> Trial:
    """Walk every town twice, once with the options' share of stops drawn and once with none.

    Parameters
    ----------
    options
        `explore_share` must be above 0; `seed` makes the towns.
    years
        At a walk a week.
    towns
        How many.
    progress
        Told the share done.

    Raises
    ------
    BadInputError
        The share is 0, or years or towns are out of range.
    """
    _require(options, years, towns)
    weeks = round(years * WEEKS_A_YEAR)
    without = options.model_copy(update={"explore_share": 0.0})
    drawn, known = [], []
    for number in range(towns):
        seed = options.seed * 1_000 + number
        town = make_town(TownAsked(), weeks=weeks, seed=seed)
        drawn.append(_run(town, options, seed))
        known.append(_run(town, without, seed))
        progress((number + 1) / towns)
    return Trial(options.explore_share, weeks, tuple(drawn), tuple(known))


def spread_of(runs: Sequence[Feedback], measure: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give a measure's median over towns, and the span that four in five of them lie in, week by week."""
    low, middle, high = np.quantile(
        np.array([getattr(run, measure) for run in runs]), [_CHANCE_BAND[0], 0.5, _CHANCE_BAND[1]], axis=0
    )
    return middle, low, high


def told_trial(trial: Trial) -> tuple[str, ...]:
    """Say what came of it in plain words."""
    ranking, reached, never, missed = (trial.ends(name) for name in ("ranking", "reached", "never", "missed"))
    seen = trial.ends("seen")
    return (
        f"{len(trial.drawn)} towns of {TownAsked().places} places, {trial.weeks} weekly walks of {STOPS} stops.",
        f"Half-way some places change. With {trial.share:.0%} of stops drawn at random against none:",
        f"How like the truth the order of places is (rank correlation, 1 is the same): {_pair(ranking)}.",
        f"Sleepers who sleep at places seen within {SEEN_WEEKS} weeks: {_percents(reached)}.",
        f"Places seen within {SEEN_WEEKS} weeks: {_percents(seen)}; never seen: {_percents(never)}.",
        f"What a walk misses of the people at the {STOPS} best stops: {_percents(missed)}.",
    )


def _run(town: Town, options: WalkaboutOptions, seed: int) -> Feedback:
    return try_plan(town, options, stops=STOPS, seed=seed)


def _require(options: WalkaboutOptions, years: float, towns: int) -> None:
    if not options.explore_share:
        message = "explore_share is 0, so there is nothing to hold against planning without; set it to 0.1 to 0.2."
        raise BadInputError(message)
    if not 1 / 2 <= years <= MOST_YEARS or not 1 <= towns <= MOST_TOWNS:
        message = (
            f"{years:g} years of {towns} towns were asked for; expected half a year to {MOST_YEARS} years, and 1 to "
            f"{MOST_TOWNS} towns."
        )
        raise BadInputError(message)


def _pair(ends: tuple[tuple[float, float, float], tuple[float, float, float]]) -> str:
    return " against ".join(f"{middle:.2f} ({low:.2f} to {high:.2f})" for middle, low, high in ends)


def _percents(ends: tuple[tuple[float, float, float], tuple[float, float, float]]) -> str:
    return " against ".join(f"{middle:.0%} ({low:.0%} to {high:.0%})" for middle, low, high in ends)
