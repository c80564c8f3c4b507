"""Forgetting a report takes the cards and the plans of a count with it that were made from it."""

from datetime import date, datetime, timedelta

import pytest

from geo.review.forgettable import ByPeriod, ByReference, BySource
from geo.review.forgetting import forget, would_forget
from geo.review.retention import count_older_walks, older_than_the_limits
from geo.review.signing import Signer
from geo.review.walks.agencies import save_agencies
from geo.review.walks.cards import read_cards
from geo.review.walks.rota import coming_quarter, quarter_span, rota_of
from geo.review.walks.rota_kept import keep_rota, read_rotas, rotas_kept
from geo.review.walks.snapshot_kept import keep_row, read_rows
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.rota.agencies import make_agency
from tests.geo.review.walks import walk_records
from tests.geo.review.walks.walk_report_files import listing, take

MADE = datetime(2025, 5, 8, 12, tzinfo=LONDON)
NOW = datetime(2025, 6, 2, 12, tzinfo=LONDON)
TODAY = NOW.date()
AT = {"Easting": str(walk_records.PLACES[2][0]), "Northing": str(walk_records.PLACES[2][1])}
SQUARE = walk_records.SQUARES[2].encode()


def _by(council, moment):
    return Workspace.open(council.root, signer=Signer("JS", lambda: moment))


def _report(council, *, days_before):
    seen = f"{MADE - timedelta(days=days_before):%d/%m/%Y}"
    take(council, {**AT, "Alert ID": "SL-1", "Date seen": seen, "Date received": seen + " 23:00"}, now=NOW)


def _settle(council):
    save_agencies(council, (make_agency("Outreach", powers="support, enforcement", people=2),))
    rota = rota_of(council, quarter_span(coming_quarter(council, today=TODAY)), today=TODAY)
    return keep_rota(council, rota, who="JS", why="", today=TODAY)


def _raw(council):
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


@pytest.fixture
def carded(council):
    """A card that stops at a report's square, a plan of a count that holds it, and one that does not."""
    signed = _by(council, MADE)
    _report(council, days_before=5)
    walk_records.card(signed)
    for night, square in ((date(2025, 11, 12), walk_records.SQUARES[2]), (date(2025, 11, 13), "TA405205")):
        content = {"patches": [], "estimated": [{"square": square}], "left_out": []}
        keep_row(signed, night, "plan", content, who="JS", told="plan")
    return council


@pytest.mark.parametrize("by", ["reference", "source"])
def test_cards_and_plans_that_hold_the_square_of_a_forgotten_report_go_with_it(carded, by) -> None:
    asked = ByReference("SL-1", carded.key()) if by == "reference" else BySource("StreetLink")
    assert SQUARE in _raw(carded)
    assert would_forget(carded, asked).cards == 2
    done = forget(carded, asked, today=TODAY)
    assert (done.walks, done.cards) == (3, 2)
    assert done.told_cards == ["Of the rows of walkabouts, walk cards and plans of a count: 2."]
    assert read_cards(carded) == ()
    assert [row[0] for row in read_rows(carded, "plan")] == [2]
    assert SQUARE not in _raw(carded)


def test_a_card_made_before_the_report_came_in_was_not_made_from_it_and_stays(council) -> None:
    walk_records.card(_by(council, MADE))
    _report(council, days_before=-5)
    done = forget(council, BySource("StreetLink"), today=TODAY)
    assert (done.walks, done.cards) == (1, 0)
    assert len(read_cards(council)) == 1


def test_a_card_of_no_known_moment_may_have_been_made_from_it_and_goes(council) -> None:
    walk_records.card(_by(council, MADE))
    with council.store.writing() as connection:
        connection.execute("DROP TRIGGER walk_cards_are_not_changed")
        connection.execute("UPDATE walk_cards SET at = ''")
    _report(council, days_before=-5)
    assert forget(council, BySource("StreetLink"), today=TODAY).cards == 1


def test_rotas_go_by_their_age_and_with_their_year_and_no_number_is_given_twice(council) -> None:
    last = _settle(council).rota.last
    later = date(last.year + 3, last.month, 1)
    assert count_older_walks(council, today=later) == 1
    assert forget(council, older_than_the_limits(council, today=later), today=later).walks == 1
    assert read_rotas(council) == ()
    assert _settle(council).number == rotas_kept(council) == 2
    assert forget(council, ByPeriod("2025-26", 4), today=TODAY).walks == 1
    assert read_rotas(council) == ()
    assert rotas_kept(council) == 2


def test_a_rota_that_names_a_place_listed_since_goes(council) -> None:
    _settle(council)
    with council.store.writing() as connection:
        connection.execute("DROP TRIGGER rotas_are_not_changed")
        connection.execute("UPDATE rotas SET why = 'they moved to ZZ7 7ZZ'")
    assert read_rotas(listing(council, "ZZ7 7ZX, 643000, 423000")) != ()
    assert read_rotas(listing(council, "ZZ7 7ZZ, 641000, 421000")) == ()
