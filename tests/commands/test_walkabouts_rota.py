"""`planner walkabouts agency`, `agencies`, `remove-agency` and `rota`."""

import csv
import json
import shutil
from datetime import UTC, date, datetime

import icalendar
import openpyxl
import pytest

from geo.review.workspace import Workspace
from tests.commands.typed import planner
from tests.tinytown.council import make_council

TODAY = date(2026, 4, 3)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("template") / "w", with_wards=False)
    for words in (
        ("Outreach team", "--powers", "support", "--people", 2),
        ("Police", "--powers", "enforcement", "--weekdays", "Tue, Fri", "--away", "2026-08-01..2026-08-31"),
        ("Wardens", "--powers", "enforcing", "--bands", "day, early morning"),
    ):
        planner("walkabouts", "agency", *words, "--workspace", council.root)
    return council.root


@pytest.fixture
def ask(template, tmp_path, monkeypatch):
    monkeypatch.setattr("commands.walkabouts_rota.today", lambda: TODAY)
    monkeypatch.setattr("commands.walkabouts_rota.now", lambda: datetime(2026, 4, 3, 12, tzinfo=UTC))
    council = Workspace.open(shutil.copytree(template, tmp_path / "w"))

    def asked(*words, code=0):
        return planner("walkabouts", *words, "--workspace", council.root, code=code)

    return asked


def test_agencies_are_listed_replaced_and_removed(ask) -> None:
    assert "Police: enforcement, 1 person; Tue, Fri; any band; not 1 August 2026 to 31 August 2026." in ask("agencies")
    ask("agency", "police", "--powers", "support, enforcement", "--people", 3)
    left = json.loads(ask("remove-agency", "POLICE", "--json"))["agencies"]
    assert [one["name"] for one in left] == ["Outreach team", "Wardens"]


def test_the_quarter_of_tomorrow_is_planned_when_none_is_named(ask) -> None:
    said = ask("rota")
    assert "2 walks from 4 April 2026 to 30 June 2026. Every rule is met." in said
    assert "A proposal: not settled yet." in said
    assert ask("rota") == said
    assert ask("rota", "--draw", 1) != said
    assert "walks from 1 July 2026 to 30 September 2026" in ask("rota", "--quarter", "2026-27 Q2")


def test_a_year_is_settled_written_and_shown_again(ask, tmp_path) -> None:
    paths = {kind: tmp_path / f"rota.{kind}" for kind in ("ics", "xlsx", "html", "csv")}
    outs = [word for kind in ("xlsx", "html", "csv") for word in ("--out", paths[kind])]
    made = json.loads(
        ask("rota", "--year", "2026-27", "--settle", "--who", "JS", "--ics", paths["ics"], *outs, "--json")
    )
    assert made["unmet"] == []
    assert made["state"].startswith("Settled on 3 April 2026 by JS (rota 1,")
    events = icalendar.Calendar.from_ical(paths["ics"].read_bytes()).walk("VEVENT")
    assert [str(event["sequence"]) for event in events] == ["1"] * len(made["walks"])
    assert openpyxl.load_workbook(paths["xlsx"])["Rota"].max_row == len(made["walks"]) + 1
    with paths["csv"].open(encoding="utf-8", newline="") as file:
        assert {row["audience"] for row in csv.DictReader(file)} == {"team only"}
    assert "Settled on 3 April 2026 by JS" in paths["html"].read_text(encoding="utf-8")
    again = json.loads(ask("rota", "--year", "2026-27", "--kept", "--json"))
    assert (again["walks"], again["digest"]) == (made["walks"], made["digest"])


def test_superseding_a_quarter_wants_a_reason_and_cancels_in_the_calendar(ask, tmp_path) -> None:
    ask("rota", "--year", "2026-27", "--settle", "--who", "JS")
    words = ("rota", "--quarter", "2026-27 Q3", "--draw", 4, "--settle", "--who", "KL")
    assert "To supersede that, say why" in ask(*words, code=2)
    ask(*words, "--why", "the police moved", "--ics", tmp_path / "q.ics", "--for", "Police, neighbourhood team")
    events = icalendar.Calendar.from_ical((tmp_path / "q.ics").read_bytes()).walk("VEVENT")
    assert "CANCELLED" in {str(event["status"]) for event in events}
    assert all("For: Police, neighbourhood team." in str(event["description"]) for event in events)


def test_what_cannot_be_done_is_told_in_a_sentence(ask, tmp_path) -> None:
    for words, said in (
        (("rota", "--quarter", "2026-27 Q1", "--year", "2026-27"), "a quarter or a year, not both"),
        (("rota", "--quarter", "spring"), "is no quarter"),
        (("rota", "--year", "2024-25"), "a rota plans days after today"),
        (("rota", "--kept"), "was settled yet"),
        (("rota", "--out", tmp_path / "x.pdf"), "ends in none of"),
        (("rota", "--ics", tmp_path / "x.txt"), "does not end in .ics"),
        (("rota", "--settle"), "Say who settled"),
        (("agency", "Mind", "--powers", "arrest"), "the powers cannot be read"),
        (("remove-agency", "Mind"), "no agency of that name"),
    ):
        assert said in ask(*words, code=2)
    assert list(tmp_path.glob("x.*")) == []
