"""Servers that lie about what they send, and two planners at once: never a mixture, never half a file as a whole."""

import errno
import json
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from geo.errors import FetchError
from layers.fetching.alone import alone
from layers.fetching.arcgis import ask_json
from layers.fetching.download import download
from layers.fetching.headers import published_on
from tests.layers.fetching.provider import QUIRKS


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"


def start(folder, came_of, body: bytes) -> None:
    """Lay the first bytes of a file down, as a run that broke off leaves them."""
    folder.mkdir(exist_ok=True)
    (folder / "table.csv.part").write_bytes(body)
    note = {"url": came_of.url, "validators": {"etag": '"one"', "last_modified": ""}}
    (folder / "table.csv.part.json").write_text(json.dumps(note))


def answering(monkeypatch, provider, *plan) -> None:
    """Answer with these, then as a well-behaved server."""
    for number, (status, body, headers) in enumerate(plan):
        word = f"answer-{number}"
        monkeypatch.setitem(QUIRKS, word, partial(_send, status, body, headers))
        provider.plan.append(word)


def _send(status, body, headers, provider, handler, *_) -> None:
    provider.send(handler, status, body, **headers)


def test_the_rest_of_another_version_is_not_put_behind_the_part(provider, table, means, folder, monkeypatch) -> None:
    body = provider.files["/table.csv"]
    start(folder, table, body.replace(b"Hall", b"Barn")[:100])
    rest = {"Content_Range": f"bytes 100-{len(body) - 1}/{len(body)}", "ETag": '"two"'}
    answering(monkeypatch, provider, (206, body[100:], rest))
    assert download(table, folder, means=means).path.read_bytes() == body


def test_a_part_of_the_rest_is_not_taken_for_the_whole(provider, table, means, folder, monkeypatch) -> None:
    body = provider.files["/table.csv"]
    start(folder, table, body[:100])
    some = {"Content_Range": f"bytes 100-199/{len(body)}", "ETag": '"one"'}
    more = {"Content_Range": f"bytes 200-{len(body) - 1}/{len(body)}", "ETag": '"one"'}
    answering(monkeypatch, provider, (206, body[100:200], some), (206, body[200:], more))
    assert download(table, folder, means=means).path.read_bytes() == body
    assert [one.headers.get("Range") for one in provider.asked] == ["bytes=100-", "bytes=200-"]


@pytest.mark.parametrize("there", ["http://[::1", "//[x/y"])
def test_an_address_that_is_none_is_told_in_a_sentence(provider, table, means, folder, there) -> None:
    provider.plan = [f"to {there}"]
    with pytest.raises(FetchError, match=r"its address cannot be used\. Nothing was changed"):
        download(table, folder, means=means)


def test_a_length_of_thousands_of_figures_is_told_in_a_sentence(provider, table, means, folder, monkeypatch) -> None:
    answering(monkeypatch, provider, (200, b"a,b\n", {"Content-Length": "9" * 5000}))
    once = replace(means, limits=replace(means.limits, tries=1, read_s=0.2))
    with pytest.raises(FetchError, match="Nothing was changed"):
        download(table, folder, means=once)


def test_a_file_dated_in_the_future_does_not_make_every_later_one_older() -> None:
    named = {"Content-Disposition": 'attachment; filename="foodbanks_2099-01-01.csv"'}
    assert published_on(named, else_on=date(2026, 5, 30)) == date(2026, 5, 30)


def test_an_answer_nested_without_end_is_told_in_a_sentence(provider, table, means, folder) -> None:
    provider.files["/table.csv"] = b"[" * 200_000
    with pytest.raises(FetchError, match="the file that came breaks off"):
        download(replace(table, expected="json"), folder, means=means)


def test_two_planners_never_write_to_one_part(provider, table, means, folder) -> None:
    provider.files["/table.csv"] = b"{}"
    folder.mkdir()
    with alone(replace(table, name="answer-table.csv.json"), folder):
        with pytest.raises(FetchError, match="another planner is fetching it into this folder at this moment"):
            ask_json(table, {}, folder, means)
        assert provider.asked == []
    assert ask_json(table, {}, folder, means) == {}
    assert list(folder.iterdir()) == []


def test_a_share_that_knows_no_locks_keeps_nobody_out(table, folder, monkeypatch) -> None:
    def refuse(_handle) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("layers.fetching.alone._lock", refuse)
    folder.mkdir()
    with alone(table, folder), alone(table, folder):
        pass


def test_the_mark_of_a_planner_that_was_killed_keeps_nobody_out(table, folder) -> None:
    folder.mkdir()
    (folder / ".table.csv.lock").touch()
    with alone(table, folder):
        pass
    assert list(folder.iterdir()) == []


def test_the_body_of_a_redirect_is_not_read(provider, table, means, folder, monkeypatch) -> None:
    def endless(provider, handler, *_) -> None:
        provider.send(handler, 302, b"x", length=10**12, Location="/table.csv")
        handler.wfile.flush()
        provider.stop.wait(30)
        handler.close_connection = True

    monkeypatch.setitem(QUIRKS, "endless", endless)
    provider.plan = ["endless"]
    assert download(table, folder, means=means).path.read_bytes() == provider.files["/table.csv"]
    assert len(provider.asked) == 2
