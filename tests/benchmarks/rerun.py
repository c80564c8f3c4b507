"""Print what somebody learns who runs the planner's method on every table there could be.

Only where counts had to be hidden to protect others: elsewhere the choice tells nothing. Tables of three or four areas,
most with an exact official total, in which the search through every possible table is short.

python -m tests.benchmarks.rerun [tables] [seed]
"""

import sys
from itertools import product

import numpy as np

from tests.geo.disclosure.tables import PUBLIC, check, draft, total_of

MOST = 60
SMALL = set(range(1, 8))


def main(tables, seed):
    """Print one line for each mended table, and one for all."""
    rng, found = np.random.default_rng(seed), []
    while len(found) < tables:
        counts = rng.poisson(rng.gamma(0.8, 6, rng.integers(3, 5)))
        external = [total_of(int(counts.sum()))] if rng.random() < 0.7 else []
        report = check(draft(counts), external=external)
        if report.mended is None or report.passes:
            continue
        ruled_out = [SMALL - values for values in rerun(counts, report.mended, external)]
        found.append(ruled_out)
        print([figure.text for figure in report.mended.figures], [sorted(values) for values in ruled_out], flush=True)
    counts = [values for table in found for values in table]
    print(
        f"{sum(any(table) for table in found)} of {tables} mended tables let some value be ruled out by rerunning; "
        f"{sum(bool(values) for values in counts)} of {len(counts)} hidden counts"
    )


def rerun(counts, published, external):
    """Collect the values that each hidden count has in the tables for which the method gives this very output."""
    hidden = [number for number, figure in enumerate(published.figures) if figure.value is None]
    values, memo = [set() for _ in hidden], {}
    # The official total may count clients without a place, whom the table of areas leaves out.
    totals = [total for total in _span(published.total) if not external or total <= int(counts.sum())]
    for *head, total in product(*[_span(figure) for figure in published.figures[:-1]], totals):
        last = total - sum(head)
        if last not in _span(published.figures[-1]):
            continue
        table = (*head, last)
        drawn = draft(np.array(table))
        if drawn.digest not in memo:
            mended = check(drawn, external=external).mended
            memo[drawn.digest] = mended is not None and mended.digest == published.digest
        if memo[drawn.digest]:
            for seen, number in zip(values, hidden, strict=True):
                seen.add(table[number])
    return values


def _span(figure):
    if figure.value is None:
        return range(1, MOST)
    low, high = PUBLIC.interval(figure.value)
    return range(low, high + 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
