"""What changed between two editions: surgeries that moved or went, postcodes by ward, homes, and what was decided."""

from datetime import UTC, date, datetime

import pytest

from geo.review.changes import changes_since
from geo.review.decisions import Occasion, decide
from geo.review.edition_checks import Trust
from geo.review.former import former_path
from geo.review.gazetteer_renewal import renew_gazetteer
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.site_changes import site_changes
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.additions import add_layer
from layers.source_file import SourceFile
from tests.tinytown import council as town
from tests.tinytown.council import TODAY

BEFORE = """code,name,category,postcode,easting,northing
S1,Harbour Surgery,gp,ZZ1 1AA,640500,420500
S2,Mill Surgery,gp,ZZ1 1AB,641000,421000
S3,Old Name,gp,ZZ1 1AD,641500,423500
S4,Refuge Road Surgery,gp,ZZ1 2AA,643000,421000
"""
AFTER = """code,name,category,postcode,easting,northing
S1,Harbour Surgery,gp,ZZ1 1AA,640500,420800
S3,New Name,gp,ZZ1 1AD,641500,423500
S4,Refuge Road Surgery,gp,ZZ1 2AA,643000,421030
S5,West Surgery,gp,ZZ1 2AB,643500,423000
"""


def load(council, text, name="own.csv", **trust):
    add_sites(council, SourceFile(name, text.encode()), kind="sites", today=TODAY, trust=Trust(**trust))


@pytest.fixture
def changed(council):
    load(council, BEFORE)
    occasion = Occasion(date(2025, 5, 2), "JS")
    decide(
        council, verdict="chosen", sites=["Mill Surgery"], why="Many live near.", evidence_digest="", occasion=occasion
    )
    load(council, AFTER)
    return council


def test_a_surgery_that_moved_300_m_one_that_went_one_renamed_and_a_new_one_are_told(changed) -> None:
    found = changes_since(changed).sets
    assert [one.dataset for one in found] == ["sites"]
    assert found[0].sentences() == (
        "Mill Surgery: gone.",
        "Harbour Surgery: moved 300 m.",
        "New Name: called Old Name before.",
        "West Surgery: new.",
        "Of the new list 1 row was left out: no usable place, or not for publication.",
    )
    assert [(one.how, one.metres) for one in found[0].sites] == [
        ("gone", 0),
        ("moved", 300),
        ("renamed", 0),
        ("new", 0),
    ]


def test_a_site_that_a_decision_names_and_that_is_gone_is_said_first(changed) -> None:
    assert changes_since(changed).urgent == (
        "Mill Surgery: gone. It is named by decision 1 (chosen) and the register.",
    )


def test_nothing_is_told_before_there_was_another_edition(council) -> None:
    load(council, BEFORE)
    assert changes_since(council).sets == ()
    load(council, BEFORE)
    assert changes_since(council) == changes_since(council)
    assert changes_since(council).sets == ()


def test_a_place_put_on_the_safe_list_leaves_the_former_edition_too_and_is_never_told_as_gone(changed) -> None:
    officer = Workspace.open(changed.root, signer=Signer("jo", lambda: datetime(2025, 6, 1, tzinfo=UTC)))
    name_officers(officer, ["jo", "sam"])
    add_places(officer, read_places("ZZ1 1AB"))
    assert b"Mill Surgery" not in former_path(changed.root, "sites").read_bytes()
    told = changes_since(changed)
    assert told.urgent == ()
    assert "Mill" not in str(told)


def test_lists_without_codes_pair_by_name_or_by_spot(council) -> None:
    header = "name,category,postcode,easting,northing\n"
    load(council, f"{header}Kitchen,food bank,,640500,420500\nLarder,food bank,,643000,421000\n")
    load(council, f"{header}Kitchen,food bank,ZZ1 1AB,641500,420500\nPantry,food bank,ZZ1 2AA,643005,421000\n")
    assert changes_since(council).sets[0].sentences() == ("Kitchen: moved 1,000 m.", "Pantry: called Larder before.")


def test_two_lists_that_are_the_same_have_no_change(changed) -> None:
    sites = changed.sites()
    assert site_changes(sites, sites) == ()
    assert site_changes(sites.iloc[:0], sites.iloc[:0]) == ()
    assert {one.how for one in site_changes(sites.iloc[:0], sites)} == {"new"}


def test_postcodes_are_counted_by_ward_and_an_estate_is_named(council, tmp_path) -> None:
    estate = {f"ZZ1 4A{letter}": (641_000 + at, 422_000 + at) for at, letter in enumerate("ABDEFG")}
    places = {**town.LIVE, **estate, "ZZ1 1AA": (640_500, 420_700), "ZZ1 2AA": (643_000, 421_050)}
    del places["ZZ1 2AB"]
    source = tmp_path / "zz_2025-08.csv"
    source.write_text(town.code_point_open(places))
    renew_gazetteer(council, [source], today=TODAY)
    found = changes_since(council, only=["gazetteer"]).sets[0]
    assert found.postcodes.wards.to_dict("records") == [
        {"ward": "W1", "new": 6, "ended": 0, "moved": 1},
        {"ward": "W2", "new": 0, "ended": 1, "moved": 0},
    ]
    assert found.postcodes.estates == (("W1", 6),)
    assert found.sentences() == (
        "6 new, 1 ended, 1 moved by more than 100 m.",
        "Maps will change most at: W1 (6 new postcodes).",
    )


def test_homes_are_added_up_by_ward(council) -> None:
    for name, each in (("a.csv", 40), ("b.csv", 42)):
        rows = "".join(f"{code},{each}\n" for code in ("ZZ1 1AA", "ZZ1 1AB", "ZZ1 2AA", "ZZ2 1AA"))
        add_layer(council, SourceFile(name, f"postcode,homes\n{rows}".encode()), "households", today=TODAY)
    found = changes_since(council).sets[0]
    assert found.homes.to_dict("records") == [
        {"ward": "W1", "before": 80, "now": 84, "change": 4},
        {"ward": "W2", "before": 40, "now": 42, "change": 2},
    ]
    assert found.sentences() == ("126 homes in the district; 120 before.",)
