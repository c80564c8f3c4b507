"""A council sets up its own workspace on screen and adds its files."""

import pytest

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
        name, place, target = app.text_input[1], app.text_input[2], app.text_input[3]
        name.set_value("Saltmarsh")
        place.set_value(office)
        target.set_value(folder)
        app.file_uploader[0].set_value(_file("boundary.geojson"))
        _press(app, "Set up")
        return app

    return filled


def test_a_workspace_is_set_up_and_opened(fill_in, tmp_path, words) -> None:
    folder = tmp_path / "Évreux Road housing"
    app = fill_in(str(folder), office="zz1 8aa")
    assert "Review of Saltmarsh" in words(app)
    assert "0 of 9 things are ready" in words(app)
    assert Workspace.open(folder).scenario.office_postcode == "ZZ1 8AA"


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


def test_a_file_of_the_wrong_kind_is_told_in_a_sentence_and_changes_nothing(add, own_workspace, words) -> None:
    before = own_workspace.fingerprint()
    app = add(own_workspace, "wards", "households.csv")
    assert len(app.error) == 1
    assert "did not expect" not in words(app)
    assert own_workspace.fingerprint() == before
