"""What every test shares: closed sockets, an own configuration folder, the open data folder, a real Chromium."""

import os
import socket
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

PROJECT = Path(__file__).resolve().parents[1]
LOOPBACK = ("127.", "::1", "localhost")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

# Slow files go first, so that no worker is left with one at the end. Those that read the whole of Great Britain stay
# together: what one of them made the next one uses.
SLOW_FIRST = ("tests/real/", "tests/browser/", "tests/privacy/", "tests/commands/", "tests/sample/", "tests/pages/")
GREAT_BRITAIN = (
    "tests/real/test_deprivation.py",
    "tests/real/test_districts.py",
    "tests/real/test_false_alarms.py",
    "tests/real/test_newport_hubs.py",
    "tests/real/test_osm_sites.py",
    "tests/geo/places/test_real_places.py",
)


class ByFile(LoadFileScheduling):
    """Keep the tests of a file together, and those of several files that share what is slow to make."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return "Great Britain" if scope in GREAT_BRITAIN else scope


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((i for i, folder in enumerate(SLOW_FIRST) if folder in item.nodeid), 99))


def _in_ci() -> bool:
    return os.environ.get("CI", "") == "true"


def _open_data_folder() -> Path:
    named = os.environ.get("PLANNER_OPEN_DATA", "")
    return Path(named) if named else PROJECT.parent / "shared" / "data"


def _is_loopback(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    return text.startswith(LOOPBACK)


def _guard_address(sock: socket.socket, address: Any) -> None:
    if sock.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        message = f"A test tried to reach {address[0]}; only this machine may be reached."
        raise OSError(message)


def _guarded(method: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a socket method whose last positional argument is the address."""

    def guard(sock: socket.socket, *arguments: Any) -> Any:
        _guard_address(sock, arguments[-1])
        return original(sock, *arguments)

    guard.__name__ = method
    return guard


@pytest.fixture(autouse=True)
def closed_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every address and every name but loopback's."""
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        if not _is_loopback(host):
            message = f"A test tried to look up {host}; only this machine may be reached."
            raise OSError(message)
        return look_up(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    for method in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, method, _guarded(method, getattr(socket.socket, method)))


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give wide fixtures a configuration and a cache folder, and one key, so that a shared workspace keeps its key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_CONFIG_DIR", str(tmp_path_factory.mktemp("configuration")))
        patch.setenv("PLANNER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("PLANNER_KEY", "5e" * 32)
        patch.delenv("PLANNER_WORKSPACE", raising=False)
        yield


@pytest.fixture(autouse=True)
def own_configuration(_own_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give each test a configuration folder of its own (not yet made); tests of the key unset PLANNER_KEY."""
    folder = tmp_path / "configuration"
    monkeypatch.setenv("PLANNER_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def open_data() -> Path:
    """Give the folder of published open data, or skip."""
    folder = _open_data_folder()
    if not folder.is_dir():
        pytest.skip(f"no open data folder at {folder}; set PLANNER_OPEN_DATA to run this test")
    return folder


@pytest.fixture(scope="session")
def gb_gazetteer(open_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Build the gazetteer of Great Britain once for all tests, from the newest edition alone."""
    from geo.places.gazetteer import build_gazetteer  # noqa: PLC0415 - only tests of real data need it

    postcodes = open_data / "postcodes"
    out = tmp_path_factory.mktemp("gazetteer") / "gb.parquet"
    return build_gazetteer([postcodes / "codepo_gb_2025-11.zip"], out=out, today=date(2026, 5, 1))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start a Chromium that can reach 127.0.0.1 and nothing else; gives playwright's Browser.

    Module scope, since playwright keeps an event loop running in this thread while it is open, and other tests
    start loops of their own.
    """
    binary = Path(os.environ.get("PLANNER_CHROMIUM", "/usr/bin/chromium"))
    if not binary.exists():
        pytest.skip(f"no Chromium at {binary}; install it or set PLANNER_CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import, and only browser tests need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(binary), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test fails where the machine has what it needs: a green run must not hide it."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _in_ci() and _must_run(item):
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI, where it must run: {call.excinfo.value if call.excinfo else ''}"
    return report


def _must_run(item: pytest.Item) -> bool:
    names = {mark.name for mark in item.iter_markers()}
    uses = set(getattr(item, "fixturenames", ()))
    wants_browser = "browser" in names or "chromium" in uses
    wants_data = "real" in names or "open_data" in uses
    return wants_browser or (wants_data and _open_data_folder().is_dir())
