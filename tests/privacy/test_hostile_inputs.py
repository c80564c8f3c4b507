"""Hundreds of hostile files: each ends in a result or one sentence, soon, and leaves nothing; what is kept is inert."""

import csv
import hashlib
import io
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from html.parser import HTMLParser

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from commands.files import write_table
from geo.errors import PlannerError
from geo.review.tables import read_table
from geo.review.workspace import Workspace
from layers import outlines, sites
from layers.base import add_legend, add_sources, new_map
from layers.standalone import standalone_html
from layers.style import LegendSection
from pages.kit.tables import to_csv
from tests.layers.drawn import areas_of, sites_named
from tests.privacy.hostile.archives import workbook
from tests.privacy.hostile.corpus import corpus
from tests.privacy.hostile.entries import CLIENTS, WAYS, send
from tests.privacy.hostile.payloads import MARK, TEXTS
from tests.tinytown.council import make_council

MOST_SECONDS = 5  # of the processor, so that a busy machine fails nothing
WAITED_SECONDS = 60  # of the clock: what sleeps for ever is a hang too
OUTWARD = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.fork")
KEPT = {"planner.sqlite", "planner.sqlite-wal", "planner.sqlite-shm"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HARMLESS_TAGS = {"html", "head", "meta", "title", "style", "body", "h1", "main", "div", "table", "caption", "thead"}
HARMLESS_TAGS |= {"tr", "th", "tbody", "td", "p", "script"}

_asked: list[str] = []


def _listen(event, arguments, outward=OUTWARD):  # a default, for a hook outlives the names of its module
    if event in outward:
        _asked.append(f"{event} {arguments[:1]}")


@pytest.fixture(scope="module", autouse=True)
def _hook():
    sys.addaudithook(_listen)


class TooSlowError(BaseException):
    """Not an Exception, so that no reader can swallow it."""


@contextmanager
def at_most(seconds):
    def ring(*_):
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("council") / "workspace")


@pytest.fixture
def watched(tmp_path, council, monkeypatch):
    """A copy of the council's workspace, and every folder that a reader might leave something in."""
    workspace = Workspace.open(shutil.copytree(council.root, tmp_path / "workspace"))
    for name in ("temporary", "home", "here", "given"):
        (tmp_path / name).mkdir()
    for name in ("TMPDIR", "CPL_TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(tmp_path / "temporary"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path / "here")
    return workspace


def _seen(folder):
    """Every file but those given, with what is in it."""
    paths = [path for path in folder.rglob("*") if path.is_file() and "given" not in path.parts]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _strays(before, after, *, refused):
    changed = {name for name in after if before.get(name) != after[name]} | (before.keys() - after.keys())
    own = {name for name in changed if name.startswith("workspace/")}
    expected = {name for name in own if name.rsplit("/", 1)[-1] in KEPT}
    expected |= set() if refused else {name for name in own if name.endswith(".parquet")}
    return sorted(changed - expected)


@pytest.mark.skipif(os.name == "nt", reason="needs an alarm clock that interrupts")
@pytest.mark.parametrize("way", sorted(WAYS))
def test_every_hostile_file_ends_in_a_result_or_a_sentence_and_leaves_nothing(way, watched, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    faults = []
    for hostile in (one for one in corpus() if one.way == way):
        before = _seen(tmp_path)
        caplog.clear()
        _asked.clear()
        ended, seconds = _sent(hostile, watched, tmp_path / "given")
        faults += [f"{hostile}: {fault}" for fault in _faults(hostile, ended, seconds, caplog.text)]
        strays = _strays(before, _seen(tmp_path), refused=bool(ended))
        faults += [f"{hostile}: left {strays}"] if strays else []
        faults += [f"{hostile}: asked {_asked}"] if _asked else []
    assert faults == []


def _sent(hostile, workspace, folder):
    """Give an input to its way in: the sentence of a refusal, or "", and the seconds it took."""
    begun = time.process_time()
    try:
        with at_most(WAITED_SECONDS):
            send(hostile, workspace, folder)
        said = ""
    except PlannerError as refusal:
        said = str(refusal)
    except TooSlowError:
        said = "HANGS"
    except Exception as error:  # noqa: BLE001 - every other error is a fault, named below
        said = f"CRASHES: {type(error).__name__}"
    return said, time.process_time() - begun


def _faults(hostile, said, seconds, logged):
    rules = {
        f"{seconds:.1f} s": seconds > MOST_SECONDS,
        said: said.startswith(("HANGS", "CRASHES")) or "Traceback" in said,
        "a message without an end": len(said) > 2_000,
        f"quotes a client's file: {said[:200]}": hostile.way in CLIENTS and MARK in said.replace("'HOSTILE", ""),
        "a log line quotes the file": MARK in logged,
    }
    return [fault for fault, wrong in rules.items() if wrong]


def test_the_corpus_is_large_and_meets_every_way_in():
    ways = Counter(hostile.way for hostile in corpus())
    assert sum(ways.values()) >= 200
    assert set(ways) == set(WAYS)
    names = [str(hostile) for hostile in corpus()]
    assert sorted(names) == sorted(set(names))


def test_the_watch_would_see_what_a_careless_reader_leaves(tmp_path):
    before = _seen(tmp_path)
    (tmp_path / "unpacked.csv").write_text("x")
    assert _strays(before, _seen(tmp_path), refused=False) == ["unpacked.csv"]
    assert _faults(corpus()[0], "CRASHES: KeyError", 6, f"a line with {MARK}") != []


def _frame():
    texts = list(TEXTS.values())
    return pd.DataFrame({"name": texts, "count": range(len(texts))}, dtype="object").rename(columns={"name": "=name"})


def _cells(content):
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def test_no_cell_of_an_export_starts_a_formula(tmp_path):
    frame = _frame()
    write_table(frame.astype({"=name": "str"}), gpd.GeoSeries(), tmp_path / "x.csv")
    for content in (to_csv(frame), (tmp_path / "x.csv").read_bytes()):
        cells = _cells(content)
        assert len(cells) == 3 * (len(TEXTS) + 1)  # the two columns, and whom it is for
        assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


def test_a_geojson_export_is_json_that_gives_the_texts_back(tmp_path):
    frame = pd.DataFrame({"name": list(TEXTS.values())})
    points = gpd.GeoSeries([shapely.Point(1, 53)] * len(frame), crs=4326)
    write_table(frame, points, tmp_path / "x.geojson")
    features = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["name"] for one in features] == list(TEXTS.values())


class Parsed(HTMLParser):
    """Tags, and attributes that run or ask."""

    def __init__(self):
        super().__init__()
        self.tags, self.running = Counter(), []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.running += [name for name, _ in attrs if name.startswith("on") or name in {"src", "href", "srcdoc"}]


def _page(square):
    texts = list(TEXTS.values())
    target = new_map(square, title=" ".join(texts)[:3_000] + texts[22])
    outlines.draw_area_lines(target, areas_of(*[shapely.box(-1.5, 51.18, -1.48, 51.22)] * 3, name=texts[22]))
    sites.draw_sites(target, sites_named(*texts))
    add_legend(target, [LegendSection(text, ()) for text in texts], notes=texts)
    add_sources(target, texts)
    return standalone_html(target, table=_frame(), notes=texts)


@pytest.fixture
def square():
    return gpd.GeoDataFrame(geometry=[shapely.box(-1.52, 51.18, -1.4, 51.25)], crs=4326)


def test_a_page_of_hostile_names_holds_no_tag_of_theirs(square):
    parsed = Parsed()
    parsed.feed(_page(square))
    assert set(parsed.tags) <= HARMLESS_TAGS
    assert parsed.tags["script"] == 2
    assert parsed.running == []


@pytest.mark.browser
def test_no_hostile_name_runs_in_a_browser(chromium, square, tmp_path):
    path = tmp_path / "map.html"
    path.write_text(_page(square), encoding="utf-8")
    page, seen = chromium.new_page(), []
    page.on("dialog", lambda dialog: (seen.append("dialog"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if not request.url.startswith("data:") else None)
    page.goto(path.as_uri())
    marks = page.locator(".planner-mark")
    assert marks.count() == len(TEXTS)
    for at in range(0, len(TEXTS), 5):
        marks.nth(at).dispatch_event("click")
        assert page.locator(".leaflet-popup-content script, .leaflet-popup-content img").count() == 0
    page.wait_for_timeout(500)
    assert page.evaluate("typeof window.hostile") == "undefined"
    assert seen == [path.as_uri()]
    page.close()


def test_a_text_of_a_workbook_is_read_as_text_and_never_worked_out():
    table = read_table(workbook((("date", "postcode"), ("=1+1", "@SUM(1)"))))
    assert table.rows.iloc[0].to_list() == ["=1+1", "@SUM(1)"]
