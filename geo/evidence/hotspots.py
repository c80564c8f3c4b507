"""Find hotspots: where most clients are (counts), or where there are more than the homes explain (excess)."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.errors import BadInputError, MissingDataError
from geo.evidence.counts import CellCounts
from geo.evidence.excess import binomial_p, binomial_z
from geo.evidence.fdr import adjust_fdr
from geo.evidence.gi_star import gi_star
from geo.evidence.unevenness import Unevenness, estimate_unevenness, uneven_p
from geo.evidence.windows import Windows, windows_of_grid
from geo.places.grid import HexGrid
from geo.schema import HOTSPOTS

Test = Literal["counts", "excess"]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

QUESTIONS: Final[dict[Test, str]] = {
    "counts": "Where are most clients?",
    "excess": "Where are there more clients than the homes, and this district's ordinary unevenness, explain?",
}
_LEVELS: Final = (("99", 0.01), ("95", 0.05), ("90", 0.10))


@dataclass(frozen=True)
class Hotspots:
    """Hold the test of every inhabited cell, with what it rests on.

    Attributes
    ----------
    table
        HOTSPOTS table, one row a tested cell. `kind` follows `q` for counts and `q_uneven` for excess.
    test
        Which question was asked; `question` says it in words.
    resolution, period, unit
        As in the counts: H3 resolution, review year or "all", and what one count is.
    tested
        Cells tested, over which the false discovery rate is controlled.
    clients
        Clients in the tested cells.
    untested
        Clients located in cells that were not tested: nobody lives there by the directory, or no homes are known.
    excluded_cells
        Cells of the district that were not tested, by reason.
    homes_source
        Where homes come from.
    law
        How p was computed, in words.
    unevenness
        What was learnt of the district's ordinary unevenness; None for counts.
    """

    table: pd.DataFrame
    test: Test
    resolution: int
    period: str
    unit: str
    tested: int
    clients: int
    untested: int
    excluded_cells: dict[str, int]
    homes_source: str
    law: str
    unevenness: Unevenness | None

    @property
    def question(self) -> str:
        """The question this test answers, in plain words."""
        return QUESTIONS[self.test]

    def kinds(self) -> dict[str, int]:
        """Count the tested cells by kind; only kinds that occur."""
        return {str(kind): int(count) for kind, count in sorted(self.table["kind"].value_counts().items())}


def find_hotspots(counts: CellCounts, grid: HexGrid, *, test: Test) -> Hotspots:
    """Test every inhabited cell with its first ring.

    Parameters
    ----------
    counts
        Episodes by cell, as `count_cells` gives them.
    grid
        The district's inhabited cells of the same resolution.
    test
        "counts": exact permutation Gi* over all cells of the grid. "excess": exact binomial against homes, and
        against the district's ordinary unevenness, over the cells that have homes.

    Raises
    ------
    BadInputError
        Counts and grid are of different resolutions.
    MissingDataError
        There is no inhabited cell, or no cell has homes.
    """
    if counts.resolution != grid.resolution:
        message = f"The counts are by cells of resolution {counts.resolution}, the grid of {grid.resolution}."
        raise BadInputError(message)
    homes = grid.cells["homes"].to_numpy(dtype=np.float64)
    tested = np.ones(len(homes), dtype=bool) if test == "counts" else homes > 0
    _require_cells(tested, test)
    cells = grid.cells["cell"].to_numpy(dtype=np.int64)[tested]
    by_cell = counts.cells.set_index("cell")["count"].reindex(cells, fill_value=0).to_numpy(dtype=np.int64)
    windows = windows_of_grid(grid, tested)
    frame, law, unevenness = _test_counts(by_cell, windows) if test == "counts" else judge_excess(by_cell, windows)
    without = int((~tested).sum())
    return Hotspots(
        table=HOTSPOTS.validate(pd.DataFrame({"cell": cells, "count": by_cell} | frame)),
        test=test,
        resolution=grid.resolution,
        period=counts.period,
        unit=counts.unit,
        tested=int(tested.sum()),
        clients=int(by_cell.sum()),
        untested=counts.located - int(by_cell.sum()),
        excluded_cells={"no homes known": without} if without else {},
        homes_source=grid.homes_source,
        law=law,
        unevenness=unevenness,
    )


def name_kinds(q: FloatArray, hot: BoolArray) -> list[str]:
    """Name each cell hot or cold at 99, 95 or 90 %, or none.

    Examples
    --------
    >>> name_kinds(np.array([0.01, 0.04, 0.2]), np.array([True, False, True]))
    ['hot99', 'cold95', 'none']
    """
    level = np.select([q <= limit for _, limit in _LEVELS], [name for name, _ in _LEVELS], default="")
    side = np.where(hot, "hot", "cold")
    return [f"{word}{percent}" if percent else "none" for word, percent in zip(side, level, strict=True)]


def _require_cells(tested: BoolArray, test: Test) -> None:
    if len(tested) == 0:
        message = "The district has no inhabited cell; check that its boundary and the postcode gazetteer overlap."
        raise MissingDataError(message)
    if not tested.any():
        message = f"No cell of the district has homes, so the {test} test has nothing to compare with; add households."
        raise MissingDataError(message)


def _test_counts(by_cell: IntArray, windows: Windows) -> tuple[dict[str, object], str, Unevenness | None]:
    star = gi_star(by_cell, windows.indptr, windows.indices)
    q = adjust_fdr(star.p)
    nothing = np.full(len(q), np.nan)
    law = "exact permutation law of Gi*"
    if star.law == "sampled":
        law = f"permutation law of Gi*, sampled with {star.draws:,} draws because the counts are very large"
    frame: dict[str, object] = {
        "window_count": star.window_count,
        "z": star.z,
        "p": star.p,
        "q": q,
        "kind": name_kinds(q, star.z > 0),
        "expected": nothing,
        "p_uneven": nothing,
        "q_uneven": nothing,
    }
    return frame, law, None


def judge_excess(by_cell: IntArray, windows: Windows) -> tuple[dict[str, object], str, Unevenness | None]:
    """Test the windows of any places against homes and ordinary unevenness, as `find_hotspots` tests cells.

    Parameters
    ----------
    by_cell
        Clients of each place.
    windows
        The places' shares of homes and their windows.

    Returns
    -------
    tuple
        The HOTSPOTS columns but for cell and count, the law in words, and what was learnt of unevenness.
    """
    total, shares = int(by_cell.sum()), windows.share_sums()
    window_count = windows.sums(by_cell)
    p = binomial_p(window_count, shares, total)
    unevenness = estimate_unevenness(by_cell, windows)
    uneven, hot = uneven_p(window_count, windows, total, unevenness)
    # More than ordinary unevenness explains is always more than homes alone explain.
    p_uneven = np.maximum(p, uneven)
    q_uneven = adjust_fdr(p_uneven)
    frame: dict[str, object] = {
        "window_count": window_count,
        "z": binomial_z(window_count, shares, total),
        "p": p,
        "q": adjust_fdr(p),
        "kind": name_kinds(q_uneven, hot),
        "expected": total * shares,
        "p_uneven": p_uneven,
        "q_uneven": q_uneven,
    }
    return frame, "exact binomial against homes, beta-binomial against ordinary unevenness", unevenness
