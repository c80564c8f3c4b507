"""The real server and a page that notes what it asks for and what goes wrong."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.browser.planted import make_planted
from tests.browser.record import Record

PROJECT = Path(__file__).resolve().parents[2]
PEOPLE = {
    "Ola": {"email": "Ola@council.gov.uk", "email_verified": True},
    "Pat": {"email": "pat@foodbank.org.uk", "email_verified": True, "groups": ["everybody"]},
    "Eve": {"email": "ola@council.gov.uk", "email_verified": False, "preferred_username": "ola@council.gov.uk"},
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 850}
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass
class Server:
    """A running `planner app`."""

    process: subprocess.Popen[str]
    address: str
    log: list[str]
    roles: Path | None = None

    def stop(self) -> int:
        """Press Ctrl-C and wait."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


@dataclass
class Visit:
    """A browser page with what it asked for and what it complained of."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def outside(self) -> list[str]:
        """List the requests that left this machine, or tried to."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:", "about:"))]

    def go(self, name: str) -> None:
        """Choose a page in the navigation, which hides behind a button where it is narrow."""
        opener = self.page.get_by_test_id("stExpandSidebarButton")
        if self.page.viewport_size["width"] < 768 and opener.is_visible():
            opener.click()
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.settle(name)

    def settle(self, title: str) -> None:
        """Wait until the page with this title is whole."""
        self.page.get_by_role("heading", level=1, name=title).wait_for(timeout=60_000)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)

    def map(self) -> Any:
        """Give the first map, once it is drawn."""
        frame = self.page.frame_locator("iframe").first
        frame.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
        return frame


@pytest.fixture(scope="module")
def start_planner(tmp_path_factory: pytest.TempPathFactory, _own_environment: None) -> Iterator[Callable[..., Server]]:
    """Start `planner app` from a folder of its own; it is stopped when the module ends."""
    started: list[Server] = []

    def start(*arguments: str, temporary: Path | None = None, python_path: Path = PROJECT, port: int = 8750) -> Server:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(python_path), str(PROJECT)])}
        if temporary is not None:
            environment["TMPDIR"] = str(temporary)
        command = [sys.executable, "-m", "commands.main", "app", "--no-browser", "--port", str(port), *arguments]
        folder = tmp_path_factory.mktemp("elsewhere")
        process = subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.PIPE, text=True)
        started.append(_await_address(process))
        _await_listening(started[-1])
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.process.terminate()
            server.process.wait(timeout=20)
        if server.process.stderr:
            server.process.stderr.close()


@pytest.fixture(scope="module")
def provider():
    made = Provider(PEOPLE)
    server = made.start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return make_planted(tmp_path_factory.mktemp("roles") / "Saltmarsh Council")


@pytest.fixture(scope="module")
def server(council, provider, start_planner, tmp_path_factory):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    file.write_text(_secrets(f"http://127.0.0.1:{port}", provider.address), encoding="utf-8")
    started = start_planner("--workspace", str(council.root), "--sign-in", str(file), port=port)
    started.roles = file
    return started


def _await_listening(server: Server) -> None:
    """Wait until it answers: it says where it will be a moment before it is there."""
    port, deadline = int(server.address.rpartition(":")[2]), time.monotonic() + 30
    while not _listens(port) and time.monotonic() < deadline:
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _secrets(planner: str, provider: str) -> str:
    return f"""
[auth]
redirect_uri = "{planner}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[planner]
[[planner.members]]
role = "officer"
emails = ["ola@council.gov.uk"]
[[planner.members]]
role = "partner"
emails = ["pat@foodbank.org.uk"]
feed = "Food banks"
"""


@pytest.fixture(scope="module")
def sign_in(chromium, server):
    """Sign somebody in at a browser of their own, of which everything is kept."""
    contexts = []

    def signed_in(name: str) -> tuple[Record, Any]:
        context = chromium.new_context(viewport=WIDE, accept_downloads=True)
        contexts.append(context)
        context.set_default_timeout(60_000)
        record = Record(context.new_page())
        record.listen()
        record.page.goto(server.address)
        record.page.get_by_role("button", name="Sign in").click(timeout=60_000)
        record.page.get_by_role("link", name=name, exact=True).click(timeout=60_000)
        return record, context

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open a page of a running planner."""
    contexts = []

    def opened(server: Server, size: dict[str, int] | None = None, path: str = "") -> Visit:
        context = chromium.new_context(viewport=size or WIDE, accept_downloads=True)
        contexts.append(context)
        made = Visit(context.new_page(), server.address)
        made.page.on("request", lambda request: made.requests.append(request.url))
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        made.page.on(
            "console",
            lambda message: made.complaints.append(message.text) if message.type == "error" else None,
        )
        made.page.goto(f"{server.address}/{path}")
        return made

    yield opened
    for context in contexts:
        context.close()


def _await_address(process: subprocess.Popen[str]) -> Server:
    """Read standard error until the planner says where it is, and keep reading so that it never blocks."""
    log: list[str] = []
    assert process.stderr is not None
    for line in process.stderr:
        log.append(line)
        found = _ADDRESS.search(line)
        if found:
            threading.Thread(target=log.extend, args=(process.stderr,), daemon=True).start()
            return Server(process, found[0], log)
    message = f"The planner ended before it said where it is: {''.join(log)}"
    raise AssertionError(message)
