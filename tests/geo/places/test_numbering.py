"""Hexagons of one place told apart."""

from geo.places.numbering import number_places
from tests.geo.evidence.districts import grid_from, rural_district


def test_the_hexagon_with_most_homes_is_the_first_of_its_place():
    grid = rural_district()
    names = number_places(grid)
    assert len(set(names.values())) == len(grid.cells)
    busiest = grid.cells.sort_values(["homes", "cell"], ascending=[False, True])["cell"].tolist()
    assert [names[cell] for cell in busiest[:3]] == ["Somewhere (1)", "Somewhere (2)", "Somewhere (3)"]


def test_a_place_of_one_hexagon_keeps_its_bare_name():
    one = rural_district().cells["cell"].iloc[:1]
    assert list(number_places(grid_from(one, [15])).values()) == ["Somewhere"]
