"""What a map carries reads back as what went in, and can be read as nothing else."""

import json

import h3.api.basic_int as h3
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template
from shapely.geometry import LineString, MultiPolygon, box

from layers.payload import DEGREE, cell_deltas, line_deltas, polygon_deltas, safe_json


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_text_reads_back_unchanged_and_neither_ends_a_script_nor_runs_as_a_template(data) -> None:
    text = safe_json(data)
    assert json.loads(text) == data
    assert not set("<>&'") & set(text)
    assert Template(text).render() == text


def _undo(packed: dict) -> np.ndarray:
    rows = np.array(packed["deltas"]).reshape(-1, packed["width"]).cumsum(axis=0)
    return rows.reshape(len(rows), -1, 2).cumsum(axis=1) / DEGREE


def test_cells_read_back_within_a_metre() -> None:
    cells = sorted(h3.grid_disk(h3.latlng_to_cell(51.2, -1.48, 9), 6))
    rings = [h3.cell_to_boundary(cell) for cell in cells]
    assert np.abs(_undo(cell_deltas(rings)) - np.array(rings)).max() <= 0.5 / DEGREE + 1e-12


def test_cells_with_more_corners_than_six_keep_them_all() -> None:
    ring = ((51.0, -1.0), (51.0, -1.1), (51.1, -1.1))
    longer = (*ring, (51.1, -1.0))
    corners = _undo(cell_deltas([ring, longer]))
    assert corners[1].tolist() == [pytest.approx(list(corner)) for corner in longer]
    assert corners[0][3].tolist() == corners[0][2].tolist()


def test_no_cells_are_no_numbers() -> None:
    assert cell_deltas([])["deltas"] == []


def test_holes_and_parts_of_a_polygon_are_kept() -> None:
    holed = box(0, 0, 0.01, 0.01) - box(0.004, 0.004, 0.006, 0.006)
    packed = polygon_deltas(MultiPolygon([holed, box(1, 1, 1.01, 1.01)]))
    assert [len(rings) for rings in packed] == [2, 1]
    assert all(len(ring) == 8 for rings in packed for ring in rings)


def test_a_line_is_its_first_point_and_its_steps() -> None:
    assert line_deltas(LineString([(-1.5, 51.0), (-1.49, 51.02)])) == [[5100000, -150000, 2000, 1000]]
