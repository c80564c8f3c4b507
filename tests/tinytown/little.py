"""Tinytown as a council that knows hardly anything, in several ways."""

import pandas as pd

from tests.tinytown.council import edition
from tests.tinytown.giving import fill


def homes_of(homes: float):
    """As many homes at each live postcode of Tinytown as said."""
    postcodes = ["ZZ11AA", "ZZ11AB", "ZZ11AD", "ZZ12AA", "ZZ12AB"]
    return pd.DataFrame({"postcode": postcodes, "people": 2.0 * homes, "homes": float(homes), "year": 2024})


def nothing(council):
    """Leave the council without a record."""


def one_client(council):
    fill(council, {"W1": 1})


def one_year_in_one_cell(council):
    fill(council, {"W1": 40})


def nobody_on_the_map(council):
    fill(council, {"nowhere": 12, "outside": 5})


def homes_that_are_all_nought(council):
    council.save_homes(homes_of(0), edition("households"))
    fill(council, {"W1": 9, "W2": 3})


def more_clients_than_homes(council):
    council.save_homes(homes_of(1), edition("households"))
    fill(council, {"W1": 300, "W2": 1})


def two_years(council):
    fill(council, {"W1": 20, "W2": 5}, day="14/05/2023")
    fill(council, {"W1": 22, "W2": 4, "nowhere": 3}, day="14/05/2024", start=100)


SITUATIONS = (
    nothing,
    one_client,
    one_year_in_one_cell,
    nobody_on_the_map,
    homes_that_are_all_nought,
    more_clients_than_homes,
    two_years,
)
