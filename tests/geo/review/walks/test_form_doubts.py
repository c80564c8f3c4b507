"""A phone's file that cannot have been so: refused where it is no file of ours, confirmed where it is only unlikely."""

import json
import shutil
from dataclasses import replace

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.walks.agencies import set_agency
from geo.review.walks.company import agency_names, offered_agencies
from geo.review.walks.form import plan_form, take_in_form
from geo.review.walks.reading import walks_standing
from geo.review.walks.reports import record_report
from geo.review.walks.reports_made import GivenPlace, MadeReport
from geo.review.walks.response import standing
from geo.review.walks.rota import rota_of
from geo.review.walks.rota_kept import keep_rota
from geo.review.workspace import Workspace
from geo.walkabouts.rota.agencies import make_agency
from tests.geo.review.walks.walk_records import NOW, SQUARES, at, card

ZEROS = {"bedded_down": 0, "about_to": 0, "offered": 0, "accepted": 0, "refused": 0}
_DAY = at("12:00", "2025-04-01").date()
WORDS = "John, red jacket, by Tesco"


@pytest.fixture(scope="module")
def template(council_template, tmp_path_factory):
    council = Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("doubts") / "w"))
    return council.root, card(council, teams=2)


@pytest.fixture
def council(template, tmp_path):
    return Workspace.open(shutil.copytree(template[0], tmp_path / "w"))


def _visit(clock, left, day="2025-05-09", **place):
    moments = {"arrived": f"{day}T{clock}+01:00", "left": f"{day}T{left}+01:00"}
    return {**place, **moments, "outcome": "nobody", **ZEROS}


STOPS = (_visit("20:40", "20:48", stop=1),)


@pytest.fixture
def file(template):
    def made(*, stops=STOPS, others=(), day="2025-05-09", **facts):
        whole = {
            "format": "planner-walk",
            "version": 1,
            "card": 1,
            "digest": template[1].digest,
            "walk": "ab" * 16,
            "begins": f"{day}T20:30+01:00",
            "ends": f"{day}T22:00+01:00",
            "people": 3,
            "agencies": ["Police"],
            "stops": list(stops),
            "others": list(others),
        }
        return json.dumps({**whole, **facts}).encode()

    return made


def _plan(council, content):
    return plan_form(council, content, who="JS", now=NOW)


def _take(council, content, **facts):
    return take_in_form(council, content, who="JS", now=NOW, **facts)


def _told(council, content):
    with pytest.raises(BadInputError) as refused:
        _plan(council, content)
    return str(refused.value)


def test_no_words_of_a_phone_come_into_the_workspace_as_an_agency_and_out_again(council, file) -> None:
    for names in ([WORDS], ["Police", "=HYPERLINK(1)"], ["police station of"]):
        told = _told(council, file(agencies=names))
        assert "an agency that its form did not offer" in told
        assert WORDS not in told
    assert walks_standing(council) == ()
    set_agency(council, make_agency("Night Team", powers="support"))
    assert _take(council, file(agencies=["Night Team", "Outreach service"])).new
    assert agency_names(council) == ("Night Team", "Outreach service")


def test_a_card_s_form_offers_those_whom_the_rota_has_for_that_walk_and_no_others(council, template) -> None:
    for name in ("Mind", "Outreach", "Police"):
        set_agency(council, make_agency(name, powers="support, enforcement", weekdays="Mon" if name == "Mind" else ""))
    assert offered_agencies(council, template[1]) == ("Mind", "Outreach", "Police")
    rota = rota_of(council, (at("12:00", "2025-04-02").date(), at("12:00", "2025-06-30").date()), today=_DAY)
    walk = next(one for one in rota.walks if one.agencies and "Mind" not in one.agencies)
    keep_rota(council, rota, who="JS", why="", today=_DAY)
    given = _card_of(council, walk)
    assert offered_agencies(council, given) == walk.agencies == ("Outreach", "Police")


def _card_of(council, walk):
    kept = card(council, day=walk.day.isoformat())
    return replace(kept, walkabout=replace(kept.walkabout, band=walk.band))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59", "1999-12-31T20:00+00:00"])
@pytest.mark.parametrize("where", ["begins", "ends", "arrived"])
def test_a_year_that_nobody_walks_in_is_a_sentence(council, file, moment, where) -> None:
    content = (
        file(**{where: moment})
        if where != "arrived"
        else file(stops=[{**_visit("20:40", "20:48", stop=1), where: moment}])
    )
    assert "outside the years 2000 to 2100" in _told(council, content)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b'"people": 3', b'"people": ' + b"9" * 5000, "a number has far too many digits"),
        (b'"Police"', b'"\\ud800"', "a text holds half a character"),
        (b'"people": 3', b'"people": 3.5', "is no number that may stand here"),
    ],
)
def test_what_the_library_would_say_is_said_in_our_words(council, file, old, new, told) -> None:
    said = _told(council, file().replace(old, new))
    assert told in said
    assert not any(word in said for word in ("Exceeds", "codec", "surrogate", "position"))


def test_a_walk_long_before_the_card_s_day_or_after_its_expiry_is_taken_only_when_somebody_confirms_it(
    council, file
) -> None:
    for day, told in (("2025-05-07", "The walk is dated 2025-05-07"), ("2025-05-13", "had expired before this walk")):
        content = file(day=day, stops=[_visit("20:40", "20:48", day, stop=1)], walk=day.replace("-", "") * 4)
        assert [told in doubt for doubt in _plan(council, content).looks.doubts] == [True]
        with pytest.raises(BadInputError, match=rf"{told}.*--checked.*Nothing was kept"):
            _take(council, content)
        assert _take(council, content, checked=True).new
    assert (
        _plan(council, file(day="2025-05-08", stops=[_visit("20:40", "20:48", "2025-05-08", stop=1)])).looks.doubts
        == ()
    )


def test_visits_of_one_team_farther_apart_than_it_walks_have_to_be_confirmed(council, file) -> None:
    far = _visit("20:44", "20:52", square=SQUARES[3])  # 2.5 km from stop 1, at the same time
    content = file(others=[far])
    (doubt,) = _plan(council, content).looks.doubts
    assert "Stop 1 and Visit 2 are 2500 m apart" in doubt
    with pytest.raises(BadInputError, match="farther than one team walks"):
        _take(council, content)
    assert not _plan(council, file(others=[_visit("21:10", "21:20", square=SQUARES[3])])).looks.doubts
    both = [_visit("20:40", "20:48", stop=1), _visit("20:40", "20:48", stop=2)]  # of two teams
    assert not _plan(council, file(stops=both)).looks.doubts
    assert not [line for line in read_audit(council.store) if line.what == "walk"]


def test_it_is_told_before_which_other_places_would_stop_the_clocks_of_how_many_reports(council, file) -> None:
    for minute, point in enumerate(((643_050, 421_050), (643_060, 421_060), (641_050, 421_050))):
        made = MadeReport(at(f"08:0{minute}"), at("08:30"), "StreetLink", GivenPlace(point))
        record_report(council, made, who="JS", now=NOW)
    others = [_visit("21:10", "21:20", square=SQUARES[3]), _visit("21:40", "21:45", square=SQUARES[1])]
    looks = _plan(council, file(others=others)).looks
    assert looks.answers == 2
    assert [(one.where, one.answers) for one in looks.others] == [(SQUARES[3], 2), (SQUARES[1], 0)]
    assert looks.sentences()[1] == f"Other place 1, {SQUARES[3]}: nobody; would answer 2 open reports."
    assert len(standing(council, now=NOW).open) == 3
    _take(council, file(others=others))
    assert len(standing(council, now=NOW).open) == 1
