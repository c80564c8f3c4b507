"""Place clients at random among the homes of where they live, for places that no record was tagged with.

A record keeps its cells and areas, never a coordinate. The smallest patch that it can be told to lie in is the one
where all of these agree: an atom. Within it, every home is as likely as another.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

ATOM: Final = ("h3_7", "h3_8", "ward", "lsoa", "area")
_CELLS: Final = ("h3_7", "h3_8")


@dataclass(frozen=True)
class Spread:
    """Say among which homes each client may live.

    Attributes
    ----------
    order
        Rows of the housed postcodes, those of one atom together.
    running
        Homes added up in that order, a nought first; shape (postcodes + 1,).
    first, last
        For each client that can be placed: its homes are those from `running[first]` up to `running[last]`.
    unplaced
        Clients for whom there is no home: they are counted as not tested.
    """

    order: IntArray
    running: FloatArray
    first: IntArray
    last: IntArray
    unplaced: int

    def draw(self, *, seed: tuple[int, ...]) -> IntArray:
        """Choose a home for every client that can be placed; returns rows of the housed postcodes."""
        part = np.random.default_rng(seed).random(len(self.first))
        low, high = self.running[self.first], self.running[self.last]
        found = np.searchsorted(self.running, low + part * (high - low), side="right") - 1
        return self.order[np.clip(found, self.first, self.last - 1)]  # rounding leads nobody out of the atom


def spread_clients(clients: pd.DataFrame, housed: pd.DataFrame) -> Spread:
    """Find the homes among which each client may live: those of its atom, else those of its cells.

    An atom is without homes where a record lies on a postcode that has ended, or was tagged with areas that have been
    replaced since; the client's cells are then what is still known.

    Parameters
    ----------
    clients
        Located rows of an EPISODES table; their order never matters.
    housed
        HOUSED table.
    """
    ordered = housed.reset_index(drop=True).sort_values([*ATOM, "postcode"])
    running = np.concatenate([np.zeros(1), np.cumsum(ordered["homes"].to_numpy(dtype=np.float64))])
    atoms = clients.groupby(list(ATOM), sort=True).size().rename("clients").reset_index()
    spans = _spans(atoms, ordered, ATOM).fillna(_spans(atoms, ordered, _CELLS))
    known = spans["first"].notna().to_numpy()
    times = atoms["clients"].to_numpy(dtype=np.int64)
    rows = spans[known].astype("int64")
    return Spread(
        order=ordered.index.to_numpy(dtype=np.int64),
        running=running,
        first=np.repeat(rows["first"].to_numpy(), times[known]),
        last=np.repeat(rows["last"].to_numpy(), times[known]),
        unplaced=int(times[~known].sum()),
    )


def _spans(atoms: pd.DataFrame, ordered: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Find from where to where the homes of each atom stand, by some of its columns; NaN where there are none."""
    places = ordered[list(columns)].assign(place=np.arange(len(ordered)))
    spans = places.groupby(list(columns))["place"].agg(first="min", last="max").reset_index()
    spans["last"] += 1
    found: pd.DataFrame = atoms[list(columns)].merge(spans, on=list(columns), how="left")[["first", "last"]]
    return found
