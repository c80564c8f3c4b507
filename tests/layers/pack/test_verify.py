"""A pack is checked in another folder; whoever changes a number, a cell, a picture or the manifest is found out."""

import io
import json
import shutil

import openpyxl
import pytest
from PIL import Image

from geo.review.forgettable import ByPeriod
from geo.review.forgetting import forget
from geo.review.freezing import canonical
from geo.review.workspace import Workspace
from layers.pack import bundle, verify
from layers.pack.checking import compare
from layers.pack.making import make_pack
from layers.pack.programme_calendar import CalendarOf
from layers.pack.verify import verify_bundle
from tests.layers.pack.forging import apart, changed, files_of, quick_files
from tests.tinytown.council import TODAY


def test_a_whole_pack_is_the_same_without_any_workspace(packed_council) -> None:
    whole = make_pack(packed_council, audience="public", today=TODAY, who="JS")  # has fewer maps than the team's
    found = verify_bundle(whole.bundle)
    assert found.of("differs") == found.of("not compared") == ()
    assert found.sentence.startswith("The same, digit for digit")
    assert {one.name for one in found.findings} >= set(whole.files)
    assert {"README.txt", "report-public.pdf", "briefing-public.html", "dictionary-public.csv"} <= set(whole.files)
    assert found.digest == whole.pack.digest


def test_writing_it_twice_gives_the_same_bytes(made, content, monkeypatch) -> None:
    monkeypatch.setattr(bundle, "pack_files", quick_files)
    calendar = CalendarOf(**json.loads(files_of(content)["manifest.json"])["calendar"])
    assert bundle.write_bundle(made.pack, made.aggregates, calendar=calendar) == content
    assert calendar.version == 1
    assert "programme.ics" in made.files


@pytest.mark.usefixtures("quick")
def test_one_frozen_number_changed_and_signed_again_is_caught_by_tables_and_maps(made, content) -> None:
    forged = json.loads(canonical(made.aggregates))
    ward = next(iter(forged["counted"]["review"]["wards"]))
    forged["counted"]["review"]["wards"][ward] += 1
    found = apart(changed(content, {"aggregates.json": canonical(forged).encode()}))
    assert {"tables/wards-team-only.csv", "pack-team-only.xlsx", "pack-team-only.gpkg"} <= set(found)
    assert "the file says 127, the frozen numbers give 128" in found["tables/wards-team-only.csv"]
    assert "maps/wards_this_year-team-only.png" in found


@pytest.mark.usefixtures("quick")
def test_one_cell_of_a_csv_is_named_with_both_values(content) -> None:
    name = "tables/wards-team-only.csv"
    table = files_of(content)[name].replace(b",127,", b",121,", 1)
    found = apart(changed(content, {name: table}))
    assert set(found) == {name}
    assert "the file says 121, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_one_cell_of_the_workbook_is_named_with_its_sheet(content) -> None:
    name = "pack-team-only.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(files_of(content)[name]))
    cell = next(one for row in book["Clients by ward"].iter_rows(min_row=2) for one in row if one.value == 127)
    cell.value = "=1+1"
    out = io.BytesIO()
    book.save(out)
    found = apart(changed(content, {name: out.getvalue()}))
    assert "'Clients by ward'" in found[name]
    assert "the formula =1+1, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_an_attribute_of_the_geopackage_is_named_with_its_layer(content) -> None:
    import sqlite3  # noqa: PLC0415 - only here is one written by hand

    name = "pack-team-only.gpkg"
    book = sqlite3.connect(":memory:")
    book.deserialize(files_of(content)[name])
    book.execute("UPDATE map_wards_this_year SET this_year = 99 WHERE this_year = 127")
    book.commit()
    found = apart(changed(content, {name: book.serialize()}))
    book.close()
    assert "'map_wards_this_year'" in found[name]
    assert "the file says 99, the frozen numbers give 127" in found[name]


@pytest.mark.usefixtures("quick")
def test_a_picture_with_one_other_pixel_is_caught(content) -> None:
    name = "maps/wards_this_year-team-only.png"
    picture = Image.open(io.BytesIO(files_of(content)[name])).convert("RGBA")
    picture.putpixel((9, 9), (255, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, format="PNG")
    assert "1 of" in apart(changed(content, {name: out.getvalue()}))[name]


@pytest.mark.usefixtures("quick")
def test_a_word_of_a_page_and_a_script_in_it_are_both_caught(content) -> None:
    name = "map-team-only.html"
    page = files_of(content)[name].decode()
    told = apart(changed(content, {name: page.replace("Clients by ward", "Clients by warp").encode()}))
    assert "Clients by warp" in told[name]
    scripted = apart(changed(content, {name: page.replace("planner.choices(", "planner.choice(").encode()}))
    assert "every word is the same, but the rest of the file was changed" in scripted[name]


@pytest.mark.usefixtures("quick")
def test_files_that_are_lost_added_swapped_or_not_signed_are_told(content) -> None:
    files = files_of(content)
    swapped = "tables/wards-team-only.csv"
    changes = {"README.txt": None, "evil.txt": b"x", swapped: files["tables/cells-team-only.csv"]}
    told = apart(changed(content, changes))
    assert set(told) == set(changes)
    assert told["README.txt"] == "the file is missing from the pack"
    assert told["evil.txt"] == "the pack made again has no such file"
    assert "columns are not those" in told[swapped]
    unsigned = verify_bundle(changed(content, {"README.txt": b"x"}, signed=False)).of("differs")
    assert "its digest is not the one in the manifest" in [one.told for one in unsigned if one.name == "README.txt"]


@pytest.mark.usefixtures("quick")
def test_an_edited_manifest_is_caught(content) -> None:
    manifest = json.loads(files_of(content)["manifest.json"])
    manifest["editions"][0]["edition"] = "2099-01"
    manifest["scenario"]["scan"]["seed"] = 7
    found = apart(changed(content, {"manifest.json": json.dumps(manifest).encode()}))
    assert set(found) == {"manifest.json: editions", "manifest.json: scenario"}


@pytest.mark.usefixtures("quick")
def test_what_another_version_made_is_compared_as_far_as_it_can_be(content) -> None:
    manifest = json.loads(files_of(content)["manifest.json"])
    manifest["written_with"]["matplotlib"] = "0.1"
    name = "maps/wards_this_year-team-only.png"
    picture = Image.open(io.BytesIO(files_of(content)[name])).convert("RGBA")
    picture.putpixel((9, 9), (255, 0, 0, 255))
    out = io.BytesIO()
    picture.save(out, format="PNG")
    page = "map-team-only.html"
    scripted = files_of(content)[page].replace(b"planner.choices(", b"planner.choice(")
    changes = {"manifest.json": json.dumps(manifest).encode(), name: out.getvalue(), page: scripted}
    found = verify_bundle(changed(content, changes))
    assert not found.same
    assert not found.of("differs")
    assert {one.name for one in found.of("not compared")} == {name, page}
    assert found.sentence.startswith("Not all could be compared:")
    assert "2 were made by other versions" in found.sentence
    assert compare.compare("report.pdf", b"%PDF a", b"%PDF b", same_versions=False).state == "not compared"
    assert compare.compare("report.pdf", b"%PDF a", b"%PDF b", same_versions=True).state == "differs"


def test_the_source_rows_are_asked_where_they_are(packed_council, content, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(verify, "pack_files", lambda *_: ())  # its files are compared in other tests
    assert verify_bundle(content, workspace=packed_council).source == (
        "No pack with this digest was kept in the workspace.",
        "The rows in the workspace still give these numbers.",
    )
    later = Workspace.open(shutil.copytree(packed_council.root, tmp_path / "later"))
    forget(later, ByPeriod("2022-23", first_month=4), today=TODAY)
    told = verify_bundle(content, workspace=later)
    assert any("source rows since erased" in sentence for sentence in told.source)
