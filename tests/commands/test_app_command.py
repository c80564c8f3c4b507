"""`planner app`: this machine only, everything by flag, a sentence where it cannot start."""

import socket

import pytest

from commands.app import ADDRESS, APP_FILE, free_port, open_app, streamlit_arguments
from geo.errors import BadInputError, PlannerError


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
