"""District figures of a quarter: blank is not known, the last value counts, and they fit each other."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.quarter_figures import FIGURES, figure_table, figures_of, set_figures
from geo.review.review_quarters import ReviewQuarter, quarters_of
from tests.tinytown.council import TODAY

QUARTER = ReviewQuarter("2024-25", 2, 4)


def give(council, *, quarter=QUARTER, who="JS", **figures):
    return set_figures(council, quarter, figures, who=who, today=TODAY)


def test_what_nobody_gave_is_not_known_and_never_nought(council) -> None:
    assert figures_of(council, QUARTER) == dict.fromkeys(FIGURES)
    after = give(council, reported=4, walkabouts=0)
    assert (after["reported"], after["walkabouts"], after["visited"]) == (4, 0, None)
    table = figure_table(council, quarters_of("2024-25", first_month=4)).set_index("Figure")
    assert table.loc["Walkabouts held", "2024-25 Q2"] == 0
    assert table["2024-25 Q1"].isna().all()


def test_the_last_value_counts_and_a_figure_can_be_taken_back(council) -> None:
    give(council, reported=4, visited=2)
    give(council, visited=4)
    assert figures_of(council, QUARTER)["visited"] == 4
    assert give(council, visited=None)["visited"] is None
    assert figures_of(council, QUARTER)["reported"] == 4


def test_the_audit_log_says_which_quarter_and_how_many_and_no_value(council) -> None:
    give(council, reported=4, visited=2)
    give(council, reported=4)  # nothing new
    lines = [line.detail for line in read_audit(council.store) if line.what == "quarter figures"]
    assert lines == ["2024-25 Q2: figures 2"]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"reported": 3, "visited": 4}, "4 were visited and only 3 reported"),
        ({"offers": 3, "accepted": 2, "refused": 2}, "4 offers were accepted or refused and only 3 made"),
        ({"offers": 3, "refused": 4}, "only 3 made"),
        ({"reported": -1}, "from 0 to 10,000"),
        ({"sleepers": 1}, "none of the list"),
    ],
)
def test_figures_that_do_not_fit_are_refused_and_none_is_kept(council, figures, said) -> None:
    with pytest.raises(BadInputError, match=said):
        give(council, **figures)
    assert figures_of(council, QUARTER) == dict.fromkeys(FIGURES)


def test_a_figure_is_held_against_what_was_said_before(council) -> None:
    give(council, reported=3)
    with pytest.raises(BadInputError, match="only 3 reported"):
        give(council, visited=4)
    give(council, reported=5, visited=4)


def test_a_quarter_that_has_not_begun_has_no_figures_and_nobody_gives_any(council) -> None:
    with pytest.raises(BadInputError, match=r"2025-26 Q2 has not begun; it begins on 2025-07-01"):
        give(council, quarter=ReviewQuarter("2025-26", 2, 4), reported=1)
    with pytest.raises(BadInputError, match="Say who gives the figures"):
        give(council, who=" ", reported=1)


def test_quarters_follow_the_review_year_whichever_month_it_begins_in() -> None:
    assert ReviewQuarter.at(date(2025, 1, 1), first_month=1).name == "2025-26 Q1"
    assert ReviewQuarter.at(date(2025, 3, 31), first_month=4).name == "2024-25 Q4"
    first = ReviewQuarter.parse("2024-25 q1", first_month=4)
    assert (first.before.name, first.first_day, first.last_day) == ("2023-24 Q4", date(2024, 4, 1), date(2024, 6, 30))
    assert first.next.before == first
    with pytest.raises(BadInputError, match="no quarter"):
        ReviewQuarter.parse("2024-25", first_month=4)
    with pytest.raises(BadInputError, match="no period"):
        ReviewQuarter.parse("2024-26 Q1", first_month=4)
    with pytest.raises(BadInputError, match="several"):
        quarters_of("2023-24..2024-25", first_month=4)
