"""The bench itself: sockets are closed, the user's folders untouched, Chromium shut in."""

import os
import socket
from pathlib import Path

import pytest


def test_no_test_can_reach_another_machine() -> None:
    with pytest.raises(OSError, match="only this machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_no_test_can_look_up_a_name() -> None:
    with pytest.raises(OSError, match="only this machine"):
        socket.getaddrinfo("planner.invalid", 443)


def test_no_test_can_send_a_datagram_out() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(OSError, match="only this machine"):
        sock.sendto(b"x", ("192.0.2.1", 53))


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername()[0] == "127.0.0.1"


def test_each_test_has_a_configuration_folder_of_its_own(tmp_path: Path) -> None:
    assert Path(os.environ["PLANNER_CONFIG_DIR"]).is_relative_to(tmp_path)
    assert "PLANNER_WORKSPACE" not in os.environ


@pytest.mark.browser
def test_chromium_starts_and_can_reach_no_other_host(chromium) -> None:
    page = chromium.new_page()
    page.set_content("<h1>Hello</h1>")
    assert page.inner_text("h1") == "Hello"
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://planner.invalid/")
    page.close()
