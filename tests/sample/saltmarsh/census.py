"""Write the census of the district: how many people of each age, how many households of each type."""

from pathlib import Path
from typing import Final

from .postcodes import Postcode
from .writers import write_csv

# Shares in thousandths, about those of a rural district of southern England; the last takes what rounding leaves.
_AGES: Final = (
    ("under 16", 172),
    ("16-17", 23),
    ("18-24", 66),
    ("25-34", 112),
    ("35-44", 126),
    ("45-54", 137),
    ("55-64", 142),
    ("65+", 222),
)
_TYPES: Final = (
    ("single adult, male", 138),
    ("single adult, female", 162),
    ("single parent with dependent children, male", 9),
    ("single parent with dependent children, female", 55),
    ("couple or two adults with dependent children", 214),
    ("couple or two adults without dependent children", 352),
    ("three or more adults without dependent children", 70),
)


def write_census(out: Path, postcodes: list[Postcode]) -> None:
    inside = [postcode for postcode in postcodes if postcode.homes and postcode.ward]
    people, homes = sum(postcode.people for postcode in inside), sum(postcode.homes for postcode in inside)
    rows = [["age_band", group, number] for group, number in _shared(people, _AGES)]
    rows += [["household_type", group, number] for group, number in _shared(homes, _TYPES)]
    write_csv(out / "census.csv", [["field", "group", "people"], *rows])


def _shared(total: int, shares: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    """Cut a total by thousandths, so that the parts add up to it."""
    parts = [(group, total * share // 1000) for group, share in shares]
    group, last = parts[-1]
    return [*parts[:-1], (group, last + total - sum(number for _, number in parts))]
