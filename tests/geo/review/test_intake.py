"""A whole export through the intake, checked by hand on the little council."""

import pytest

from geo.errors import BadInputError, BadRowsError, MissingDataError, PlannerError
from geo.review.intake import IntakeOptions, keep, preview_file, take_in
from geo.schema import RECORDS, STATUSES
from tests.tinytown.council import HEADER, NO_LOCATION, TODAY, export, make_council, row

EVERY_STATUS = {
    "located": ["ZZ1 1AA", "zz11ab", "ZZ1 9BA", "ZZ1 3AA"],
    "outside": ["ZZ2 1AA"],
    "no_fixed_abode": ["ZZ99 3VZ", "NFA"],
    "not_known": ["ZZ99 3WZ", "unknown"],
    "elsewhere": ["ZZ99 3CZ"],
    "not_in_gazetteer": ["ZZ1 7AA"],
    "no_location": [NO_LOCATION],
    "malformed": ["Tinytown", "ZZ1 1A"],
    "missing": ["", "n/a"],
}


def every_status() -> bytes:
    texts = [text for group in EVERY_STATUS.values() for text in group]
    rows = [row(number, postcode=text) for number, text in enumerate(texts, start=1)]
    return export(*rows, row(1))


def test_every_row_gets_exactly_one_status_and_none_vanishes(council, add):
    report = add(every_status())
    expected = {status: len(EVERY_STATUS.get(status, [])) for status in STATUSES} | {"duplicate": 1}
    assert report.status == expected
    assert sum(report.status.values()) == report.rows == len(council.records())
    assert council.status_counts() == expected


def test_flags_say_what_is_odd_about_a_postcode(council, add):
    add(every_status())
    assert council.flag_counts() == {"terminated": 0, "shared_point": 1, "institution": 1, "repaired": 1}
    flagged = council.records().query("institution")
    assert flagged["status"].tolist() == ["located"]  # the council's own office


def test_what_is_kept_is_the_schema_and_nothing_else(council, add):
    add(every_status())
    records = council.records()
    RECORDS.validate(records)
    placed = records["status"] == "located"
    assert (records.loc[~placed, ["h3_7", "h3_8"]] == 0).all().all()
    assert (records.loc[placed, ["h3_7", "h3_8"]] > 0).all().all()
    assert set(records["month"]) == {"2024-05"}


def test_a_located_row_carries_the_code_of_its_ward(council, add):
    add(export(row(1), row(2, postcode="ZZ1 2AA"), row(3, postcode="ZZ2 1AA")))
    wards = council.records().set_index("status")["ward"]
    assert sorted(wards["located"]) == ["W1", "W2"]
    assert wards["outside"] == ""


def test_the_same_file_twice_adds_nothing(council, add):
    first = add(every_status())
    before = council.records()
    second = add(every_status())
    assert (first.added, first.updated, first.unchanged) == (first.rows, 0, 0)
    assert (second.added, second.updated, second.unchanged) == (0, 0, first.rows)
    assert council.records().equals(before)


def test_rows_without_an_id_are_known_again_by_what_they_say(council, add):
    lines = ("14/05/2024,ZZ1 1AA,note", "14/05/2024,ZZ1 1AA,note", "14/05/2024,ZZ1 1AA,another note")
    report = add(export(*lines, header="date,postcode,notes"))
    assert report.status["duplicate"] == 1  # the same in every column; the third differs in a column that is dropped
    again = add(export(*lines, header="date,postcode,notes"))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    assert len(council.records()) == 3


def test_a_date_written_in_another_way_is_the_same_row(council, add):
    add(export("14/05/2024,ZZ1 1AA", header="date,postcode"))
    for written in ("2024-05-14 09:30,zz1  1aa", "45426,zz11aa"):
        report = add(export(written, header="date,postcode"))
        assert report.unchanged + report.updated == 1
    assert len(council.records()) == 1


def test_a_newer_export_updates_its_rows_and_says_what_changed(council, add):
    add(export(row(1), row(2), row(3)))
    newer = export(row(1, postcode="ZZ1 2AA"), row(2, outcome="Main duty"), row(4, day="02/06/2024"))
    report = add(newer)
    assert (report.added, report.updated, report.unchanged, report.kept_from_before) == (1, 2, 0, 1)
    assert report.changes == {"outcome": 1, "cell": 1, "ward": 1}
    assert len(council.records()) == 4


def test_a_row_is_placed_anew_by_todays_lists(council, add):
    add(export(row(1)))
    council.save_institutions({council.key().digest("place", "ZZ11AA"): "hostel"})
    report = add(export(row(1)))
    assert report.changes == {"institution": 1}
    assert council.flag_counts()["institution"] == 1


def test_two_feeds_never_share_a_row_but_share_a_household(council, add):
    add(export(row(1)), feed="Housing")
    add(export(row(1)), feed="Citizens Advice")
    records = council.records()
    assert records["record"].nunique() == 2
    assert records["household"].nunique() == 1


def test_the_capitals_of_a_feeds_name_do_not_make_a_second_feed(council, add):
    add(export(row(1)), feed="Citizens Advice")
    report = add(export(row(1)), feed="citizens  advice")
    assert report.unchanged == 1
    assert [feed.name for feed in council.feeds()] == ["Citizens Advice"]


def test_a_mapping_is_remembered_for_its_feed(council, add):
    header = "Ref,Now PC postcode,Old PC postcode,Date"
    content = export("1,ZZ1 1AA,ZZ1 2AA,14/05/2024", header=header)
    with pytest.raises(BadInputError, match="2 columns could be the postcode: 'Now PC postcode', 'Old PC postcode'"):
        add(content)
    add(content, columns={"postcode": "Now PC postcode"})
    assert add(content).unchanged == 1
    assert council.feeds()[0].columns["postcode"] == "Now PC postcode"


def test_a_field_left_out_on_purpose_stays_out(council, add):
    add(export(row(1)), columns={"reason": ""})
    report = add(export(row(1)))
    assert "reason" not in report.columns
    assert set(council.records()["reason"]) == {"not stated"}


def test_the_kinds_of_a_feed_are_remembered_and_a_change_is_said(council, add):
    add(export(row(1)), address_kind="last_settled", date_kind="referral")
    add(export(row(2)))
    assert set(council.records()["address_kind"]) == {"last_settled"}
    report = add(export(row(3)), address_kind="at_approach")
    assert any("was 'last_settled' and is now 'at_approach'" in note for note in report.notes)
    assert sorted(council.records()["address_kind"]) == ["at_approach", "last_settled", "last_settled"]


def test_an_unknown_kind_is_refused(add):
    with pytest.raises(BadInputError, match="expected one of at_approach, last_settled"):
        add(export(row(1)), address_kind="home")


def test_the_report_names_the_columns_that_are_dropped(add):
    report = add(export("1,14/05/2024,ZZ1 1AA,x,y", header="ref,date,postcode,Full name,Notes"))
    assert report.dropped == ("Full name", "Notes")


def test_one_bad_date_refuses_the_whole_file(council, add):
    with pytest.raises(BadRowsError, match=r"row 3 \(not a date\)") as refused:
        add(export(row(1), row(2, day="31/02/2024")))
    assert refused.value.samples == ((3, "31/02/2024"),)
    assert "31/02" not in str(refused.value)
    assert len(council.records()) == 0
    assert council.feeds() == ()


def test_checking_keeps_nothing(council):
    before = council.fingerprint()
    intake = take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)
    assert intake.report.added == 1
    assert council.fingerprint() == before
    keep(council, intake)
    assert council.fingerprint() != before


def test_keeping_compares_with_what_is_there_at_that_moment(council):
    first = take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)
    second = take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)
    assert keep(council, first).added == 1
    assert keep(council, second).added == 0


def test_without_a_gazetteer_the_officer_is_told_to_add_one(tmp_path):
    council = make_council(tmp_path / "w")
    council.gazetteer_path.unlink()
    with pytest.raises(MissingDataError, match="planner add gazetteer"):
        take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)


def test_a_preview_proposes_and_leaves_open_what_is_unclear():
    preview = preview_file(export("1,2,3,4", header="Ref,Date,Home postcode,Old postcode"), file_name="x.csv")
    assert preview.mapping == {"referral_id": "Ref", "date": "Date"}
    assert preview.unclear == ("postcode",)
    assert (preview.row_count, preview.columns[2]) == (1, "Home postcode")


def test_a_preview_uses_the_remembered_columns_that_are_still_there():
    remembered = {"postcode": "Old postcode", "reason": "Gone"}
    content = export("1,2,3,4", header="Ref,Date,Home postcode,Old postcode")
    assert preview_file(content, file_name="x", remembered=remembered).mapping["postcode"] == "Old postcode"


def test_an_unforeseen_error_says_where_but_not_what(council, monkeypatch):
    def broken(*_, **__):
        message = "invalid literal: 'ZZ1 1AA John Smith'"
        raise ValueError(message)

    monkeypatch.setattr("geo.review.intake.make_rows", broken)
    with pytest.raises(PlannerError, match="ValueError in ") as refused:
        take_in(council, export(row(1)), file_name="x.csv", feed="Housing", today=TODAY)
    assert "Smith" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_small_newer_export_keeps_the_categories_of_the_large_one(council, add):
    unusual = "Loss of seasonal job"
    add(export(*(row(number, reason=unusual) for number in range(1, 6))))
    report = add(export(row(1, reason=unusual, outcome="Housed")))
    assert report.changes == {"outcome": 1}
    assert set(council.records()["reason"]) == {unusual}


def test_rows_without_a_source_column_come_from_the_feed(council, add):
    add(export("14/05/2024,ZZ1 1AA", header="date,postcode"), feed="Food bank")
    assert council.records()["source"].tolist() == ["Food bank"]


@pytest.mark.parametrize("name", ["", "x" * 61, "=HYPERLINK(1)", "a\nb\0", "<script>"])
def test_a_feeds_name_is_short_and_plain(council, name):
    with pytest.raises(BadInputError, match="name of the feed"):
        take_in(council, export(row(1)), file_name="x.csv", feed=name, today=TODAY)


def test_the_order_of_the_columns_does_not_matter(add):
    add(export(row(1), row(2, postcode="ZZ1 2AB")))
    names = HEADER.split(",")
    lines = [",".join(reversed(line.split(","))) for line in (row(1), row(2, postcode="ZZ1 2AB"))]
    assert add(export(*lines, header=",".join(reversed(names)))).unchanged == 2


def test_options_can_be_left_out(council):
    intake = take_in(council, export(row(1)), file_name="x.csv", feed="Housing", options=IntakeOptions(), today=TODAY)
    assert intake.report.address_kind == "not_stated"
