"""A partner counts its own file: totals in are totals out, and nothing personal or hidden gets out."""

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.disclosure.atoms import NO_ATOMS
from geo.disclosure.audit import audit
from geo.disclosure.counted import complete_counts
from geo.disclosure.rules import EXACT, HOUSE_DEFAULT, rule_for
from geo.disclosure.suppress import suppress
from geo.disclosure.topics import Geography, Topic
from geo.errors import BadInputError
from geo.review.aggregate import CountAsk, _Counting, _period_tables, aggregate
from geo.review.count_periods import named_period, overlap, periods_over
from geo.review.counts_file import reason_of
from geo.review.counts_reading import read_counts_file
from geo.review.hub_reasons import REASONS
from geo.review.partner_rows import Ground, PartnerFile, ground_postcodes, placed_in
from tests.geo.review.counting import by_area, counted, lines
from tests.tinytown.council import TODAY, row

YEAR = "2024-25"
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def everybody(file, period=YEAR):
    return next(t for t in file.tables if t.topic.period.name == period and not t.topic.filters)


def test_under_an_agreement_every_row_is_in_an_area_or_says_why_not(council):
    rows = [*lines({"W1": 3, "W2": 1, "nowhere": 2, "outside": 1}), row(1)]
    found = counted(council, rows=rows, agreement="DSA 12")
    assert (found.rows, found.duplicates, found.not_over) == (8, 1, 0)
    table = everybody(found.file)
    assert by_area(table) == {"W1": "3", "W2": "1", "": "3"}
    assert table.total.value == 7
    assert found.file.not_placed == {YEAR: {"missing": 2, "outside": 1}}
    assert found.file.exact
    assert found.file.agreement == "DSA 12"


def test_broad_reasons_add_up_to_everybody(council):
    rows = [*lines({"W1": 3}, reason="Rent arrears"), *lines({"W1": 4, "W2": 2}, start=50)]
    file = counted(council, rows=rows, agreement="DSA 12").file
    by_reason = {reason_of(table): by_area(table) for table in file.tables}
    assert by_reason == {
        "": {"W1": "7", "W2": "2", "": "0"},
        "money": {"W1": "3", "W2": "0", "": "0"},
        "private": {"W1": "4", "W2": "2", "": "0"},
    }


def test_a_household_that_comes_back_counts_once(council):
    again = row(99, day="01/06/2024").replace("H99", "H1")
    file = counted(council, rows=[*lines({"W1": 3}), again], agreement="DSA 12").file
    assert everybody(file).total.value == 3
    assert file.unit == "household episodes"


def test_without_an_agreement_small_counts_are_hidden_and_the_rest_is_rounded(council):
    file = counted(council, {"W1": 41, "W2": 3, "nowhere": 12}).file
    assert by_area(everybody(file)) == {"W1": "40", "W2": "c", "": "10"}
    assert everybody(file).total.text == "55"
    assert (file.exact, file.agreement, file.not_placed) == (False, "", {})


def test_a_total_that_would_give_a_hidden_count_away_is_not_sent_by_area(council):
    found = counted(council, {"W1": 41, "W2": 0, "nowhere": 1})
    table = everybody(found.file)
    tables = [one for one in found.file.tables if not one.topic.filters]
    assert audit(tables, atoms=NO_ATOMS).protected
    assert table.topic.geography.level in ("ward", "district")


def test_domestic_abuse_has_no_area_and_no_reason_of_its_own(council):
    rows = [*lines({"W1": 8}), *lines({"W1": 9}, start=100, reason="Domestic abuse")]
    tied = row(300, postcode="ZZ1 2AA").replace("H300", "H100")
    file = counted(council, rows=[*rows, tied], agreement="DSA 12").file
    assert by_area(everybody(file)) == {"W1": "8", "W2": "0", "": "9"}
    assert file.not_placed[YEAR] == {"district_only": 9}
    assert {reason_of(table) for table in file.tables} == {"", "private", "other"}
    assert "abuse" not in file.to_json()


def test_a_provider_of_domestic_abuse_services_counts_the_whole_district_only(council):
    file = counted(council, {"W1": 30, "W2": 30}, feed="Women's Aid", agreement="DSA 1").file
    assert {table.topic.geography.level for table in file.tables} == {"district"}
    assert everybody(file).total.value == 60


def test_nothing_of_a_row_is_in_the_file(council):
    rows = lines({"W1": 40, "W2": 30}, age="37", outcome="Kept flat", household="Lone parent")
    for agreement in ("", "DSA 12"):
        text = counted(council, rows=rows, agreement=agreement).file.to_json()
        for private in ("ZZ1", "ZZ11AA", "R1", "H1", "14/05", "2024-05-14", "37", "flat", "Lone", "Section 21"):
            assert private not in text.replace('"digest"', ""), private


def test_only_periods_that_are_over_are_counted(council):
    rows = [*lines({"W1": 20, "W2": 20}), *lines({"W1": 5}, day="20/05/2025", start=100)]
    found = counted(council, rows=rows, agreement="DSA 12")
    assert (found.file.periods, found.not_over) == ((YEAR,), 5)
    quarters = counted(council, rows=rows, agreement="DSA 12", per="quarter")
    assert quarters.file.periods == ("2024-25 Q1",)
    with pytest.raises(BadInputError, match="No review year or quarter of the file is over"):
        counted(council, rows=lines({"W1": 5}, day="20/05/2025"))


def test_too_few_to_show_anything_is_a_sentence_and_no_file(council):
    with pytest.raises(BadInputError, match="Nothing was counted"):
        counted(council, {"W1": 2})


def test_hexagons_that_would_lose_most_of_the_count_give_one_number_for_the_district(council):
    found = counted(council, {"W1": 40, "W2": 15}, by="h3_7")
    assert by_area(everybody(found.file)) == {"*": "55"}
    assert "hexagons would keep" in found.notes[0]


def test_wards_need_a_file_of_wards(council):
    with pytest.raises(BadInputError, match="--wards FILE"):
        aggregate(PartnerFile(b"", "Food bank"), Ground(council.gazetteer()), CountAsk("ward"), today=TODAY)


def test_a_district_is_found_by_its_code_in_the_postcode_directory(council):
    here = Ground(council.gazetteer(), district="E07000999")
    assert len(ground_postcodes(here)) > 5
    assert placed_in(pd.Series(["ZZ1 1AA"]), here)["status"].tolist() == ["located"]
    with pytest.raises(BadInputError, match="holds no postcode of this area"):
        ground_postcodes(Ground(council.gazetteer(), district="E07000001"))


def _episodes(cells):
    """Episodes as they come out of a file: an area and a reason each; None for none."""
    codes = [ward for ward, reason, count in cells for _ in range(count)]
    reasons = [reason for ward, reason, count in cells for _ in range(count)]
    status = ["located" if code else "missing" for code in codes]
    table = {"ward": codes, "reason": reasons, "status": status}
    return pd.DataFrame(table, dtype="str").assign(month="2024-05")


WARDS = ("A", "B", "C", "D", "")
CELLS = st.lists(
    st.tuples(
        st.sampled_from(WARDS), st.sampled_from(["private", "money"]), st.one_of(st.integers(0, 9), st.integers(10, 60))
    ),
    min_size=1,
    max_size=9,
)
HOMES = pd.Series({"A": 900.0, "B": 1500.0, "C": 90.0, "D": 30.0, "": 2520.0, "*": 2520.0})
PERIOD = named_period(YEAR, first_month=4)


@FEW
@given(CELLS)
def test_exact_tables_hold_every_client_once(cells):
    chosen = _episodes(cells)
    if chosen.empty:
        return
    tables, _ = _period_tables(_Counting(chosen, HOMES, "ward", exact=True), PERIOD)
    assert all(sum(one.value for one in table.figures) == table.total.value for table in tables)
    assert tables[0].total.value == len(chosen)
    assert sum(table.total.value for table in tables[1:]) == len(chosen)
    assert all(table.rule == EXACT for table in tables)


@FEW
@given(CELLS)
def test_no_hidden_count_of_a_suppressed_file_can_be_narrowed(cells):
    chosen = _episodes(cells)
    tables, _ = _period_tables(_Counting(chosen, HOMES, "ward", exact=False), PERIOD)
    if not tables:
        return
    found = audit(tables, atoms=NO_ATOMS)
    assert found.protected, [one for one in found.ranges if one.impossible]
    for table in tables:
        for one in (*table.figures, table.total):
            assert one.value is None or one.value == 0 or (one.value >= 10 and one.value % 5 == 0)


def test_past_the_gate_the_same_counts_would_give_some_away():
    """So that the property above can fail."""
    homes = pd.Series({"A": 900.0, "B": 99.0})
    counts = complete_counts(pd.DataFrame({"code": ["A"], "count": [38]}), homes)
    rule = rule_for("partner", HOUSE_DEFAULT)
    alone = suppress(counts, Topic(Geography("ward"), PERIOD), audience="partner", rule=rule)
    assert not audit([alone], atoms=NO_ATOMS).protected


def test_what_is_written_is_what_is_read(council):
    for agreement in ("", "DSA 12"):
        file = counted(council, agreement=agreement).file
        again = read_counts_file(file.to_json().encode())
        assert again.as_dict() == file.as_dict()
        assert again.digest == json.loads(file.to_json())["digest"]


def test_periods_are_named_and_overlap_as_they_should():
    year, spring = named_period("2024-25", first_month=4), named_period("2024-25 q4", first_month=4)
    assert (spring.name, spring.first, spring.last) == ("2024-25 Q4", "2025-01", "2025-03")
    assert overlap(year, spring)
    assert not overlap(spring, named_period("2024-25 Q3", first_month=4))
    months = pd.Series(["2024-04", "2025-05"])
    over = periods_over(months, per="quarter", first_month=4, today=TODAY)
    assert [period.name for period in over] == ["2024-25 Q1"]
    with pytest.raises(BadInputError, match="several review years"):
        named_period("2023-24..2024-25", first_month=4)
    assert set(REASONS) >= {"private", "money", "other"}
