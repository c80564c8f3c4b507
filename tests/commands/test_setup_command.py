"""`planner setup`: a district in one go, from a folder of files, from the publishers, or both; taken up again later."""

import json
import shutil

import pytest

from commands import setup
from geo.review.workspace import Workspace
from layers.sample import SAMPLE_DATA
from tests.commands.typed import planner, said
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import publish

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
def files(tmp_path):
    folder = tmp_path / "My downloads"
    folder.mkdir()
    for name in ("boundary.geojson", "wards.geojson", "gp_surgeries.csv", "referrals_food_banks.csv"):
        shutil.copy(SAMPLE_DATA / name, folder)
    shutil.copy(SAMPLE_DATA / "codepoint_2025-05" / "zz.csv", folder)
    return folder


def test_a_folder_of_files_becomes_a_district_and_a_table_says_what_is_here(files, tmp_path) -> None:
    folder = tmp_path / "Saltmarsh"
    arguments = ["--district", "saltmarsh", "--folder", folder, "--from", files, "--office", "zz1 8ab"]
    code, out, err = said("setup", *arguments)
    assert code == 0
    assert err.splitlines() == ["Postcodes: arrived", "Wards: arrived", "GP surgeries: arrived"]
    lines = out.splitlines()
    assert lines[0] == f"saltmarsh: {folder}"
    assert [line.split()[0] for line in lines[1:8]] == [
        "here",
        "here",
        "missing",
        "missing",
        "here",
        "missing",
        "missing",
    ]
    assert "left       referrals_food_banks.csv: A list of people or of records: add it on the Referrals page" in lines
    assert lines[-1].startswith("Next: planner add referrals FILE")
    assert Workspace.open(folder).scenario.office_postcode == "ZZ1 8AB"


def test_it_goes_on_another_day_without_the_districts_name(files, tmp_path) -> None:
    folder = tmp_path / "w"
    planner("setup", "--district", "Saltmarsh", "--folder", folder, "--from", files)
    shutil.copy(SAMPLE_DATA / "households.csv", files)
    told = json.loads(planner("setup", "--workspace", folder, "--from", files, "--json"))
    assert told["failed"] == 0
    assert {one["what"]: one["outcome"] for one in told["steps"]}["Homes and people"] == "arrived"
    assert told["steps"][0]["outcome"] == "unchanged"
    assert {one["file"] for one in told["left"]} == {"boundary.geojson", "referrals_food_banks.csv"}


def test_another_districts_data_never_lands_in_a_folder_that_is_set_up(files, tmp_path) -> None:
    folder = tmp_path / "w"
    planner("setup", "--district", "Saltmarsh", "--folder", folder, "--from", files)
    told = planner("setup", "--district", "Tinytown", "--folder", folder, "--from", files, code=2)
    assert "This folder holds the set-up of Saltmarsh. To go on with it leave out --district" in told
    assert "Wards" in planner("setup", "--district", " saltmarsh", "--folder", folder, "--from", files)


def test_what_no_file_gave_is_fetched_and_one_that_fails_stops_no_other(provider, tmp_path) -> None:
    provider.plans[FOOD] = ["404"]
    folder = tmp_path / "w"
    arguments = ["--district", "Tinytown", "--folder", folder, "--fetch", "--server", provider.url]
    code, out, _ = said("setup", *arguments)
    assert code == 1
    assert "FAILED     Food banks: Food banks could not be fetched" in out
    here = {edition.dataset for edition in Workspace.open(folder).editions()}
    assert here >= {"gazetteer", "boundary", "wards", "lsoa", "gp_surgeries", "gp_branches", "libraries"}
    told = json.loads(planner("setup", "--folder", folder, "--fetch", "--server", provider.url, "--json"))
    outcomes = {one["what"]: one["outcome"] for one in told["steps"]}
    assert outcomes["Food banks"] == "arrived"
    assert "Wards" not in outcomes, "what is here is not asked for again"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--district", "Saltmarsh"], "Name the folder"),
        (["--folder", "new"], "Name the district"),
        (["--district", "Saltmarsh", "--folder", "new"], "No file of a district's boundary was found"),
        (["--district", "Saltmarsh", "--folder", "new", "--from", "nowhere"], "There is no folder nowhere"),
        (["--district", "Tinytwon", "--folder", "new", "--fetch"], "nearest names are: Tinyton, Tinytown"),
        (["--district", "Saltmarsh", "--folder", "new", "--office", "the hall", "--boundary"], "not a UK postcode"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_and_no_folder_is_made(
    arguments, sentence, provider, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = [SAMPLE_DATA / "boundary.geojson"] if arguments[-1] == "--boundary" else []
    asked = ["--server", provider.url] if "--fetch" in arguments else []
    assert sentence in planner("setup", *arguments, *more, *asked, code=2)
    assert list(tmp_path.iterdir()) == []


def test_no_network_is_a_sentence_that_says_what_to_do_by_hand(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(setup.time, "sleep", lambda _: None)
    arguments = ["--district", "Hart", "--folder", tmp_path / "w", "--fetch", "--server", "http://127.0.0.1:9"]
    err = planner("setup", *arguments, code=1)
    assert "could not be reached" in err
    assert "by hand from https://geoportal.statistics.gov.uk" in err
    assert not (tmp_path / "w").exists()
