"""Say what is kept of where each visit was, however its place was given: its square of 100 m, or the district alone.

A visit at a safe place of the council's list counts for the district only, as one does that names a town and no more:
the two are not told apart, as with reports (geo/review/walks/reports_kept.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.review.walks.made import MadeVisit
from geo.review.walks.reports_kept import kept_places
from geo.review.walks.reports_made import GivenPlace
from geo.review.walks.reports_places import find_places
from geo.review.workspace import Workspace


@dataclass(frozen=True)
class Placed:
    """Where a visit was, or why that cannot be told.

    Attributes
    ----------
    square
        The square of 100 m; empty where the visit counts for the district only, and where there is a fault.
    street
        The street as the map names it, or empty: what was typed is not kept.
    fault
        Words that follow the name of the visit; empty where its place is good.
    """

    square: str
    street: str = ""
    fault: str = ""


def visit_places(workspace: Workspace, visits: Sequence[MadeVisit], stops: Mapping[int, Placed]) -> tuple[Placed, ...]:
    """Find the place of each visit: of the card's stop, or by the very rules by which reports are placed.

    Parameters
    ----------
    stops
        Where each stop of the walk's card is.

    Raises
    ------
    MissingDataError
        The workspace's key is not on this machine.
    """
    elsewhere = iter(_elsewhere(workspace, [one.place for one in visits if not one.stop]))
    return tuple(_stop(one.stop, stops) if one.stop else next(elsewhere) for one in visits)


def _elsewhere(workspace: Workspace, given: Sequence[GivenPlace]) -> list[Placed]:
    if not given:
        return []
    found = find_places(workspace, given)
    good = [at for at, one in enumerate(found) if not one.fault]
    kept = kept_places(workspace, [found[at] for at in good], [given[at] for at in good])
    places = {at: Placed(one.square, one.street) for at, one in zip(good, kept, strict=True)}
    return [places.get(at, Placed("", fault=one.fault)) for at, one in enumerate(found)]


def _stop(number: int, stops: Mapping[int, Placed]) -> Placed:
    last = f"; its stops are 1 to {max(stops)}" if stops else ""
    return stops.get(number) or Placed("", fault=f"the card has no such stop{last}")
