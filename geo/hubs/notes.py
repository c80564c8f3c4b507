"""What a reader of a ranking must know besides the ranking itself, one sentence each."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.hubs.facts import Doubles, Facts
from geo.hubs.need import Need
from geo.scenario import ReachOptions


def notes_on(facts: Facts, *, first: npt.NDArray[np.int64], options: ReachOptions) -> tuple[str, ...]:
    """Say what the order hides: shared reach, doubtful places, missing facts, who was never measured.

    Parameters
    ----------
    facts
        What is known of the sites.
    first
        Positions of the sites ranked first.
    options
        Cutoff of reach.
    """
    notes = [
        _nobody(facts, options),
        _together(facts, first),
        _no_office(facts),
        refusals(facts),
        twice(facts.doubles),
        *journey_notes(facts, options),
        *need_notes(facts.need),
    ]
    return tuple(note for note in notes if note)


def journey_notes(facts: Facts, options: ReachOptions) -> list[str]:
    """Say which places and sites no street leads to, and where journeys were not followed to the cutoff."""
    far, sites = facts.counts[facts.journeys.cut_off_places].sum(), int(facts.journeys.cut_off_sites.sum())
    longest = facts.journeys.cutoff_minutes
    notes = [
        f"{_clients(round(far))} too far from every street to be said to reach anything." if far >= 1 else "",
        f"{_sites(sites)} too far from every street, so that nobody is said to reach it." if sites else "",
        f"Journeys were followed for {longest:g} minutes only." if longest < options.cutoff_minutes else "",
    ]
    return [note for note in notes if note]


def need_notes(need: Need) -> list[str]:
    """Say what is doubtful in the need itself, and who is not in it."""
    notes = [_doubtful(need.counted.cells), _without_homes(need), _expected(need), _outside(need)]
    return [note for note in notes if note]


def _nobody(facts: Facts, options: ReachOptions) -> str:
    if facts.within.any():
        return ""
    return (
        f"No site is within {options.cutoff_minutes:g} minutes of any client, so the order rests on services and "
        "buildings alone."
    )


def _together(facts: Facts, first: npt.NDArray[np.int64]) -> str:
    within = facts.within[:, first]
    each, together = facts.counts @ within, facts.counts @ within.any(axis=1)
    if len(first) < 2 or not together:  # noqa: PLR2004 - one site shares its reach with nobody
        return ""
    return (
        f"The first {len(first)} sites reach {together:,.0f} clients together, the best of them {each.max():,.0f} "
        "alone: where sites stand close together, choosing one leaves the others little that is new."
    )


def refusals(facts: Facts) -> str:
    """Say how many sites are no candidates, for they refused or the arrangement ended."""
    if not facts.refused:
        return ""
    many = "site is no candidate, for it" if facts.refused == 1 else "sites are no candidates, for they"
    return f"{facts.refused:,} {many} refused or the arrangement ended, as the register says."


def twice(doubles: Doubles) -> str:
    """Say how many pairs of sites may be one place, so that the order may hold a place twice.

    Examples
    --------
    >>> twice(Doubles(likely=1))
    '1 pair of sites is probably one place, so that it may stand here twice. The Sites page asks.'
    """
    if not doubles.likely and not doubles.perhaps:
        return ""
    if not doubles.likely:
        return f"{_pairs(doubles.perhaps)} may share a roof, and would then be one place. The Sites page asks."
    one = doubles.likely == 1
    told = f"{_pairs(doubles.likely)} {'is' if one else 'are'} probably one place{'' if one else ' each'}"
    more = f"; {doubles.perhaps:,} more may share a roof" if doubles.perhaps else ""
    return f"{told}, so that it may stand here twice{more}. The Sites page asks."


def _pairs(count: int) -> str:
    return "1 pair of sites" if count == 1 else f"{count:,} pairs of sites"


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


def _without_homes(need: Need) -> str:
    if not need.points.at_cell_centre:
        return ""
    return f"{_clients(need.points.at_cell_centre)} in cells without homes on record; the middle of the cell stands in."


def _expected(need: Need) -> str:
    if need.kind == "clients":
        return ""
    said = (
        f"{need.counted.located:,} came; {need.total:,.0f} are expected from the homes, each place at its own rate "
        "drawn towards the district's."
    )
    return said + (f" {need.without_homes:,} of cells without homes count as they came." if need.without_homes else "")


def _outside(need: Need) -> str:
    outside = need.counted.unmapped.get("outside", 0)
    if not outside:
        return ""
    return (
        f"{_clients(outside)} from beyond the border: no reach counts them, nor homes there. They are listed by "
        "district with what the records lack."
    )


def _clients(count: int) -> str:
    return "1 client is" if count == 1 else f"{count:,} clients are"


def _sites(count: int) -> str:
    return "1 site is" if count == 1 else f"{count:,} sites are each"
