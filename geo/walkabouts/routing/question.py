"""What is asked of a route: where from, where to, how long, and which stops are worth how much."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.errors import BadInputError

FloatArray = npt.NDArray[np.float64]

_MOST_STOPS: Final = 5_000
_MOST_TEAMS: Final = 20
_LONGEST: Final = 1e7  # minutes; any longer is a slip, and sums stay exact below


@dataclass(frozen=True)
class RouteQuestion:
    """Where to walk in the minutes there are.

    Attributes
    ----------
    minutes
        (n, n) minutes from each place to each other by the shortest way, which may differ with the direction; infinite
        where there is no way. The diagonal is not read. Where a way over a third place is much shorter than the one
        given, many stops may get a poorer route, never a wrong one.
    prizes
        (n,) what a visit is worth, 0 or more; a place of no worth is visited only where it must be. Those of start and
        end are not read: a team is there anyhow.
    stop_minutes
        (n,) minutes spent at each stop. Those of start and end are not read.
    start, end
        Positions of the places where every team begins and ends; they may be the same.
    limit_minutes
        What each team has, stops and the way to the end included.
    must
        Positions of stops that some team has to visit.
    avoid
        Positions of stops that nobody visits.
    teams
        How many walk at the same time; no stop is visited twice.
    names
        What the places are called in sentences; their positions where empty.
    """

    minutes: FloatArray
    prizes: FloatArray
    stop_minutes: FloatArray
    start: int
    end: int
    limit_minutes: float
    must: tuple[int, ...] = ()
    avoid: tuple[int, ...] = ()
    teams: int = 1
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the places, start and end included."""
        return len(self.prizes)

    def called(self, place: int) -> str:
        """Name a place for a sentence."""
        return self.names[place] if self.names else f"stop {place}"


def require_asked(question: RouteQuestion) -> None:
    """Refuse a question that cannot be meant.

    Raises
    ------
    BadInputError
        One sentence: a value that is no number or below 0, a position that is no place, too many teams or stops.
    """
    _require_shapes(question)
    _require_numbers(question)
    _require_places(question)
    if not 1 <= question.teams <= _MOST_TEAMS:
        message = f"{question.teams} teams were asked for; expected 1 to {_MOST_TEAMS}."
        raise BadInputError(message)


def _require_shapes(question: RouteQuestion) -> None:
    count = len(question)
    shapes = (np.shape(question.minutes), np.shape(question.stop_minutes))
    if shapes != ((count, count), (count,)) or (question.names and len(question.names) != count):
        message = (
            f"There are {count} prizes, minutes of shape {shapes[0]} and minutes at stops of shape {shapes[1]}; "
            "expected one prize, one time at the stop, one name if any, one row and one column for each place."
        )
        raise BadInputError(message)
    if count > _MOST_STOPS:
        message = f"There are {count:,} places; expected at most {_MOST_STOPS:,}. Leave out those of least worth."
        raise BadInputError(message)


def _require_numbers(question: RouteQuestion) -> None:
    away = np.asarray(question.minutes, dtype=np.float64)[~np.eye(len(question), dtype=bool)]
    _require("Minutes between places", away, may_be_endless=True)
    _require("Prizes", question.prizes, may_be_endless=False)
    _require("Minutes at stops", question.stop_minutes, may_be_endless=False)
    if not 0 <= question.limit_minutes <= _LONGEST:
        message = f"The limit is {question.limit_minutes:g} minutes; expected 0 to {_LONGEST:,.0f}."
        raise BadInputError(message)


def _require(what: str, values: FloatArray, *, may_be_endless: bool) -> None:
    values = np.asarray(values, dtype=np.float64)
    wrong = np.isnan(values) | (values < 0) | ((values > _LONGEST) & (np.isfinite(values) | (not may_be_endless)))
    if wrong.any():
        none = ", and none where there is no way" if may_be_endless else ""
        message = (
            f"{what} hold {int(wrong.sum())} values below 0, too large or not a number; expected 0 to "
            f"{_LONGEST:,.0f}{none}."
        )
        raise BadInputError(message)


def _require_places(question: RouteQuestion) -> None:
    count = len(question)
    given = {"start": (question.start,), "end": (question.end,), "must": question.must, "avoid": question.avoid}
    for what, places in given.items():
        strays = [place for place in places if not 0 <= place < count]
        if strays:
            message = f"'{what}' names place {strays[0]}; expected 0 to {count - 1}."
            raise BadInputError(message)
    both = sorted(set(question.must) & set(question.avoid))
    if both:
        message = f"{question.called(both[0])} must be visited and must be avoided; choose one of the two."
        raise BadInputError(message[0].upper() + message[1:])
