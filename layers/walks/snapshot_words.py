"""The words that papers of a night's count share: days and nights, how a team counts, how it stays safe."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from geo.walkabouts.plan import LeftOut
from geo.walkabouts.snapshot.night import Method
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
_HIDDEN: Final = {-2: "two days before", 0: "on the night", 1: "the day after", 3: "three days after"}


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


def told_due(due: date, night: date, *, show_night: bool) -> str:
    """Write the day by which something is due; near the night without a date, where the night is not to be told.

    Examples
    --------
    >>> night = date(2026, 11, 11)
    >>> [told_due(due, night, show_night=False) for due in (date(2026, 9, 30), night, date(2026, 11, 25))]
    ['30 September 2026', 'on the night', 'two weeks after']
    """
    days = (due - night).days
    if show_night or days < min(_HIDDEN):
        return f"{due.day} {due:%B %Y}"
    return _HIDDEN.get(days, f"{'two weeks' if days == 14 else f'{days} days'} after")  # noqa: PLR2004 - two weeks


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
