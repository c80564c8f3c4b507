"""Hostile files of counts: each ends in one sentence, soon, says nothing of its content, and leaves nothing behind."""

import json

import pytest

from geo.errors import BadInputError
from geo.review.counts_kept import check_counts, read_counts
from geo.review.counts_reading import MAX_BYTES, read_counts_file
from tests.geo.review.counting import FEED, changed, sent
from tests.tinytown.council import TODAY, make_council

PRIVATE = "ZZ1 1AA Gwen"


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("counts") / "w")


@pytest.fixture(scope="module")
def suppressed(council):
    return sent(council)


@pytest.fixture(scope="module")
def exact(council):
    return sent(council, agreement="DSA 12")


NO_FILE = {
    "empty": b"",
    "no text": b"\xff\xfe\x00{",
    "a list": b"[]",
    "a table": b"date,postcode\n14/05/2024,ZZ1 1AA\n",
    "other JSON": json.dumps({"format": PRIVATE}).encode(),
    "very deep": b'{"a":' * 100_000,
    "a huge number": b'{"format": ' + b"9" * 10_000 + b"}",
    "not a number": b'{"format": NaN}',
    "a name twice": b'{"format": "hotspot-planner counts", "format": "x"}',
    "too large": b" " * (MAX_BYTES + 1),
    "a zip": b"PK\x03\x04" + b"\x00" * 100,
}


@pytest.mark.parametrize("name", NO_FILE)
def test_what_is_no_file_of_counts_is_a_sentence(council, name):
    with pytest.raises(BadInputError, match="file") as caught:
        check_counts(council, NO_FILE[name], source=FEED, today=TODAY)
    assert "Gwen" not in str(caught.value)
    assert read_counts(council) == ()


def test_a_single_changed_number_does_not_fit_the_digest(suppressed):
    def more(whole):
        whole["tables"][0]["areas"]["W1"] += 5

    with pytest.raises(BadInputError, match="changed after it was made"):
        read_counts_file(changed(suppressed, more, sealed=False))


def _first(key, value):
    def change(whole):
        whole["tables"][0][key] = value

    return change


def _whole(key, value):
    def change(whole):
        whole[key] = value

    return change


def _area(code, value):
    def change(whole):
        whole["tables"][0]["areas"][code] = value

    return change


def _giving_away(*, total):
    """Show all areas but one, and a total that leaves the hidden one at most 4, or at least 9."""

    def change(whole):
        whole["tables"][0] |= {"areas": {"W1": 20, "W2": 15 if total == 50 else 10, "": "c"}, "total": total}

    return change


FORGED = {
    "an exact count called suppressed": _area("W2", 3),
    "a total that leaves nothing to hide": _giving_away(total=30),
    "a total that leaves at least two to hide": _giving_away(total=50),
    "areas that are more than all": _first("total", 10),
    "reasons before everybody": lambda whole: whole["tables"].reverse(),
    "a count off the rounding": _area("W2", 13),
    "a looser rule": lambda whole: whole["rule"].update(threshold=1),
    "no rule": _whole("rule", {}),
    "rules of words": _whole("rule", PRIVATE),
    "a count below nought": _area("W2", -5),
    "a true count": _area("W2", value=True),
    "a count in words": _area("W2", PRIVATE),
    "a broken count": _area("W2", 1.5),
    "an endless count": _area("W2", 10**9),
    "a postcode for a code": _area("<b>ZZ1 1AA</b>", 10),
    "a formula for a code": _area("=1+1", 10),
    "a map by postcode": _first("by", "postcode"),
    "a finer hexagon": _first("by", "h3_9"),
    "free text for a reason": _first("reason", PRIVATE),
    "abuse by ward": _first("reason", "domestic abuse"),
    "no period": _first("period", PRIVATE),
    "a period of no calendar": _first("period", "0000-01 Q1"),
    "no areas": _first("areas", {}),
    "areas in a list": _first("areas", [1]),
    "a column more": _first("names", [PRIVATE]),
    "a part more": _whole("clients", [PRIVATE]),
    "no tables": _whole("tables", []),
    "tables of words": _whole("tables", [PRIVATE]),
    "the same table twice": lambda whole: whole["tables"].append(whole["tables"][0]),
    "a sender with a line break": _whole("feed", f"Food\nbank {PRIVATE}"),
    "an endless sender": _whole("feed", "x" * 5_000),
    "a day that is none": _whole("made", PRIVATE),
    "exact by word alone": _whole("exact", value=True),
    "an agreement without exactness": _whole("agreement", PRIVATE),
    "an unknown unit": _whole("unit", PRIVATE),
    "a month that is none": _whole("first_month", 13),
    "another version": _whole("version", 2),
    "exact numbers beside": _whole("not_placed", {"2024-25": {"missing": 3}}),
    "why in words": _whole("not_placed", {"2024-25": {PRIVATE: 3}}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_with_a_digest_that_fits_is_refused_in_one_calm_sentence(council, suppressed, name):
    with pytest.raises(BadInputError) as caught:
        check_counts(council, changed(suppressed, FORGED[name]), source=FEED, today=TODAY)
    said = str(caught.value)
    assert "Gwen" not in said
    assert "<b>" not in said
    assert len(said) < 400
    assert "\n" not in said
    assert read_counts(council) == ()


def test_exact_areas_that_do_not_add_up_are_refused(exact):
    with pytest.raises(BadInputError, match="do not add up"):
        read_counts_file(changed(exact, _first("total", 999)))


def test_exact_reasons_that_are_more_than_everybody_are_refused(exact):
    def more(whole):
        whole["tables"][1]["areas"]["W1"] += 5
        whole["tables"][1]["total"] += 5

    with pytest.raises(BadInputError, match="its reasons are more than everybody"):
        read_counts_file(changed(exact, more))


def test_exact_counts_that_hide_their_agreement_are_refused(exact):
    with pytest.raises(BadInputError, match="name their agreement"):
        read_counts_file(changed(exact, _whole("agreement", "")))


def test_a_future_day_is_refused(council, suppressed):
    with pytest.raises(BadInputError, match="not over yet"):
        check_counts(council, changed(suppressed, _whole("made", "2099-01-01")), source=FEED, today=TODAY)
