"""How many walks a span asks for: due each quarter, more in summer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.rota.ask import RotaAsk, Walked

_MONTHS: Final = 12
_QUARTER: Final = 3
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """So many walks are asked for in some months.

    Attributes
    ----------
    kind
        Of a quarter of the review year, or of a summer.
    first, last
        The months' first and last day.
    full
        How many the months ask for as a whole.
    asked
        How many by the end of the rota.
    held
        How many of them were held or planned before; those stepped up are further ones and do not count.
    """

    kind: Literal["quarter", "summer"]
    first: date
    last: date
    full: int
    asked: int
    held: int

    @property
    def walks(self) -> int:
        """How many are left to plan."""
        return max(self.asked - self.held, 0)

    @property
    def months(self) -> str:
        """The months in words."""
        begins = f"{self.first:%B}" if self.first.year == self.last.year else f"{self.first:%B %Y}"
        return f"{begins} to {self.last:%B %Y}" if (self.last - self.first).days > 31 else f"{self.last:%B %Y}"  # noqa: PLR2004 - one month

    @property
    def told(self) -> str:
        """Say what is asked for, and how it stands."""
        kind = "the summer" if self.kind == "summer" else "the quarter"
        part = f", {self.asked} of them by the end of this rota" if self.asked < self.full else ""
        held = f"; {self.held} held or planned before" if self.held else ""
        return f"{self.months} ({kind}): at least {self.full}{part}{held}."


def needs_of(ask: RotaAsk) -> tuple[Need, ...]:
    """Say how many walks each quarter and each summer that a rota touches asks for.

    A month asks for a third of `walks_a_quarter`, or of `summer_walks_a_quarter` in summer. A quarter of the review
    year asks for what its months ask for, rounded up, and for `walks_a_quarter` at the least: so a rota for a quarter
    asks for as many as a rota for the year asks for in it. A summer is a row of months of summer; it asks for what its
    months ask for, rounded up. Where the rota ends before they do, it asks for their share of the days up to its end,
    rounded up. What was held before counts.

    Examples
    --------
    >>> ask = RotaAsk(date(2026, 4, 1), date(2027, 3, 31), (), WalkaboutOptions(), date(2026, 3, 31), seed=1)
    >>> [(need.months, need.walks) for need in needs_of(ask)][:2]
    [('April to June 2026', 2), ('July to September 2026', 2)]
    >>> [(need.kind, need.months, need.walks) for need in needs_of(ask)][-1]
    ('summer', 'June to August 2026', 2)
    """
    return (*_quarters(ask), *_summers(ask))


def month_thirds(month: int, options: WalkaboutOptions) -> int:
    """Give what a month asks for, in thirds of a walk."""
    return options.summer_walks_a_quarter if month in options.summer_months else options.walks_a_quarter


def _quarters(ask: RotaAsk) -> list[Need]:
    found, first = [], _quarter_start(ask.start, ask.first_month)
    while first <= ask.last:
        months = [(first.month - 1 + later) % _MONTHS + 1 for later in range(_QUARTER)]
        thirds = sum(month_thirds(month, ask.options) for month in months)
        full = max(_up(thirds, _QUARTER), ask.options.walks_a_quarter)
        found.append(_need(ask, "quarter", first, full))
        first = found[-1].last + _DAY
    return found


def _summers(ask: RotaAsk) -> list[Need]:
    summer = set(ask.options.summer_months)
    if len(summer) == _MONTHS:
        return []
    found: list[Need] = []
    month = _month(ask.start)
    while _first_of(month) <= ask.last:
        if month % _MONTHS + 1 in summer and not (found and _first_of(month) <= found[-1].last):
            found.append(_summer(ask, month, summer))
        month += 1
    return found


def _summer(ask: RotaAsk, month: int, summer: set[int]) -> Need:
    begin = end = month
    while (begin - 1) % _MONTHS + 1 in summer:
        begin -= 1
    while (end + 1) % _MONTHS + 1 in summer:
        end += 1
    months = end - begin + 1
    full = _up(months * ask.options.summer_walks_a_quarter, _QUARTER)
    return _need(ask, "summer", _first_of(begin), full, months=months)


def _need(ask: RotaAsk, kind: Literal["quarter", "summer"], first: date, full: int, *, months: int = _QUARTER) -> Need:
    last = _first_of(_month(first) + months) - _DAY
    days, inside = (last - first).days + 1, (min(last, ask.last) - first).days + 1
    return Need(kind, first, last, full, _up(full * inside, days), _held(ask.before, first, ask.start))


def _held(before: Sequence[Walked], first: date, start: date) -> int:
    return sum(first <= one.day < start and not one.stepped for one in before)


def _quarter_start(day: date, first_month: int) -> date:
    month = _month(day)
    return _first_of(month - (month - (first_month - 1)) % _QUARTER)


def _month(day: date) -> int:
    """Give the number of a month, counted from the year 0."""
    return day.year * _MONTHS + day.month - 1


def _first_of(month: int) -> date:
    return date(month // _MONTHS, month % _MONTHS + 1, 1)


def _up(part: int, whole: int) -> int:
    return -(-part // whole)
