"""Print how many tables of two real districts would need further counts hidden to protect others.

Those the gate refuses (`hide_others = "never"`). Single tables with and without an exact official total, and a history
by ward: three single years, two years pooled, three years pooled, each beside exact official totals of every year.

python -m tests.benchmarks.mended OPEN_DATA_FOLDER gazetteer.parquet [draws]
"""

import sys
from collections import Counter
from pathlib import Path

from geo.disclosure.atoms import find_atoms
from geo.disclosure.differencing import check_release
from geo.disclosure.external import EVERYWHERE, ExternalFigure, ExternalTable
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import Geography, Topic
from geo.places.gazetteer import Gazetteer
from tests.benchmarks.disclosure import DISTRICTS, HOUSEHOLDS, PUBLIC, YEARS, draw, period, table_by, tagged

SPANS = ((2022, 2022), (2023, 2023), (2024, 2024), (2022, 2023), (2022, 2024))


def main(open_data, gazetteer, draws):
    """Print a line for each district and size."""
    for name, code in DISTRICTS.items():
        postcodes = tagged(open_data, gazetteer, code)
        atoms = find_atoms(postcodes)
        for households in HOUSEHOLDS:
            singly, history = Counter(), Counter()
            for seed in range(draws):
                drawn = draw(postcodes, households, seed)
                singly += single_tables(postcodes, atoms, drawn)
                history += history_by_ward(postcodes, atoms, drawn)
            print(f"{name}, {households} a year: single tables {dict(singly)}; history by ward {dict(history)}")


def single_tables(postcodes, atoms, drawn):
    """Check each table of the last year and of all years by itself."""
    found = Counter()
    for level in ("ward", "h3_7", "lsoa"):
        for span in SPANS[2:3] + SPANS[-1:]:
            for known in ([], [official(drawn, *span)]):
                draft = drafted(postcodes, drawn, level, span)
                found[verdict(check_release(draft, (), known, atoms=atoms))] += 1
    return found


def history_by_ward(postcodes, atoms, drawn):
    """Give out one table after another, each held against those before."""
    known = [official(drawn, year, year) for year in YEARS]
    found, given_out = Counter(), []
    for span in SPANS:
        report = check_release(drafted(postcodes, drawn, "ward", span), given_out, known, atoms=atoms)
        found[verdict(report)] += 1
        given_out += [report.mended] if report.passes else []
    return found


def drafted(postcodes, drawn, level, span):
    counted = table_by(postcodes, level, within(drawn, *span))
    return suppress(counted, Topic(Geography(level), period(*span)), audience="public", rule=PUBLIC)


def within(drawn, first, last):
    return drawn[:, [first <= year <= last for year in YEARS]].sum(axis=1)


def official(drawn, first, last):
    """Give the exact number of the whole district, as H-CLIC might."""
    figure = ExternalFigure(EVERYWHERE, int(within(drawn, first, last).sum()), 1)
    return ExternalTable(f"official {first} to {last}", Topic(Geography("district"), period(first, last)), (figure,))


def verdict(report):
    return "passes" if report.passes else "would need others hidden" if report.mended else "cannot be mended"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Gazetteer(Path(sys.argv[2])), int(sys.argv[3]) if len(sys.argv) > 3 else 5)
