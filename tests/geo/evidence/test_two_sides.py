"""Two periods side by side, whichever way their episodes were chosen: order, totals and words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, MissingDataError
from geo.evidence.as_recorded import take_as_recorded
from geo.evidence.compare_words import AS_RECORDED, tell_as_recorded, tell_lengths, tell_pair, tell_places
from geo.evidence.counts import count_cells
from geo.evidence.episodes import find_episodes
from geo.evidence.like_for_like import compare_like_for_like
from geo.evidence.trends import find_trends
from geo.evidence.two_sides import TwoSides
from tests.geo.evidence.districts import rural_district
from tests.geo.evidence.rows import at, records

CELLS = [int(cell) for cell in rural_district(1, rings=1).cells["cell"]]


def recorded(rows, *, earlier="2022-23", later="2023-24", leave_out=()):
    episodes = find_episodes(rows, months=6, first_month=4)
    return take_as_recorded(rows, episodes, earlier=earlier, later=later, first_month=4, leave_out=leave_out)


def row(number, month, **fields):
    return at(f"h{number}", month, **{"h3_8": CELLS[0], **fields})


ROWS = records(
    *[row(number, f"{year}-{month:02d}") for number, (year, month) in enumerate([(2022, 4), (2023, 3), (2024, 3)])],
    row(10, "2023-06", feed="Food bank", source="Food bank"),
    row(11, "2023-06", feed="Pop-up hub", source="Pop-up hub"),
    row(12, "2023-06", status="missing", h3_8=0),
    row(13, "2022-06", institution=True),
    row(14, "2024-04", h3_8=CELLS[1]),
)


def test_as_recorded_holds_new_sources_and_hubs_and_counts_what_it_leaves_out() -> None:
    found = recorded(ROWS, leave_out=("institution",))
    assert (len(found.episodes_earlier), len(found.episodes_later), found.left_out) == (2, 4, (1, 0))
    assert (found.months_earlier, found.months_later) == (12, 12)


def test_as_recorded_counts_what_a_map_of_that_year_counts() -> None:
    found, episodes = recorded(ROWS), find_episodes(ROWS, months=6, first_month=4)
    for side, period in ((found.episodes_earlier, "2022-23"), (found.episodes_later, "2023-24")):
        assert len(side) == count_cells(episodes, resolution=8, period=period).episodes


def test_a_year_that_is_not_over_has_fewer_months_and_is_compared_a_year() -> None:
    found = recorded(ROWS, earlier="2022-23..2023-24", later="2024-25")
    assert (found.months_earlier, found.months_later) == (24, 1)
    assert "seasons are missing" in tell_lengths(("2022-23..2023-24", "2024-25"), (24, 1))


def test_who_began_and_which_hubs_are_counted_in_is_said() -> None:
    busy = [row(100 + n, f"{2022 + n // 12}-{n % 12 + 1:02d}") for n in range(3, 27)]
    new = [row(200 + n, f"2023-{8 + n % 4:02d}", feed="Food bank", source="Food bank") for n in range(40)]
    rows = records(*busy, *new, row(11, "2023-06", feed="Pop-up hub", source="Pop-up hub"))
    names = {"earlier": "2022-23", "later": "2023-24", "first_month": 4}
    alike = compare_like_for_like(rows, **names, episode_months=6, hub_sources=())
    said = tell_as_recorded(recorded(rows), alike)
    assert said[0] == AS_RECORDED
    assert said[1] == "Food bank began in August 2023, and its 40 rows are counted here: part of a change may be that."
    assert said[2] == "Counted in are hubs, which raise referrals by design: Pop-up hub."


@pytest.mark.parametrize(
    ("earlier", "later", "why"),
    [
        ("2022-23", "2022-23", "does not come before"),
        ("2022-23..2023-24", "2023-24..2024-25", "no year twice"),
        ("2021-22", "2023-24", "no records of 2021-22"),
        ("all", "2023-24", "'all' is no period"),
    ],
)
def test_periods_that_cannot_be_compared_are_one_sentence(earlier, later, why) -> None:
    with pytest.raises(BadInputError, match=why):
        recorded(ROWS, earlier=earlier, later=later)


def test_one_year_alone_cannot_be_compared() -> None:
    with pytest.raises(MissingDataError, match="one review year only"):
        recorded(records(row(1, "2022-05")))


def sides(pairs, months):
    """So many clients in each cell in either period."""
    plain = recorded(ROWS).episodes_earlier.iloc[:1]
    drawn = [
        plain.loc[np.repeat(plain.index, sum(pair[side] for pair in pairs))].assign(
            h3_8=np.repeat(CELLS[: len(pairs)], [pair[side] for pair in pairs])
        )
        for side in (0, 1)
    ]
    return TwoSides("2022-23", "2023-24", *drawn, *months, "rows, not households")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), min_size=1, max_size=6),
    st.tuples(st.integers(1, 36), st.integers(1, 36)),
)
def test_swapping_the_periods_turns_every_ratio_over_and_keeps_every_chance(pairs, months) -> None:
    there = find_trends(sides(pairs, months), by="cell").table.set_index("unit").sort_index()
    back = find_trends(sides([pair[::-1] for pair in pairs], months[::-1]), by="cell").table
    back = back.set_index("unit").sort_index()
    both = (there["earlier"] > 0) & (there["later"] > 0)
    np.testing.assert_allclose(there.loc[both, "ratio"], 1 / back.loc[both, "ratio"])
    np.testing.assert_allclose(there.loc[both, "low"], 1 / back.loc[both, "high"])
    np.testing.assert_allclose(there.loc[both, "high"], 1 / back.loc[both, "low"])
    np.testing.assert_allclose(there["p"], back["p"], rtol=1e-9)
    np.testing.assert_allclose(there["q"], back["q"], rtol=1e-9)
    turned = {"growing": {"fading"}, "new": {"fading"}, "fading": {"growing", "new"}}
    for trend, other in zip(there["trend"], back["trend"], strict=True):
        assert other in turned.get(trend, {trend})


def test_nobody_before_or_after_is_told_without_a_ratio_that_is_none() -> None:
    row = {"earlier": 0, "later": 6, "earlier_a_year": 0.0, "later_a_year": 3.0, "low": 1.18}
    gone = {"earlier": 6, "later": 0, "earlier_a_year": 3.0, "later_a_year": 0.0, "ratio": 0.0, "high": 0.8}
    blank = float("nan")
    assert "nan" not in tell_pair(row | {"ratio": blank, "high": blank, "trend": "new"}, per_year=True)
    assert tell_pair(gone | {"low": 0.0, "trend": "fading"}, per_year=True).endswith("Fading: gone.")


@pytest.mark.parametrize(
    ("kinds", "places", "tested", "said"),
    [
        ({}, 0, 0, "nothing to compare"),
        ({"too few to tell": 4}, 4, 4, "In none of 4 places with anybody a change is sure. In 4 there are too few"),
        ({"new": 1, "too few to tell": 2}, 3, 1, "In 2 places nobody came in either period."),
        ({"steady": 1}, 1, 1, "In none of 1 place with anybody a change is sure. In 1 it is steady."),
        ({"fading": 1}, 1, 1, "In 1 of 1 place with anybody a change is sure: fading 1."),
    ],
)
def test_how_many_places_changed_for_sure(kinds, places, tested, said) -> None:
    assert said in " ".join(tell_places(kinds, places=places, tested=tested))


def test_rows_in_are_rows_out() -> None:
    found = recorded(ROWS, earlier="2022-23..2023-24", later="2024-25", leave_out=("institution",))
    whole = pd.concat([found.episodes_earlier, found.episodes_later])
    assert whole["rows"].sum() + sum(found.left_out) == len(ROWS)
