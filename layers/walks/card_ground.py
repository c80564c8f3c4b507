"""Fetch what lies beneath a card's map: streets with their names, water."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.crs import frame_to_national_grid
from geo.editions import Dataset
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from layers.backdrop import importance
from layers.walks.street_names import printable_streets

Shapes = npt.NDArray[np.object_]
_WIDE: Final = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})
_PATHS: Final = frozenset({"service", "footway", "path", "steps", "track", "cycleway", "bridleway", "corridor"})


@dataclass(frozen=True)
class CardGround:
    """What is drawn beneath the way.

    Attributes
    ----------
    lines
        (n,) streets, EPSG:27700.
    names
        (n,) what each is called; "" for none, or none that may be printed.
    ranks
        (n,) 0 wide, 1 a street, 2 a path.
    water
        Areas and lines of water, EPSG:27700.
    credits
        The lines that licences ask for.
    """

    lines: Shapes
    names: Shapes
    ranks: npt.NDArray[np.int64]
    water: Shapes
    credits: tuple[str, ...]


def ground_of(workspace: Workspace) -> CardGround:
    """Fetch streets and water of a workspace; without streets, the roads of its backdrop, which have no names."""
    streets = streets_of(workspace)
    water = _shapes(workspace, "water")
    if streets is not None:
        table = streets.table
        names = table["name"].to_numpy(dtype=object)
        ranks = np.select([table["road"].isin(_WIDE), table["road"].isin(_PATHS)], [0, 2], default=1)
        credited = _credits(workspace, ("streets", "water"))
        lines = np.asarray(table.geometry.to_numpy(), dtype=object)
        return CardGround(lines, _printable(names), ranks.astype(np.int64), water, credited)
    roads = workspace.areas("roads")
    codes = [] if roads is None else roads["code"].tolist()
    ranks = np.array([importance(code) for code in codes], dtype=np.int64)
    nameless = np.full(len(codes), "", dtype=object)
    return CardGround(_shapes(workspace, "roads"), nameless, ranks, water, _credits(workspace, ("roads", "water")))


def _printable(names: Shapes) -> Shapes:
    unique = sorted({str(name) for name in names if name})
    fit = {name for name, printed in zip(unique, printable_streets(unique), strict=True) if printed}
    return np.array([name if name in fit else "" for name in names], dtype=object)


def _shapes(workspace: Workspace, dataset: Dataset) -> Shapes:
    found = workspace.areas(dataset)
    if found is None:
        return np.empty(0, dtype=object)
    return np.asarray(frame_to_national_grid(found).geometry.to_numpy(), dtype=object)


def _credits(workspace: Workspace, datasets: tuple[Dataset, ...]) -> tuple[str, ...]:
    used = (edition.attribution for edition in workspace.editions() if edition.dataset in datasets)
    return tuple(dict.fromkeys(line for line in used if line))
