"""The night of the count: planned from what is known, settled without telling its date, its result held against it."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.review.audit import read_audit
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.snapshot import NightWish, night_areas, plan_night
from geo.review.walks.snapshot_content import plan_content, plan_from_content
from geo.review.walks.snapshot_kept import keep_night, read_nights
from geo.review.walks.snapshot_results import keep_result, read_results, result_of
from geo.review.workspace import Workspace
from geo.walkabouts.plan import LeftOut
from geo.walkabouts.planning.ground import NO_PLACE
from geo.walkabouts.snapshot.result import PatchResult, SnapshotResult
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import (
    ADDED,
    AFTER,
    CHURCH,
    FOUND,
    NIGHT,
    NOW,
    REPORTED,
    TODAY,
    TOLD,
    know_places,
    planned,
    square,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    town = make_council(tmp_path_factory.mktemp("night") / "w")
    know_places(town)
    return town.root


@pytest.fixture
def town(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "w"))


@pytest.fixture(scope="module")
def found(template):
    return planned(Workspace.open(template))


def settle(town, found, **facts):
    return keep_night(town, found.plan, **{"independent": True, "who": "JS", "today": TODAY, **facts})


def result_for(plan, **facts):
    patches = tuple(PatchResult(patch.number, 2, 1) for patch in plan.patches)
    said = {"estimated": 0, "twice": 1, "not_fitting": 0, "shelter_open": False, "verified_by": CHURCH}
    said |= {"verified_on": AFTER, "total": 3 * len(patches) - 1, **facts}
    return SnapshotResult(plan.night, patches, **said)


def test_every_known_place_is_on_the_plan_with_its_kind_and_the_added_one(found):
    kinds = {stop.square: stop.kinds for stop in found.plan.stops}
    assert kinds == {
        square(REPORTED): ("reported",),
        square(TOLD): ("intelligence",),
        square(FOUND): ("found",),
        square(ADDED): ("added",),
    }
    assert found.notes == ()
    assert found.sentences == ()
    assert found.tasks[0].due == NIGHT - timedelta(weeks=6)
    assert any("Known is where" in sentence for sentence in found.plan.sentences)


def test_an_old_find_is_likely_where_the_chance_is_high_enough(town):
    later = NOW + timedelta(weeks=60)
    night = date(2026, 11, 11)
    likely = {}
    for chance in (0.01, 1.0):
        options = town.scenario.walkabouts.model_copy(update={"likely_chance": chance})
        town.save_scenario(town.scenario.model_copy(update={"walkabouts": options}))
        plan = plan_night(town, NightWish(night, method="estimate"), now=later).plan
        likely[chance] = {one.square: one.kinds for one in plan.estimated}
    assert likely[0.01][square(FOUND)] == ("likely",)
    assert likely[1.0] == {}
    with pytest.raises(BadInputError, match="nothing to count"):
        plan_night(town, NightWish(night), now=later)


def test_the_patches_share_the_district_out(town, found):
    areas = night_areas(town, found.plan)
    assert sum(area.area for area in areas) == pytest.approx(16_000_000, rel=1e-4)


def test_a_night_without_six_weeks_or_partner_is_planned_with_a_note_and_one_out_of_the_window_is_not(town):
    soon = plan_night(town, NightWish(NIGHT), now=NOW + timedelta(weeks=5))
    assert "at least 6 weeks" in soon.notes[0].sentence
    assert "No independent partner" in soon.sentences[0]
    with pytest.raises(BadInputError, match="only nights that count"):
        plan_night(town, NightWish(date(2025, 12, 3)), now=NOW)
    with pytest.raises(BadInputError, match="the council itself"):
        planned(town, partner="Tinytown Council")


def test_avoided_places_are_left_out_and_cannot_be_added(town):
    options = town.scenario.walkabouts.model_copy(update={"avoid_at_night": (square(FOUND), square(ADDED))})
    town.save_scenario(town.scenario.model_copy(update={"walkabouts": options}))
    left = plan_night(town, NightWish(NIGHT), now=NOW).plan.left_out
    assert [(one.square, "estimate it" in one.why) for one in left] == [(square(FOUND), True)]
    with pytest.raises(BadInputError, match="cannot be added: on the list"):
        planned(town)
    with pytest.raises(BadInputError, match="cannot be added: outside the district"):
        planned(town, add=("TA447199",))


def test_a_plan_comes_back_as_it_was_kept(town, found):
    kept = settle(town, found)
    again = plan_from_content(plan_content(found.plan))
    assert kept.plan == again
    assert [stop.square for stop in again.stops] == [stop.square for stop in found.plan.stops]
    assert read_nights(town) == (kept,)


def test_the_log_tells_the_year_and_nothing_of_the_night(town, found):
    settle(town, found)
    keep_result(town, result_for(found.plan), who="JS", today=AFTER)
    lines = [line.detail for line in read_audit(town.store) if line.what == "snapshot"]
    assert len(lines) == 2
    assert "plan of the count of 2025: places 4, patches 2" in lines[0]
    assert not any(word in " ".join(lines) for word in ("-11-12", "12 November", "Street", "TA4", CHURCH))


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"who": " "}, "initials"), ({"independent": False}, "Confirm"), ({"today": AFTER}, "The night is over")],
)
def test_a_plan_is_settled_by_somebody_with_a_partner_before_its_night(town, found, facts, said):
    with pytest.raises(BadInputError, match=said):
        settle(town, found, **facts)
    assert read_nights(town) == ()


def test_a_night_that_something_speaks_against_is_settled_with_its_reason_alone(town):
    now = NOW + timedelta(weeks=7)
    soon = plan_night(town, NightWish(NIGHT, partner=CHURCH, independent=True), now=now)
    facts = {"today": now.date()}
    with pytest.raises(BadInputError, match=r"at least 6 weeks are asked for\. .* Give the reason"):
        settle(town, soon, **facts)
    with pytest.raises(BadInputError, match="without a postcode"):
        settle(town, soon, **facts, reason="The church at ZZ1 1AB was ill")
    settle(town, soon, **facts, reason="  The partner   was ill.")
    (kept,) = read_nights(town)
    assert kept.plan.reason == "The partner was ill."
    assert not any("ill" in line.detail for line in read_audit(town.store) if line.what == "snapshot")


def test_a_night_planned_elsewhere_has_its_result_in_one_row_for_the_whole_district(town, found):
    whole = replace(result_for(found.plan), patches=(PatchResult(1, 5, 1),))
    facts = {"who": "JS", "today": AFTER}
    with pytest.raises(MissingDataError, match="If the night was planned elsewhere"):
        keep_result(town, whole, **facts)
    with pytest.raises(BadInputError, match="no patch of the plan: 2"):
        keep_result(town, result_for(found.plan), **facts, elsewhere=True)
    with pytest.raises(BadInputError, match="only nights that count"):
        keep_result(town, replace(whole, night=date(2025, 9, 3)), **facts, elsewhere=True)
    kept = keep_result(town, whole, **facts, elsewhere=True)
    assert result_of(town, NIGHT) == kept
    assert kept.result.total == 5


def test_another_night_of_the_year_takes_the_place_of_the_first_and_is_warned_of(town, found):
    settle(town, found)
    other = replace(found.plan, night=NIGHT + timedelta(days=1))
    warned = plan_night(town, NightWish(other.night, partner=CHURCH, independent=True), now=NOW)
    assert "cannot be verified" in warned.sentences[0]
    settle(town, replace(found, plan=other))
    assert [kept.replaced_by for kept in read_nights(town)] == [2, 0]


def test_a_result_is_held_against_its_plan_and_a_later_one_puts_it_right(town, found):
    with pytest.raises(MissingDataError, match="No plan of that night"):
        keep_result(town, result_for(found.plan), who="JS", today=AFTER)
    settle(town, found)
    with pytest.raises(BadInputError, match="not over yet"):
        keep_result(town, result_for(found.plan), who="JS", today=NIGHT)
    with pytest.raises(BadInputError, match="come to 5 and not 6"):
        keep_result(town, result_for(found.plan, total=6), who="JS", today=AFTER)
    keep_result(town, result_for(found.plan), who="JS", today=AFTER)
    right = keep_result(town, result_for(found.plan, twice=2, total=4), who="AB", today=AFTER)
    assert [one.replaced_by for one in read_results(town)] == [right.number, 0]
    assert result_of(town, NIGHT) == right
    with town.store.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM quarter_figures").fetchone() == (0,)


def test_a_second_night_s_result_must_be_meant(town, found):
    other = replace(found.plan, night=NIGHT + timedelta(days=5))
    settle(town, found)
    settle(town, replace(found, plan=other))
    keep_result(town, result_for(found.plan), who="JS", today=AFTER)
    late = {"who": "JS", "today": date(2025, 11, 25)}
    second = result_for(other, verified_on=date(2025, 11, 20))
    with pytest.raises(BadInputError, match="two nights cannot be verified"):
        keep_result(town, second, **late)
    assert keep_result(town, second, **late, second_night=True).result.night == other.night


def test_a_place_that_must_not_be_shown_takes_kept_plans_with_it_and_leaves_the_results(town, found):
    settle(town, found)
    keep_result(town, result_for(found.plan), who="JS", today=AFTER)
    officer = Workspace.open(town.root, signer=Signer("jo", None))
    name_officers(officer, ["jo", "sam"])
    add_places(officer, read_places("ZZ7 7ZZ, 640600, 420600"))
    assert read_nights(town) == ()
    assert len(read_results(town)) == 1
    assert square(REPORTED) not in planned(town).plan.squares
    with pytest.raises(BadInputError, match="places have changed"):
        settle(town, found)


def test_of_places_without_one_to_stand_at_only_their_number_is_kept(town, found):
    out = (LeftOut(square(TOLD), "Bell Street", NO_PLACE), LeftOut(square(FOUND), "", "Avoided."))
    kept = settle(town, replace(found, plan=replace(found.plan, left_out=out)))
    assert kept.plan.left_out == (LeftOut("", "", NO_PLACE), out[1])
