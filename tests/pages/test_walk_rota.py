"""Walkabouts, Rota: when the team walks, who walks along, and what reports ask for."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from geo.review.walks.agencies import read_agencies, save_agencies
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.rota_kept import read_rotas
from geo.review.workspace import Workspace
from geo.walkabouts.bands import LONDON
from geo.walkabouts.rota.agencies import make_agency
from layers.sample import REVIEW_DAY
from pages.kit import session, walk_rota_agencies
from tests.tinytown.council import make_council

TODAY = date(2026, 4, 3)
AGENCIES = (make_agency("Outreach", powers="support", people=2), make_agency("Police", powers="enforcement"))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    council = make_council(tmp_path_factory.mktemp("template") / "Tinytown")
    save_agencies(council, AGENCIES)
    return council.root


@pytest.fixture
def council(template, tmp_path, monkeypatch) -> Workspace:
    monkeypatch.setattr(session, "today", lambda: TODAY)
    return Workspace.open(Path(shutil.copytree(template, tmp_path / "w")))


@pytest.fixture
def open_rota(open_page):
    def opened(workspace=None):
        app = open_page("walkabouts", workspace)
        app.button_group[0].set_value("Rota").run()
        assert [error.value for error in app.error] == []
        return app

    return opened


def _press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    return app


def _fill(app, label, text):
    next(one for one in app.text_input if one.label == label).set_value(text)


def test_the_fictional_district_shows_a_rota_and_keeps_nothing(open_rota, words) -> None:
    said = words(open_rota())
    assert "The sample district keeps nothing" in said
    assert f"{REVIEW_DAY:%Y}" in said


def test_the_quarter_is_planned_and_the_year_can_be_chosen(open_rota, words, council) -> None:
    app = open_rota(council)
    assert "**2 walks from 4 April 2026 to 30 June 2026. Every rule is met.**" in words(app)
    span = next(one for one in app.selectbox if one.label == "Which days")
    assert span.options[1:] == ["Next quarter, July to September 2026", "Year 2026-27"]
    assert "**6 walks from 4 April 2026 to 31 March 2027." in words(span.set_value("Year 2026-27").run())


def test_a_bank_holiday_begins_with_a_capital_and_days_away_are_written_as_the_house_does(
    open_rota, words, council
) -> None:
    away = make_agency("Mind", powers="support", away="2026-06-09..2026-06-11")
    save_agencies(council, (*AGENCIES, away))
    scenario = council.scenario
    options = scenario.walkabouts.model_copy(update={"weekdays": ("Mon",), "closed": ("2026-05-26..2026-06-30",)})
    options = options.model_copy(
        update={"closed": ("2026-04-07..2026-05-03", "2026-05-05..2026-05-24", *options.closed)}
    )
    council.save_scenario(scenario.model_copy(update={"walkabouts": options}))
    said = words(open_rota(council)).replace("\\", "")
    assert "Bank holiday: " in said
    assert "**bank holiday" not in said
    assert "not 9 June 2026 to 11 June 2026" in said


def test_another_one_is_drawn_settled_and_stands(open_rota, words, council) -> None:
    app = open_rota(council)
    before = words(app)
    app = _press(app, "Draw another one")
    assert words(app) != before
    app = _press(app, "Settle it")
    assert app.error[0].value.startswith("Say who settled the rota")
    _fill(app, "Your name or initials", "JS")
    app = _press(app, "Settle it")
    assert [error.value for error in app.error] == []
    assert "Settled on 3 April 2026 by JS" in words(app)
    assert len(read_rotas(council)) == 1


def test_reports_ask_for_more_walks_at_the_top(open_rota, words, council) -> None:
    for number in range(5):
        seen = datetime(2026, 3, 25 + number, 22, tzinfo=LONDON)
        made = MadeReport(seen, seen, "StreetLink", GivenPlace((641_010.0, 421_020.0)))
        record_report(council, made, who="JS", now=datetime(2026, 4, 3, 12, tzinfo=LONDON))
    app = open_rota(council)
    assert app.warning[0].value.startswith("**More walks are due.** 5 reports came in the last 4 weeks")
    assert "Stepped up." in words(app)


def test_without_agencies_the_page_asks_for_them_first(open_rota, words, council) -> None:
    save_agencies(council, ())
    app = open_rota(council)
    assert app.subheader[0].value == "Who walks along"
    assert "Add the council's own team" in words(app)


def test_what_is_written_in_the_table_is_read_and_a_mistake_is_told(council) -> None:
    table = walk_rota_agencies.as_table(AGENCIES)
    assert walk_rota_agencies.agencies_in(table) == AGENCIES == read_agencies(council)
    table.loc[2] = ["Mind", "support", None, None, "evening", None]
    table.loc[3] = [None, None, None, None, None, None]
    assert [one.name for one in walk_rota_agencies.agencies_in(table)] == ["Mind", "Outreach", "Police"]
