"""Learn how often each test calls something where nothing is, and how often it finds what is there.

Districts are simulated in batches. Each batch has random numbers of its own, so the result does not depend on who works
through which batch, nor in what order, and more districts add to the first ones without changing them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.batches import LEAST_HOMES, MOST_HOMES, Batch, Setting, Tally, plantable_rows, run_batch
from geo.evidence.shares import share_interval
from geo.evidence.simulate import INDEPENDENT, NULLS, UNEVEN
from geo.evidence.trial import TESTS, VERDICTS, Bench
from geo.schema import POWER, SIZE

Progress = Callable[[str, float], None]

CASES: Final = (300, 700)
RELATIVE_RISKS: Final = (2.0, 3.0, 5.0)
_BATCH: Final = 20
_POWER_PART: Final = 5  # power needs fewer districts: a fifth

Spread = Callable[[Callable[[Batch], Tally], Sequence[Batch]], Iterable[Tally]]
"""How batches are shared out: `map` itself, or that of a pool of processes; tallies come in the order of batches."""


@dataclass(frozen=True)
class Calibration:
    """Hold what was learnt, with what it rests on.

    Attributes
    ----------
    size
        SIZE table.
    power
        POWER table; empty where nothing could be planted.
    bench
        The map and the rules that were tried.
    districts, power_districts
        Simulated districts of each row of the two tables.
    seed
        Of the random numbers.
    why_no_power
        One sentence that says why nothing could be planted, else empty.
    """

    size: pd.DataFrame
    power: pd.DataFrame
    bench: Bench
    districts: int
    power_districts: int
    seed: int
    why_no_power: str

    @property
    def not_held(self) -> pd.DataFrame:
        """The rows of `size` whose false alarms are more than is claimed."""
        return self.size[~self.size["held"]]


SIZE_SETTINGS: Final = tuple(Setting(design, cases) for design in NULLS for cases in CASES)
POWER_SETTINGS: Final = tuple(
    Setting(design, cases, risk) for design in (INDEPENDENT, UNEVEN) for cases in CASES for risk in RELATIVE_RISKS
)


def calibrate_tests(
    bench: Bench, *, districts: int, seed: int, spread: Spread = map, progress: Progress | None = None
) -> Calibration:
    """Simulate districts of every setting and put each through every test.

    Parameters
    ----------
    bench
        The map and the rules to try.
    districts
        For every setting without a hotspot; those with one get a fifth.
    seed
        The same seed gives the same answer.
    spread
        How batches are shared out.
    progress
        Told the setting at work and the share of all districts done.

    Raises
    ------
    BadInputError
        Fewer than one district is asked for.
    MissingDataError
        No cell of the grid has homes.
    """
    _require(bench, districts)
    fewer, why_not = max(1, districts // _POWER_PART), _why_not_plantable(bench)
    plan = [(setting, districts) for setting in SIZE_SETTINGS]
    plan += [] if why_not else [(setting, fewer) for setting in POWER_SETTINGS]
    batches = [batch for row, work in enumerate(plan) for batch in _batches(bench, *work, row=row, seed=seed)]
    tallies = _add_up(batches, spread(run_batch, batches), progress)
    return Calibration(
        size=size_table({setting: tallies[setting] for setting in SIZE_SETTINGS}, claimed=bench.claims()),
        power=power_table({setting: tally for setting, tally in tallies.items() if setting.relative_risk != 1}),
        bench=bench,
        districts=districts,
        power_districts=0 if why_not else fewer,
        seed=seed,
        why_no_power=why_not,
    )


def size_table(tallies: dict[Setting, Tally], *, claimed: Mapping[str, float]) -> pd.DataFrame:
    """Set false alarms beside what is claimed: SIZE table.

    Parameters
    ----------
    tallies
        Of settings without a hotspot.
    claimed
        The share of districts with a false alarm that each test may have at most.
    """
    rows = [
        (setting.design.key, setting.cases, test, tally.districts, tally.called[test])
        for setting, tally in tallies.items()
        for test in TESTS
    ]
    table = pd.DataFrame(rows, columns=["null", "cases", "test", "districts", "alarms"])
    low, high = share_interval(table["alarms"], table["districts"])
    share = table["alarms"] / table["districts"]
    most = table["test"].map(claimed)
    return SIZE.validate(table.assign(share=share, low=low, high=high, claimed=most, held=low <= most))


def power_table(tallies: dict[Setting, Tally]) -> pd.DataFrame:
    """Say how often a planted hotspot was found, and how often an area elsewhere was named: POWER table."""
    rows = [
        (
            *(setting.design.key, setting.cases, setting.relative_risk, verdict),
            *(tally.districts, tally.called[verdict], tally.elsewhere[verdict]),
        )
        for setting, tally in tallies.items()
        for verdict in VERDICTS
    ]
    columns = ["background", "cases", "relative_risk", "verdict", "districts", "found", "elsewhere"]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {name: "float64" if name == "relative_risk" else "int64" for name in columns}
    table = table.astype(kinds | {"background": "str", "verdict": "str"})
    for what, prefix in (("found", ""), ("elsewhere", "elsewhere_")):
        low, high = share_interval(table[what], table["districts"])
        table[f"{prefix}share"] = table[what] / table["districts"]
        table[f"{prefix}low"], table[f"{prefix}high"] = low, high
    return POWER.validate(table[list(POWER.columns)])


def _require(bench: Bench, districts: int) -> None:
    if districts < 1:
        message = f"{districts} simulated districts say nothing; ask for at least 1, and for 1,000 to rely on it."
        raise BadInputError(message)
    if not (bench.grid.cells["homes"] > 0).any():
        message = "No cell of the district has homes, so no district can be simulated; add households."
        raise MissingDataError(message)


def _why_not_plantable(bench: Bench) -> str:
    if len(plantable_rows(bench.grid)):
        return ""
    return (
        f"No cell with its neighbours holds {100 * LEAST_HOMES:g} to {100 * MOST_HOMES:g} % of this district's homes, "
        "so no hotspot of the usual size could be planted, and nothing is said of what the tests would find."
    )


def _batches(bench: Bench, setting: Setting, districts: int, *, row: int, seed: int) -> list[Batch]:
    sizes = [min(_BATCH, districts - first) for first in range(0, districts, _BATCH)]
    return [
        Batch(bench, setting, size, np.random.SeedSequence(seed, spawn_key=(row, number)))
        for number, size in enumerate(sizes)
    ]


def _add_up(batches: list[Batch], tallies: Iterable[Tally], progress: Progress | None) -> dict[Setting, Tally]:
    found: dict[Setting, Tally] = {}
    done, every = 0, sum(batch.districts for batch in batches)
    for batch, tally in zip(batches, tallies, strict=True):
        found[batch.setting] = found[batch.setting] + tally if batch.setting in found else tally
        done += tally.districts
        if progress is not None:
            progress(_told(batch.setting), done / every)
    return found


def _told(setting: Setting) -> str:
    name = f"{setting.design.key.replace('_', ' ')}, {setting.cases} cases"
    return name if setting.relative_risk == 1 else f"{name}, relative risk {setting.relative_risk:g}"
