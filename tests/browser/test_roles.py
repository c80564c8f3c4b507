"""Two people at once on a server, each in a browser of their own: what one may see, the other is never sent."""

import json
import re
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from geo.review.audit import read_audit
from tests.browser.conftest import WIDE
from tests.browser.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.browser.planted import CLIENT, NUMBER, SECRETS, make_planted
from tests.browser.raw_client import ask, pages_in, run_page

pytestmark = pytest.mark.browser

TEAM_PAGES = ["start", "referrals", "map", "priorities", "trends", "gaps", "hubs", "releases", "data", "audit"]
PEOPLE = {
    "Ola": {"email": "Ola@council.gov.uk", "email_verified": True},
    "Pat": {"email": "pat@foodbank.org.uk", "email_verified": True, "groups": ["everybody"]},
    "Eve": {"email": "ola@council.gov.uk", "email_verified": False, "preferred_username": "ola@council.gov.uk"},
}


@dataclass
class Record:
    """Everything that one browser was sent."""

    page: Any
    frames: list[bytes] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    downloads: list[bytes] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda data: self.frames.append(_bytes(data))))
        self.page.on("response", lambda answer: self.answers.update({answer.url: str(answer.headers).encode()}))

    def everything(self, server) -> bytes:
        """Join frames, addresses, headers, downloads and bodies.

        A browser forgets the bodies of pages it has left, so every address is asked for again with the same cookies;
        Streamlit's own scripts and styles, and the way to the provider and back, are left out.
        """
        own = re.compile(rf"{server.address}/(?!static/|auth/|oauth2callback)")
        asked = [self.page.context.request.get(address) for address in self.answers if own.match(address)]
        bodies = [answer.body() for answer in asked]
        told = [address.encode() + b" " + headers for address, headers in self.answers.items()]
        return b"\n".join([*self.frames, *told, *bodies, *self.downloads])


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
    deadline = time.monotonic() + 30
    while not _listens(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    return started


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


@pytest.fixture
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


def _bytes(data: Any) -> bytes:
    return data.encode() if isinstance(data, str) else data


def _settle(page, title: str) -> None:
    page.get_by_role("heading", level=1, name=title).wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)


def _cookies(context) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def _found(patterns: list[bytes], content: bytes) -> set[bytes]:
    return {pattern for pattern in patterns if re.search(pattern, content)}


def _files(frames: list[bytes]) -> set[str]:
    """List the files that a browser was told of: addresses of media, and ids of those made when asked for."""
    told = set()
    for frame in frames:
        button = ForwardMsg.FromString(frame).delta.new_element.download_button
        told |= {button.url, button.deferred_file_id} - {""}
    return told


def test_a_partner_is_never_sent_what_the_officer_beside_them_sees(sign_in, server, council, tmp_path) -> None:
    officer, _ = sign_in("Ola")
    _settle(officer.page, "Review of")
    partner, context = sign_in("Pat")
    _settle(partner.page, "Releases")
    _look_round_as_officer(officer, tmp_path)
    _look_round_as_partner(partner, server)
    seen = officer.everything(server)
    assert _found(SECRETS, seen) == set(SECRETS)
    sent = partner.everything(server)
    assert _found(SECRETS, sent) == set()
    assert str(council.root).encode() not in sent
    assert b"7,315" in sent
    assert len(partner.downloads) == 3
    files = _files(officer.frames)
    assert files
    assert not [file for file in files if file.encode() in sent]
    assert set(pages_in(partner.frames)) == {"", "own_feed"}
    _ask_what_no_browser_asks(server, _cookies(context), officer)
    _end(officer, partner, server)


def _look_round_as_officer(officer, tmp_path) -> None:
    page = officer.page
    export = tmp_path / "export.csv"
    export.write_text(f"Case Ref,Date,Postcode,Name\nN-1,05/05/2025,ZZ1 0AG,{CLIENT}\n", encoding="utf-8")
    page.get_by_role("link", name="Map", exact=True).first.click()
    _settle(page, "Map")
    _choose(page, "Review year", "2022-23")
    _choose(page, "Show by", "Wards")
    _wait_for(officer, NUMBER)
    for name in ("Hubs", "Releases", "Audit"):
        page.get_by_role("link", name=name, exact=True).first.click()
        _settle(page, name)
    page.get_by_role("link", name="Referrals", exact=True).first.click()
    _settle(page, "Referrals")
    page.locator("input[type=file]").set_input_files(str(export))
    page.get_by_text("First rows of").click()
    page.get_by_text("Columns that will be dropped").wait_for()


def _wait_for(record, pattern: bytes) -> None:
    """Wait until a browser has been sent something."""
    deadline = time.monotonic() + 60
    while not re.search(pattern, b"\n".join(record.frames)) and time.monotonic() < deadline:
        record.page.wait_for_timeout(200)
    assert re.search(pattern, b"\n".join(record.frames))


def _wait_until_quiet(record) -> None:
    """Wait until the page has run to its end: a download's address changes with every run."""
    seen, deadline = -1, time.monotonic() + 60
    while time.monotonic() < deadline:
        last = ForwardMsg.FromString(record.frames[-1]).WhichOneof("type")
        if last == "script_finished" and len(record.frames) == seen:
            return
        seen = len(record.frames)
        record.page.wait_for_timeout(500)


def _choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()


def _look_round_as_partner(partner, server) -> None:
    page = partner.page
    _choose(page, "Release", "2022-23")
    _wait_for(partner, b"7,315")
    page.frame_locator("iframe").first.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    _wait_until_quiet(partner)
    for label in ("Map (HTML)", "Table (CSV)", "Areas (GeoJSON)"):
        with page.expect_download(timeout=60_000) as caught:
            page.get_by_role("button", name=label).click()
        partner.downloads.append(Path(caught.value.path()).read_bytes())
    page.get_by_role("link", name="Your file", exact=True).first.click()
    _settle(page, "Your file")
    for address in ("map", "audit?workspace=/&role=lead", "releases"):
        page.goto(f"{server.address}/{address}")
        _settle(page, "Releases")


def _ask_what_no_browser_asks(server, cookies, officer) -> None:
    """Ask for every team page by name, by its hash, with questions in the address and with a choice nobody offered."""
    hashes = pages_in(officer.frames)
    assert set(TEAM_PAGES) - {"start"} <= set(hashes)
    asked = [run_page(name) for name in TEAM_PAGES]
    asked += [run_page(page_hash=page_hash) for page_hash in hashes.values()]
    asked += [
        run_page("map", query="?role=lead&workspace=/&embed=true", widgets={"workspace_folder": "/", "role": "lead"})
    ]
    told = ask(server.address, asked, cookies=cookies)
    assert _found(SECRETS, told.everything) == set()
    assert set(told.pages) == {"", "own_feed"}
    assert b"Releases" in told.everything
    _be_nobody(server, cookies, hashes)


def _be_nobody(server, cookies, hashes) -> None:
    """Come without a cookie, with a changed one, and from another site: nobody is anybody."""
    xsrf = {"_streamlit_xsrf": cookies["_streamlit_xsrf"]}
    user = cookies["_streamlit_user"]
    forged = user[:20] + ("A" if user[20] != "A" else "B") + user[21:]
    asked = [run_page(name) for name in ("", "map", "shared", "own_feed")] + [run_page(page_hash=hashes["map"])]
    for other in (xsrf, {**xsrf, "_streamlit_user": forged}, {"_streamlit_user": user}):
        told = ask(server.address, asked, cookies=other)
        assert set(told.pages) == {""}
        assert b"7,315" not in told.everything
        assert b"Saltmarsh" not in told.everything
        assert b"Sign in with your work account" in told.everything
    with pytest.raises(WebSocketException):
        ask(server.address, asked, cookies=cookies, origin="http://evil.example")


def _end(officer, partner, server) -> None:
    """Sign out: the provider's own session ends too, and the old cookie opens nothing any more."""
    old = _cookies(officer.page.context)
    assert {"", "map"} <= set(ask(server.address, [run_page()], cookies=old).pages)
    officer.page.get_by_role("button", name="Sign out").click()
    officer.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert set(ask(server.address, [run_page()], cookies=old).pages) == {""}
    assert "_streamlit_user" not in _cookies(officer.page.context)
    partner.page.get_by_role("combobox", name="Release").wait_for()


def test_an_address_that_nobody_verified_gets_a_sentence_and_the_way_out(sign_in, server, council) -> None:
    eve, context = sign_in("Eve")
    eve.page.get_by_text("have no role here").wait_for(timeout=60_000)
    eve.page.get_by_role("button", name="Sign out").wait_for()
    assert eve.page.get_by_role("button").all_inner_texts() == ["Sign out"]
    told = ask(server.address, [run_page(name) for name in TEAM_PAGES], cookies=_cookies(context))
    assert set(told.pages) == {""}
    assert _found([*SECRETS, b"Saltmarsh", b"7,315"], told.everything + eve.everything(server)) == set()
    lines = [(line.who, line.detail) for line in read_audit(council.store) if line.what == "sign-in"]
    assert lines[-1] == ("ola@council.gov.uk (account Eve)", "refused: no role")
    assert ("pat@foodbank.org.uk", "partner") in lines


def test_the_server_speaks_of_nobody(server, council) -> None:
    log = "".join(server.log)
    assert "@" not in log
    assert _found(SECRETS, log.encode()) == set()
    lines = json.dumps([line.detail for line in read_audit(council.store) if line.what in {"sign-in", "role change"}])
    assert "@" not in lines
