"""The quarterly review: what came in against the year before, why, and what is due; told only where it can be."""

from datetime import date

import pandas as pd
import pytest

from geo.errors import MissingDataError
from geo.review import quarter_reasons
from geo.review.actions import ToDo, add_action
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.quarter import last_quarter, quarterly_review, quarters_to_choose
from geo.review.quarter_reasons import REASON_COLUMNS
from geo.review.review_quarters import ReviewQuarter
from geo.review.workspace import Workspace
from tests.geo.review.hubs_held import record
from tests.geo.review.registers import load
from tests.tinytown.council import TODAY, export, make_council, row

QUARTER = ReviewQuarter("2024-25", 1, 4)


QUARTERS = (
    *((f"14/{month}", 10) for month in ("04/2023", "07/2023", "10/2023", "01/2024")),
    ("14/04/2024", 40),
    *((f"14/{month}", 10) for month in ("07/2024", "10/2024", "01/2025")),
)


def lines_of(at, day, count):
    """Half of a quarter's clients live in a ward, the other half came in arrears and nobody knows where they live."""
    reason = "Domestic abuse" if count == 40 else "Section 21"
    for number in range(count):
        half = number < count // 2
        place, why = ("ZZ1 1AA", reason) if half else ("", "Rent arrears")
        yield row(100 * at + number, postcode=place, day=day, reason=why)


@pytest.fixture(scope="module")
def worked(tmp_path_factory) -> Workspace:
    """A council with two whole years: ten clients a quarter in one, then forty, of whom twenty fled abuse."""
    council = make_council(tmp_path_factory.mktemp("quarter") / "w")
    load(council)
    content = export(*(line for at, quarter in enumerate(QUARTERS) for line in lines_of(at, *quarter)))
    keep(council, take_in(council, content, file_name="x.csv", feed="Housing", options=IntakeOptions(), today=TODAY))
    record(council, "2024-05-14")
    add_action(council, ToDo("Ring the hall", "JS", date(2025, 1, 1)))
    return council


@pytest.fixture(scope="module")
def review(worked):
    return quarterly_review(worked, QUARTER, today=TODAY)


def test_rows_and_households_are_counted_by_feed_and_in_all(review) -> None:
    table = review.feeds.table.set_index("feed")
    assert table.loc["Housing"].tolist() == table.loc["All together"].tolist() == [40, 40, 10, 10]
    assert review.headline.startswith("2024-25 Q1 (April to June 2024): 40 approaches and referrals of 40 households")
    assert "1 hub was held and saw 5 people" in review.headline


def test_four_times_as_many_is_more_than_chance_and_the_same_again_is_too_few_to_tell(worked, review) -> None:
    assert "10 clients in 2023-24 Q1, 40 now: more than chance explains" in review.feeds.change
    later = quarterly_review(worked, QUARTER.next, today=TODAY)
    assert "10 clients in 2023-24 Q2, 10 now. Too few to tell a change from chance" in later.feeds.change


def test_a_quarter_without_one_a_year_before_is_not_compared(worked) -> None:
    assert "No like-for-like comparison" in quarterly_review(worked, QUARTER.a_year_before, today=TODAY).feeds.change


def test_domestic_abuse_is_a_total_of_the_district_and_no_age_or_household_of_it_is_told(review) -> None:
    table = review.reasons.table.set_index("reason")
    assert table.loc["domestic abuse", "quarter"] == 20
    assert table.loc["domestic abuse", "ages"] == table.loc["domestic abuse", "households"] == "told as a total only"


def test_reasons_are_split_only_where_counts_allow(review) -> None:
    table = review.reasons.table.set_index("reason")
    assert table.loc["rent arrears", "ages"] == "25-34 35"
    private = "end of private rented tenancy: assured shorthold"
    assert (table.loc[private, "quarter"], table.loc[private, "ages"]) == (0, "too few to tell")
    assert table.loc["All reasons", ["quarter", "year_before", "four_quarters"]].tolist() == [40, 10, 70]


def test_a_count_of_one_to_four_is_left_blank() -> None:
    told = pd.DataFrame([("rare", 3, 0, 4, "", "")], columns=list(REASON_COLUMNS))
    table = quarter_reasons._told([tuple(told.iloc[0])], [30, 20, 90])
    assert table["quarter"].isna().tolist() == [True, False]
    assert table["year_before"].tolist() == [0, 20]
    assert table["four_quarters"].isna().tolist() == [True, False]


def test_what_is_due_is_listed(review) -> None:
    assert review.due.sites["name"].tolist() == ["Harbour Hall"]
    assert review.due.actions["what"].tolist() == ["Ring the hall"]
    assert review.due.no_programme.startswith("No programme of 2024-25 was settled")


def test_the_review_is_of_the_last_quarter_that_is_over(worked) -> None:
    assert last_quarter(worked, today=TODAY).name == "2024-25 Q4"
    names = [one.name for one in quarters_to_choose(worked, today=TODAY)]
    assert (names[0], names[-1], len(names)) == ("2025-26 Q1", "2023-24 Q1", 9)
    assert not quarterly_review(worked, ReviewQuarter.at(TODAY, first_month=4), today=TODAY).over


def test_without_a_record_there_is_no_quarter_to_choose_but_a_review_still_says_so(council) -> None:
    with pytest.raises(MissingDataError, match="no records yet"):
        quarters_to_choose(council, today=TODAY)
    found = quarterly_review(council, QUARTER, today=TODAY)
    assert "There are no records yet" in found.feeds.change
    assert "0 approaches and referrals came in; no hub was recorded." in found.headline


def test_where_no_row_names_a_household_rows_are_called_rows(council) -> None:
    rows = [row(number).replace(f",H{number},", ",,") for number in range(6)]
    options = IntakeOptions()
    keep(council, take_in(council, export(*rows), file_name="x.csv", feed="Housing", options=options, today=TODAY))
    found = quarterly_review(council, QUARTER, today=TODAY)
    assert "6 approaches and referrals (rows, not households) came in" in found.headline
    assert "6 rows of this quarter name none." in " ".join(found.feeds.notes)
    assert found.reasons.notes[0].startswith("Counted are rows, not households, of the whole district")
    mixed = export(*rows, *(row(number) for number in range(10, 14)))
    keep(council, take_in(council, mixed, file_name="x.csv", feed="Housing", options=options, today=TODAY))
    headline = quarterly_review(council, QUARTER, today=TODAY).headline
    assert "10 approaches and referrals of 4 households and 6 more that name none came in" in headline
