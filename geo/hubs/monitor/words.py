"""What the monitor found, in sentences: the same for screens, commands and the pack."""

from math import isinf, isnan
from typing import Final, Protocol

from geo.evidence.trend_sentences import tell_ratio

CAUTION: Final = (
    "A hub raises referrals by design: more clients near it is what it was for, and neither good nor bad by itself."
)


class Change(Protocol):
    """What a sentence on one place, or on all together, needs to know."""

    @property
    def after(self) -> int:
        """Clients who came."""

    @property
    def expected(self) -> float:
        """Clients who would have come without a hub."""

    @property
    def usual_low(self) -> int:
        """The fewest that luck explains."""

    @property
    def usual_high(self) -> int:
        """The most that luck explains."""

    @property
    def ratio(self) -> float:
        """Clients over those expected."""

    @property
    def low(self) -> float:
        """Lower end of its range."""

    @property
    def high(self) -> float:
        """Upper end of its range."""

    @property
    def smallest_rise(self) -> float:
        """The smallest rise that would have been seen."""

    @property
    def smallest_fall(self) -> float:
        """The smallest fall that would have been seen; NaN where none would."""

    @property
    def verdict(self) -> str:
        """One of MONITOR_VERDICTS."""


def tell_change(where: str, change: Change, *, level: float, power: float) -> str:
    """Say how many came, how many would have come anyway, and whether luck explains the difference."""
    people = "1 client" if change.after == 1 else f"{change.after:,} clients"
    luck = f"by luck alone {change.usual_low:,} to {change.usual_high:,}"
    came = f"{where}: {people} came, where about {tell_count(change.expected)} would have come without a hub ({luck})"
    times = f"{tell_ratio(change.ratio)} times as many ({told_range(change.low, change.high, level)})"
    verdict = change.verdict[0].upper() + change.verdict[1:]
    return f"{came}: {times}. {verdict}. {tell_smallest(change.smallest_rise, change.smallest_fall, power=power)}"


def told_range(low: float, high: float, level: float) -> str:
    """Write a range of ratios.

    Examples
    --------
    >>> told_range(0.8, 1.42, 0.95), told_range(0.0, float("inf"), 0.95)
    ('95 % range 0.80 to 1.42', '95 % range 0 or more')
    """
    ends = f"{tell_ratio(low)} or more" if isinf(high) else f"{tell_ratio(low)} to {tell_ratio(high)}"
    return f"{100 * level:g} % range {ends}"


def tell_smallest(rise: float, fall: float, *, power: float) -> str:
    """Say how small a change could have been seen.

    Examples
    --------
    >>> tell_smallest(1.52, 0.55, power=0.8)
    'A rise to 1.52 times or a fall to 0.55 times would have been seen with 80 % chance; a smaller one may be missed.'
    >>> tell_smallest(3.2, float("nan"), power=0.8)
    'A rise to 3.2 times would have been seen with 80 % chance, but no fall, not even to nobody.'
    """
    seen = f"would have been seen with {100 * power:g} % chance"
    if isinf(rise):
        return "No change, however large, would have been seen here."
    if isnan(fall):
        return f"A rise to {tell_ratio(rise)} times {seen}, but no fall, not even to nobody."
    return (
        f"A rise to {tell_ratio(rise)} times or a fall to {tell_ratio(fall)} times {seen}; a smaller one may be missed."
    )


def tell_count(expected: float) -> str:
    """Write an expected count with a decimal only where it is small.

    Examples
    --------
    >>> tell_count(3.46), tell_count(48.2)
    ('3.5', '48')
    """
    return f"{expected:.1f}" if expected < 10 else f"{expected:,.0f}"  # noqa: PLR2004 - ten: two figures either way


def tell_share(share: float) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> tell_share(0.427), tell_share(0.0042)
    ('43 %', '0.4 %')
    """
    return f"{100 * share:.1f} %" if 0 < share < 0.01 else f"{100 * share:.0f} %"  # noqa: PLR2004 - under 1 %
