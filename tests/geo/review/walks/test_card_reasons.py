"""A card keeps what its holder walks by: not what was left out, and not why a stop is on it once it has ended."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from geo.errors import BadInputError
from geo.review.forgetting import forget, would_forget
from geo.review.retention import older_than_the_limits
from geo.review.walks.cards import keep_card, read_cards
from geo.review.walks.wish import require_soon
from geo.walkabouts.plan import LeftOut, WalkEnd
from tests.geo.review.walks.walk_report_files import listing
from tests.tinytown.walk_plans import BEGINS, LONG, SENTENCE, made_plan

DAY = BEGINS.date()
FAR = (644_000.0, 424_000.0)


def _keep(council, plan):
    said = {"recipient": "Tinytown Police", "purpose": "Evening walkabout", "who": "JS", "today": DAY}
    return keep_card(council, plan, **said)


def _content(council) -> str:
    with council.store.reading() as connection:
        return "".join(text for (text,) in connection.execute("SELECT content FROM walk_cards ORDER BY number"))


def _raw(council) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


def test_what_was_left_out_and_how_the_plan_was_drawn_are_not_kept(council) -> None:
    plan = made_plan(3)
    hot = LeftOut("TA412203", LONG, "No usable place to stand is near enough.", must=True)
    kept = _keep(council, replace(plan, left_out=(*plan.left_out, hot)))
    walkabout = kept.walkabout
    assert (walkabout.left_out, walkabout.sentence, walkabout.seed) == ((), "", 0)
    for word in ("TA414203", "TA412203", "Left Out Lane", "five visits", "No usable", SENTENCE):
        assert word.encode() not in _raw(council)
    assert not {"left_out", "sentence", "seed"} & set(json.loads(_content(council)))


def test_a_card_goes_when_where_it_starts_or_ends_is_listed_later(council) -> None:
    plan = made_plan(1)
    for number, name in enumerate(("start", "end")):
        _keep(council, replace(plan, **{name: WalkEnd("Church steps", (FAR[0] + 1000 * number, FAR[1]))}))
    stays = _keep(council, plan)
    assert len(read_cards(council)) == 3
    safe = listing(council, f"ZZ7 7ZZ, {FAR[0] + 30:.0f}, {FAR[1]:.0f}\nZZ7 7ZX, {FAR[0] + 1030:.0f}, {FAR[1]:.0f}")
    assert [card.number for card in read_cards(safe)] == [stays.number]


def test_no_card_starts_or_ends_at_a_listed_place(council) -> None:
    safe = listing(council, f"ZZ7 7ZZ, {FAR[0] + 30:.0f}, {FAR[1]:.0f}")
    for name in ("start", "end"):
        with pytest.raises(BadInputError, match="plan it again"):
            _keep(safe, replace(made_plan(1), **{name: WalkEnd("Church steps", FAR)}))
    assert read_cards(safe) == ()


def test_a_card_that_has_ended_lets_go_of_why_each_stop_is_on_it(council) -> None:
    kept = _keep(council, made_plan(3))
    assert {stop.purpose for stop in kept.stops} == {"intelligence", "known", "exploration"}
    assert [stop.must for stop in kept.walkabout.stops] == [True, False, False]
    last = kept.expires
    assert would_forget(council, older_than_the_limits(council, today=last)).nothing
    after = last + timedelta(days=1)
    done = forget(council, older_than_the_limits(council, today=after), today=after)
    assert (done.ended, done.walks) == (1, 0)
    assert done.told_cards == ["Walk cards that have ended and stay, without why each stop is on them: 1."]
    (plain,) = read_cards(council)
    assert {stop.purpose for stop in plain.stops} == {"passing"}
    assert not any(stop.must for stop in plain.walkabout.stops)
    assert (plain.number, plain.digest, plain.recipient) == (kept.number, kept.digest, kept.recipient)
    assert [(stop.square, stop.arrive) for stop in plain.stops] == [(stop.square, stop.arrive) for stop in kept.stops]
    for word in ("intelligence", "exploration"):
        assert word.encode() not in _raw(council)
    assert would_forget(council, older_than_the_limits(council, today=after)).nothing


def test_a_card_older_than_the_limit_goes_as_a_whole(council) -> None:
    _keep(council, made_plan(1))
    after = DAY + timedelta(days=3 * 366)
    done = forget(council, older_than_the_limits(council, today=after), today=after)
    assert (done.ended, done.walks, done.cards) == (0, 1, 1)
    assert read_cards(council) == ()


def test_the_digest_still_tells_a_stop_that_was_moved(council) -> None:
    _keep(council, made_plan(1))
    with council.store.writing() as connection:
        connection.execute("DROP TRIGGER walk_cards_are_not_changed")
        connection.execute("UPDATE walk_cards SET content = replace(content, '20:', '21:')")
    with pytest.raises(BadInputError, match="was changed"):
        read_cards(council)


def test_a_walk_in_years_to_come_is_refused(council) -> None:
    require_soon(BEGINS, DAY - timedelta(days=400))
    with pytest.raises(BadInputError, match=r"on 6 June 2025, more than 400 days ahead"):
        require_soon(BEGINS, DAY - timedelta(days=401))
    plan = made_plan(1, begins=BEGINS.replace(year=2035))
    with pytest.raises(BadInputError, match="more than 400 days ahead"):
        _keep(council, plan)
