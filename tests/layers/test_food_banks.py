"""Food banks out of Give Food's list, old and new."""

import pytest
from shapely.geometry import Point

from geo.errors import BadInputError
from layers.food_banks import read_food_banks

OLD = ["name", "location_name", "url", "phone", "email", "address", "postcode", "lat", "lon", "network"]
NEW = ["organisation_name", "location_name", "phone_number", "email", "postcode", "lat_lng", "network"]


def test_the_old_list_gives_places_by_its_coordinates(csv_file, around) -> None:
    row = [
        "Andover",
        "Town Hall",
        "https://example.org",
        "01264 000000",
        "a@example.org",
        "High St",
        "SP99 9ZZ",
        "51.2075",
        "-1.4789",
        "IFAN",
    ]
    sites, edition, _ = read_food_banks(csv_file([OLD, row]), **around)
    assert sites.loc[0, ["name", "category", "notes"]].tolist() == ["Andover, Town Hall", "food_bank", "Network: IFAN"]
    assert sites.geometry.iloc[0].distance(Point(436500, 145500)) < 20
    assert edition.attribution


def test_the_new_list_reads_its_joined_coordinates_and_else_the_postcode(csv_file, around) -> None:
    rows = [
        ["Andover", "", "01264 000000", "a@example.org", "", "51.2075,-1.4789", "Trussell"],
        ["Romsey Road", "", "", "", "sp102ea", "", ""],
    ]
    sites, _, _ = read_food_banks(csv_file([NEW, *rows]), **around)
    assert sites["inside"].all()
    assert sites["postcode"].tolist() == ["", "SP10 2EA"]
    assert sites.geometry.iloc[1].coords[0] == (439000, 147000)


def test_no_telephone_number_or_address_of_a_person_is_kept(csv_file, around) -> None:
    row = ["Andover", "", "01264 000000", "someone@example.org", "SP10 1DP", "", ""]
    sites, _, _ = read_food_banks(csv_file([NEW, row]), **around)
    kept = sites.to_csv()
    assert "01264" not in kept
    assert "someone" not in kept


def test_a_food_bank_at_a_refuge_is_counted_like_any_row_that_cannot_be_used(csv_file, around) -> None:
    rows = [
        ["Andover", "", "", "", "SP10 1DP", "", ""],
        ["Andover Women's Aid", "", "", "", "SP10 2EA", "", ""],
        ["Nowhere", "", "", "", "", "", ""],
    ]
    sites, edition, _ = read_food_banks(csv_file([NEW, *rows]), **around)
    assert len(sites) == 1
    assert edition.note == "2 rows were left out: no usable place, or not for publication."


def test_another_table_is_refused(csv_file, around) -> None:
    with pytest.raises(BadInputError, match="expected Give Food"):
        read_food_banks(csv_file([["venue", "place"], ["Hall", "Andover"]]), **around)
