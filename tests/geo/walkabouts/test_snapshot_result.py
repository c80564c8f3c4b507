"""A result adds up, comes after its night and names every patch once."""

from dataclasses import replace
from datetime import date

import pytest

from geo.errors import BadInputError
from geo.walkabouts.snapshot.result import PatchResult, SnapshotResult, require_result
from tests.geo.walkabouts.test_snapshot_plan import NIGHT, plan

AFTER = date(2026, 11, 14)
PLAN = plan((0, 0), (1, 1), (5, 5), (9, 9))
GOOD = SnapshotResult(
    NIGHT,
    (PatchResult(1, 3, 1), PatchResult(2, 2, 0, 1)),
    estimated=0,
    twice=1,
    not_fitting=1,
    shelter_open=False,
    verified_by="St Ann's",
    verified_on=date(2026, 11, 13),
    total=4,
)


def test_what_was_counted_less_what_was_taken_out_is_the_figure():
    require_result(GOOD, PLAN, today=AFTER)
    assert (GOOD.counted, GOOD.not_accessible, GOOD.comes_to) == (6, 1, GOOD.total)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"total": 5}, "come to 4 and not 5"),
        ({"patches": (PatchResult(1, 3, 1),)}, "missing: 2"),
        ({"patches": (*GOOD.patches, PatchResult(7, 0, 0))}, "no patch of the plan: 7"),
        ({"patches": (*GOOD.patches, PatchResult(1, 0, 0))}, "given twice: 1"),
        ({"patches": (PatchResult(1, 3, 1), PatchResult(2, 2, 0, 3))}, "has 2 places, and 3"),
        ({"twice": -1, "total": 6}, "below nought"),
        ({"twice": 9, "total": -4}, "below nought"),
        ({"estimated": 2, "total": 6}, "nobody is estimated"),
        ({"verified_on": NIGHT}, "verified after the night"),
        ({"verified_on": date(2026, 11, 15)}, "verified after the night"),
    ],
)
def test_what_does_not_fit_is_told(change, said):
    with pytest.raises(BadInputError, match=said):
        require_result(replace(GOOD, **change), PLAN, today=AFTER)


def test_no_result_is_taken_before_the_night_is_over():
    with pytest.raises(BadInputError, match="not over yet"):
        require_result(GOOD, PLAN, today=NIGHT)


def test_an_estimate_has_no_patches_and_its_figure_is_what_was_estimated():
    estimate = plan((0, 0), method="estimate")
    result = replace(GOOD, patches=(), estimated=5, twice=0, not_fitting=1, total=4)
    require_result(result, estimate, today=AFTER)
