"""The wizard on the Start page: district, data sets one by one, the map; on a server for leads alone."""

import shutil
import time

import pytest

from geo.review.workspace import Workspace
from layers.sample import SAMPLE_DATA
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import publish
from tests.pages.conftest import LEAD, OFFICER

FOOD = "/www.givefood.org.uk/dumps/foodbanks/csv/latest/"


@pytest.fixture(scope="module")
def provider():
    made = Provider()
    publish(made, 1)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def served(provider, monkeypatch):
    """The publishers are on this machine."""
    monkeypatch.setenv("PLANNER_FETCH_SERVER", provider.url)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def _press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()


def _follow(app):
    """Look again, as the browser does twice a second, until everything has arrived."""
    for _ in range(200):
        if "keep the planner and this tab open" not in " ".join(one.value for one in app.caption):
            return
        time.sleep(0.05)
        app.run()
    pytest.fail("it never came to an end")


def _how(app, topic: str) -> str:
    return app.radio(key=f"set_up_how_{topic}").value


def test_a_district_is_set_up_from_its_publishers_and_stands_on_the_map(open_page, provider, tmp_path, words) -> None:
    provider.plans[FOOD] = ["login"]
    asked = len(provider.asked)
    app = open_page("start")
    app.text_input(key="set_up_name").set_value("Tinytwon").run()
    app.radio(key="set_up_way").set_value("Fetch it from ONS").run()
    assert len(provider.asked) == asked, "nothing is asked before somebody presses"
    _press(app, "Fetch the list of districts")
    (choice,) = [box for box in app.selectbox if "ONS lists" in box.label]
    assert "none called 'Tinytwon'" in choice.label
    assert choice.options[:2] == ["Tinyton", "Tinytown"]
    choice.set_value("Tinytown").run()
    assert "ONS knows **Tinytown** (E07000999)" in words(app)
    folder = tmp_path / "OneDrive - Council" / "Tinytown"
    app.text_input(key="set_up_folder").set_value(str(folder)).run()
    assert "copied to OneDrive" in words(app)
    _press(app, "Set up")
    assert "Review of Tinytown" in words(app)
    assert "0 of 14 data sets are here" in app.expander[0].label
    _press(app, "Choose to fetch what is missing")
    assert (_how(app, "wards"), _how(app, "streets")) == ("Fetch from ONS", "Not now")
    _press(app, "Bring them in")
    _follow(app)
    said = words(app)
    assert ":green-badge[✓ Arrived] **Wards**: 2025-05, 2 rows kept" in said
    assert ":red-badge[Did not arrive] **Food banks**" in said
    assert "sign-in page of your network's proxy" in said
    assert "Step 3 of 3" in said
    assert "with 2 wards and 3 places to go" in said
    assert "Next: your own records" in said
    assert {edition.dataset for edition in Workspace.open(folder).editions()} >= {"gazetteer", "lsoa", "libraries"}


def test_a_folder_of_downloads_is_proposed_file_by_file_and_brought_in(
    open_page, bare_workspace, tmp_path, words
) -> None:
    folder = tmp_path / "downloads folder"
    folder.mkdir()
    for name in ("wards.geojson", "gp_surgeries.csv", "roads.geojson", "referrals_food_banks.csv"):
        shutil.copy(SAMPLE_DATA / name, folder)
    shutil.copytree(SAMPLE_DATA / "codepoint_2025-05", folder / "postcodes")
    app = open_page("start", bare_workspace)
    app.text_input(key="set_up_downloads").set_value(str(folder)).run()
    _press(app, "Look through it")
    assert _how(app, "postcodes") == "Take zz.csv"
    assert _how(app, "gp") == "Take gp_surgeries.csv"
    assert _how(app, "homes") == "Not now"
    assert "1 of these files are not taken" in " ".join(box.label for box in app.expander)
    app.radio(key="set_up_how_backdrop").set_value("Not now").run()
    assert _how(app, "backdrop") == "Not now", "an answer is not asked again"
    _press(app, "Bring them in")
    _follow(app)
    here = {edition.dataset for edition in bare_workspace.editions()}
    assert here == {"boundary", "gazetteer", "wards", "gp_surgeries"}
    assert "Did not arrive" not in words(app)


def test_a_file_chosen_for_one_data_set_must_be_of_that_kind(open_page, bare_workspace, words) -> None:
    app = open_page("start", bare_workspace)
    app.radio(key="set_up_how_wards").set_value("Choose a file").run()
    content = (SAMPLE_DATA / "food_banks.csv").read_bytes()
    app.file_uploader(key="set_up_file_wards").set_value(("x.csv", content, "text/csv")).run()
    assert "This does not look like a file of Wards. It is: Food banks" in words(app)
    _press(app, "Bring them in")
    assert "Choose at least one" in words(app)


def test_no_network_is_told_for_each_and_what_was_left_out_stays_to_be_chosen(
    open_page, bare_workspace, words, monkeypatch
) -> None:
    monkeypatch.setenv("PLANNER_FETCH_SERVER", "http://127.0.0.1:9")
    monkeypatch.setattr("pages.kit.set_up_terms.time.sleep", lambda _: None)
    app = open_page("start", bare_workspace)
    app.radio(key="set_up_how_wards").set_value("Fetch from ONS").run()
    _press(app, "Bring them in")
    _follow(app)
    assert "could not be reached; check that this machine is on the network" in words(app)
    assert "0 of 14 data sets are here" in " ".join(box.label for box in app.expander)


def test_on_a_server_a_lead_brings_data_sets_in_and_nobody_else_does(open_as) -> None:
    officer = open_as(OFFICER)
    assert not [box for box in officer.expander if "data sets are here" in box.label]
    lead = open_as(LEAD)
    assert [box for box in lead.expander if "data sets are here" in box.label]
    assert "set_up_downloads" not in {box.key for box in lead.text_input}
    assert "set_up_name" not in {box.key for box in lead.text_input}


def test_a_workspace_with_records_keeps_the_set_up_behind_one_line(open_page, own_workspace, words) -> None:
    app = open_page("start", own_workspace)
    assert "10 of 14 data sets are here" in app.expander[0].label
    assert "Step 3 of 3" not in words(app)


def test_files_dropped_all_at_once_are_recognised_brought_in_and_let_go(open_page, bare_workspace, words) -> None:
    app = open_page("start", bare_workspace)
    names = ("wards.geojson", "codepoint_2025-05/zz.csv", "referrals_food_banks.csv")
    files = [
        (f"{at}.bin", (SAMPLE_DATA / name).read_bytes(), "application/octet-stream") for at, name in enumerate(names)
    ]
    app.file_uploader(key="set_up_files_0").set_value(files).run()
    assert (_how(app, "wards"), _how(app, "postcodes")) == ("Take 0.bin", "Take 1.bin")
    _press(app, "Bring them in")
    _follow(app)
    assert {edition.dataset for edition in bare_workspace.editions()} == {"boundary", "wards", "gazetteer"}
    assert "Did not arrive" not in words(app)
    assert app.file_uploader(key="set_up_files_1").value == []
