"""Say what anybody who reads rates must know of them, in plain sentences."""

from collections.abc import Callable
from typing import Final

from geo.evidence.periods import ALL_PERIODS, years_of
from geo.evidence.rates import Rates

_MONTHS_A_YEAR: Final = 12


def rate_notes(rates: Rates) -> tuple[str, ...]:
    """List what the rates rest on and what to read with care; only sentences that apply."""
    return tuple(sentence for sentence in (note(rates) for note in _NOTES) if sentence)


def _covered(rates: Rates) -> str:
    if rates.selection.period == ALL_PERIODS:
        months = "1 month" if rates.months == 1 else f"{rates.months} months"
        return f"The records cover {months}; every rate is for one year."
    whole = _MONTHS_A_YEAR * len(years_of(rates.selection.period))
    if rates.months >= whole:
        return "Every rate is for one year."
    return (
        f"The records cover {rates.months} of the {whole} months of {rates.selection.period}; every rate is for one"
        " whole year."
    )


def _without_homes(rates: Rates) -> str:
    places = int((rates.table["homes"] == 0).sum())
    if not rates.no_homes:
        return ""
    return (
        f"{rates.no_homes:,} {'client' if rates.no_homes == 1 else 'clients'} came from"
        f" {'a place' if places == 1 else f'{places:,} places'} without a home on record: no rate can be given there."
    )


def _untagged(rates: Rates) -> str:
    lost = rates.unmapped.get("no_area", 0)
    if not lost:
        return ""
    return (
        f"{lost:,} {'client' if lost == 1 else 'clients'} inside the district carry no area: they came from none of"
        " these, or were taken in before the areas were loaded. Then the rates are too low until their exports are"
        " added again."
    )


def _newer(rates: Rates) -> str:
    places = int(rates.table["newer"].sum())
    if not places:
        return ""
    return (
        f"In {places:,} {'place' if places == 1 else 'places'} the postcodes are newer than the homes on record, or the"
        " homes do not name them: rates there may look too high."
    )


def _homes(rates: Rates) -> str:
    unknown = " People are not known, so there are no rates by people." if rates.table["people"].isna().all() else ""
    year = f", counted in {rates.homes_year}" if rates.homes_year else ""
    return f"Homes: {rates.homes_source}{year}.{unknown}"


def _later(rates: Rates) -> str:
    if not rates.later_feeds:
        return ""
    listed = ", ".join(f"{feed} from {year}" for feed, year in sorted(rates.later_feeds.items()))
    return f"Some records begin later ({listed}): before that, clients are counted without them."


_NOTES: Final[tuple[Callable[[Rates], str], ...]] = (_covered, _later, _without_homes, _untagged, _newer, _homes)
