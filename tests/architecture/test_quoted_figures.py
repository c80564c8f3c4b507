"""What the pages and the methods in plain words say of false alarms is what the calibration report measured."""

from pathlib import Path

import pandas as pd
import pytest

from pages.kit.findings import ROWS, TRUST

HELD = ("independent", "repeats", "agencies", "uneven")
NO_REFERENCE, SHARED = "repeats_without_reference", "uneven_shared"


@pytest.fixture(scope="module")
def shares(project: Path) -> pd.Series:
    """Percent of districts with a false alarm, by null, test and size."""
    report = pd.read_csv(project / "data" / "calibration" / "size.csv")
    return report.set_index(["null", "test", "cases"])["share"].sort_index() * 100


@pytest.fixture(scope="module")
def methods(project: Path) -> str:
    return " ".join((project / "docs" / "methods.md").read_text(encoding="utf-8").split())


def worst(shares, nulls, test):
    return max(shares[null, test].max() for null in nulls)


def test_the_priorities_page_quotes_the_report(shares):
    assert f"priority in at most {worst(shares, HELD, 'priority'):.1f} % of them" in TRUST
    assert f"found something in at most {worst(shares, HELD, 'either'):.0f} %," in TRUST
    assert f"in up to {worst(shares, [SHARED], 'priority'):.0f} % and something" in TRUST
    assert f"found in up to {worst(shares, [SHARED], 'either'):.0f} %:" in TRUST
    either, priority = (worst(shares, [NO_REFERENCE], test) for test in ("either", "priority"))
    assert f"something was found in {either:.0f} % and a priority called in {priority:.0f} %." in ROWS


def test_the_methods_quotes_the_report(shares, methods):
    scan, excess, trend = (worst(shares, [NO_REFERENCE], test) for test in ("scan", "excess", "trend"))
    assert f"a cluster in {scan:.0f} % of districts without one, the excess test a place in {excess:.0f} %" in methods
    near = [worst(shares, [SHARED], test) for test in ("scan", "excess")]
    assert f"share half their unevenness ({near[0]:.0f} % and {near[1]:.0f} %)" in methods
    assert f"trends of rows without a household reference ({trend:.0f} %)" in methods
    assert f"places differ (up to {worst(shares, ['uneven', SHARED], 'homes'):.0f} %)" in methods


def test_the_methods_quotes_how_often_a_priority_was_wrong(shares, methods):
    held = [shares[null, "priority"] for null in HELD]
    other = [shares[null, "priority"] for null in (NO_REFERENCE, SHARED)]
    low, high = min(map(min, held)), max(map(max, held))
    assert f"in {low:.1f} to {high:.1f} % of districts where the claim holds" in methods
    assert f"and in {min(map(min, other)):.0f} to {max(map(max, other)):.0f} % elsewhere" in methods
