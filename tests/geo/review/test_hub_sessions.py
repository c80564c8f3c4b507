"""Hubs that were held: recorded once, corrected by later rows, withdrawn with a mark, and never changed."""

import sqlite3

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.hub_sessions import hubs_held, hubs_of_year, read_sessions, withdraw_hub
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_officers import name_officers
from tests.geo.review.hubs_held import record
from tests.geo.review.registers import CHURCH, HALL, id_of, load, rows, signed


@pytest.fixture
def council(council):
    load(council)
    return signed(council)


def test_a_hub_is_read_back_as_it_was_recorded(council) -> None:
    made = record(council, agencies=("Citizens  Advice", "Food bank", "Food bank"))
    assert (made.number, made.place, made.site) == (1, HALL, id_of(council, HALL))
    assert (made.people, made.reasons, made.agencies) == (
        5,
        {"private": 3, "family": 2},
        ("Citizens Advice", "Food bank"),
    )
    assert read_sessions(council) == hubs_held(council) == (made,)
    line = read_audit(council.store)[-1]
    assert (line.what, line.detail, line.who) == ("hub held", "recorded: number 1", "jo")


def test_a_site_may_be_named_by_its_id_and_is_in_the_register_from_then_on(council) -> None:
    record(council, site=id_of(council, CHURCH))
    assert rows(council).loc[CHURCH, "entered"]


def test_a_correction_supersedes_and_both_stay(council) -> None:
    record(council)
    record(council, people=6, reasons={"private": 6}, supersedes=1)
    first, second = read_sessions(council)
    assert (first.superseded_by, first.stands, second.supersedes, second.stands) == (2, False, 1, True)
    assert [one.people for one in hubs_held(council)] == [6]
    with pytest.raises(BadInputError, match="Hub 1 does not stand any more: it is put right by number 2"):
        record(council, supersedes=1)


def test_a_withdrawn_hub_counts_no_more_and_may_be_recorded_anew(council) -> None:
    record(council)
    gone = withdraw_hub(council, 1, who="KL")
    assert (gone.withdrawn, gone.supersedes, gone.who, hubs_held(council)) == (True, 1, "KL", ())
    with pytest.raises(BadInputError, match="itself a withdrawal"):
        withdraw_hub(council, 2, who="KL")
    assert record(council).number == 3
    assert [one.number for one in hubs_held(council)] == [3]


def test_the_same_day_and_site_is_the_same_hub(council) -> None:
    record(council)
    with pytest.raises(BadInputError, match=f"at {HALL} is recorded already, as number 1"):
        record(council, people=9, reasons={"other": 9})
    record(council, site=CHURCH)
    record(council, "2024-05-15")
    assert len(hubs_held(council)) == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2025-06-02"}, "The day is in the future"),
        ({"day": "1924-05-14"}, "before 2000"),
        ({"people": 7}, "add up to 5 and 7 people were seen"),
        ({"people": -1, "reasons": {}}, "counted from 0"),
        ({"reasons": {"divorce": 5}}, "none of the list"),
        ({"site": "Harbor Hal"}, f"no such site. The nearest names are: {HALL}"),
        ({"site": "Zzzz"}, "no such site. Enter it"),
        ({"who": " "}, "who records it"),
        ({"agencies": ("jo@example.org",)}, "names of agencies only"),
        ({"agencies": ("A" * 61,)}, "60 letters"),
    ],
)
def test_what_cannot_be_right_is_refused_in_a_sentence_and_nothing_is_kept(council, given, said) -> None:
    with pytest.raises(BadInputError, match=said) as refused:
        record(council, **given)
    assert str(refused.value).endswith("Nothing was kept.")
    assert read_sessions(council) == ()


def test_a_hub_of_a_year_without_a_record_of_a_client_is_fine(council) -> None:
    record(council, "2012-01-20")
    assert [one.number for one in hubs_of_year(council, "2011-12")] == [1]
    assert hubs_of_year(council, "2024-25") == ()


def test_a_refuge_is_refused_in_the_words_of_every_list_and_so_is_every_postcode(council) -> None:
    for given in ({"agencies": ("Safe house team",)}, {"who": "refuge"}, {"agencies": ("The barn, ZZ1 1AB",)}):
        with pytest.raises(BadInputError, match="no usable place, or not for publication"):
            record(council, **given)


def test_a_listed_place_is_no_site_in_the_very_words_of_one_that_nobody_knows(council) -> None:
    name_officers(council, ["jo"])
    add_places(council, read_places("ZZ1 2AB"))
    said = []
    for site in ("ZZ1 2AB", "ZZ7 7QX", "Women's Refuge", "Qqqq"):
        with pytest.raises(BadInputError) as refused:
            record(council, site=site)
        said.append(str(refused.value))
    assert set(said) == {
        "The register has no such site. Enter it on the Sites page first, or give another name. Nothing was kept."
    }


def test_a_hub_at_a_place_that_is_listed_later_is_gone_without_a_trace(council) -> None:
    record(council, site=CHURCH)
    record(council)
    record(council, people=4, reasons={"other": 4}, supersedes=2)
    record(council, "2024-11-01", site=CHURCH)
    record(council, "2024-11-02", site=CHURCH, supersedes=4)
    name_officers(council, ["jo"])
    add_places(council, read_places("ZZ1 1AA"))  # where the hall stands
    left = read_sessions(council)
    assert [(one.number, one.place, one.supersedes) for one in left] == [(1, CHURCH, 0), (2, CHURCH, 0), (3, CHURCH, 2)]
    assert HALL.encode() not in council.store.path.read_bytes()


def test_rows_of_hubs_are_never_changed_or_removed(council) -> None:
    record(council)
    database = sqlite3.connect(council.store.path)
    for statement in ("UPDATE hub_sessions SET people = 50", "DELETE FROM hub_sessions"):
        with pytest.raises(sqlite3.IntegrityError, match="a hub that was held is never"):
            database.execute(statement)
    database.close()


def test_nobody_withdraws_a_hub_without_a_name_or_one_that_is_not_there(council) -> None:
    record(council)
    with pytest.raises(BadInputError, match="Say who withdraws it"):
        withdraw_hub(council, 1, who="")
    with pytest.raises(BadInputError, match="There is no hub 7"):
        withdraw_hub(council, 7, who="JS")
    assert len(read_sessions(council)) == 1
