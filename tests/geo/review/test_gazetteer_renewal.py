"""The postcode list takes the place of the old one in one step, or the old one stays: on Windows too."""

from contextlib import suppress
from pathlib import Path

import pytest

from geo.errors import WorkspaceError
from geo.review import gazetteer_renewal
from geo.review.changes import changes_since
from geo.review.gazetteer_renewal import renew_gazetteer
from tests.tinytown import council as town
from tests.tinytown.council import TODAY


@pytest.fixture
def newer(tmp_path) -> Path:
    source = tmp_path / "zz_2025-08.csv"
    source.write_text(town.code_point_open({**town.LIVE, "ZZ1 4AA": (641_000, 422_000)}))
    return source


def replacing(monkeypatch, council, instead) -> None:
    """Do something else where the file is about to take its place."""
    whole = Path.replace

    def replace(path, target):
        return instead(whole, path, target) if Path(target) == council.gazetteer_path else whole(path, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not tell which files are open")
def test_nobody_here_holds_the_old_file_open_when_it_is_replaced(council, newer, monkeypatch) -> None:
    held = []

    def look(whole, path, target):
        for link in list(Path("/proc/self/fd").iterdir()):
            with suppress(OSError):  # the listing's own
                held.append(str(link.readlink()))
        return whole(path, target)

    replacing(monkeypatch, council, look)
    renew_gazetteer(council, [newer], today=TODAY)
    assert held
    assert [name for name in held if "gazetteer.parquet" in name] == []


def test_a_file_that_is_open_for_a_moment_is_replaced_a_moment_later(council, newer, monkeypatch) -> None:
    refusals = [PermissionError(13, "in use"), PermissionError(13, "in use")]

    def refuse(whole, path, target):
        if refusals:
            raise refusals.pop()
        return whole(path, target)

    replacing(monkeypatch, council, refuse)
    monkeypatch.setattr(gazetteer_renewal, "_PAUSES_S", (0, 0, 0))
    assert renew_gazetteer(council, [newer], today=TODAY).gazetteer.counts()["postcodes"] == len(town.LIVE) + 2


@pytest.mark.parametrize("error", [PermissionError(13, "in use"), OSError(5, "broken")])
def test_one_that_stays_open_is_a_sentence_and_the_old_one_stays(council, newer, monkeypatch, error) -> None:
    def refuse(_whole, _path, _target):
        raise error

    before = council.gazetteer_path.read_bytes()
    replacing(monkeypatch, council, refuse)
    monkeypatch.setattr(gazetteer_renewal, "_PAUSES_S", (0, 0))
    with pytest.raises(WorkspaceError, match=r"another program has it open.* The postcodes in use stay"):
        renew_gazetteer(council, [newer], today=TODAY)
    assert council.gazetteer_path.read_bytes() == before
    assert [path.name for path in council.root.glob(".*unfinished")] == []
    assert changes_since(council, only=["gazetteer"]).sets == ()
