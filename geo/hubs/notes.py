"""What a reader of a ranking must know besides the ranking itself, one sentence each."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.facts import Facts


def notes_on(facts: Facts, cells: pd.DataFrame, *, first: npt.NDArray[np.int64]) -> tuple[str, ...]:
    """Say what the order hides: shared reach, doubtful places, missing facts.

    Parameters
    ----------
    facts
        What is known of the sites.
    cells
        CELLS table the ranking rests on.
    first
        Positions of the sites ranked first.
    """
    notes = [_together(facts, first), _no_office(facts), _doubtful(cells), _without_homes(facts)]
    return tuple(note for note in notes if note)


def _together(facts: Facts, first: npt.NDArray[np.int64]) -> str:
    if len(first) < 2:  # noqa: PLR2004 - one site shares its reach with nobody
        return ""
    within = facts.within[:, first]
    each, together = facts.counts @ within, facts.counts @ within.any(axis=1)
    return (
        f"The first {len(first)} sites reach {together:,.0f} clients together, the best of them {each.max():,.0f} "
        "alone: where sites stand close together, choosing one leaves the others little that is new."
    )


def _no_office(facts: Facts) -> str:
    return "" if facts.standing else "No office or hub is known to the planner, so all need reached counts as new."


def _doubtful(cells: pd.DataFrame) -> str:
    institution, shared = int(cells["institution"].sum()), int(cells["shared_point"].sum())
    if not institution and not shared:
        return ""
    return (
        f"{_clients(institution)} at an institution's postcode and {shared} at a point that many postcodes share; "
        "leave them out to rank without them."
    )


def _without_homes(facts: Facts) -> str:
    if not facts.at_cell_centre:
        return ""
    return f"{_clients(facts.at_cell_centre)} in cells without homes on record; the middle of the cell stands in."


def _clients(count: int) -> str:
    return "1 client is" if count == 1 else f"{count:,} clients are"
