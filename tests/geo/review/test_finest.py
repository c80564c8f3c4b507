"""Cells of resolution 9 are kept by choice and encrypted, or not at all; once unchosen not a byte of them is left."""

import re
from contextlib import closing
from typing import get_args

import pytest

from geo.disclosure.topics import Level
from geo.errors import BadInputError
from geo.evidence.counts import AreaLevel, Selection, count_selected_cells
from geo.evidence.hotspots import find_hotspots
from geo.review.audit import read_audit
from geo.review.dpia_facts import gather_facts
from geo.review.encrypting import encrypt_workspace
from geo.review.encryption import DatabaseKey, cipher_library, sealed_path
from geo.review.finest import COLUMN, kept_resolutions, settle_finest
from geo.review.intake import keep, take_in
from geo.review.maps import episodes_of, grid_of
from geo.review.release_drafts import draft_release
from geo.review.release_tables import Ask, material_of
from geo.schema import RECORDS
from tests.geo.review.older import back_to_version_2
from tests.tinytown.council import TODAY, export, row

pytest.importorskip("sqlcipher3", reason="the extra planner[encryption] is not installed")
KEY = DatabaseKey("c0" * 32)
CONTENT = export(*(row(number) for number in range(1, 30)), row(30, reason="Domestic abuse"), row(31, postcode="NFA"))


@pytest.fixture
def encrypted(council, monkeypatch):
    monkeypatch.setenv("PLANNER_DATABASE_KEY", KEY.digits)
    encrypt_workspace(council, KEY)
    return council


@pytest.fixture
def fine(encrypted):
    """An encrypted council that chose resolution 9 and then added its export."""
    choose(encrypted, 9)
    add(encrypted)
    return encrypted


def choose(council, finest):
    """Edit scenario.toml by hand, as somebody might."""
    path = council.root / "scenario.toml"
    text = re.sub(r"finest = \d+", f"finest = {finest}", path.read_text(encoding="utf-8"))
    assert f"finest = {finest}" in text
    path.write_text(text, encoding="utf-8")


def add(council):
    return keep(council, take_in(council, CONTENT, file_name="x.csv", feed="Housing", today=TODAY))


def cells_in_database(council):
    with council.store.reading() as connection:
        return [cell for (cell,) in connection.execute(f"SELECT {COLUMN} FROM records WHERE {COLUMN} <> 0")]  # noqa: S608 - our own name


def test_a_plain_workspace_keeps_none_whatever_its_options_are_made_to_say(council):
    choose(council, 9)
    add(council)
    assert cells_in_database(council) == []
    assert kept_resolutions(council) == (7, 8)
    assert list(council.records().columns) == list(RECORDS.columns)


def test_an_encrypted_workspace_keeps_none_unless_it_chose_to(encrypted):
    add(encrypted)
    assert cells_in_database(encrypted) == []
    assert kept_resolutions(encrypted) == (7, 8)


@pytest.mark.parametrize("state", ["council", "encrypted"])
def test_what_is_not_kept_is_refused_with_both_conditions_named(request, state):
    council = request.getfixturevalue(state)
    add(council)
    for ask in (
        lambda: grid_of(council, 9),
        lambda: count_selected_cells(episodes_of(council), Selection(), resolution=9),
    ):
        with pytest.raises(BadInputError, match=r"encrypted .* finest = 9 .* choose 7 or 8"):
            ask()


def test_an_encrypted_workspace_that_chose_it_counts_and_tests_by_small_cells(fine):
    assert len(cells_in_database(fine)) == 29
    episodes = episodes_of(fine)
    counts = count_selected_cells(episodes, Selection(), resolution=9)
    coarse = count_selected_cells(episodes, Selection(), resolution=8)
    assert (counts.episodes, counts.located) == (coarse.episodes, coarse.located)
    assert counts.unmapped == coarse.unmapped == {"district_only": 1, "no_fixed_abode": 1}
    grid = grid_of(fine, 9)
    assert set(counts.cells["cell"]) <= set(grid.cells["cell"])
    assert find_hotspots(counts, grid, test="excess").table["count"].sum() == counts.located


def test_rows_taken_in_before_are_named_and_not_lost(encrypted):
    add(encrypted)
    choose(encrypted, 9)
    counts = count_selected_cells(episodes_of(encrypted), Selection(), resolution=9)
    assert (counts.located, counts.unmapped["no_fine_cell"]) == (0, 29)
    report = add(encrypted)
    assert (report.updated, report.changes) == (29, {"cell": 29})
    assert count_selected_cells(episodes_of(encrypted), Selection(), resolution=9).located == 29


def test_a_row_of_domestic_abuse_brings_no_small_cell_either(fine):
    kept = fine.records()
    assert (kept.loc[kept["reason"].str.contains("abuse", case=False), [COLUMN, "h3_8"]] == 0).all().all()
    with fine.store.writing() as connection:
        connection.execute("UPDATE records SET reason = 'domestic abuse'")
    assert (fine.records()[COLUMN] == 0).all()


def test_switched_off_it_is_erased_at_the_next_count_and_the_log_says_so(fine):
    assert fine.store.meta("finest_kept") == "9"
    choose(fine, 8)
    assert COLUMN not in fine.records()
    assert cells_in_database(fine) == []
    assert fine.store.meta("finest_kept") == ""
    last = read_audit(fine.store)[-1]
    assert (last.what, last.detail) == ("scenario change", "keeping: hexagons of resolution 9 erased, rows 29")
    settle_finest(fine)
    assert read_audit(fine.store)[-1] == last


def test_decrypted_by_hand_not_a_byte_of_it_is_left_after_the_next_count(fine):
    """Somebody takes the lock off with SQLCipher's own tools: the options still say 9, and the file is plain."""
    cells = set(cells_in_database(fine))
    sealed = sealed_path(fine.store.plain_path)
    with closing(cipher_library().connect(str(sealed), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = {KEY.quoted}")
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(fine.store.plain_path),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        connection.execute(f"PRAGMA plain.user_version = {connection.execute('PRAGMA user_version').fetchone()[0]}")
    sealed.unlink()
    assert any(written_in(fine, cell) for cell in cells)
    assert COLUMN not in fine.records()
    assert cells_in_database(fine) == []
    assert not any(written_in(fine, cell) for cell in cells)


def test_an_unfinished_erasure_is_finished_the_next_time(fine, monkeypatch):
    choose(fine, 8)
    with monkeypatch.context() as patch:
        patch.setattr("geo.review.store.Store.rewrite", lambda _: False)
        assert COLUMN not in fine.records()
    assert fine.store.meta("finest_kept") == "9"
    fine.records()
    assert fine.store.meta("finest_kept") == ""


def test_no_release_knows_of_it_and_the_dpia_does(fine):
    assert COLUMN not in (*get_args(Level), *get_args(AreaLevel))
    with pytest.raises(BadInputError):
        draft_release(fine, Ask("partner", "h3_9", "2024-25"), today=TODAY, material=material_of(fine))
    assert "resolution 9" in gather_facts(fine, today=TODAY).words["cells"]


def test_a_workspace_of_version_2_is_given_the_column_and_no_cell(council):
    add(council)
    back_to_version_2(council.store.path)
    assert len(council.records()) == 31
    assert cells_in_database(council) == []
    assert add(council).unchanged == 31


def written_in(council, cell):
    needle = cell.to_bytes(8, "big")  # as SQLite writes a whole number of eight bytes
    return any(needle in path.read_bytes() for path in council.root.iterdir() if path.is_file())
