"""Two named officers keep the list; nobody else may change it, count it or learn anything of it."""

import sqlite3

import geopandas as gpd
import pytest
import shapely

from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError, BadRowsError
from geo.review.audit import read_audit
from geo.review.intake import take_in
from geo.review.safe_keeping import (
    add_places,
    kept_list,
    read_places,
    remove_places,
    rows_at_safe_places,
)
from geo.review.safe_list import listed_postcodes
from geo.review.safe_officers import may_keep_list, name_officers
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from geo.schema import SITES
from tests.tinytown.council import TODAY, edition, export, row

PLACE = "ZZ1 2AB"
NOT_YOURS = "kept by two named officers, and you are not one of them"


def as_user(council, who):
    return Workspace.open(council.root, signer=Signer(who, None))


@pytest.fixture
def jo(council):
    """The council, opened by one of its two officers."""
    opened = as_user(council, "jo")
    name_officers(opened, ["jo", "Sam Reed"])
    return opened


def test_who_keeps_the_list_is_in_the_audit_log_and_what_they_change_is_not(jo):
    before = read_audit(jo.store)
    assert before[-1].detail == "safe-place officers: jo, Sam Reed"
    add_places(jo, read_places(PLACE))
    remove_places(jo, read_places("ZZ1 1AA"))
    assert read_audit(jo.store) == before


@pytest.mark.parametrize("who", ["", "eve", "jo x"])
def test_nobody_else_may_add_remove_or_count_and_all_are_told_the_same(jo, who):
    add_places(jo, read_places(PLACE))
    other = as_user(jo, who)
    attempts = (
        lambda: add_places(other, read_places(PLACE)),
        lambda: add_places(other, read_places("ZZ1 1AA")),
        lambda: remove_places(other, read_places(PLACE)),
        lambda: kept_list(other),
        lambda: rows_at_safe_places(other, export(row(1, postcode=PLACE))),
    )
    for attempt in attempts:
        with pytest.raises(BadInputError, match=NOT_YOURS):
            attempt()
    assert not may_keep_list(other)
    assert kept_list(jo).places == 1


def test_places_are_added_once_and_removed_with_their_points(jo):
    kept = add_places(jo, read_places(f"{PLACE}, 643510, 423020\n zz11aa"))
    assert (kept.places, kept.points) == (2, 1)
    assert (add_places(jo, read_places(PLACE)).places) == 2
    assert listed_postcodes(jo, jo.gazetteer()) == {"ZZ12AB", "ZZ11AA"}
    kept = remove_places(jo, read_places(PLACE))
    assert (kept.places, kept.points) == (1, 0)
    assert [(one["added"], one["removed"]) for one in kept.changes] == [(2, 0), (0, 0), (0, 1)]
    with jo.store.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM safe_points").fetchone() == (1,)  # of ZZ1 1AA


@pytest.mark.parametrize(
    "text", ["QX9 9", "QX9 9ZZ, 12", "QX9 9ZZ, a, b", "ZZ99 3VZ", "QX9 9ZZ, nan, inf", "QX9 9ZZ, 900000, 5"]
)
def test_a_line_that_is_no_place_is_named_and_never_quoted(text):
    with pytest.raises(BadRowsError, match="Row 2 of what was given") as refused:
        read_places(f"ZZ1 1AA\n{text}")
    assert "QX9" not in str(refused.value)
    assert refused.value.samples == ()


def test_nothing_given_is_said():
    with pytest.raises(BadInputError, match="No postcode was given"):
        read_places(" \n")


def test_only_hashes_and_numbers_are_kept(jo):
    add_places(jo, read_places(f"{PLACE}, 643510, 423020"))
    with sqlite3.connect(jo.store.path) as connection:
        places = connection.execute("SELECT * FROM safe_places").fetchall()
        points = connection.execute("SELECT * FROM safe_points").fetchall()
        assert connection.execute("SELECT who, added, removed FROM safe_changes").fetchall() == [("jo", 1, 0)]
    digests = {text for cells in [*places, *points] for text in cells if isinstance(text, str)}
    assert all(len(text) == 32 and set(text) <= set("0123456789abcdef") for text in digests)
    assert len(points) == 2


def test_an_officer_may_count_the_rows_of_a_file_and_nothing_is_kept_of_it(jo):
    before = {path: path.read_bytes() for path in jo.root.rglob("*") if path.is_file()}
    add_places(jo, read_places(PLACE))
    rows = [row(1, postcode="zz1 2ab"), row(2, postcode="ZZI 2AB"), row(3), row(4, postcode="")]
    assert rows_at_safe_places(jo, export(*rows)) == (2, 4)  # a slip is mended as at the intake
    assert jo.records().empty
    assert {path for path in jo.root.rglob("*") if path.is_file()} == set(before)


def test_a_name_that_holds_a_postcode_goes_when_its_place_is_listed(jo):
    made = gpd.GeoDataFrame(
        {"code": ["A1", "A2"], "name": ["North", f"Lodge at {PLACE}"]},
        geometry=[shapely.Point(1.9, 53.6), shapely.Point(1.91, 53.61)],
        crs="EPSG:4326",
    )
    for dataset in ("areas", "settlements"):
        jo.save_areas(dataset, made, edition(dataset).model_copy(update={"rows": 2}))
    add_places(jo, read_places(PLACE))
    for dataset in ("areas", "settlements"):
        assert jo.areas(dataset)["name"].tolist() == ["North"]
    kept = {one.dataset: one for one in jo.editions()}
    assert {(kept[name].rows, kept[name].note) for name in ("areas", "settlements")} == {
        (1, "1 row was left out: no usable place, or not for publication.")
    }


def test_a_site_kept_before_its_place_was_listed_is_gone_as_if_it_had_never_come(jo):
    made = gpd.GeoDataFrame(
        {
            "site_id": ["a", "b"], "name": ["Rosemary Lodge", "Hall"], "postcode": [PLACE, "ZZ1 1AA"],
            "category": "other", "inside": True, "opening_hours": "", "capacity": None, "step_free": None,
            "private_room": None, "notes": "", "dataset": "sites",
        },
        geometry=[shapely.Point(643_500, 423_000), shapely.Point(640_500, 420_500)],
        crs=NATIONAL_GRID,
    ).astype({"capacity": "Int64", "step_free": "boolean", "private_room": "boolean"})  # fmt: skip
    said = edition("sites").model_copy(update={"rows": 2})
    jo.save_sites("sites", SITES.validate(made), said)
    lines = len(read_audit(jo.store))
    add_places(jo, read_places(PLACE))
    assert jo.sites()["name"].tolist() == ["Hall"]
    kept = next(one for one in jo.editions() if one.dataset == "sites")
    assert (kept.rows, kept.note) == (1, "1 row was left out: no usable place, or not for publication.")
    assert len(read_audit(jo.store)) == lines
    add_places(jo, read_places("ZZ1 1AA"))
    assert not jo.has("sites")


def test_listing_a_place_where_nothing_stands_leaves_no_mark_beside_the_list(jo):
    """Not the log, not a fingerprint that caches go by, not a file of the workspace but the database."""
    before = jo.fingerprint(), jo.editions(), read_audit(jo.store)
    add_places(jo, read_places(PLACE))
    remove_places(jo, read_places(PLACE))
    assert (jo.fingerprint(), jo.editions(), read_audit(jo.store)) == before


def test_whoever_tries_postcodes_one_by_one_leaves_a_line_for_each(jo):
    add_places(jo, read_places(PLACE))
    eve, before = as_user(jo, "eve"), len(read_audit(jo.store))
    for postcode in ("ZZ1 1AA", PLACE, "ZZ1 1AB"):
        take_in(eve, export(row(1, postcode=postcode)), file_name="x.csv", feed="Housing", today=TODAY)
    lines = read_audit(jo.store)[before:]
    assert {(line.who, line.what, line.detail) for line in lines} == {
        ("eve", "import", "Housing: rows 1 checked, nothing kept yet")
    }
    assert len(lines) == 3
    assert eve.records().empty
