"""`planner fetch ...` from a terminal, against publishers of our own; one is killed on its way."""

import json
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from commands.fetch import Name
from commands.main import _run as exit_code
from commands.main import app
from geo.errors import FetchError
from layers.fetchers import IN_ORDER
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import libraries, path_of, publish
from tests.tinytown.council import make_council

FOOD = "/www.givefood.org.uk/dumps/foodbanks/csv/latest/"


@pytest.fixture(scope="module")
def provider():
    made = Provider()
    publish(made, 1)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def workspace(tmp_path):
    return make_council(tmp_path / "w", with_wards=False)


@pytest.fixture
def planner(workspace, provider):
    def run(*arguments: str):
        return CliRunner().invoke(app, ["fetch", *arguments, "--server", provider.url, "--workspace", workspace.root])

    return run


def test_one_sentence_a_result_and_what_is_sent(planner) -> None:
    answer = planner("gp")
    assert answer.exit_code == 0
    first, second = answer.stdout.splitlines()
    assert first.startswith("GP practices: 2026-05, 1 rows kept, added on ")
    assert second.startswith("Branch surgeries: 2026-05, 1 rows kept")
    assert answer.stderr == "Asking for open data. Nothing of the workspace is sent.\n"
    again = planner("gp")
    assert again.stdout.startswith("GP practices: nothing new. In use: 2026-05, 1 rows kept")


def test_json_is_one_document(planner) -> None:
    answer = planner("wards", "--json")
    told = json.loads(answer.stdout)
    assert answer.stderr == ""
    assert told["fetched"][0]["edition"]["file_name"] == "ons_wards_2025-05.geojson"
    assert told["fetched"][0]["outcome"] == "arrived"


def test_a_directory_of_the_two_may_be_chosen(planner) -> None:
    told = json.loads(planner("onspd", "--as", "nspl", "--json").stdout)
    assert told["fetched"][0]["edition"]["title"] == "NSPL"


def test_the_other_commands_fetch_what_they_say(planner, workspace) -> None:
    for name in ("gazetteer", "boundary", "lsoa", "food-banks", "libraries", "homes", "deprivation"):
        answer = planner(name)
        assert answer.exit_code == 0, name
    assert {edition.dataset for edition in workspace.editions()} >= {"lsoa", "food_banks", "households", "deprivation"}


def test_a_failure_is_one_sentence(planner, provider) -> None:
    provider.plans[FOOD] = ["login"]
    answer = planner("food-banks", "--json")
    assert isinstance(answer.exception, FetchError)
    assert "sign-in page of your network's proxy" in str(answer.exception)
    assert answer.stdout == ""


def test_all_ends_with_a_table_of_what_arrived_what_is_unchanged_and_what_failed(
    planner, provider, workspace, monkeypatch, capsys
) -> None:
    provider.plans[FOOD] = ["404"]
    arguments = ["planner", "fetch", "all", "--server", provider.url, "--workspace", str(workspace.root)]
    monkeypatch.setattr(sys, "argv", arguments)
    assert exit_code() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["arrived"] * 5 + ["FAILED"] + ["arrived"] * 3
    assert "Food banks could not be fetched" in lines[5]
    assert "its address may have changed" in lines[5]
    told = json.loads(planner("all", "--json").stdout)
    assert told["failed"] == 0
    assert [one["outcome"] for one in told["fetched"]] == ["unchanged"] * 5 + ["arrived"] + ["unchanged"] * 3


def test_every_name_is_fetched_by_all_or_left_out_on_purpose() -> None:
    left_out = set(Name.__args__) - set(IN_ORDER)
    assert left_out == {"boundary", "onspd", "nspl", "sites", "streets"}


def test_a_fetch_that_is_killed_leaves_nothing_half_written_and_goes_on(planner, provider, workspace) -> None:
    assert planner("libraries").exit_code == 0
    before = workspace.editions()
    provider.dates = False
    path = path_of(publish(provider, 1).libraries)
    header, row = libraries(1).decode().splitlines()
    rows = [row.replace('"A"', f'"A{at}"') for at in range(900)]
    provider.files[path] = "\r\n".join([header, *rows, ""]).encode()
    provider.plans[path] = ["stall"]
    arguments = ["fetch", "libraries", "--server", provider.url, "--workspace", str(workspace.root)]
    running = subprocess.Popen([sys.executable, "-m", "commands.main", *arguments], stderr=subprocess.DEVNULL)
    part = workspace.root / "downloads/basic-dataset-for-libraries-2023-enhanced.csv.part"
    for _ in range(600):
        if part.exists() and part.stat().st_size:
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    arrived = part.stat().st_size
    assert arrived > 0
    assert workspace.editions() == before
    assert sorted(file.suffix for file in part.parent.iterdir()) == [".json", ".json", ".lock", ".part"]
    answer = planner("libraries", "--anyway")
    assert answer.stdout.startswith("Libraries: 900 rows kept")
    assert provider.asked[-1].headers["Range"] == f"bytes={arrived}-"
    assert [file.name for file in part.parent.iterdir()] == ["fetched.json"]
