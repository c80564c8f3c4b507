"""What leaves the team holds no exact count: every number of clients in it was given out."""

import json
import re
from dataclasses import asdict, replace

import pytest

from geo.disclosure.rules import Rule
from geo.disclosure.topics import Geography
from geo.review.freezing import canonical
from geo.review.pack.gather_names import shared_names
from geo.review.releases import read_releases
from geo.review.review_plan import plan_review
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY
from tests.tinytown.packed import gathered, give_it_out

DISTRICT = Geography("district")
_DAYS = 31  # smaller whole numbers are in every date


def numbers_in(values):
    """Every number anywhere in plain values."""
    if isinstance(values, bool) or values is None:
        return
    if isinstance(values, int | float):
        yield values
    elif isinstance(values, dict):
        for value in values.values():
            yield from numbers_in(value)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from numbers_in(value)


def exact_numbers(pack, found):
    """The team's numbers of clients and what is made of them, as they would be written."""
    parts = ["counted", "like_for_like", "quality", "hubs_held", "rows"]
    written = [*numbers_in([found[name] for name in parts]), *numbers_in(found["areas"]["analysis"]["numbers"])]
    counts = [{name: row[name] for name in row if "reach" in name or "low" in name} for row in found["sites"]["rows"]]
    written += [*numbers_in(counts), *numbers_in([asdict(one) for one in pack.figures]), 347, 341, 341.5, 371]
    written += numbers_in([table.rows for table in pack.tables if table.name not in {"software", "editions"}])
    open_data = {*numbers_in([year["cell_homes"] for year in found["counted"].values()])}
    open_data |= {*numbers_in([year["ward_homes"] for year in found["counted"].values()]), *numbers_in(found["grid"])}
    open_data |= {year["homes_year"] for year in found["counted"].values()}
    return {value for value in written if value > _DAYS and value not in open_data}


def found_in(text, numbers):
    """The numbers that a text holds as words of their own, with or without commas."""
    spelt = {value: {f"{value}", f"{value:,}", f"{value:g}"} for value in numbers}
    return {
        value
        for value, spellings in spelt.items()
        if any(re.search(rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)", text) for word in spellings)
    }


def text_of(pack):
    return json.dumps(asdict(pack), ensure_ascii=False)


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_no_exact_number_of_the_team_is_in_a_pack_for_outside(packs, aggregates, audience) -> None:
    exact = exact_numbers(packs["team"], aggregates["team"])
    given = set(numbers_in([release["rows"] for release in aggregates[audience]["releases"]]))
    given |= {round(value) for value in given} | {release["total"] for release in aggregates[audience]["releases"]}
    secret = exact - given
    assert {187, 164, 127, 83, 271, 37, 82, 347, 341.5} <= secret
    assert found_in(text_of(packs["team"]), secret) >= {187, 164, 127, 83, 271, 37, 82, 347}  # the search finds them
    assert found_in(canonical(aggregates[audience]), secret) == set()
    assert found_in(text_of(packs[audience]), secret) == set()


@pytest.mark.parametrize("audience", ["partner", "public"])
def test_tables_are_as_they_were_given_out(packs, audience) -> None:
    table = packs[audience].table("release_1")
    assert dict(zip(table.column("area"), table.column("clients"), strict=True)) == {
        "Not counted by area": 35, "W1": 270, "W2": 80,
    }  # fmt: skip
    assert "All clients: 390." in table.notes
    pooled = next(one for one in packs[audience].figures if one.name == "clients_pooled")
    assert (pooled.value, pooled.low) == (390, None)


def test_what_was_not_given_out_is_said_and_no_reader_is_told_of_commands(packs) -> None:
    words = packs["public"].sections[1].words
    assert sum("No table of 2024-25 by area has been given out to the public" in word for word in words) == 1
    for audience in ("partner", "public"):
        assert "planner " not in text_of(packs[audience])
    clients = packs["public"].figures[0]
    assert (clients.name, clients.value) == ("clients", None)


def test_partners_see_what_is_public_and_the_public_not_what_is_for_partners(packed) -> None:
    give_it_out(packed, "partner", period="2024-25")
    numbers = {audience: gathered(packed, audience)["releases"] for audience in ("partner", "public")}
    assert [one["number"] for one in numbers["partner"]] == [1, 2]
    assert [one["number"] for one in numbers["public"]] == [1]


def test_nobody_outside_reads_who_made_it_why_it_was_decided_or_what_is_to_be_done(aggregates) -> None:
    for audience in ("partner", "public"):
        text = canonical(aggregates[audience])
        assert "JS" not in text
        assert "reaches" not in text
        assert "Ask the hall" not in text
    assert "JS" in canonical(aggregates["team"])


def test_the_programme_goes_out_without_numbers_and_areas(packs) -> None:
    for audience in ("partner", "public"):
        hub = packs[audience].programme["hubs"][0]
        assert (hub["day"], hub["name"]) == ("2025-09-02", "Harbour Hall")
        assert {hub[name] for name in ("within_reach", "reach", "new_reach", "so_far")} == {0}
        columns = [column.name for column in packs[audience].table("programme").columns]
        assert not {"areas", "within_reach", "new_reach"} & set(columns)
        assert packs[audience].programme["quarters"] == []


def test_partners_are_told_names_of_priority_areas_and_the_public_none(packs, aggregates) -> None:
    assert packs["partner"].table("priority_areas").rows == (("W1",),)
    assert packs["partner"].shapes["area"] == ()
    assert aggregates["public"]["names"] is None
    assert "priorities" not in [section.name for section in packs["public"].sections]


def names_now(council, releases=None):
    plan = plan_review(council, today=TODAY)
    return shared_names(council, plan, read_releases(council) if releases is None else releases)["names"]


def test_an_area_is_not_named_where_a_table_hides_a_part_of_it(packed_template) -> None:
    council = Workspace.open(packed_template)
    release = read_releases(council)[0]
    assert names_now(council, [release]) == ["W1"]
    hidden = replace(release, published=release.published.hide(frozenset({"W1"})))
    assert names_now(council, [hidden]) == []
    assert names_now(council, []) == []


def test_an_area_is_not_named_below_the_threshold(packed, monkeypatch) -> None:
    monkeypatch.setattr("geo.review.pack.gather_names.rule_for", lambda *_: Rule(271, 5, 100, 30, 0.8))
    assert names_now(packed) == []
    monkeypatch.setattr("geo.review.pack.gather_names.rule_for", lambda *_: Rule(270, 5, 100, 30, 0.8))
    assert names_now(packed) == ["W1"]


def test_an_area_is_not_named_by_a_table_of_other_years_or_of_some_clients_only(packed_template) -> None:
    council = Workspace.open(packed_template)
    release = read_releases(council)[0]
    topic = release.published.topic
    years, some = replace(topic.period, name="2024-25"), (("route", "self"),)
    for other in (replace(topic, period=years), replace(topic, filters=some), replace(topic, geography=DISTRICT)):
        assert names_now(council, [replace(release, published=replace(release.published, topic=other))]) == []


def test_no_area_is_named_before_the_review_is_frozen(packed) -> None:
    with packed.store.writing() as connection:
        connection.execute("DELETE FROM freezes")
    assert names_now(packed) == []
