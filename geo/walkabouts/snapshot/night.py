"""The official snapshot of a single night: whether a night will do, and what is to be done by when.

The definition and the rules are those of the government's rough sleeping snapshot (MHCLG and Homeless Link, *Rough
sleeping snapshot: guidance for local authorities*): one typical night between 1 October and 30 November, planned at
least six weeks ahead, with at least one independent partner, its date kept confidential. [check] against this year's
edition before the night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final, Literal

import holidays

Method = Literal["count", "estimate", "estimate with a spotlight count"]
Weight = Literal["must", "think"]

DEFINITION: Final = (
    "People sleeping, about to bed down (sitting on or in, or standing next to, their bedding) or actually bedded down "
    "in the open air (such as on the street, in tents, doorways, parks, bus shelters or encampments). People in "
    "buildings or other places not designed for habitation (such as stairwells, barns, sheds, car parks, cars, "
    "derelict boats, stations or makeshift shelters)."
)
NOT_COUNTED: Final = (
    "Not counted: people in hostels or shelters, people in campsites or other sites used for recreation or organised "
    "protest, squatters, Travellers, and people who stay with friends."
)
IN_SHORT: Final = (
    "Count people who are sleeping, about to bed down (on, in or standing next to their bedding) or bedded down in the "
    "open air, or in buildings or other places not designed for habitation (stairwells, car parks, cars, sheds)."
)
"""The definition for a card that has to be short."""
WEEKS_AHEAD: Final = 6
_FIRST, _LAST = (10, 1), (11, 30)
_EARLIEST, _LATEST, _NOON = "22:00", "05:00", "12:00"
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY
_NEAR: Final = (-10, 3)  # days from the night: what is due then is told without a day
_WEEKEND_NIGHTS: Final = {4: "Friday", 5: "Saturday"}


@dataclass(frozen=True)
class NightNote:
    """Something about a night.

    Attributes
    ----------
    weight
        "must": such a night cannot be used; "think": it can, for a reason that is written down.
    sentence
        What and why.
    """

    weight: Weight
    sentence: str


@dataclass(frozen=True)
class Task:
    """Something to be done for the night.

    Attributes
    ----------
    due
        The last day.
    what
        In the words of a list to tick.
    late
        Whether that day is over.
    """

    due: date
    what: str
    late: bool


_TASKS: Final = (
    (-42, "Choose the lead officer, the method and the night. Tell the night to nobody who need not know."),
    (-42, "Find the independent partner who will verify the figure, and agree what they will see."),
    (-35, "Ask outreach, day centres, police, street cleaning and park keepers for places, and for people to count."),
    (-28, "Take partners' places in as intelligence; see that every report since spring is in."),
    (-21, "Look up events, football and market days near the night; have a second night ready."),
    (-14, "Settle the patches, one for each team; walk or drive each once by daylight."),
    (-14, "Finish the risk assessment: lone working, radios or phones, who is called, when a team turns back."),
    (-10, "Agree what is offered on the night: beds, transport, health, the out-of-hours officer."),
    (-7, "Brief the teams: the definition, the form, no waking, no photographs, no names."),
    (-2, "Look at the weather. Extreme weather, or an emergency shelter that is open, makes it no typical night."),
    (0, "Count. Nobody is counted twice; a place that could not be entered is written down as such."),
    (1, "Meet with the independent partner: take out those counted twice and those who do not fit the definition."),
    (3, "Sign the figure, both; keep the working papers apart, without names."),
    (14, "Send the return to the department by its own date; destroy the teams' papers."),
)


def look_at_night(
    night: date, *, today: date, closed: tuple[tuple[date, date], ...] = (), starts: str = "00:30"
) -> tuple[NightNote, ...]:
    """Say what speaks against a night, the gravest first; empty where nothing does.

    Parameters
    ----------
    night
        The day on whose evening it begins; the count itself is in the small hours of the next.
    today
        From which the weeks ahead are counted.
    closed
        Spans that the council knows to be unlike others: events, school holidays, football.
    starts
        When the teams begin to count.

    Examples
    --------
    >>> look_at_night(date(2026, 11, 11), today=date(2026, 9, 1))
    ()
    >>> [note.weight for note in look_at_night(date(2026, 12, 1), today=date(2026, 9, 1))]
    ['must']
    """
    notes = [
        *_window(night, starts),
        *_hours(starts),
        *_ahead(night, today),
        *_clocks(night),
        *_unlike_others(night, closed),
    ]
    return tuple(sorted(notes, key=lambda note: note.weight))


def usable(notes: tuple[NightNote, ...]) -> bool:
    """Tell whether a night may be used."""
    return not any(note.weight == "must" for note in notes)


def checklist(night: date, *, today: date) -> tuple[Task, ...]:
    """List what is to be done by when, counted back from the night.

    Examples
    --------
    >>> first = checklist(date(2026, 11, 11), today=date(2026, 9, 1))[0]
    >>> first.due.isoformat(), first.late
    ('2026-09-30', False)
    """
    days = [(night + timedelta(days=days), what) for days, what in _TASKS]
    return tuple(Task(due, what, due < today) for due, what in days)


def near_night(task: Task, night: date) -> bool:
    """Tell whether a task is due so near the night that its day would tell it.

    Examples
    --------
    >>> night = date(2026, 11, 11)
    >>> [near_night(task, night) for task in checklist(night, today=night)].count(True)
    6
    """
    return _NEAR[0] <= (task.due - night).days <= _NEAR[1]


def told_week(task: Task, night: date) -> date:
    """Give the Monday of the week in which a task is due, where the night is not to be told.

    A week of which only some nights count, at either end of the two months, would tell the night better than to a week.
    It is taken together with the week beside it, as the earlier of both.

    Examples
    --------
    >>> night = date(2026, 11, 11)
    >>> told_week(checklist(night, today=night)[0], night).isoformat()
    '2026-09-28'
    >>> nights = (date(2026, 11, 24), date(2026, 11, 30))
    >>> [told_week(Task(night, "", late=False), night).isoformat() for night in nights]
    ['2026-11-23', '2026-11-23']
    """
    monday, first, last = _monday(night), date(night.year, *_FIRST), date(night.year, *_LAST)
    after_a_part = first != _monday(first) and monday == _monday(first) + _WEEK
    in_a_part = last != _monday(last) + 6 * _DAY and monday == _monday(last)
    return _monday(task.due) - (_WEEK if after_a_part or in_a_part else 0 * _DAY)


def numbered(tasks: Sequence[Task], night: date) -> tuple[tuple[int, Task], ...]:
    """Give numbers to the tasks of a checklist whose weeks can be told; those near the night have the number 0.

    A calendar shows the numbered ones alone, and by their numbers nobody sees how many were left out.
    """
    numbers = count(1)
    return tuple((0 if near_night(task, night) else next(numbers), task) for task in tasks)


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _window(night: date, starts: str) -> list[NightNote]:
    first, last, after = (night.month, night.day) >= _FIRST, (night.month, night.day) <= _LAST, starts < _NOON
    told, counted = f"{night.day} {night:%B %Y}", night + timedelta(days=1)
    small_hours = f"counted from {starts}, so on {counted.day} {counted:%B}"
    if first and last:
        if (night.month, night.day) != _LAST or not after:
            return []
        last_night = f"The night of {told} is the last that counts; it is {small_hours}."
        return [NightNote("think", f"{last_night} Ask the department first whether it takes that, or choose another.")]
    message = f"{told} is outside 1 October to 30 November, the only nights that count."
    eve = after and (counted.month, counted.day) == _FIRST
    return [NightNote("must", f"{message} A night goes by its evening, though {small_hours}." if eve else message)]


def _hours(starts: str) -> list[NightNote]:
    if starts >= _EARLIEST or starts <= _LATEST:
        return []
    usual = f"a count begins between {_EARLIEST} and {_LATEST}, when people have bedded down and before they rise"
    return [NightNote("think", f"The teams begin at {starts} (night_starts); {usual}. Say why.")]


def _ahead(night: date, today: date) -> list[NightNote]:
    days = (night - today).days
    if days < 0:
        return [NightNote("must", "The night is over.")]
    if days >= WEEKS_AHEAD * 7:
        return []
    weeks = f"{days // 7} weeks and {days % 7} days" if days % 7 else f"{days // 7} weeks"
    return [
        NightNote(
            "think", f"The night is {weeks} away; at least {WEEKS_AHEAD} weeks are asked for. Say why it is sooner."
        )
    ]


def _clocks(night: date) -> list[NightNote]:
    """Note the night on which the clocks go back: the hour from one to two comes twice."""
    october = date(night.year, 10, 31)
    back = october - timedelta(days=(october.weekday() + 1) % 7)  # the last Sunday
    if night != back - timedelta(days=1):
        return []
    return [NightNote("think", "The clocks go back in this night, and an hour comes twice; choose another.")]


def _unlike_others(night: date, closed: tuple[tuple[date, date], ...]) -> list[NightNote]:
    notes = []
    known = holidays.country_holidays("GB", subdiv="ENG", years=[night.year])
    if night in known or night + timedelta(days=1) in known:
        notes.append(NightNote("think", "It is the night of a bank holiday, which is no typical night."))
    if night.weekday() in _WEEKEND_NIGHTS:
        day = _WEEKEND_NIGHTS[night.weekday()]
        notes.append(NightNote("think", f"A {day} night has more people about than most; say why it is typical."))
    if any(first <= night <= last for first, last in closed):
        notes.append(NightNote("think", "The council has marked this day as unlike others (an event, a holiday)."))
    return notes
