"""Roles: nobody is anybody until the list says so, and only by what the provider vouches for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from geo.errors import BadInputError
from geo.review.agreements import Agreement, save_agreement
from geo.review.partner_feed import TAKEN, require_current, told_counts
from geo.review.roles import RIGHTS, Member, Person, Roles, person_of
from geo.review.sign_in import read_sign_in
from geo.schema import STATUSES

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
ISSUED = int(NOW.timestamp()) - 600
ROLES = Roles(
    claim="groups",
    members=(
        Member(role="lead", emails=("Lee@Council.gov.uk",)),
        Member(role="officer", emails=("ola@council.gov.uk",), claims=("housing",)),
        Member(role="partner", emails=("pat@foodbank.org.uk",), feed="Food banks"),
        Member(role="viewer", claims=("everybody",)),
    ),
)
TOML = """
[auth]
redirect_uri = "https://planner.council.gov.uk/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "planner"
client_secret = "hush-hush"
server_metadata_url = "https://login.council.gov.uk/.well-known/openid-configuration"

[planner]
[[planner.members]]
role = "officer"
emails = ["ola@council.gov.uk"]
"""


def _said(**claims):
    verified = {"is_logged_in": True, "sub": "7", "iat": ISSUED, "nonce": "n", "email_verified": True}
    return {**verified, "email": "ola@council.gov.uk", **claims}


def _role(**claims):
    found = person_of(_said(**claims), ROLES, now=NOW)
    return found and found.role


def _file(tmp_path, text):
    path = tmp_path / "secrets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_address_counts_whatever_its_capitals() -> None:
    assert _role(email="LEE@council.GOV.uk") == "lead"
    assert _role(email="pat@FoodBank.org.uk") == "partner"


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1, [True], {}])
def test_an_address_that_nobody_verified_is_nobodys(verified) -> None:
    assert _role(email_verified=verified) is None


def test_an_address_without_a_word_on_whether_it_was_verified_is_nobodys() -> None:
    said = _said()
    del said["email_verified"]
    assert person_of(said, ROLES, now=NOW).role is None


@pytest.mark.parametrize(
    "address",
    ["o\u017fa@council.gov.uk", "ola@council.gov.u\u212a", "ola@council.gov.uk ", "ola@council.gov.uk\n", " ", "", 7],
)
def test_an_address_that_only_looks_alike_is_nobodys(address) -> None:
    assert _role(email=address) is None


def test_a_group_gives_a_role_without_an_address() -> None:
    assert _role(email="x@y.org", groups=["chess", "housing"]) == "officer"
    assert _role(email=None, groups="everybody") == "viewer"


@pytest.mark.parametrize("groups", ["housin", "Housing", "housing everybody", [["housing"]], {"housing": 1}, 7, None])
def test_what_is_not_a_named_group_gives_none(groups) -> None:
    assert _role(email="x@y.org", groups=groups) is None


def test_the_first_entry_that_names_somebody_counts() -> None:
    assert _role(email="lee@council.gov.uk", groups=["everybody", "housing"]) == "lead"
    assert _role(email="pat@foodbank.org.uk", groups=["everybody"]) == "partner"
    assert _role(email="pat@foodbank.org.uk", groups=["housing"]) == "officer"


@pytest.mark.parametrize(
    "claims",
    [{"is_logged_in": False}, {"is_logged_in": "True"}, {"sub": ""}, {"sub": None}, {"iat": None}, {"iat": "1"}],
)
def test_who_has_not_signed_in_is_nobody(claims) -> None:
    assert person_of(_said(**claims), ROLES, now=NOW) is None
    assert person_of({}, ROLES, now=NOW) is None


@pytest.mark.parametrize(("hours", "is_in"), [(-0.05, True), (0, True), (9.9, True), (10.1, False), (-0.2, False)])
def test_a_sign_in_lasts_as_long_as_the_list_says(hours, is_in) -> None:
    issued = (NOW - timedelta(hours=hours)).timestamp()
    assert (person_of(_said(iat=issued), ROLES, now=NOW) is not None) == is_in


@pytest.mark.parametrize("issued", [float("nan"), float("inf"), 1e300, -1e300, True])
def test_a_moment_that_is_none_signs_nobody_in(issued) -> None:
    assert person_of(_said(iat=issued), ROLES, now=NOW) is None


def test_the_log_is_signed_with_a_name_that_nobody_can_choose() -> None:
    assert person_of(_said(email="OLA@council.gov.uk"), ROLES, now=NOW).name == "ola@council.gov.uk"
    forged = _said(email="lee@council.gov.uk", email_verified=False, preferred_username="lee@council.gov.uk")
    assert person_of(forged, ROLES, now=NOW).name == "lee@council.gov.uk (account 7)"


def test_two_sign_ins_of_one_second_are_two() -> None:
    first, second = (person_of(_said(nonce=nonce), ROLES, now=NOW) for nonce in "ab")
    assert first.ticket != second.ticket


@given(st.dictionaries(st.sampled_from(["sub", "iat", "email", "email_verified", "groups", "is_logged_in"]), st.none()
                       | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())))  # fmt: skip
def test_whatever_a_token_says_nobody_unnamed_gets_a_role(claims) -> None:
    person = person_of(claims, ROLES, now=NOW)
    assert person is None or person.role is None or claims["groups"] in ("housing", "everybody")


def test_only_the_lead_forgets_freezes_and_releases_and_a_guest_sees_releases_only() -> None:
    for right in ("forget", "freeze", "release", "safe places"):
        assert [role for role in RIGHTS if Person("x", role).may(right)] == ["lead"]
    assert [role for role in RIGHTS if Person("x", role).may("team")] == ["lead", "officer"]
    assert RIGHTS["viewer"] == {"public releases"}
    assert RIGHTS["partner"] == {"public releases", "partner releases", "own feed"}
    assert not any(Person("x", None).may(right) for rights in RIGHTS.values() for right in rights)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ({"role": "boss", "emails": ["a@b.uk"]}, "'lead', 'officer', 'partner' or 'viewer'"),
        ({"role": "officer"}, "names nobody"),
        ({"role": "officer", "emails": ["ola"]}, "no e-mail address"),
        ({"role": "officer", "emails": ["olá@council.gov.uk"]}, "no e-mail address"),
        ({"role": "viewer", "emails": ["a@b.uk"], "feed": "Food banks"}, "only a partner has a feed"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused(member, words) -> None:
    with pytest.raises(ValidationError, match=words):
        Member.model_validate(member)


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({"members": []}, "at least 1"),
        ({"members": [{"role": "viewer", "emails": ["a@b.uk"]}]}, "nobody is lead or officer"),
        (
            {"members": [{"role": "lead", "emails": ["a@b.uk"]}, {"role": "viewer", "emails": ["A@B.UK"]}]},
            "two entries",
        ),
        ({"members": [{"role": "lead", "claims": ["x"]}]}, "go together"),
        ({"claim": "groups", "members": [{"role": "lead", "emails": ["a@b.uk"]}]}, "go together"),
        ({"claim": "email", "members": [{"role": "lead", "claims": ["a@b.uk"]}]}, "owner may change"),
        ({"sign_in_hours": 720, "members": [{"role": "lead", "emails": ["a@b.uk"]}]}, "less than or equal to 24"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(roles, words) -> None:
    with pytest.raises(ValidationError, match=words):
        Roles.model_validate(roles)


def test_the_log_tells_how_many_have_each_role_and_no_address() -> None:
    told = ROLES.in_words()
    assert told.startswith("lead: addresses 1, groups 0; officer: addresses 1, groups 1")
    assert "@" not in told


def test_a_file_is_read_whole(tmp_path) -> None:
    said = read_sign_in(_file(tmp_path, TOML))
    assert said.host == "planner.council.gov.uk"
    assert said.planner.sign_in_hours == 10
    assert "hush-hush" not in repr(said)
    assert "0123456789" not in repr(said)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[auth]", "[author]", "'auth' is missing"),
        ("[planner]\n[[planner.members]]", "[[people]]", "'planner' is missing"),
        ('client_id = "planner"', "", "'auth client_id' is missing"),
        ("https://planner.council", "http://planner.council", "begins with https://"),
        ("/oauth2callback", "/", "/oauth2callback at its end"),
        ("https://login", "ftp://login", "begins with https://"),
        ("login.council.gov.uk", "login.microsoftonline.com/common/v2.0", "people of every organisation"),
        ("login.council.gov.uk", "login.microsoftonline.com/Organizations/v2.0", "people of every organisation"),
        ("0123456789abcdef0123456789abcdef", "hunter2", "at least 32 letters"),
        ("[planner]", 'expose_tokens = "access"\n[planner]', "'auth expose_tokens' is not known here"),
        ("ola@council.gov.uk", "Secretive", "'planner members no. 1 emails no. 1' cannot be used"),
        ("[planner]", "[planner", "cannot be read as a TOML file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_that_hold_nothing_of_it(tmp_path, old, new, words) -> None:
    assert old in TOML
    with pytest.raises(BadInputError) as caught:
        read_sign_in(_file(tmp_path, TOML.replace(old, new)))
    assert words in str(caught.value)
    for secret in ("hunter2", "hush-hush", "Secretive", "ola@", "0123456789"):
        assert secret not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(BadInputError, match=r"no file secrets\.toml"):
        read_sign_in(tmp_path / "secrets.toml")


def test_this_machine_may_be_tried_without_https(tmp_path) -> None:
    text = TOML.replace("https://planner.council.gov.uk", "http://127.0.0.1:8501")
    assert read_sign_in(_file(tmp_path, text)).host == "127.0.0.1"


@given(st.dictionaries(st.sampled_from(STATUSES), st.integers(0, 500)), st.integers(0, 50))
def test_a_partners_numbers_add_up_and_do_not_move_with_the_councils_own_lists(status, moved) -> None:
    told = told_counts(status)
    assert sum(told.values()) == sum(status.values())
    for name in ("withheld", "outside", "not_in_gazetteer", "no_location", "elsewhere"):
        shifted = {**status, "located": status.get("located", 0), name: status.get(name, 0) + moved}
        shifted["located"] -= moved
        assert told_counts(shifted) == told
    assert set(told) <= {TAKEN, "Not a postcode", "Blank", "No fixed abode", "Address not known", "Repeated row"}


def test_a_partner_without_a_current_agreement_may_add_nothing(council) -> None:
    today = NOW.date()
    with pytest.raises(BadInputError, match="no sharing agreement"):
        require_current(council, "Food banks", today=today)
    with pytest.raises(BadInputError, match="no sharing agreement"):
        require_current(council, "", today=today)
    ended = Agreement("Food banks", "The bank", "ISA 7", "the review", today - timedelta(days=1))
    save_agreement(council, ended)
    with pytest.raises(BadInputError, match="ended on 30 April 2026"):
        require_current(council, "Food banks", today=today)
    save_agreement(council, Agreement("Food banks", "The bank", "ISA 8", "the review", today))
    require_current(council, "Food banks", today=today)
