"""The checklist knows what a workspace holds, and what is old, late or missing."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.editions import Edition
from geo.review.checklist import last_full_year, review_checklist
from geo.review.workspace import Workspace

TODAY = date(2026, 5, 12)


@pytest.fixture
def bare(tmp_path) -> Workspace:
    square = gpd.GeoDataFrame(geometry=[shapely.box(-1.6, 51.0, -1.3, 51.3)], crs="EPSG:4326")
    edition = Edition(dataset="boundary", title="A square", rows=1, added=TODAY)
    return Workspace.create(tmp_path / "square", name="Square", boundary=square, boundary_edition=edition)


def _record(number: int, month: str, feed: str, status: str) -> tuple[object, ...]:
    flags = (0, 0, 0, 0)
    return (
        f"r{number}",
        "",
        month,
        feed,
        feed,
        "self",
        "",
        "",
        "",
        "",
        "at_approach",
        "approach",
        status,
        *flags,
        0,
        0,
        *[""] * 4,
        0,
    )


def _keep(workspace: Workspace, rows: list[tuple[object, ...]]) -> None:
    with workspace.store.writing() as connection:
        connection.executemany(f"INSERT INTO records VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608 - marks


def _line(workspace: Workspace, topic: str, *, today: date = TODAY):
    return next(item for item in review_checklist(workspace, today=today) if item.topic == topic)


YEAR = [f"2025-{month:02d}" for month in range(4, 13)] + ["2026-01", "2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("today", "first_month", "expected"),
    [
        (date(2026, 5, 12), 4, "2025-26"),
        (date(2026, 3, 31), 4, "2024-25"),
        (date(2026, 4, 1), 4, "2025-26"),
        (date(2026, 1, 1), 1, "2025-26"),
    ],
)
def test_the_review_is_of_the_last_year_that_is_over(today, first_month, expected) -> None:
    assert last_full_year(today, first_month=first_month)[0] == expected


def test_a_new_workspace_lacks_everything(bare) -> None:
    states = {item.topic: item.state for item in review_checklist(bare, today=TODAY)}
    assert states["postcodes"] == states["records"] == states["sites"] == states["homes"] == "missing"
    assert states["backdrop"] == "optional"


def test_the_homes_a_postcode_stands_for_are_the_council_s_own_number(bare) -> None:
    bare.save_scenario(bare.scenario.model_copy(update={"homes_per_postcode": 12.5}))
    assert "stands for 12.5 homes" in _line(bare, "homes").why


def test_a_whole_year_of_records_is_ready(bare) -> None:
    _keep(bare, [_record(number, month, "Housing", "located") for number, month in enumerate(YEAR)])
    line = _line(bare, "records")
    assert line.state == "ready"
    assert "12 of the 12 months" in line.found


def test_a_year_with_a_month_missing_wants_a_look(bare) -> None:
    _keep(bare, [_record(number, month, "Housing", "located") for number, month in enumerate(YEAR[:-1])])
    assert _line(bare, "records").state == "look"


def test_records_of_an_earlier_year_only_are_missing_for_this_review(bare) -> None:
    _keep(bare, [_record(1, "2024-06", "Housing", "located")])
    line = _line(bare, "records")
    assert line.state == "missing"
    assert "June 2024" in line.found


def test_a_source_that_fell_silent_is_named(bare) -> None:
    rows = [_record(number, month, "Housing", "located") for number, month in enumerate(YEAR)]
    _keep(bare, [*rows, _record(99, "2025-08", "Food bank", "located")])
    line = _line(bare, "feeds")
    assert line.state == "look"
    assert "Food bank (stops in August 2025)" in line.found
    assert "Housing" not in line.found


def test_many_unmapped_records_want_a_look(bare) -> None:
    _keep(bare, [_record(number, "2025-06", "Housing", "missing" if number < 4 else "located") for number in range(10)])
    line = _line(bare, "unmapped")
    assert line.state == "look"
    assert line.found.startswith("40 % have no place")


def test_a_layer_that_was_added_is_ready(bare) -> None:
    edition = Edition(dataset="households", title="Census homes", rows=1, added=TODAY)
    bare.save_homes(pd.DataFrame({"postcode": ["SP101DP"], "people": [30.0], "homes": [14.0], "year": [0]}), edition)
    assert _line(bare, "homes").state == "ready"


def test_records_older_than_the_limit_are_the_first_thing_to_see_to(bare) -> None:
    _keep(bare, [_record(1, "2020-04", "Housing", "located"), _record(2, "2020-05", "Housing", "located")])
    first = review_checklist(bare, today=TODAY)[0]
    assert (first.topic, first.state) == ("keeping", "look")
    assert first.found == "1 record is older than your limit of 6 years."


def test_a_workspace_without_old_records_has_no_line_about_them(bare) -> None:
    _keep(bare, [_record(1, "2020-05", "Housing", "located")])
    assert "keeping" not in {item.topic for item in review_checklist(bare, today=TODAY)}
    unlimited = bare.scenario.keeping.model_copy(update={"keep_years": 0})
    bare.save_scenario(bare.scenario.model_copy(update={"keeping": unlimited}))
    assert "keeping" not in {item.topic for item in review_checklist(bare, today=date(2099, 1, 1))}
