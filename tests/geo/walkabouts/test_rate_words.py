"""What is said of rates of finds: people and not times, too few to tell, what was learnt, and figures not too fine."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from geo.scenario.walkabouts import WalkaboutOptions
from geo.walkabouts.bands import LONDON
from geo.walkabouts.finds.rates import find_rates
from tests.geo.walkabouts.visits import NOW, A, B, square, visit

OPTIONS = WalkaboutOptions()


def rates(visits, now=NOW):
    return find_rates(visits, [A], OPTIONS, now=now)


def said(visits):
    return " ".join(rates(visits).sentences)


def verdict(visits, place, band="all"):
    table = rates(visits).table
    return table.loc[(table["square"] == place) & (table["band"] == band), "verdict"].item()


def others(many=12):
    """Visits to places of which a few have somebody."""
    return [visit(square(number), found=number % 4 == 0, weeks=number, number=number + 9) for number in range(many)]


@pytest.mark.parametrize("found", [2, 5, 10])
def test_one_visit_is_too_few_to_tell_whatever_it_found_and_so_is_one_night(found) -> None:
    once = [*others(), visit("SU400500", found=found)]
    assert verdict(once, "SU400500") == "too few to tell"
    came = NOW.replace(hour=0, minute=20)
    after_midnight = replace(visit("SU400500", found=found), arrived=came, left=came + timedelta(minutes=8))
    assert verdict([*once, after_midnight], "SU400500") == "too few to tell"
    shut = visit("SU400500", weeks=3, outcome="not accessible")
    assert verdict([*once, shut], "SU400500") == "too few to tell"


def test_two_days_may_tell_and_a_band_seen_on_one_of_them_may_not() -> None:
    twice = [*others(), visit("SU400500", found=9), visit("SU400500", found=9, weeks=3, hour=12)]
    assert verdict(twice, "SU400500") == "higher than the district"
    assert [verdict(twice, "SU400500", band) for band in ("day", "evening")] == ["too few to tell"] * 2
    thrice = [*twice, visit("SU400500", found=9, weeks=6)]
    assert verdict(thrice, "SU400500", "evening") == "higher than the district"


def test_in_a_town_of_places_all_alike_seen_once_each_none_is_called_otherwise() -> None:
    """People are together in threes, so that a single visit finds many or nobody."""
    for seed in range(6):
        rng = np.random.default_rng(seed)
        made = [
            visit(square(number), found=3 * int(rng.poisson(0.027)), weeks=float(rng.uniform(0, 50)), number=number)
            for number in range(100)
        ]
        table = rates(made).table
        told = set(table.loc[table["square"] != "", "verdict"])
        assert told <= {"too few to tell", "never visited"}


def test_people_are_told_as_people_and_one_is_not_told_in_the_plural() -> None:
    told = said([visit(A, found=2), visit(A, found=3, weeks=2), visit(B, weeks=1)])
    assert told.startswith(
        "3 visits to 2 places, 0.4 hours in all, found 5 people at 1 of the places; one person may be"
    )
    assert "times, at" not in told
    assert said([visit(A)]).startswith("1 visit to 1 place, 0.1 hours in all, found nobody.")
    assert said([visit(A, found=1)]).startswith("1 visit to 1 place, 0.1 hours in all, found 1 person at 1 of the")


def test_a_mean_is_told_as_a_mean_and_a_guess_as_a_guess() -> None:
    none, some = said([]), said([visit(A, found=1), visit(B)])
    assert "an hour at any place finds 0.2 people on average, which is a guess" in none
    assert "somebody is found in" not in none
    assert "Until there is a visit, an hour finds" in none
    assert "On average over the places visited, an hour finds" in some
    assert "ordinary place" not in none + some


def test_what_was_not_learnt_is_taken_to_be_so_and_the_scatter_is_told_too() -> None:
    taken = "two on one day are taken to count as 1.3, and a count to vary 1.5 times as much as by chance"
    assert taken in said([])
    assert taken in said([visit(A), visit(A, weeks=1)])
    often = [
        visit(square(n), found=(n + turn) % 3, weeks=turn, number=9 * n + turn) for n in range(9) for turn in range(5)
    ]
    assert "are taken to" not in said(often)
    assert "times as much as by chance. So" in said(often)


def test_a_visit_of_the_hour_that_comes_twice_counts_once_it_is_over() -> None:
    came = datetime(2026, 10, 25, 1, 50, tzinfo=LONDON)
    one = replace(visit(A, found=1), arrived=came, left=came + timedelta(minutes=8))
    half_an_hour_later = datetime(2026, 10, 25, 1, 20, tzinfo=LONDON, fold=1)
    assert rates([one], now=half_an_hour_later).table["visits"].max() == 1
