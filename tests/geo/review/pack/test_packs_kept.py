"""A pack is kept as it stood, found again next May, and held against the rows that are left."""

import sqlite3
from datetime import date

import pytest

from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review import intake
from geo.review.audit import read_audit
from geo.review.forgettable import ByPeriod
from geo.review.forgetting import forget
from geo.review.intake import IntakeOptions, take_in
from geo.review.pack.derive import pack_of
from geo.review.pack.gather import gather_pack, with_editions
from geo.review.pack.kept import keep_pack, pack_kept, read_packs, told_kept
from geo.review.pack.source import against_source
from tests.tinytown.council import TODAY, export, make_council, row
from tests.tinytown.giving import fill
from tests.tinytown.little import SITUATIONS, nothing, one_client
from tests.tinytown.packed import gathered, hurry, told

LATER, NEXT_MAY = date(2025, 6, 9), date(2026, 5, 1)


def keep(council, found, *, who="JS", why="", today=TODAY):
    return keep_pack(council, found, who=who, why=why, today=today)


def test_a_pack_is_kept_once_found_again_and_noted(packed, aggregates) -> None:
    kept = keep(packed, aggregates["team"])
    assert (kept.number, kept.review, kept.audience, kept.day) == (1, "2024-25", "team", TODAY)
    assert pack_kept(packed, "2024-25", "team") == kept
    assert kept.aggregates == aggregates["team"]
    assert pack_kept(packed, "2024-25", "public") is None
    line = read_audit(packed.store)[-1]
    assert (line.what, line.detail) == ("pack", f"pack 1 of 2024-25 for team: digest {kept.digest[:12]}")
    assert told_kept(kept).startswith("Kept on 1 June 2025 by JS")
    assert told_kept(None).startswith("Not kept yet")


def test_a_pack_is_superseded_only_with_a_reason_and_both_stay(packed, aggregates) -> None:
    keep(packed, aggregates["team"])
    keep(packed, aggregates["public"])  # another audience needs no reason
    with pytest.raises(BadInputError, match="was kept on 1 June 2025 by JS"):
        keep(packed, aggregates["team"], today=LATER)
    keep(packed, aggregates["team"], why="A late file", today=LATER)
    assert [(one.number, one.superseded_by) for one in read_packs(packed)] == [(1, 3), (2, 0), (3, 0)]
    assert pack_kept(packed, "2024-25", "team").why == "A late file"


def test_somebody_keeps_it_and_only_what_is_a_pack(packed, aggregates) -> None:
    with pytest.raises(BadInputError, match="Say who keeps"):
        keep(packed, aggregates["team"], who=" ")
    with pytest.raises(BadInputError, match="not the numbers of a pack"):
        keep(packed, {"review": "2024-25"})
    with pytest.raises(BadInputError, match="500 letters"):
        keep(packed, aggregates["team"], why="x" * 501)
    with pytest.raises(BadInputError, match="Say who makes"):
        gather_pack(packed, audience="team", today=TODAY, who="")
    with pytest.raises(BadInputError, match="no audience 'press'"):
        gather_pack(packed, audience="press", today=TODAY, who="JS")
    assert read_packs(packed) == ()


def test_a_pack_that_was_changed_is_noticed(packed, aggregates) -> None:
    keep(packed, aggregates["public"])
    with sqlite3.connect(packed.root / "planner.sqlite") as database:
        database.execute("DROP TRIGGER packs_are_not_changed")
        database.execute("UPDATE packs SET content = replace(content, '270', '271')")
    database.close()
    with pytest.raises(WorkspaceError, match="was changed after it was kept"):
        read_packs(packed)


def test_next_may_finds_this_years_frozen_numbers_however_the_register_changed(packed, aggregates) -> None:
    keep(packed, aggregates["team"])
    fill(packed, {"W1": 45, "W2": 8}, day="14/05/2025", start=9_000)
    fill_more(packed)
    pack = told(packed, today=NEXT_MAY)
    clients = next(one for one in pack.figures if one.name == "clients")
    assert (pack.review, pack.earlier, clients.value, clients.earlier) == ("2025-26", "2024-25", 53, 187)
    assert list(pack.table("wards").column("last_year")) == [127, 37]
    words = " ".join(word for section in pack.sections for word in section.words)
    assert "last year's pack said 187; counted again from today's records it is 192." in words
    assert "It said 187; counted again today it is 192." in words


def fill_more(council):
    """Five more clients of the year that was told already, by another source."""
    content = export(*(row(number, postcode="ZZ1 1AB") for number in range(8_000, 8_005)))
    options = IntakeOptions()
    taken = take_in(council, content, file_name="late.csv", feed="Late", options=options, today=NEXT_MAY)
    intake.keep(council, taken)


def test_rows_that_are_all_there_give_the_same_numbers(packed, aggregates) -> None:
    check = against_source(packed, aggregates["team"])
    assert (check.same, check.erased, check.added) == (True, 0, 0)
    assert check.sentences == ("The rows in the workspace still give these numbers.",)


def test_rows_added_since_are_counted_and_what_differs_is_named(packed, aggregates) -> None:
    fill_more(packed)
    check = against_source(packed, aggregates["team"])
    assert (check.same, check.erased, check.added) == (False, 0, 5)
    assert any("2024-25: other are" in one and "then 187 clients, now 192" in one for one in check.differs)
    assert not any(one.startswith("2023-24:") for one in check.differs)


def test_source_rows_erased_since_are_an_answer(packed, aggregates) -> None:
    gone = forget(packed, ByPeriod("2022-23", first_month=4), today=LATER).rows
    check = against_source(packed, aggregates["team"])
    assert (check.erased, check.added) == (gone, 0)
    assert "83 source rows since erased." in check.sentences
    assert not any(one.startswith("2024-25:") for one in check.differs)


def test_a_pack_for_outside_is_held_against_its_releases(packed, aggregates, tmp_path) -> None:
    check = against_source(packed, aggregates["public"])
    assert check.sentences == ("The workspace has these numbers as they were given out.",)  # of rows nothing is said
    empty = make_council(tmp_path / "empty")
    assert against_source(empty, aggregates["public"]).differs == (
        "Release 1 is not in this workspace as it was given out.",
    )
    check = against_source(empty, aggregates["team"])
    assert not check.same
    assert check.sentences[0].startswith("The rows in the workspace no longer")


def test_editions_are_told_as_screens_tell_them(packed, aggregates) -> None:
    renamed = [edition.model_copy(update={"title": "Made up"}) for edition in packed.editions()]
    pack = pack_of(with_editions(aggregates["team"], renamed))
    assert set(pack.table("editions").column("title")) == {"Made up"}


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.__name__)
def test_a_council_that_knows_hardly_anything_gets_a_pack_or_a_sentence(council, situation) -> None:
    situation(council)
    hurry(council)
    for audience in ("team", "public") if situation in {nothing, one_client} else ("team",):
        if situation is nothing:
            with pytest.raises(MissingDataError, match="There are no records yet"):
                gathered(council, audience)
        else:
            pack = told(council, audience)
            assert pack.summary
            assert pack.review == "2024-25"


def test_a_year_without_data_is_said(packed) -> None:
    notes = gathered(packed, today=date(2027, 5, 1))["notes"]
    assert notes == ["There are no records of 2026-27 yet, so this pack is of 2024-25, the newest year on record."]


def test_a_year_without_a_record_among_those_that_are_pooled_is_a_sentence(council) -> None:
    hurry(council)
    fill(council, {"W1": 9}, day="14/05/2022")
    fill(council, {"W1": 9}, day="14/05/2024", start=100)
    with pytest.raises(
        BadInputError, match=r"no records of 2023-24, and the rule pools 2022-23 to 2024-25.*years under"
    ):
        gathered(council)


def test_a_council_without_wards_or_postcodes_gets_a_pack_or_a_sentence(tmp_path) -> None:
    council = make_council(tmp_path / "bare", with_wards=False)
    hurry(council)
    fill(council, {"W1": 30})
    names = {table.name for table in told(council).tables}
    assert "cells" in names
    assert "wards" not in names
    council.gazetteer_path.unlink()
    with pytest.raises(MissingDataError, match="no postcode directory"):
        gathered(council)
