"""What is forgotten is gone: from every working table, and from the bytes of the database's files."""

import json
import os
import sqlite3
from datetime import date

import pytest

from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review import store as store_module
from geo.review.audit import read_audit, verify_audit
from geo.review.forgettable import ByAge, ByPeriod, ByReference, BySource
from geo.review.forgetting import WORKING_TABLES, erased_since, forget, would_forget
from geo.review.freezing import freeze, read_frozen
from geo.review.retention import count_older, oldest_month
from tests.tinytown.council import TODAY, export, row

REASON = "fire, flood or other emergency"  # the planner's own category, unlike any other text of the workspace
APRIL = 4


def by_reference(council, reference, feed=""):
    return ByReference(reference, council.key(), feed)


def raw(council):
    """Every byte of the database's files, journals included."""
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


def log(council):
    return [(line.what, line.detail) for line in read_audit(council.store)]


def test_a_household_is_forgotten_in_every_feed_and_nobody_else_is(council, add):
    add(export(row(1), row(2), row(3)))
    add(export(row(1), row(4)), feed="Food bank")
    done = forget(council, by_reference(council, " H1 "), today=TODAY)
    assert done.rows == 2
    assert done.parts == {"by household reference in Food bank": 1, "by household reference in Housing": 1}
    kept = council.records()
    assert kept.groupby("feed").size().to_dict() == {"Housing": 2, "Food bank": 1}
    assert council.key().digest("household", "H1") not in set(kept["household"])


def test_a_case_number_is_forgotten_with_its_repeats(council, add):
    add(export(row(1), row(1), row(2)))
    done = forget(council, by_reference(council, "R1"), today=TODAY)
    assert done.parts == {"by case number in Housing": 2}
    assert len(council.records()) == 1


def test_one_number_of_two_systems_can_be_told_apart(council, add):
    add(export(row(1)))
    add(export(row(1)), feed="Food bank")
    assert would_forget(council, by_reference(council, "H1")).rows == 2
    assert forget(council, by_reference(council, "H1", "food BANK"), today=TODAY).rows == 1
    assert council.records()["feed"].tolist() == ["Housing"]


def test_a_row_found_by_both_its_references_counts_once(council, add):
    add(export("7,7,14/05/2024,ZZ1 1AA,Self,,,,,", row(2)))
    assert forget(council, by_reference(council, "7.0"), today=TODAY).rows == 1


def test_looking_first_removes_nothing_and_says_the_number_that_is_then_removed(council, add):
    add(export(row(1), row(2)))
    before = council.records()
    looked = would_forget(council, by_reference(council, "H1"))
    assert council.records().equals(before)
    assert log(council)[-1][0] == "import"
    done = forget(council, by_reference(council, "H1"), today=TODAY)
    assert (looked.rows, looked.parts, looked.emptied) == (done.rows, done.parts, done.emptied)


def test_an_unknown_reference_removes_nothing_and_the_search_is_on_record(council, add):
    add(export(row(1)))
    done = forget(council, by_reference(council, "never seen"), today=TODAY)
    assert (done.rows, len(council.records())) == (0, 1)
    assert log(council)[-1] == ("forgetting", "one reference: rows 0")
    assert erased_since(council, date(2000, 1, 1)) == 0


@pytest.mark.parametrize("text", ["", "  ", "n/a", "-"])
def test_a_reference_that_says_there_is_none_forgets_nobody(council, add, text):
    add(export(row(1), "R9,,14/05/2024,ZZ1 1AA,Self,,,,,"))
    with pytest.raises(BadInputError, match="No reference was given"):
        forget(council, by_reference(council, text), today=TODAY)
    assert len(council.records()) == 2


def test_the_log_says_that_somebody_was_forgotten_but_not_who(council, add):
    add(export(row(7731)))
    forget(council, by_reference(council, "R7731"), today=TODAY)
    said = json.dumps([vars(line) for line in read_audit(council.store)])
    assert "7731" not in said
    assert log(council)[-1] == ("forgetting", "one reference: rows 1")
    assert verify_audit(council.store).whole


def test_a_source_is_forgotten_with_its_columns_and_its_history(council, add):
    add(export(row(1), row(2)))
    add(export(row(3)), feed="Citizens Advice")
    done = forget(council, BySource("citizens  advice"), today=TODAY)
    assert (done.rows, done.emptied) == (1, ("Citizens Advice",))
    assert [feed.name for feed in council.feeds()] == ["Housing"]
    with council.store.reading() as connection:
        assert [feed for (feed,) in connection.execute("SELECT feed FROM imports")] == ["Housing"]


def test_a_referring_agency_is_forgotten_in_the_feeds_of_others(council, add):
    rows = [row(number, source="Probation Service") for number in range(1, 7)]
    add(export(*rows, row(8)))
    known = set(council.records()["source"])
    agency = next(source for source in known if source != "Housing")
    done = forget(council, BySource(agency.upper()), today=TODAY)
    assert done.parts == {"as a referring agency": 6}
    assert done.emptied == ()
    assert len(council.records()) == 1


def test_a_source_nobody_knows_is_told_with_those_that_are_known(council, add):
    add(export(row(1)))
    with pytest.raises(BadInputError, match=r"No source .* Sources: Housing\.") as refused:
        forget(council, BySource("Jane Quillfeather"), today=TODAY)
    assert "Quillfeather" not in str(refused.value)
    with pytest.raises(BadInputError, match="No source"):
        would_forget(council, by_reference(council, "H1", "Jane"))


def test_a_period_is_forgotten_from_rows_and_from_the_history(council, add):
    add(export(row(1, day="31/03/2024"), row(2, day="01/04/2024"), row(3, day="30/04/2025")))
    done = forget(council, ByPeriod("2023-24", APRIL), today=TODAY)
    assert done.rows == 1
    assert sorted(council.records()["month"]) == ["2024-04", "2025-04"]
    with council.store.reading() as connection:
        reports = [json.loads(text) for (text,) in connection.execute("SELECT report FROM imports")]
    assert [set(report["periods"]) for report in reports] == [{"2024-25", "2025-26"}]
    assert forget(council, ByPeriod("2024-25..2025-26", APRIL), today=TODAY).emptied == ("Housing",)
    assert council.feeds() == ()


def test_a_period_that_is_none_is_refused(council, add):
    add(export(row(1)))
    with pytest.raises(BadInputError):
        forget(council, ByPeriod("last year", APRIL), today=TODAY)
    assert len(council.records()) == 1


def test_what_is_older_than_the_limit_is_forgotten(council, add):
    add(export(row(1, day="31/05/2019"), row(2, day="01/06/2019"), row(3)))
    assert count_older(council, today=TODAY) == 1  # six years before June 2025
    limit = oldest_month(council.scenario.keeping.keep_years, TODAY)
    assert forget(council, ByAge(limit), today=TODAY).rows == 1
    assert log(council)[-1] == ("retention", "older than 2019-06: rows 1")
    assert count_older(council, today=TODAY) == 0


def test_without_a_limit_nothing_is_too_old(council, add):
    add(export(row(1, day="31/05/2001")))
    keeping = council.scenario.keeping.model_copy(update={"keep_years": 0})
    council.save_scenario(council.scenario.model_copy(update={"keeping": keeping}))
    assert count_older(council, today=TODAY) == 0
    assert forget(council, ByAge(oldest_month(0, TODAY)), today=TODAY).rows == 0
    assert len(council.records()) == 1


def test_not_a_byte_of_a_forgotten_row_is_left_in_the_database_s_files(council, add):
    other = sqlite3.connect(council.store.path)  # a screen that is open elsewhere: the write-ahead log stays with it
    other.execute("SELECT * FROM meta").fetchall()
    common = [row(number, day="20/06/2024") for number in range(2, 400)]
    add(export(row(1, reason="Fire or flood"), *common))
    kept = council.records()
    rare = kept[kept["reason"] == REASON]
    marks = [rare["record"].iloc[0], rare["household"].iloc[0], REASON]
    assert all(mark.encode() in raw(council) for mark in marks)
    assert council.store.path.with_name("planner.sqlite-wal").stat().st_size > 0
    done = forget(council, by_reference(council, "H1"), today=TODAY)
    assert done.rewritten
    assert [mark for mark in marks if mark.encode() in raw(council)] == []
    assert kept["record"].iloc[-1].encode() in raw(council)  # so that looking would have found them
    other.close()


def test_without_a_write_ahead_log_the_bytes_go_too(council, add, monkeypatch):
    monkeypatch.setattr(store_module, "journal_mode", lambda _: "delete")
    add(export(row(1, reason="Fire or flood"), row(2)))
    assert REASON.encode() in raw(council)
    assert forget(council, by_reference(council, "R1"), today=TODAY).rewritten
    assert REASON.encode() not in raw(council)


def test_a_program_that_is_reading_is_waited_for_and_then_told(council, add, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    add(export(row(1), row(2)))
    other = sqlite3.connect(council.store.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM meta").fetchall()
    done = forget(council, by_reference(council, "H1"), today=TODAY)
    assert (done.rows, done.rewritten) == (1, False)
    other.execute("ROLLBACK")
    other.close()
    assert forget(council, by_reference(council, "H1"), today=TODAY).rewritten  # asked again, it is done


def test_while_another_program_writes_nothing_is_forgotten(council, add, monkeypatch):
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.1)
    add(export(row(1)))
    other = sqlite3.connect(council.store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="Nothing was changed"):
        forget(council, by_reference(council, "H1"), today=TODAY)
    other.execute("ROLLBACK")
    other.close()
    assert len(council.records()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no rights of this kind")
def test_a_read_only_database_is_told_so_and_loses_nothing(council, add, monkeypatch):
    add(export(row(1)))
    prepare = store_module.Store._prepare

    def read_only(self, connection):  # the administrator may write anywhere, so SQLite's own refusal stands in
        prepare(self, connection)
        connection.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(store_module.Store, "_prepare", read_only)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        forget(council, by_reference(council, "H1"), today=TODAY)
    monkeypatch.undo()
    assert len(council.records()) == 1


def test_without_the_key_nobody_can_be_found(council, monkeypatch):
    monkeypatch.delenv("PLANNER_KEY")
    with pytest.raises(MissingDataError, match="cannot be matched"):
        by_reference(council, "H1")


def test_a_frozen_analysis_stays_and_says_how_many_of_its_rows_are_gone(council, add):
    add(export(*(row(number) for number in range(1, 6))))
    forget(council, by_reference(council, "H1"), today=date(2025, 5, 1))
    frozen = freeze(council, review="2024-25", content={"rows": 4}, who="JS", today=date(2025, 5, 10))
    forget(council, by_reference(council, "H2"), today=date(2025, 5, 10))
    forget(council, BySource("Housing"), today=date(2025, 6, 1))
    assert read_frozen(council) == (frozen,)
    assert erased_since(council, frozen.day) == 4
    assert erased_since(council, date(2025, 5, 1)) == 5
    with council.store.reading() as connection:
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(erased)")]
    assert columns == ["number", "day", "rows"]  # nothing that tells who was forgotten


def test_what_comes_again_with_the_next_export_is_kept_again(council, add):
    add(export(row(1), row(2)))
    forget(council, by_reference(council, "H1"), today=TODAY)
    assert add(export(row(1), row(2))).added == 1


def test_every_table_that_tells_of_rows_or_feeds_is_one_that_forgetting_knows(council):
    """A new table that holds a record, a household or a feed must be thought of here."""
    stay = {"agreements", "walk_agencies"}  # a paper between two bodies, and who can walk when: no client, no place
    with council.store.reading() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            table: {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")} for table in tables
        }
    telling = {table for table, names in columns.items() if names & {"record", "household", "feed", "month"}}
    walking = {table for table in tables if table.startswith("walk")} | {"snapshots", "rotas"}
    assert (telling | walking) - stay == set(WORKING_TABLES)


def test_forgetting_everything_leaves_a_workspace_that_works(council, add):
    add(export(row(1), row(2)))
    forget(council, BySource("Housing"), today=TODAY)
    assert council.records().empty
    assert add(export(row(1))).added == 1
