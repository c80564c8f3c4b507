"""How far the first ten places hang on doubtful records: by hand on a few places, and nobody is made or lost."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.evidence.episodes import find_episodes
from geo.evidence.sensitivity import SPREAD, TOP, find_sensitivity, spread_unmapped
from tests.geo.evidence.rows import at, records


def episodes(*groups):
    """Make (how many, fields) into as many episodes."""
    rows = [at("", "2024-05", **fields) for number, fields in groups for _ in range(number)]
    return find_episodes(records(*rows), months=6, first_month=4)


def wards(count, homes=100.0):
    names = [f"W{number:02d}" for number in range(1, count + 1)]
    return pd.DataFrame({"key": names, "code": names, "place": [f"Ward {name[1:]}" for name in names], "homes": homes})


def ranked(found):
    return found.table.set_index("place")


def test_a_place_that_is_all_institution_drops_out_and_the_next_comes_in():
    groups = [(20 - number, {"ward": f"W{number:02d}"}) for number in range(2, 13)]
    found = find_sensitivity(
        episodes((30, {"ward": "W01", "institution": True}), *groups), wards(12), level="ward", measure="count"
    )
    assert found.sentences["without_institutions"] == "9 of the 10 stay; Ward 01 drops out; Ward 11 comes in."
    assert found.sentences["without_shared_points"] == "There is no such record, so nothing changes."
    assert found.sentences["without_both"] == found.sentences["without_institutions"]
    table = ranked(found)
    assert table.loc["Ward 01", ["clients", "now"]].tolist() == [30, 1]
    assert pd.isna(table.loc["Ward 01", "without_institutions"])
    assert table.loc["Ward 11", ["now", "without_institutions"]].tolist() == [11, 10]
    assert found.left_out["without_institutions"] == 30


def test_the_unmapped_of_a_source_come_from_where_its_mapped_clients_do():
    found = find_sensitivity(
        episodes(
            (30, {"ward": "W01", "source": "Prison"}),
            (10, {"ward": "W02", "source": "Prison"}),
            (35, {"ward": "W02", "source": "Housing"}),
            (40, {"status": "no_fixed_abode", "source": "Prison"}),
        ),
        wards(3),
        level="ward",
        measure="count",
    )
    table = ranked(found)
    assert table["now"].tolist() == [1, 2]
    assert table.index.tolist() == ["Ward 02", "Ward 01"]
    assert table[SPREAD].to_dict() == {"Ward 02": 2, "Ward 01": 1}  # 45 + 10 against 30 + 30
    assert found.spread_by == {"source and route": 40, "source": 0, "everybody": 0}
    assert found.spread_inside == pytest.approx(40)


def test_too_few_of_a_route_take_the_whole_source_and_too_few_of_that_everybody():
    found = episodes(
        (19, {"ward": "W01", "source": "Prison", "route": "duty_to_refer"}),
        (2, {"ward": "W01", "source": "Prison"}),
        (19, {"ward": "W02", "source": "Chapel"}),
        (4, {"status": "missing", "source": "Prison", "route": "duty_to_refer"}),
        (8, {"status": "missing", "source": "Chapel"}),
    )
    gains, by = spread_unmapped(found, level="ward", keys=pd.Index(["W01", "W02"]))
    assert by == {"source and route": 0, "source": 4, "everybody": 8}
    assert gains.tolist() == pytest.approx([4 + 8 * 21 / 40, 8 * 19 / 40])


def test_a_part_of_the_unmapped_lived_outside_as_the_mapped_did():
    found = episodes((30, {"ward": "W01"}), (10, {"status": "outside"}), (20, {"status": "missing"}))
    gains, _ = spread_unmapped(found, level="ward", keys=pd.Index(["W01"]))
    assert gains.tolist() == [15]


def test_those_from_elsewhere_are_never_spread():
    found = find_sensitivity(
        episodes((30, {"ward": "W01"}), (9, {"status": "elsewhere"})), wards(1), level="ward", measure="count"
    )
    assert (found.outside, found.unmapped, found.spread_inside) == (9, 0, 0)
    assert found.sentences[SPREAD] == "There is no such record, so nothing changes."


def test_by_excess_a_busy_town_need_not_be_first():
    places = wards(3).assign(homes=[1000.0, 100.0, float("nan")])
    groups = ((60, {"ward": "W01"}), (20, {"ward": "W02"}), (5, {"ward": "W03"}))
    by_count = find_sensitivity(episodes(*groups), places, level="ward", measure="count")
    by_excess = find_sensitivity(episodes(*groups), places, level="ward", measure="excess")
    assert by_count.table["place"].tolist() == ["Ward 01", "Ward 02", "Ward 03"]
    assert by_excess.table["place"].tolist() == ["Ward 02"]


def test_places_of_equal_value_share_a_rank_and_the_tenth_may_be_several():
    found = find_sensitivity(
        episodes(*[(3, {"ward": f"W{number:02d}"}) for number in range(1, 13)]),
        wards(12),
        level="ward",
        measure="count",
    )
    assert found.table["now"].tolist() == [1] * 12
    assert found.sentences[SPREAD] == "There is no such record, so nothing changes."


def test_without_a_record_or_without_a_place_there_is_a_sentence():
    for made in (episodes(), episodes((9, {"status": "missing"}))):
        found = find_sensitivity(made, wards(3), level="ward", measure="count")
        assert found.table.empty
        assert found.sentences[SPREAD] == "No place has a rank, so nothing can change."
        assert sum(found.spread_by.values()) == 0


_group = st.tuples(
    st.integers(1, 30),
    st.fixed_dictionaries(
        {
            "ward": st.sampled_from(["W01", "W02", "W03", ""]),
            "status": st.sampled_from(["located", "located", "outside", "missing", "no_fixed_abode", "elsewhere"]),
            "source": st.sampled_from(["x", "y"]),
            "route": st.sampled_from(["self", "other_agency"]),
            "institution": st.booleans(),
        }
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_group, max_size=8), st.sampled_from(["count", "excess"]))
def test_nobody_is_made_or_lost(groups, measure):
    groups = [(number, fields | ({} if fields["status"] == "located" else {"ward": ""})) for number, fields in groups]
    made = episodes(*groups)
    found = find_sensitivity(made, wards(2), level="ward", measure=measure)
    ranked_clients = made[(made["status"] == "located") & made["ward"].isin(["W01", "W02"])]
    assert len(ranked_clients) + found.beyond + found.outside + found.unmapped == found.episodes == len(made)
    assert 0 <= found.spread_inside <= found.unmapped + 1e-9
    spread = sum(found.spread_by.values())
    assert spread == (found.unmapped if made["status"].isin(["located", "outside"]).any() else 0)
    assert (found.table["now"].dropna() <= TOP).all()
    shuffled = made.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        found.table, find_sensitivity(shuffled, wards(2), level="ward", measure=measure).table
    )
