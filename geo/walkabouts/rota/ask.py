"""What a rota is made from: the span, who can walk, what was walked before, what was reported."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.errors import BadInputError
from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import Band
from geo.walkabouts.rota.agencies import WalkAgency

LONGEST_SPAN: Final = 400  # days: a year, with room


@dataclass(frozen=True, order=True)
class Walked:
    """A walk that was held, or that an earlier rota plans before this one begins.

    Attributes
    ----------
    day
        Small hours belong to the evening before.
    band
        Of the day.
    stepped
        Whether it had been added because of reports.
    """

    day: date
    band: Band
    stepped: bool = False


@dataclass(frozen=True)
class RotaAsk:
    """A rota to be made.

    Attributes
    ----------
    first, last
        The span, both days in it.
    agencies
        Who can walk.
    options
        The rules.
    today
        Days up to this one are not planned.
    seed
        What is drawn at random is drawn from it: the same question gives the same rota.
    first_month
        The month in which a review year begins, 1 to 12: its quarters are the three months that the rules speak of.
    before
        Walks before the first day that is planned.
    after
        The next walk after the span, where one is planned already.
    reports
        The days on which reports came in; partner intelligence is none.
    """

    first: date
    last: date
    agencies: tuple[WalkAgency, ...]
    options: WalkaboutOptions
    today: date
    seed: int
    first_month: int = 4
    before: tuple[Walked, ...] = ()
    after: Walked | None = None
    reports: tuple[date, ...] = ()

    @property
    def start(self) -> date:
        """The first day that is planned."""
        return max(self.first, self.today + timedelta(days=1))

    @property
    def last_walked(self) -> Walked | None:
        """The last walk before."""
        return max(self.before, default=None)

    def check(self) -> None:
        """Refuse a span that nothing can be planned in.

        Raises
        ------
        BadInputError
            It ends before it begins, is over, or is far too long.
        """
        if self.first > self.last:
            message = f"The rota would end on {self.last.isoformat()}, before it begins on {self.first.isoformat()}."
            raise BadInputError(message)
        if self.start > self.last:
            message = f"The span ended on {self.last.isoformat()}; a rota plans days after today. Choose a later one."
            raise BadInputError(message)
        if (self.last - self.start).days >= LONGEST_SPAN:
            message = f"A rota is of at most {LONGEST_SPAN} days; choose a quarter or a year."
            raise BadInputError(message)
