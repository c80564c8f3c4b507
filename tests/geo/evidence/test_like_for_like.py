import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, MissingDataError
from geo.evidence.feed_months import calendar_words, month_words, silent_months, span_words
from geo.evidence.hub_rows import hub_names
from geo.evidence.like_for_like import compare_like_for_like
from geo.evidence.periods import month_numbers
from geo.evidence.trend_sentences import tell_comparison
from tests.geo.evidence.rows import at, records

YEAR = [f"{year}-{month:02d}" for year, month in [*((0, m) for m in range(4, 13)), *((1, m) for m in range(1, 4))]]


def months_of(year):
    """The months of the review year that begins in April of `year`."""
    return [f"{year + int(month[0])}{month[1:]}" for month in YEAR]


def steady(feed, *years, rows=2, months=None, **fields):
    """Some rows in each month, by a household each; `months` picks by position in the review year."""
    chosen = range(12) if months is None else months
    return [
        at(f"{feed}{fields.get('source', '')}{year}-{place}-{number}", months_of(year)[place], feed=feed)
        | {"source": feed}
        | fields
        for year in years
        for place in chosen
        for number in range(rows)
    ]


def compare(*rows, earlier="2022-23", later="2023-24", hub_sources=()):
    return compare_like_for_like(
        records(*rows), earlier=earlier, later=later, first_month=4, episode_months=6, hub_sources=hub_sources
    )


def counts(found):
    return len(found.episodes_earlier), len(found.episodes_later)


def why(found):
    return {aside.name: aside.why for aside in found.set_aside}


def test_a_feed_that_began_in_year_two_is_named_and_left_out():
    found = compare(*steady("Housing", 2022, 2023), *steady("Food banks", 2023, rows=3))
    assert why(found) == {"Food banks": "began in April 2023"}
    assert counts(found) == (24, 24)
    assert found.feeds == ("Housing",)
    assert found.rows == {"compared": 48, "feed": 36}
    assert "Food banks began in April 2023: its 36 rows are left out." in tell_comparison(found)


def test_a_household_that_first_came_by_a_feed_left_out_still_counts_by_its_other_row():
    both = [
        at("both", "2023-06", feed="Food banks", source="Food banks"),
        at("both", "2023-08", feed="Housing", source="Housing"),
    ]
    found = compare(*steady("Housing", 2022, 2023), *steady("Food banks", 2023), *both)
    row = found.episodes_later.set_index("household").loc["both"]
    assert (row["month"], row["feed"], row["rows"]) == ("2023-08", "Housing", 1)


def test_a_feed_that_stopped_is_named_and_left_out():
    found = compare(*steady("Housing", 2022, 2023), *steady("Jobcentre", 2022), *steady("Jobcentre", 2023, months=[0]))
    assert why(found) == {"Jobcentre": "sent nothing after April 2023"}


@pytest.mark.parametrize(("late", "kept"), [(3, True), (4, False)])
def test_a_feed_may_begin_up_to_three_months_late(late, kept):
    few = steady("Small", 2022, rows=1, months=[late, 8]) + steady("Small", 2023, rows=1, months=[2, 11])
    found = compare(*steady("Housing", 2022, 2023), *few)
    assert ("Small" in found.feeds) is kept
    assert found.months == (*range(4, 13), 1, 2, 3)


def test_the_months_in_which_a_kept_feed_was_not_there_yet_are_left_out_of_both_years():
    late = steady("Late", 2022, rows=20, months=range(2, 12)) + steady("Late", 2023, rows=20)
    found = compare(*steady("Housing", 2022, 2023), *late)
    assert found.months == (6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
    assert (found.months_earlier, found.months_later) == (10, 10)
    assert counts(found) == (220, 220)
    assert found.notes == (
        "Late sent nothing in April 2022 to May 2022, so these months of the year are left out of both.",
    )


def test_a_partner_who_missed_two_deliveries_is_left_out():
    gap = steady("Gappy", 2022, rows=20) + steady("Gappy", 2023, rows=20, months=[0, 1, 2, 9, 10, 11])
    found = compare(*steady("Housing", 2022, 2023), *gap)
    assert why(found) == {"Gappy": "sent nothing in July 2023 to December 2023"}


def test_an_agency_that_dates_everything_to_the_end_of_a_quarter_is_not_silent_in_between():
    lumps = steady("Lumps", 2021, 2022, 2023, rows=30, months=[2, 5, 8, 11])
    found = compare(*steady("Housing", 2022, 2023), *lumps)
    assert "Lumps" in found.feeds
    assert len(found.months) == 12


@pytest.mark.parametrize(("households", "named"), [(5, False), (6, True)])
def test_an_agency_with_none_and_six_began_and_with_five_it_may_be_chance(households, named):
    rows = [at(f"p{number}", "2023-09", source="Probation") for number in range(households)]
    found = compare(*steady("Housing", 2022, 2023), *rows)
    assert why(found) == ({"Probation": "began in September 2023"} if named else {})
    assert counts(found) == (24, 24 if named else 24 + households)


def test_six_rows_of_one_household_are_no_beginning():
    rows = [at("one", f"2023-{month:02d}", source="Probation") for month in range(5, 11)]
    assert why(compare(*steady("Housing", 2022, 2023), *rows)) == {}


def test_an_agency_that_stopped_is_named_and_one_that_moved_to_another_file_is_not():
    gone = [at(f"g{number}", "2022-09", source="Hospital") for number in range(9)]
    moved = [at(f"a{number}", "2022-09", source="GP", feed="Housing") for number in range(9)]
    moved += [at(f"b{number}", "2023-09", source="GP", feed="Advice") for number in range(9)]
    found = compare(*steady("Housing", 2022, 2023), *steady("Advice", 2022, 2023), *gone, *moved)
    assert why(found) == {"Hospital": "stopped after September 2022"}


def test_hub_rows_are_never_in_the_comparison_and_are_given_for_both_years():
    hub = [at(f"h{number}", "2023-07", source="Andover pop-up Hub") for number in range(30)]
    hub += [at("h", "2022-07", source="Andover pop-up Hub")]
    listed = [at(f"l{number}", "2023-08", source="Library drop-in") for number in range(8)]
    rows = [*steady("Housing", 2022, 2023), *hub, *listed]
    found = compare(*rows, hub_sources=["LIBRARY drop-in"])
    assert counts(found) == (24, 24)
    assert found.hubs.names == ("Andover pop-up Hub", "Library drop-in")
    assert (found.hubs.earlier, found.hubs.later) == (1, 38)
    assert "Library drop-in began" not in " ".join(tell_comparison(found))
    assert why(compare(*rows)) == {"Library drop-in": "began in August 2023"}


def test_hub_is_a_word_and_not_part_of_one():
    names = ["HUB", "Hubs of Romsey", "the-hub", "Shrubland", "Hubert", "hub2", "pop_up_hub"]
    frame = pd.DataFrame({"feed": "Housing", "source": names})
    assert [bool(name) for name in hub_names(frame, ())] == [True, True, True, False, False, False, True]


def test_a_year_that_is_not_over_is_compared_with_the_same_months_and_says_so():
    found = compare(*steady("Housing", 2022), *steady("Housing", 2023, months=range(6)))
    assert found.unfinished
    assert found.months == (4, 5, 6, 7, 8, 9)
    assert counts(found) == (12, 12)
    assert found.rows == {"compared": 24, "other_months": 12}
    assert any(
        "2023-24 is on record up to September 2023, so only April to Sep" in said for said in tell_comparison(found)
    )


def test_in_a_year_that_is_not_over_a_feed_is_judged_by_the_last_month_on_record():
    rows = [*steady("Housing", 2022), *steady("Housing", 2023, months=range(6))]
    quarterly = steady("Quarterly", 2022, rows=9) + steady("Quarterly", 2023, rows=9, months=range(3))
    found = compare(*rows, *quarterly)
    assert found.feeds == ("Housing", "Quarterly")
    assert found.months == (4, 5, 6)
    assert why(found) == {}


def test_two_years_together_against_one_have_twice_the_months():
    found = compare(*steady("Housing", 2021, 2022, 2023), earlier="2021-22..2022-23")
    assert (found.months_earlier, found.months_later) == (24, 12)
    assert counts(found) == (48, 24)


def test_years_need_not_be_neighbours():
    found = compare(*steady("Housing", 2020, 2021, 2022, 2023), earlier="2020-21")
    assert counts(found) == (24, 24)
    assert found.rows["other_years"] == 48


def test_each_year_is_collapsed_by_itself_so_that_the_first_on_record_does_not_look_larger():
    twice = [at("twice", "2023-03"), at("twice", "2023-05")]
    found = compare(*steady("Housing", 2022, 2023), *twice)
    assert counts(found) == (25, 25)


def test_a_feed_that_changed_its_kind_of_address_is_told():
    rows = steady("Housing", 2022, address_kind="at_approach") + steady("Housing", 2023, address_kind="last_settled")
    [note] = compare(*rows).notes
    assert "Housing changed the kind of address" in note
    assert "'at approach' to 'last settled'" in note


def test_all_in_one_feed_that_began_late_leaves_nothing_to_compare_and_a_sentence():
    found = compare(*steady("Housing", 2022, months=range(8, 12)), *steady("Housing", 2023))
    assert counts(found) == (0, 0)
    assert found.months == ()
    said = tell_comparison(found)
    assert "Nothing is left to compare" in said[0]
    assert said[1] == "Housing began in December 2022: its 32 rows are left out."


def test_what_cannot_be_compared_is_one_sentence():
    rows = [*steady("Housing", 2022), *steady("Housing", 2023)]
    with pytest.raises(BadInputError, match="2023-24 does not come before 2022-23"):
        compare(*rows, earlier="2023-24", later="2022-23")
    with pytest.raises(BadInputError, match="no year twice"):
        compare(*rows, earlier="2022-23..2023-24", later="2023-24")
    with pytest.raises(BadInputError, match="no records of 2019-20; there are records of: 2022-23, 2023-24"):
        compare(*rows, earlier="2019-20")
    with pytest.raises(MissingDataError, match="one review year only, 2022-23"):
        compare(*steady("Housing", 2022))
    with pytest.raises(MissingDataError, match="no records yet"):
        compare()
    with pytest.raises(MissingDataError, match="no records yet"):
        compare(at("a", "2023-04", status="duplicate"))


ROW = st.builds(
    at,
    st.sampled_from(["", "a", "b", "c", "d"]),
    st.sampled_from([*months_of(2021), *months_of(2022), *months_of(2023)[:7]]),
    feed=st.sampled_from(["Housing", "Advice", "Hub"]),
    source=st.sampled_from(["Housing", "GP", "the hub", "Probation"]),
    status=st.sampled_from(["located", "outside", "duplicate"]),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(ROW, max_size=60), st.sampled_from(["2021-22", "2022-23"]))
def test_every_row_is_told_what_became_of_it(drawn, earlier):
    rows = [*steady("Housing", 2021, 2022, rows=1), *steady("Housing", 2023, rows=1, months=[0, 1]), *drawn]
    found = compare(*rows, earlier=earlier)
    assert sum(found.rows.values()) == len(rows)
    episodes = pd.concat([found.episodes_earlier, found.episodes_later])
    assert episodes["rows"].sum() == found.rows.get("compared", 0)
    asides = {kind: sum(aside.rows for aside in found.set_aside if aside.kind == kind) for kind in ("feed", "agency")}
    assert asides == {kind: found.rows.get(kind, 0) for kind in ("feed", "agency")}
    assert not (hub_names(episodes, ()) != "").any()
    assert set(episodes["month"].str[5:].astype(int)) <= set(found.months)


@settings(max_examples=8, deadline=None)
@given(st.lists(ROW, max_size=40), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(drawn, shuffler):
    rows = [*steady("Housing", 2022, rows=1), *steady("Housing", 2023, rows=1, months=[0, 1, 2]), *drawn]
    frame = records(*rows)
    order = list(range(len(frame)))
    shuffler.shuffle(order)
    told = [
        compare_like_for_like(one, earlier="2022-23", later="2023-24", first_month=4, episode_months=6, hub_sources=())
        for one in (frame, frame.iloc[order])
    ]
    assert counts(told[0]) == counts(told[1])
    assert told[0].rows == told[1].rows
    assert told[0].set_aside == told[1].set_aside


def test_a_steady_partner_is_seldom_called_silent():
    rng = np.random.default_rng(8)
    wrong = sum(len(silent_months(rng.integers(0, 24, 60), first=0, last=23)) > 0 for _ in range(1_000))
    print(f"{wrong} of 1,000 steady feeds had a month called silent")
    assert wrong <= 50  # 1 % at either end, at most 1 % in between, and chance


def test_a_feed_that_grows_is_not_called_silent_for_its_quiet_year():
    quiet = steady("Growing", 2022, rows=1, months=[0, 1, 2, 7, 8, 11]) + steady("Growing", 2023, rows=4)
    found = compare(*steady("Housing", 2022, 2023), *quiet)
    assert found.feeds == ("Growing", "Housing")
    assert counts(found) == (30, 72)


def test_months_are_named_as_people_say_them():
    numbers = month_numbers(pd.Series(["2023-11", "2023-12", "2024-01", "2024-06"])).tolist()
    assert month_words(numbers[0]) == "November 2023"
    assert span_words(numbers) == "November 2023 to January 2024 and June 2024"
    assert calendar_words([4]) == "April"
