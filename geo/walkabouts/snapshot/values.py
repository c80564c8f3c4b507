"""What the plan of a night's count says: places, patches of teams with their stops and ways, what is estimated."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

import shapely

from geo.walkabouts.plan import LeftOut
from geo.walkabouts.snapshot.night import Method

PlaceKind = Literal["reported", "intelligence", "found", "likely", "added"]
PLACE_KINDS: Final[tuple[PlaceKind, ...]] = get_args(PlaceKind)
By = Literal["foot", "car"]


@dataclass(frozen=True)
class SnapshotPlace:
    """A place that the count must cover.

    Attributes
    ----------
    square
        The square of 100 m.
    street
        The street known for it, or empty.
    kinds
        Why: somebody was reported there, is expected by a partner, was found there; likely; added by an officer. They
        are never added up.
    """

    square: str
    street: str
    kinds: tuple[PlaceKind, ...]


@dataclass(frozen=True)
class SnapshotStop:
    """A place where a team stops on the night.

    Attributes
    ----------
    number
        On the whole plan, from 1: teams do not share numbers.
    square
        The square of 100 m; on no paper that a team carries.
    street
        What the team's sheet says.
    point
        Where the team stands, on the street, EPSG:27700.
    kinds
        Why; on no paper that a team carries.
    arrive
        When, with its zone.
    stay_minutes
        How long.
    """

    number: int
    square: str
    street: str
    point: tuple[float, float]
    kinds: tuple[PlaceKind, ...]
    arrive: datetime
    stay_minutes: float


@dataclass(frozen=True)
class NightWay:
    """The way from one stop of a patch to the next.

    Attributes
    ----------
    by
        On foot, or by car with the minutes it takes to park.
    minutes
        How long, with the walk back to the car.
    line
        EPSG:27700; empty for a drive along streets.
    streets
        The names of the streets walked, in order; empty for a drive or a straight line.
    along_streets
        Whether it was measured along streets; else in a straight line with its detour.
    back_minutes
        Of the minutes, on foot back to where the car stands.
    back_to
        The number of the stop where it stands; 0 where nobody walks back.
    """

    by: By
    minutes: float
    line: shapely.LineString
    streets: tuple[str, ...]
    along_streets: bool
    back_minutes: float = 0.0
    back_to: int = 0


@dataclass(frozen=True)
class SnapshotPatch:
    """One team's part of the night.

    Attributes
    ----------
    number
        Of patch and team, from 1.
    meeting
        Where the team meets: the street of its first stop; empty where that has no name.
    stops
        In the order visited.
    ways
        Between them, one fewer than stops.
    begins, ends
        With their zone: arriving at the first stop, leaving the last.
    minutes
        Between the two; never above the plan's limit.
    """

    number: int
    meeting: str
    stops: tuple[SnapshotStop, ...]
    ways: tuple[NightWay, ...]
    begins: datetime
    ends: datetime
    minutes: float


@dataclass(frozen=True)
class SnapshotPlan:
    """The plan of a night's count.

    Attributes
    ----------
    night
        The day on whose evening the night begins; confidential.
    begins
        When the teams begin, in the small hours of the next day, with its zone.
    method
        Count, estimate, or estimate with a spotlight count.
    partner
        The independent organisation that verifies the figure; empty where none is named yet.
    limit_minutes
        What each team has.
    patches
        One for each team that goes out; none for an estimate.
    estimated
        Places that nobody counts: they are estimated with partners.
    left_out
        Places that are neither counted nor estimated by this plan, each with the reason.
    least_teams
        So few teams could do it; 0 where none goes out.
    along_streets
        Whether ways were measured along streets.
    sentences
        What the plan rests on, in plain words.
    reason
        Why this night, where something speaks against it: sooner than six weeks, a weekend. Empty before it is settled.
    """

    night: date
    begins: datetime
    method: Method
    partner: str
    limit_minutes: float
    patches: tuple[SnapshotPatch, ...]
    estimated: tuple[SnapshotPlace, ...]
    left_out: tuple[LeftOut, ...]
    least_teams: int
    along_streets: bool
    sentences: tuple[str, ...]
    reason: str = ""

    @property
    def stops(self) -> tuple[SnapshotStop, ...]:
        """Every stop, by number."""
        return tuple(stop for patch in self.patches for stop in patch.stops)

    @property
    def squares(self) -> tuple[str, ...]:
        """Every square that is counted or estimated, each once."""
        return (*(stop.square for stop in self.stops), *(one.square for one in self.estimated))
