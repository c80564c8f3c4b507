"""Run the excess test again under other settings, from homes by postcode and located clients."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.evidence.left_out import Rest
from geo.evidence.spreading import ATOM, spread_clients
from geo.evidence.stability import Kind, Run
from geo.evidence.units import Units, alone, divide, hot_cells, lattice_ring, rings
from geo.places.shifted import HALF_SHIFTS, lattice_over
from geo.scenario import StabilityOptions

Progress = Callable[[str, float], None]
CellColumn = Literal["h3_7", "h3_8"]
Setting = tuple[str, Callable[[], Run | str]]  # its name, and what makes the run or says why it cannot be made

_WIDE_RINGS: Final = 2
_FEWEST_PLACES: Final = 2  # one place alone has nothing to be compared with


@dataclass(frozen=True)
class Ground:
    """Hold what every run shares.

    Attributes
    ----------
    housed
        HOUSED table, sorted by postcode.
    clients
        Located EPISODES rows of the first test.
    cell
        The column with the cells of the first test.
    options
        Draws, seed and what counts as hot.
    """

    housed: pd.DataFrame
    clients: pd.DataFrame
    cell: CellColumn
    options: StabilityOptions

    @property
    def other(self) -> CellColumn:
        """The column with the cells of the other resolution kept."""
        return "h3_7" if self.cell == "h3_8" else "h3_8"


@dataclass(frozen=True)
class Tried:
    """Hold the runs made, and the settings that could not be tried with the reason."""

    runs: tuple[Run, ...]
    not_run: dict[str, str] = field(default_factory=dict)


def run_settings(ground: Ground, parts: list[Rest], *, progress: Progress | None = None) -> Tried:
    """Run the excess test under every other setting.

    Shifted grids need a place for each client that no record has: clients are drawn among the homes of where they
    live, several times. That spreads a cluster finer than a cell evenly over its cell's homes, so a shifted grid
    sees it paler than it is: such a run finds too little rather than too much.

    Parameters
    ----------
    ground
        Homes, clients and options.
    parts
        The parts of the records to leave out, from `leave_out_parts`.
    progress
        Told which setting is being tried and the share done, 0 to 1.
    """
    settings = [*_divisions(ground), *_parts(ground, parts), *_shifts(ground)]
    runs, not_run = [], {}
    for done, (name, make) in enumerate(settings):
        if progress:
            progress(f"Trying it with {name}", done / len(settings))
        made = make()
        if isinstance(made, Run):
            runs.append(made)
        else:
            not_run[name] = made
    if progress:
        progress("Done", 1.0)
    return Tried(tuple(runs), not_run)


def _divisions(ground: Ground) -> Iterator[Setting]:
    """Yield the settings that divide the district otherwise."""
    others: list[tuple[str, str, Kind]] = [
        (f"hexagons of the other size (resolution {ground.other[-1]})", ground.other, "resolution"),
        ("two rings of neighbours", ground.cell, "rings"),
        ("wards", "ward", "areas"),
        ("small census areas (LSOAs)", "lsoa", "areas"),
    ]
    for name, column, kind in others:
        yield name, partial(_divided, ground, column, name, kind)


def _divided(ground: Ground, column: str, name: str, kind: Kind) -> Run | str:
    homes, labels = ground.housed["homes"], ground.housed[column]
    if kind == "areas" and not (labels != "").any():
        return "none are loaded"
    if kind == "areas" and not ground.clients[column].isin(labels[labels != ""]).any():
        return "no record was tagged with those loaded now; add the exports again"
    near = alone if kind == "areas" else rings(_WIDE_RINGS if kind == "rings" else 1)
    units = divide(homes, labels, ground.housed[ground.cell], near=near)
    return _run(ground, ground.clients[column], units, name, kind)


def _parts(ground: Ground, parts: list[Rest]) -> Iterator[Setting]:
    """Yield the settings that leave out a part of the records; the places are those of the first test."""
    places = divide(ground.housed["homes"], ground.housed[ground.cell], ground.housed[ground.cell], near=rings(1))

    def tried(part: Rest) -> Run | str:
        return part.why_not or _run(ground, part.clients[ground.cell], places, part.name, part.kind)

    for part in parts:
        yield part.name, partial(tried, part)


def _run(ground: Ground, labels: pd.Series, units: Units, name: str, kind: Kind) -> Run | str:
    """Test the clients, given by the label of their place."""
    why_not = _why_not(units, len(labels))
    if why_not:
        return why_not
    found, untested = hot_cells(labels.value_counts(), units, hot_q=ground.options.hot_q)
    return Run(name, kind, (found,), untested)


def _shifts(ground: Ground) -> Iterator[Setting]:
    """Yield the settings on a grid that lies half a cell elsewhere; the draws are the same for every shift."""
    lattice = lattice_over(ground.housed[ground.cell].to_numpy(dtype=np.int64))
    spread = spread_clients(ground.clients[list(ATOM)], ground.housed)
    draws = [spread.draw(seed=(ground.options.seed, number)) for number in range(ground.options.draws)]

    def shifted(shift: tuple[float, float], name: str) -> Run | str:
        keys = lattice.shifted(*shift).keys_at(ground.housed["easting"], ground.housed["northing"])
        labels = pd.Series(keys, index=ground.housed.index)
        units = divide(ground.housed["homes"], labels, ground.housed[ground.cell], near=lattice_ring)
        hot_q = ground.options.hot_q
        found = [hot_cells(pd.Series(keys[rows]).value_counts(), units, hot_q=hot_q)[0] for rows in draws]
        return _why_not(units, len(spread.first)) or Run(name, "shift", tuple(found), spread.unplaced)

    for shift in HALF_SHIFTS:
        name = f"a grid half a cell to the {lattice.compass(*shift)}"
        yield name, partial(shifted, shift, name)


def _why_not(units: Units, clients: int) -> str:
    if len(units.keys) < _FEWEST_PLACES:
        return "the district has too few of them to compare"
    return "" if clients else "nobody is located"
