"""What is said of deprivation: whose it is, how much of it is known, and what it must not be taken for."""

from collections.abc import Sequence
from typing import Final

from geo.places.deprivation import COVERED_ENOUGH, TENTHS
from geo.review.deprivation import DeprivedAreas, DeprivedCells

AREAS_NOT_PEOPLE: Final = (
    "These numbers describe areas, not people: many who live in a deprived area are not deprived, and many who are "
    "deprived live elsewhere. Nobody is given a score, and none enters a ranking."
)
HOW_CELLS: Final = (
    "A hexagon's number is told from the mean score of its people's census areas, set against the scores that divide "
    "England into tenths; ranks and tenths are never averaged. The tenths of the census areas inside stand beside it."
)
_SHOWN: Final = 6


def area_sentences(found: DeprivedAreas) -> list[str]:
    """Say how many LSOAs have a value, how many are among the most deprived, and which have none."""
    areas = found.areas
    told = areas["decile"].dropna()
    first = int((told == 1).sum())
    known = f"{found.edition.title}: {len(told):,} of {len(areas):,} census areas (LSOA) have a value"
    return [
        f"{known}; {_number(first)} in the most deprived tenth of England.",
        *_without(found.missing),
    ]


def cell_sentences(found: DeprivedCells) -> list[str]:
    """Say how many cells have a number, who lives in none, and which LSOAs have no value."""
    number, told = len(found.cells), int(found.cells["decile"].notna().sum())
    ends = f"from 1 (most deprived tenth of England) to {TENTHS}"
    said = [f"{found.edition.title}: {told:,} of {number:,} inhabited hexagons have a number {ends}."]
    if told < number:
        said.append(f"The others have a score for fewer than {100 * COVERED_ENOUGH:.0f} % of their {found.counted}.")
    return [*said, *_without(found.missing), *_elsewhere(found)]


def _elsewhere(found: DeprivedCells) -> list[str]:
    """Say which people are on no cell, and whose place is known by ground alone."""
    outside, total = found.spread.amount("outside"), found.spread.total
    beyond = (
        f"{outside:,.0f} of the {total:,.0f} {found.counted} of these areas are outside the district, on no hexagon."
    )
    ground = f"Shared out by ground, for want of a postcode: {_listed(found.by_ground)}."
    return [beyond] * (round(outside) > 0) + [ground] * bool(found.by_ground)


def _without(missing: Sequence[str]) -> list[str]:
    return [f"No value for {len(missing):,} census areas, and none is guessed: {_listed(missing)}."] if missing else []


def _listed(codes: Sequence[str]) -> str:
    more = len(codes) - _SHOWN
    return ", ".join(codes[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _number(count: int) -> str:
    return {0: "none of them is", 1: "1 of them is"}.get(count, f"{count:,} of them are")
