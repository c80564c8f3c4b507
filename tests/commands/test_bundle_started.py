"""The Linux twin of the laptop bundle: made here, moved, and started where there is no network and no writing."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from commands.bundling.build import build_bundle
from commands.bundling.plan import Plan
from tests.pages.conftest import TODAY

PROJECT = Path(__file__).resolve().parents[2]
APART = ["unshare", "--map-root-user", "--net", "--mount"]


def _may_unshare() -> bool:
    try:
        return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A bundle of the packages installed here, moved to a folder with a space and an umlaut; removed in the end."""
    if not _may_unshare():
        pytest.skip("this machine does not allow namespaces without a network (unshare)")
    folder = tmp_path_factory.mktemp("twin")
    made = build_bundle(folder / "bundle", Plan("linux", installed=True), today=TODAY, tell=lambda _words: None)
    (folder / "Büro Süd").mkdir()
    yield made.folder.rename(folder / "Büro Süd" / "on a stick")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def answer(moved, tmp_path_factory):
    """What it answered, with a home of its own and nothing in the environment to lead it astray."""
    home = tmp_path_factory.mktemp("home of Jo Üz")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PLANNER_", "PYTHON", "XDG_"))}
    told |= {"HOME": str(home), "PLANNER_PYTHON": sys.executable, "PYTHONPATH": str(home / "nothing here")}
    command = [*APART, sys.executable, "-m", "tests.commands.bundle_apart", str(moved), str(port)]
    done = subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), home


def test_the_twin_answers_with_the_sample_districts_start_page(answer) -> None:
    told, _ = answer
    assert told["answered"], told["said"]
    assert {"", "map", "referrals"} <= set(told["pages"])
    assert "Saltmarsh" in told["text"]
    assert "Traceback" not in told["said"]


def test_there_was_no_network_and_nothing_could_be_written_into_it(answer) -> None:
    told, _ = answer
    assert told["outside"] is False
    assert told["writable"] is False


def test_what_it_keeps_is_in_the_users_own_folders(answer) -> None:
    _, home = answer
    kept = {path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    assert kept <= {".cache", ".config"}
    assert list(home.glob(".cache/hotspot-planner/*"))


def test_its_programs_are_its_own_and_no_machines_path_is_in_it(moved) -> None:
    manifest = json.loads((moved / "bundle.json").read_text(encoding="utf-8"))
    names = {one["name"] for one in manifest["packages"]}
    assert {"streamlit", "pandas", "geopandas"} <= names
    assert not {"pytest", "ruff", "playwright"} & names
    own = [*moved.glob("*.*"), *moved.glob("site-packages/hotspot_planner*/*")]
    assert [path.name for path in own if path.is_file() and str(PROJECT).encode() in path.read_bytes()] == []
