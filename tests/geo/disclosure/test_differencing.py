"""A new table against earlier ones and other people's: by hand, and against every way of hiding more."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from geo.disclosure.audit import audit
from geo.disclosure.external import ExternalFigure, ExternalTable
from geo.disclosure.rules import EXACT
from geo.disclosure.topics import Geography, Period, Topic
from geo.errors import BadInputError
from tests.geo.disclosure.random_districts import draw_district, draw_wishes
from tests.geo.disclosure.tables import atoms_of, check, draft, hexagons, texts, total_of, wards, year

SELF = (("route", "self"),)


def test_an_ordinary_table_passes_as_it_is():
    report = check(draft([3, 12, 0, 30]))
    assert report.passes
    assert report.mended == draft([3, 12, 0, 30])
    assert report.sentences == ("No hidden count can be worked out from all that has been published.",)


def test_an_exact_official_total_gives_a_count_away_and_hiding_another_mends_it():
    """36 in all, wards 15 and 19 shown: 1 to 5 are left for A. With B hidden too, anything is possible again."""
    report = check(draft([2, 15, 19, 0], homes=[900, 900, 900, 30]), external=[total_of(36)])
    assert not report.passes
    assert report.exposed[0].title == "Ward A (by ward, 2024-25, everybody)"
    assert report.hidden_besides == ("B",)
    assert texts(report.mended) == ["c", "c", "20", "c"]
    assert "narrowed to between 1 and" in report.sentences[0]
    assert report.sentences[-1] == "Hiding 1 more count of the new table mends it."
    assert report.least


def test_a_table_that_nothing_can_mend_is_refused_in_words():
    report = check(draft([3, 20, 0, 0]), external=[total_of(23)])
    assert (report.passes, report.mended) == (False, None)
    assert "Choose larger areas or more years." in report.refusal


def test_too_few_in_all_are_refused_for_their_total_would_bound_them():
    report = check(draft([3, 4]))
    assert report.mended is None


@pytest.mark.parametrize("counts", [[3], [30], [0], [0, 0, 0], [5, 0, 0], [9], [200, 0, 0], [9, 9, 9]])
def test_tiny_tables_get_an_answer(counts):
    report = check(draft(counts))
    assert report.passes


@pytest.mark.parametrize("counts", [[2, 900], [0, 900], [1, 1, 1]])
def test_awkward_tables_get_an_answer_or_a_sentence(counts):
    for homes in (2000.0, 60.0, 0.0):
        report = check(draft(counts, homes=homes))
        assert report.mended is not None or report.refusal


def test_a_second_geography_for_the_same_months_and_clients_is_refused_outright():
    atoms = atoms_of((7, "A"), (8, "B"))
    report = check(draft([30, 40], hexagons()), [draft([30, 40])], atoms=atoms)
    assert report.refusal.startswith("These clients of 2024-25 have been published by ward")
    renamed = hexagons(Period("the year to March 2025", "2024-04", "2025-03"))
    assert check(draft([30, 40], renamed), [draft([30, 40])], atoms=atoms).refusal
    assert check(draft([30, 40], hexagons(year(2023))), [draft([30, 40])], atoms=atoms).passes
    assert check(draft([30, 40], hexagons()), [draft([30, 40], audience="team", rule=EXACT)], atoms=atoms).passes


def test_two_ways_of_merging_hexagons_are_two_geographies():
    topics = [Topic(Geography("merged", ((81, code),)), year(2024)) for code in "AB"]
    assert check(draft([30], topics[1]), [draft([30], topics[0])]).refusal
    assert check(draft([30], topics[0]), [draft([30], topics[0])]).passes


def test_the_same_table_again_passes_and_with_other_numbers_it_does_not():
    first = draft([3, 12, 0, 30])
    assert check(replace(first, audience="partner"), [first]).passes
    report = check(draft([3, 22, 0, 30]), [first])
    assert "already given out by ward, 2024-25, everybody cannot both be true" in report.refusal


def test_a_mistyped_official_total_is_named():
    report = check(draft([9, 12]), external=[total_of(21), total_of(12, name="FOI 2024/17")])
    assert "'FOI 2024/17', as entered, cannot both be true" in report.refusal


def test_one_year_out_of_three_is_held_against_the_pooled_years():
    """Pooled 20 and a first year of 20: what is left for the other years is at most 4."""
    pooled, one = draft([21, 41], wards(year(2022, 2024))), draft([19, 20], wards(year(2022)))
    new = draft([2, 21], wards(year(2023, 2024)))
    assert check(new).passes
    report = check(new, [pooled, one])
    assert not report.passes
    assert report.exposed[0].title.startswith("Ward A (by ward, 2023-24..2024-25")


def test_a_quarter_is_held_against_its_year():
    quarter = Period("Q1", "2024-04", "2024-06")
    rest = Period("Q2 to Q4", "2024-07", "2025-03")
    shown = [draft([9, 40]), draft([8, 10], wards(quarter))]
    assert check(shown[1], shown[:1]).passes
    assert not check(draft([1, 30], wards(rest)), shown).passes


def test_one_source_is_held_against_everybody():
    everybody, alone = draft([12, 40]), draft([10, 20], wards(filters=SELF))
    assert check(alone, [everybody]).passes
    others = draft([2, 21], wards(filters=(("route", "other_agency"),)))
    assert check(others).passes
    assert not check(others, [everybody, alone]).passes


def test_wards_of_one_year_are_held_against_hexagons_of_both():
    atoms = atoms_of((7, "A"), (7, "B"), (8, "B"))
    both = draft([8, 29], hexagons(year(2023, 2024)))
    first = draft([0, 0], wards(year(2023)))
    new = draft([7, 30], wards(year(2024)))
    assert check(new, [first], atoms=atoms).passes
    report = check(new, [first, both], atoms=atoms)
    assert report.exposed[0].title == "Ward A (by ward, 2024-25, everybody)"
    assert report.exposed[0].low == 4


def test_an_answer_to_a_request_that_names_a_ward_counts_too():
    told = ExternalTable("FOI 2024/17", wards(year(2023)), (ExternalFigure("A", 10),))
    pooled = draft([12, 40], wards(year(2023, 2024)))
    new = draft([2, 21])
    assert check(new, [pooled]).passes
    assert not check(new, [pooled], [told]).passes


def test_what_an_official_table_gave_away_long_ago_does_not_stop_an_unrelated_release():
    given_away = draft([3, 20, 0], wards(year(2020)))
    report = check(draft([9, 20, 30]), [given_away], [total_of(23, year(2020))])
    assert report.passes


def test_a_new_table_may_not_narrow_what_was_given_away_in_part():
    """2020 is between 1 and 5 by an official total; the pooled years less 2021 would leave 1 to 4."""
    given_away, later = draft([3, 20, 0], wards(year(2020))), draft([9, 20, 0], wards(year(2021)))
    pooled = draft([12, 40, 0], wards(year(2020, 2021)))
    assert check(later, [given_away], [total_of(23, year(2020))]).passes
    report = check(pooled, [given_away, later], [total_of(23, year(2020))])
    assert [(found.low, found.high, found.impossible) for found in report.exposed] == [(1, 4, (5,))]


def test_exact_counts_under_an_agreement_do_not_stop_the_same_table_for_the_public():
    """The holder knows them already; everybody else learns no more than from the table alone."""
    exact = draft([3, 12, 0, 30], audience="agreement", rule=EXACT)
    assert check(draft([3, 12, 0, 30]), [exact]).passes


def test_the_holder_of_exact_counts_may_not_learn_more_from_a_public_table():
    """He knows 2023 by ward: the pooled years would tell him 2024, which he was not given."""
    exact = draft([14, 20, 30], wards(year(2023)), audience="agreement", rule=EXACT)
    hidden = draft([1, 20, 30], wards(year(2024)))
    pooled = draft([15, 40, 60], wards(year(2023, 2024)))
    assert check(pooled, [hidden]).passes
    report = check(pooled, [hidden, exact])
    assert not report.passes
    assert "Ward A (by ward, 2024-25" in report.exposed[0].title


def test_an_agreement_gets_its_table_and_one_geography_all_the_same():
    exact = draft([3, 12], hexagons(), audience="agreement", rule=EXACT)
    assert check(exact).passes
    assert check(exact, [draft([3, 12])], atoms=atoms_of((7, "A"), (8, "B"))).refusal


def test_the_team_is_never_held_up():
    assert check(draft([3, 20, 0, 0], audience="team", rule=EXACT), [draft([9, 9])]).passes


@pytest.mark.parametrize("value", [(-1, 1), (5, 0)])
def test_a_number_that_no_count_can_be_is_refused(value):
    with pytest.raises(BadInputError, match="whole one, not negative"):
        ExternalFigure("*", *value)


def test_the_loss_is_the_least_of_all_ways_to_hide_more():
    """Oracle: every set of figures, hidden one after another, audited by itself."""
    mended = 0
    for seed in range(600, 640):
        rng = np.random.default_rng(seed)
        district = draw_district(rng)
        given_out = []
        for topic in draw_wishes(rng, district)[:2]:
            new = district.draft(topic)
            report = check(new, given_out, district.external, atoms=district.atoms)
            if report.exposed and not given_out and len(new.figures) <= 5:
                assert loss(new, report.mended) == least_by_trying(new, district)
                mended += report.mended is not None
            given_out += [report.mended] if report.mended else []
    assert mended >= 3


def loss(new, mended):
    if mended is None:
        return None
    return sum(
        old.value for old, now in zip(new.figures, mended.figures, strict=True) if old.value and now.value is None
    )


def least_by_trying(new, district):
    shown = [figure for figure in new.figures if figure.value]
    ways = [way for size in range(len(shown) + 1) for way in combinations(shown, size)]
    for way in sorted(ways, key=lambda way: sum(figure.value for figure in way)):
        tried = new.hide(frozenset(figure.code for figure in way))
        if audit([tried], atoms=district.atoms, external=district.external).protected:
            return sum(figure.value for figure in way)
    return None
