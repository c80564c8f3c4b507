"""The fictional district is made once, wholly, and by the functions that a council's own files go through."""

import json
from datetime import date

import pytest

from geo.errors import BadInputError
from geo.review.workspace import Workspace
from layers import sample

TODAY = date(2026, 5, 1)


@pytest.fixture
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("PLANNER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_its_rows_become_what_was_planted() -> None:
    truth = json.loads((sample.SAMPLE_DATA / "truth.json").read_text(encoding="utf-8"))
    planted: dict[str, int] = {}
    for file in truth["files"].values():
        for status, rows in file["status"].items():
            planted[status] = planted.get(status, 0) + rows
    found = sample.open_sample(today=TODAY).status_counts()
    assert {status: rows for status, rows in found.items() if rows} == planted


def test_it_is_made_once(own_cache, monkeypatch) -> None:
    steps: list[str] = []
    first = sample.open_sample(today=TODAY, progress=lambda step, _share: steps.append(step))
    assert "Reading its postcodes" in steps
    monkeypatch.setattr(sample, "write_sample", None)
    assert sample.open_sample(today=TODAY).root == first.root
    assert [path.name for path in own_cache.iterdir()] == [first.root.name]


def test_a_failure_half_way_leaves_nothing_behind(own_cache, monkeypatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    monkeypatch.setattr(sample, "add_institutions", fail)
    with pytest.raises(OSError, match="disk is full"):
        sample.open_sample(today=TODAY)
    assert list(own_cache.iterdir()) == []


def test_where_another_process_was_quicker_its_workspace_is_used(own_cache) -> None:
    other = sample.open_sample(today=TODAY)
    assert other.root.parent == own_cache
    draft = other.root.with_name("draft")
    draft.mkdir()
    sample._move_into_place(draft, other.root)
    assert Workspace.open(other.root).scenario.name == sample.NAME


def test_a_folder_that_holds_something_is_refused(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInputError, match="is not empty"):
        sample.write_sample(tmp_path, today=TODAY)


@pytest.mark.usefixtures("own_cache")
def test_its_office_stands_on_a_postcode_of_its_own() -> None:
    made = sample.open_sample(today=TODAY)
    assert made.gazetteer().lookup([made.scenario.office_postcode])["terminated"].tolist() == [0]


@pytest.mark.usefixtures("own_cache")
def test_no_publisher_is_named_for_what_was_made_up() -> None:
    told = sample.told_editions(sample.open_sample(today=TODAY))
    assert {edition.licence for edition in told} == {"CC0"}
    assert {edition.attribution for edition in told} == {sample.FICTIONAL_LINE}
