"""Simulate and test some districts of one kind, and count in how many of them something was called."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from pandera.config import config_context

from geo.evidence.scan_null import NullStore
from geo.evidence.simulate import Design, draw_records, draw_weights, plant
from geo.evidence.trial import Bench, find_alarms, find_planted
from geo.evidence.windows import windows_of_grid
from geo.places.grid import HexGrid

IntArray = npt.NDArray[np.int64]

LEAST_HOMES: Final = 0.02
"""A planted window holds at least this share of the homes, and at most `MOST_HOMES`."""
MOST_HOMES: Final = 0.06

_MOST_LAWS: Final = 2_000


@dataclass(frozen=True)
class Setting:
    """Name one kind of simulated district: its design, its cases, and the risk planted in it; 1 plants nothing."""

    design: Design
    cases: int
    relative_risk: float = 1.0


@dataclass(frozen=True)
class Batch:
    """Hold some districts of one setting, to be tested one after the other with random numbers of their own."""

    bench: Bench
    setting: Setting
    districts: int
    seed: np.random.SeedSequence


@dataclass(frozen=True)
class Tally:
    """Count the districts of a batch, or of several.

    Attributes
    ----------
    districts
        How many were tested.
    called
        By test, those in which it called something; by verdict, those in which it found what was planted.
    elsewhere
        By verdict, those in which it named a place where nothing was planted.
    """

    districts: int
    called: Counter[str]
    elsewhere: Counter[str]

    def __add__(self, other: "Tally") -> "Tally":
        """Add the districts of another batch of the same setting."""
        called, elsewhere = self.called + other.called, self.elsewhere + other.elsewhere
        return Tally(self.districts + other.districts, called, elsewhere)


def run_batch(batch: Batch) -> Tally:
    """Simulate and test the districts of one batch.

    Tables are checked against their schemas in the first district only: the others come from the very same functions,
    and the checks would take half of the time.
    """
    rng, nulls = np.random.default_rng(batch.seed), _laws()
    called, elsewhere = Counter[str](), Counter[str]()
    for number in range(batch.districts):
        with config_context(validation_enabled=number == 0):
            there, beside = _try_one(batch.bench, batch.setting, rng, nulls)
        called.update(there)
        elsewhere.update(beside)
    return Tally(batch.districts, called, elsewhere)


def plantable_rows(grid: HexGrid) -> IntArray:
    """List the rows of the cells whose window, the cell with its ring, holds a usual share of the homes."""
    tested = grid.cells["homes"].to_numpy() > 0
    held = windows_of_grid(grid, tested).share_sums()
    return np.flatnonzero(tested)[(held >= LEAST_HOMES) & (held <= MOST_HOMES)]


@cache
def _laws() -> NullStore:
    """Keep the scan's laws for all batches of one process: they depend on nothing but their own key."""
    return NullStore(_MOST_LAWS)


def _try_one(bench: Bench, setting: Setting, rng: np.random.Generator, nulls: NullStore) -> tuple[set[str], set[str]]:
    """Simulate one district; name the tests that called something, and the verdicts given where nothing was planted."""
    weights = draw_weights(rng, setting.design, bench.grid)
    if setting.relative_risk == 1:
        records = draw_records(rng, setting.design, bench.grid, weights, cases=setting.cases)
        return find_alarms(records, bench, rng=rng, nulls=nulls), set()
    centre = rng.choice(plantable_rows(bench.grid))
    planted = bench.grid.indices[bench.grid.indptr[centre] : bench.grid.indptr[centre + 1]]
    raised = plant(weights, planted, setting.relative_risk)
    records = draw_records(rng, setting.design, bench.grid, raised, cases=setting.cases, years=1)
    return find_planted(records, planted, bench, nulls=nulls)
