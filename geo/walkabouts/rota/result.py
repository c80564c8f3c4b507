"""A rota: which walk on which day in which band, by whom, and what could not be met."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from geo.scenario.programme import Weekday
from geo.scenario.walkabouts import Power
from geo.walkabouts.bands import Band
from geo.walkabouts.rota.step_up import StepUp

Reason = Literal["due each quarter", "more in summer", "stepped up"]


@dataclass(frozen=True)
class RotaWalk:
    """A walk of a rota.

    Attributes
    ----------
    number
        In order of time, from 1.
    day, weekday, band
        When.
    begins, ends
        With their zone.
    agencies
        Who can walk then.
    people
        How many people they send together.
    powers
        Of those that are needed, the ones they have.
    reason
        Why there is a walk.
    explore_share
        So much of the time at stops goes to places drawn at random, off the known ones.
    seed
        By which those places are drawn.
    unmet
        What it lacks, a sentence each; empty where it has all it needs.
    notes
        Such as a bank holiday.
    """

    number: int
    day: date
    weekday: Weekday
    band: Band
    begins: datetime
    ends: datetime
    agencies: tuple[str, ...]
    people: int
    powers: tuple[Power, ...]
    reason: Reason
    explore_share: float
    seed: int
    unmet: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Covered:
    """How often a band of a day of the week is walked.

    Attributes
    ----------
    band, weekday
        Which.
    planned
        By this rota.
    held
        Before: held, or planned by the rota before it.
    """

    band: Band
    weekday: Weekday
    planned: int
    held: int


@dataclass(frozen=True)
class Rota:
    """The walks of a span.

    Attributes
    ----------
    first, last
        The span: days after the one it was made on.
    walks
        In order of time.
    coverage
        Every band and day of the week.
    asked
        What the rules asked for, a sentence each; none where the rota was put together of several that were settled.
    unmet
        Which rules are not met and when, a sentence each; empty where all are.
    notes
        What a reader must know besides.
    step_up
        What reports asked for, where they did.
    proved
        Whether no rota with the walks in these weeks breaks fewer rules, or is more even.
    seed
        What was drawn, was drawn from it.
    """

    first: date
    last: date
    walks: tuple[RotaWalk, ...]
    coverage: tuple[Covered, ...]
    asked: tuple[str, ...]
    unmet: tuple[str, ...]
    notes: tuple[str, ...]
    step_up: StepUp | None
    proved: bool
    seed: int

    @property
    def headline(self) -> str:
        """Say how many walks, and whether every rule is met."""
        count = f"{len(self.walks)} {'walk' if len(self.walks) == 1 else 'walks'}"
        kept = "Every rule is met." if not self.unmet else "Not every rule could be met; what is missing is marked."
        return f"{count} from {_told(self.first)} to {_told(self.last)}. {kept}"

    @property
    def proof(self) -> str:
        """Say how good it is."""
        if not self.walks or not self.asked:
            return ""
        if self.proved:
            return (
                "Proved: with these walks in these weeks, no rota breaks fewer rules, or uses bands and days of "
                "the week more evenly. Among those as good, this one was drawn at random."
            )
        return "Another rota might break fewer rules or be more even: the search was ended before it was proved."


def _told(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
