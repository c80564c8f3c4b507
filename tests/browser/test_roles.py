"""Two people at once on a server, each in a browser of their own: what one may see, the other is never sent."""

import json
from pathlib import Path

import pytest
from websockets.exceptions import WebSocketException

from geo.review.audit import read_audit
from tests.browser.planted import CLIENT, NUMBER, SECRETS
from tests.browser.raw_client import ask, pages_in, run_page
from tests.browser.record import choose, cookies_of, found, settle, wait_for, wait_until_quiet

pytestmark = pytest.mark.browser

TEAM_PAGES = ["start", "referrals", "map", "priorities", "trends", "gaps", "hubs", "releases", "data", "audit"]


def test_a_partner_is_never_sent_what_the_officer_beside_them_sees(sign_in, server, council, tmp_path) -> None:
    officer, _ = sign_in("Ola")
    settle(officer.page, "Review of")
    partner, context = sign_in("Pat")
    settle(partner.page, "Releases")
    _look_round_as_officer(officer, tmp_path)
    _look_round_as_partner(partner, server)
    seen = officer.everything(server)
    assert found(SECRETS, seen) == set(SECRETS)
    sent = partner.everything(server)
    assert found(SECRETS, sent) == set()
    assert str(council.root).encode() not in sent
    assert b"7,315" in sent
    assert len(partner.downloads) == 3
    assert set(pages_in(partner.frames)) == {"", "own_feed"}
    _ask_what_no_browser_asks(server, cookies_of(context), officer)
    _end(officer, partner, server)


def _look_round_as_officer(officer, tmp_path) -> None:
    page = officer.page
    export = tmp_path / "export.csv"
    export.write_text(f"Case Ref,Date,Postcode,Name\nN-1,05/05/2025,ZZ1 0AG,{CLIENT}\n", encoding="utf-8")
    page.get_by_role("link", name="Map", exact=True).first.click()
    settle(page, "Map")
    choose(page, "Review year", "2022-23")
    choose(page, "Show by", "Wards")
    wait_for(officer, NUMBER)
    for name in ("Hubs", "Releases", "Audit"):
        page.get_by_role("link", name=name, exact=True).first.click()
        settle(page, name)
    page.get_by_role("link", name="Referrals", exact=True).first.click()
    settle(page, "Referrals")
    page.locator("input[type=file]").set_input_files(str(export))
    page.get_by_text("First rows of").click()
    page.get_by_text("Columns that will be dropped").wait_for()


def _look_round_as_partner(partner, server) -> None:
    page = partner.page
    choose(page, "Release", "2022-23")
    wait_for(partner, b"7,315")
    page.frame_locator("iframe").first.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    wait_until_quiet(partner)
    for label in ("Map (HTML)", "Table (CSV)", "Areas (GeoJSON)"):
        with page.expect_download(timeout=60_000) as caught:
            page.get_by_role("button", name=label).click()
        partner.downloads.append(Path(caught.value.path()).read_bytes())
    page.get_by_role("link", name="Your file", exact=True).first.click()
    settle(page, "Your file")
    for address in ("map", "audit?workspace=/&role=lead", "releases"):
        page.goto(f"{server.address}/{address}")
        settle(page, "Releases")


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
    assert found(SECRETS, told.everything) == set()
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
    old = cookies_of(officer.page.context)
    assert {"", "map"} <= set(ask(server.address, [run_page()], cookies=old).pages)
    officer.page.get_by_role("button", name="Sign out").click()
    officer.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert set(ask(server.address, [run_page()], cookies=old).pages) == {""}
    assert "_streamlit_user" not in cookies_of(officer.page.context)
    partner.page.get_by_role("combobox", name="Release").wait_for()


def test_an_address_that_nobody_verified_gets_a_sentence_and_the_way_out(sign_in, server, council) -> None:
    eve, context = sign_in("Eve")
    eve.page.get_by_text("have no role here").wait_for(timeout=60_000)
    eve.page.get_by_role("button", name="Sign out").wait_for()
    assert eve.page.get_by_role("button").all_inner_texts() == ["Sign out"]
    told = ask(server.address, [run_page(name) for name in TEAM_PAGES], cookies=cookies_of(context))
    assert set(told.pages) == {""}
    assert found([*SECRETS, b"Saltmarsh", b"7,315"], told.everything + eve.everything(server)) == set()
    lines = [(line.who, line.detail) for line in read_audit(council.store) if line.what == "sign-in"]
    assert lines[-1] == ("ola@council.gov.uk (account Eve)", "refused: no role")
    assert ("pat@foodbank.org.uk", "partner") in lines


def test_the_server_speaks_of_nobody(server, council) -> None:
    log = "".join(server.log)
    assert "@" not in log
    assert found(SECRETS, log.encode()) == set()
    lines = json.dumps([line.detail for line in read_audit(council.store) if line.what in {"sign-in", "role change"}])
    assert "@" not in lines
