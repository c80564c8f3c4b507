"""A planned walkabout: who walks where at what time, stop by stop, and the ways between."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import shapely

from geo.walkabouts.bands import Band
from geo.walkabouts.sightings import Purpose

Lit = Literal["lit", "unlit", "not known"]


@dataclass(frozen=True)
class WalkEnd:
    """Where a walk begins or ends.

    Attributes
    ----------
    name
        As people call it.
    point
        Easting and northing, EPSG:27700.
    """

    name: str
    point: tuple[float, float]


@dataclass(frozen=True)
class PlannedStop:
    """A place to stop at.

    Attributes
    ----------
    number
        On the whole plan, from 1: teams do not share numbers.
    square
        The square of 100 m.
    street
        What the card says: the street, never the spot.
    point
        Where the team stands: on the street, EPSG:27700. Not where anybody was seen.
    arrive
        When, with its zone.
    stay_minutes
        How long.
    purpose
        Why; a card does not say it, so that nobody learns of a report from it.
    must
        Whether the plan had to hold it.
    also
        Neighbouring squares that are seen from here, and so have no stop of their own.
    """

    number: int
    square: str
    street: str
    point: tuple[float, float]
    arrive: datetime
    stay_minutes: float
    purpose: Purpose
    must: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leg:
    """The way from one place of a walk to the next.

    Attributes
    ----------
    line
        EPSG:27700.
    minutes
        On foot.
    streets
        The names of the streets walked, in order, each once in a row; empty on a straight line.
    unlit_share
        The share of its length that is known to be unlit, 0 to 1.
    unlit
        Those parts of it, EPSG:27700, to draw them otherwise.
    """

    line: shapely.LineString
    minutes: float
    streets: tuple[str, ...] = ()
    unlit_share: float = 0.0
    unlit: tuple[shapely.LineString, ...] = ()


@dataclass(frozen=True)
class TeamWalk:
    """One team's part.

    Attributes
    ----------
    team
        From 1.
    stops
        In the order walked; none where the team has nothing to do.
    legs
        One more than stops: from the start to the first, between them, from the last to the end. Empty without stops.
    total_minutes
        From setting out until the end is reached; never above the plan's limit.
    """

    team: int
    stops: tuple[PlannedStop, ...]
    legs: tuple[Leg, ...]
    total_minutes: float


@dataclass(frozen=True)
class LeftOut:
    """A place that no team goes to.

    Attributes
    ----------
    square, street
        Which.
    why
        A sentence.
    must
        Whether it had to be visited: True only where the least pressing were let go on purpose, else such a plan is
        refused.
    """

    square: str
    street: str
    why: str
    must: bool = False


@dataclass(frozen=True)
class Walkabout:
    """A planned walkabout.

    Attributes
    ----------
    begins
        When the teams set out, with its zone.
    band
        Of the day.
    limit_minutes
        What each team has.
    start, end
        Where each team begins and ends.
    teams
        One a team.
    left_out
        Places that were thought of, each with the reason.
    along_streets
        Whether the ways follow streets; else they are straight lines, longer by the detour of the scenario.
    light_known
        Share of the length walked of which the data say whether it is lit, 0 to 1; 0 on straight lines.
    explored_share
        Share of the minutes at stops spent at places drawn at random.
    sentence
        How good the plan is, in plain words.
    seed
        By which places were drawn and the search was run.
    explored_minutes
        Of all teams together, what places drawn at random cost: the stops, and the way that nobody would walk without
        them.
    dark
        Whether it was planned for the dark: safer ways, and no place that is avoided at night.
    """

    begins: datetime
    band: Band
    limit_minutes: float
    start: WalkEnd
    end: WalkEnd
    teams: tuple[TeamWalk, ...]
    left_out: tuple[LeftOut, ...]
    along_streets: bool
    light_known: float
    explored_share: float
    sentence: str
    seed: int
    explored_minutes: float = 0.0
    dark: bool = False

    @property
    def explored_of_all(self) -> float:
        """The share of the whole walk, ways and stops of all teams, that places drawn at random cost; 0 to 1."""
        walked = sum(one.total_minutes for one in self.teams)
        return min(self.explored_minutes / walked, 1.0) if walked else 0.0

    @property
    def ends(self) -> datetime:
        """When the last team is to be back."""
        longest = max((one.total_minutes for one in self.teams), default=0.0)
        return (self.begins.astimezone(UTC) + timedelta(minutes=longest)).astimezone(self.begins.tzinfo)

    @property
    def stops(self) -> tuple[PlannedStop, ...]:
        """Every stop, by number."""
        return tuple(sorted((stop for team in self.teams for stop in team.stops), key=lambda stop: stop.number))
