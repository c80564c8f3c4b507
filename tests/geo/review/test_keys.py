"""The key lives outside the workspace; without it nothing new can be matched."""

import os
import stat

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.review.intake import keep, take_in
from geo.review.keys import Key, key_path, load_key, make_key
from tests.tinytown.council import TODAY, export, make_council, row


@pytest.fixture
def unnamed(monkeypatch):
    monkeypatch.delenv("PLANNER_KEY")


def add(council):
    return keep(council, take_in(council, export(row(1)), file_name="x.csv", feed="A", today=TODAY))


@pytest.mark.usefixtures("unnamed")
def test_a_new_workspaces_key_is_a_file_only_its_user_can_read(tmp_path, own_configuration):
    council = make_council(tmp_path / "w")
    (file,) = own_configuration.rglob("*.key")
    assert file == key_path(council.store.meta("workspace_id"))
    assert len(bytes.fromhex(file.read_text())) == 32
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("unnamed")
def test_without_its_key_a_workspace_opens_but_takes_nothing_in(tmp_path):
    council = make_council(tmp_path / "w")
    add(council)
    file = key_path(council.store.meta("workspace_id"))
    content = file.read_bytes()
    file.unlink()
    assert len(council.records()) == 1
    with pytest.raises(MissingDataError, match=r"copy the key file .* or set PLANNER_KEY"):
        add(council)
    file.write_bytes(content)
    assert add(council).unchanged == 1


@pytest.mark.usefixtures("unnamed")
def test_another_workspaces_key_is_not_taken_for_its_own(tmp_path, monkeypatch):
    council = make_council(tmp_path / "w")
    monkeypatch.setenv("PLANNER_KEY", "ab" * 32)
    with pytest.raises(BadInputError, match="not the key of this workspace"):
        add(council)


@pytest.mark.usefixtures("unnamed")
def test_a_key_in_the_environment_works_on_another_machine(tmp_path, monkeypatch):
    council = make_council(tmp_path / "w")
    add(council)
    file = key_path(council.store.meta("workspace_id"))
    monkeypatch.setenv("PLANNER_KEY", file.read_text())
    file.unlink()
    assert add(council).unchanged == 1


@pytest.mark.parametrize("text", ["xyz", "ab", "z" * 64])
def test_what_is_no_key_is_refused_without_being_quoted(monkeypatch, text):
    monkeypatch.setenv("PLANNER_KEY", text)
    with pytest.raises(BadInputError, match="PLANNER_KEY is not a key") as refused:
        make_key("id")
    assert text not in str(refused.value)


def test_a_key_never_shows_itself(monkeypatch):
    monkeypatch.setenv("PLANNER_KEY", "41" * 32)
    key = make_key("id")
    assert "A" * 8 not in repr(key)
    assert "41" not in repr(key)
    assert load_key("id", check=key.digest("check", "id")) == key


def test_a_hash_depends_on_the_key_the_kind_and_every_part():
    one, other = Key(b"1" * 32), Key(b"2" * 32)
    hashes = {
        one.digest("record", "a", "b"),
        one.digest("record", "ab"),
        one.digest("place", "a", "b"),
        other.digest("record", "a", "b"),
    }
    assert len(hashes) == 4
