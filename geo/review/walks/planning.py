"""Plan a workspace's next walk from its reports, its visits and its streets."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from geo.errors import BadInputError
from geo.places.streets import Streets
from geo.review.streets import streets_of
from geo.review.walks.candidates import KnownPlaces, known_places, told_reports
from geo.review.walks.explored import told_exploring, told_reach
from geo.review.walks.exploring import Exploring, draw_beside, draw_stops
from geo.review.walks.fields import note_not_used
from geo.review.walks.lately import explored_lately, share_to_keep, told_year
from geo.review.walks.screen import fit_squares
from geo.review.walks.spare import MUCH_SPARE_MINUTES, spare_minutes, told_spare
from geo.review.walks.wish import Planned, Search, WalkWish, Weighed, require_soon
from geo.review.workspace import Workspace
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import band_of, local, utc
from geo.walkabouts.daylight import is_dark, told_dark
from geo.walkabouts.explore import minutes_kept
from geo.walkabouts.plan import LeftOut, Walkabout
from geo.walkabouts.planning.ask import MOST_CANDIDATES, CandidateStop, WalkAsk, WalkRules, require_walk
from geo.walkabouts.planning.ground import NO_PLACE
from geo.walkabouts.planning.plan_walk import plan_walkabout

_FIRST_SHARE: Final = 0.4  # of the seconds, for the plan that leaves room for places drawn at random
_NEXT_SHARE: Final = 0.6  # of the seconds, for the plan with them; nearly always there is one
_MOST_KEPT: Final = 4 / 3  # of the share asked for: a walk that owes nothing spends no more on places drawn
_HAIR: Final = 1.1  # ways along lit streets are a little longer than those that places were drawn by
_SEEDS: Final = 2**31
_NO_EXPLORING: Final = "No stop was drawn at random: exploring is switched off in the options (explore_share)."
_ELSEWHERE: Final = "Nothing that is known can be visited from this start in time: every stop was drawn at random."
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
        Start or end is off the streets, the minutes are too few, what must be visited does not fit, or the walk is more
        than 400 days ahead.
    MissingDataError
        The workspace's key is not on this machine.
    """
    scenario = workspace.scenario
    require_soon(wish.begins, local(now).date())
    rules = WalkRules(scenario.walkabouts, scenario.reach)
    band = band_of(wish.begins, rules.walk)
    known = known_places(workspace, band=band, now=now, which=wish.reports, more=wish.must)
    barred = dict.fromkeys((*rules.walk.avoid, *wish.avoid), _AVOIDED)
    ends = utc(wish.begins) + timedelta(minutes=wish.minutes)
    if is_dark(wish.begins, ends, wish.start.point, rules.walk):
        barred = dict.fromkeys(rules.walk.avoid_at_night, _AVOIDED_AT_NIGHT) | barred
    streets = streets_of(workspace)
    usable, left_out = _usable(workspace, known, wish, barred, streets)
    planner = _Planner(workspace, wish, rules, replace(known, candidates=usable), streets, search, tuple(barred), now)
    walkabout, candidates, notes = planner.planned()
    whole = replace(walkabout, left_out=(*walkabout.left_out, *left_out))
    dark = (told_dark(whole.begins, wish.start.point),) if whole.dark else ()
    told = (told_reports(known.open, whole, rules.walk, never=len(known.never)), *notes, *dark)
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
            note_not_used(workspace)
            message = f"{one.square} cannot be visited as asked: {why[0].lower()}{why[1:]}"
            raise BadInputError(message)
        if why:
            out.append(LeftOut(one.square, one.street, why))
        else:
            usable.append(one)
    return tuple(usable), tuple(out)


@dataclass(frozen=True)
class _Planner:
    """Plans once with some minutes kept free, draws places near that way, and plans again with them."""

    workspace: Workspace
    wish: WalkWish
    rules: WalkRules
    known: KnownPlaces
    streets: Streets | None
    search: Search
    barred: tuple[str, ...]
    now: datetime

    def planned(self) -> tuple[Walkabout, tuple[CandidateStop, ...], tuple[str, ...]]:
        """Give the plan, what it chose from, and what is to be said of it."""
        walk, base = self.rules.walk, self.known.candidates
        require_walk(self._ask(base), self.rules)
        if not walk.explore_share:
            return self._plan(base, 1.0), base, (_NO_EXPLORING,)
        if not base:
            drawn = self._draw_all()
            return self._plan(drawn, 1.0), drawn, (_ALL_DRAWN,)
        try:
            return self._beside_known(base)
        except BadInputError:
            drawn = () if any(one.must for one in base) else self._draw_all()
            if not drawn:
                raise
        return self._plan(drawn, 1.0), (*base, *drawn), (_ELSEWHERE,)

    def _beside_known(
        self, base: tuple[CandidateStop, ...]
    ) -> tuple[Walkabout, tuple[CandidateStop, ...], tuple[str, ...]]:
        """Plan with what is known, and with places drawn beside it."""
        walk = self.rules.walk
        lately = explored_lately(self.workspace, now=self.now)
        share = share_to_keep(lately, walk, minutes=self.wish.teams * self.wish.minutes)
        kept = minutes_kept(self.wish.minutes, share=share, stop_minutes=walk.stop_minutes, seed=self.search.seed)
        found, drawn, room = self._explored(kept) if kept else (self._plan(base, 1.0), (), False)
        found, drawn = self._filled(found, drawn)
        told = (told_exploring(found, walk.explore_share, kept=kept, room=room),) if drawn or share else ()
        year = told_year(self.workspace, lately, keep=share, now=self.now)
        reach = told_reach(self.workspace, found, self.known.last_seen, streets=self.streets, now=self.now)
        return found, _together(base, drawn), (*told, *told_spare(found), *year, *reach)

    def _filled(
        self, found: Walkabout, drawn: tuple[CandidateStop, ...]
    ) -> tuple[Walkabout, tuple[CandidateStop, ...]]:
        """Draw more places for minutes that no known place is worth: they would be spent standing about."""
        rooms = spare_minutes(found)
        if max(rooms) < MUCH_SPARE_MINUTES:
            return found, drawn
        ask = self._exploring(max(rooms))
        ask = replace(ask, avoid=(*ask.avoid, *(one.square for one in drawn)), seed=ask.seed + 1)
        more = draw_beside(self.workspace, self.known, ask, found, rooms)
        for many in (len(more), len(more) // 2):
            filled = self._with((*drawn, *more[:many]), max(rooms) + found.explored_minutes) if many else None
            if filled is not None:
                return filled, (*drawn, *more[:many])
        return found, drawn

    def _explored(self, kept: float) -> tuple[Walkabout, tuple[CandidateStop, ...], bool]:
        """Plan with places drawn in the minutes kept for them, and say whether there was room for any."""
        most = max(kept, _MOST_KEPT * self.rules.walk.explore_share * self.wish.minutes)
        first, rooms = self._with_room(most)
        room = max(rooms) >= self.rules.walk.stop_minutes
        drawn = draw_beside(self.workspace, self.known, self._exploring(kept), first, rooms) if room else ()
        for many in range(len(drawn), 0, -1):
            found = self._with(drawn[:many], most)
            if found is not None:
                return found, drawn[:many], room
        return self._plan(self.known.candidates, _NEXT_SHARE), (), room

    def _with_room(self, most: float) -> tuple[Walkabout, tuple[float, ...]]:
        """Plan in fewer minutes, and say how many each team has left, at most so many.

        Where what must be visited needs more, it alone is planned, and what it leaves is left.
        """
        base, minutes = self.known.candidates, self.wish.minutes
        with suppress(BadInputError):
            first = self._plan(base, _FIRST_SHARE, minutes=minutes - most, drop_late=False)
            return first, tuple(most for _ in first.teams)
        first = self._plan(tuple(one for one in base if one.must) or base, _FIRST_SHARE)
        return first, tuple(min(most, minutes - team.total_minutes) for team in first.teams)

    def _with(self, drawn: tuple[CandidateStop, ...], most: float) -> Walkabout | None:
        """Plan with drawn places; None where not all of them fit, or where they would cost a team more than is left."""
        try:
            found = self._plan(_together(self.known.candidates, drawn), _NEXT_SHARE, drop_late=False)
        except BadInputError:
            return None
        holds = {one.square for one in drawn} <= {stop.square for stop in found.stops}
        return found if holds and found.explored_minutes <= _HAIR * most * self.wish.teams else None

    def _draw_all(self) -> tuple[CandidateStop, ...]:
        """Draw a walk of nothing but places that nothing is known of; none of them must be visited."""
        drawn = draw_stops(self.workspace, self.known, self._exploring(), count=self._most_stops())
        return tuple(replace(one, must=False) for one in drawn)

    def _exploring(self, kept: float = 0.0) -> Exploring:
        wish = self.wish
        every = kept * wish.teams
        return Exploring(wish.start, wish.end, wish.minutes, self.barred, self.search.seed, self.streets, every)

    def _most_stops(self) -> int:
        return min(MOST_CANDIDATES, int(self.wish.teams * self.wish.minutes / self.rules.walk.stop_minutes))

    def _ask(
        self, candidates: tuple[CandidateStop, ...], *, minutes: float | None = None, drop_late: bool | None = None
    ) -> WalkAsk:
        wish = self.wish
        return WalkAsk(
            begins=wish.begins,
            start=wish.start,
            end=wish.end,
            limit_minutes=wish.minutes if minutes is None else minutes,
            teams=wish.teams,
            candidates=candidates,
            people=wish.people,
            drop_late=wish.drop_late if drop_late is None else drop_late,
        )

    def _plan(
        self,
        candidates: tuple[CandidateStop, ...],
        of_seconds: float,
        *,
        minutes: float | None = None,
        drop_late: bool | None = None,
    ) -> Walkabout:
        search = self.search
        return plan_walkabout(
            self._ask(candidates, minutes=minutes, drop_late=drop_late),
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
