"""`planner app`: this machine only, everything by flag, a sentence where it cannot start."""

import socket

import pytest

from commands import app
from commands.app import ADDRESS, APP_FILE, NO_SECRETS, free_port, open_app, server_arguments, streamlit_arguments
from geo.errors import BadInputError, MissingDataError, PlannerError
from geo.review.sign_in import read_sign_in
from tests.tinytown.council import make_council

SECRETS = """
[auth]
redirect_uri = "https://planner.council.gov.uk/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "planner"
client_secret = "hush-hush"
server_metadata_url = "https://login.council.gov.uk/.well-known/openid-configuration"
[[planner.members]]
role = "lead"
emails = ["lee@council.gov.uk"]
"""


@pytest.fixture
def taken_port():
    with socket.create_server((ADDRESS, 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_moves_on_to_a_free_one(taken_port) -> None:
    assert taken_port < free_port(taken_port) <= taken_port + 50


def test_where_no_port_is_left_a_sentence_says_so(taken_port, monkeypatch) -> None:
    monkeypatch.setattr("commands.app.PORTS_TRIED", 1)
    with pytest.raises(PlannerError, match="--port"):
        free_port(taken_port)


def test_the_screens_are_told_to_listen_to_this_machine_and_to_report_to_nobody() -> None:
    told = streamlit_arguments(8501)
    assert "--server.address=127.0.0.1" in told
    assert "--browser.gatherUsageStats=false" in told
    assert "--server.enableAgentApi=false" in told
    assert "--client.showErrorDetails=none" in told
    assert "--server.maxUploadSize=50" in told


def test_the_app_is_found_whatever_the_current_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert APP_FILE.is_absolute()
    assert APP_FILE.is_file()


def test_a_folder_that_is_no_workspace_is_refused_before_anything_starts(tmp_path) -> None:
    with pytest.raises(BadInputError, match="is not a workspace"):
        open_app(workspace=tmp_path, no_browser=True)


@pytest.fixture
def secrets_file(tmp_path):
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS, encoding="utf-8")
    return path


@pytest.fixture
def served(monkeypatch):
    """What would be served, instead of serving it; the environment is put back."""
    told = []
    monkeypatch.setattr(app, "_serve", told.append)
    monkeypatch.setenv("PLANNER_SIGN_IN", "")
    monkeypatch.setenv("PLANNER_WORKSPACE", "")
    return told


def _free() -> int:
    with socket.create_server((ADDRESS, 0)) as server:
        return server.getsockname()[1]


def test_a_server_answers_to_its_own_name_alone_and_still_listens_to_this_machine_only(secrets_file) -> None:
    told = server_arguments(8501, read_sign_in(secrets_file), secrets_file)
    assert "--server.address=127.0.0.1" in told
    assert [one for one in told if one.startswith("--server.allowedHosts")] == [
        "--server.allowedHosts=planner.council.gov.uk"
    ]
    assert f"--secrets.files={secrets_file}" in told
    assert {"--server.enableXsrfProtection=true", "--server.enableCORS=true"} <= set(told)
    assert "--server.trustedUserHeaders={}" in told
    assert "--client.showErrorDetails=none" in told
    assert not any("hush" in one or "@" in one for one in told)


def test_on_a_machine_of_ones_own_no_other_apps_sign_in_is_read() -> None:
    assert f"--secrets.files={NO_SECRETS}" in streamlit_arguments(8501)
    assert not NO_SECRETS.exists()


def test_a_server_starts_with_a_workspace_and_a_file(secrets_file, served, tmp_path, capsys) -> None:
    council = make_council(tmp_path / "Tinytown")
    open_app(workspace=council.root, port=_free(), sign_in=secrets_file)
    assert len(served) == 1
    assert app.os.environ["PLANNER_SIGN_IN"] == str(secrets_file.resolve())
    assert "people open https://planner.council.gov.uk." in capsys.readouterr().err


def test_a_server_refuses_to_start_without_a_sign_in(secrets_file, served, tmp_path) -> None:
    council = make_council(tmp_path / "Tinytown")
    secrets_file.write_text(SECRETS.split("[[planner", maxsplit=1)[0], encoding="utf-8")
    with pytest.raises(BadInputError, match="'planner' is missing"):
        open_app(workspace=council.root, port=_free(), sign_in=secrets_file)
    secrets_file.write_text("[[planner" + SECRETS.split("[[planner")[1], encoding="utf-8")
    with pytest.raises(BadInputError, match="'auth' is missing"):
        open_app(workspace=council.root, port=_free(), sign_in=secrets_file)
    assert served == []


def test_a_server_refuses_to_start_without_a_workspace(secrets_file, served) -> None:
    with pytest.raises(MissingDataError, match="--workspace"):
        open_app(port=_free(), sign_in=secrets_file)
    assert served == []


def test_a_server_keeps_its_port(secrets_file, served, tmp_path, taken_port) -> None:
    council = make_council(tmp_path / "Tinytown")
    with pytest.raises(PlannerError, match="keeps its port"):
        open_app(workspace=council.root, port=taken_port, sign_in=secrets_file)
    assert served == []


def test_a_server_says_which_extra_is_missing(secrets_file, served, tmp_path, monkeypatch) -> None:
    council = make_council(tmp_path / "Tinytown")
    monkeypatch.setattr(app.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingDataError, match=r"hotspot-planner\[auth\]"):
        open_app(workspace=council.root, port=_free(), sign_in=secrets_file)
    assert served == []


def test_without_a_sign_in_an_old_setting_makes_no_server(served, monkeypatch) -> None:
    monkeypatch.setenv("PLANNER_SIGN_IN", "old.toml")
    open_app(port=_free(), no_browser=True)
    assert "PLANNER_SIGN_IN" not in app.os.environ
    assert len(served) == 1
