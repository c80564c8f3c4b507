"""Say what a walk card says: a sheet a team, with streets and times, never why a stop is there or who was seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from geo.review.walks.cards import WalkCard
from geo.walkabouts.bands import local
from geo.walkabouts.plan import Leg, PlannedStop, TeamWalk, WalkEnd
from layers.walks.card_words import safety_words
from layers.walks.street_names import printable_streets

_UNNAMED: Final = "unnamed path, see the map"
_NEAR: Final = "near "
_MOST_ONWARD: Final = 3
_HALF_MINUTE: Final = timedelta(seconds=30)


@dataclass(frozen=True)
class CardLine:
    """A line of the card's table.

    Attributes
    ----------
    mark
        As on the map: a stop's number, or "Start", "End".
    time
        Planned, such as "20:45"; the last is "about 22:05".
    where
        The street, or the name of the start or end.
    onward
        How long to stay and how to go on, such as "stay 8 min, then 6 min by Chantry Way"; empty at the end.
    stop
        Whether there is something to record.
    """

    mark: str
    time: str
    where: str
    onward: str
    stop: bool


@dataclass(frozen=True)
class CardSheet:
    """What one team's sheet says.

    Attributes
    ----------
    card, team
        Their numbers.
    title
        At the head: card and team.
    use
        To whom it was given, for what and until when.
    facts
        Day, start, end, stops: label and text.
    lines
        In the order walked.
    safety
        Short rules.
    foot
        On every page.
    walk
        The team's part of the plan.
    along_streets
        Whether its ways follow streets.
    """

    card: int
    team: int
    title: str
    use: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[CardLine, ...]
    safety: tuple[str, ...]
    foot: str
    walk: TeamWalk
    along_streets: bool

    @property
    def file_stem(self) -> str:
        """Name its files: card and team, nothing else."""
        return f"walk-card-{self.card}-team-{self.team}"


def sheets_of(card: WalkCard, *, least_people: int) -> tuple[CardSheet, ...]:
    """Write a sheet for each team that has a stop.

    Parameters
    ----------
    least_people
        So many walk together, at the least.
    """
    walking = [team for team in card.walkabout.teams if team.stops]
    return tuple(_sheet(card, team, len(walking), least_people) for team in walking)


def street_of(text: str) -> str:
    """Write a stop's street as the card says it.

    Examples
    --------
    >>> street_of("Bell Street"), street_of("near Bell Street"), street_of("")
    ('Bell Street', 'unnamed path near Bell Street', 'unnamed path, see the map')
    """
    name = " ".join(text.split())
    if not name or not printable_streets([name])[0]:
        return _UNNAMED
    return f"unnamed path {name}" if name.startswith(_NEAR) else name


def told_day(day: date) -> str:
    """Write a day with its weekday.

    Examples
    --------
    >>> told_day(date(2026, 1, 9))
    'Friday 9 January 2026'
    """
    return f"{day:%A} {day.day} {day:%B %Y}"


def clock(moment: datetime) -> str:
    """Write the time of day in London, to the nearest minute.

    Examples
    --------
    >>> from geo.walkabouts.bands import LONDON
    >>> clock(datetime(2026, 1, 9, 20, 44, 45, tzinfo=LONDON))
    '20:45'
    """
    return f"{local(moment.astimezone(UTC) + _HALF_MINUTE):%H:%M}"


def foot_of(card: WalkCard, team: int) -> str:
    """Write what stands at the foot of every page."""
    return f"Walk card {card.number}, team {team}. Given to: {card.recipient}. {until_of(card)}"


def until_of(card: WalkCard) -> str:
    """Say how long a card may be used."""
    return f"Use until {told_day(card.expires)}, then destroy."


def _sheet(card: WalkCard, team: TeamWalk, teams: int, least_people: int) -> CardSheet:
    walkabout = card.walkabout
    begins = local(walkabout.begins)
    ends = walkabout.begins.astimezone(UTC) + timedelta(minutes=team.total_minutes)
    purpose = card.purpose if card.purpose.endswith((".", "!", "?")) else f"{card.purpose}."
    return CardSheet(
        card=card.number,
        team=team.team,
        title=f"Walk card {card.number}, team {team.team}{f' of {teams}' if teams > 1 else ''}",
        use=f"Given to: {card.recipient}. Purpose: {purpose} {until_of(card)} Do not copy or pass on.",
        facts=(
            ("Walk", told_day(begins.date())),
            ("Meet and start", f"{clock(begins)} {_at(walkabout.start)}"),
            ("End", f"about {clock(ends)} {_at(walkabout.end)}"),
            ("Stops", f"{len(team.stops)}{'; planned for the dark' if walkabout.dark else ''}"),
        ),
        lines=_lines(card, team, ends),
        safety=safety_words(least_people),
        foot=foot_of(card, team.team),
        walk=team,
        along_streets=walkabout.along_streets,
    )


def _lines(card: WalkCard, team: TeamWalk, ends: datetime) -> tuple[CardLine, ...]:
    walkabout, legs = card.walkabout, team.legs
    start = CardLine("Start", clock(walkabout.begins), _place(walkabout.start), _onward(legs[0]), stop=False)
    stops = [
        CardLine(str(stop.number), clock(stop.arrive), street_of(stop.street), _staying(stop, leg), stop=True)
        for stop, leg in zip(team.stops, legs[1:], strict=True)
    ]
    end = CardLine("End", clock(ends), _place(walkabout.end), "", stop=False)
    return (start, *stops, end)


def _at(end: WalkEnd) -> str:
    """Say where one of a walk's ends is: at a place, or near a street."""
    place = _place(end)
    return place if place.startswith("near ") else f"at {place}"


def _place(end: WalkEnd) -> str:
    return " ".join(end.name.split()) or "the place marked on the map"


def _staying(stop: PlannedStop, leg: Leg) -> str:
    return f"stay {round(stop.stay_minutes)} min, then {_onward(leg)}"


def _onward(leg: Leg) -> str:
    """Say how far it is to the next place, and by which streets."""
    minutes = max(1, round(leg.minutes)) if leg.minutes > 0 else 0
    names = [name for name, fit in zip(leg.streets, printable_streets(leg.streets), strict=True) if name and fit]
    shown = names if len(names) <= _MOST_ONWARD else [*names[: _MOST_ONWARD - 1], "...", names[-1]]
    by = f" by {', '.join(shown)}" if shown else ""
    return f"{minutes} min{by}"
