"""The report tells every claim that is not held, is the same again for the same figures, and is kept whole."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.errors import BadInputError, WorkspaceError
from geo.evidence.batches import Tally
from geo.evidence.calibration import calibrate_tests
from geo.evidence.simulate import NULLS as DESIGNS
from geo.evidence.trial import TESTS as TRIED
from geo.evidence.trial import VERDICTS as GIVEN
from geo.evidence.trial import Bench
from geo.scenario import Scenario
from layers import calibration_labels as labels
from layers.calibration import FILES, calibration_csv, keep_report, report_files, require_room
from tests.geo.evidence.districts import CENTRE, grid_from, rural_district
from tests.geo.evidence.scans import placed

PNG = b"\x89PNG\r\n"


def made_up(share):
    """Give tallies without simulating: each test calls something in this share of the districts."""

    def spread(_run, batches):
        for batch in batches:
            called = int(share(batch.setting) * batch.districts)
            counts = Counter(dict.fromkeys((*TRIED, *GIVEN), called))
            yield Tally(batch.districts, counts, Counter())

    return spread


def calibrated(share=lambda _: 0.05, *, grid=None):
    bench = Bench(placed(rural_district(3, rings=4)) if grid is None else grid, Scenario())
    return calibrate_tests(bench, districts=1_000, seed=7, spread=made_up(share))


def report(found):
    return report_files(found, district="Saltmarsh (fictional)")["report.md"].decode()


def test_every_test_null_and_verdict_has_a_name():
    assert set(labels.TESTS) == set(TRIED)
    assert set(labels.NULLS) == {design.key for design in DESIGNS}
    assert set(labels.VERDICTS) == set(GIVEN)


def test_where_all_is_well_the_report_says_so():
    text = report(calibrated(lambda _: 0.0))
    assert "Every claim was held in every kind of district tried." in text
    assert "not held**" not in text


def test_a_claim_that_is_not_held_is_told_with_its_reason():
    text = report(calibrated(lambda setting: 0.3 if not setting.design.referenced else 0.0))
    line = next(line for line in text.splitlines() if line.startswith("- **Repeat rows, household not known**"))
    assert "Scan (30.0 % at 300 cases, 30.0 % at 700 cases)" in line
    assert "rows, not households" in line
    assert text.count("**not held**") == len(TRIED)
    assert "**30.0 %**" in text


@pytest.mark.parametrize(
    ("null", "test", "reason"),
    [
        ("uneven", "homes", "tenure"),
        ("uneven_shared", "scan_homes", "tenure"),
        ("uneven_shared", "scan", "Neighbours"),
        ("repeats_without_reference", "homes", "reference"),
        ("agencies", "trend", "a place to ask about"),
    ],
)
def test_each_reason_fits_the_district_and_the_test(null, test, reason):
    assert reason in labels.why_not_held(null, test)


def test_every_table_of_the_report_is_even_and_full():
    text = report(calibrated())
    tables = re.findall(r"(?:^\|.*\|\n)+", text, flags=re.MULTILINE)
    assert len(tables) == 1 + len(DESIGNS) + 2
    for table in tables:
        assert len({line.count(" | ") for line in table.splitlines()}) == 1
    assert not re.search(r"\bnan\b|\binf\b", text)


def test_the_same_figures_make_the_same_files():
    one, two = (report_files(calibrated(), district="Here") for _ in range(2))
    assert set(one) == set(FILES)
    assert one == two
    assert one["size.png"].startswith(PNG)
    assert one["power.png"].startswith(PNG)


def test_the_tables_open_again_with_the_same_figures():
    found = calibrated()
    files = report_files(found, district="Here")
    for name, table in (("size.csv", found.size), ("power.csv", found.power)):
        again = pd.read_csv(pd.io.common.BytesIO(files[name]))
        assert list(again) == list(table)
        assert np.allclose(again["share"], table["share"], atol=1e-5)


def test_where_nothing_could_be_planted_there_is_a_sentence_and_no_picture():
    found = calibrated(grid=placed(grid_from([CENTRE], [60.0])))
    files = report_files(found, district="Here")
    assert "power.png" not in files
    assert found.why_no_power in files["report.md"].decode()


def test_a_council_that_tests_at_another_level_reads_that_level():
    found = calibrated()
    scenario = Scenario.model_validate({"priority": {"level": 0.01}})
    text = report(replace(found, bench=Bench(found.bench.grid, scenario)))
    assert "at most 1 % (5 % for the trend) of such districts" in text


def test_a_report_takes_the_place_of_an_older_one(tmp_path):
    folder = tmp_path / "report"
    keep_report({"report.md": b"old", "power.png": b"old"}, folder)
    keep_report({"report.md": b"new"}, folder)
    assert [path.name for path in folder.iterdir()] == ["report.md"]
    assert (folder / "report.md").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_report_that_cannot_be_finished_leaves_the_older_one(tmp_path, monkeypatch):
    folder = tmp_path / "report"
    keep_report({"report.md": b"old"}, folder)

    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WorkspaceError):
        keep_report({"report.md": b"new"}, folder)
    assert (folder / "report.md").read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "letters.docx").touch()
    with pytest.raises(BadInputError, match="name a new folder"):
        require_room(tmp_path)
    with pytest.raises(BadInputError, match="is a file"):
        require_room(tmp_path / "letters.docx")
    with pytest.raises(BadInputError, match="make it first"):
        require_room(tmp_path / "nowhere" / "report")


def test_a_table_of_the_report_runs_nothing_in_a_spreadsheet():
    made = calibration_csv(pd.DataFrame({"=x": ["=1+1", "ok"], "share": [0.1234567, -1.0]})).decode()
    assert made == "'=x,share\n'=1+1,0.12346\nok,-1.0\n"
