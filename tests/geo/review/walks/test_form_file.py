"""The phone's file: taken once, put right when it is asked for, refused whole when anything in it is odd."""

import json
import shutil

import pytest

from geo.errors import BadInputError
from geo.review.walks.form import plan_form, take_in_form
from geo.review.walks.reading import read_walks, visits_standing, walks_standing
from geo.review.walks.visits import withdraw_walk
from geo.review.workspace import Workspace
from tests.geo.review.registers import signed
from tests.geo.review.walks.walk_records import NOW, SQUARES, card, record, visit

ZEROS = {"bedded_down": 0, "about_to": 0, "offered": 0, "accepted": 0, "refused": 0}
STOP = {
    "stop": 1,
    "arrived": "2025-05-09T20:40+01:00",
    "left": "2025-05-09T20:48+01:00",
    "outcome": "found",
    **ZEROS,
    "bedded_down": 2,
    "offered": 1,
    "refused": 1,
}
OTHER = {
    **{name: value for name, value in STOP.items() if name != "stop"},
    "arrived": "2025-05-09T21:30+01:00",
    "left": "2025-05-09T21:38+01:00",
    "outcome": "nobody",
    **ZEROS,
}


@pytest.fixture(scope="module")
def carded(council_template, tmp_path_factory):
    """A council with one card, in which nothing else is kept."""
    council = Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("carded") / "w"))
    return council, card(council)


@pytest.fixture
def council(carded, tmp_path):
    return signed(Workspace.open(shutil.copytree(carded[0].root, tmp_path / "w")))


@pytest.fixture
def said(carded):
    """Write a file as the form does, but for what is said otherwise."""

    def made(**facts):
        whole = {
            "format": "planner-walk",
            "version": 1,
            "card": 1,
            "digest": carded[1].digest,
            "walk": "ab" * 16,
            "begins": "2025-05-09T20:30+01:00",
            "ends": "2025-05-09T22:00+01:00",
            "people": 3,
            "agencies": ["Police"],
            "stops": [STOP],
            "others": [{**OTHER, "square": SQUARES[3]}],
        }
        return json.dumps({**whole, **facts}).encode()

    return made


def _take(council, content, **facts):
    return take_in_form(council, content, who="JS", now=NOW, **facts)


def test_a_file_is_taken_in_once_however_often_it_is_handed_in(council, said) -> None:
    first, again = _take(council, said()), _take(council, said())
    assert (first.new, again.new, again.walk.number) == (True, False, first.walk.number)
    assert again.notes == ("This walk was taken in before, as number 1; nothing was changed.",)
    assert first.notes == ("Stops of the card without a record: 2, 3. They count as not visited.",)
    assert [(one.square, one.found) for one in visits_standing(council)] == [(SQUARES[1], 2), (SQUARES[3], 0)]


def test_a_later_file_of_the_same_walk_takes_its_place_only_when_it_is_asked_for(council, said) -> None:
    _take(council, said())
    changed = said(stops=[{**STOP, "bedded_down": 1}])
    with pytest.raises(BadInputError, match=r"as number 1, and this file says otherwise.*--replace.*Nothing was kept"):
        _take(council, changed)
    plan = plan_form(council, changed, who="JS", now=NOW)
    assert (plan.on_record.number, plan.same) == (1, False)
    made = _take(council, changed, replace=True)
    assert (made.walk.number, made.walk.supersedes) == (2, 1)
    assert [one.found for one in visits_standing(council)] == [1, 0]
    assert not _take(council, changed).new


def test_a_walk_put_right_on_the_screen_is_still_known_to_be_the_phones(council, said) -> None:
    _take(council, said())
    record(council, visit(stop=1), card=1, supersedes=1)
    with pytest.raises(BadInputError, match="as number 2, and this file says otherwise"):
        _take(council, said())
    withdraw_walk(council, 2, who="KL")
    assert _take(council, said()).walk.number == 4
    assert len(walks_standing(council)) == 1


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"format": "else"}, "no walk's file"),
        ({"version": 2}, "A form of another planner"),
        ({"version": True}, "A form of another planner"),
        ({"card": 9}, "There is no walk card 9"),
        ({"digest": "0" * 64}, "of another walk card 1"),
        ({"digest": "x"}, "the card's digest is not as the form writes it"),
        ({"note": "Jo, blue coat"}, "its parts are not those"),
        ({"people": "3"}, "how many walked is no whole number"),
        ({"people": True}, "how many walked is no whole number"),
        ({"people": 1}, "1 walked; expected"),
        ({"agencies": "Police"}, "the agencies are no list"),
        ({"agencies": [""]}, "an agency is no text of 1 to 60"),
        ({"agencies": ["A\u202eB"]}, "an agency is no text"),
        ({"agencies": ["Women's refuge"]}, "no usable place, or not for publication"),
        ({"begins": "2025-05-09T20:30"}, "when the walk began is no time such as"),
        ({"begins": "2025-13-09T20:30+01:00"}, "no time that there is"),
        ({"ends": "2025-05-09T20:00+01:00"}, "The walk ends before it begins"),
        ({"stops": [{**STOP, "stop": 7}]}, "Stop 7: the card has no such stop"),
        ({"stops": [STOP, STOP]}, "Stop 1 is there more than once"),
        ({"stops": [{**STOP, "name": "Jo"}]}, "the parts of a visit"),
        ({"stops": [{**STOP, "outcome": "asleep"}]}, "an outcome is none of"),
        ({"stops": [{**STOP, "offered": -1}]}, "a count is no whole number"),
        ({"stops": [STOP] * 501}, "no list of at most 500"),
        ({"others": [OTHER]}, "another place is a street or a grid reference"),
        ({"others": [7]}, "another place is a street or a grid reference"),
        ({"others": [{**OTHER, "street": "1 Bell Street, Jo"}]}, "no streets to find a street by"),
    ],
)
def test_a_file_that_is_odd_in_any_part_is_refused_whole(carded, said, facts, told) -> None:
    with pytest.raises(BadInputError, match=told) as refused:
        _take(carded[0], said(**facts))
    assert "Jo" not in str(refused.value)
    assert read_walks(carded[0]) == ()


@pytest.mark.parametrize("cut", [0, 10, 200, -3])
def test_a_file_that_was_cut_off_is_refused_in_a_sentence(carded, said, cut) -> None:
    with pytest.raises(BadInputError, match=r"cannot be read as a walk's file \(it was cut off, or is no JSON\)"):
        _take(carded[0], said()[:cut])


def test_what_is_no_such_file_at_all_is_refused_in_a_sentence(carded) -> None:
    for content in (b"\xff\xfe{", b"[]", b'{"a": 1, "a": 2}', b"[" * 100_000, b" " * 300_000):
        with pytest.raises(BadInputError, match=r"walk's file.*Nothing was kept\."):
            _take(carded[0], content)
