"""Any two periods of Tinytown side by side, by hand; what was frozen then, and what the records say now."""

import shutil
from datetime import date

import pytest
from scipy.stats import binomtest

from geo.errors import BadInputError, MissingDataError
from geo.review.compare import compare_periods
from geo.review.compare_frozen import frozen_counts, then_and_now
from geo.review.forgettable import BySource
from geo.review.forgetting import forget
from geo.review.freezing import freeze
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.maps import episodes_of
from geo.review.pack.kept import keep_pack
from geo.review.trends import like_for_like_of, trends_of
from geo.review.workspace import Workspace
from tests.tinytown import council
from tests.tinytown.giving import PLACES

LONG, YEAR = "2021-22..2022-23", "2023-24"
FROZEN_ON = date(2025, 7, 1)


def add(workspace, year, counts, *, start, feed="Housing", today=council.TODAY):
    """Take in so many households of each place, spread over the twelve months of a review year."""
    places = [PLACES[place] for place, count in counts.items() for _ in range(count)]
    months = [f"14/{month:02d}/{year + (month < 4)}" for month in (*range(4, 13), *range(1, 4))]
    rows = [
        council.row(start + at, postcode=code, day=months[at % len(months)], source="")
        for at, code in enumerate(places)
    ]
    options = IntakeOptions(address_kind="at_approach", date_kind="approach")
    keep(
        workspace, take_in(workspace, council.export(*rows), file_name="x.csv", feed=feed, today=today, options=options)
    )


def fill(workspace):
    """Ward W1 grows fourfold in the third year, W2 stays, and a food bank begins in the third year."""
    for year, grown in ((2021, 1), (2022, 1), (2023, 4)):
        add(workspace, year, {"W1": 12 * grown, "W2": 24, "nowhere": 12}, start=1_000 * (year - 2020))
    add(workspace, 2023, {"W1": 12}, start=9_000, feed="Food bank")


@pytest.fixture(scope="module")
def town(_own_environment, tmp_path_factory):
    workspace = council.make_council(tmp_path_factory.mktemp("town") / "council")
    fill(workspace)
    return workspace


def by_ward(found):
    return {row["unit"]: row for row in found.table.to_dict("records")}


def test_two_years_pooled_are_set_against_one_by_their_counts_a_year(town) -> None:
    found = compare_periods(town, earlier=LONG, later=YEAR, by="ward")
    grown, steady = by_ward(found)["W1"], by_ward(found)["W2"]
    assert (found.months, found.per_year) == ((24, 12), True)
    assert (grown["earlier"], grown["later"], grown["earlier_a_year"], grown["later_a_year"]) == (24, 48, 12.0, 48.0)
    assert (grown["change_a_year"], grown["ratio"], grown["trend"]) == (36.0, pytest.approx(4.0), "growing")
    chance = binomtest(48, 72, 1 / 3)
    share = chance.proportion_ci(method="exact")
    assert grown["low"] == pytest.approx(share.low / (1 - share.low) * 2)
    assert grown["high"] == pytest.approx(share.high / (1 - share.high) * 2)
    assert (steady["ratio"], steady["change_a_year"], steady["trend"]) == (pytest.approx(1.0), 0.0, "too few to tell")
    assert found.kinds() == {"growing": 1, "too few to tell": 1}


def test_like_for_like_leaves_out_who_began_and_as_recorded_counts_them_and_says_so(town) -> None:
    alike = compare_periods(town, earlier="2022-23", later=YEAR, by="ward")
    recorded = compare_periods(town, earlier="2022-23", later=YEAR, by="ward", mode="as recorded")
    assert [by_ward(found)["W1"]["later"] for found in (alike, recorded)] == [48, 60]
    assert "Food bank began in April 2023: its 12 rows are left out." in alike.notes
    assert any(note.startswith("Food bank began in April 2023, and its 12 rows are counted") for note in recorded.notes)
    assert [type(found) for found in (alike, recorded)] == [type(alike)] * 2


@pytest.mark.parametrize("mode", ["like for like", "as recorded"])
@pytest.mark.parametrize("by", ["ward", "cell"])
def test_totals_in_are_totals_out(town, by, mode) -> None:
    found = compare_periods(town, earlier="2021-22", later="2022-23..2023-24", by=by, mode=mode)
    assert (found.unmapped, found.lost) == ({"missing": (12, 24)}, (12, 24))
    for side, name in enumerate(("earlier", "later")):
        assert found.table[name].sum() + found.lost[side] == found.totals[side]
    if mode == "as recorded":
        periods = episodes_of(town)["period"].value_counts()
        assert found.totals == (periods["2021-22"], periods["2022-23"] + periods["2023-24"])


def test_the_words_are_those_of_the_trends_page(town) -> None:
    found = compare_periods(town, earlier="2022-23", later=YEAR, by="ward")
    trends = trends_of(town, like_for_like_of(town, earlier="2022-23", later=YEAR), by="ward").table
    shared = ["unit", "earlier", "later", "ratio", "low", "high", "p", "q", "trend"]
    assert found.table[shared].equals(trends[shared])


def test_a_look_at_other_periods_another_area_or_mode_is_another_look(town) -> None:
    asked = [
        {"earlier": LONG, "later": YEAR},
        {"earlier": "2021-22", "later": "2022-23..2023-24"},
        {"earlier": LONG, "later": YEAR, "mode": "as recorded"},
        {"earlier": LONG, "later": YEAR, "by": "ward"},
    ]
    assert len({compare_periods(town, **options).look for options in asked}) == len(asked)


def test_an_area_where_nobody_came_is_in_the_table_too(tmp_path) -> None:
    workspace = council.make_council(tmp_path / "council")
    for year in (2022, 2023):
        add(workspace, year, {"W1": 12}, start=year)
    empty = by_ward(compare_periods(workspace, earlier="2022-23", later=YEAR, by="ward"))["W2"]
    assert (empty["earlier"], empty["later"], empty["q"], empty["trend"]) == (0, 0, 1.0, "too few to tell")


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({"earlier": LONG, "later": "2022-23..2023-24"}, BadInputError, "no year twice"),
        ({"earlier": "2022-23..2021-22", "later": YEAR}, BadInputError, "write the first year first: 2021-22..2022-23"),
        ({"earlier": "2019-20", "later": YEAR}, BadInputError, "no records of 2019-20"),
        ({"earlier": "May", "later": YEAR}, BadInputError, "'May' is no period"),
        ({"earlier": LONG, "later": YEAR, "by": "lsoa"}, MissingDataError, "has no LSOAs"),
        ({"earlier": LONG, "later": YEAR, "resolution": 9}, BadInputError, "choose 7 or 8"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(town, options, error, why) -> None:
    with pytest.raises(error, match=why):
        compare_periods(town, **options)


def counted(**other):
    """What a frozen review holds of the two years, as `geo.review.confirmed.content_of` writes it."""
    numbers = {"period": LONG, "left_out": [], "unit": "household episodes", "unmapped": {"missing": 24}}
    numbers |= {"episodes": 96, "set_aside": 0} | other
    return {"counted": numbers, "options": {"episode_months": 6, "review_first_month": 4}}


@pytest.fixture
def frozen_town(town, tmp_path):
    workspace = Workspace.open(shutil.copytree(town.root, tmp_path / "council"))
    freeze(workspace, review="2022-23", content=counted(), who="JS", today=FROZEN_ON)
    return workspace


def told(workspace, *periods):
    return then_and_now(workspace, frozen_counts(workspace), periods=periods or (LONG, YEAR))


def test_the_same_numbers_as_were_frozen_are_said_to_be_the_same(frozen_town) -> None:
    [said] = told(frozen_town)
    assert said.startswith("The review of 2022-23, frozen on 1 July 2025, counted 96 household episodes in 2021-22 to")
    assert said.endswith("2022-23; today's records give the same.")
    assert told(frozen_town, YEAR) == []


def test_rows_that_came_or_went_since_are_told_with_what_they_make_today(frozen_town) -> None:
    add(frozen_town, 2022, {"W2": 6}, start=20_000, feed="Late", today=date(2025, 8, 1))
    assert told(frozen_town)[0].endswith("today's records give 102. Rows since that day: 6 added.")
    forget(frozen_town, BySource("Late"), today=date(2025, 9, 1))
    forget(frozen_town, BySource("Housing"), today=date(2025, 9, 1))
    assert "today's records give 0." in told(frozen_town)[0]
    assert "186 erased" in told(frozen_town)[0]


def test_a_count_that_lost_only_its_places_is_told_apart(frozen_town) -> None:
    freeze(frozen_town, review="2022-23", content=counted(unmapped={}), who="JS", today=FROZEN_ON, reason="x")
    [said] = told(frozen_town)
    assert "96 of them with a place on the map; today it is 72 of as many." in said
    assert "No row was added, corrected or erased since" in said


def test_a_pack_for_the_team_is_held_against_the_records_too_and_one_given_out_is_not(frozen_town) -> None:
    year = {
        "period": "2022-23",
        "unit": "household episodes",
        "episodes": 50,
        "unmapped": {"missing": 12},
        "left_out": 0,
    }
    options = {"leave_out": [], "episode_months": 6, "review_first_month": 4}
    pack = {"review": "2022-23", "counted": {"review": year}, "scenario": options}
    keep_pack(frozen_town, pack | {"audience": "team"}, who="JS", why="", today=FROZEN_ON)
    keep_pack(frozen_town, {"review": "2022-23", "audience": "public"}, who="JS", why="", today=FROZEN_ON)
    [_, said] = told(frozen_town)
    assert said.startswith(
        "The pack of 2022-23, frozen on 1 July 2025, counted 50 household episodes in 2022-23; today's"
    )
    assert "records give 48." in said
    keep_pack(frozen_town, pack | {"audience": "team"}, who="JS", why="again", today=FROZEN_ON)
    assert len(told(frozen_town)) == 2
