"""The excess test under other settings, on districts in which the truth is known."""

import numpy as np
import pytest

from geo.evidence.counts import Selection
from geo.evidence.episodes import find_episodes
from geo.evidence.left_out import leave_out_parts, located_clients
from geo.evidence.stability import find_stability
from geo.evidence.stability_runs import Ground, run_settings
from geo.scenario import StabilityOptions
from tests.geo.evidence.homesteads import approaches, busiest, homesteads
from tests.geo.evidence.rows import at, records

OPTIONS = StabilityOptions(draws=3)
HOUSED = homesteads(1)


def tried_on(housed, made, **options):
    episodes = find_episodes(made, months=6, first_month=4)
    ground = Ground(housed, located_clients(episodes, Selection()), "h3_8", OPTIONS.model_copy(update=options))
    return run_settings(ground, leave_out_parts(made, Selection(), months=6, first_month=4))


def judged(housed, made, cells):
    tried = tried_on(housed, made)
    return find_stability({"Mill": cells}, tried.runs, clients=len(made), options=OPTIONS, not_run=tried.not_run)


@pytest.fixture(scope="module")
def three_years():
    cells = busiest(HOUSED)
    made = approaches(HOUSED, np.random.default_rng(1), cells=cells, risk=(6, 6, 6))
    return cells, made, tried_on(HOUSED, made)


def test_a_cluster_of_three_years_stays_firm(three_years):
    cells, _, tried = three_years
    found = find_stability({"Mill": cells}, tried.runs, clients=900, options=OPTIONS, not_run=tried.not_run)
    row = found.table.iloc[0]
    assert row["word"] == "firm", row["note"]
    kinds = found.detail.groupby("kind")["run"].count().to_dict()
    assert kinds == {"areas": 1, "feed": 2, "resolution": 1, "rings": 1, "shift": 3, "year": 3}
    assert found.not_run == {
        "small census areas (LSOAs)": "none are loaded",
        "records at institutions and shared points left out": "there are none",
    }


def test_a_cluster_of_one_year_is_not_firm():
    cells = busiest(HOUSED)
    found = judged(HOUSED, approaches(HOUSED, np.random.default_rng(2), cells=cells, risk=(1, 1, 9)), cells)
    row = found.table.iloc[0]
    assert row["hot_runs"] > 0, "it was there to be seen"
    assert row["word"] != "firm"
    assert "2024-25 left out" in found.detail.loc[~found.detail["hot"], "run"].tolist()


def test_places_picked_from_a_district_without_any_cluster_are_fragile():
    made = approaches(HOUSED, np.random.default_rng(3))
    picked = np.random.default_rng(4).choice(HOUSED["h3_8"].unique(), 20, replace=False)
    tried = tried_on(HOUSED, made)
    areas = {f"Place {cell}": [int(cell)] for cell in picked}
    found = find_stability(areas, tried.runs, clients=len(made), options=OPTIONS)
    assert (found.table["word"] == "fragile").all()


def test_the_order_of_records_and_postcodes_never_matters(three_years):
    _, made, tried = three_years
    turned = HOUSED.iloc[::-1].reset_index(drop=True)
    assert tried_on(turned, made.iloc[::-1].reset_index(drop=True)) == tried


def test_the_seed_decides_the_draws_and_nothing_else(three_years):
    _, made, first = three_years
    other = tried_on(HOUSED, made, seed=2)
    unshifted = [[run for run in tried.runs if run.kind != "shift"] for tried in (first, other)]
    assert unshifted[0] == unshifted[1]
    assert first.runs != other.runs


def test_every_client_is_in_a_shifted_grid_or_counted_as_untested(three_years):
    _, made, _ = three_years
    lost = made.head(5).assign(h3_8=17, record=[f"x{number}" for number in range(5)], household="")
    runs = tried_on(HOUSED, records_of(made, lost)).runs
    assert {run.untested for run in runs if run.kind == "shift"} == {5}
    assert {run.untested for run in runs if run.kind == "rings"} == {5}


def records_of(*parts):
    return records(*[row for part in parts for row in part.to_dict("records")])


def test_wards_loaded_after_the_records_are_not_tried_and_the_remedy_is_said(three_years):
    _, made, _ = three_years
    tried = tried_on(HOUSED, made.assign(ward=""))
    assert tried.not_run["wards"] == "no record was tagged with those loaded now; add the exports again"
    assert any(run.kind == "shift" and run.untested == 0 for run in tried.runs), "the cells still say where they are"


def test_three_cells_one_year_and_one_feed_give_an_answer():
    small = HOUSED[HOUSED["h3_8"].isin(HOUSED["h3_8"].unique()[:3])].assign(ward="")
    home = small.iloc[0]
    made = records(*[at(f"h{n}", "2024-05", h3_7=int(home["h3_7"]), h3_8=int(home["h3_8"])) for n in range(9)])
    tried = tried_on(small, made)
    assert {run.kind for run in tried.runs} >= {"rings", "shift"}
    assert tried.not_run["each review year left out"] == "all of them are of 2024-25"
    assert tried.not_run["each source of records left out"] == "all of them came from Housing"
    assert tried.not_run["wards"] == "none are loaded"


def test_one_postcode_has_nothing_to_be_compared_with():
    one = HOUSED.iloc[:1]
    home = one.iloc[0]
    made = records(*[at(f"h{n}", "2024-05", h3_7=int(home["h3_7"]), h3_8=int(home["h3_8"])) for n in range(9)])
    tried = tried_on(one, made)
    assert tried.runs == ()
    assert "the district has too few of them to compare" in tried.not_run.values()


def test_nobody_located_leaves_every_setting_untried():
    tried = tried_on(HOUSED, records(at("a", "2024-05", status="missing")))
    assert tried.runs == ()
    assert set(tried.not_run.values()) <= {
        "nobody is located",
        "none are loaded",
        "there are none",
        "no record was tagged with those loaded now; add the exports again",
    }


def test_progress_ends_at_the_whole(three_years):
    _, made, _ = three_years
    told = []
    ground = Ground(HOUSED, find_episodes(made, months=6, first_month=4), "h3_8", OPTIONS)
    run_settings(ground, [], progress=lambda step, done: told.append((step, done)))
    assert told[-1] == ("Done", 1.0)
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert told[0] == ("Trying it with hexagons of the other size (resolution 7)", 0.0)
