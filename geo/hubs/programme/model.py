"""The integer programme behind a year: which site each hub uses, at which session, under every rule.

Distinct need depends on the set of sites alone, so many programmes reach the same; which of them it is to be is settled
afterwards (`dates.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.hubs.programme.candidates import OPEN, Setting
from geo.hubs.programme.cuts import Yields
from geo.hubs.programme.problem import Problem, Row, at_most, total

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

# Reach comes in hundredths of a client, so this much in all never outweighs any: it only breaks ties, first for sites
# whose hours are known, then for those that stand first.
TIE_BREAK: Final = 0.004


@dataclass(frozen=True)
class Model:
    """The variables, in blocks: what a place yields, a site chosen, an area served, a hub using a site; then sessions.

    Attributes
    ----------
    setting
        What is planned.
    pool
        The sites to choose from.
    """

    setting: Setting
    pool: IntArray

    @cached_property
    def yields(self) -> Yields:
        """What the places with clients yield that any site of the pool reaches."""
        need = self.setting.inputs.need
        weights = need.reach[:, self.pool]
        busy = (need.counts > 0) & (weights > 0).any(axis=1)
        return Yields(need.counts[busy], weights[busy], int(busy.sum()))

    @cached_property
    def serves(self) -> BoolArray:
        """(a, p) which priority areas each site of the pool serves."""
        return self.setting.inputs.areas.serves[:, self.pool]

    def site(self, position: int) -> int:
        """Give the variable of a site being chosen."""
        return self.yields.first_site + position

    def area(self, number: int) -> int:
        """Give the variable of an area being served."""
        return self.site(len(self.pool)) + number

    @property
    def hubs(self) -> int:
        """How many hubs the year has."""
        return len(self.setting.hub_quarters)

    def use(self, hub: int, position: int) -> int:
        """Give the variable of a hub using a site."""
        return self.area(len(self.serves)) + hub * len(self.pool) + position

    @property
    def uses(self) -> range:
        """All variables of uses."""
        return range(self.use(0, 0), self.use(self.hubs, 0))

    @cached_property
    def labels(self) -> list[IntArray]:
        """What must not come twice in a row: sites of the pool that stand for the same."""
        where = {int(site): position for position, site in enumerate(self.pool)}
        kept = [[where[int(site)] for site in group if int(site) in where] for group in self.setting.labels.values()]
        return [np.array(group) for group in kept if group]

    def chosen(self, values: FloatArray) -> list[int]:
        """Read which site each hub uses."""
        used = values[self.uses.start : self.uses.stop].reshape(self.hubs, len(self.pool))
        return [int(self.pool[at]) for at in used.argmax(axis=1)]


def hubs_model(setting: Setting) -> Model:
    """Lay out a year's hubs over every site that can be used at all."""
    return Model(setting, np.flatnonzero(setting.usable.any(axis=1)))


def whole_problem(model: Model, *, aim: str = "reach") -> Problem:
    """Maximise distinct need under every rule, sessions and all; or only ask what is possible.

    Parameters
    ----------
    aim
        "reach"; "areas" to serve as many priority areas as can be, whatever the share asked for; "any" for any
        programme at all.
    """
    sessions = list(taken_sessions(model.setting, model.uses.stop))
    rows = [*_common_rows(model, areas=aim == "reach"), *row_after_row(model), *_session_rows(model, sessions)]
    rows += spacing_rows(model.setting, sessions)
    problem = _problem(model, tuple(rows), sessions=sum(len(slots) for slots, _ in sessions))
    if aim == "reach":
        return problem
    worth = np.zeros_like(problem.worth)
    worth[model.area(0) : model.area(len(model.serves))] = aim == "areas"
    return Problem(worth, problem.most, problem.whole, problem.rows)


def taken_sessions(setting: Setting, first: int) -> Iterator[tuple[IntArray, IntArray]]:
    """Give the slots that each hub may have, and a variable for each of them, numbered from `first` on."""
    possible: BoolArray = np.asarray(setting.usable.any(axis=0))
    for quarter in setting.hub_quarters:
        slots = np.array([at for at in setting.days.by_quarter[quarter] if possible[at]], dtype=np.int64)
        yield slots, np.arange(first, first + len(slots))
        first += len(slots)


def spacing_rows(setting: Setting, sessions: list[tuple[IntArray, IntArray]]) -> list[Row]:
    """Keep hubs in order, and the weeks between them: a hub by day d asks for the one before so much earlier."""
    days = np.array([slot.day.toordinal() for slot in setting.days.slots], dtype=np.int64)
    apart = max(1, timedelta(weeks=setting.options.weeks_apart).days)
    rows: list[Row] = []
    for (slots, taken), (later_slots, later) in pairwise(sessions):
        for day in np.unique(days[later_slots]):
            before = taken[days[slots] <= day - apart]
            if len(before) < len(taken):
                rows.append(at_most(later[days[later_slots] <= day], before))
    return rows


def row_after_row(model: Model) -> list[Row]:
    """Let no two hubs in a row stand for the same."""
    return [
        total([model.use(hub + step, int(at)) for step in (0, 1) for at in group], high=1)
        for group in model.labels
        for hub in range(model.hubs - 1)
    ]


def _problem(model: Model, rows: tuple[Row, ...], *, sessions: int) -> Problem:
    size = model.uses.stop + sessions
    worth, most, whole = np.zeros(size), np.ones(size), np.ones(size, dtype=bool)
    places = model.yields.first_site
    worth[:places], whole[:places] = 1.0, False
    most[:places] = model.yields.clients * model.yields.weights.max(axis=1, initial=0.0)
    worth[model.uses.start : model.uses.stop] = np.tile(_tie_breaks(model), model.hubs)
    return Problem(worth, most, whole, rows)


def _tie_breaks(model: Model) -> FloatArray:
    usable = model.setting.usable[model.pool]
    known = (usable & (model.setting.openings[model.pool] == OPEN)).sum(axis=1) / usable.sum(axis=1)
    first = 1 - np.arange(len(model.pool)) / len(model.pool)
    return np.asarray(TIE_BREAK / model.hubs * (0.9 * known + 0.1 * first))


def _common_rows(model: Model, *, areas: bool = True) -> Iterator[Row]:
    for at in range(len(model.pool)):
        uses = [model.use(hub, at) for hub in range(model.hubs)]
        yield at_most([model.site(at)], uses)
        yield total(uses, high=model.setting.options.site_at_most)
    for hub in range(model.hubs):
        yield total([model.use(hub, at) for at in range(len(model.pool))], low=1, high=1)
    for number, serves in enumerate(model.serves):
        yield at_most([model.area(number)], [model.site(int(at)) for at in np.flatnonzero(serves)])
    wanted = model.setting.areas_wanted if areas else 0
    yield total([model.area(number) for number in range(len(model.serves))], low=wanted)


def _session_rows(model: Model, sessions: list[tuple[IntArray, IntArray]]) -> Iterator[Row]:
    """Give each hub one session, at which the site it uses is usable."""
    usable = model.setting.usable[model.pool]
    for hub, (slots, taken) in enumerate(sessions):
        yield total(taken, low=1, high=1)
        alike, group = np.unique(usable[:, slots], axis=1, return_inverse=True)
        for number, able in enumerate(alike.T):
            yield at_most(taken[group == number], [model.use(hub, int(at)) for at in np.flatnonzero(able)])
