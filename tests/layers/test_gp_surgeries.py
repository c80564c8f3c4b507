"""GP surgeries out of NHS ODS's two lists."""

import gzip
import io
import zipfile

import pytest

from geo.errors import BadInputError
from geo.schema import SITES
from layers.gp_surgeries import read_gp_surgeries
from layers.source_file import SourceFile


def _line(code: str, name: str, postcode: str, *, closed: str = "", status: str = "A", setting: str = "4") -> list[str]:
    cells = [""] * 27
    cells[0], cells[1], cells[9], cells[11], cells[12], cells[25] = code, name, postcode, closed, status, setting
    return cells


PRACTICES = [
    _line("J82001", "ADELAIDE MEDICAL CENTRE", "SP10 1DP"),
    _line("J82002", "NEAR SURGERY", "SP11 6AA"),
    _line("J82003", "FAR SURGERY", "SO51 8ED"),
    _line("J82004", "CLOSED SURGERY", "SP10 2EA", closed="20200101", status="C"),
    _line("J82005", "WALK-IN CLINIC", "SP10 2EA", setting="2"),
    _line("J82006", "NOWHERE SURGERY", "SP99 9ZZ"),
]


def test_active_practices_in_and_near_the_district_are_kept(csv_file, around) -> None:
    sites, edition, _ = read_gp_surgeries(csv_file(PRACTICES, name="epraccur_2024-01.csv"), **around)
    SITES.validate(sites)
    assert sites["name"].tolist() == ["Adelaide Medical Centre", "Near Surgery"]
    assert sites["inside"].tolist() == [True, False]
    assert sites["site_id"].tolist() == ["gp_surgeries:J82001", "gp_surgeries:J82002"]
    assert (edition.edition, edition.rows, edition.licence) == ("2024-01", 2, "OGL v3")


def test_what_was_left_out_is_said_and_no_open_surgery_vanishes(csv_file, around) -> None:
    sites, edition, _ = read_gp_surgeries(csv_file(PRACTICES), **around)
    assert edition.note == (
        "1 of them outside the district, within 5 km. 1 row was farther away and left out. "
        "1 row was left out: no usable place, or not for publication."
    )
    assert len(sites) + 1 + 1 == 4  # of the four open surgeries


def test_a_branch_is_open_while_it_has_no_close_date(csv_file, around) -> None:
    branches = [
        _line("J82001001", "OPEN BRANCH", "SP10 1DP", status="", setting=""),
        _line("J82001002", "SHUT BRANCH", "SP10 2EA", status="", setting="", closed="20150101"),
    ]
    sites, _, _ = read_gp_surgeries(csv_file(branches), **around)
    assert sites[["name", "notes"]].to_numpy().tolist() == [["Open Branch", "Branch surgery"]]


def test_a_zip_and_a_gzip_read_like_the_csv(csv_file, around) -> None:
    plain = csv_file(PRACTICES)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("epraccur.csv", plain.content)
    expected, _, _ = read_gp_surgeries(plain, **around)
    for file in (SourceFile("e.zip", packed.getvalue()), SourceFile("e.csv.gz", gzip.compress(plain.content))):
        assert read_gp_surgeries(file, **around)[0].equals(expected)


def test_two_practices_under_one_roof_are_two_sites(csv_file, around) -> None:
    both = [_line("J82001", "FIRST", "SP10 1DP"), _line("J82009", "SECOND", "SP10 1DP")]
    assert len(read_gp_surgeries(csv_file(both), **around)[0]) == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["J82001", "SURGERY", "SP10 1DP"]], "expected NHS ODS's epraccur or ebranchs, which have 27"),
        ([_line("FA029", "PHARMACY", "SP10 1DP", setting="0")], "lists no open GP surgery"),
    ],
)
def test_another_list_is_refused(csv_file, around, rows, words) -> None:
    with pytest.raises(BadInputError, match=words):
        read_gp_surgeries(csv_file(rows), **around)


def test_nul_bytes_and_damaged_archives_are_refused(around) -> None:
    for content in (b"J82001,\x00,x\n", b"\x1f\x8bdamaged", b"PK\x03\x04damaged", b""):
        with pytest.raises(BadInputError):
            read_gp_surgeries(SourceFile("epraccur.csv", content), **around)


def test_a_gzip_of_more_than_any_table_holds_is_refused_while_it_is_unpacked(around) -> None:
    bomb = gzip.compress(b"a,b\n" * 13_000_000, 1)
    with pytest.raises(BadInputError, match="more than 50 MB"):
        read_gp_surgeries(SourceFile("epraccur.csv.gz", bomb), **around)
