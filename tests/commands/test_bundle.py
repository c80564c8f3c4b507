"""`planner bundle`: a folder for a locked-down laptop, made of checked parts, and checked again where it arrives."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands.bundling import own
from commands.bundling.build import build_bundle
from commands.bundling.checking import check_bundle
from commands.bundling.embedded import python_of
from commands.bundling.plan import Plan
from commands.bundling.wheels import choose_wheels, unpack_wheel, windows_tags
from commands.main import app
from geo.errors import BadInputError, MissingDataError
from tests.commands.bundle_parts import ARM64, make_embedded, make_wheel

NEEDS = ["alpha>=1", "beta; sys_platform == 'win32'", "gamma; sys_platform != 'win32'"]
DAY = date(2026, 5, 1)


@pytest.fixture
def wheels(tmp_path):
    folder = tmp_path / "wheels"
    folder.mkdir()
    make_wheel(folder, "alpha", "1.0")
    make_wheel(folder, "alpha", "2.0", requires=["delta"], files={"alpha-2.0.data/scripts/alpha": "#!/bin/sh\n"})
    make_wheel(folder, "beta", tag="cp311-cp311-win_amd64")
    make_wheel(folder, "delta", tag="cp38-abi3-win_amd64", files={"delta-1.0.data/platlib/delta_more.py": "MORE = 1\n"})
    make_wheel(folder, "stranger")
    return folder


@pytest.fixture(autouse=True)
def _small_program(monkeypatch):
    """The planner as one file that needs two packages."""
    monkeypatch.setattr(own, "PARTS", ("app.py",))
    monkeypatch.setattr(own, "_project", lambda: {"version": "0.1.0", "dependencies": NEEDS, "license": "MIT"})


@pytest.fixture
def plan(tmp_path, wheels):
    open_data = tmp_path / "codepo_gb.zip"
    open_data.write_bytes(b"open data")
    python = make_embedded(tmp_path / "python-3.11.9-embed-amd64.zip")
    return Plan("windows", python, wheels, files=(open_data,))


@pytest.fixture
def made(tmp_path, plan):
    return build_bundle(tmp_path / "bundle", plan, today=DAY, tell=lambda _words: None)


def test_a_bundle_for_windows_holds_what_windows_needs_and_nothing_else(made) -> None:
    there = {path.name for path in (made.folder / "site-packages").iterdir() if not path.name.startswith("__")}
    assert {"alpha", "beta", "delta", "delta_more.py", "app.py"} <= there
    assert not {"gamma", "stranger", "alpha-1.0.dist-info"} & there
    manifest = json.loads((made.folder / "bundle.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in manifest["packages"]] == ["alpha", "beta", "delta"]
    assert all(len(one["sha256"]) == 64 and one["wheel"].endswith(".whl") for one in manifest["packages"])
    assert (manifest["for"], manifest["python"], manifest["made"]) == ("windows", "3.11", "2026-05-01")
    assert len(manifest["python_archive"]["sha256"]) == 64


def test_windows_python_is_told_to_look_into_the_bundle_alone(made) -> None:
    text = (made.folder / "python/python311._pth").read_bytes()
    assert text == b"python311.zip\r\n.\r\n../site-packages\r\n"  # without `import site`: no other folder is added


def test_every_package_gives_its_licence(made) -> None:
    folders = {path.name for path in (made.folder / "LICENSES").iterdir()}
    assert folders == {"alpha-2.0", "beta-1.0", "delta-1.0", "hotspot-planner-0.1.0", "Python.txt"}
    assert (made.folder / "LICENSES/beta-1.0/LICENSE").read_text(encoding="utf-8") == "The licence of beta."
    manifest = json.loads((made.folder / "bundle.json").read_text(encoding="utf-8"))
    assert manifest["licences"]["alpha 2.0"] == "MIT"


def test_open_data_is_laid_in(made) -> None:
    assert (made.folder / "open data/codepo_gb.zip").read_bytes() == b"open data"


def test_a_whole_bundle_is_said_to_be_whole_wherever_it_is(made, tmp_path) -> None:
    moved = tmp_path / "Größe ü" / "a stick"
    moved.parent.mkdir()
    made.folder.rename(moved)
    found = check_bundle(moved)
    assert found.held.whole
    assert found.digest == made.digest
    answer = CliRunner().invoke(app, ["bundle", "--check", str(moved)])
    assert answer.exit_code == 0
    assert "The bundle is whole." in answer.output
    assert made.digest in answer.output


def test_a_file_that_was_changed_removed_or_added_is_named(made) -> None:
    (made.folder / "site-packages/alpha/__init__.py").write_text("import os", encoding="utf-8")
    (made.folder / "site-packages/beta/__init__.py").unlink()
    (made.folder / "site-packages/sitecustomize.py").write_text("", encoding="utf-8")
    (made.folder / "site-packages/linked").symlink_to(made.folder.parent)
    held = check_bundle(made.folder).held
    assert held.changed == ("site-packages/alpha/__init__.py",)
    assert held.missing == ("site-packages/beta/__init__.py",)
    assert held.strange == ("site-packages/linked", "site-packages/sitecustomize.py")
    answer = CliRunner().invoke(app, ["bundle", "--check", str(made.folder), "--json"])
    assert answer.exit_code == 1
    assert json.loads(answer.output)["whole"] is False


def test_a_list_that_was_made_to_fit_a_changed_file_is_seen_through(made) -> None:
    sums = made.folder / "SHA256SUMS"
    sums.write_text(sums.read_text(encoding="utf-8").replace("app.py", "ape.py"), encoding="utf-8")
    with pytest.raises(BadInputError, match="was changed"):
        check_bundle(made.folder)


@pytest.mark.parametrize("content", [None, "no json", "[]", '{"sums": "x"}'])
def test_a_folder_that_is_no_bundle_is_told_in_a_sentence(tmp_path, content) -> None:
    if content is not None:
        (tmp_path / "bundle.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"no bundle|damaged"):
        check_bundle(tmp_path)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"machine": ARM64}, "64-bit Intel or AMD"),
        ({"without": "vcruntime140_1.dll"}, "vcruntime140_1.dll is missing"),
        ({"without": "python311.dll"}, "no embeddable Python"),
        ({"extra": {"../outside.txt": "x"}}, "leaves its folder"),
        ({"extra": {"C:/outside.txt": "x"}}, "leaves its folder"),
    ],
)
def test_a_wrong_python_is_refused_in_a_sentence_and_nothing_is_left(tmp_path, wheels, how, said) -> None:
    python = make_embedded(tmp_path / "p.zip", **how)
    with pytest.raises(BadInputError, match=said):
        build_bundle(tmp_path / "b", Plan("windows", python, wheels), today=DAY, tell=lambda _words: None)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith((".b", "b"))) == []


def test_what_is_no_zip_or_not_there_is_told(tmp_path) -> None:
    (tmp_path / "page.zip").write_text("<html>Sign in</html>", encoding="utf-8")
    for name, said in (("page.zip", "no zip"), ("gone.zip", "no file"), (".", "is a folder")):
        with pytest.raises(BadInputError, match=said):
            python_of(tmp_path / name)


def test_a_wheel_that_is_not_what_its_list_says_is_refused(tmp_path, wheels, plan) -> None:
    make_wheel(wheels, "beta", "3.0", tag="cp311-cp311-win_amd64", spoil="beta/__init__.py")
    with pytest.raises(BadInputError, match="not what its own list says"):
        build_bundle(tmp_path / "b", plan, today=DAY, tell=lambda _words: None)
    assert not (tmp_path / "b").exists()


def test_two_wheels_that_bring_the_same_file_with_another_content_are_refused(tmp_path, wheels) -> None:
    shared = make_wheel(wheels, "epsilon", files={"alpha/__init__.py": "other\n"})
    chosen = choose_wheels(wheels, ["alpha", "epsilon"], tags=windows_tags("3.11"), machine={})
    assert shared in {wheel.path for wheel in chosen}
    with pytest.raises(BadInputError, match="Two packages both bring"):
        [unpack_wheel(wheel, tmp_path / "out") for wheel in chosen]


def test_missing_packages_are_named_with_what_to_do(tmp_path, wheels, plan) -> None:
    next(wheels.glob("delta*")).unlink()
    next(wheels.glob("beta*")).unlink()
    with pytest.raises(MissingDataError, match="no wheel that fits for beta, delta"):
        build_bundle(tmp_path / "b", plan, today=DAY, tell=lambda _words: None)


def test_a_wheel_for_another_system_is_no_wheel_for_windows(wheels) -> None:
    next(wheels.glob("beta*")).unlink()
    make_wheel(wheels, "beta", tag="cp311-cp311-manylinux_2_28_x86_64")
    make_wheel(wheels, "beta", tag="cp312-cp312-win_amd64")
    with pytest.raises(MissingDataError, match="beta"):
        choose_wheels(wheels, ["beta"], tags=windows_tags("3.11"), machine={})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "--out"),
        (["--out", "b", "--for", "mac"], "windows or linux"),
        (["--out", "b", "--for", "windows"], "--python"),
        (["--out", "b", "--for", "linux", "--python", "p.zip"], "leave --python out"),
        (["--out", "b", "--for", "linux", "--installed", "--with", "gone.zip"], "gone.zip"),
        (["--out", ".", "--for", "linux"], "is there already"),
        (["--out", "no/b", "--for", "linux"], "There is no folder"),
    ],
)
def test_options_that_do_not_go_together_are_told(tmp_path, monkeypatch, options, said) -> None:
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, ["bundle", *options])
    assert isinstance(answer.exception, BadInputError)
    assert said in str(answer.exception)


def test_start_bat_is_plain_quoted_and_changes_nothing_of_the_machine(made) -> None:
    raw = (made.folder / "Start.bat").read_bytes()
    text = raw.decode("ascii")
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert "@PYTHON@" not in text
    assert 'if "%ERRORLEVEL%"=="0" goto end' in text
    assert not re.search("^if (?:not )?errorlevel", text, re.MULTILINE), "a crash is a number below zero"
    assert all(f'"{use}' in text for use in ("%~dp0python\\python.exe", "%~dp0launch.py"))
    assert re.search(r'(?<!")%~dp0', text) is None, "a folder with spaces needs quotation marks"
    assert not re.search(r"\b(?:reg|setx|powershell|net|runas|assoc)\b", text.lower())
    labels = set(re.findall(r"^:(\w+)", text, flags=re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert [path.suffix for path in made.folder.glob("*") if path.suffix in {".exe", ".ps1", ".vbs"}] == []


def test_the_launcher_says_what_is_wrong_and_starts_nothing(made, tmp_path) -> None:
    start = [sys.executable, "-I", "-S", "-B"]
    whole = subprocess.run([*start, made.folder / "launch.py"], capture_output=True, text=True, check=False)
    assert "packages are missing" in whole.stderr  # the little program has no commands
    other = json.loads((made.folder / "bundle.json").read_text(encoding="utf-8")) | {"python": "3.99"}
    (made.folder / "bundle.json").write_text(json.dumps(other), encoding="utf-8")
    told = subprocess.run([*start, made.folder / "launch.py"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "made for Python 3.99" in told.stderr
    alone = Path(shutil.copy(made.folder / "launch.py", tmp_path))
    lost = subprocess.run([*start, alone], capture_output=True, text=True, check=False)
    assert "not whole" in lost.stderr


def test_the_parts_are_shipped_with_the_program() -> None:
    names = {file.name for file in resources.files("commands.bundling").joinpath("parts").iterdir()}
    assert {"launch.py", "Start.bat", "start.sh", "README.txt"} <= names


def test_the_readme_of_a_bundle_says_how_long_its_path_may_be(made) -> None:
    text = (made.folder / "README.txt").read_text(encoding="utf-8")
    letters = int(re.search(r"at most (\d+) letters", text).group(1))
    assert letters == 258 - made.longest_path
    assert "@" not in text


def test_a_link_in_an_archive_is_refused(tmp_path, wheels) -> None:
    python = make_embedded(tmp_path / "p.zip")
    link = zipfile.ZipInfo("python311.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(python, "a") as zipped:
        zipped.writestr(link, "/etc/passwd")
    with pytest.raises(BadInputError, match="or a link"):
        build_bundle(tmp_path / "b", Plan("windows", python, wheels), today=DAY, tell=lambda _words: None)


def test_the_newest_runtime_that_a_package_carries_is_laid_beside_python(tmp_path, wheels) -> None:
    def library(version: str) -> str:
        return f"FileVersion\0\0{version}\0".encode("utf-16-le").decode("latin-1")

    carried = {
        f"beta.libs/msvcp140-{mark}.dll": library(version) for mark, version in (("0a", "14.9.1"), ("0b", "14.44.0"))
    }
    make_wheel(wheels, "beta", "2.0", tag="cp311-cp311-win_amd64", files=carried)
    plan = Plan("windows", make_embedded(tmp_path / "p.zip"), wheels)
    built = build_bundle(tmp_path / "b", plan, today=DAY, tell=lambda _words: None)
    assert "14.44".encode("utf-16-le") in (built.folder / "python/msvcp140.dll").read_bytes()
    manifest = json.loads((built.folder / "bundle.json").read_text(encoding="utf-8"))
    assert manifest["runtime_from"] == "beta.libs/msvcp140-0b.dll"
