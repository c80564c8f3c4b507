"""Files counted past the workspace give what the intake would have said of each row."""

import pandas as pd
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.places.bulk import HeldBack, count_files
from geo.places.gazetteer import Gazetteer
from geo.places.geocode import resolve
from geo.schema import DISTRICT_ONLY, STATUSES

TEXTS = ["ZZ1 1AA", "zz11aa", "ZZI 1AA", "ZZ1 1AD", "ZZ2 1AA", "ZZ1 9ZZ", "ZZ99 3VZ", "NFA", "", None, "nowhere"]


@pytest.fixture
def files(tmp_path):
    """The same rows once as CSV and once as Parquet, in a folder whose name has spaces, an accent and brackets."""
    folder = tmp_path / "Données [2025] *"
    folder.mkdir()
    frame = pd.DataFrame({"id": range(len(TEXTS)), "Postcode": TEXTS})
    frame.to_csv(folder / "rows.csv", index=False)
    frame.to_parquet(folder / "rows.parquet", index=False)
    return [folder / "rows.csv", folder / "rows.parquet"]


@pytest.mark.parametrize("resolution", [7, 8, 9])
def test_the_counts_are_those_of_the_rows_one_by_one(tinytown, square, files, resolution: int) -> None:
    singly = resolve(pd.Series(TEXTS * 2, dtype=object), tinytown, square)
    found = count_files(files, tinytown, resolution=resolution, boundary=square)
    located = singly.loc[singly["status"] == "located", f"h3_{resolution}"].value_counts().sort_index()
    assert found.cells["cell"].tolist() == located.index.tolist()
    assert found.cells["count"].tolist() == located.tolist()
    assert {status: n for status, n in found.statuses.items() if n} == singly["status"].value_counts().to_dict()
    assert tuple(found.statuses) == (*STATUSES, DISTRICT_ONLY)
    assert sum(found.statuses.values()) == 2 * len(TEXTS)


def test_a_resolution_the_gazetteer_lacks_is_one_sentence(tinytown, files) -> None:
    with pytest.raises(BadInputError, match="choose 7, 8 or 9"):
        count_files(files, tinytown, resolution=5)


def test_without_a_boundary_every_place_counts(tinytown, files) -> None:
    found = count_files(files[:1], tinytown, resolution=8)
    assert (found.statuses["located"], found.statuses["outside"]) == (5, 0)
    assert found.cells["count"].sum() == 5


def test_the_column_may_have_another_name(tinytown, tmp_path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("pc\nZZ1 1AA\n", encoding="utf-8")
    assert count_files([path], tinytown, resolution=8, postcode_column="PC").statuses["located"] == 1
    with pytest.raises(BadInputError, match="0 columns named 'postcode'"):
        count_files([path], tinytown, resolution=8)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rows.parquet", b"no parquet"),
        ("rows.csv", b""),
        ("rows.txt", b"postcode\nZZ1 1AA\n"),
        ("rows.csv", "postcode\nZZ1 1AA \u00e9\n".encode("latin-1") * 3),
        ("rows.csv", b"postcode,a\nZZ1 1AA,1\nZZ1 1AA,1,2,3\n" * 3000),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_without_quoting_it(tinytown, tmp_path, name, content) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInputError) as refusal:
        count_files([path], tinytown, resolution=8)
    assert "ZZ1" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_gazetteer_says_how_to_add_one(tmp_path, files) -> None:
    with pytest.raises(MissingDataError, match="planner add gazetteer"):
        count_files(files, Gazetteer(tmp_path / "none.parquet"), resolution=8)


def test_no_files_are_refused(tinytown) -> None:
    with pytest.raises(BadInputError, match="No input file"):
        count_files([], tinytown, resolution=8)


@pytest.fixture
def told(tmp_path):
    """Rows with a reason each, once as CSV and once as Parquet."""
    rows = [("ZZ1 1AA", "Fleeing DV"), ("ZZ1 1AA", "eviction"), ("ZZ1 1AD", "domestic abuse"), ("", "DV"), (None, None)]
    frame = pd.DataFrame(rows, columns=["postcode", "Reason"])
    frame.to_csv(tmp_path / "told.csv", index=False)
    frame.to_parquet(tmp_path / "told.parquet", index=False)
    return [tmp_path / "told.csv", tmp_path / "told.parquet"]


def _abuse(text: str) -> bool:
    return "DV" in text or "abuse" in text


def test_rows_whose_reason_tells_are_in_no_cell_and_counted_apart(tinytown, told) -> None:
    for files in (told[:1], told):
        found = count_files(files, tinytown, resolution=8, held_back=HeldBack(columns=("reason",), telling=_abuse))
        times = len(files)
        assert found.cells["count"].sum() == found.statuses["located"] == times
        assert found.statuses[DISTRICT_ONLY] == 2 * times
        assert found.statuses["missing"] == 2 * times  # a row without a place tells of none, whatever its reason
        assert sum(found.statuses.values()) == 5 * times


def test_a_providers_whole_file_is_in_no_cell(tinytown, told) -> None:
    held_back = HeldBack(files=frozenset(told[:1]))
    found = count_files(told, tinytown, resolution=8, held_back=held_back)
    assert (found.statuses["located"], found.statuses[DISTRICT_ONLY]) == (3, 3)


def test_a_column_of_reasons_that_a_file_lacks_is_named(tinytown, files) -> None:
    with pytest.raises(BadInputError, match="0 columns named 'why'"):
        count_files(files, tinytown, resolution=8, held_back=HeldBack(columns=("why",)))


def test_nothing_held_back_changes_nothing(tinytown, told) -> None:
    plain = count_files(told, tinytown, resolution=8)
    held = count_files(told, tinytown, resolution=8, held_back=HeldBack(columns=("reason",)))
    pd.testing.assert_frame_equal(plain.cells, held.cells)
    assert plain.statuses == held.statuses
