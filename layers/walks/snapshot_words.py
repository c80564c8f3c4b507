"""The words that papers of a night's count share: days and nights, how a team counts, how it stays safe."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from geo.walkabouts.plan import LeftOut
from geo.walkabouts.snapshot.night import Method, Task, near_night, told_week
from geo.walkabouts.snapshot.values import NightWay
from layers.walks.card_words import safety_words

METHODS: Final[dict[Method, str]] = {
    "count": "A count of every known and likely place",
    "estimate": "An estimate from evidence, without a count",
    "estimate with a spotlight count": "An estimate, with a count of chosen places",
}
CONFIDENTIAL: Final = "The date of the night stays confidential until it is over."
COUNTING: Final = (
    "Count only people you see yourselves, now, at a stop or on the way. Your patch ends at the broken line.",
    "Make a stroke for each person: bedded down, or about to bed down. Nobody is an answer too: tick it.",
    "No access: you could not look. It does not mean that nobody is there.",
    "Somebody beyond your patch, or whom another team has met, is told to the lead officer and not counted again.",
    "Wake nobody, take no photograph, and never write a name, what somebody looks like, or anything else of a person.",
)
_HIDDEN: Final = {
    -10: "ten days before",
    -7: "a week before",
    -2: "two days before",
    0: "on the night",
    1: "the day after",
    3: "three days after",
}


def told_night(night: date) -> str:
    """Write a night with both its days.

    Examples
    --------
    >>> told_night(date(2026, 11, 11)), told_night(date(2026, 10, 31))
    ('Wednesday 11 to Thursday 12 November 2026', 'Saturday 31 October to Sunday 1 November 2026')
    """
    morning = night + timedelta(days=1)
    month = "" if morning.month == night.month else f" {night:%B}"
    return f"{night:%A} {night.day}{month} to {morning:%A} {morning.day} {morning:%B %Y}"


def told_due(task: Task, night: date, *, show_night: bool) -> str:
    """Write the day by which something is due: its week, and near the night no date, where that is not to be told.

    Examples
    --------
    >>> night = date(2026, 11, 11)
    >>> dues = [Task(due, "", late=False) for due in (date(2026, 9, 30), night, date(2026, 11, 25))]
    >>> [told_due(task, night, show_night=False) for task in dues]
    ['week of 28 September 2026', 'on the night', 'week of 23 November 2026']
    """
    if show_night:
        return f"{task.due.day} {task.due:%B %Y}"
    if near_night(task, night):
        days = (task.due - night).days
        return _HIDDEN.get(days, f"{abs(days)} days {'before' if days < 0 else 'after'}")
    monday = told_week(task, night)
    return f"week of {monday.day} {monday:%B %Y}"


def told_way(way: NightWay) -> str:
    """Say how a team gets to its next stop.

    Examples
    --------
    >>> import shapely
    >>> told_way(NightWay("car", 25.2, shapely.LineString(), (), True, 8.1, 3))
    '25 minutes by car, 8 of them on foot back to it at stop 3'
    """
    minutes = max(1, round(way.minutes))
    told = f"{minutes} {'minute' if minutes == 1 else 'minutes'} {'on foot' if way.by == 'foot' else 'by car'}"
    return (
        f"{told}, {max(1, round(way.back_minutes))} of them on foot back to it at stop {way.back_to}"
        if way.back_to
        else told
    )


def told_left_out(left_out: Sequence[LeftOut]) -> tuple[str, ...]:
    """Say how many places are neither counted nor estimated by a plan, reason by reason.

    Examples
    --------
    >>> told_left_out([LeftOut("SU364455", "Bell Street", "Too far."), LeftOut("", "", "Too far.")])
    ('2 places are left out: Too far.',)
    """
    reasons = Counter(one.why for one in left_out)
    return tuple(
        f"{many} {'place is' if many == 1 else 'places are'} left out: {why}" for why, many in sorted(reasons.items())
    )


def night_safety(least_people: int) -> tuple[str, ...]:
    """Say how a team stays safe on the night.

    Parameters
    ----------
    least_people
        So many go together, at the least.
    """
    return safety_words(least_people)
