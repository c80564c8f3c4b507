"""Lay walks and visits out as tables: one that comes back as a file, one that people read."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from geo.review.walks.history_file import COLUMNS, COUNTS
from geo.walkabouts.sightings import Visit, WalkHeld
from geo.walkabouts.squares import told_square

_OUTSIDE: Final = "outside any walk"


def history_table(walks: Sequence[WalkHeld], visits: Sequence[Visit]) -> pd.DataFrame:
    """Lay visits out, a row each, with every column of a file of visits, so that the file can be taken in again.

    Parameters
    ----------
    walks, visits
        Those that stand. A visit that counts for the district only is left out: no file could bring it back.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS` of texts and whole numbers; days as ISO texts; only grid references say where. A visit outside any
        walk has the columns of a walk blank, but for its own day.
    """
    known = {one.number: one for one in walks}
    rows = [
        _history_row(known.get(one.walk), one) for one in visits if one.square and (one.walk in known or not one.walk)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def visit_rows(visits: Sequence[Visit]) -> pd.DataFrame:
    """Lay visits out for people, in the order given, zero finds as well.

    Returns
    -------
    pandas.DataFrame
        Visit, Walk, When, Where, What was found, Offers.
    """
    rows = [
        (one.number, str(one.walk or _OUTSIDE), _when(one), told_place(one), told_find(one), told_offers(one))
        for one in visits
    ]
    return pd.DataFrame(rows, columns=["Visit", "Walk", "When", "Where", "What was found", "Offers"])


def told_place(visit: Visit) -> str:
    """Tell where a visit was: its street, if one is known, with its square; or that it has no place.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> moment = datetime(2026, 1, 9, 20, tzinfo=UTC)
    >>> told_place(Visit(1, 1, "SU364455", "Bell Street", moment, moment, "nobody", 0, 0, 0, 0, 0, "known", "JS"))
    'Bell Street (SU 364 455)'
    """
    if not visit.square:
        return "district only"
    square = told_square(visit.square)
    return f"{visit.street} ({square})" if visit.street else square


def told_find(visit: Visit) -> str:
    """Tell what a visit found."""
    if visit.outcome == "nobody":
        return "nobody"
    if visit.outcome == "not accessible":
        return "not accessible: nothing is known"
    parts = [(visit.bedded_down, "bedded down"), (visit.about_to, "about to bed down")]
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def told_offers(visit: Visit) -> str:
    """Tell which offers a visit made, and what became of them."""
    if not visit.offered:
        return "none"
    answers = [(visit.accepted, "accepted"), (visit.refused, "refused")]
    told = ", ".join(f"{count} {what}" for count, what in answers if count)
    return f"{visit.offered} made" + (f": {told}" if told else "")


def told_walk(walk: WalkHeld, visits: Sequence[Visit]) -> str:
    """Tell a walk in a line: its hours, with whom, and what its visits found; nobody and not accessible by themselves.

    Parameters
    ----------
    visits
        Those of the walk that stand.
    """
    card = f", walk card {walk.card}" if walk.card else ""
    head = f"{walk.begins:%H:%M} to {walk.ends:%H:%M}, {walk.people} people, {', '.join(walk.agencies)}{card}"
    found = sum(one.found for one in visits)
    nobody = sum(one.outcome == "nobody" for one in visits)
    closed = sum(one.outcome == "not accessible" for one in visits)
    said = f"visits {len(visits)}, people found {found or 'none'}, visits that found nobody {nobody}"
    return f"{head}: {said}" + (f", not accessible {closed}" if closed else "")


def visits_by_walk(visits: Sequence[Visit]) -> Mapping[int, list[Visit]]:
    """Sort visits by their walk; 0 holds those outside any."""
    found: dict[int, list[Visit]] = {}
    for one in visits:
        found.setdefault(one.walk, []).append(one)
    return found


def _when(visit: Visit) -> str:
    return f"{visit.arrived:%Y-%m-%d %H:%M} to {visit.left:%H:%M}"


def _history_row(walk: WalkHeld | None, visit: Visit) -> dict[str, object]:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "walk_date": visit.arrived.date().isoformat(),
        **(_walk_columns(walk) if walk else {}),
        "arrived": f"{visit.arrived:%H:%M}",
        "left": f"{visit.left:%H:%M}",
        "grid_reference": visit.square,
        "outcome": visit.outcome,
        **{name: getattr(visit, name) for name in COUNTS},
        "purpose": visit.purpose,
    }


def _walk_columns(walk: WalkHeld) -> dict[str, object]:
    return {
        "walk_date": walk.begins.date().isoformat(),
        "start_time": f"{walk.begins:%H:%M}",
        "end_time": f"{walk.ends:%H:%M}",
        "agencies": ", ".join(walk.agencies),
        "walkers": walk.people,
    }
