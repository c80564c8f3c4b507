"""Dates, ages and column names as people write them."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError, BadRowsError
from geo.review.ages import BANDS, age_band
from geo.review.columns import FIELDS, candidates, check_mapping, propose, read_pairs, read_preset, suggest
from geo.review.dates import parse_date, parse_dates

TODAY = date(2025, 6, 1)
MAY_DAY = date(2024, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "04/05/2024", "4/5/24", "04.05.2024", "4-5-2024", "2024-05-04", "2024/05/04", "20240504",
        "2024-05-04T09:15:00Z", "2024-05-04 09:15:00.000", "04/05/2024 09:15", "4/5/2024 9:15 AM",
        "4 May 2024", "4th May 2024", "04-May-24",
        "04 may 2024", "Saturday 4 May 2024", "Sat, 4 May 2024", "May 4, 2024", "45416", "45416.5", " 04/05/2024 ",
        "4 of May 2024", "04\u00a0May 2024",
    ],
)  # fmt: skip
def test_a_british_office_writes_dates_in_many_ways(text):
    assert parse_date(text, today=TODAY) == MAY_DAY


@pytest.mark.parametrize(
    "text",
    [
        "05/14/2024",
        "31/02/2024",
        "00/05/2024",
        "tomorrow",
        "14/05",
        "May 2024",
        "2024",
        "12345678",
        "1/2/3/4",
        "14//2024",
    ],
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text, today=TODAY) is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), TODAY))
def test_every_way_of_writing_a_day_gives_that_day(day):
    serial = str((day - date(1899, 12, 30)).days)
    for text in (day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%d %B %Y"), day.strftime("%d-%b-%y"), serial):
        assert parse_date(text, today=TODAY) == day


def test_two_figures_of_a_year_are_never_in_the_future():
    assert parse_date("01/01/25", today=TODAY) == date(2025, 1, 1)
    assert parse_date("01/01/26", today=TODAY) == date(1926, 1, 1)


def test_the_first_five_bad_rows_are_named_with_their_reasons_and_no_value():
    texts = ["", "x", "01/01/1980", "02/06/2025", "31/11/2024", "y", "01/06/2025"]
    with pytest.raises(BadRowsError) as refused:
        parse_dates(pd.Series(texts, index=range(2, 9)), today=TODAY)
    assert str(refused.value).startswith(
        "6 rows have a date that cannot be used: row 2 (blank), row 3 (not a date), row 4 (before 1990), "
        "row 5 (in the future), row 6 (not a date) and 1 more;"
    )
    assert refused.value.samples == ((2, ""), (3, "x"), (4, "01/01/1980"), (5, "02/06/2025"), (6, "31/11/2024"))


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("15", "under 16"), ("16", "16-17"), ("17.9", "16-17"), ("18", "18-24"), ("64 years", "55-64"), ("65", "65+"),
        ("120", "65+"), ("18-24", "18-24"), ("18 \u2013 24", "18-24"), ("75+", "65+"), ("65 or over", "65+"),
        ("aged 17", "16-17"), ("Age 30 yrs", "25-34"), ("over 64", "65+"), ("over 63", None),
        ("over 65", "65+"), ("under 16", "under 16"), ("65-74", "65+"), ("20-30", None), ("18+", None),
        ("121", None), ("-3", None), ("old", None), ("", "not stated"), ("Unknown", "not stated"),
        ("04/05/2006", "18-24"), ("05/05/2006", "16-17"), ("1959-05-04", "65+"), ("4 May 1960", "55-64"),
    ],
)  # fmt: skip
def test_an_age_a_birthday_or_a_band_becomes_one_of_ours(text, band):
    assert age_band(text, on=MAY_DAY, today=TODAY) == band


@settings(deadline=None)
@given(st.integers(0, 120))
def test_a_birthday_gives_the_band_of_the_age_on_that_day(age):
    born = MAY_DAY.replace(year=MAY_DAY.year - age)
    by_age = age_band(str(age), on=MAY_DAY, today=TODAY)
    assert age_band(born.isoformat(), on=MAY_DAY, today=TODAY) == by_age
    assert by_age in BANDS
    if age:
        later = age_band((born + timedelta(days=1)).isoformat(), on=MAY_DAY, today=TODAY)
        assert later == age_band(str(age - 1), on=MAY_DAY, today=TODAY)


def test_every_field_by_its_own_name_is_found():
    assert propose(list(FIELDS)) == {field: field for field in FIELDS}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["CASE_REF", "Date of Referral", "post-code"], {"referral_id": "CASE_REF"}),
        (["Date", "Date of Birth", "Postcode"], {"date": "Date", "age_band": "Date of Birth"}),
        (["Approach date", "Date closed", "Postcode"], {"date": "Approach date"}),
        (
            ["Date", "Postcode", "Household Ref", "Household"],
            {"household_ref": "Household Ref", "household": "Household"},
        ),
        (["Date", "Postcode", "Main reason", "Referred by"], {"reason": "Main reason", "source": "Referred by"}),
    ],
)
def test_columns_are_proposed_by_the_names_systems_give_them(columns, expected):
    assert expected.items() <= propose(columns).items()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["Date", "Home postcode", "Last settled postcode"], "2 columns could be the postcode"),
        (["Date", "Postcode", "Postcode (2)"], "2 columns could be the postcode"),
        (["Referral date", "Decision date", "Postcode"], "2 columns could be the date"),
        (["Date", "Town"], "No column of the file could be the postcode; it has 'Date', 'Town'"),
        (["Postcode", "Town"], "No column of the file could be the date"),
    ],
)
def test_where_the_planner_cannot_know_it_asks(columns, said):
    with pytest.raises(BadInputError, match=said.replace("(", r"\(").replace(")", r"\)")):
        propose(columns)


def test_what_the_officer_says_settles_it():
    columns = ["Date", "Home postcode", "Last settled postcode"]
    assert propose(columns, preferred={"postcode": "Home postcode"})["postcode"] == "Home postcode"
    assert suggest(columns) == {"date": "Date"}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"post": "Date"}, "no field 'post'"),
        ({"postcode": "PC"}, "no column 'PC'; it has 'Date', 'Postcode'"),
        ({"postcode": "Date", "date": "Date"}, "named for two fields"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(mapping, said):
    with pytest.raises(BadInputError, match=said):
        check_mapping(mapping, ["Date", "Postcode"])


def test_the_postcode_cannot_be_left_out():
    with pytest.raises(BadInputError, match="could be the postcode"):
        propose(["Date", "Postcode"], preferred={"postcode": ""})


def test_a_preset_is_read_from_toml(tmp_path):
    preset = tmp_path / "preset.toml"
    preset.write_text('\ufeff[columns]\npostcode = "Home PC"\nreason = ""\n', encoding="utf-8")
    assert read_preset(preset) == {"postcode": "Home PC", "reason": ""}


@pytest.mark.parametrize("content", ["columns = 3", "[columns]\npostcode = 3", "[other]", "[columns"])
def test_a_preset_of_another_kind_is_refused(tmp_path, content):
    (tmp_path / "p.toml").write_text(content)
    with pytest.raises(BadInputError, match=r"\[columns\]"):
        read_preset(tmp_path / "p.toml")
    with pytest.raises(BadInputError, match="no preset file"):
        read_preset(tmp_path / "none.toml")


def test_a_pair_without_an_equals_sign_is_refused():
    assert read_pairs(["date=Referred = on"]) == {"date": "Referred = on"}
    with pytest.raises(BadInputError, match="field=column"):
        read_pairs(["Home PC"])


def test_the_likeliest_column_comes_first():
    assert candidates("referral_id", ["ID", "Case Ref", "Referral ID"]) == ["Referral ID", "ID", "Case Ref"]
