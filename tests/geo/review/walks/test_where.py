"""What is known of each place, read from a workspace, and the places that a walk may explore."""

import shutil
from datetime import timedelta

import numpy as np
import pytest

from geo.review.safe_keeping import SafePlace, add_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.pool import pool_basis
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.where import exploration_pool, where
from geo.review.workspace import Workspace
from geo.walkabouts.squares import middle_of, square_at
from tests.geo.review.walks.walk_records import NOW, at
from tests.geo.review.walks.walk_where_town import BUSY, NEW, QUIET, TOLD, WALKS, report, walked_town
from tests.tinytown.council import LIVE, OFFICE, make_council
from tests.tinytown.walk_plans import corner


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return walked_town(make_council(tmp_path_factory.mktemp("where") / "Tinytown"))


@pytest.fixture(scope="module")
def found(town):
    return where(town, now=NOW)


@pytest.fixture
def council(town, tmp_path):
    """A copy that a test may change, by an officer of the safe list."""
    return Workspace.open(shutil.copytree(town.root, tmp_path / "w"), signer=Signer("jo", lambda: NOW))


def place(found, square):
    return found.places.set_index("square").loc[square]


def test_each_kind_of_evidence_stands_in_a_column_of_its_own(found):
    busy, new = place(found, BUSY), place(found, NEW)
    assert (busy["reports"], busy["reported_people"], busy["intelligence"]) == (1, 2, 0)
    assert (busy["visits"], busy["found"], busy["found_lately"]) == (WALKS, 3 * WALKS, 3 * WALKS)
    assert (new["open_reports"], new["reports"], new["reported_people"], new["visits"]) == (2, 2, 4, 0)
    assert not {"evidence", "total", "score"} & set(found.places.columns)


def test_every_report_and_visit_with_a_place_is_in_the_table_once(found):
    assert sorted(found.places["square"]) == sorted([BUSY, QUIET, TOLD, NEW])
    assert found.places[["reports", "intelligence", "visits"]].sum().tolist() == [3, 1, 2 * WALKS]


def test_a_place_with_open_reports_stands_first_then_the_one_where_most_are_found(found):
    assert found.places["square"].tolist()[:2] == [NEW, BUSY]


def test_a_place_is_known_by_a_report_a_find_or_intelligence_that_still_counts(found):
    assert found.known == {BUSY, TOLD, NEW}
    assert not place(found, QUIET)["known"]  # intelligence of 200 days ago, and nobody found since


def test_what_could_not_be_entered_was_never_visited(found):
    told = place(found, TOLD)
    assert (told["visits"], told["last_seen"], told["intelligence"]) == (0, "", 1)
    evening = found.rates.of_band("evening").loc[TOLD]
    assert (evening["no_access"], evening["verdict"]) == (WALKS, "never visited")


def test_the_street_is_the_nearest_one_with_a_name(found):
    assert place(found, BUSY)["street"] == "Bell Street"
    assert place(found, NEW)["street"] == "The Old Market Place Behind the Corn Exchange"


def test_a_report_just_over_the_edge_of_a_visited_square_lies_next_to_it_and_is_not_unseen(council):
    x, y = middle_of(BUSY)
    edge, apart = square_at(x - 100, y), square_at(x - 200, y)
    for one in (edge, apart):
        report(council, one, days=2)
    after = where(council, now=NOW)
    assert edge in after.beside["all"]
    assert edge in after.beside["evening"]
    assert not {apart, BUSY, NEW, TOLD} & after.beside["all"]
    assert after.beside["day"] == frozenset()  # nobody was there by day
    assert place(after, edge)["open_reports"] == 1
    assert place(after, edge)["known"]


def test_nothing_later_than_now_is_known(town):
    before = where(town, now=NOW - timedelta(weeks=30))
    assert before.places["visits"].sum() == 0
    assert set(before.places["square"]) <= {QUIET}


def test_a_report_that_has_no_place_is_told_and_in_no_row(council):
    made = MadeReport(at("20:00"), at("20:30"), "StreetLink", GivenPlace(town="Tinytown"), 1)
    before = where(council, now=NOW)
    record_report(council, made, who="JS", now=NOW)
    after = where(council, now=NOW)
    assert after.district_only == before.district_only + 1
    assert after.places.equals(before.places)


def test_an_empty_workspace_knows_nothing_and_says_so(tmp_path):
    nothing = where(make_council(tmp_path / "Tinytown"), now=NOW)
    assert nothing.places.empty
    assert nothing.known == frozenset()
    assert "No visit is on record yet" in nothing.sentences[0]


def test_the_pool_is_the_squares_with_a_street_in_the_district(town):
    pool = exploration_pool(town)
    assert square_at(*corner(0, 0)) in pool
    assert square_at(640_500, 420_400) in pool  # between two corners
    assert square_at(640_500, 420_500) not in pool  # between the streets
    assert list(pool) == sorted(set(pool))
    assert 100 < len(pool) < 400
    assert "with a street people can walk on" in pool_basis(town)


def test_the_pool_around_a_point_is_the_part_of_it_that_is_near(town):
    start = corner(0, 0)
    near = exploration_pool(town, around=start, within_m=500)
    apart = {square: np.hypot(*np.subtract(middle_of(square), start)) for square in exploration_pool(town)}
    assert set(near) == {square for square, metres in apart.items() if metres <= 500}
    assert 5 < len(near) < len(apart)


def test_without_streets_it_is_the_squares_with_a_live_postcode(tmp_path):
    council = make_council(tmp_path / "Tinytown")
    assert set(exploration_pool(council)) == {
        square_at(*point) for code, point in LIVE.items() if not code.startswith(("ZZ2", "ZZ1 9B"))
    }
    assert "with a postcode in use" in pool_basis(council)


def test_a_square_to_avoid_is_not_in_the_pool(council):
    gone = square_at(*corner(0, 0))
    scenario = council.scenario
    options = scenario.walkabouts.model_copy(update={"avoid": (gone,)})
    council.save_scenario(scenario.model_copy(update={"walkabouts": options}))
    assert gone not in exploration_pool(council)


def gap_m(square, spot):
    """How far a spot lies from a square."""
    (x, y), (east, north) = middle_of(square), spot
    return (max(abs(x - east) - 50, 0) ** 2 + max(abs(y - north) - 50, 0) ** 2) ** 0.5


@pytest.mark.parametrize("given", [None, (641_010.0, 420_790.0)])
def test_squares_near_a_safe_place_are_not_in_the_pool_and_nothing_says_so(council, given):
    before = set(exploration_pool(council))
    told = pool_basis(council)
    name_officers(council, ["jo", "Sam Reed"])
    add_places(council, [SafePlace("ZZ11AB", given)])
    gone = before - set(exploration_pool(council))
    assert gone
    for square in before:
        gap = min(gap_m(square, spot) for spot in (LIVE["ZZ1 1AB"], given) if spot)
        assert (square in gone) or gap > 50
        assert (square not in gone) or gap <= 75
    assert pool_basis(council) == told
    assert "safe" not in " ".join(where(council, now=NOW).sentences)
    assert OFFICE not in told
