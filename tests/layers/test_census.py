"""Groups of people from the census: ONS's own layout, a plain table, and what fits neither."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.review.ages import BANDS
from layers.census import districts_in, read_census
from layers.source_file import SourceFile

TODAY = date(2026, 5, 1)
# As Nomis heads table TS007: groups stand among the single years.
GROUPS = {0: "Aged 4 years and under", 5: "Aged 5 to 9 years", 10: "Aged 10 to 15 years", 85: "Aged 85 years and over"}


def _years() -> list[str]:
    names = ["Age: Total"]
    for age in range(101):
        names += [f"Age: {GROUPS[age]}"] if age in GROUPS else []
        plain = "under 1 year" if age == 0 else f"{age} year{'s' * (age != 1)}" + (" and over" if age == 100 else "")
        names.append(f"Age: Aged {plain}")
    return names


def _ts007(*districts: tuple[str, str, list[int]], suffix: str = "") -> str:
    lines = [",".join(["date", "geography", "geography code", *(f'"{name}{suffix}"' for name in _years())])]
    for name, code, ages in districts:
        single = iter(ages)
        told = {"Age: Total": sum(ages)} | dict.fromkeys((f"Age: {group}" for group in GROUPS.values()), WRONG)
        counts = [told[column] if column in told else next(single) for column in _years()]
        lines.append(",".join(["2021", name, code, *map(str, counts)]))
    return "\n".join(lines) + "\n"


WRONG = 9_999_999  # what a group would add, were it counted beside its single years
FLAT = [10] * 101


def _file(text: str, name: str = "census2021-ts007-ltla.csv") -> SourceFile:
    return SourceFile(name, text.encode())


def _read(file: SourceFile, district: str = "Test Valley"):
    return read_census(file, district=district, today=TODAY)


@pytest.mark.parametrize("suffix", ["", "; measures: Value"])
def test_the_single_years_of_ts007_are_added_up_to_the_planner_s_bands(suffix) -> None:
    table, edition = _read(_file(_ts007(("Test Valley", "E07000093", FLAT), suffix=suffix)))
    assert table["group"].tolist() == list(BANDS[:-1])
    assert table["people"].tolist() == [160, 20, 70, 100, 100, 100, 100, 360]
    assert edition.title.startswith("Census 2021")
    assert edition.note == "Test Valley: 850 people of 16 and over."


@pytest.mark.parametrize("said", ["E07000089", "hart", " HART "])
def test_the_district_is_chosen_by_its_code_or_name(said) -> None:
    file = _file(_ts007(("Test Valley", "E07000093", FLAT), ("Hart", "E07000089", [20] * 101)))
    assert districts_in(file) == ["Hart", "Test Valley"]
    assert _read(file, said)[0]["people"].sum() == 2020


def test_a_district_that_is_not_in_the_file_is_answered_with_those_that_are() -> None:
    file = _file(_ts007(("Test Valley", "E07000093", FLAT), ("Hart", "E07000089", FLAT)))
    with pytest.raises(BadInputError, match=r"none of them called 'Saltmarsh'.*--only.*Test Valley, Hart"):
        _read(file, "Saltmarsh")


def test_the_zip_that_nomis_gives_holds_a_table_of_districts() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("census2021-ts007-ctry.csv", _ts007(("England", "E92000001", FLAT)))
        archive.writestr("census2021-ts007-ltla.csv", _ts007(("Hart", "E07000089", FLAT), ("Fareham", "E1", FLAT)))
    file = SourceFile("census2021-ts007.zip", packed.getvalue())
    assert districts_in(file) == ["Fareham", "Hart"]
    assert _read(file, "Hart")[1].file_name == "census2021-ts007.zip"


def test_five_year_groups_do_not_fit_and_the_sentence_says_which_table_does() -> None:
    text = 'date,geography,geography code,Age: Total,"Age: Aged 15 to 19 years"\n2021,Hart,E07000089,9,9\n'
    with pytest.raises(BadInputError, match="TS007A has five-year groups"):
        _read(_file(text), "Hart")


def test_ages_that_do_not_add_up_to_their_total_are_refused() -> None:
    text = _ts007(("Hart", "E07000089", FLAT)).replace(",1010,", ",5000,", 1)
    with pytest.raises(BadInputError, match="add up to 1,010, not to its total of 5,000"):
        _read(_file(text), "Hart")


def test_a_plain_table_is_read_as_it_stands_and_ages_go_into_bands() -> None:
    text = (
        'Field,Group,People\nage,16,100\nage,17,"1,100"\nage,Aged 18 to 24,50\nage,under 16,7\n'
        "Household type,Couple,30\nsex,female,9\n"
    )
    table, edition = _read(_file(text, "groups.csv"))
    assert table[table["field"] == "age_band"][["group", "people"]].to_numpy().tolist() == [
        ["under 16", 7],
        ["16-17", 1200],
        ["18-24", 50],
    ]
    assert set(table["field"]) == {"age_band", "household_type", "sex"}
    assert districts_in(_file(text)) == []
    assert (edition.dataset, edition.licence, edition.rows) == ("census", "", 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("field,group,people\nage_band,16-24,9\n", "'16-24'.*none of the planner's bands"),
        ("field,group,people\nage_band,not stated,9\n", "none of the planner's bands"),
        ("field,group,people\nage_band,16-17,many\n", "must be numbers from 0"),
        ("field,group,people\nage_band,16-17,-4\n", "must be numbers from 0"),
        ("field,group,colour\nage_band,16-17,red\n", "needs a column 'people'"),
        ("postcode,people\nSP10 1DP,3\n", "neither a table with the columns field, group and people"),
    ],
)
def test_a_table_that_will_not_do_gets_a_clear_sentence(text, words) -> None:
    with pytest.raises(BadInputError, match=words):
        _read(_file(text))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=101, max_size=101))
def test_nobody_is_lost_between_years_and_bands(ages) -> None:
    table, _ = _read(_file(_ts007(("Hart", "E07000089", ages))), "Hart")
    assert table["people"].sum() == sum(ages)
    assert table["people"].iloc[-1] == sum(ages[65:])
