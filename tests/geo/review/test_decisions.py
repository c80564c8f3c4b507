"""Decisions are written once, with the evidence they stood on; actions keep their owner, day, state and history."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.review.actions import ToDo, add_action, change_action, read_actions
from geo.review.audit import read_audit
from geo.review.decisions import (
    Evidence,
    Occasion,
    decide,
    decisions_that_stand,
    digest_of_evidence,
    frozen_evidence,
    read_decisions,
)
from geo.review.freezing import freeze
from tests.geo.review.registers import CHURCH, FILE, HALL, id_of, load, signed
from tests.tinytown.council import TODAY

DIGEST = digest_of_evidence({"period": "2024-25", "clients": 12})


@pytest.fixture
def town(council):
    load(council)
    return signed(council)


def choose(council, *sites, verdict="chosen", why="It reaches most.", **occasion):
    return decide(
        council, verdict=verdict, sites=sites, why=why, evidence_digest=DIGEST, occasion=Occasion(TODAY, **occasion)
    )


def test_a_decision_says_who_when_why_and_on_which_evidence(town):
    made = choose(town, HALL, CHURCH, who="Housing manager", evidence="2024-25: 12 clients, ranked by need")
    assert (made.number, made.day, made.who, made.why) == (1, TODAY, "Housing manager", "It reaches most.")
    assert made.sites == (id_of(town, HALL), id_of(town, CHURCH))
    assert made.evidence == Evidence(DIGEST, "2024-25: 12 clients, ranked by need")
    assert read_decisions(town) == (made,)
    line = read_audit(town.store)[-1]
    assert (line.what, line.detail) == ("decision", f"chosen: sites 2, evidence {DIGEST[:12]}")


def test_who_decided_is_whoever_sits_there_unless_said(town):
    assert choose(town, HALL).who == "jo"


def test_a_decision_is_superseded_by_a_later_one_and_both_stay(town):
    choose(town, HALL)
    choose(town, HALL, verdict="refused", why="It floods.", supersedes=1)
    first, second = read_decisions(town)
    assert (first.superseded_by, second.supersedes, second.superseded_by) == (2, 1, 0)
    assert decisions_that_stand(town) == {id_of(town, HALL): second}
    with pytest.raises(BadInputError, match="superseded by decision 2 already"):
        choose(town, HALL, supersedes=1)
    with pytest.raises(BadInputError, match="no decision 9"):
        choose(town, HALL, supersedes=9)


def test_the_site_of_a_decision_stays_known_when_it_leaves_its_file(town):
    site = choose(town, CHURCH).sites[0]
    load(town, FILE.replace("St Mary,church,ZZ1 2AA,,,\n", ""))
    assert id_of(town, CHURCH) == site


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"why": " "}, "says why"),
        ({"verdict": "liked"}, "no decision on a site"),
        ({"why": "x" * 2001}, "says why"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused(town, change, said):
    with pytest.raises(BadInputError, match=said):
        choose(town, HALL, **change)
    assert read_decisions(town) == ()


def test_a_decision_needs_a_site_and_somebody(town, council):
    with pytest.raises(BadInputError, match="name them"):
        choose(town)
    with pytest.raises(BadInputError, match="no such site"):
        choose(town, "Atlantis")
    with pytest.raises(BadInputError, match="who decided"):
        choose(council, HALL)  # nobody in particular works on it


def test_the_frozen_analysis_can_be_what_a_decision_stands_on(town):
    assert frozen_evidence(town, "2024-25") == Evidence()
    frozen = freeze(town, review="2024-25", content={"areas": 3}, who="JS", today=date(2025, 5, 10))
    found = frozen_evidence(town, "2024-25")
    assert found == Evidence(frozen.digest, "Analysis of 2024-25, frozen on 10 May 2025 by JS")


def test_equal_evidence_has_one_digest_whatever_its_order():
    assert digest_of_evidence({"a": 1, "b": 2}) == digest_of_evidence({"b": 2, "a": 1}) != digest_of_evidence({"a": 1})


def test_an_action_has_an_owner_a_day_and_a_state_and_keeps_its_history(town):
    choose(town, HALL)
    made = add_action(town, ToDo("Ask for the key", "JS", date(2025, 5, 20), decision=1, site=HALL))
    assert (made.number, made.status, made.decision, made.site) == (1, "open", 1, id_of(town, HALL))
    assert made.late(TODAY)
    changed = change_action(signed(town, "sam"), 1, {"due": "2025-06-20", "owner": "Sam"})
    assert (changed.due, changed.owner, changed.late(TODAY)) == (date(2025, 6, 20), "Sam", False)
    done = change_action(signed(town, "sam"), 1, {"status": "done"})
    assert [(one.field, one.was, one.became, one.who) for one in done.history][-3:] == [
        ("due", "2025-05-20", "2025-06-20", "sam"),
        ("owner", "JS", "Sam", "sam"),
        ("status", "open", "done", "sam"),
    ]
    assert read_actions(town) == (done,)
    assert [line.detail for line in read_audit(town.store) if line.what == "action"] == [
        "written: open",
        "changed: due, owner",
        "changed: status done",
    ]


def test_the_same_again_is_no_change(town):
    made = add_action(town, ToDo("Ask", "JS", date(2025, 5, 20)))
    assert change_action(town, 1, {"status": "open"}).history == made.history


@pytest.mark.parametrize(
    ("number", "facts", "said"),
    [
        (7, {"status": "done"}, "There is no action 7"),
        (1, {"status": "forgotten"}, "no state of an action"),
        (1, {"what": "Something else"}, "is not changed"),
        (1, {"due": "soon"}, "is written as"),
        (1, {"owner": " "}, "says who does it"),
    ],
)
def test_a_change_that_cannot_be_is_refused(town, number, facts, said):
    add_action(town, ToDo("Ask", "JS", date(2025, 5, 20)))
    with pytest.raises(BadInputError, match=said):
        change_action(town, number, facts)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ToDo("", "JS", TODAY), "what is to be done"),
        (ToDo("Ask", "", TODAY), "who does it"),
        (ToDo("Ask", "JS", TODAY, decision=3), "no decision 3"),
        (ToDo("Ask", "JS", TODAY, site="Atlantis"), "no such site"),
    ],
)
def test_an_action_that_is_not_whole_is_refused(town, given, said):
    with pytest.raises(BadInputError, match=said):
        add_action(town, given)
    assert read_actions(town) == ()
