"""Counts that a partner sent: taken in, replaced, forgotten, and refused in a sentence where something is wrong."""

from datetime import date

import pytest

from geo.errors import BadInputError, WorkspaceError
from geo.review.audit import read_audit
from geo.review.counts_kept import check_counts, read_counts
from geo.review.dpia import dpia_document
from geo.review.feed_plans import FeedPlan, read_plans, set_plan
from geo.review.forgettable import ByAge, ByPeriod, BySource
from geo.review.forgetting import forget, would_forget
from geo.review.partner_counts import counts_of, names_of, partner_table, shapes_for, told
from tests.geo.review.counting import FEED, agree, by_area, changed, lines, sent, take
from tests.tinytown.council import TODAY, export, row

YEAR = "2024-25"


@pytest.fixture(scope="module")
def files(council_template):
    """One suppressed file and one exact one, made once."""
    from geo.review.workspace import Workspace  # noqa: PLC0415 - a fixture of this module alone

    council = Workspace.open(council_template)
    rows = [*lines({"W1": 40, "W2": 15, "nowhere": 9}), *lines({"W1": 30, "W2": 12}, day="14/05/2023", start=200)]
    return {
        "suppressed": sent(council, rows=rows),
        "exact": sent(council, rows=rows, agreement="DSA 12"),
        "cells": sent(council, rows=rows, agreement="DSA 12", by="h3_7"),
        "quarters": sent(council, rows=rows, per="quarter"),
    }


def log(council):
    return [line.detail for line in read_audit(council.store) if line.what == "counts"]


def test_suppressed_counts_need_no_agreement_and_never_touch_the_records(council, add, files):
    add(export(row(1)))
    before = council.records()
    take(council, files["suppressed"])
    kept = read_counts(council)
    assert [(one.feed, one.period, one.who, one.file.exact) for one in kept] == [
        (FEED, "2023-24", "JS", False),
        (FEED, YEAR, "JS", False),
    ]
    assert council.records().equals(before)
    assert log(council) == [
        f"{FEED}: suppressed, periods 2, tables {len(kept[0].file.tables) + len(kept[1].file.tables)}"
    ]


def test_exact_counts_need_a_current_agreement(council, files):
    with pytest.raises(BadInputError, match="no sharing agreement with Food bank is on record"):
        check_counts(council, files["exact"], source=FEED, today=TODAY)
    agree(council, date(2025, 12, 31))
    take(council, files["exact"])
    assert read_counts(council)[-1].file.exact


@pytest.mark.parametrize("kind", ["suppressed", "exact"])
def test_an_agreement_that_has_ended_refuses_counts_of_either_kind(council, files, kind):
    agree(council, date(2025, 5, 31))
    with pytest.raises(BadInputError, match="ended on 31 May 2025"):
        check_counts(council, files[kind], source=FEED, today=TODAY)
    assert read_counts(council) == ()


def test_the_file_of_another_agency_is_refused(council, files):
    with pytest.raises(BadInputError, match="from another sender than Citizens Advice"):
        check_counts(council, files["suppressed"], source="Citizens Advice", today=TODAY)


def test_a_newer_file_takes_the_place_of_the_same_months_and_the_log_says_so(council, files):
    take(council, files["suppressed"])
    agree(council)
    checked = take(council, files["exact"], source="food  BANK")
    assert checked.feed == FEED
    assert checked.replaces == ("2023-24", YEAR)
    assert [one.file.exact for one in read_counts(council)] == [True, True]
    assert log(council)[-1].endswith("in place of 2 kept before")


def test_the_same_file_again_and_an_older_one_are_refused(council, files):
    take(council, files["suppressed"])
    with pytest.raises(BadInputError, match="These very counts are kept already"):
        check_counts(council, files["suppressed"], source=FEED, today=TODAY)
    older = changed(files["suppressed"], lambda whole: whole.update(made="2025-05-01"))
    with pytest.raises(BadInputError, match="made on 2025-05-01, and what is kept of 2023-24 was made later"):
        check_counts(council, older, source=FEED, today=TODAY)
    assert len(read_counts(council)) == 2


def test_suppressed_counts_of_the_same_clients_by_other_months_are_refused(council, files):
    take(council, files["suppressed"])
    with pytest.raises(BadInputError, match="would give small ones away"):
        check_counts(council, files["quarters"], source=FEED, today=TODAY)


def test_areas_beyond_the_district_are_counted_as_outside(council, files):
    def moved(whole):
        for table in whole["tables"]:
            table["areas"]["W9"] = table["areas"].pop("W2")

    agree(council)
    checked = take(council, changed(files["exact"], moved))
    assert checked.beyond == ("W9",)
    table = partner_table(counts_of(council, FEED, YEAR)[0], names_of(council, "ward"))
    assert by_area(table.published) == {"W1": "40", "": "9"}
    assert (table.beyond_areas, table.beyond) == (1, 15)
    assert any("none of this district" in sentence for sentence in told(table))


def test_a_file_made_for_another_district_is_refused(council, files):
    def elsewhere(whole):
        for table in whole["tables"]:
            table["areas"] = {f"X{code}" if code else "": value for code, value in table["areas"].items()}

    agree(council)
    with pytest.raises(BadInputError, match="None of the areas of the file"):
        check_counts(council, changed(files["exact"], elsewhere), source=FEED, today=TODAY)


def test_a_period_that_is_not_over_and_other_review_years_are_refused(council, files):
    with pytest.raises(BadInputError, match="not over yet"):
        check_counts(council, files["suppressed"], source=FEED, today=date(2025, 3, 1))
    council.save_scenario(council.scenario.model_copy(update={"review_first_month": 1}))
    with pytest.raises(BadInputError, match="--first-month 1"):
        check_counts(council, files["suppressed"], source=FEED, today=TODAY)


def test_hexagons_are_drawn_and_named_and_told_apart_from_the_council(council, files):
    agree(council)
    take(council, files["cells"])
    kept = counts_of(council, FEED, YEAR)[0]
    table = partner_table(kept, names_of(council, "h3_7"))
    shapes = shapes_for(council, table)
    assert set(shapes["code"]) == {one.code for one in table.published.figures if one.code}
    assert shapes.crs == "EPSG:4326"
    assert table.gated.total == "64"
    assert any("not added to the council's households" in sentence for sentence in told(table))


def test_a_reason_or_a_sender_that_is_not_there_is_a_sentence(council, files):
    take(council, files["suppressed"])
    kept = counts_of(council, FEED)[0]
    with pytest.raises(BadInputError, match="'weather' is not counted"):
        partner_table(kept, {}, reason="weather")
    with pytest.raises(BadInputError, match="there is: Food bank 2023-24, Food bank 2024-25"):
        counts_of(council, "Shelter")


def test_forgetting_a_source_erases_its_counts_and_its_plan(council, files):
    take(council, files["suppressed"])
    set_plan(council, FeedPlan(FEED, "Coordinator"))
    assert would_forget(council, BySource("food bank")).counts == 2
    done = forget(council, BySource(FEED), today=TODAY)
    assert (done.rows, done.counts) == (0, 2)
    assert read_counts(council) == ()
    assert read_plans(council) == {}
    assert b"hotspot-planner counts" not in b"".join(path.read_bytes() for path in council.root.glob("planner.sqlite*"))


def test_forgetting_a_period_or_what_is_old_erases_the_counts_of_then(council, files):
    take(council, files["suppressed"])
    assert forget(council, ByPeriod("2023-24", 4), today=TODAY).counts == 1
    assert [one.period for one in read_counts(council)] == [YEAR]
    assert forget(council, ByAge("2025-03"), today=TODAY).counts == 0
    assert forget(council, ByAge("2025-04"), today=TODAY).counts == 1


def test_forgetting_another_source_leaves_the_counts(council, add, files):
    add(export(row(1)))
    take(council, files["suppressed"])
    forget(council, BySource("Housing"), today=TODAY)
    assert len(read_counts(council)) == 2


def test_counts_changed_behind_the_planners_back_are_noticed(council, files):
    take(council, files["suppressed"])
    with council.store.noting() as connection:
        connection.execute("UPDATE count_tables SET content = replace(content, '40', '45')")
    with pytest.raises(WorkspaceError, match="changed after they were kept"):
        read_counts(council)


def test_the_facts_for_the_dpia_tell_of_counts_and_owners(council, files):
    take(council, files["suppressed"])
    set_plan(council, FeedPlan(FEED, "Coordinator", "joint controller"))
    document = str(dpia_document(council, today=TODAY))
    assert "With small counts hidden: Food bank." in document
    assert "joint controller" in document
