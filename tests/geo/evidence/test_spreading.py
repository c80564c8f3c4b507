"""Clients placed at random among the homes of where they live: everybody once, nobody elsewhere."""

import numpy as np
import pandas as pd
import pytest

from geo.evidence.spreading import ATOM, spread_clients
from tests.geo.evidence.homesteads import homesteads

HOUSED = pd.DataFrame(
    {
        "postcode": ["A", "B", "C", "D"],
        "homes": [10.0, 30, 5, 7],
        "h3_7": [1, 1, 1, 1],
        "h3_8": [11, 11, 11, 12],
        "ward": ["N", "N", "S", "S"],
        "lsoa": "",
        "area": "",
    }
)


def clients(*rows):
    return pd.DataFrame([{"h3_7": 1, "lsoa": "", "area": ""} | row for row in rows], columns=list(ATOM))


def in_patch(times=1, **where):
    return [{"h3_8": 11, "ward": "N"} | where] * times


def test_every_client_is_placed_once_and_in_the_patch_that_its_record_names():
    housed = homesteads(2)
    chosen = housed.sample(700, replace=True, random_state=1)[list(ATOM)]
    spread = spread_clients(chosen, housed)
    for number in range(3):
        rows = spread.draw(seed=(1, number))
        assert len(rows) == 700
        placed = housed.loc[rows, list(ATOM)].value_counts().sort_index()
        pd.testing.assert_series_equal(placed, chosen.value_counts().sort_index())
    assert spread.unplaced == 0


def test_homes_draw_clients_in_proportion():
    rows = spread_clients(clients(*in_patch(4_000)), HOUSED).draw(seed=(3, 0))
    assert np.bincount(rows, minlength=4)[[2, 3]].sum() == 0
    assert np.bincount(rows)[1] / 4_000 == pytest.approx(0.75, abs=0.03)


def test_a_record_tagged_with_a_ward_that_is_gone_is_placed_in_its_cell():
    rows = spread_clients(clients(*in_patch(500, ward="old")), HOUSED).draw(seed=(3, 0))
    assert set(rows.tolist()) == {0, 1, 2}


def test_clients_of_a_cell_without_homes_are_counted_as_unplaced():
    spread = spread_clients(clients(*in_patch(3), *in_patch(2, h3_8=19)), HOUSED)
    assert spread.unplaced == 2
    assert len(spread.draw(seed=(1, 1))) == 3


def test_the_order_of_clients_and_of_postcodes_never_matters():
    housed = homesteads(2)
    chosen = housed.sample(300, replace=True, random_state=1)[list(ATOM)]
    first = spread_clients(chosen, housed).draw(seed=(7, 0))
    turned = housed.iloc[::-1].reset_index(drop=True)
    second = spread_clients(chosen.iloc[::-1], turned).draw(seed=(7, 0))
    assert housed.loc[first, "postcode"].tolist() == turned.loc[second, "postcode"].tolist()


def test_another_seed_places_clients_otherwise_and_the_same_one_alike():
    spread = spread_clients(clients(*in_patch(50)), HOUSED)
    assert spread.draw(seed=(1, 0)).tolist() == spread.draw(seed=(1, 0)).tolist()
    assert spread.draw(seed=(1, 0)).tolist() != spread.draw(seed=(2, 0)).tolist()


def test_nobody_at_all_is_placed_nowhere():
    spread = spread_clients(clients(), HOUSED)
    assert (len(spread.draw(seed=(1, 0))), spread.unplaced) == (0, 0)
