"""`planner walkabouts` as it is typed: walks recorded, listed, taken in, taken back, and a quarter told from them."""

import json
import shutil

import pytest

from geo.review.walks.cards import card_numbered
from geo.review.walks.reading import visits_standing, walks_standing
from geo.review.workspace import Workspace
from tests.commands.typed import planner
from tests.geo.review.walks.walk_records import SQUARES, at, card
from tests.tinytown.council import make_council

HEAD = ("--begins", "09/05/2025 20:30", "--ends", "22:00", "--people", "3", "--agency", "Police", "--who", "JS")


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("walked") / "Tinytown")
    card(council)
    return council.root


@pytest.fixture
def council(walked, tmp_path):
    return Workspace.open(shutil.copytree(walked, tmp_path / "w"))


def _walkabouts(council, *words, code=0):
    return planner("walkabouts", *words, "--workspace", council.root, code=code)


def _json(council, *words):
    return json.loads(_walkabouts(council, *words, "--json"))


def test_a_walk_is_typed_stop_by_stop_and_listed_with_its_zero_finds(council) -> None:
    stops = ("--stop", "1 found 20:40-20:48 bedded=2 about=1 offered=2 refused=1", "--stop", "2 Nobody 21:00-21:05")
    places = ("--place", "ZZ1 2AA; not accessible 21.20 to 21.21", "--place", f"{SQUARES[1]} nobody 21:30-21:31")
    said = _walkabouts(council, "record", *HEAD, "--card", "1", *stops, *places)
    assert "Recorded as number 1. 2025-05-09 20:30 to 22:00, 3 people, Police, walk card 1: visits 4," in said
    assert "people found 3, visits that found nobody 2, not accessible 1." in said
    assert "Stops of the card without a record: 3." in said
    listed = _walkabouts(council, "visits")
    assert (
        f"Bell Street (TB {SQUARES[1][2:5]} {SQUARES[1][5:]}): 2 bedded down, 1 about to bed down; offers 2 made: 1"
        in listed
    )
    assert listed.count(": nobody") == 2
    document = _json(council, "visits")
    assert [one["outcome"] for one in document["walks"][0]["visits"]] == ["found", "nobody", "not accessible", "nobody"]
    assert "ZZ1" not in json.dumps(document)


def test_a_walk_past_midnight_is_corrected_and_withdrawn(council) -> None:
    late = ("--begins", "09/05/2025 23:30", "--ends", "00:45", "--people", "2", "--agency", "Police", "--who", "JS")
    _walkabouts(council, "record", *late, "--place", f"{SQUARES[1]} nobody 00:10-00:20")
    assert visits_standing(council)[0].arrived == at("00:10", "2025-05-10")
    _walkabouts(council, "record", *late, "--place", f"{SQUARES[2]} nobody 00:10-00:20", "--supersedes", "1")
    assert [one.square for one in visits_standing(council)] == [SQUARES[2]]
    assert "Withdrawn: walk 2, with its visits." in _walkabouts(council, "withdraw-walk", "2", "--who", "KL")
    assert "No walk has been recorded yet." in _walkabouts(council, "visits")
    assert "Withdraws number 2." in _walkabouts(council, "visits", "--all")


def test_a_visit_outside_any_walk_answers_a_report_and_is_withdrawn(council) -> None:
    made = _json(council, "visit", f"{SQUARES[1]} found 15:00-15:10 bedded=1", "--day", "20/05/2025", "--who", "JS")
    assert (made["walk"], made["purpose"], made["bedded_down"]) == (0, "report", 1)
    assert "Outside any walk, visit 1: 2025-05-20 15:00" in _walkabouts(council, "visits")
    assert "Withdrawn: visit 1." in _walkabouts(council, "withdraw-visit", "1", "--who", "KL")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("record", *HEAD, "--stop", "two found 20:40"), "A visit cannot be read: A stop of the card, as"),
        (("record", *HEAD, "--stop", "x found 20:40-20:45"), "--stop begins with a stop's number"),
        (("record", *HEAD, "--place", "SU364455 nobody 20:40-20:45"), "outside the district"),
        (("record", *HEAD, "--stop", "1 found 20:40-20:45 tents=2", "--card", "1"), "'tents' is no count"),
        (("record", *HEAD, "--stop", "1 found 20:40-25:45", "--card", "1"), "'25:45' is no time"),
        (("record", "--begins", "Friday", *HEAD[2:]), "--begins cannot be read"),
        (("record", *HEAD[:3], "late", *HEAD[4:]), "--ends cannot be read"),
        (("record", *HEAD), "It has no visit"),
        (("visit", "Bell Street nobody 15:00-15:10", "--day", "x", "--who", "JS"), "--day is no day"),
        (
            ("visit", "Bell Street, Orrick nobody 15:00-15:10", "--day", "20/05/2025", "--who", "JS"),
            "no streets to find",
        ),
        (("withdraw-walk", "9", "--who", "KL"), "There is no walk 9"),
        (("form", "9", "--out", "x.html"), "There is no walk card 9"),
        (("form", "1", "--out", "x.txt"), "expected an .html file"),
        (("form", "1", "--out", "x.html"), "could be used until 12 May 2025"),
        (("visits", "--out", "x.txt"), "expected a .csv file"),
        (("quarter", "spring"), "is no quarter"),
    ],
)
def test_what_cannot_be_right_ends_with_a_sentence(walked, words, said) -> None:
    council = Workspace.open(walked)
    assert said in _walkabouts(council, *words, code=2)
    assert walks_standing(council) == ()


def test_the_form_is_written_and_its_file_taken_in_once(council, tmp_path) -> None:
    out = tmp_path / "form.html"
    ask = ("form", "1", "--out", out, "--after-expiry", "--agency")
    assert "'Night team' is no agency on the list" in _walkabouts(council, *ask, "Night team", code=2)
    said = _walkabouts(council, *ask, "Police")
    assert "for Tinytown Police <night team>, to be used until 2025-05-12" in said
    assert '"agencies": ["Police"]' in out.read_text(encoding="utf-8")
    file = tmp_path / "walk-1.json"
    row = {"arrived": "2025-05-09T20:40+01:00", "left": "2025-05-09T20:48+01:00", "outcome": "nobody"}
    stop = {"stop": 1, **row, **dict.fromkeys(("bedded_down", "about_to", "offered", "accepted", "refused"), 0)}
    walk = {"begins": "2025-05-09T20:30+01:00", "ends": "2025-05-09T22:00+01:00", "people": 2, "agencies": ["Police"]}
    head = {"format": "planner-walk", "version": 1, "card": 1, "digest": card_numbered(council, 1).digest}
    file.write_text(json.dumps({**head, "walk": "ab" * 16, **walk, "stops": [stop], "others": []}))
    take = ("take-in", file, "--who", "JS")
    tried = _walkabouts(council, *take, "--dry-run")
    assert "Visits that would be recorded: 1." in tried
    assert "It would answer no open report." in tried
    assert _json(council, *take)["new"]
    assert "taken in before, as number 1; nothing was changed" in _walkabouts(council, *take)
    whole = file.read_text()
    file.write_text(whole.replace("2025-05-09", "2025-05-02").replace("ab" * 16, "cd" * 16))
    assert "The walk is dated 2025-05-02, and walk card 1 is for 2025-05-09" in _walkabouts(council, *take, code=2)
    assert _json(council, *take, "--checked")["new"]
    file.write_text(whole.replace("20:48", "20:47"))
    assert "--replace" in _walkabouts(council, *take, code=2)
    assert _json(council, *take, "--replace")["supersedes"] == 1


def test_a_file_of_visits_goes_out_and_comes_back_and_fills_the_quarter(council, tmp_path) -> None:
    assert "not known" in _walkabouts(council, "quarter", "2025-26 Q1")
    _walkabouts(council, "record", *HEAD, "--card", "1", "--stop", "1 found 20:40-20:48 bedded=1 offered=1 accepted=1")
    out = tmp_path / "visits.csv"
    assert "Written to visits.csv." in _walkabouts(council, "visits", "--out", out)
    plan = _json(council, "import-visits", out, "--who", "KL", "--dry-run")
    assert (plan["walks"], plan["on_record"], plan["faults"]) == (0, 1, [])
    more = (
        out.read_text(encoding="utf-8-sig")
        .replace("2025-05-09", "2025-05-16")
        .replace("found,1,0,1,1", "nobody,0,0,0,0")
    )
    out.write_text(more, encoding="utf-8")
    said = _walkabouts(council, "import-visits", out, "--who", "KL")
    assert "Recorded: 1 walk with 1 visit; visits that found nobody 1." in said
    told = _json(council, "quarter", "2025-26 Q1")["from_records"]
    assert told == {"found": 1, "offers": 1, "accepted": 1, "refused": 0, "walkabouts": 2}
    filled = _json(council, "quarter", "2025-26 Q1", "--fill", "--who", "JS")
    assert (filled["figures"]["found"], filled["figures"]["reported"], filled["kept"]) == (1, None, [])
    assert "Say who gives the figures" in _walkabouts(council, "quarter", "2025-26 Q1", "--fill", code=2)
    assert _walkabouts(council, "visits", "--template", "--out", tmp_path / "empty.xlsx")
    assert (tmp_path / "empty.xlsx").read_bytes().startswith(b"PK")
