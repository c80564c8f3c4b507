"""The sample district's people sleeping rough: what was planted is what is kept, told and found."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest

from geo.review.quarter_figures import figures_of
from geo.review.review_quarters import quarters_of
from geo.review.walks.agencies import read_agencies
from geo.review.walks.quarter import figures_from_records
from geo.review.walks.reading import read_reports, read_visits, visits_standing, walks_standing
from geo.review.walks.response import standing
from geo.review.walks.rota_kept import read_rotas
from geo.review.walks.where import where
from geo.walkabouts.bands import band_of
from geo.walkabouts.squares import near
from layers.sample import REVIEW_DAY, SAMPLE_DATA, open_sample

NOW = datetime.combine(REVIEW_DAY, time(12), tzinfo=UTC)
KINDS = {"reported": "reports", "intelligence": "intelligence"}


@pytest.fixture(scope="module")
def workspace():
    """The district as the app opens it."""
    return open_sample(today=date(2026, 5, 1))


@pytest.fixture(scope="module")
def planted(truth):
    return truth["rough_sleeping"]


@pytest.fixture(scope="module")
def told(workspace):
    return where(workspace, now=NOW)


@pytest.fixture(scope="module")
def rates(told):
    """People found an hour over all bands, by square."""
    rows = told.rates.table[(told.rates.table["band"] == "all") & (told.rates.table["square"] != "")]
    return rows.set_index("square")["rate"].sort_values(ascending=False)


def test_every_report_and_every_piece_of_intelligence_is_kept_once(workspace, planted) -> None:
    reports = read_reports(workspace)
    assert Counter(one.kind for one in reports) == {kind: planted[name] for kind, name in KINDS.items()}
    assert sum(one.people for one in reports if one.kind == "reported") == planted["people_reported"]
    assert all(one.stands for one in reports)
    assert Counter(one.located for one in reports)["district only"] == planted["district_only"]


def test_every_walk_and_every_visit_is_kept_with_what_it_found_and_did_not(workspace, planted) -> None:
    walks, visits = walks_standing(workspace), read_visits(workspace)
    assert len(walks) == planted["walks"]
    alone = [one for one in visits if not one.walk]
    assert (len(visits) - len(alone), len(alone)) == (planted["visits_of_walks"], planted["visits_alone"])
    assert Counter(one.outcome for one in visits) == planted["outcomes"]
    assert sum(one.found for one in visits if one.walk) == planted["found_on_walks"]
    assert sum(one.found for one in alone) == planted["found_alone"]
    assert [sum(getattr(one, name) for one in visits) for name in ("offered", "accepted", "refused")] == [
        planted[name] for name in ("offered", "accepted", "refused")
    ]


def test_walks_are_as_walks_are(workspace, planted) -> None:
    walks = walks_standing(workspace)
    options = workspace.scenario.walkabouts
    bands = [band_of(one.begins, options) for one in walks]
    assert all(one != other for one, other in pairwise(bands))
    visits = [[one for one in visits_standing(workspace) if one.walk == walk.number] for walk in walks]
    assert {len(own) for own in visits} <= set(range(7, 13))
    found = [sum(one.found for one in own) for own in visits]
    assert (min(found), max(found)) == (0, 3)
    assert planted["outcomes"]["nobody"] > 4 * planted["outcomes"]["found"]


def test_every_report_with_a_place_lies_where_somebody_was_said_to_sleep(workspace, planted) -> None:
    squares = [place["square"] for place in planted["places"]]
    placed = [one.square for one in read_reports(workspace) if one.square]
    assert {square for square in placed if not any(near(square, one, within_m=150) for one in squares)} == set()


def test_nothing_that_was_written_of_a_person_or_finer_than_a_square_is_in_the_workspace(workspace) -> None:
    held = b"".join(path.read_bytes() for path in workspace.root.glob("planner.sqlite*"))
    with (SAMPLE_DATA / "walk_reports.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for name in ("description", "reference", "latitude", "longitude"):
        written = {row[name] for row in rows if row[name]}
        assert len(written) > 4
        assert [text for text in written if text.encode() in held] == []


def test_four_reports_are_open_on_the_day_of_the_review_and_the_one_overdue_leads(workspace, planted) -> None:
    found = standing(workspace, now=NOW)
    assert (len(found.open), len(found.overdue)) == (planted["open"], planted["overdue"]) == (4, 1)
    assert found.open[0].overdue
    assert len(found.not_followed) == planted["district_only"]


def test_the_rates_find_the_two_places_where_most_sleep(told, rates, planted) -> None:
    places = sorted(planted["places"], key=lambda place: -place["people_on_average"])
    assert list(rates.index[:2]) == [place["square"] for place in places[:2]]
    first = told.rates.table.set_index(["square", "band"]).loc[(places[0]["square"], "all")]
    assert first["verdict"] == "higher than the district"


def test_a_street_that_is_often_reported_and_where_nobody_sleeps_is_no_hotspot(told, rates, planted) -> None:
    (busy,) = (place for place in planted["places"] if place["street"] == "Juniper Terrace")
    (quiet,) = (place for place in planted["places"] if place["street"] == "Nelson Road")
    rows = told.places.set_index("square")
    assert rows.loc[busy["square"], "reports"] > rows.loc[quiet["square"], "reports"]
    assert rows.loc[busy["square"], "found"] == 0 < rows.loc[quiet["square"], "found"]
    assert rates[busy["square"]] < rates[quiet["square"]] / 2


def test_the_years_figures_are_those_of_the_records(workspace) -> None:
    for quarter in quarters_of("2024-25", first_month=4):
        assert figures_of(workspace, quarter) == figures_from_records(workspace, quarter, now=NOW)


def test_a_rota_of_the_quarter_is_settled_with_whom_each_walk_needs(workspace) -> None:
    (kept,) = read_rotas(workspace)
    assert len(read_agencies(workspace)) == 4
    walks = kept.rota.walks
    assert len(walks) >= 4
    assert "stepped up" in {one.reason for one in walks}
    assert [one.unmet for one in walks] == [()] * len(walks)
    assert all(one.band != other.band for one, other in pairwise(walks))
    assert all(REVIEW_DAY < one.day <= date(2025, 6, 30) for one in walks)
