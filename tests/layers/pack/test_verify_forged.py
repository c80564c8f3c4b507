"""What is no pack, or is one that a stranger made up, ends in a sentence: never in a crash, never in a long wait."""

import json

import pytest

from geo.errors import BadInputError
from geo.review.freezing import canonical
from layers.pack import verify
from layers.pack.checking import members
from layers.pack.verify import verify_bundle
from tests.layers.pack.forging import apart, changed, files_of, zipped


@pytest.mark.parametrize(
    ("hostile", "sentence"),
    [
        (b"PK no zip", "This is no pack"),
        (b"", "This is no pack"),
        ({"../evil.txt": b"x"}, "climb out"),
        ({"a.txt": b"x"}, "holds no manifest.json"),
        ({"manifest.json": b"{}", "aggregates.json": b"[" * 100_000}, "not what the planner writes"),
        ({"manifest.json": b"[]", "aggregates.json": b"{}"}, "not what the planner writes"),
        ({"manifest.json": b"{}", "aggregates.json": b"{}"}, "cannot be told as a pack"),
        ({"manifest.json": b"{}", "aggregates.json": b'{"audience": "team", "format": 1}'}, "cannot be told as a pack"),
        ({"bomb.txt": b"0" * 20_000_000}, "zip bomb"),
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(hostile, sentence) -> None:
    with pytest.raises(BadInputError, match=sentence):
        verify_bundle(zipped(hostile) if isinstance(hostile, dict) else hostile)


def _forged(made, change):
    """Change the frozen numbers and sign everything again."""
    forged = json.loads(canonical(made.aggregates))
    change(forged)
    return {"aggregates.json": json.dumps(forged).encode()}


def _huge(found):
    found["programme"]["content"]["hubs"][0]["within_reach"] = 10**30


def _endless(found):
    found["like_for_like"] |= {"why": "", "totals": [10**9, 10**9], "cells": {}, "wards": {}}


def _more_than_all(found):
    found["like_for_like"] |= {"why": "", "totals": [1, 1], "cells": {"871958b4effffff": [10**9, 0]}, "wards": {}}


def _half_a_sign(found):
    found["district"] = "\ud800"


def _true(found):
    found["format"] = True


@pytest.mark.parametrize("change", [_huge, _endless, _more_than_all, _half_a_sign, _true])
def test_numbers_that_no_planner_wrote_end_in_a_sentence_and_soon(made, content, change) -> None:
    with pytest.raises(BadInputError, match=r"aggregates\.json"):
        verify_bundle(changed(content, _forged(made, change)))


@pytest.mark.usefixtures("quick")
def test_a_shape_that_cannot_be_drawn_differs_and_ends_nothing(made, content) -> None:
    def nowhere(found):
        found["shapes"]["district"][0][2] = "POINT EMPTY"

    found = apart(changed(content, _forged(made, nowhere)))
    assert found["map-team-only.html"] == "no such file can be made of the frozen numbers"
    assert "'district'" in found["pack-team-only.gpkg"]


@pytest.mark.usefixtures("quick")
def test_a_line_that_the_planner_never_writes_in_a_manifest_is_told(content) -> None:
    manifest = json.loads(files_of(content)["manifest.json"]) | {"approved_by": "The council"}
    found = apart(changed(content, {"manifest.json": json.dumps(manifest).encode()}))
    assert found == {"manifest.json: approved_by": "the planner writes no such line"}


def test_a_name_that_stands_twice_is_refused_for_two_readers_would_read_two_things(content) -> None:
    twice = files_of(content)["manifest.json"].replace(b"{", b'{"audience": "public", ', 1)
    with pytest.raises(BadInputError, match=r"manifest\.json in the pack is not what the planner writes"):
        verify_bundle(changed(content, {"manifest.json": twice}, signed=False))


def test_something_before_the_zip_makes_it_no_pack(content) -> None:
    with pytest.raises(BadInputError, match="This is no pack"):
        verify_bundle(b"MZ" + content)


def test_the_verdict_says_what_it_does_not_show(content, monkeypatch) -> None:
    monkeypatch.setattr(verify, "pack_files", lambda *_: ())
    assert "not who made it" in verify_bundle(content).care


def test_more_than_a_pack_holds_is_not_even_opened(monkeypatch) -> None:
    monkeypatch.setattr(members, "MAX_PACKED", 10)
    with pytest.raises(BadInputError, match="a pack has"):
        verify_bundle(b"PK" * 10)
