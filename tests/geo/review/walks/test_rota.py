"""Agencies and rotas as a workspace keeps them, and what a rota is made from."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.walks.agencies import read_agencies, remove_agency, save_agencies, set_agency
from geo.review.walks.meeting import meeting_points
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.rota import ask_of, coming_quarter, quarter_span, rota_of, step_up_now, walked, year_span
from geo.review.walks.rota_kept import keep_rota, read_rotas, rotas_kept, walks_dropped, walks_in_force
from geo.review.walks.rota_standing import standing_rota
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.rota.agencies import make_agency
from geo.walkabouts.rota.tables import content_of
from tests.geo.review.walks.walk_records import record, visit
from tests.tinytown.council import make_council

TODAY = date(2025, 6, 1)
DAY = timedelta(days=1)
OUTREACH = make_agency("Outreach", powers="support", people=2)
POLICE = make_agency("Police", powers="enforcement", weekdays="Tue, Fri, Sat")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("rota") / "w", with_wards=False)
    save_agencies(council, (OUTREACH, POLICE))
    return council.root


@pytest.fixture
def walkers(template, tmp_path):
    return Workspace.open(shutil.copytree(template, tmp_path / "Tinytown é"))


def _year(council, **how):
    return rota_of(council, year_span(council, "2025-26"), today=how.pop("today", TODAY), **how)


def _report(council, count, *, kind="reported", source="StreetLink"):
    for number in range(count):
        seen = datetime(2025, 5, 20 + number, 22, tzinfo=LONDON)
        made = MadeReport(seen, seen, source, GivenPlace((641_010.0, 421_020.0)), kind=kind)
        record_report(council, made, who="JS", now=datetime(2025, 6, 1, 12, tzinfo=LONDON))


def test_an_agency_is_kept_read_back_replaced_and_removed(walkers) -> None:
    mind = make_agency("Mind", powers="support", people=3, bands="day", away="2025-08-01..2025-08-31")
    set_agency(walkers, mind)
    assert read_agencies(walkers) == (mind, OUTREACH, POLICE)
    set_agency(walkers, make_agency("MIND", powers="support"))
    assert [one.name for one in read_agencies(walkers)] == ["MIND", "Outreach", "Police"]
    remove_agency(walkers, " mind ")
    assert read_agencies(walkers) == (OUTREACH, POLICE)
    assert [line.detail for line in read_audit(walkers.store) if line.what == "walk agencies"][-1] == "walk agencies 2"


def test_agencies_that_cannot_be_kept_are_refused_and_the_list_stays(walkers) -> None:
    with pytest.raises(BadInputError, match="the same name"):
        save_agencies(walkers, (OUTREACH, replace(OUTREACH, name="OUTREACH")))
    with pytest.raises(BadInputError, match="At most 40"):
        save_agencies(walkers, [replace(OUTREACH, name=f"A{number}") for number in range(41)])
    with pytest.raises(BadInputError, match="there is: 'Outreach', 'Police'"):
        remove_agency(walkers, "Nobody")
    assert read_agencies(walkers) == (OUTREACH, POLICE)


def test_a_rota_made_twice_is_the_same_and_another_draw_is_another(walkers) -> None:
    assert _year(walkers) == _year(walkers)
    assert content_of(_year(walkers)) != content_of(_year(walkers, draw=1))
    assert _year(walkers).seed != _year(walkers, draw=1).seed


def test_the_nearest_quarter_is_the_one_of_tomorrow(walkers) -> None:
    assert coming_quarter(walkers, today=date(2025, 6, 29)).name == "2025-26 Q1"
    assert coming_quarter(walkers, today=date(2025, 6, 30)).name == "2025-26 Q2"


def test_walks_held_and_reports_come_into_the_question_and_intelligence_does_not(walkers) -> None:
    _report(walkers, 2)
    _report(walkers, 1, kind="intelligence", source="Church")
    record(walkers, visit(), begins="05:10", ends="22:00")
    asked = ask_of(walkers, quarter_span(coming_quarter(walkers, today=TODAY)), today=TODAY)
    assert [(one.day, one.band, one.stepped) for one in asked.before] == [(date(2025, 5, 9), "early morning", False)]
    assert asked.reports == (date(2025, 5, 20), date(2025, 5, 21))


def test_a_walk_that_reports_added_was_held_once_whatever_else_was_walked_around_it(walkers, monkeypatch) -> None:
    planned = _year(walkers).walks[0]
    day = date(2025, 6, 10)
    stepped = [replace(planned, day=day, reason="stepped up"), replace(planned, day=day + 4 * DAY, reason="stepped up")]
    monkeypatch.setattr("geo.review.walks.rota.walks_in_force", lambda _: stepped)
    for off, counted in (((2,), [2]), ((0, -1, 2, 3), [0, 3]), ((-3, -2), [-2]), ((2, 2), [2, 2]), ((8,), [])):
        held = [SimpleNamespace(begins=datetime(2025, 6, 10 + days, 21, tzinfo=LONDON)) for days in off]
        monkeypatch.setattr("geo.review.walks.rota.walks_standing", lambda _, held=held: held)
        before = walked(walkers, today=date(2025, 6, 20), start=date.max)
        assert [(one.day - day).days for one in before if one.stepped] == counted
        assert len(before) == len(off)


def test_a_settled_rota_is_read_back_as_it_was_and_stands_for_its_days(walkers) -> None:
    rota = _year(walkers)
    kept = keep_rota(walkers, rota, who=" J  S ", why="", today=TODAY)
    assert (kept.number, kept.who, len(kept.digest)) == (1, "J S", 64)
    assert read_rotas(walkers)[0].rota == rota
    assert read_rotas(walkers)[-1] == kept
    assert walks_in_force(walkers) == rota.walks
    assert [line.what for line in read_audit(walkers.store)][-1] == "rota"
    assert kept.told.startswith("Settled on 1 June 2025 by J S (rota 1, digest ")


def test_a_later_rota_takes_the_place_of_the_first_for_its_days_alone(walkers) -> None:
    year = _year(walkers)
    keep_rota(walkers, year, who="JS", why="", today=TODAY)
    later = TODAY + 20 * DAY
    autumn = rota_of(walkers, (date(2025, 10, 1), date(2025, 12, 31)), today=later, draw=3)
    with pytest.raises(BadInputError, match=r"settled on 1 June 2025 by JS\. To supersede that, say why"):
        keep_rota(walkers, autumn, who="KL", why=" ", today=later)
    keep_rota(walkers, autumn, who="KL", why="the police moved", today=later)
    outside = [walk for walk in year.walks if not autumn.first <= walk.day <= autumn.last]
    assert walks_in_force(walkers) == tuple(sorted([*outside, *autumn.walks], key=lambda walk: walk.day))
    dropped = {walk.day for walk in walks_dropped(walkers, autumn)}
    inside = {walk.day for walk in year.walks if autumn.first <= walk.day <= autumn.last}
    assert dropped == inside - {walk.day for walk in autumn.walks}
    assert rotas_kept(walkers) == 2
    standing = standing_rota(walkers, year_span(walkers, "2025-26"), today=later)
    assert [walk.day for walk in standing.rota.walks] == [walk.day for walk in walks_in_force(walkers)]
    assert [walk.number for walk in standing.rota.walks] == list(range(1, len(standing.rota.walks) + 1))
    assert [one.number for one in standing.kept] == [1, 2]
    assert (standing.rota.asked, standing.rota.proof) == ((), "")


def test_the_next_rota_knows_the_walks_that_the_one_before_still_plans(walkers) -> None:
    spring = rota_of(walkers, quarter_span(coming_quarter(walkers, today=TODAY)), today=TODAY)
    keep_rota(walkers, spring, who="JS", why="", today=TODAY)
    asked = ask_of(walkers, (date(2025, 7, 1), date(2025, 9, 30)), today=TODAY)
    assert [one.day for one in asked.before] == [walk.day for walk in spring.walks]
    again = ask_of(walkers, (date(2025, 4, 1), date(2025, 6, 30)), today=TODAY)
    assert again.before == ()
    assert standing_rota(walkers, (date(2026, 1, 1), date(2026, 3, 31)), today=TODAY) is None


def test_reports_after_a_rota_was_settled_ask_for_a_walk_until_it_is_planned(walkers) -> None:
    keep_rota(walkers, _year(walkers), who="JS", why="", today=TODAY)
    assert step_up_now(walkers, today=TODAY) is None
    _report(walkers, 6)
    due = step_up_now(walkers, today=TODAY)
    assert (due.reports, due.walks, due.by) == (6, 1, date(2025, 6, 21))
    again = rota_of(walkers, quarter_span(coming_quarter(walkers, today=TODAY)), today=TODAY)
    assert [walk.reason for walk in again.walks].count("stepped up") == 1
    keep_rota(walkers, again, who="JS", why="six reports", today=TODAY)
    assert step_up_now(walkers, today=TODAY).walks == 0


def test_nobody_settles_a_rota_without_a_name_without_walks_or_of_past_days(walkers) -> None:
    rota = _year(walkers)
    for who, found, today, said in (
        (" ", rota, TODAY, "Say who settled"),
        ("x" * 61, rota, TODAY, "60 letters"),
        ("JS", replace(rota, walks=()), TODAY, "no walk"),
        ("JS", rota, TODAY + DAY, "some of its days are past"),
    ):
        with pytest.raises(BadInputError, match=said):
            keep_rota(walkers, found, who=who, why="", today=today)
    assert read_rotas(walkers) == ()


def test_no_rota_says_why_at_length_or_with_any_postcode(walkers) -> None:
    rota = _year(walkers)
    for why, said in (
        ("x" * 61, "60 letters"),
        ("they moved to ZZ1 9XX", "left out"),
        ("the refuge asked", "left out"),
    ):
        with pytest.raises(BadInputError, match=said):
            keep_rota(walkers, rota, who="JS", why=why, today=TODAY)
    assert read_rotas(walkers) == ()
    assert keep_rota(walkers, rota, who="JS", why="x" * 60, today=TODAY).why == "x" * 60


def test_a_settled_rota_cannot_be_changed(walkers) -> None:
    keep_rota(walkers, _year(walkers), who="JS", why="", today=TODAY)
    database = sqlite3.connect(walkers.store.path)
    with pytest.raises(sqlite3.IntegrityError, match="a rota is never"):
        database.execute("UPDATE rotas SET who = 'XX'")
    database.execute("DROP TRIGGER rotas_are_not_changed")
    database.execute("UPDATE rotas SET content = replace(content, 'Police', 'Nobody')")
    database.commit()
    database.close()
    with pytest.raises(BadInputError, match="was changed after it was kept"):
        read_rotas(walkers)


def test_without_a_card_nobody_knows_where_people_meet(walkers) -> None:
    assert meeting_points(walkers) == {}
