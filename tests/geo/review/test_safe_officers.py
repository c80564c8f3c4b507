"""Two named officers keep the list of safe places, or a lead of a server; the key names others when both have left."""

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.review.audit import read_audit, verify_audit
from geo.review.keys import key_path
from geo.review.safe_keeping import add_places, kept_list, read_places
from geo.review.safe_officers import may_keep_list, name_officers, officers, recover_officers
from geo.review.signing import Signer, user_name
from geo.review.workspace import Workspace

PLACE = "ZZ1 2AB"
NOT_YOURS = "kept by two named officers, and you are not one of them"
NOT_A_LEAD = "kept by the lead officers and those whom they name, and you are not one of them"


def as_user(council, who, **role):
    return Workspace.open(council.root, signer=Signer(who, None, **role))


def lead(council, who="lee@council.gov.uk"):
    return as_user(council, who, signed_in=True, is_lead=True)


def signed_in(council, who):
    return as_user(council, who, signed_in=True)


def test_the_first_officers_may_be_named_by_anybody_and_the_next_by_them_alone(council):
    assert name_officers(council, ["jo", "Sam Reed"]) == ("jo", "Sam Reed")
    assert officers(council) == ("Sam Reed", "jo")
    with pytest.raises(BadInputError, match=NOT_YOURS):
        name_officers(as_user(council, "eve"), ["eve"])
    assert name_officers(as_user(council, "sam  REED"), ["Sam Reed", "Lou"]) == ("Sam Reed", "Lou")
    assert not may_keep_list(as_user(council, "jo"))


@pytest.mark.parametrize("name", [name_officers, recover_officers])
@pytest.mark.parametrize("names", [[], [" "], ["a", "b", "c"]])
def test_there_are_one_or_two_officers(council, names, name):
    with pytest.raises(BadInputError, match="expected one or two"):
        name(council, names)


def test_before_anybody_is_named_nobody_may_add(council):
    with pytest.raises(BadInputError, match="Nobody has been named"):
        add_places(as_user(council, "jo"), read_places(PLACE))


def test_a_lead_of_a_server_keeps_the_list_unnamed_and_names_the_officers(council):
    add_places(lead(council), read_places(PLACE))
    assert kept_list(lead(council)).places == 1
    name_officers(lead(council), ["ola@council.gov.uk"])
    assert may_keep_list(signed_in(council, "Ola@council.gov.uk"))
    assert name_officers(lead(council, "new@council.gov.uk"), ["jo", "Sam"]) == ("jo", "Sam")
    assert may_keep_list(as_user(council, "jo"))


def test_on_a_server_nobody_but_a_lead_names_the_first_officers(council):
    for who in ("ola@council.gov.uk", "", "nobody signed in"):
        with pytest.raises(BadInputError, match=NOT_A_LEAD):
            name_officers(signed_in(council, who), ["ola@council.gov.uk"])
    assert officers(council) == ()


def test_an_officer_of_a_server_is_told_one_sentence_whatever_they_ask(council):
    other = signed_in(council, "ola@council.gov.uk")
    for named in ((), ("jo",)):
        if named:
            name_officers(council, named)
        for attempt in (
            lambda: add_places(other, read_places(PLACE)),
            lambda: kept_list(other),
            lambda: name_officers(other, ["ola@council.gov.uk"]),
            lambda: recover_officers(other, ["ola@council.gov.uk"]),
        ):
            with pytest.raises(BadInputError, match=NOT_A_LEAD):
                attempt()


def test_when_both_have_left_whoever_holds_the_key_names_the_next_and_the_log_says_so(council):
    name_officers(as_user(council, "jo"), ["jo", "Sam Reed"])
    add_places(as_user(council, "jo"), read_places(PLACE))
    assert recover_officers(as_user(council, "ada"), ["ada", "Lou"]) == ("ada", "Lou")
    assert kept_list(as_user(council, "ada")).places == 1
    assert not may_keep_list(as_user(council, "jo"))
    last = read_audit(council.store)[-1]
    assert (last.who, last.what) == ("ada", "role change")
    assert last.detail.startswith("safe-place officers named anew with the key, not by those before: ada, Lou")
    assert last.detail.endswith("(before: Sam Reed, jo)")
    assert verify_audit(council.store).broken == 0


def test_without_the_key_nobody_recovers_the_list(council, monkeypatch):
    name_officers(as_user(council, "jo"), ["jo"])
    key_path(council.store.meta("workspace_id")).unlink(missing_ok=True)
    monkeypatch.delenv("PLANNER_KEY", raising=False)
    with pytest.raises(MissingDataError, match="key is not on this machine"):
        recover_officers(as_user(council, "eve"), ["eve"])
    monkeypatch.setenv("PLANNER_KEY", "00" * 32)
    with pytest.raises(BadInputError, match="not the key of this workspace"):
        recover_officers(as_user(council, "eve"), ["eve"])
    assert officers(council) == ("jo",)


def test_nothing_is_recovered_where_nobody_was_named(council):
    with pytest.raises(BadInputError, match="Nobody has been named"):
        recover_officers(council, ["jo"])


def test_the_name_of_the_machines_user_is_not_read_from_the_environment(monkeypatch):
    before = user_name()
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "jo")
    assert user_name() == before != "jo"
