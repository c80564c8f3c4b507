"""What must hold for every table and every history, not only for those somebody thought of."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.disclosure.atoms import NO_ATOMS
from geo.disclosure.audit import audit
from geo.disclosure.gate import pass_gate
from geo.disclosure.rules import rule_for
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions
from tests.geo.disclosure.random_districts import draw_district, draw_wishes
from tests.geo.disclosure.tables import check, counted, draft, total_of, wards

COUNTS = st.lists(st.one_of(st.integers(0, 14), st.sampled_from([60, 1_000_000])), min_size=1, max_size=7)
HOMES = st.lists(st.sampled_from([0.0, 39.0, 40.0, 99.0, 100.0, 2500.0]), min_size=7, max_size=7)
OPTIONS = st.builds(
    DisclosureOptions,
    threshold=st.sampled_from([7, 9, 12]),
    round_to=st.sampled_from([5, 6, 10]),
    zero_homes=st.sampled_from([100, 300]),
    homes_floor=st.sampled_from([40, 100]),
)
SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=40, deadline=None)


@FEW
@given(COUNTS, HOMES, OPTIONS)
def test_what_is_shown_is_rounded_by_the_rule_and_small_counts_never_are(counts, homes, options):
    rule = rule_for("public", options)
    table = draft(counts, homes=homes[: len(counts)], rule=rule)
    report = check(table, external=[total_of(sum(counts))])
    for figure, count, here in zip((report.mended or table).figures, counts, homes, strict=False):
        if figure.value is None:
            continue
        assert figure.value == rule.rounded(count)
        assert count == 0 or count > rule.threshold
        assert here >= (rule.zero_homes if count == 0 else rule.homes_floor)
        assert rule.interval(figure.value)[0] <= count <= rule.interval(figure.value)[1]


@FEW
@given(COUNTS, HOMES)
def test_suppressing_never_changes_the_total_or_a_number_that_stays(counts, homes):
    table = draft(counts, homes=homes[: len(counts)])
    mended = check(table, external=[total_of(sum(counts))]).mended
    if mended is None:
        return
    assert mended.total == table.total
    for before, after in zip(table.figures, mended.figures, strict=True):
        assert after == before or (after.value is None and after.why == "complementary" and before.value)


@FEW
@given(COUNTS, HOMES, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(counts, homes, random):
    table = counted(counts, homes[: len(counts)])
    order = random.sample(range(len(counts)), len(counts))

    first, second = answer(table, "public"), answer(table.iloc[order], "public")
    if isinstance(first, str):
        assert first == second
        return
    assert first.table.equals(second.table)
    assert (first.total, first.legend) == (second.total, second.legend)


@FEW
@given(COUNTS, HOMES)
def test_a_cleared_table_protects_every_hidden_count(counts, homes):
    report = check(draft(counts, homes=homes[: len(counts)]), external=[total_of(sum(counts))])
    if report.mended is not None:
        found = audit([report.mended], atoms=NO_ATOMS, external=[total_of(sum(counts))])
        assert found.protected
        for one in found.ranges:
            assert one.low <= 1
            assert one.high is None or one.high >= 7
    else:
        assert report.refusal


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_an_earlier_release_never_shortens_protection(seed):
    """With more known, every range is as narrow or narrower, and what failed still fails."""
    rng = np.random.default_rng(seed)
    district = draw_district(rng)
    tables = [district.draft(topic) for topic in draw_wishes(rng, district)[:3]]
    if not tables:
        return
    new, given_out = tables[0], tables[1:]
    alone = check(new, (), district.external, atoms=district.atoms)
    together = check(new, given_out, district.external, atoms=district.atoms)
    if alone.exposed:
        assert not together.passes
    known = [audit([new, *given_out[:more]], atoms=district.atoms).ranges for more in range(len(given_out) + 1)]
    for fewer, more in pairwise(known):
        narrower = {one.title: one for one in more}
        for one in fewer:
            assert narrower[one.title].low >= one.low
            assert one.high is None or narrower[one.title].high <= one.high
            assert set(narrower[one.title].impossible) >= set(one.impossible)


@pytest.mark.parametrize("counts", [[0, 0, 0], [9, 0, 3], [5], [1_000_000], [1_000_000, 1], [0]])
@pytest.mark.parametrize("homes", [0.0, 60.0, 2000.0])
@pytest.mark.parametrize("audience", ["team", "partner", "agreement", "public"])
def test_awkward_districts_get_an_answer_or_a_sentence(counts, homes, audience):
    told = answer(counted(counts, homes), audience)
    if isinstance(told, str):
        assert told.endswith(".")
        return
    assert "nan" not in told.table.to_csv().casefold()
    assert len(told.table) == len(counts)


def answer(table, audience):
    """Give what the gate lets through, or its sentence."""
    try:
        return pass_gate(table, wards(), audience=audience, options=DisclosureOptions())
    except BadInputError as error:
        return str(error)
