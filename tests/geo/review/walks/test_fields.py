"""No short text of the walkabouts tells whether a postcode is on the list of safe places, and asking leaves a trace."""

import shutil

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.safe_keeping import SafePlace, add_places, read_places
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.walks.agencies import set_agency
from geo.review.walks.cards import keep_card
from geo.review.walks.ends import find_end
from geo.review.walks.fields import NOT_USED, holds_postcode
from geo.review.walks.planning import plan_from
from geo.review.walks.reports import record_report, withdraw_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.snapshot import NightWish, plan_night
from geo.review.walks.snapshot_kept import require_who
from geo.review.walks.visits import withdraw_visit, withdraw_walk
from geo.review.walks.wish import Search, WalkWish
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import make_agency
from tests.geo.review.walks.walk_records import plan, record, visit
from tests.tinytown.council import make_council
from tests.tinytown.snapshot_nights import NIGHT
from tests.tinytown.snapshot_nights import NOW as BEFORE_NIGHT
from tests.tinytown.walk_town import BEGINS, NOW, START, lay_streets, spot, square

LISTED, FREE = "ZZ1 1AA", "ZZ1 2AA"


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("fields") / "w")
    lay_streets(council)
    record(council, visit(point=spot(4, 4)))
    officer = Workspace.open(council.root, signer=Signer("JS", lambda: NOW))
    name_officers(officer, ("JS", "KT"))
    x, y = spot(9, 9)
    add_places(officer, [*read_places(LISTED), SafePlace("ZZ99ZZ", (x + 30, y - 40))])
    return council.root


@pytest.fixture
def town(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "w"), signer=Signer("JS", lambda: NOW))


def _card(town, **facts):
    said = {"recipient": "Police", "purpose": "Walk", "who": "JS", **facts}
    keep_card(town, plan(), today=plan().begins.date(), **said)


def _report(town, who):
    made = MadeReport(NOW, NOW, "StreetLink", GivenPlace(spot(3, 3)))
    record_report(town, made, who=who, now=NOW)


def _night(town, partner):
    plan_night(town, NightWish(NIGHT, partner=partner, add=(square(8, 8),)), now=BEFORE_NIGHT)


FIELDS = {
    "agency": lambda town, text: set_agency(town, make_agency(text, powers="support")),
    "recipient": lambda town, text: _card(town, recipient=text),
    "purpose": lambda town, text: _card(town, purpose=text),
    "who of a card": lambda town, text: _card(town, who=text),
    "who of a report": _report,
    "who of a walk": lambda town, text: record(town, visit("20:50"), who=text),
    "agency of a walk": lambda town, text: record(town, visit("20:50"), agencies=("Police", text)),
    "who withdraws": lambda town, text: withdraw_walk(town, 1, who=text),
    "who of a night": require_who,
    "partner of a night": _night,
}


@pytest.mark.parametrize("ask", FIELDS.values(), ids=FIELDS)
def test_a_postcode_is_refused_in_the_same_words_whether_it_is_listed_or_not(town, ask) -> None:
    told = set()
    for code in (LISTED, FREE, "zz1-2aa", "AB10 1XG"):
        with pytest.raises(BadInputError) as refused:
            ask(town, f"Team at {code}")
        told.add(str(refused.value))
    assert len(told) == 1
    assert "written without a postcode" in told.pop()
    with town.store.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM walk_agencies").fetchone() == (0,)


@pytest.mark.parametrize(
    "withdraw", [withdraw_report, withdraw_walk, withdraw_visit], ids=["a report", "a walk", "a visit"]
)
def test_a_number_that_is_not_there_is_told_before_a_name_is_looked_at(town, withdraw) -> None:
    for who in ("JS", LISTED, FREE, ""):
        with pytest.raises(BadInputError, match=r"There is no (report|walk|visit) 99999"):
            withdraw(town, 99999, who=who)


def test_words_that_only_look_a_little_like_postcodes_are_no_postcodes() -> None:
    said = ("Give to our team", "for one walk on the 2nd", "Who our partners are", "A339, 20:30", "Team 2, first round")
    assert [text for text in said if holds_postcode(text)] == []
    assert all(map(holds_postcode, ("SP10 1DP", "sp101dp", "SP1O\u200b 1DP", "S01 1DP", "SOIO-ODP")))


def _lines(town):
    return [(line.what, line.who) for line in read_audit(town.store) if line.detail == NOT_USED]


def test_each_place_that_was_asked_for_and_could_not_be_used_is_a_signed_line_of_the_log(town) -> None:
    start = find_end(town, START)
    wish = {"begins": BEGINS, "start": start, "end": start, "minutes": 240, "reports": "none"}
    told = []
    for asked in (square(9, 9), square(38, 38)):  # a safe place, and one far from any street
        with pytest.raises(BadInputError) as refused:
            plan_from(town, WalkWish(**wish, must=(asked,)), now=NOW, search=Search(3, 0.5))
        told.append(str(refused.value).replace(asked, "it"))
    assert told[0] == told[1]
    assert _lines(town) == [("walk", "JS")] * 2
    for code in (LISTED, "AB10 1XG"):
        with pytest.raises(BadInputError):
            find_end(town, code)
    assert len(_lines(town)) == 4
    for asked in (square(9, 9), square(38, 38)):
        with pytest.raises(BadInputError, match="cannot be added"):
            plan_night(town, NightWish(NIGHT, add=(asked,)), now=BEFORE_NIGHT)
    assert _lines(town)[4:] == [("snapshot", "JS")] * 2
    whole = " ".join(line.detail for line in read_audit(town.store))
    assert not any(text in whole for text in (square(9, 9), LISTED, "ZZ11AA"))
