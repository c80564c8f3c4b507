"""Plan a walkabout: which places each team stops at in its minutes, at what time, and along which streets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise

import numpy as np

from geo.places.streets import Streets
from geo.walkabouts.bands import LONDON, band_of
from geo.walkabouts.daylight import is_dark
from geo.walkabouts.plan import LeftOut, PlannedStop, TeamWalk, Walkabout
from geo.walkabouts.planning.ask import WalkAsk, WalkRules, require_walk
from geo.walkabouts.planning.ground import Stop, WalkGround, walk_ground
from geo.walkabouts.planning.legs import known_light, leg_between
from geo.walkabouts.planning.must import keep_what_fits
from geo.walkabouts.routing.question import RouteQuestion
from geo.walkabouts.routing.result import Route, Skipped, Walk
from geo.walkabouts.routing.route import RouteProgress, plan_route
from geo.walkabouts.squares import told_square

Progress = Callable[[RouteProgress], None]

_START, _END = 0, 1
_GAVE_WAY = "Had to be visited, but does not fit beside what is more pressing: it needs another walk."


def plan_walkabout(
    ask: WalkAsk,
    streets: Streets | None,
    rules: WalkRules,
    *,
    seed: int,
    seconds: float = 10.0,
    progress: Progress | None = None,
) -> Walkabout:
    """Plan the stops worth most that each team can make in its minutes.

    Parameters
    ----------
    ask
        When, where, how long, and what is worth a stop.
    streets
        Of the workspace; without them the ways are straight lines, and the plan says so.
    rules
        Minutes at a stop, the pace on foot, how unlit streets count after dark.
    seed
        Of the search: the same seed gives the same plan again, unless the seconds end it.
    seconds
        About when the search ends.
    progress
        Told how far the search is.

    Raises
    ------
    BadInputError
        The start or the end is off the streets, the minutes are too few for any stop, or what must be visited does
        not fit: the sentence says how many minutes would do.
    """
    require_walk(ask, rules)
    ground = walk_ground(ask, streets, rules)
    question, dropped = _question(ask, ground, rules, seed)
    route = plan_route(question, seed=seed, seconds=seconds, progress=progress)
    return _Told(ask, ground, route, rules, dropped).walkabout(seed)


def _question(ask: WalkAsk, ground: WalkGround, rules: WalkRules, seed: int) -> tuple[RouteQuestion, tuple[int, ...]]:
    """Turn places into what the search is asked; the end is the start where both are one spot."""
    stay = np.full(len(ground.stops) + 2, rules.stay_minutes([stop.candidate for stop in ground.stops]))
    stay[[_START, _END]] = 0.0
    places = list(enumerate(ground.stops, start=2))
    question = RouteQuestion(
        minutes=ground.minutes,
        prizes=np.array([0.0, 0.0, *(stop.candidate.weight for stop in ground.stops)]),
        stop_minutes=stay,
        start=_START,
        end=_END,
        limit_minutes=ask.limit_minutes,
        must=tuple(place for place, stop in places if stop.candidate.must),
        avoid=tuple(place for place, stop in places if {stop.candidate.square, *stop.also} & set(ask.avoid)),
        teams=ask.teams,
        names=(ask.start.name, ask.end.name, *(_named(stop) for stop in ground.stops)),
    )
    if not ask.drop_late or not question.must:
        return question, ()
    pressing = [one.square for one in ask.candidates]
    order = sorted(question.must, key=lambda place: pressing.index(ground.stops[place - 2].candidate.square))
    fitted = keep_what_fits(question, order, seed=seed)
    return replace(question, must=fitted.must), fitted.dropped


def _named(stop: Stop) -> str:
    square = told_square(stop.candidate.square)
    return f"{square} ({stop.street})" if stop.street else square


@dataclass(frozen=True)
class _Told:
    """A route told as a walkabout."""

    ask: WalkAsk
    ground: WalkGround
    route: Route
    rules: WalkRules
    dropped: tuple[int, ...]

    def walkabout(self, seed: int) -> Walkabout:
        walks = self.route.walks
        before = [0, *accumulate(len(walk.stops) for walk in walks)]
        teams = tuple(
            self._team(at, walk, first + 1) for at, (walk, first) in enumerate(zip(walks, before, strict=False))
        )
        stops = [stop for team in teams for stop in team.stops]
        stays, explored = sum(stop.stay_minutes for stop in stops), [stop for stop in stops if _drawn(stop)]
        return Walkabout(
            begins=self.ask.begins.astimezone(LONDON),
            band=band_of(self.ask.begins, self.rules.walk),
            limit_minutes=self.ask.limit_minutes,
            start=self.ask.start,
            end=self.ask.end,
            teams=teams,
            left_out=self._left_out(),
            along_streets=self.ground.ways is not None,
            light_known=known_light(self.ground, [pair for walk in walks for pair in _pairs(walk)]),
            explored_share=sum(stop.stay_minutes for stop in explored) / stays if stays else 0.0,
            explored_minutes=sum(map(self._explored_minutes, walks)),
            sentence=f"{self.route.sentence} {self.ground.told}",
            seed=seed,
            dark=is_dark(self.ask.begins, self.ask.ends, self.ask.start.point, self.rules.walk),
        )

    def _team(self, at: int, walk: Walk, first: int) -> TeamWalk:
        stops = tuple(
            self._stop(number, place, minutes)
            for number, (place, minutes) in enumerate(zip(walk.stops, walk.arrivals, strict=True), start=first)
        )
        legs = tuple(leg_between(self.ground, here, there) for here, there in _pairs(walk))
        return TeamWalk(at + 1, stops, legs, walk.total_minutes if stops else 0.0)

    def _explored_minutes(self, walk: Walk) -> float:
        """Say what a walk would save without the places drawn at random."""
        kept = [place for place in walk.stops if self.ground.stops[place - 2].candidate.purpose != "exploration"]
        way = list(pairwise((_START, *kept, _END))) if kept else []
        without = sum(float(self.ground.minutes[pair]) for pair in way) + sum(map(self._stay, kept))
        return max(walk.total_minutes - without, 0.0) if walk.stops else 0.0

    def _stop(self, number: int, place: int, minutes: float) -> PlannedStop:
        stop = self.ground.stops[place - 2]
        return PlannedStop(
            number=number,
            square=stop.candidate.square,
            street=stop.street,
            point=(float(self.ground.points[place, 0]), float(self.ground.points[place, 1])),
            arrive=after(self.ask.begins, minutes),
            stay_minutes=self._stay(place),
            purpose=stop.candidate.purpose,
            must=place in self.route.question.must,
            also=stop.also,
        )

    def _stay(self, place: int) -> float:
        return float(self.route.question.stop_minutes[place])

    def _left_out(self) -> tuple[LeftOut, ...]:
        skipped = []
        for one in self.route.skipped:
            if one.stop not in {_START, _END}:
                stop, gave_way = self.ground.stops[one.stop - 2], one.stop in self.dropped
                why = _GAVE_WAY if gave_way and one.why == "no room" else _why(one, self.ask.limit_minutes)
                skipped.append(LeftOut(stop.candidate.square, stop.street, why, gave_way))
        return (*skipped, *self.ground.left_out)


def _why(one: Skipped, limit_minutes: float) -> str:
    """Say why a place has no stop."""
    words = {
        "avoided": "A place where no walk is to stop.",
        "no prize": "Nothing is known that would be worth a stop.",
        "unreachable": "No way leads there and on to the end.",
        "too far": f"Takes {one.minutes:.0f} minutes even alone, and there are {limit_minutes:g}.",
        "no room": "Could be visited, but other stops are worth more in the time.",
    }
    return words[one.why]


def after(begins: datetime, minutes: float) -> datetime:
    """Give the moment so many minutes later, in London; the night the clocks change too.

    Examples
    --------
    >>> after(datetime(2026, 3, 29, 0, 50, tzinfo=LONDON), 20).isoformat()
    '2026-03-29T02:10:00+01:00'
    """
    moment = begins.astimezone(UTC) + timedelta(seconds=round(60 * minutes))
    return moment.astimezone(LONDON)


def _drawn(stop: PlannedStop) -> bool:
    return stop.purpose == "exploration"


def _pairs(walk: Walk) -> list[tuple[int, int]]:
    return list(pairwise((_START, *walk.stops, _END))) if walk.stops else []
