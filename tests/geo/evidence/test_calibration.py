"""Batches add up, a test that is wrong is found out, and awkward districts get a sentence."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.evidence import calibration, trial
from geo.evidence.batches import Batch, Setting, Tally, plantable_rows, run_batch
from geo.evidence.calibration import POWER_SETTINGS, SIZE_SETTINGS, calibrate_tests, power_table, size_table
from geo.evidence.clusters import find_clusters
from geo.evidence.simulate import INDEPENDENT
from geo.evidence.trial import TESTS, VERDICTS, Bench
from geo.scenario import ScanOptions, Scenario
from tests.geo.evidence.districts import CENTRE, grid_from, rural_district
from tests.geo.evidence.scans import placed

SCENARIO = Scenario(scan=ScanOptions(replicates=999))


@pytest.fixture(scope="module")
def bench():
    return Bench(placed(rural_district(3, rings=3)), SCENARIO)


def everywhere(_run, batches):
    """Say of every district that each test called something and each verdict was right and wrong at once."""
    for batch in batches:
        every = Counter(dict.fromkeys((*TESTS, *VERDICTS), batch.districts))
        yield Tally(batch.districts, every, every)


def test_every_setting_gets_its_districts_whatever_the_batches(bench):
    found = calibrate_tests(bench, districts=47, seed=1, spread=everywhere)
    assert len(found.size) == len(SIZE_SETTINGS) * len(TESTS)
    assert len(found.power) == len(POWER_SETTINGS) * len(VERDICTS)
    assert set(found.size["districts"]) == set(found.size["alarms"]) == {47}
    assert set(found.power["districts"]) == set(found.power["found"]) == set(found.power["elsewhere"]) == {9}


def test_batches_have_seeds_of_their_own_and_are_small(bench):
    asked = []

    def listen(run, batches):
        asked.extend(batches)
        return everywhere(run, batches)

    calibrate_tests(bench, districts=47, seed=1, spread=listen)
    assert max(batch.districts for batch in asked) <= 20
    states = {tuple(batch.seed.generate_state(4)) for batch in asked}
    assert len(states) == len(asked)


def test_progress_ends_at_all_and_never_goes_back(bench):
    told = []
    calibrate_tests(bench, districts=47, seed=1, spread=everywhere, progress=lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1


def test_the_order_of_work_changes_nothing(bench, monkeypatch):
    monkeypatch.setattr(calibration, "SIZE_SETTINGS", SIZE_SETTINGS[:1])
    monkeypatch.setattr(calibration, "POWER_SETTINGS", POWER_SETTINGS[2:3])
    monkeypatch.setattr(calibration, "_BATCH", 2)

    def backwards(run, batches):
        return [run(batch) for batch in batches[::-1]][::-1]

    one = calibrate_tests(bench, districts=5, seed=1)
    other = calibrate_tests(bench, districts=5, seed=1, spread=backwards)
    assert one.size.equals(other.size)
    assert one.power.equals(other.power)


def test_more_districts_of_a_batch_keep_the_first_ones(bench):
    def tally(districts):
        seed = np.random.SeedSequence(9)
        return run_batch(Batch(bench, POWER_SETTINGS[2], districts, seed))

    one, two = tally(1), tally(2)
    assert one.called <= two.called
    assert two.districts == 2


def tally_of(bench, *, districts, test):
    """Tally one test of independent households, the slow others left out."""
    batch = Batch(bench, Setting(INDEPENDENT, 300), districts, np.random.SeedSequence(11))
    table = size_table({batch.setting: run_batch(batch)}, claimed=bench.claims())
    return table.set_index("test").loc[test]


def test_a_test_that_takes_its_p_for_a_quarter_is_found_out(bench, monkeypatch):
    monkeypatch.setattr(trial, "_any_change", lambda *_: False)
    monkeypatch.setattr(trial, "_shuffled_is_hot", lambda *_: False)
    loose = replace(bench, scenario=Scenario(scan=ScanOptions(replicates=999, keep_p=1.0)))
    assert tally_of(loose, districts=40, test="scan_homes")["held"]

    def broken(*arguments, **options):
        found = find_clusters(*arguments, **options)
        return replace(found, table=found.table.assign(p=found.table["p"] / 4))

    monkeypatch.setattr(trial, "find_clusters", broken)
    wrong = tally_of(loose, districts=40, test="scan_homes")
    assert not wrong["held"]
    assert wrong["low"] > wrong["claimed"]


def test_the_claim_is_held_while_the_interval_reaches_down_to_it():
    def held(alarms):
        tally = Tally(1_000, Counter({"scan": alarms}), Counter())
        table = size_table({Setting(INDEPENDENT, 300): tally}, claimed=dict.fromkeys(TESTS, 0.05))
        return table.set_index("test").loc["scan"]

    # Clopper and Pearson: 65 of 1,000 is 5.05 to 8.21 %, 64 of 1,000 is 4.96 to 8.10 %.
    assert held(64)["held"]
    assert not held(65)["held"]
    assert held(65)[["share", "low", "high"]].tolist() == pytest.approx([0.065, 0.0505, 0.0821], abs=5e-5)
    assert held(0)["held"]


def test_only_windows_of_a_usual_size_are_planted():
    grid = rural_district(7)
    homes = grid.cells["homes"].to_numpy()
    rows = plantable_rows(grid)
    held = [homes[grid.indices[grid.indptr[row] : grid.indptr[row + 1]]].sum() / homes.sum() for row in rows]
    assert len(rows) > 5
    assert min(held) >= 0.02
    assert max(held) <= 0.06


def test_a_district_of_three_cells_learns_its_false_alarms_and_is_told_why_nothing_was_planted(monkeypatch):
    monkeypatch.setattr(calibration, "SIZE_SETTINGS", (SIZE_SETTINGS[0], SIZE_SETTINGS[4]))
    three = placed(grid_from([CENTRE, *sorted(rural_district(0, rings=1).cells["cell"])[:2]], [60.0, 30.0, 0.0]))
    found = calibrate_tests(Bench(three, SCENARIO), districts=2, seed=1)
    assert len(found.size) == 2 * len(TESTS)
    assert found.power.empty
    assert found.power_districts == 0
    assert found.why_no_power.startswith("No cell with its neighbours holds 2 to 6 %")


@pytest.mark.parametrize("districts", [0, -3])
def test_no_districts_say_nothing(bench, districts):
    with pytest.raises(BadInputError, match="ask for at least 1"):
        calibrate_tests(bench, districts=districts, seed=1)


@pytest.mark.parametrize("cells", [[], [CENTRE]])
def test_no_homes_no_simulation(cells):
    grid = rural_district(0, rings=1)
    bare = replace(grid, cells=grid.cells.assign(homes=0.0)) if cells else replace(grid, cells=grid.cells.iloc[:0])
    with pytest.raises(MissingDataError, match="add households"):
        calibrate_tests(Bench(bare, SCENARIO), districts=5, seed=1)


def test_a_table_of_no_power_is_still_a_table():
    assert power_table({}).empty
