"""A walk card is kept with its plan, for a named recipient and a while; it goes with a place that must not be shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.card_content import content_of, walkabout_from
from geo.review.walks.cards import card_numbered, expired, keep_card, read_cards, require_usable
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.plan import WalkEnd
from tests.tinytown.walk_plans import BEGINS, made_plan

DAY = BEGINS.date()
POLICE = "Tinytown Police, neighbourhood team"


def keep(council, plan=None, **facts):
    said = {"recipient": POLICE, "purpose": "Evening walkabout", "who": "JS", "today": DAY, **facts}
    return keep_card(council, plan or made_plan(), **said)


def _as_kept(plan):
    return replace(plan, left_out=(), sentence="", seed=0)


def test_a_plan_comes_back_from_what_was_kept_of_it_to_the_metre():
    plan = made_plan(5, teams=2)
    assert walkabout_from(content_of(plan)) == _as_kept(plan)
    off = replace(plan, start=WalkEnd("Town hall", (640_400.4, 420_399.6)))
    assert walkabout_from(content_of(off)).start.point == (640_400.0, 420_400.0)


def test_a_team_without_a_stop_and_a_way_without_length_come_back_too():
    plan = made_plan(1)
    still = replace(plan.teams[0], team=2, stops=(), legs=(), total_minutes=0.0)
    both = replace(plan, teams=(*plan.teams, still))
    assert walkabout_from(content_of(both)) == _as_kept(both)


def test_a_card_is_kept_with_recipient_purpose_and_the_day_after_which_it_is_void(council):
    kept = keep(council, made_plan(3, teams=2))
    assert (kept.number, kept.day, kept.recipient, kept.who) == (1, DAY, POLICE, "JS")
    assert kept.expires == DAY + timedelta(days=council.scenario.walkabouts.card_days)
    assert [(stop.number, stop.team) for stop in kept.stops] == [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)]
    assert [stop.purpose for stop in kept.stops[:2]] == ["intelligence", "known"]
    assert read_cards(council) == (kept,)
    assert not expired(kept, kept.expires)
    assert expired(kept, kept.expires + timedelta(days=1))


def test_the_audit_log_says_that_a_card_was_given_and_names_no_place(council):
    keep(council)
    line = read_audit(council.store)[-1]
    assert line.what == "walk card"
    assert "stops 3, teams 1" in line.detail
    assert not any(word in line.detail for word in ("Street", "TA4", "Town hall", POLICE))


def test_a_walk_past_midnight_may_be_ended_with_its_card_in_hand(council):
    options = council.scenario.walkabouts.model_copy(update={"card_days": 0})
    council.save_scenario(council.scenario.model_copy(update={"walkabouts": options}))
    late = keep(council, made_plan(12, begins=BEGINS.replace(hour=22, minute=30)))
    assert (late.day, late.expires) == (DAY, DAY + timedelta(days=1))
    small_hours = BEGINS.replace(hour=1) + timedelta(days=1)
    assert keep(council, made_plan(begins=small_hours), today=small_hours.date()).day == DAY


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"recipient": " "}, "to whom it is given"),
        ({"purpose": ""}, "what for"),
        ({"who": ""}, "who gives it"),
        ({"recipient": "x" * 121}, "1 to 120 letters"),
        ({"recipient": "Everybody"}, "names nobody who could answer"),
        ({"recipient": "7"}, "names nobody who could answer"),
        ({"purpose": "Visit the women's refuge"}, "Nothing was kept"),
        ({"today": DAY + timedelta(days=1)}, "was on 6 June 2025, before today"),
    ],
)
def test_what_no_card_may_say_is_refused_in_a_sentence_and_nothing_is_kept(council, facts, words):
    with pytest.raises(BadInputError, match=words):
        keep(council, **facts)
    assert read_cards(council) == ()


def test_a_plan_without_a_stop_is_no_card(council):
    with pytest.raises(BadInputError, match="has no stop"):
        keep(council, made_plan(0))


def test_a_meeting_place_that_must_not_be_named_is_refused(council):
    plan = replace(made_plan(), start=WalkEnd("Women's Aid refuge, back door", (640_400.0, 420_400.0)))
    with pytest.raises(BadInputError, match="Nothing was kept"):
        keep(council, plan)


def test_a_later_card_for_the_same_walk_and_recipient_takes_the_place_of_the_first(council):
    first, other = keep(council), keep(council, recipient="Outreach service")
    again = keep(council, made_plan(4))
    assert [card.replaced_by for card in read_cards(council)] == [again.number, 0, 0]
    with pytest.raises(BadInputError, match="was replaced by card 3"):
        require_usable(card_numbered(council, first.number), DAY)
    require_usable(card_numbered(council, other.number), DAY)
    with pytest.raises(BadInputError, match="could be used until 9 June 2025"):
        require_usable(again, date(2025, 6, 10))


def test_a_card_that_was_changed_since_is_not_read(council):
    keep(council)
    with council.store.writing() as connection:
        connection.execute("DROP TRIGGER walk_cards_are_not_changed")
        connection.execute("UPDATE walk_cards SET content = replace(content, 'Bell', 'Well')")
    with pytest.raises(BadInputError, match="Walk card 1 was changed"):
        read_cards(council)


def test_a_card_that_does_not_exist_is_told_with_the_last_ones(council):
    keep(council)
    with pytest.raises(BadInputError, match="There is no walk card 4; the last cards kept: 1"):
        card_numbered(council, 4)


def test_cards_that_stop_where_a_place_was_listed_since_go_and_the_others_keep_their_numbers(council):
    near, far = keep(council, made_plan(1)), keep(council, made_plan(1, teams=2), recipient="Outreach service")
    assert {stop.point for stop in far.stops} - {stop.point for stop in near.stops}
    listed = next(stop.point for stop in far.stops if stop.number == 2)
    jo = Workspace.open(council.root, signer=Signer("jo", None))
    name_officers(jo, ["jo"])
    add_places(jo, read_places(f"ZZ7 7ZZ, {listed[0] + 30:.0f}, {listed[1]:.0f}"))
    assert read_cards(council) == (near,)
    with pytest.raises(BadInputError, match="plan it again"):
        keep(council, made_plan(1, teams=2))
    assert keep(council, made_plan(1)).number > far.number


def test_the_night_when_the_clocks_go_back_is_kept_by_its_own_offset(council):
    begins = BEGINS.replace(month=10, day=26, hour=1, minute=30, fold=1)
    plan = made_plan(begins=begins)
    kept = keep(council, plan, today=begins.date())
    assert kept.walkabout.begins.utcoffset() == timedelta(0)
    assert kept.walkabout.begins.tzinfo is LONDON
