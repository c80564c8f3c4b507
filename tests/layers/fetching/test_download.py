"""One file downloaded: whole or not at all, whatever the server does."""

import errno
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from geo.errors import FetchError, WorkspaceError
from layers.fetching.download import download
from layers.fetching.source import Limits, Validators


@pytest.fixture
def body(provider, table) -> bytes:
    return provider.files[f"/{table.name}"]


@pytest.fixture
def fetch(table, tmp_path, means):
    """Download the table, or another source."""

    def run(source=None, *, read_s=5, **changed):
        patient = replace(means, limits=replace(means.limits, read_s=read_s))
        return download(source or table, tmp_path / "downloads", means=patient, **changed)

    return run


def left(tmp_path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "downloads").iterdir())


def test_a_file_arrives_whole_with_its_digest_and_its_day(fetch, body, told, tmp_path, provider) -> None:
    came = fetch()
    assert came.path.read_bytes() == body
    assert (came.sha256, came.size) == (hashlib.sha256(body).hexdigest(), len(body))
    assert (f"{came.published}", came.last_modified) == ("2026-05-06", "Wed, 06 May 2026 03:00:00 GMT")
    assert left(tmp_path) == ["table.csv"]
    assert told[-1] == ("The table: 0.1 of 0.1 MB", pytest.approx(0.9))
    headers = provider.asked[0].headers
    assert headers["User-Agent"].startswith("Hotspot and Co-location Planner (")
    assert headers["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


# What the server does, what comes of it ("" where the file arrives), and how often we waited before.
QUIRKS = [
    ("redirect", ["to /table.csv"], "", 0),
    ("redirect loop", ["loop"], "sent us on to another address more than 5 times", 0),
    ("redirect to a file", ["to file:///etc/passwd"], r"an address that is not secure \(file\)", 0),
    ("busy once", ["503"], "", 1),
    ("busy for good", ["503"] * 3, r"was busy \(it answered 503\), 3 times", 2),
    ("too many questions", ["429 77"], "", 1),
    ("refused", ["403"], "answered 403; its address may have changed", 0),
    ("gone", ["410"], "answered 410; its address may have changed", 0),
    ("truncated, then resumed", ["truncated"], "", 1),
    ("chunks that end early", ["chunked"], "", 1),
    ("gzip", ["gzip"], "", 0),
    ("half a gzip", ["gzip half"], "", 1),
    ("another packing", ["brotli"], r"packed in a way that was not asked for \(br\)", 0),
    ("a sign-in page", ["login"], "looks like the sign-in page of your network's proxy", 0),
    ("an error page", ["html"], "a web page came in its place, perhaps an error page", 0),
    ("something else", ["junk"], "what came is no CSV file", 0),
    ("nothing", ["empty", "empty", "empty"], "an empty file came, 3 times", 2),
    ("slow drip", ["drip"], "", 1),
    ("slow for good", ["drip"] * 3, "the connection was too slow, 3 times", 2),
    ("hang", ["hang"], "", 1),
    ("hang for good", ["hang"] * 3, "the server fell silent, 3 times", 2),
    ("hang up", ["hang-up"], "", 1),
    ("the proxy's password", ["407"], "the proxy of your network asks for a password first", 0),
]


@pytest.mark.parametrize(("plan", "words", "waits"), [row[1:] for row in QUIRKS], ids=[row[0] for row in QUIRKS])
def test_each_quirk_ends_in_the_right_file_or_a_sentence(
    *, fetch, body, provider, slept, tmp_path, plan, words, waits
) -> None:
    provider.plan = list(plan)
    earlier = tmp_path / "downloads" / "table.csv"
    earlier.parent.mkdir()
    earlier.write_bytes(b"the file of before")
    read_s = 0.2 if "hang" in plan else 5
    if words:
        with pytest.raises(FetchError, match=words) as told:
            fetch(read_s=read_s)
        assert earlier.read_bytes() == b"the file of before"
        assert "Nothing was changed. You can download it by hand from https://example.org/tables" in str(told.value)
        assert "\n" not in str(told.value)
    else:
        assert fetch(read_s=read_s).path.read_bytes() == body
    assert len(slept) == waits


def test_pauses_grow_are_spread_and_are_as_long_as_the_server_asks(fetch, provider, slept) -> None:
    provider.plan = ["503", "503"]
    fetch()
    assert 2 <= slept[0] <= 4 <= slept[1] <= 8
    provider.plan = ["429 77"]
    fetch()
    provider.plan = ["503 date"]
    fetch()
    provider.plan = ["429 99999"]
    with pytest.raises(FetchError, match="it took longer than 3 minutes"):  # the deadline of these tests is 200 s
        fetch()
    assert slept[2] == 77
    assert 80 < slept[3] <= 90


def test_a_part_is_gone_on_with_where_it_is_of_the_same_version(fetch, body, provider) -> None:
    provider.plan = ["truncated"]
    fetch()
    first, second = provider.asked
    assert "Range" not in first.headers
    assert second.headers["Range"] == f"bytes={len(body) // 2}-"
    assert second.headers["If-Range"].startswith('"')


@pytest.mark.parametrize("change", ["version", "ranges", "tag"])
def test_a_part_that_cannot_be_gone_on_with_is_fetched_anew(fetch, body, provider, tmp_path, change) -> None:
    provider.etags = change != "tag"
    provider.dates = change != "tag"
    provider.plan = ["truncated", "503", "503"]
    with pytest.raises(FetchError):
        fetch()
    provider.ranges = change != "ranges"
    provider.files["/table.csv"] = expected = body.replace(b"Hall", b"Barn") if change == "version" else body
    assert fetch().path.read_bytes() == expected
    assert left(tmp_path) == ["table.csv"]


def test_the_wrong_part_and_a_part_that_was_whole_already(fetch, body, provider, tmp_path) -> None:
    provider.plan = ["truncated", "other-part"]
    assert fetch().path.read_bytes() == body
    folder = tmp_path / "downloads"
    came = fetch()
    came.path.rename(folder / "table.csv.part")
    note = {"url": came.url, "validators": {"etag": came.etag, "last_modified": ""}}
    (folder / "table.csv.part.json").write_text(json.dumps(note))
    assert fetch().path.read_bytes() == body
    assert provider.asked[-1].headers["Range"] == f"bytes={len(body)}-"


def test_a_part_of_another_address_or_with_a_damaged_note_is_not_used(fetch, body, tmp_path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    for note in ('{"url": "http://127.0.0.1:9/x", "validators": {"etag": "a"}}', '{"url"', "[]"):
        (folder / "table.csv.part").write_bytes(b"another file's beginning")
        (folder / "table.csv.part.json").write_text(note)
        assert fetch().path.read_bytes() == body


def test_old_parts_are_swept_away_and_young_ones_stay(fetch, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "downloads"
    (folder / "streets-1").mkdir(parents=True)
    for name in ("old.zip.part", "old.zip.part.json", "streets-1/old.part"):
        (folder / name).write_bytes(b"x")
    fetch()
    assert (folder / "old.zip.part").exists()
    monkeypatch.setattr("layers.fetching.partial._STALE_SECONDS", -1)
    fetch()
    assert not list(folder.glob("*.part*"))
    assert (folder / "streets-1/old.part").exists()


def test_a_server_that_says_nothing_is_new_is_believed_only_when_asked_so(fetch) -> None:
    came = fetch()
    assert fetch(earlier=came.validators) is None
    assert fetch(earlier=Validators('"other"', "")).sha256 == came.sha256


def test_too_large_a_file_is_refused_before_and_while_it_comes(fetch, table, provider, tmp_path) -> None:
    small = replace(table, max_bytes=1000)
    for plan in ([], ["gzip"], ["unsaid"]):
        provider.plan = list(plan)
        with pytest.raises(FetchError, match="it is larger than 0 MB, which it should not be"):
            fetch(small)
        assert left(tmp_path) == []


def test_a_zip_that_breaks_off_is_noticed_though_no_length_was_said(fetch, table, provider, slept) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x" * 1000)
    provider.files["/table.csv"] = packed.getvalue()
    zipped = replace(table, expected="zip")
    for quirk in ("unsaid", "wrong-length"):
        provider.plan = [quirk]
        assert fetch(zipped).path.read_bytes() == packed.getvalue()
    assert len(slept) == 2
    provider.plan = ["login"]
    with pytest.raises(FetchError, match="sign-in page"):
        fetch(zipped)
    provider.files["/table.csv"] = b"a,b\n"
    with pytest.raises(FetchError, match="what came is no zip file"):
        fetch(zipped)


def test_a_table_that_ends_within_a_cell_is_noticed(fetch, provider) -> None:
    provider.files["/table.csv"] = b'name,postcode\n"Hall","SP1'
    with pytest.raises(FetchError, match="the file that came breaks off, 3 times"):
        fetch()


def test_a_full_disk_is_one_sentence_and_leaves_no_part(fetch, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("layers.fetching.download.shutil.disk_usage", lambda _: type("Use", (), {"free": 10})())
    with pytest.raises(WorkspaceError, match="has 0 MB left and The table needs 0 MB; make room and try again"):
        fetch()
    monkeypatch.undo()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("layers.fetching.partial.os.fsync", full)
    with pytest.raises(WorkspaceError, match=r"The disk that holds .* is full; make room and try again"):
        fetch()
    assert [name for name in left(tmp_path) if "part" in name] == []


def test_no_server_and_no_network_are_told_in_a_sentence(fetch, provider, table) -> None:
    provider.close()
    with pytest.raises(FetchError, match=r"could not be reached; check that this machine is on the network, 3 times"):
        fetch()
    with pytest.raises(FetchError, match=r"api\.example\.org could not be reached"):
        fetch(replace(table, url="https://api.example.org/x"))


def test_a_download_that_takes_longer_than_its_time_ends_and_is_kept(provider, means, table, tmp_path) -> None:
    provider.drip_s = 0.01
    provider.plan = ["drip"]
    hasty = replace(means, limits=Limits(read_s=1, deadline_s=0.2, tries=1))
    with pytest.raises(FetchError, match=r"longer than 0 minutes\..* What has arrived is kept: ask again"):
        download(table, tmp_path / "downloads", means=hasty)
    assert left(tmp_path) == ["table.csv.part", "table.csv.part.json"]
