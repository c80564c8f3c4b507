"""Give the chosen sites their sessions: partners, an even spread over the year, other weekdays and times of day."""

from collections import Counter
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.programme.candidates import Setting
from geo.hubs.programme.model import Model, row_after_row, spacing_rows, taken_sessions
from geo.hubs.programme.problem import Problem, Row, at_most, solve, total

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

Visits = tuple[tuple[int, int], ...]
"""A site and a session's position for each hub, in order of time."""

# What one of each is worth against a week nearer to an even spread; a repeat costs at most so much, so that a partner
# more weighs more than both. Reach is settled before: none of it is given up.
_PARTNER: Final = 4.0
_OTHER_WEEKDAY: Final = 2.0
_OTHER_TIME: Final = 1.0
_REACH_FIRST: Final = 0.01
_NEAR_ENOUGH: Final = 1e-6
_DAYS_A_WEEK: Final = 7


def give_dates(setting: Setting, sites: list[int], *, seconds: float) -> Visits | None:
    """Find the sessions of a year's hubs whose sites are settled, in any order that keeps the rules.

    Parameters
    ----------
    sites
        One a hub; a site that is used twice is there twice.

    Returns
    -------
    tuple or None
        None where no order and no dates keep the rules.
    """
    often = Counter(sites)
    model = Model(setting, np.array(sorted(often)))
    sessions = list(taken_sessions(setting, model.uses.stop))
    first = model.uses.stop + sum(len(taken) for _, taken in sessions)
    again, dearer = _repeats(setting, sessions, first)
    worth = np.concatenate([np.zeros(first), dearer])
    worth[model.uses.start : model.uses.stop] = _reach_first(model)
    for hub, (slots, taken) in enumerate(sessions):
        worth[taken] = _PARTNER * setting.agencies[slots] - np.abs(_weeks_off(setting, hub, slots))
    rows = (*_pairing_rows(model, often, sessions), *row_after_row(model), *spacing_rows(setting, sessions), *again)
    whole = np.ones(len(worth), dtype=bool)
    found = solve(Problem(worth, np.ones(len(worth)), whole, rows), seconds=seconds, gap=_NEAR_ENOUGH)
    if found is None:
        return None
    at = [int(slots[np.argmax(found.values[taken])]) for slots, taken in sessions]
    return tuple(zip(model.chosen(found.values), at, strict=True))


def _repeats(setting: Setting, sessions: list[tuple[IntArray, IntArray]], first: int) -> tuple[list[Row], FloatArray]:
    """Make variables, from `first` on, that grow dearer with every further hub on a weekday or at a time of day.

    Returns
    -------
    tuple
        The rows that tie them to the sessions, and what each is worth, which is below 0.
    """
    hubs = len(sessions)
    rows: list[Row] = []
    worth: list[float] = []
    weekdays = [slot.weekday for slot in setting.days.slots]
    times = [f"{slot.begin:%H:%M}" for slot in setting.days.slots]
    for names, price in ((weekdays, _OTHER_WEEKDAY), (times, _OTHER_TIME)):
        for name in sorted(set(names)):
            alike = np.array([one == name for one in names])
            taken = [int(variable) for slots, some in sessions for variable in some[alike[slots]]]
            steps = range(first + len(worth), first + len(worth) + hubs)
            rows.append(at_most(taken, steps))
            worth += [-price * step / hubs for step in range(hubs)]
    return rows, np.array(worth, dtype=np.float64)


def _pairing_rows(model: Model, often: Counter[int], sessions: list[tuple[IntArray, IntArray]]) -> list[Row]:
    """Use each site as often as was settled, each hub once, and only at sessions at which it is usable."""
    usable = model.setting.usable[model.pool]
    hubs = range(model.hubs)
    rows: list[Row] = []
    for at, site in enumerate(model.pool):
        rows.append(total([model.use(hub, at) for hub in hubs], low=often[int(site)], high=often[int(site)]))
    for hub, (slots, taken) in enumerate(sessions):
        rows.append(total([model.use(hub, at) for at in range(len(model.pool))], low=1, high=1))
        rows.append(total(taken, low=1, high=1))
        for at in range(len(model.pool)):
            closed = taken[~usable[at, slots]]
            rows.append(total([*closed, model.use(hub, at)], high=1))
    return rows


def _reach_first(model: Model) -> FloatArray:
    """Let sites that reach most come first where nothing else decides."""
    reach = model.setting.inputs.need.counts @ model.setting.inputs.need.reach[:, model.pool]
    share = reach / (reach.max(initial=0.0) or 1.0)
    hubs = model.hubs
    return np.concatenate([_REACH_FIRST * share * (hubs - hub) / hubs for hub in range(hubs)])


def _weeks_off(setting: Setting, hub: int, slots: IntArray) -> FloatArray:
    ideal = ideal_day(setting, hub)
    off = [(setting.days.slots[at].day - ideal).days / _DAYS_A_WEEK for at in slots]
    return np.array(off, dtype=np.float64)


def ideal_day(setting: Setting, hub: int) -> date:
    """Say where a hub would be if a quarter's hubs were spread evenly over what is left of the quarter."""
    quarter = setting.hub_quarters[hub]
    possible = [setting.days.slots[at].day for at in setting.days.by_quarter[quarter]]
    start, after = setting.days.starts[quarter - 1], setting.days.starts[quarter]
    first = max(start, min(possible, default=start))
    hubs = setting.options.hubs_a_quarter
    part = (hub % hubs + 0.5) / hubs
    return first + timedelta(days=int(part * (after - first).days))
