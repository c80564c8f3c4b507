"""A council sets up its own workspace on screen and adds its files."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.review.workspace import Workspace
from layers.sample import SAMPLE_DATA


def _press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()


def _file(name: str) -> tuple[str, bytes, str]:
    return name, (SAMPLE_DATA / name).read_bytes(), "application/octet-stream"


@pytest.fixture
def add(open_page):
    """Open the Data page on a workspace and add a file of one kind."""

    def added(workspace: Workspace, kind: str, name: str, *, by_path: bool = False):
        app = open_page("data", workspace)
        app.selectbox[0].set_value(kind).run()
        if by_path:
            app.text_input[0].set_value(str(SAMPLE_DATA / name)).run()
        else:
            app.file_uploader[0].set_value(_file(name)).run()
        _press(app, "Add")
        return app

    return added


@pytest.fixture
def fill_in(open_page):
    """Fill in the form for a new workspace and press the button."""

    def filled(folder: str, *, office: str = ""):
        app = open_page("start")
        app.text_input(key="set_up_name").set_value("Saltmarsh")
        app.text_input(key="set_up_office").set_value(office)
        app.text_input(key="set_up_folder").set_value(folder)
        app.file_uploader(key="set_up_file").set_value(_file("boundary.geojson"))
        _press(app, "Set up")
        return app

    return filled


def test_a_workspace_is_set_up_and_opened(fill_in, tmp_path, words) -> None:
    folder = tmp_path / "Évreux Road housing"
    app = fill_in(str(folder), office="zz1 8aa")
    assert "Review of Saltmarsh" in words(app)
    assert "0 of 9 things are ready" in words(app)
    assert Workspace.open(folder).scenario.office_postcode == "ZZ1 8AA"


def test_a_workspace_opens_again_in_a_new_tab_and_the_sample_stays_at_hand(fill_in, open_page, tmp_path, words) -> None:
    fill_in(str(tmp_path / "Saltmarsh"))
    app = open_page("start")
    assert "Review of Saltmarsh" in words(app)
    assert "Open the fictional sample district" in {button.label for button in app.button}
    _press(app, "Open the fictional sample district")
    assert "A fictional district" in words(app)


def test_a_workspace_that_is_gone_is_not_missed(fill_in, open_page, tmp_path, words) -> None:
    fill_in(str(tmp_path / "Saltmarsh"))
    shutil.rmtree(tmp_path / "Saltmarsh")
    assert "A fictional district" in words(open_page("start"))


def test_an_office_postcode_that_is_none_makes_no_workspace(fill_in, tmp_path) -> None:
    app = fill_in(str(tmp_path / "new"), office="the town hall")
    assert len(app.error) == 1
    assert not (tmp_path / "new").exists()


def test_a_form_without_a_folder_asks_for_it(fill_in) -> None:
    assert "new folder" in fill_in("").warning[0].value


def test_a_postcode_file_is_added_from_this_computer_and_then_places(add, bare_workspace, words) -> None:
    app = add(bare_workspace, "gazetteer", "codepoint_2025-05", by_path=True)
    assert "Added: OS Code-Point Open" in words(app)
    app = add(bare_workspace, "gp_surgeries", "gp_surgeries.csv")
    assert "Added: NHS ODS" in words(app)
    assert len(bare_workspace.sites()) > 5


def test_a_postcode_file_that_is_none_is_told_in_a_sentence_and_the_form_stays(add, bare_workspace, words) -> None:
    app = add(bare_workspace, "gazetteer", "gp_surgeries.csv", by_path=True)
    assert len(app.error) == 1
    assert "did not expect" not in words(app)
    assert "Add" in {button.label for button in app.button}
    assert not bare_workspace.has("gazetteer")


def test_an_uploaded_postcode_file_leaves_nothing_in_the_temporary_folder(
    add, bare_workspace, monkeypatch, tmp_path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    add(bare_workspace, "gazetteer", "codepoint_2025-05/zz.csv")
    assert bare_workspace.has("gazetteer")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "name", "dataset"),
    [
        ("wards", "wards.geojson", "wards"),
        ("households", "households.csv", "households"),
        ("census", "census.csv", "census"),
        ("food_banks", "food_banks.csv", "food_banks"),
        ("sites", "community_sites.csv", "sites"),
        ("roads", "roads.geojson", "roads"),
    ],
)
def test_a_file_of_each_kind_is_added(add, own_workspace, kind, name, dataset) -> None:
    before = own_workspace.fingerprint()
    app = add(own_workspace, kind, name)
    assert [error.value for error in app.error] == []
    assert own_workspace.has(dataset)
    assert own_workspace.fingerprint() != before


def test_institutions_are_added_and_counted(add, own_workspace, words) -> None:
    assert "institutions read" in words(add(own_workspace, "institutions", "institutions.csv"))


@pytest.fixture
def two_districts(tmp_path) -> Path:
    """A file of two districts as ONS publishes them."""
    boxes = [shapely.box(1.7, 54.1, 2.1, 54.4), shapely.box(2.1, 54.1, 2.5, 54.4)]
    named = {"LAD23CD": ["E07000001", "E07000002"], "LAD23NM": ["Bare", "Other"]}
    path = tmp_path / "districts.geojson"
    gpd.GeoDataFrame(named, geometry=boxes, crs="EPSG:4326").to_file(path)
    return path


def test_one_district_is_chosen_from_a_file_of_several(open_page, bare_workspace, two_districts) -> None:
    app = open_page("data", bare_workspace)
    app.selectbox[0].set_value("boundary").run()
    app.file_uploader[0].set_value((two_districts.name, two_districts.read_bytes(), "application/json")).run()
    assert app.selectbox[1].value == "Bare"
    app.selectbox[1].set_value("Other").run()
    _press(app, "Add")
    assert bare_workspace.boundary().total_bounds.round(1).tolist() == [2.1, 54.1, 2.5, 54.4]


def test_a_new_workspace_takes_the_district_of_its_name_from_a_file_of_several(
    open_page, two_districts, tmp_path
) -> None:
    app = open_page("start")
    app.text_input(key="set_up_name").set_value("Other")
    app.text_input(key="set_up_folder").set_value(str(tmp_path / "new"))
    app.file_uploader(key="set_up_file").set_value((two_districts.name, two_districts.read_bytes(), "application/json"))
    _press(app, "Set up")
    assert Workspace.open(tmp_path / "new").boundary().total_bounds.round(1).tolist() == [2.1, 54.1, 2.5, 54.4]


def test_another_boundary_says_what_must_be_added_again(add, own_workspace, words) -> None:
    said = words(add(own_workspace, "boundary", "boundary.geojson"))
    assert "Records kept so far were placed by the old boundary" in said
    assert "Sites kept so far were chosen by the old boundary" in said


def test_a_file_of_the_wrong_kind_is_told_in_a_sentence_and_changes_nothing(add, own_workspace, words) -> None:
    before = own_workspace.fingerprint()
    app = add(own_workspace, "wards", "households.csv")
    assert len(app.error) == 1
    assert "did not expect" not in words(app)
    assert own_workspace.fingerprint() == before
