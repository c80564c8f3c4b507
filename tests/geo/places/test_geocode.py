"""Every text gets one status, and a slip is mended only where one postcode fits."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.places.geocode import resolve
from geo.schema import STATUSES

COLUMNS = ["status", "terminated", "shared_point", "repaired", "postcode", "easting", "northing"]
COLUMNS += ["district", "h3_7", "h3_8", "h3_9"]

PLACED = {"located", "outside"}
# text: status, repaired, postcode
EXPECTED = {
    "ZZ1 1AA": ("located", False, "ZZ11AA"),
    "ZZ11AA": ("located", True, "ZZ11AA"),
    " zz1  1aa ": ("located", True, "ZZ11AA"),
    "ZZ1\u00a01AA": ("located", True, "ZZ11AA"),
    "Z Z 1 1 A A\t": ("located", True, "ZZ11AA"),
    "ZZI 1AA": ("located", True, "ZZ11AA"),
    "ZZ1 IAA": ("located", True, "ZZ11AA"),
    "zzi iab": ("located", True, "ZZ11AB"),
    "ZZ1 101": ("malformed", False, ""),  # no postcode ends in O or I: nothing to mend
    "ZZ1 1O1": ("malformed", False, ""),
    "ZZ1 1OI": ("located", False, "ZZ11OI"),
    "ZZ1O 1A": ("malformed", False, ""),
    "ZZ2 1AA": ("outside", False, "ZZ21AA"),
    "ZZ1 9ZZ": ("no_location", False, "ZZ19ZZ"),
    "zz19zz": ("no_location", True, "ZZ19ZZ"),
    "ZZ1 1ZZ": ("not_in_gazetteer", False, "ZZ11ZZ"),
    "zz11zz": ("not_in_gazetteer", False, "ZZ11ZZ"),
    "0X1 1AA": ("not_in_gazetteer", False, ""),
    "GIR 0AA": ("not_in_gazetteer", False, "GIR0AA"),
    "ZZ99 3VZ": ("no_fixed_abode", False, "ZZ993VZ"),
    "zz993vz": ("no_fixed_abode", False, "ZZ993VZ"),
    "ZZ99 3WZ": ("not_known", False, "ZZ993WZ"),
    "ZZ99 3CZ": ("elsewhere", False, "ZZ993CZ"),
    "ZZ99 1WZ": ("elsewhere", False, "ZZ991WZ"),
    "NFA": ("no_fixed_abode", False, ""),
    "no fixed abode": ("no_fixed_abode", False, ""),
    "No Fixed Address": ("no_fixed_abode", False, ""),
    "unknown": ("not_known", False, ""),
    "Not known": ("not_known", False, ""),
    "NK": ("not_known", False, ""),
    "": ("missing", False, ""),
    "   ": ("missing", False, ""),
    "n/a": ("missing", False, ""),
    "NA": ("missing", False, ""),
    "None": ("missing", False, ""),
    "null": ("missing", False, ""),
    "nil": ("missing", False, ""),
    "-": ("missing", False, ""),
    ".": ("missing", False, ""),
    "ZZ1": ("malformed", False, ""),
    "ZZ1 1A": ("malformed", False, ""),
    "ZZ1 1AAA": ("malformed", False, ""),
    "ZZ1-1AA": ("malformed", False, ""),
    "101 101": ("malformed", False, ""),
    "01264 368000": ("malformed", False, ""),
    "12 High Street, ZZ1 1AA": ("malformed", False, ""),
    "ZZ99": ("malformed", False, ""),
    "'; drop table places; --": ("malformed", False, ""),
}


@pytest.fixture(scope="module")
def answers(tinytown, square) -> pd.DataFrame:
    return resolve(pd.Series(list(EXPECTED), index=list(EXPECTED)), tinytown, square)


@pytest.mark.parametrize("text", list(EXPECTED))
def test_a_text_gets_its_status(answers, text: str) -> None:
    found = answers.loc[text]
    assert (found["status"], bool(found["repaired"]), found["postcode"]) == EXPECTED[text]


def test_only_placed_rows_have_coordinates_and_cells(answers, tinytown) -> None:
    placed = answers["status"].isin(PLACED)
    numbers = answers[["easting", "northing", "h3_7", "h3_8", "h3_9"]]
    assert (numbers[placed] > 0).all(axis=None)
    assert (numbers[~placed] == 0).all(axis=None)
    assert list(answers.columns) == COLUMNS
    known = tinytown.lookup(["ZZ1 1AA"]).iloc[0]
    assert answers.loc["zzi iab", "h3_9"] == tinytown.lookup(["ZZ1 1AB"])["h3_9"].item()
    assert answers.loc["ZZ1 1AA", ["easting", "northing", "h3_8"]].tolist() == [
        *(known["easting"], known["northing"], known["h3_8"])
    ]


def test_a_slip_that_fits_two_postcodes_is_not_mended(published, build, square) -> None:
    header = "postcode,easting,northing\n"
    twins = build(published("twins_2025-01.csv", header + "Z1O 1AA,640500,420500\nZ10 1AA,640600,420600\n"))
    found = resolve(pd.Series(["ZIO 1AA", "Z10 1AA", "Z1O 1AA", "ZI0 1AA", "z1o\u00a01aa"]), twins, square)
    expected = ["not_in_gazetteer", "located", "located", "not_in_gazetteer", "located"]
    assert found["status"].tolist() == expected
    assert found["easting"].tolist() == [0, 640_600, 640_500, 0, 640_500]
    assert found["repaired"].tolist() == [False, False, False, False, True]


def test_flags_say_terminated_and_shared_point(published, build, square) -> None:
    header = "postcode,easting,northing,terminated\n"
    many = "".join(f"ZZ1 9B{letter},642500,420200,\n" for letter in "ABDEF")
    few = "".join(f"ZZ1 8B{letter},642600,420200,\n" for letter in "ABDE")
    gazetteer = build(published("own_2025-01.csv", header + "ZZ1 1AA,640500,420500,202001\n" + many + few))
    found = resolve(pd.Series(["ZZ1 1AA", "ZZ1 9BA", "ZZ1 8BA"]), gazetteer, square)
    assert found["terminated"].tolist() == [True, False, False]
    assert found["shared_point"].tolist() == [False, True, False]
    assert found["status"].tolist() == ["located"] * 3


def test_nothing_nan_and_numbers_are_read_too(tinytown, square) -> None:
    texts = pd.Series([None, float("nan"), pd.NA, 5, "ZZ1 1AA"], index=[7, 7, "x", 3, 0], dtype=object)
    found = resolve(texts, tinytown, square)
    assert found["status"].tolist() == ["missing", "missing", "missing", "malformed", "located"]
    assert found.index.equals(texts.index)


def test_no_rows_give_no_rows(tinytown, square) -> None:
    found = resolve(pd.Series([], dtype="str"), tinytown, square)
    assert len(found) == 0
    assert list(found.columns) == COLUMNS


def test_the_given_texts_are_left_as_they_were(tinytown, square) -> None:
    texts = pd.Series(["zz11aa", None])
    before = texts.copy()
    resolve(texts, tinytown, square)
    pd.testing.assert_series_equal(texts, before)


TEXTS = st.lists(st.one_of(st.sampled_from(list(EXPECTED)), st.text(max_size=12)), max_size=30)
FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(texts=TEXTS)
def test_every_row_gets_exactly_one_status_whatever_it_holds(tinytown, square, texts: list[str]) -> None:
    found = resolve(pd.Series(texts, dtype=object), tinytown, square)
    assert len(found) == len(texts)
    assert found["status"].isin(set(STATUSES) - {"duplicate", "withheld"}).all()
    for text, status in zip(texts, found["status"], strict=True):
        assert text not in EXPECTED or status == EXPECTED[text][0]


@FEW
@given(texts=TEXTS, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(tinytown, square, texts: list[str], seed) -> None:
    shuffled = list(range(len(texts)))
    seed.shuffle(shuffled)
    rows = pd.Series(texts, dtype=object)
    found = resolve(rows, tinytown, square)
    pd.testing.assert_frame_equal(resolve(rows.loc[shuffled], tinytown, square).sort_index(), found)
