"""A pack is checked in another folder; whoever changes a number, a cell, a picture or the manifest is found out."""

import hashlib
import io
import json
import shutil
import zipfile

import openpyxl
import pytest
from PIL import Image

from geo.errors import BadInputError
from geo.review.forgettable import ByPeriod
from geo.review.forgetting import forget
from geo.review.freezing import canonical
from geo.review.workspace import Workspace
from layers.pack import bundle, verify
from layers.pack.checking import compare, members
from layers.pack.files import pack_files
from layers.pack.making import make_pack
from layers.pack.programme_calendar import CalendarOf
from layers.pack.verify import verify_bundle
from tests.tinytown.council import TODAY
from tests.tinytown.packed import give_it_out, make_packed, settle

SLOW = ("report", "briefing", "maps/")  # made and compared once, in the first test


def _quick(pack, calendar):
    """All files but those that take long; one map stays."""
    files = pack_files(pack, calendar)
    return tuple(one for one in files if not one.name.startswith(SLOW) or "wards_this_year" in one.name)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    made = make_packed(tmp_path_factory.mktemp("verify") / "Tinytown")
    settle(made)
    give_it_out(made)
    return made


@pytest.fixture(scope="module")
def made(council):
    """The team's pack, without the files that take long."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bundle, "pack_files", _quick)
        return make_pack(council, audience="team", today=TODAY, who="JS")


@pytest.fixture(scope="module")
def content(made):
    return made.bundle


@pytest.fixture
def quick(monkeypatch) -> None:
    monkeypatch.setattr(verify, "pack_files", _quick)


def _files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _changed(content, changes, *, signed=True):
    """Change files, and sign the digests again as a forger would; None takes a file out."""
    files = {name: part for name, part in (_files(content) | changes).items() if part is not None}
    if signed:
        manifest = json.loads(files["manifest.json"])
        rest = {name: part for name, part in files.items() if name != "manifest.json"}
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(part).hexdigest(), "bytes": len(part)} for name, part in rest.items()
        }
        if "aggregates.json" in files:
            manifest["aggregates_digest"] = manifest["files"]["aggregates.json"]["sha256"]
        files["manifest.json"] = json.dumps(manifest).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return out.getvalue()


def _apart(content):
    return {one.name: one.told for one in verify_bundle(content).of("differs")}


def test_a_whole_pack_is_the_same_without_any_workspace(council) -> None:
    whole = make_pack(council, audience="public", today=TODAY, who="JS")  # has fewer maps than the team's
    found = verify_bundle(whole.bundle)
    assert found.of("differs") == found.of("not compared") == ()
    assert found.sentence.startswith("The same, digit for digit")
    assert {one.name for one in found.findings} >= set(whole.files)
    assert {"README.txt", "report-public.pdf", "briefing-public.html", "dictionary-public.csv"} <= set(whole.files)
    assert found.digest == whole.pack.digest


def test_writing_it_twice_gives_the_same_bytes(made, content, monkeypatch) -> None:
    monkeypatch.setattr(bundle, "pack_files", _quick)
    calendar = CalendarOf(**json.loads(_files(content)["manifest.json"])["calendar"])
    assert bundle.write_bundle(made.pack, made.aggregates, calendar=calendar) == content
    assert calendar.version == 1
    assert "programme.ics" in made.files


@pytest.mark.usefixtures("quick")
def test_one_frozen_number_changed_and_signed_again_is_caught_by_tables_and_maps(made, content) -> None:
    forged = json.loads(canonical(made.aggregates))
    ward = next(iter(forged["counted"]["review"]["wards"]))
    forged["counted"]["review"]["wards"][ward] += 1
    found = _apart(_changed(content, {"aggregates.json": canonical(forged).encode()}))
    assert {"tables/wards-team-only.csv", "pack-team-only.xlsx", "pack-team-only.gpkg"} <= set(found)
    assert "the file says 127, the frozen numbers give 128" in found["tables/wards-team-only.csv"]
    assert "maps/wards_this_year-team-only.png" in found


@pytest.mark.usefixtures("quick")
def test_one_cell_of_a_csv_is_named_with_both_values(content) -> None:
    name = "tables/wards-team-only.csv"
    table = _files(content)[name].replace(b",127,", b",121,", 1)
    found = _apart(_changed(content, {name: table}))
    assert set(found) == {name}
    assert "the file says 121, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_one_cell_of_the_workbook_is_named_with_its_sheet(content) -> None:
    name = "pack-team-only.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(_files(content)[name]))
    cell = next(one for row in book["Clients by ward"].iter_rows(min_row=2) for one in row if one.value == 127)
    cell.value = "=1+1"
    out = io.BytesIO()
    book.save(out)
    found = _apart(_changed(content, {name: out.getvalue()}))
    assert "'Clients by ward'" in found[name]
    assert "the formula =1+1, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_an_attribute_of_the_geopackage_is_named_with_its_layer(content) -> None:
    import sqlite3  # noqa: PLC0415 - only here is one written by hand

    name = "pack-team-only.gpkg"
    book = sqlite3.connect(":memory:")
    book.deserialize(_files(content)[name])
    book.execute("UPDATE map_wards_this_year SET this_year = 99 WHERE this_year = 127")
    book.commit()
    found = _apart(_changed(content, {name: book.serialize()}))
    book.close()
    assert "'map_wards_this_year'" in found[name]
    assert "the file says 99, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_a_picture_with_one_other_pixel_is_caught(content) -> None:
    name = "maps/wards_this_year-team-only.png"
    picture = Image.open(io.BytesIO(_files(content)[name])).convert("RGBA")
    picture.putpixel((9, 9), (255, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, format="PNG")
    assert "1 of" in _apart(_changed(content, {name: out.getvalue()}))[name]


@pytest.mark.usefixtures("quick")
def test_a_word_of_a_page_and_a_script_in_it_are_both_caught(content) -> None:
    name = "map-team-only.html"
    page = _files(content)[name].decode()
    told = _apart(_changed(content, {name: page.replace("Clients by ward", "Clients by warp").encode()}))
    assert "Clients by warp" in told[name]
    scripted = _apart(_changed(content, {name: page.replace("planner.choices(", "planner.choice(").encode()}))
    assert "every word is the same, but the rest of the file was changed" in scripted[name]


@pytest.mark.usefixtures("quick")
def test_files_that_are_lost_added_swapped_or_not_signed_are_told(content) -> None:
    files = _files(content)
    lost = _apart(_changed(content, {"README.txt": None}))
    assert lost == {"README.txt": "the file is missing from the pack"}
    assert "evil.txt" in _apart(_changed(content, {"evil.txt": b"x"}))
    swapped = {"tables/wards-team-only.csv": files["tables/cells-team-only.csv"]}
    assert "columns are not those" in _apart(_changed(content, swapped))["tables/wards-team-only.csv"]
    unsigned = verify_bundle(_changed(content, {"README.txt": b"x"}, signed=False)).of("differs")
    assert "its digest is not the one in the manifest" in [one.told for one in unsigned if one.name == "README.txt"]


@pytest.mark.usefixtures("quick")
def test_an_edited_manifest_is_caught(content) -> None:
    manifest = json.loads(_files(content)["manifest.json"])
    manifest["editions"][0]["edition"] = "2099-01"
    manifest["scenario"]["scan"]["seed"] = 7
    found = _apart(_changed(content, {"manifest.json": json.dumps(manifest).encode()}))
    assert set(found) == {"manifest.json: editions", "manifest.json: scenario"}


@pytest.mark.usefixtures("quick")
def test_what_another_version_made_is_compared_as_far_as_it_can_be(content) -> None:
    manifest = json.loads(_files(content)["manifest.json"])
    manifest["written_with"]["matplotlib"] = "0.1"
    name = "maps/wards_this_year-team-only.png"
    picture = Image.open(io.BytesIO(_files(content)[name])).convert("RGBA")
    picture.putpixel((9, 9), (255, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, format="PNG")
    found = verify_bundle(_changed(content, {"manifest.json": json.dumps(manifest).encode(), name: out.getvalue()}))
    assert found.same
    assert [one.name for one in found.of("not compared")] == [name]
    assert "1 could not be compared" in found.sentence
    assert compare.compare("report.pdf", b"%PDF a", b"%PDF b", same_versions=False).state == "not compared"
    assert compare.compare("report.pdf", b"%PDF a", b"%PDF b", same_versions=True).state == "differs"


@pytest.mark.usefixtures("quick")
def test_the_source_rows_are_asked_where_they_are(council, content, tmp_path) -> None:
    assert verify_bundle(content, workspace=council).source == (
        "No pack with this digest was kept in the workspace.",
        "The rows in the workspace still give these numbers.",
    )
    later = Workspace.open(shutil.copytree(council.root, tmp_path / "later"))
    forget(later, ByPeriod("2022-23", first_month=4), today=TODAY)
    told = verify_bundle(content, workspace=later)
    assert told.same  # the pack itself is as it was
    assert any("source rows since erased" in sentence for sentence in told.source)


@pytest.mark.parametrize(
    ("hostile", "sentence"),
    [
        (b"PK no zip", "This is no pack"),
        (b"", "This is no pack"),
        ({"../evil.txt": b"x"}, "climb out"),
        ({"a.txt": b"x"}, "holds no manifest.json"),
        ({"manifest.json": b"{}", "aggregates.json": b"[" * 100_000}, "cannot be read"),
        ({"manifest.json": b"[]", "aggregates.json": b"{}"}, "not what the planner writes"),
        ({"manifest.json": b"{}", "aggregates.json": b"{}"}, "cannot be told as a pack"),
        ({"manifest.json": b"{}", "aggregates.json": b'{"audience": "team", "format": 1}'}, "cannot be told as a pack"),
        ({"bomb.txt": b"0" * 20_000_000}, "zip bomb"),
    ],
)
def test_what_is_no_pack_is_refused_in_a_sentence(hostile, sentence) -> None:
    if isinstance(hostile, dict):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in hostile.items():
                archive.writestr(name, part)
        hostile = out.getvalue()
    with pytest.raises(BadInputError, match=sentence):
        verify_bundle(hostile)


def test_more_than_a_pack_holds_is_not_even_opened(monkeypatch) -> None:
    monkeypatch.setattr(members, "MAX_PACKED", 10)
    with pytest.raises(BadInputError, match="a pack has"):
        verify_bundle(b"PK" * 10)
