"""A row of domestic abuse is kept without its place, whatever words its file uses, and counted for the district."""

import pytest

from geo.disclosure.district_only import without_a_place
from geo.evidence.counts import Selection, count_selected_areas
from geo.review.maps import episodes_of
from tests.tinytown.council import export, row


@pytest.mark.parametrize(
    "said",
    [
        {"reason": "Domestic abuse - victim"},
        {"reason": "fled a violent husband see notes"},  # too much for a category, and kept without a place
        {"reason": "Violent breakdown of relationship involving partner"},  # not what the category says
        {"source": "Women's Aid"},
        {"source": "Refuge worker Ann"},
    ],
)
def test_its_place_is_not_even_kept(council, add, said):
    report = add(export(row(1, **said), row(2, day="14/06/2024")))
    assert report.status["located"] == 2
    with council.store.reading() as connection:
        kept = connection.execute("SELECT month, ward, h3_7, h3_8 FROM records ORDER BY month").fetchall()
    assert kept[0] == ("2024-05", "", 0, 0)
    assert kept[1][1] == "W1"


def test_a_text_that_denies_it_is_not_told_as_abuse(council, add):
    add(export(row(1, reason="no domestic abuse reported; asked to leave by landlord Xy")))
    assert council.records()["reason"].tolist() != ["domestic abuse"]


def test_a_whole_file_of_a_provider_is_counted_for_the_district(council, add):
    add(export(row(1), row(2)), feed="Domestic abuse outreach")
    add(export(row(3)))
    counts = count_selected_areas(episodes_of(council), Selection(), level="ward")
    assert counts.unmapped == {"district_only": 2}
    assert (counts.areas["count"].sum(), counts.episodes) == (1, 3)


def test_a_provider_named_in_the_options_is_known_at_once(council, add):
    add(export(row(1), row(2)), feed="Yew House")
    add(export(row(1, day="14/06/2024"), row(4, day="14/06/2024")))  # household 1 again, by another agency
    assert not without_a_place(council.records()).any()
    council.save_scenario(council.scenario.model_copy(update={"district_only_feeds": ("yew house",)}))
    records = council.records()
    assert without_a_place(records).tolist().count(True) == 3
    assert records.loc[~without_a_place(records), "ward"].tolist() == ["W1"]
    counts = count_selected_areas(episodes_of(council), Selection(), level="ward")
    assert counts.unmapped == {"district_only": 2}


def test_rows_kept_with_a_place_by_an_earlier_planner_bring_none(council, add):
    add(export(row(1)))
    with council.store.writing() as connection:
        connection.execute("UPDATE records SET reason = 'domestic abuse'")
    assert without_a_place(council.records()).all()


def test_the_same_file_again_changes_nothing(add):
    content = export(row(1, reason="DV"), row(2))
    add(content)
    again = add(content)
    assert (again.unchanged, again.updated) == (2, 0)
