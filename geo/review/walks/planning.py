"""Plan a workspace's next walk from its reports, its visits and its streets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from geo.errors import BadInputError
from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.walks.candidates import KnownPlaces, known_places, told_reports
from geo.review.walks.exploring import Exploring, draw_stops, told_exploring
from geo.review.walks.screen import fit_squares
from geo.review.walks.wish import Planned, Search, WalkWish, Weighed
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import band_of, is_night, local
from geo.walkabouts.explore import explore_stops
from geo.walkabouts.plan import LeftOut, Walkabout
from geo.walkabouts.planning.ask import MOST_CANDIDATES, CandidateStop, WalkAsk, WalkRules, require_walk
from geo.walkabouts.planning.ground import NO_PLACE
from geo.walkabouts.planning.plan_walk import plan_walkabout

_FIRST_SHARE: Final = 0.2  # of the seconds, for the plan that tells how many stops there will be
_NEXT_SHARE: Final = 0.4  # of the seconds, for each plan with places drawn; there are two at most, nearly always
_SEEDS: Final = 2**31
_NO_EXPLORING: Final = "No stop was drawn at random: exploring is switched off in the options (explore_share)."
_ALL_DRAWN: Final = "Nothing is known yet of where people sleep rough: every stop was drawn at random."
_AVOIDED: Final = "On the list of places where no walk stops."
_AVOIDED_AT_NIGHT: Final = "On the list of places where no walk stops after dark; it needs a walk by day."


def seed_of(options: WalkaboutOptions, begins: datetime) -> int:
    """Give each walk a seed of its own, by the options' seed and the hour it begins: the same walk, the same draw.

    Examples
    --------
    >>> from geo.walkabouts.bands import LONDON
    >>> seed_of(WalkaboutOptions(seed=1), datetime(2026, 1, 9, 20, 30, tzinfo=LONDON))
    2026010921
    """
    here = local(begins)
    return (int(f"{here:%Y%m%d%H}") + options.seed) % _SEEDS


def plan_from(workspace: Workspace, wish: WalkWish, *, now: datetime, search: Search) -> Planned:
    """Plan a walk.

    Parameters
    ----------
    wish
        When, where, how long.
    now
        With its zone; nothing later is known.
    search
        The seed of the draw and of the search, and how long it may take.

    Raises
    ------
    BadInputError
        Start or end is off the streets, the minutes are too few, or what must be visited does not fit.
    MissingDataError
        The workspace's key is not on this machine.
    """
    scenario = workspace.scenario
    rules = WalkRules(scenario.walkabouts, scenario.reach)
    band = band_of(wish.begins, rules.walk)
    known = known_places(workspace, band=band, now=now, which=wish.reports, more=wish.must)
    barred = dict.fromkeys((*rules.walk.avoid, *wish.avoid), _AVOIDED)
    if is_night(band):
        barred = dict.fromkeys(rules.walk.avoid_at_night, _AVOIDED_AT_NIGHT) | barred
    streets = streets_of(workspace)
    usable, left_out = _usable(workspace, known, wish, barred, streets)
    planner = _Planner(workspace, wish, rules, replace(known, candidates=usable), streets, search, tuple(barred))
    walkabout, candidates, notes = planner.planned()
    whole = replace(walkabout, left_out=(*walkabout.left_out, *left_out))
    told = (told_reports(known.open, whole, rules.walk), *notes)
    return Planned(wish, whole, _weighed(whole, (*candidates, *_out(known, usable))), told)


def _usable(
    workspace: Workspace, known: KnownPlaces, wish: WalkWish, barred: dict[str, str], streets: Streets | None
) -> tuple[tuple[CandidateStop, ...], tuple[LeftOut, ...]]:
    """Take out where no team may or can stop; what an officer asked for by name is refused instead."""
    fit = fit_squares(workspace, [one.square for one in known.candidates], streets)
    usable, out = [], []
    for one in known.candidates:
        why = barred.get(one.square, "" if one.square in fit else NO_PLACE)
        if why and one.square in wish.must:
            message = f"{one.square} cannot be visited as asked: {why[0].lower()}{why[1:]}"
            raise BadInputError(message)
        if why:
            out.append(LeftOut(one.square, one.street, why))
        else:
            usable.append(one)
    return tuple(usable), tuple(out)


@dataclass(frozen=True)
class _Planner:
    """Plans once without places drawn at random, to learn how many stops there are, and then with their share."""

    workspace: Workspace
    wish: WalkWish
    rules: WalkRules
    known: KnownPlaces
    streets: Streets | None
    search: Search
    barred: tuple[str, ...]

    def planned(self) -> tuple[Walkabout, tuple[CandidateStop, ...], tuple[str, ...]]:
        """Give the plan, what it chose from, and what is to be said of it."""
        share, base = self.rules.walk.explore_share, self.known.candidates
        require_walk(self._ask(base), self.rules)
        if not share:
            return self._plan(base, 1.0), base, (_NO_EXPLORING,)
        if not base:
            drawn = tuple(replace(one, must=False) for one in self._draw(self._most_stops()))
            return self._plan(drawn, 1.0), drawn, (_ALL_DRAWN,)
        return self._explored(self._plan(base, _FIRST_SHARE))

    def _explored(self, first: Walkabout) -> tuple[Walkabout, tuple[CandidateStop, ...], tuple[str, ...]]:
        """Plan again with as many places drawn as the share asks for, fewer where they do not fit."""
        base, asked = self.known.candidates, self._share_of(first)
        drawn = self._draw(asked + 1) if asked else ()
        best, kept, wanted = first, 0, min(asked, len(drawn))
        tried: set[int] = set()
        while wanted and wanted not in tried:
            tried.add(wanted)
            found = self._with(drawn[:wanted])
            if found is None:
                wanted -= 1
            else:
                best, kept, wanted = found, wanted, min(self._share_of(found), len(drawn))
        told = told_exploring(best, self.rules.walk.explore_share, asked=asked, drawn=len(drawn))
        return best, _together(base, drawn[:kept]), (told,)

    def _share_of(self, found: Walkabout) -> int:
        """Say how many stops of a plan are to be drawn."""
        return explore_stops(len(found.stops), share=self.rules.walk.explore_share, seed=self.search.seed)

    def _with(self, drawn: tuple[CandidateStop, ...]) -> Walkabout | None:
        """Plan with drawn places; None where not all of them fit beside what is more pressing."""
        try:
            found = self._plan(_together(self.known.candidates, drawn), _NEXT_SHARE)
        except BadInputError:
            return None
        return found if {one.square for one in drawn} <= {stop.square for stop in found.stops} else None

    def _draw(self, count: int) -> tuple[CandidateStop, ...]:
        wish = self.wish
        ask = Exploring(wish.start, wish.end, wish.minutes, self.barred, self.search.seed)
        return draw_stops(self.workspace, self.known, ask, count=count)

    def _most_stops(self) -> int:
        return min(MOST_CANDIDATES, int(self.wish.teams * self.wish.minutes / self.rules.walk.stop_minutes))

    def _ask(self, candidates: tuple[CandidateStop, ...]) -> WalkAsk:
        wish = self.wish
        return WalkAsk(
            begins=wish.begins,
            start=wish.start,
            end=wish.end,
            limit_minutes=wish.minutes,
            teams=wish.teams,
            candidates=candidates,
            people=wish.people,
            drop_late=wish.drop_late,
        )

    def _plan(self, candidates: tuple[CandidateStop, ...], of_seconds: float) -> Walkabout:
        search = self.search
        return plan_walkabout(
            self._ask(candidates),
            self.streets,
            self.rules,
            seed=search.seed,
            seconds=of_seconds * search.seconds,
            progress=search.progress,
        )


def _together(base: tuple[CandidateStop, ...], drawn: tuple[CandidateStop, ...]) -> tuple[CandidateStop, ...]:
    """Put drawn places last, for they are the least pressing; one that was looked at long ago keeps its other worth."""
    before = {one.square: one for one in base}
    again = tuple(
        replace(before.get(one.square, one), exploration=one.exploration, must=one.must, purpose=one.purpose)
        for one in drawn
    )
    squares = {one.square for one in drawn}
    return (*(one for one in base if one.square not in squares), *again)


def _weighed(walkabout: Walkabout, candidates: Sequence[CandidateStop]) -> tuple[Weighed, ...]:
    """Set beside each candidate the stop that sees it, or why none does."""
    seen = {
        square: (stop.number, team.team)
        for team in walkabout.teams
        for stop in team.stops
        for square in (stop.square, *stop.also)
    }
    why = {one.square: one.why for one in walkabout.left_out}
    found = [Weighed(one, *seen.get(one.square, (0, 0)), why=why.get(one.square, "")) for one in candidates]
    return tuple(sorted(found, key=lambda one: (one.stop == 0, one.stop, -one.candidate.weight, one.candidate.square)))


def _out(known: KnownPlaces, usable: Sequence[CandidateStop]) -> tuple[CandidateStop, ...]:
    kept = {one.square for one in usable}
    return tuple(one for one in known.candidates if one.square not in kept)
