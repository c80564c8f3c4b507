"""Whoever runs the planner's own method on every table there could be learns nothing from what it gave out.

He knows the published table and the official total of the district, tries all counts that agree with them, lets the
gate decide about each, and keeps those for which it would have given out this very table. Every hidden count must still
be able to be anything from 1 to 7 among them.
"""

from itertools import product

import numpy as np
import pytest

from geo.disclosure.gate import History, clear_table
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions
from tests.geo.disclosure.tables import counted, draft, total_of, wards

SMALL = set(range(1, 8))
AS_NEEDED = DisclosureOptions(hide_others="as needed")
TABLES = 6


def _gate(counts, options, external):
    try:
        return clear_table(
            counted(counts), wards(), audience="public", options=options, history=History(external=tuple(external))
        )
    except BadInputError:
        return None


def _rerun(counts, published, options, external):
    """Collect the values of each hidden count in the tables for which the gate gives this very output."""
    hidden = [number for number, figure in enumerate(published.figures) if figure.value is None]
    spans = [_span(figure, published.rule) for figure in published.figures]
    # The official total may count clients without a place, whom the table of areas leaves out.
    totals = set(_span(published.total, published.rule)) & set(range(sum(counts) + 1))
    seen, memo = [set() for _ in hidden], {}
    for table in product(*spans):
        if sum(table) not in totals:
            continue
        text = draft(np.array(table)).digest
        if text not in memo:
            given = _gate(table, options, external)
            memo[text] = given is not None and given.digest == published.digest
        if memo[text]:
            for values, number in zip(seen, hidden, strict=True):
                values.add(table[number])
    return seen


def _span(figure, rule):
    if figure.value is None:
        return range(1, 31)
    low, high = rule.interval(figure.value)
    return range(low, high + 1)


def _given_out(options, *, seed, why="few"):
    """Draw small tables with an exact official total until some were given out with a count hidden for a reason."""
    rng, found = np.random.default_rng(seed), 0
    while found < TABLES:
        counts = tuple(rng.poisson(rng.gamma(0.8, 6, rng.integers(3, 5))).tolist())
        external = [total_of(sum(counts))]
        published = _gate(counts, options, external)
        if published is not None and any(figure.why == why for figure in published.figures):
            found += 1
            yield counts, published, external


@pytest.mark.parametrize("seed", range(3))
def test_rerunning_the_method_on_every_table_rules_no_value_out(seed):
    options = DisclosureOptions()
    for counts, published, external in _given_out(options, seed=seed):
        assert all(figure.why != "complementary" for figure in published.figures)
        for values in _rerun(counts, published, options, external):
            assert values >= SMALL, (counts, [figure.text for figure in published.figures])


def test_where_others_are_hidden_as_needed_it_often_does():
    """The option that the council may choose all the same; without it this file could not fail."""
    ruled_out = (
        SMALL - values
        for counts, published, external in _given_out(AS_NEEDED, seed=1, why="complementary")
        for values in _rerun(counts, published, AS_NEEDED, external)
    )
    assert any(ruled_out)  # the first is enough: no further table is tried


def test_a_table_that_would_need_others_hidden_is_refused_in_plain_words():
    history = History(external=(total_of(36),))
    table = counted([2, 15, 19, 0], homes=[900, 900, 900, 30])
    with pytest.raises(BadInputError, match="would tell by the choice of them"):
        clear_table(table, wards(), audience="public", options=DisclosureOptions(), history=history)
    cleared = clear_table(table, wards(), audience="public", options=AS_NEEDED, history=history)
    assert [figure.text for figure in cleared.figures] == ["c", "c", "20", "c"]
