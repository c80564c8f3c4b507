"""Partners' availability and settled programmes, as a workspace keeps them."""

import sqlite3
from datetime import date

import pytest

from geo.errors import BadInputError
from geo.hubs.programme import content_of, make_partner, plan_year, sheet_of
from geo.review.audit import read_audit
from geo.review.partners import read_partners, remove_partner, save_partners, set_partner
from geo.review.programmes_kept import (
    calendar_id,
    hubs_dropped,
    keep_programme,
    programme_kept,
    read_programmes,
    told_state,
    version_of,
)
from geo.review.store_tables import VERSION
from tests.geo.hubs.programme.years import TODAY, YEAR, inputs, options
from tests.geo.review.older import back_to_version_2

LATER = date(2026, 4, 20)


@pytest.fixture(scope="module")
def sheets():
    return [
        sheet_of(plan_year(inputs(), year=YEAR, options=options(hubs_a_quarter=hubs), today=TODAY)) for hubs in (1, 2)
    ]


def test_a_partner_is_kept_read_back_replaced_and_removed(council):
    nurses = make_partner(
        "Nurses", weekdays="Tue", weeks="first, last", begin="09:30", end="13:00", away="2026-08-01..2026-08-31"
    )
    set_partner(council, nurses)
    set_partner(council, make_partner("CAB", weekdays="Mon, Fri"))
    assert read_partners(council)[1] == nurses
    set_partner(council, make_partner("nurses", weekdays="Wed"))
    assert [one.name for one in read_partners(council)] == ["CAB", "nurses"]
    remove_partner(council, "  NURSES ")
    assert [one.name for one in read_partners(council)] == ["CAB"]
    assert [line.detail for line in read_audit(council.store) if line.what == "partners"][-1] == "partners 1"


def test_a_change_of_partners_makes_no_count_stale(council):
    before = council.fingerprint()
    set_partner(council, make_partner("CAB", weekdays="Mon"))
    assert council.fingerprint() == before


def test_partners_that_cannot_be_kept_are_refused_and_the_list_stays(council):
    set_partner(council, make_partner("CAB", weekdays="Mon"))
    twins = [make_partner("A", weekdays="Mon"), make_partner("a", weekdays="Tue")]
    with pytest.raises(BadInputError, match="same name"):
        save_partners(council, twins)
    with pytest.raises(BadInputError, match="there is: 'CAB'"):
        remove_partner(council, "Nobody")
    with pytest.raises(BadInputError, match="At most 60"):
        save_partners(council, [make_partner(f"P{number}", weekdays="Mon") for number in range(61)])
    assert [one.name for one in read_partners(council)] == ["CAB"]


def test_a_settled_programme_is_read_back_as_it_was(council, sheets):
    kept = keep_programme(council, sheets[0], who="JS", why="", today=TODAY)
    assert content_of(programme_kept(council, YEAR).sheet) == content_of(sheets[0])
    assert (kept.number, kept.version, len(kept.digest)) == (1, 1, 64)
    assert told_state(kept).startswith("Settled on 31 March 2026 by JS (digest ")
    assert [line.what for line in read_audit(council.store)][-1] == "programme"


def test_a_later_programme_supersedes_the_first_with_a_reason_and_both_stay(council, sheets):
    keep_programme(council, sheets[1], who="JS", why="", today=TODAY)
    with pytest.raises(BadInputError, match=r"was settled on 31 March 2026 by JS\. To supersede it, say why"):
        keep_programme(council, sheets[0], who="KL", why=" ", today=LATER)
    keep_programme(council, sheets[0], who="KL", why="the hall flooded", today=LATER)
    assert [kept.version for kept in read_programmes(council)] == [1, 2]
    assert programme_kept(council, YEAR).who == "KL"
    assert version_of(council, sheets[0]) == 2
    assert [row["number"] for row in hubs_dropped(council, sheets[0])] == [5, 6, 7, 8]
    assert hubs_dropped(council, sheets[1]) == []


def test_nobody_settles_a_programme_without_a_name(council, sheets):
    with pytest.raises(BadInputError, match="Say who settled"):
        keep_programme(council, sheets[0], who=" ", why="", today=TODAY)
    assert read_programmes(council) == ()
    assert programme_kept(council, "2030-31") is None


def test_a_settled_programme_cannot_be_changed_or_removed(council, sheets):
    keep_programme(council, sheets[0], who="JS", why="", today=TODAY)
    database = sqlite3.connect(council.store.path)
    for statement in ("UPDATE programmes SET who = 'XX'", "DELETE FROM programmes"):
        with pytest.raises(sqlite3.IntegrityError, match="a programme is never"):
            database.execute(statement)
    database.execute("DROP TRIGGER programmes_are_not_changed")
    database.execute("UPDATE programmes SET content = replace(content, 'Hall A', 'Hall Z')")
    database.commit()
    database.close()
    with pytest.raises(BadInputError, match="was changed after it was kept"):
        read_programmes(council)


def test_a_calendar_keeps_its_name_and_no_two_councils_share_one(council, filled):
    assert calendar_id(council) == calendar_id(council)
    assert len(calendar_id(council)) == 16
    assert calendar_id(council) == calendar_id(filled)  # a copy of the same workspace


def test_a_workspace_of_version_2_gets_its_tables_of_partners_and_programmes(council, sheets):
    back_to_version_2(council.store.path)
    set_partner(council, make_partner("CAB", weekdays="Mon"))
    keep_programme(council, sheets[0], who="JS", why="", today=TODAY)
    database = sqlite3.connect(council.store.path)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    database.close()
