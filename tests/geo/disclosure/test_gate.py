"""What each audience sees, and what nobody outside the team may."""

import pandas as pd
import pytest

from geo.disclosure.counted import complete_counts
from geo.disclosure.gate import History, clear_table, legend_of, pass_gate, percent_of, show
from geo.disclosure.published import published_from_json
from geo.disclosure.topics import Geography, Topic
from geo.errors import BadInputError
from geo.scenario import DisclosureOptions
from geo.schema import GATED
from tests.geo.disclosure.tables import counted, hexagons, total_of, wards, year

OPTIONS = DisclosureOptions()
AS_NEEDED = DisclosureOptions(hide_others="as needed")


def gate(counts, topic=None, *, audience="public", homes=2000.0, history=None, options=OPTIONS):
    table = counted(counts, homes, "789a" if topic == hexagons() else "ABCDEFG")
    return pass_gate(table, topic or wards(), audience=audience, options=options, history=history)


def test_the_team_sees_exact_counts():
    seen = gate([3, 0, 9], audience="team", homes=10)
    assert seen.table["shown"].tolist() == ["3", "0", "9"]
    assert seen.table["percent"].tolist() == [25.0, 0.0, 75.0]
    assert (seen.total, seen.legend) == ("12", ("Exact counts, for the team only.",))


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_partner_and_public_see_the_rounded_table_and_percentages_made_of_it(audience):
    seen = gate([3, 12, 0, 28], audience=audience)
    assert seen.table["shown"].tolist() == ["c", "10", "0", "30"]
    assert seen.table["count"].tolist() == [pd.NA, 10, 0, 30]
    assert seen.table["percent"].dropna().tolist() == [pytest.approx(100 * 10 / 45), 0.0, pytest.approx(100 * 30 / 45)]
    assert seen.total == "45"
    GATED.validate(seen.table)


def test_an_agreement_covers_wards_and_large_hexagons_only():
    assert gate([3, 12], audience="agreement").table["shown"].tolist() == ["3", "12"]
    assert gate([3, 12], hexagons(), audience="agreement").table["shown"].tolist() == ["3", "12"]
    for level in ("h3_8", "lsoa", "merged", "area"):
        with pytest.raises(BadInputError, match="covers wards and hexagons of resolution 7"):
            gate([3, 12], Topic(Geography(level), year(2024)), audience="agreement")


@pytest.mark.parametrize(
    "condition",
    [("source", "HMP Winchester"), ("feed", "Housing"), ("age_band", "16-17"), ("reason", "Domestic abuse - victim")],
)
@pytest.mark.parametrize("audience", ["partner", "public", "agreement"])
def test_a_source_an_age_or_domestic_abuse_by_area_never_leaves_the_team(audience, condition):
    with pytest.raises(BadInputError, match="for the whole district only") as told:
        gate([30, 40], wards(filters=(condition,)), audience=audience)
    assert condition[1] not in str(told.value)
    assert gate([30, 40], wards(filters=(condition,)), audience="team").total == "70"


def test_one_number_for_the_district_may_leave():
    topic = Topic(Geography("district"), year(2024), (("source", "HMP Winchester"),))
    table = counted([22]).assign(code="*").astype({"code": "str"})
    assert pass_gate(table, topic, audience="public", options=OPTIONS).table["shown"].tolist() == ["20"]


def test_hexagons_that_lose_too_much_are_refused_with_the_share():
    with pytest.raises(BadInputError, match=r"would keep 67 % of the count, and the rule asks for 80 %"):
        gate([4, 4, 4, 20], hexagons())
    assert gate([4, 4, 4, 20]).table["shown"].tolist() == ["c", "c", "c", "20"]
    assert gate([3, 20, 20], hexagons()).table["shown"].tolist() == ["c", "20", "20"]


def test_a_table_with_nothing_to_show_gets_a_sentence():
    for counts, homes in (([3], 2000.0), ([5, 9, 30], 0.0)):
        with pytest.raises(BadInputError, match="could be shown"):
            gate(counts, homes=homes)


def test_a_table_that_cannot_be_protected_gets_a_sentence():
    with pytest.raises(BadInputError, match="cannot be given out"):
        gate([3, 20, 0, 0], history=History(external=(total_of(23),)))


def test_a_looser_rule_stops_the_public_and_not_a_partner():
    options = DisclosureOptions(threshold=5)
    with pytest.raises(BadInputError, match=r"disclosure\.threshold"):
        gate([6, 20, 30], options=options)
    assert gate([6, 20, 30], options=options, audience="partner").table["shown"].tolist() == ["5", "20", "30"]


def test_what_was_given_out_before_is_held_against_the_new_table():
    earlier = clear_table(counted([3, 12, 30]), wards(), audience="public", options=OPTIONS)
    with pytest.raises(BadInputError, match="published by ward"):
        gate([9, 20, 20], hexagons(), history=History(earlier=(earlier,)))


def test_a_kept_release_is_shown_as_on_its_day():
    cleared = clear_table(counted([3, 12, 30]), wards(), audience="public", options=OPTIONS)
    again = show(published_from_json(cleared.to_json()))
    fresh = gate([3, 12, 30])
    assert again.table.equals(fresh.table)
    assert (again.total, again.legend) == (fresh.total, fresh.legend)


def test_words_are_the_same_whatever_is_hidden_and_why():
    """A note that stood only beside some reasons would give them away."""
    rule = clear_table(counted([9, 12]), wards(), audience="public", options=OPTIONS).rule
    given = (([9, 12], 2000), ([3, 30, 9], [2000, 30, 900]))
    legends = {gate(counts, homes=homes, options=AS_NEEDED).legend for counts, homes in given}
    assert legends == {legend_of("public", rule)}
    tables = (gate(counts, homes=[900, 30, 900], options=AS_NEEDED).table for counts in ([3, 9, 30], [9, 5, 30]))
    shown = {text for table in tables for text in table["shown"]}
    assert shown == {"c", "10", "30"}


def test_a_percentage_of_nothing_is_left_blank():
    assert percent_of(0, 0) is None
    assert gate([0, 0]).table["percent"].isna().all()


def test_counts_are_completed_with_every_area_and_no_client_is_lost():
    homes = pd.Series([200.0, 90.0, float("nan")], index=["A", "B", "D"])
    table = complete_counts(pd.DataFrame({"code": ["B", "Z"], "count": [4, 2]}), homes, names={"B": "Bourne"})
    assert table["code"].tolist() == ["A", "B", "D", "Z"]
    assert table["count"].tolist() == [0, 4, 0, 2]
    assert table["homes"].tolist() == [200.0, 90.0, 0.0, 0.0]
    assert table["name"].tolist() == ["", "Bourne", "", ""]


def test_cells_are_completed_under_their_hexadecimal_names():
    cells = pd.DataFrame({"cell": [0x88194AD32BFFFFF], "count": [4]})
    table = complete_counts(cells, pd.Series([30.0], index=[0x88194AD329FFFFF]))
    assert table["code"].tolist() == ["88194ad329fffff", "88194ad32bfffff"]
