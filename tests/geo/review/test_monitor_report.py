"""Whether a year's hubs worked, put together from the records: on a country of a hundred hamlets with one hub."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.crs import frame_to_wgs84
from geo.errors import MissingDataError
from geo.places.gazetteer import build_gazetteer
from geo.review.hub_sessions import hubs_of_year
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.monitor import monitor_report
from geo.review.monitor_ground import ground_of
from geo.review.monitor_part import FIGURE_COLUMNS
from geo.review.monitor_people import MAIN_DUTY, PREVENTED, UNDECIDED
from geo.review.vocabulary import keep_categories
from geo.review.workspace import Workspace
from layers.adding import add_sites
from layers.source_file import SourceFile
from tests.geo.review.hubs_held import record
from tests.geo.review.registers import HALL, load
from tests.tinytown.council import TODAY, code_point_open, edition, export, row
from tests.tinytown.giving import fill

YEAR, BEFORE = "2024-25", "2023-24"
WEST, SOUTH, STEP_M, SIDE = 600_000, 420_000, 2_000, 10
HAMLETS = {
    f"ZZ{1 + at // 10} {1 + at % 10 % 9}{'ABDEFGHJLN'[at % 10]}A": (
        WEST + STEP_M * (at % SIDE),
        SOUTH + STEP_M * (at // SIDE),
    )
    for at in range(SIDE * SIDE)
}
HUB_AT = list(HAMLETS)[44]


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Workspace:
    """A hundred hamlets of a hundred homes; four clients a year each, but for a dozen where the hub was held."""
    root = tmp_path_factory.mktemp("country") / "w"
    square = gpd.GeoDataFrame(
        {"code": ["D1"], "name": ["D1"]},
        geometry=[shapely.box(WEST - STEP_M, SOUTH - STEP_M, WEST + SIDE * STEP_M, SOUTH + SIDE * STEP_M)],
        crs=27700,
    )
    council = Workspace.create(root, name="Country", boundary=frame_to_wgs84(square), boundary_edition=edition())
    source = root.parent / "zz.csv"
    source.write_text(code_point_open(HAMLETS), encoding="utf-8")
    build_gazetteer([source], out=council.gazetteer_path, today=TODAY, edition="2025-05")
    homes = pd.DataFrame({"postcode": [code.replace(" ", "") for code in HAMLETS], "people": 200.0, "homes": 100.0})
    council.save_homes(homes.assign(year=2023), edition("households"))
    add_sites(
        council,
        SourceFile("s.csv", f"name,category,postcode\nHall,village hall,{HUB_AT}\n".encode()),
        kind="sites",
        today=TODAY,
    )
    add(council, "Housing", list(came()))
    add(council, "Pop-up hub", list(by_hub()))
    record(council, "2024-06-12", site="Hall", people=10, reasons={"other": 10})
    return council


def add(council, feed, lines):
    content = export(*lines)
    keep(council, take_in(council, content, file_name="x.csv", feed=feed, options=IntakeOptions(), today=TODAY))


def came():
    """Clients by their own ways, a household each."""
    number = 0
    for year in (2023, 2024):
        for code in HAMLETS:
            for _ in range(12 if code == HUB_AT and year == 2024 else 4):
                number += 1
                outcome = "Main duty" if number % 4 == 0 else "Prevented"
                yield row(number, postcode=code, day=day_in(year, number), outcome=outcome)


def day_in(year, number):
    """A day of a review year, in one month after the other: a feed that is silent for months is not compared."""
    month = number % 12
    return f"14/{(month + 3) % 12 + 1:02d}/{year + (month > 8)}"


def by_hub():
    """Ten households by the hub, of whom two had come before; all but one were helped to stay."""
    for number in range(1, 11):
        household = number if number < 3 else 5_000 + number
        line = row(household, postcode=HUB_AT, day="14/06/2024", outcome="Open" if number == 10 else "Prevented")
        yield line.replace(f"R{household},", f"P{number},", 1)


@pytest.fixture(scope="module")
def report(country):
    return monitor_report(country, YEAR, today=TODAY)


def said(report, question):
    return next(text for asked, text in zip(report.asked, report.answers, strict=True) if question in asked)


def test_clients_by_hubs_are_in_neither_year_and_every_other_located_client_is(country) -> None:
    ground = ground_of(country, hubs_of_year(country, YEAR), earlier=BEFORE, later=YEAR)
    assert (ground.places["before"].sum(), ground.places["after"].sum()) == (400, 408)
    assert ground.cells["before"].sum() == 400
    assert ground.hubs.names == ("Pop-up hub",)
    near = ground.places[ground.places["near_hub"]]
    assert near["place"].tolist() == ["Hall"]
    assert near["hubs"].tolist() == [1]
    assert ground.places["place"].is_unique
    assert ground.places["home_years_after"].sum() == 10_000


def test_three_times_as_many_as_before_are_set_against_those_who_would_have_come_anyway(report) -> None:
    told = said(report, "Did more people come")
    assert "Near last year's hub: 12 clients came" in told
    first = report.figures.iloc[0]
    assert (first["what"], first["scale"], first["reference"]) == ("All hubs together", "times", 1.0)
    assert first["low"] < first["value"] < first["high"]
    assert first["value"] > 2


def test_who_came_is_set_against_who_lived_within_reach_and_the_lack_of_a_programme_is_told(report) -> None:
    assert "10 people were seen where about 4" in said(report, "Did people come")
    assert any("No programme of the year was settled" in note for note in report.notes)


def test_households_that_had_come_before_are_not_new(report) -> None:
    assert "Hubs brought 10 households; 8 of them were not on record before: 80 %" in said(report, "not known")


def test_outcomes_by_hub_are_compared_and_open_cases_are_in_neither_share(report) -> None:
    prevented = next(text for text in report.answers if text.startswith("Prevented"))
    assert "9 of 9 by a hub (100 %)" in prevented  # the tenth case is still open
    assert {"Prevented, by hubs", "Main duty accepted, otherwise"} <= set(report.figures["what"])


def test_minutes_and_priority_need_are_told_too(report) -> None:
    assert "within reach of a hub" in said(report, "Were journeys shorter")
    assert said(report, "priority areas")
    assert report.missing == ()
    assert report.figures.columns.tolist() == list(FIGURE_COLUMNS)


def test_a_year_under_way_says_so(country) -> None:
    found = monitor_report(country, YEAR, today=date(2025, 1, 1), priorities=_no_priorities)
    assert found.missing[0].startswith("2024-25 is not over")


def test_without_a_hub_there_is_nothing_to_judge(council) -> None:
    found = monitor_report(council, YEAR, today=TODAY)
    assert (found.answers, len(found.missing)) == ((), 1)
    assert "No hub of 2024-25 has been recorded" in found.missing[0]


def test_without_records_or_with_one_year_only_each_gap_is_a_sentence(council) -> None:
    load(council)
    record(council, site=HALL)
    bare = monitor_report(council, YEAR, today=TODAY)
    assert bare.answers == ()
    assert any("no records yet" in text for text in bare.missing)
    assert any("No client of 2024-25 on record has a place on the map" in text for text in bare.missing)
    assert any("came by a hub" in text for text in bare.missing)
    fill(council, {"W1": 20, "W2": 5})
    one_year = monitor_report(council, YEAR, today=TODAY)
    assert any("There are no records of a year before 2024-25" in text for text in one_year.missing)
    assert "within reach of a hub" in one_year.answers[0]


def test_too_few_places_to_compare_with_is_a_sentence_and_the_rest_is_told(council) -> None:
    load(council)
    record(council, site=HALL)
    add(council, "Housing", [row(at, day=day_in(2023 + at // 40, at)) for at in range(80)])
    found = monitor_report(council, YEAR, today=TODAY, priorities=_no_priorities)
    assert any(text.startswith("Whether the hubs worked cannot be told") for text in found.missing)
    assert any("5 people were seen" in text for text in found.answers)


def test_sources_that_were_silent_for_months_leave_nothing_to_compare(council) -> None:
    load(council)
    record(council, site=HALL)
    add(council, "Housing", [row(at, day=f"14/05/{2023 + at // 40}") for at in range(80)])
    found = monitor_report(council, YEAR, today=TODAY, priorities=_no_priorities)
    assert any("no source reported in that year and in those before" in text for text in found.missing)


def test_the_outcomes_counted_are_words_that_records_are_kept_in() -> None:
    terms = pd.Series(sorted((PREVENTED | MAIN_DUTY | UNDECIDED) - {""}))
    kept = keep_categories(terms, "outcome", clients=pd.Series(range(len(terms))))
    assert kept.categories.tolist() == terms.tolist()


def _no_priorities(plan):
    message = f"No priorities of {plan.review} are known."
    raise MissingDataError(message)
