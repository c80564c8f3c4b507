"""`planner pack`: made for an audience, written, kept, listed and checked."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from commands import shared
from commands.main import app
from geo.errors import BadInputError
from layers.pack import bundle, making, verify
from layers.pack.files import pack_files
from tests.tinytown.council import TODAY
from tests.tinytown.packed import packed_copy

SLOW = ("report", "briefing", "maps/")


def _quick(pack, calendar):
    return tuple(one for one in pack_files(pack, calendar) if not one.name.startswith(SLOW))


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return packed_copy(tmp_path_factory, tmp_path_factory.mktemp("pack") / "Tinytown")


@pytest.fixture(autouse=True)
def _made_quickly_on_a_day(monkeypatch) -> None:
    for module in (bundle, making, verify):
        monkeypatch.setattr(module, "pack_files", _quick)
    monkeypatch.setattr("commands.pack.today", lambda: TODAY)
    monkeypatch.delenv("PLANNER_WORKSPACE", raising=False)


def _run(*words):
    return CliRunner().invoke(app, ["pack", *map(str, words)])


def test_a_pack_is_made_kept_listed_and_checked_in_another_folder(council, tmp_path) -> None:
    place = tmp_path / "elsewhere" / "pack.zip"
    place.parent.mkdir()
    made = _run("--workspace", council.root, "--out", place, "--keep", "--who", "JS", "--json")
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert (told["review"], told["audience"], told["kept"], told["written"]) == ("2024-25", "team", 1, ["pack.zip"])
    assert told["figures"][0]["name"] == "clients"
    listed = json.loads(_run("list", "--workspace", council.root, "--json").stdout)["packs"]
    assert [(one["number"], one["digest"], one["who"]) for one in listed] == [(1, told["digest"], "JS")]
    asked = _run("--verify", place, "--workspace", council.root)
    assert "Pack 1 of the workspace, kept on 1 June 2025 by JS, has this very digest." in asked.stdout
    assert asked.exit_code == 0
    assert "The same, digit for digit" in asked.stdout
    _forge(place)
    forged = _run("--verify", place, "--json")
    assert forged.exit_code == 1
    assert json.loads(forged.stdout)["same"] is False


def _forge(place) -> None:
    with zipfile.ZipFile(place) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["tables/wards-team-only.csv"] = files["tables/wards-team-only.csv"].replace(b",127,", b",121,")
    with zipfile.ZipFile(place, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_a_new_folder_gets_the_files_and_the_zip_that_can_be_checked(council, tmp_path) -> None:
    out = tmp_path / "May"
    made = _run("--workspace", council.root, "--for", "public", "--who", "JS", "--out", out)
    assert made.exit_code == 0, made.output
    names = {path.name for path in out.iterdir()}
    assert {"README.txt", "pack-public.xlsx", "tables", "review-pack-2024-25-public.zip"} <= names
    assert _run("--verify", out / "review-pack-2024-25-public.zip").exit_code == 0
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--keep"], "Say who keeps the pack"),
        (["--review", "2019-20"], "No pack of 2019-20"),
        (["--out", "nowhere/pack.zip"], "There is no folder for pack.zip"),
        (["lists"], "is nothing the planner knows"),
        (["--verify", "nothing.zip"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(council, words, sentence) -> None:
    answer = _run(*words, "--workspace", council.root)
    assert isinstance(answer.exception, shared.MissingDataError | BadInputError)
    assert sentence in str(answer.exception)


def test_a_folder_that_holds_something_is_left_alone(council, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    answer = _run("--workspace", council.root, "--out", tmp_path)
    assert "holds something" in str(answer.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
