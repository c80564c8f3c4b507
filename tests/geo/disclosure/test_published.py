"""A table that was given out: to JSON and back, its digest, and what the digest must not tell."""

import hashlib
import json
from dataclasses import replace

import pytest

from geo.disclosure.published import published_from_json
from geo.disclosure.topics import Geography, Period
from geo.errors import BadInputError
from tests.geo.disclosure.tables import draft, wards, year


@pytest.fixture
def table():
    return draft([3, 12, 0, 40], wards(year(2022, 2024), (("route", "self"), ("reason", "Büro"))))


def test_there_and_back(table):
    merged = replace(table, topic=replace(table.topic, geography=Geography("merged", ((1, "A"), (2, "A")))))
    for one in (table, merged, table.hide(frozenset({"B"}))):
        again = published_from_json(one.to_json())
        assert again.digest == one.digest
        assert again.figures == one.figures
        assert again.to_json() == one.to_json()


def test_json_is_plain_and_holds_no_hidden_count(table):
    found = json.loads(table.to_json())
    assert [figure["value"] for figure in found["figures"]] == [None, 10, 0, 40]
    assert found["total"]["value"] == 55


def test_what_is_given_out_holds_no_reason_and_has_the_digest_that_is_told(table):
    plain = table.hide(frozenset({"B"})).as_given_out()
    assert not {"why", "kept_by_the_council"} & set(json.loads(plain))
    assert "complementary" not in plain
    assert hashlib.sha256(plain.encode()).hexdigest() == table.hide(frozenset({"B"})).digest


def test_the_digest_depends_on_every_number_but_not_on_the_order_of_filters(table):
    other = replace(table, topic=replace(table.topic, filters=table.topic.filters[::-1]))
    assert other.digest == table.digest
    assert table.hide(frozenset({"B"})).digest != table.digest
    assert len(table.digest) == 64


def test_the_digest_tells_nobody_why_a_count_is_hidden(table):
    """Else an outsider could try out which of the hidden counts are the small ones."""
    figures = [replace(figure, why="complementary") if figure.value is None else figure for figure in table.figures]
    assert replace(table, figures=tuple(figures)).digest == table.digest


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.pop("rule"),
        lambda found: found.update(audience="press"),
        lambda found: found["figures"][0].update(value=3),
        lambda found: found["figures"][1].update(value=-5),
        lambda found: found["kept_by_the_council"]["why"].pop(),
        lambda found: found["topic"]["geography"].update(level="street"),
        lambda found: found["topic"]["period"].update(first="May"),
    ],
)
def test_a_spoilt_release_gets_a_sentence(table, spoil):
    found = json.loads(table.to_json())
    spoil(found)
    with pytest.raises(BadInputError):
        published_from_json(json.dumps(found))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}"])
def test_what_is_no_release_gets_a_sentence(text):
    with pytest.raises(BadInputError, match="cannot be read"):
        published_from_json(text)


@pytest.mark.parametrize(("first", "last"), [("2024", "2025-03"), ("2024-13", "2025-03"), ("2025-04", "2025-03")])
def test_months_that_are_none_are_refused(first, last):
    with pytest.raises(BadInputError, match="first not after the last"):
        Period("x", first, last)
