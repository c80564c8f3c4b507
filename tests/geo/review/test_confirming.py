"""One analysis a year is confirmatory: frozen once, found again unchanged; every look before it is counted."""

import sqlite3
from datetime import date

import pytest

from geo.errors import BadInputError
from geo.evidence.counts import Cohort, Selection
from geo.review.area_notes import AreaNote, add_note, note_on, read_notes
from geo.review.freezing import freeze, frozen_of, read_frozen
from geo.review.looks import count_looks, looks_by_kind, record_look
from tests.tinytown.council import TODAY, make_council

REVIEW = "2024-25"


@pytest.fixture
def council(tmp_path):
    return make_council(tmp_path / "council")


def look(council, what="excess", *, review=REVIEW, selection=None, **options):
    record_look(council, review=review, what=what, selection=selection or Selection(), options=options, today=TODAY)


def test_the_same_analysis_looked_at_twice_is_one_look(council) -> None:
    look(council, resolution=8)
    look(council, resolution=8)
    look(council, resolution=7)
    look(council, selection=Selection(period="2024-25"), resolution=8)
    look(council, selection=Selection(cohort=Cohort("reason", "Fire")), resolution=8)
    assert count_looks(council, REVIEW) == 4
    assert count_looks(council, "2023-24") == 0


def test_looks_are_told_by_kind(council) -> None:
    for resolution in (7, 8):
        look(council, resolution=resolution)
    look(council, "scan")
    assert looks_by_kind(council, REVIEW) == {"excess": 2, "scan": 1}


def test_a_review_is_frozen_once_and_comes_back_as_it_was(council) -> None:
    look(council)
    content = {"rule": {"level": 0.05}, "numbers": [{"area": "Quay", "count": 12, "rate": None}]}
    frozen = freeze(council, review=REVIEW, content=content, who=" JS ", today=TODAY)
    assert (frozen.who, frozen.looks, frozen.content) == ("JS", 1, content)
    assert frozen_of(council, REVIEW) == frozen
    with pytest.raises(BadInputError, match="was frozen on 1 June 2025 by JS"):
        freeze(council, review=REVIEW, content=content, who="AB", today=TODAY)
    assert len(read_frozen(council)) == 1


def test_a_frozen_review_is_superseded_only_with_a_reason_and_both_stay(council) -> None:
    freeze(council, review=REVIEW, content={"n": 1}, who="JS", today=TODAY)
    later = freeze(council, review=REVIEW, content={"n": 2}, who="JS", today=date(2025, 7, 1), reason="a file was late")
    assert [frozen.content["n"] for frozen in read_frozen(council)] == [1, 2]
    assert frozen_of(council, REVIEW) == later
    assert frozen_of(council, "2023-24") is None


def test_somebody_must_say_who_they_are(council) -> None:
    with pytest.raises(BadInputError, match="Say who freezes"):
        freeze(council, review=REVIEW, content={}, who=" ", today=TODAY)


def test_a_frozen_number_that_was_changed_is_noticed(council) -> None:
    freeze(council, review=REVIEW, content={"count": 12}, who="JS", today=TODAY)
    with sqlite3.connect(council.root / "planner.sqlite") as database:
        database.execute("UPDATE freezes SET content = '{\"count\":13}'")
    database.close()
    with pytest.raises(BadInputError, match="was changed after it was frozen"):
        read_frozen(council)


def note(**other):
    return AreaNote(
        **{"resolution": 8, "cell": 5, "area": "Quay", "reason": "hostel", "who": "JS", "day": TODAY} | other
    )


def test_a_note_belongs_to_whatever_area_holds_its_cell(council) -> None:
    add_note(council, note())
    add_note(council, note(reason="hostel closed", who="AB"))
    notes = read_notes(council)
    assert note_on(notes, [4, 5], resolution=8) == "hostel closed (AB, 1 June 2025)"
    assert note_on(notes, [4], resolution=8) == ""
    assert note_on(notes, [5], resolution=7) == ""
    assert len(notes) == 2


@pytest.mark.parametrize(("field", "words"), [("reason", "needs a reason"), ("who", "name or initials")])
def test_a_note_says_why_and_who(council, field, words) -> None:
    with pytest.raises(BadInputError, match=words):
        add_note(council, note(**{field: "  "}))
    with pytest.raises(BadInputError, match="may have 500 characters"):
        add_note(council, note(**{field: "x" * 501}))
    assert read_notes(council) == ()
