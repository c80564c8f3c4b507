"""Files as they are downloaded, and what can be wrong with them: a clear sentence, and nothing written."""

import errno
import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import BadInputError, WorkspaceError
from geo.places import gazetteer_store
from geo.places import published as files
from geo.places.gazetteer import Gazetteer, build_gazetteer
from tests.tinytown.postcode_files import code_point, zipped

TODAY = date(2026, 5, 1)
METADATA = "PRODUCT: OS CODE-POINT\nDATASET VERSION NUMBER: 2025.4.0\n"


def test_a_zip_a_folder_and_a_loose_file_give_the_same_postcodes(published, build) -> None:
    csv = published("codepo_2025-11/Data/CSV/zz.csv", code_point())
    headers = published("codepo_2025-11/Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n")
    packed = published("codepo.zip", zipped({"Data/CSV/zz.csv": csv.read_bytes(), "Doc/metadata.txt": METADATA}))
    folder = headers.parent.parent
    found = [build(path, edition="2025-11").lookup(["ZZ1 1AA", "ZZ1 9BA"]) for path in (csv, folder, packed)]
    assert len(found[0]) == 2
    assert found[0].equals(found[1])
    assert found[0].equals(found[2])


def test_the_edition_of_a_zip_is_what_its_metadata_says(published, build) -> None:
    path = published("any.zip", zipped({"Data/CSV/zz.csv": code_point(), "Doc/metadata.txt": METADATA}))
    (edition,) = build(path).editions()
    assert (edition.edition, edition.title, edition.rows) == ("2025.4.0", "OS Code-Point Open", 12)
    assert edition.file_name == "any.zip"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty"),
        ("empty.zip", zipped({}), "no CSV file"),
        ("picture.zip", zipped({"a.png": b"x"}), "no CSV file"),
        ("broken.zip", b"PK\x03\x04 and then nothing", "corrupt"),
        ("not really.zip", b"hello", "corrupt"),
        ("cut off.zip", zipped({"Data/CSV/zz.csv": code_point() * 500})[:900], "corrupt"),
        ("climbing.zip", zipped({"../../zz.csv": code_point()}), "climb out"),
        ("rooted.zip", zipped({"/etc/zz.csv": code_point()}), "climb out"),
        ("drive.zip", zipped({"C:\\zz.csv": code_point()}), "climb out"),
        ("bomb.zip", zipped({"zz.csv": b"0" * 30_000_000}), "zip bomb"),
        ("letter.csv", b"Dear Sir,\nthank you.\n", "not a postcode file"),
        ("people.csv", b"name,postcode\nA,ZZ1 1AA\n", "not a postcode file"),
        ("header only.csv", b"postcode,easting,northing\n", "no postcodes"),
        ("nul.csv", code_point().encode() + b"\0\0", "NUL"),
        ("utf16.csv", ("\ufeff" + code_point()).encode("utf-16-le"), "NUL"),
        ("degrees.csv", b"postcode,easting,northing\nZZ1 1AA,-1,51\n", "National Grid"),
        ("degrees too.csv", b"postcode,easting,northing\nZZ1 1AA,1,51\n", "National Grid"),
        ("words.csv", b"postcode,easting,northing\nZZ1 1AA,here,there\n", "not a number"),
        ("places.csv", b"postcode,easting,northing\nAndover,436500,145500\n", "no UK postcode"),
        ("months.csv", b"postcode,easting,northing,terminated\nZZ1 1AA,436500,145500,May\n", "not a month"),
        ("ragged.csv", (code_point() + "ZZ1 1AE,10\n").encode(), "number of columns"),
        ("ireland.csv", b"postcode,easting,northing\nBT1 1AA,333000,374000\n", "no postcodes"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_kept(published, tmp_path, name, content, says) -> None:
    out = tmp_path / "gazetteer.parquet"
    with pytest.raises(BadInputError, match=says) as refusal:
        build_gazetteer([published(name, content)], out=out, today=TODAY)
    assert "\n" not in str(refusal.value)
    assert not list(tmp_path.glob("*gazetteer*"))


def test_a_path_with_nothing_there_is_named(tmp_path, build) -> None:
    with pytest.raises(BadInputError, match=r"no file or folder nothing\.zip"):
        build(tmp_path / "nothing.zip")


def test_a_zip_behind_a_password_is_refused(published, build) -> None:
    content = bytearray(zipped({"zz.csv": code_point()}))
    directory = content.rfind(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    with pytest.raises(BadInputError, match="password"):
        build(published("secret.zip", bytes(content)))


def test_a_zip_that_lies_about_its_size_is_found_out_while_reading(published) -> None:
    path = published("zz.csv", code_point())
    with path.open("rb") as stream:
        guarded = files.GuardedStream(stream, "zz.csv", limit=100)
        with pytest.raises(BadInputError, match="zip bomb"):
            guarded.read()


def test_more_than_the_size_allowed_is_refused_before_reading(published, build, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 200)
    with pytest.raises(BadInputError, match="zip bomb"):
        build(published("large.zip", zipped({"zz.csv": code_point()})))


def test_a_member_damaged_in_place_is_refused(published, build) -> None:
    content = bytearray(zipped({"zz.csv": code_point()}))
    middle = content.find(b"zz.csv") + 60
    content[middle : middle + 8] = b"\xff" * 8
    with pytest.raises(BadInputError, match="corrupt"):
        build(published("damaged.zip", bytes(content)))


def test_a_failed_build_leaves_the_earlier_gazetteer_as_it_was(published, build) -> None:
    built = build(published("zz_2025-11.csv", code_point()))
    before = built.path.read_bytes()
    with pytest.raises(BadInputError):
        build(published("letter.csv", "Dear Sir,\n"), earlier=built)
    assert built.path.read_bytes() == before


def test_a_folder_that_is_missing_is_a_workspace_error(published, tmp_path) -> None:
    source = published("zz_2025-11.csv", code_point())
    with pytest.raises(WorkspaceError, match="could not be written"):
        build_gazetteer([source], out=tmp_path / "nowhere" / "g.parquet", today=TODAY)


def test_a_file_of_another_program_is_no_gazetteer(tmp_path) -> None:
    other = Gazetteer(tmp_path / "other.parquet")
    pd.DataFrame({"postcode": ["ZZ11AA"]}).to_parquet(other.path)
    with pytest.raises(BadInputError, match="not a postcode list of this program"):
        other.lookup(["ZZ1 1AA"])


def test_a_folder_that_refuses_even_the_tidying_up_is_told_in_a_sentence(published, tmp_path, monkeypatch) -> None:
    def refuse(*_args, **_options) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(gazetteer_store.pq, "write_table", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(WorkspaceError, match="Read-only file system"):
        build_gazetteer([published("zz_2025-11.csv", code_point())], out=tmp_path / "g.parquet", today=TODAY)


def test_what_a_killed_build_left_long_ago_is_removed(published, tmp_path) -> None:
    old, young = tmp_path / ".g.parquet.123.unfinished", tmp_path / ".g.parquet.456.unfinished"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    build_gazetteer([published("zz_2025-11.csv", code_point())], out=tmp_path / "g.parquet", today=TODAY)
    assert (old.exists(), young.exists()) == (False, True)
