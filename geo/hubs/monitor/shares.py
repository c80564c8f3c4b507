"""Compare a share between those who came by a hub (or live near one) and the others: prevented, main duty."""

from dataclasses import dataclass

import numpy as np

from geo.errors import BadInputError
from geo.evidence.shares import FEWEST, share_interval
from geo.hubs.monitor.exact_difference import TwoSamples, difference_interval, difference_p, smallest_rise
from geo.hubs.monitor.words import tell_share
from geo.scenario import MonitorOptions


@dataclass(frozen=True)
class ShareComparison:
    """Hold two shares and their difference; differences are shares too, 0.1 is ten points out of a hundred.

    Attributes
    ----------
    what
        What is counted, such as "prevented at first contact".
    hub, others
        Counts of each group: (part, whole).
    share_hub, share_others
        Shares, NaN where the group is empty.
    range_hub, range_others
        Exact (Clopper-Pearson) range of each.
    difference, low, high
        Hub share less the other, and its exact range, which errs on the wide side.
    p
        Two-sided, exact unconditional.
    smallest_rise, smallest_fall
        Smallest differences that would have been told with the stated chance, both above 0; NaN where none would.
    verdict
        One of SHARE_VERDICTS.
    sentence
        All this in words.
    """

    what: str
    hub: tuple[int, int]
    others: tuple[int, int]
    share_hub: float
    share_others: float
    range_hub: tuple[float, float]
    range_others: tuple[float, float]
    difference: float
    low: float
    high: float
    p: float
    smallest_rise: float
    smallest_fall: float
    verdict: str
    sentence: str


def compare_shares(
    hub: tuple[int, int], others: tuple[int, int], *, what: str, options: MonitorOptions | None = None
) -> ShareComparison:
    """Compare the share of one outcome between two groups of households.

    Parameters
    ----------
    hub
        Households that came by a hub, or live near one: (with the outcome, all whose outcome is known).
    others
        The same of all others.
    what
        The outcome in words, such as "prevented at first contact".
    options
        Levels, and from which difference on it is worth telling.

    Returns
    -------
    ShareComparison
        "higher" or "lower" where the exact range of the difference leaves out 0; else "too few to tell" where a group
        holds fewer than 5, or where neither a rise nor a fall of `telling_points` would have been seen; else "no clear
        difference".

    Raises
    ------
    BadInputError
        A count is below 0, or a part is more than its whole.

    Notes
    -----
    `geo.hubs.monitor.exact_difference` has the method. Households choose whether they come to a hub, so a difference is
    no proof that the hub made it.

    Examples
    --------
    >>> compare_shares((18, 30), (60, 200), what="prevented at first contact").verdict
    'higher'
    """
    chosen = options or MonitorOptions()
    _check(hub, others)
    if min(hub[1], others[1]) == 0:
        return _empty(hub, others, what)
    samples, parts = TwoSamples(hub[1], others[1]), (hub[0], others[0])
    low, high = difference_interval(parts, samples, level=chosen.level)
    rise, fall = _smallest(samples, others[0] / others[1], chosen)
    ranges = share_interval(parts, (hub[1], others[1]), level=chosen.level)
    verdict = _verdict((low, high), (rise, fall), min(hub[1], others[1]), chosen)
    return ShareComparison(
        what=what,
        hub=hub,
        others=others,
        share_hub=hub[0] / hub[1],
        share_others=others[0] / others[1],
        range_hub=(float(ranges[0][0]), float(ranges[1][0])),
        range_others=(float(ranges[0][1]), float(ranges[1][1])),
        difference=hub[0] / hub[1] - others[0] / others[1],
        low=low,
        high=high,
        p=difference_p(parts, samples) if samples.small_enough else float("nan"),
        smallest_rise=rise,
        smallest_fall=fall,
        verdict=verdict,
        sentence=_tell((hub, others), what, (low, high), (rise, fall), verdict=verdict, options=chosen),
    )


def _check(*groups: tuple[int, int]) -> None:
    if any(part < 0 or part > whole for part, whole in groups):
        message = (
            "A share cannot be worked out: expected as many of a group as the group holds, or fewer, and 0 or more."
        )
        raise BadInputError(message)


def _empty(hub: tuple[int, int], others: tuple[int, int], what: str) -> ShareComparison:
    none = float("nan")
    who = "no household came by a hub" if hub[1] == 0 else "there is no other household to compare with"
    sentence = f"{what[0].upper()}{what[1:]}: {who}, so there is nothing to compare. Too few to tell."
    ranges = share_interval((hub[0], others[0]), (hub[1], others[1]))
    return ShareComparison(
        what=what,
        hub=hub,
        others=others,
        share_hub=hub[0] / hub[1] if hub[1] else none,
        share_others=others[0] / others[1] if others[1] else none,
        range_hub=(float(ranges[0][0]), float(ranges[1][0])),
        range_others=(float(ranges[0][1]), float(ranges[1][1])),
        difference=none,
        low=-1.0,
        high=1.0,
        p=1.0,
        smallest_rise=none,
        smallest_fall=none,
        verdict="too few to tell",
        sentence=sentence,
    )


def _smallest(samples: TwoSamples, share: float, options: MonitorOptions) -> tuple[float, float]:
    """Find the smallest rise and fall that would have been told; not looked for where the tables are too large."""
    if not samples.small_enough:
        return float("nan"), float("nan")
    levels = {"level": options.level, "power": options.power}
    # A fall of the share is a rise of the share that had another outcome.
    return smallest_rise(samples, share, **levels), smallest_rise(samples, 1 - share, **levels)


def _verdict(ends: tuple[float, float], smallest: tuple[float, float], fewest: int, options: MonitorOptions) -> str:
    if ends[0] > 0 or ends[1] < 0:
        return "higher" if ends[0] > 0 else "lower"
    seen = [change for change in smallest if not np.isnan(change)]
    told = bool(seen) and min(seen) <= options.telling_points / 100
    return "no clear difference" if told and fewest >= FEWEST else "too few to tell"


def _tell(
    groups: tuple[tuple[int, int], tuple[int, int]],
    what: str,
    ends: tuple[float, float],
    smallest: tuple[float, float],
    *,
    verdict: str,
    options: MonitorOptions,
) -> str:
    hub, others = groups
    gap = 100 * (hub[0] / hub[1] - others[0] / others[1])
    first = f"{hub[0]:,} of {hub[1]:,} by a hub ({tell_share(hub[0] / hub[1])})"
    second = f"{others[0]:,} of {others[1]:,} others ({tell_share(others[0] / others[1])})"
    spread = f"{gap:+z.0f} points, {100 * options.level:g} % range {100 * ends[0]:+z.0f} to {100 * ends[1]:+z.0f}"
    seen = [
        f"{word} of {100 * change:.0f}"
        for word, change in zip(("a rise", "a fall"), smallest, strict=True)
        if not np.isnan(change)
    ]
    power = f"with {100 * options.power:g} % chance"
    smaller = (
        f"{' or '.join(seen)} points would have been seen {power}" if seen else "no difference was sure to be seen"
    )
    return (
        f"{what[0].upper()}{what[1:]}: {first}, {second}: {spread}. {verdict[0].upper()}{verdict[1:]}. "
        f"{smaller[0].upper()}{smaller[1:]}. Who comes to a hub differs from who does not: no proof of cause."
    )
