"""The official snapshot of a single night: whether a night will do, and what is to be done by when.

The definition and the rules are those of the government's rough sleeping snapshot (MHCLG and Homeless Link, *Rough
sleeping snapshot: guidance for local authorities*): one typical night between 1 October and 30 November, planned at
least six weeks ahead, with at least one independent partner, its date kept confidential. [check] against this year's
edition before the night.
"""

from dataclasses import dataclass
from datetime import date, timedelta
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
WEEKS_AHEAD: Final = 6
_FIRST, _LAST = (10, 1), (11, 30)
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


def look_at_night(night: date, *, today: date, closed: tuple[tuple[date, date], ...] = ()) -> tuple[NightNote, ...]:
    """Say what speaks against a night, the gravest first; empty where nothing does.

    Parameters
    ----------
    night
        The day on whose evening it begins; the count itself is in the small hours of the next.
    today
        From which the weeks ahead are counted.
    closed
        Spans that the council knows to be unlike others: events, school holidays, football.

    Examples
    --------
    >>> look_at_night(date(2026, 11, 11), today=date(2026, 9, 1))
    ()
    >>> [note.weight for note in look_at_night(date(2026, 12, 1), today=date(2026, 9, 1))]
    ['must']
    """
    notes = [
        *_window(night),
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


def _window(night: date) -> list[NightNote]:
    if _FIRST <= (night.month, night.day) <= _LAST:
        return []
    told = f"{night.day} {night:%B %Y}"
    return [NightNote("must", f"{told} is outside 1 October to 30 November, the only nights that count.")]


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
