"""A reconstruction attack on 500 random districts with all that was ever given out of each.

The intruder (`tests/geo/disclosure/intruder.py`) is written apart from the planner. He must fail where the check was
made, and succeed often where it was switched off, so that this test can fail.
"""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.geo.disclosure.intruder import gaps, successes
from tests.geo.disclosure.random_districts import draw_district, draw_wishes
from tests.geo.disclosure.tables import check

DISTRICTS = 500
UNCHECKED = 80
MOST_TABLES = 4


@dataclass
class Outcome:
    """What a council did over the years."""

    given_out: list = field(default_factory=list)
    passed: int = 0
    mended: int = 0
    refused: int = 0


def release_all(district, wishes, *, checked):
    """Give out one table after another, each held against all before it, or each by itself."""
    outcome = Outcome()
    for topic in wishes:
        new = district.draft(topic)
        known = (outcome.given_out, district.external) if checked else ([], [])
        report = check(new, *known, atoms=district.atoms)
        outcome.passed += report.passes
        outcome.mended += report.mended is not None and not report.passes
        outcome.refused += report.mended is None
        if report.mended is not None:
            outcome.given_out.append(report.mended)
    return outcome


def histories(count):
    for seed in range(count):
        rng = np.random.default_rng(seed)
        district = draw_district(rng)
        yield seed, district, draw_wishes(rng, district)[:MOST_TABLES]


def test_nobody_can_work_out_a_hidden_count_from_all_that_was_given_out():
    told = {"passed": 0, "mended": 0, "refused": 0, "hidden": 0, "shown": 0}
    for seed, district, wishes in histories(DISTRICTS):
        outcome = release_all(district, wishes, checked=True)
        found = successes(outcome.given_out, district.external, district.atoms)
        assert not found, f"district {seed}: {found}"
        for name in ("passed", "mended", "refused"):
            told[name] += getattr(outcome, name)
        figures = [figure for table in outcome.given_out for figure in table.figures]
        told["hidden"] += sum(figure.value is None for figure in figures)
        told["shown"] += sum(figure.value is not None for figure in figures)
    print(f"{DISTRICTS} districts, 0 successes; {told}")
    assert told["passed"] + told["mended"] > 2 * told["refused"], "a check that refuses everything protects too"
    assert told["mended"] > DISTRICTS / 20
    assert told["hidden"] > DISTRICTS


def test_with_the_check_switched_off_he_often_can():
    broken, counts = 0, 0
    for _, district, wishes in histories(UNCHECKED):
        outcome = release_all(district, wishes, checked=False)
        found = successes(outcome.given_out, district.external, district.atoms)
        counts += len(found)
        broken += bool(found)
    print(f"without the check: {counts} hidden counts bounded in {broken} of {UNCHECKED} districts")
    assert broken > UNCHECKED / 4


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_no_single_value_from_1_to_7_is_ruled_out_either(seed):
    rng = np.random.default_rng(seed)
    district = draw_district(rng)
    outcome = release_all(district, draw_wishes(rng, district)[:MOST_TABLES], checked=True)
    if outcome.given_out:
        assert gaps(outcome.given_out, district.external, district.atoms) == []
