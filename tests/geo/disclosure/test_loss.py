"""What would be left of a table, said before it is given out."""

import pytest

from geo.disclosure.gate import History, clear_table
from geo.disclosure.loss import Option, expected_loss
from geo.scenario import DisclosureOptions
from tests.geo.disclosure.tables import atoms_of, counted, hexagons, wards, year

OPTIONS = DisclosureOptions()


def losses(*choices, history=None):
    return expected_loss(choices, audience="public", options=OPTIONS, history=history)


def test_each_choice_is_tried_and_the_best_is_proposed():
    one_year = Option(wards(), counted([3, 12, 5, 30]))
    pooled = Option(wards(year(2022, 2024)), counted([9, 40, 16, 90]))
    found = losses(one_year, pooled, Option(hexagons(), counted([4, 4, 4, 30], codes="789a")))
    assert [(line.clients, line.clients_shown, line.areas, line.areas_shown) for line in found.lines[:2]] == [
        (50, 42, 4, 2),
        (155, 155, 4, 4),
    ]
    assert [line.share for line in found.lines[:2]] == [pytest.approx(0.84), 1.0]
    assert found.lines[2].refusal.startswith("These hexagons would keep")
    assert found.lines[2].share == 0
    assert found.best == found.lines[1]


def test_of_equals_the_one_with_more_areas_is_proposed_then_the_shorter_period():
    few, many = Option(wards(), counted([30])), Option(wards(), counted([10, 10, 10]))
    longer = Option(wards(year(2022, 2024)), counted([10, 10, 10]))
    assert losses(few, longer, many).best.topic == many.topic
    assert losses(few, longer, many).best.areas_shown == 3


def test_where_nothing_may_be_published_nothing_is_proposed():
    assert losses(Option(wards(), counted([3, 4]))).best is None
    assert losses(Option(wards(), counted([0, 0]))).best is None
    assert losses().lines == ()


def test_what_was_given_out_before_counts_in_the_loss():
    atoms = atoms_of((7, "A"), (8, "B"))
    earlier = clear_table(counted([30, 40]), wards(), audience="public", options=OPTIONS)
    found = losses(Option(hexagons(), counted([30, 40], codes="78")), history=History(atoms, (earlier,)))
    assert "published by ward" in found.lines[0].refusal
