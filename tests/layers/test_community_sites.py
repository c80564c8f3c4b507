"""The council's own table of places, and the Arts Council's libraries."""

import pandas as pd
import pytest
from shapely.geometry import Point

from geo.errors import BadInputError
from layers.community_sites import read_sites

HEADER = ["Name", "Category", "Postcode", "Opening hours", "Capacity", "Step-free", "Private room", "Notes"]
LIBRARY = [
    "Reporting service", "Name", "Type", "Postcode", "Unique property reference number", "Easting", "Northing",
    "Operation in 2022", "Operation in 2023", "Year closed",
    *(f"{day} opening times" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
]  # fmt: skip


def test_a_plain_table_is_read_with_its_rooms_and_hours(csv_file, around) -> None:
    row = [" Enham  Hall ", "Village hall", "sp10 1dp", "Mo 09:00-12:00", "40", "Yes", "no", "Key at No. 3"]
    sites, edition, _ = read_sites(csv_file([HEADER, row]), **around)
    site = sites.iloc[0]
    assert (site["name"], site["category"], site["postcode"]) == ("Enham Hall", "village_hall", "SP10 1DP")
    assert (site["capacity"], site["step_free"], site["private_room"]) == (40, True, False)
    assert edition.dataset == "sites"


def test_what_is_not_known_stays_unknown(csv_file, around) -> None:
    sites, _, _ = read_sites(csv_file([HEADER, ["Hall", "", "SP10 1DP", "", "some", "?", "", ""]]), **around)
    site = sites.iloc[0]
    assert site["category"] == "other"
    assert all(pd.isna(site[name]) for name in ("capacity", "step_free", "private_room"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_name_with_an_accent_survives_each_encoding(csv_file, around, encoding) -> None:
    file = csv_file([["name", "postcode"], ["Caf\u00e9 Z\u00fcri", "SP10 1DP"]], encoding=encoding)
    assert read_sites(file, **around)[0]["name"].tolist() == ["Caf\u00e9 Z\u00fcri"]


@pytest.mark.parametrize(
    ("columns", "cells"),
    [(["easting", "northing"], ["437000", "145000"]), (["Latitude", "Longitude"], ["51.20302", "-1.47179"])],
)
def test_coordinates_do_without_a_postcode(csv_file, around, columns, cells) -> None:
    sites, _, _ = read_sites(csv_file([["name", *columns], ["Hall", *cells]]), **around)
    assert sites.geometry.iloc[0].distance(Point(437000, 145000)) < 5


def test_coordinates_that_cannot_be_british_fall_back_to_the_postcode(csv_file, around) -> None:
    file = csv_file([["name", "lat", "lon", "postcode"], ["Hall", "99.999999", "0", "SP10 1DP"]])
    assert read_sites(file, **around)[0].geometry.iloc[0].coords[0] == (437000, 145000)


def test_a_row_twice_is_one_site_and_a_newer_list_names_it_the_same(csv_file, around) -> None:
    row = ["Hall", "SP10 1DP"]
    once, _, _ = read_sites(csv_file([["name", "postcode"], row]), **around)
    twice, edition, _ = read_sites(csv_file([["name", "postcode"], row, ["Church", "SP10 2EA"], row]), **around)
    assert once["site_id"].iloc[0] == twice["site_id"].iloc[0]
    assert len(twice) == 2
    assert edition.note == "1 row was left out: no usable place, or not for publication."


def test_refused_places_and_unplaceable_rows_have_the_same_words(csv_file, around) -> None:
    def note(name: str, postcode: str) -> str:
        return read_sites(csv_file([["name", "postcode"], ["Hall", "SP10 1DP"], [name, postcode]]), **around)[1].note

    assert note("Andover Refuge", "SP10 2EA") == note("Anywhere", "XX1 1XX") == note("", "SP10 2EA")


def test_a_refused_place_far_away_is_not_told_apart_by_its_distance(csv_file, around) -> None:
    file = csv_file([["name", "postcode"], ["Hall", "SP10 1DP"], ["Safe house", "SO51 8ED"]])
    assert read_sites(file, **around)[1].note == "1 row was left out: no usable place, or not for publication."


def test_only_open_standing_libraries_are_read_with_their_week(csv_file, around) -> None:
    week = ["Closed", "AM Only", "AM & PM (continuous)", "[Unknown]", "PM Only", "AM Only", "Closed"]

    def line(name: str, kind: str, now: str, closed: str = "") -> list[str]:
        return ["Hants", name, kind, "SP10 1DP", f"1{len(name)}", "437000", "145000", "LA", now, closed, *week]

    rows = [
        line("Andover", "Static Library", "LA"),
        line("Archives", "Archive", "LA"),
        line("Gone", "Static Library", ""),
        line("Replaced", "Static Library", "XLR"),
        line("Shut in 2020", "Static Library", "LA", "2020"),
        line("On wheels", "Mobile Library", "LA"),
    ]
    sites, edition, _ = read_sites(csv_file([LIBRARY, *rows]), **around)
    assert sites["name"].tolist() == ["Andover Library"]
    assert sites["opening_hours"].iloc[0] == "Tue, Sat morning; Wed all day; Fri afternoon; closed Mon, Sun"
    assert edition.dataset == "libraries"
    assert edition.note == "5 closed, mobile or not libraries."


@pytest.mark.parametrize("header", [["name", "telephone"], ["postcode", "telephone"], ["name", "easting"]])
def test_a_table_without_names_or_places_is_refused(csv_file, around, header) -> None:
    with pytest.raises(BadInputError, match="needs a column 'name' and one that says where"):
        read_sites(csv_file([header, ["a", "b"]]), **around)
