"""What a partner who means harm tries against the officer beside them, and what is left open to somebody struck out."""

import re
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_media_file_storage import _calculate_file_id
from websockets.exceptions import WebSocketException

from tests.browser.planted import CLIENT, NUMBER, SECRETS
from tests.browser.raw_client import ask, pages_in, run_page
from tests.browser.record import choose, cookies_of, found, settle, wait_for, wait_until_quiet

pytestmark = pytest.mark.browser

MIME = {"csv": "text/csv", "geojson": "application/geo+json", "html": "text/html"}
FILES = {"Table (CSV)": "csv", "Map for a GIS (GeoJSON)": "geojson", "Map (HTML)": "html"}


def _open_the_exact_map(officer) -> None:
    officer.page.get_by_role("link", name="Map", exact=True).first.click()
    settle(officer.page, "Map")
    choose(officer.page, "Review year", "2022-23")
    choose(officer.page, "Show by", "Wards")
    wait_for(officer, NUMBER)
    wait_until_quiet(officer)


def _take(officer, label: str) -> tuple[str, bytes]:
    with officer.page.expect_download(timeout=60_000) as caught:
        officer.page.get_by_role("button", name=label).click()
    content = Path(caught.value.path()).read_bytes()
    officer.downloads.append(content)
    return caught.value.suggested_filename, content


def _asked(record) -> list[str]:
    return list(record.answers)


def _session_of(frames: list[bytes]) -> str:
    """Read the id of a session, which only its own browser is told."""
    told = [ForwardMsg.FromString(frame).new_session.initialize.session_id for frame in frames]
    return next(one for one in reversed(told) if one)


def _fragments_in(frames: list[bytes]) -> set[str]:
    return {one for frame in frames if (one := ForwardMsg.FromString(frame).delta.fragment_id)}


def _buttons_in(frames: list[bytes]) -> set[str]:
    return {one for frame in frames if (one := ForwardMsg.FromString(frame).delta.new_element.button.id)}


def _at_work(sign_in):
    record, _ = sign_in("Ola")
    settle(record.page, "Review of")
    _open_the_exact_map(record)
    return record


@pytest.fixture(scope="module")
def officer(sign_in):
    """The officer, with the exact numbers of the wards on their screen, for all tests that leave them there."""
    return _at_work(sign_in)


@pytest.fixture
def leaving_officer(sign_in):
    """The same, for a test after which nothing is left of it."""
    return _at_work(sign_in)


@pytest.fixture(scope="module")
def partner(sign_in):
    record, context = sign_in("Pat")
    settle(record.page, "Releases")
    return record, context


def test_an_officers_file_has_no_address_for_a_partner_to_ask(officer, partner, server, chromium) -> None:
    """Nor can a partner who guesses a table right learn so: Streamlit would name it by a hash of its content."""
    for label, ending in FILES.items():
        name, content = _take(officer, label)
        assert name.endswith(f"-team-only.{ending}")
        assert re.search(rb"7,?313", content)
        address = f"{server.address}/media/{_calculate_file_id(content, MIME[ending], name)}.{ending}"
        for context in (officer.page.context, partner[1], chromium.new_context()):
            assert context.request.get(address).status == 404
    for record in (officer, partner[0]):
        assert not [address for address in _asked(record) if "/media/" in address and "/static/" not in address]
    for frame in officer.frames:
        element = ForwardMsg.FromString(frame).delta.new_element
        assert not element.download_button.url + element.download_button.deferred_file_id


def test_what_an_officer_uploads_is_given_back_to_nobody(leaving_officer, partner, tmp_path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(f"Case Ref,Date,Postcode,Name\nN-1,05/05/2025,ZZ1 0AG,{CLIENT}\n", encoding="utf-8")
    leaving_officer.page.get_by_role("link", name="Referrals", exact=True).first.click()
    settle(leaving_officer.page, "Referrals")
    leaving_officer.page.locator("input[type=file]").set_input_files(str(export))
    leaving_officer.page.get_by_text("First rows of").wait_for()
    (address,) = [one for one in _asked(leaving_officer) if "/_stcore/upload_file/" in one]
    asking = partner[1].request
    for answer in (asking.get(address), asking.head(address), asking.get(address.replace("upload_file", "media"))):
        assert CLIENT.encode() not in answer.body()
    assert (
        asking.put(address, multipart={"file": {"name": "x.csv", "mimeType": "text/csv", "buffer": b"x"}}).status == 403
    )
    assert asking.delete(address).status == 403
    leaving_officer.page.get_by_text("First rows of").wait_for()


def test_an_officers_session_is_taken_over_by_nobody(leaving_officer, partner, server) -> None:
    session = _session_of(leaving_officer.frames)
    cookies = cookies_of(partner[1])
    told = ask(server.address, [run_page(), run_page("map")], cookies=cookies, session=session)
    assert _session_of(told.frames) != session
    assert set(told.pages) == {"", "own_feed"}
    assert found(SECRETS, told.everything) == set()
    nobody = {"_streamlit_xsrf": cookies["_streamlit_xsrf"]}
    told = ask(server.address, [run_page(), run_page("map")], cookies=nobody, session=session)
    assert set(told.pages) == {""}
    assert found([*SECRETS, b"Saltmarsh"], told.everything) == set()
    choose(leaving_officer.page, "Review year", "2023-24")  # and the officer's own goes on
    wait_until_quiet(leaving_officer)
    assert _session_of(leaving_officer.frames) == session


def test_the_officers_buttons_and_fragments_answer_no_one_else(officer, partner, server) -> None:
    _take(officer, "Table (CSV)")
    fragments, buttons = _fragments_in(officer.frames), _buttons_in(officer.frames)
    assert fragments
    assert any("download" in button for button in buttons)
    hashes = pages_in(officer.frames)
    forged = []
    for fragment in fragments:
        message = run_page(page_hash=hashes["map"])
        message.rerun_script.fragment_id = fragment
        for button in buttons:
            message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        forged.append(message)
    told = ask(server.address, [run_page()], forged=forged, cookies=cookies_of(partner[1]))
    assert found([*SECRETS, b"team-only"], told.everything) == set()
    assert set(told.pages) == {"", "own_feed"}


def test_nobody_meddles_with_all_others_by_a_message(leaving_officer, server) -> None:
    """One message of Streamlit's empties all caches, for whoever sends it: an ended sign-in must not live again."""
    old = cookies_of(leaving_officer.page.context)
    nobody = {"_streamlit_xsrf": old["_streamlit_xsrf"]}
    leaving_officer.page.get_by_role("button", name="Sign out").click()
    leaving_officer.page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert set(ask(server.address, [run_page()], cookies=old).pages) == {""}
    forged = [BackMsg(clear_cache=True), BackMsg(load_git_info=True)]
    told = ask(server.address, [run_page()], cookies=nobody, forged=forged)
    assert not [frame for frame in told.frames if ForwardMsg.FromString(frame).HasField("git_info_changed")]
    assert set(ask(server.address, [run_page()], cookies=old).pages) == {""}


def test_addresses_of_the_server_itself_tell_nobody_of_the_work(officer, partner, server, chromium) -> None:
    _take(officer, "Table (CSV)")
    addresses = ["_stcore/health", "_stcore/host-config", "_stcore/metrics", "_stcore/script-health-check", "media/",
                 "component/leaflet/../../app.py", "app/static/app.py", "_stcore/message?hash=x", "openapi.json",
                 "_stcore/agent", "component/x/%2e%2e/%2e%2e/scenario.toml"]  # fmt: skip
    for context in (partner[1], chromium.new_context()):
        said = b"\n".join(context.request.get(f"{server.address}/{one}").body() for one in addresses)
        assert found([*SECRETS, b"@", b"Saltmarsh Council"], said) <= {b"@"}
        assert b"council.gov.uk" not in said


def test_an_officer_struck_out_is_given_no_file_by_a_page_still_open(leaving_officer, server) -> None:
    text = server.roles.read_text(encoding="utf-8")
    try:
        server.roles.write_text(text.replace("ola@council.gov.uk", "new@council.gov.uk"), encoding="utf-8")
        before = len(leaving_officer.frames)
        leaving_officer.page.get_by_role("button", name="Table (CSV)").click()
        leaving_officer.page.get_by_text("have no role here").wait_for()
        assert found([*SECRETS, b"team-only"], b"\n".join(leaving_officer.frames[before:])) == set()
    finally:
        server.roles.write_text(text, encoding="utf-8")


def test_an_officer_who_becomes_a_partner_is_sent_nothing_of_the_team_from_then_on(leaving_officer, server) -> None:
    text = server.roles.read_text(encoding="utf-8")
    other = text.replace("ola@council.gov.uk", "new@council.gov.uk").replace(
        'emails = ["pat@foodbank.org.uk"]', 'emails = ["pat@foodbank.org.uk", "ola@council.gov.uk"]'
    )
    try:
        server.roles.write_text(other, encoding="utf-8")
        before = len(leaving_officer.frames)
        choose(leaving_officer.page, "Review year", "2023-24")
        settle(leaving_officer.page, "Releases")
        wait_until_quiet(leaving_officer)
        sent = b"\n".join(leaving_officer.frames[before:])
        assert set(pages_in(leaving_officer.frames[before:])) == {"", "own_feed"}
        assert found(SECRETS, sent) == set()
    finally:
        server.roles.write_text(text, encoding="utf-8")


def test_a_cookie_opens_nothing_under_another_name_of_the_server(officer, server) -> None:
    cookies = cookies_of(officer.page.context)
    assert "map" in ask(server.address, [run_page()], cookies=cookies).pages
    other = server.address.replace("127.0.0.1", "localhost")
    with pytest.raises(WebSocketException):
        ask(other, [run_page()], cookies=cookies, origin=other)
