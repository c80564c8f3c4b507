"""One place on several lists: found, confirmed by an officer, joined, and taken apart again."""

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, WorkspaceError
from geo.hubs.services import each_service, services_near
from geo.review.audit import read_audit, verify_audit
from geo.review.decisions import Occasion, decide, decisions_that_stand
from geo.review.duplicates import answer_pair, answers_given, pairs_to_confirm, undo_answer
from geo.review.rankings import surroundings_of
from geo.review.register import history_of, registered_sites
from geo.review.register_liaison import liaison_of
from geo.review.register_state import read_known
from geo.review.safe_keeping import add_places, read_places, remove_places
from geo.review.safe_officers import name_officers
from geo.review.same_answers import places_of, services_of
from tests.geo.review.registers import rows, signed, speak, write
from tests.geo.review.twins import BANK, CHURCH, LIBRARY, MAPPED, fill, table_of
from tests.tinytown.council import TODAY, edition


@pytest.fixture
def town(council):
    fill(council)
    return signed(council)


def open_pairs(workspace):
    return [(pair.first, pair.second, pair.looks) for pair in pairs_to_confirm(read_known(workspace))]


def by_id(workspace):
    return registered_sites(workspace).set_index("site_id")


def test_nothing_is_joined_before_somebody_says_so(town) -> None:
    assert registered_sites(town).equals(town.sites())
    assert open_pairs(town) == [
        (LIBRARY, MAPPED, "same place"),
        (BANK, LIBRARY, "one roof"),
        (BANK, MAPPED, "one roof"),
    ]


def test_the_ranking_says_how_many_pairs_nobody_has_answered_on(town) -> None:
    assert (surroundings_of(town).doubles.likely, surroundings_of(town).doubles.perhaps) == (1, 2)
    answer_pair(town, LIBRARY, MAPPED, "same place")
    assert (surroundings_of(town).doubles.likely, surroundings_of(town).doubles.perhaps) == (0, 1)


def test_the_same_place_becomes_one_site_with_the_facts_of_both_and_the_drawn_point(town) -> None:
    answer_pair(town, MAPPED, LIBRARY, "same place")
    found = by_id(town)
    assert sorted(found.index) == [BANK, LIBRARY, CHURCH]
    library = found.loc[LIBRARY]
    assert (library["name"], library["opening_hours"]) == ("Tinytown Library", "Mo-Fr 09:00-17:00")
    assert library["geometry"] == shapely.Point(640_520, 420_520)
    assert library["services"] == "library"
    assert sorted(rows(town).index) == ["Harbour Foodbank", "St Mary", "Tinytown Library"]


def test_several_services_under_one_roof_become_one_site_that_offers_them_all(town) -> None:
    answer_pair(town, LIBRARY, MAPPED, "same place")
    answer_pair(town, BANK, LIBRARY, "one roof")
    found = registered_sites(town)
    place = found.set_index("site_id").loc[LIBRARY]
    assert (len(found), place["services"]) == (2, "food_bank; library")
    near = services_near(found, found)
    under = near[near["candidate"].eq(found.index[found["site_id"] == LIBRARY][0])]
    assert under[["category", "same_roof", "own"]].to_numpy().tolist() == [
        ["food_bank", True, False],
        ["library", True, True],
    ]
    assert rows(town).loc["Tinytown Library", "services"] == "Library; Food bank"
    assert open_pairs(town) == []


def test_what_is_taken_back_stands_as_before(town) -> None:
    before = registered_sites(town)
    answer_pair(town, LIBRARY, MAPPED, "same place")
    answer_pair(town, BANK, MAPPED, "one roof")
    undo_answer(town, MAPPED, BANK)
    undo_answer(town, LIBRARY, MAPPED)
    assert registered_sites(town).equals(before)
    assert len(open_pairs(town)) == 3
    with pytest.raises(BadInputError, match="nothing to take back"):
        undo_answer(town, LIBRARY, MAPPED)


def test_two_places_stay_two_and_are_asked_about_no_more(town) -> None:
    answer_pair(town, BANK, LIBRARY, "two places")
    answer_pair(town, LIBRARY, MAPPED, "same place")
    assert open_pairs(town) == []  # the food bank and the mapped library are the very same question
    assert len(registered_sites(town)) == 3


def test_an_answer_that_contradicts_others_is_refused_by_name(town) -> None:
    answer_pair(town, BANK, LIBRARY, "two places")
    answer_pair(town, LIBRARY, MAPPED, "same place")
    with pytest.raises(BadInputError, match="Harbour Foodbank and Tinytown Library were said to be two places"):
        answer_pair(town, BANK, MAPPED, "one roof")
    answer_pair(town, BANK, LIBRARY, "one roof")  # the last word on a pair counts
    with pytest.raises(BadInputError, match="are one place by what was said of other pairs"):
        answer_pair(town, BANK, MAPPED, "two places")
    with pytest.raises(BadInputError, match=r"St Mary are 2\.5 km apart, too far"):
        answer_pair(town, BANK, CHURCH, "one roof")
    with pytest.raises(BadInputError, match="one and the same site"):
        answer_pair(town, BANK, BANK, "same place")
    with pytest.raises(BadInputError, match="There is no such site"):
        answer_pair(town, "Harbour", BANK, "same place")


def test_answers_say_who_and_when_and_leave_a_line_without_a_word_of_the_sites(town) -> None:
    answer_pair(town, LIBRARY, MAPPED, "same place", who="JS")
    one = answers_given(read_known(town))[0]
    assert (one.names, one.answer.who, one.answer.when) == (
        ("Tinytown Library", "Tinytown Public Library"),
        "JS",
        "2025-06-01T09:00:00+00:00",
    )
    line = read_audit(town.store)[-1]
    assert (line.what, line.detail, line.who) == ("site register", "two sites compared: same place", "jo")
    assert verify_audit(town.store).whole


def test_somebody_must_answer(council) -> None:
    fill(council)
    with pytest.raises(BadInputError, match="Say who answers"):
        answer_pair(council, LIBRARY, MAPPED, "same place")
    assert registered_sites(council).equals(council.sites())


def test_no_answer_can_be_changed_or_removed(town) -> None:
    answer_pair(town, LIBRARY, MAPPED, "same place")
    for statement in (
        "DELETE FROM same_places",
        "UPDATE same_places SET answer = 'two places'",
        "INSERT INTO same_places VALUES (7, 'a', 'b', 'same place', '', '', '')",
    ):
        with pytest.raises(WorkspaceError), town.store.noting() as connection:
            connection.execute(statement)


def test_a_newer_edition_keeps_what_was_said_and_a_site_that_left_its_file_lets_the_others_stand(town) -> None:
    answer_pair(town, LIBRARY, MAPPED, "same place")
    answer_pair(town, BANK, LIBRARY, "one roof")
    newer = table_of("osm_sites", (MAPPED, "Tinytown Library (new)", "library", "", 640_530, 420_530, ""))
    town.save_sites("osm_sites", newer, edition("osm_sites"))
    assert by_id(town).loc[LIBRARY, "geometry"] == shapely.Point(640_530, 420_530)
    other = table_of("libraries", ("libraries:L2", "Other Library", "library", "ZZ1 2AB", 643_500, 423_000, ""))
    town.save_sites("libraries", other, edition("libraries"))
    assert sorted(by_id(town).index) == [BANK, "libraries:L2", CHURCH]  # the rest of the place
    fill(town)
    assert sorted(by_id(town).index) == [LIBRARY, CHURCH]


def test_what_was_written_said_and_decided_of_one_holds_for_the_place(town) -> None:
    write(town, MAPPED, cost="free", capacity="30")
    speak(town, MAPPED, status="agreed")
    said = Occasion(TODAY, "JS")
    decide(town, verdict="chosen", sites=[MAPPED], why="Near", evidence_digest="", occasion=said)
    answer_pair(town, LIBRARY, MAPPED, "same place")
    row = rows(town).loc["Tinytown Library"]
    assert (row["site_id"], row["cost"], row["capacity"], row["status"]) == (LIBRARY, "free", 30, "agreed")
    assert row["entered"]
    assert liaison_of(town) == {LIBRARY: "agreed", MAPPED: "agreed"}
    assert decisions_that_stand(town)[LIBRARY].verdict == "chosen"
    assert set(history_of(town, [LIBRARY])["field"]) == {"cost", "capacity"}
    write(town, "Tinytown Public Library", cost="20 pounds")  # its old name leads to the place
    assert rows(town).loc["Tinytown Library", "cost"] == "20 pounds"
    speak(town, LIBRARY, day="2025-05-03", status="refused")
    assert surroundings_of(town).over == {LIBRARY, MAPPED}


def test_a_place_where_help_stands_already_stays_one_when_a_service_joins_it(town) -> None:
    write(town, BANK, category="hub")
    answer_pair(town, BANK, LIBRARY, "one roof")
    assert by_id(town).loc[BANK, "category"] == "hub"


def test_a_place_that_is_put_on_the_safe_list_leaves_no_answer_behind(town) -> None:
    answer_pair(town, LIBRARY, MAPPED, "same place")
    answer_pair(town, BANK, MAPPED, "two places")
    name_officers(town, ["jo", "Sam Reed"])
    lines = len(read_audit(town.store))
    add_places(town, read_places("ZZ1 1AA"))
    with town.store.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM same_places").fetchone() == (0,)
    assert sorted(registered_sites(town)["site_id"]) == [CHURCH]
    assert len(read_audit(town.store)) == lines


def test_what_was_joined_with_a_listed_place_leaves_the_map_with_it_wherever_its_list_draws_it(town) -> None:
    away = table_of("osm_sites", (MAPPED, "Tinytown Public Library", "library", "", 640_750, 420_500, ""))
    town.save_sites("osm_sites", away, edition("osm_sites"))
    answer_pair(town, LIBRARY, MAPPED, "same place")
    name_officers(town, ["jo", "Sam Reed"])
    add_places(town, read_places("ZZ1 1AA"))
    assert sorted(town.sites()["site_id"]) == [CHURCH]
    remove_places(town, read_places("ZZ1 1AA"))
    with town.store.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM safe_points").fetchone() == (0,)


_ANSWERS = st.lists(
    st.tuples(
        st.sampled_from([(LIBRARY, MAPPED), (BANK, LIBRARY), (BANK, MAPPED)]),
        st.sampled_from(["same place", "one roof", "two places", "undone"]),
    ),
    max_size=6,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=_ANSWERS)
def test_whatever_is_said_no_service_is_lost_and_taking_all_back_gives_the_same_table(town, said) -> None:
    before = town.sites()
    for (one, other), answer in said:
        try:
            undo_answer(town, one, other) if answer == "undone" else answer_pair(town, one, other, answer)
        except BadInputError:
            continue  # nothing to take back, or it contradicts what was said
    known, found = read_known(town), registered_sites(town)
    twice = sum(len(group) - 1 for group in services_of(known.answers))
    joined = sum(len(group) - 1 for group in places_of(known.answers))
    assert len(each_service(found)) == len(before) - twice
    assert len(found) == len(before) - joined
    for one, other in known.answers:
        undo_answer(town, one, other)
    assert registered_sites(town).equals(before)
