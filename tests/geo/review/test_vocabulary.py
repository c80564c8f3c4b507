"""Only categories are kept: what a person wrote about a client is folded away."""

import tomllib
from importlib import resources

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.review.vocabulary import is_plain, keep_categories
from geo.schema import ROUTES

AST = "end of private rented tenancy: assured shorthold"
FAMILY = "family or friends no longer willing or able to accommodate"
PARTNER = "non-violent relationship breakdown with partner"
PARENT = "single parent with dependent children"
COUPLE = "couple or two adults without dependent children"


def keep(texts, field="reason", clients=None, known=frozenset()):
    series = pd.Series(texts, dtype="str")
    who = pd.Series(clients if clients is not None else [str(at) for at in range(len(texts))], dtype="str")
    return keep_categories(series, field, clients=who, known=known)


@pytest.mark.parametrize(
    ("field", "text", "term"),
    [
        ("route", "Self-referral", "self"),
        ("route", "DTR", "duty_to_refer"),
        ("route", "Duty to Refer", "duty_to_refer"),
        ("route", "Another agency", "other_agency"),
        ("route", "", "not_stated"),
        ("reason", "End of private rented tenancy - assured shorthold", AST),
        ("reason", "Section 21", AST),
        ("reason", "Family no longer willing or able to accommodate", FAMILY),
        ("reason", "Parental eviction", FAMILY),
        ("reason", "Non-violent relationship breakdown with partner", PARTNER),
        ("reason", "DOMESTIC ABUSE", "domestic abuse"),
        ("reason", "", "not stated"),
        ("household", "Single parent with dependent children  -  Female", f"{PARENT}, female"),
        ("household", "Couple / two adults without dependent children", COUPLE),
        ("household", "Single adult  -  Other/gender not known", "single adult"),
        ("outcome", "Homeless + priority need + unintentionally homeless (acceptance)", "main duty accepted"),
        ("outcome", "Withdrew application / applicant deceased", "withdrew application"),
        ("source", "CAB", "Citizens Advice"),
        ("source", "HMP Winchester", "Prison"),
    ],
)  # fmt: skip
def test_official_terms_and_usual_words_become_one_category(field, text, term):
    kept = keep([text], field)
    assert kept.categories.tolist() == [term]
    assert kept.folded == 0


def test_of_a_note_only_the_category_is_kept():
    kept = keep(["Fleeing domestic abuse from Wilhelmina Grunthorpe at ZZ1 1AA"])
    assert kept.categories.tolist() == ["domestic abuse"]


@pytest.mark.parametrize("text", ["not domestic abuse", "no domestic violence reported", "never any rough sleeping"])
def test_a_note_that_denies_a_category_is_not_taken_for_it(text):
    kept = keep([text])
    assert (kept.categories.tolist(), kept.folded) == (["other"], 1)


def test_an_unknown_text_is_kept_once_five_clients_share_it():
    text = "Seasonal job lost"
    assert keep([text] * 4).categories.unique().tolist() == ["other"]
    kept = keep([text] * 5)
    assert (kept.categories.unique().tolist(), kept.folded) == ([text], 0)


@pytest.mark.parametrize("text", ["sleeps behind the kiln", "Grunthorpe matter", "Xyzzy", "her brother in Spain"])
def test_a_story_is_not_a_category_however_many_rows_tell_it(text):
    assert is_plain(text)
    assert keep([text] * 50).folded == 50


def test_a_persons_name_is_not_an_agency_however_many_rows_name_it():
    assert keep(["Wilhelmina Grunthorpe"] * 50, "source").categories.unique().tolist() == ["other agency"]
    for agency in ("The Vine Day Centre", "Aldersea Open Door"):
        assert keep([agency] * 50, "source").categories.unique().tolist() == [agency]


def test_one_clients_note_repeated_is_not_a_category():
    kept = keep(["Seasonal job lost"] * 9, clients=["H1"] * 9)
    assert (kept.categories.unique().tolist(), kept.folded) == (["other"], 9)


def test_rows_that_are_there_already_do_not_make_a_category():
    texts, clients = ["Seasonal job lost"] * 6, ["1", "2", "3", "4", None, None]
    kept = keep_categories(pd.Series(texts), "reason", clients=pd.Series(clients), known=frozenset())
    assert kept.folded == 6


def test_the_commonest_spelling_is_kept():
    kept = keep(["Seasonal job lost"] * 4 + ["seasonal  job LOST"] * 2)
    assert kept.categories.unique().tolist() == ["Seasonal job lost"]


@pytest.mark.parametrize(
    "text",
    [
        "see ZZ1 1AA", "zz11aa", "call 07700900123", "0 7 7 0 0 9", "mail a@b.example", "on 14/05", "on 3rd",
        "Mr Grunthorpe", "Karen asked", "Karen's flat", "12 Mill Road", "case 4417", "=cmd()",
        "+44", "-1", "@home", "c/o", "x" * 61,
        "two\nlines\x07", "QQ123456C",
    ],
)  # fmt: skip
def test_a_text_that_could_point_at_somebody_is_never_kept_however_often_it_comes(text):
    assert not is_plain(text)
    kept = keep([text] * 20)
    assert (kept.categories.unique().tolist(), kept.folded) == (["other"], 20)


@pytest.mark.parametrize(
    "text", ["Section 21 (no fault)", "Age 18-24", "Kinship care ended", "Loss of job, redundancy"]
)
def test_an_ordinary_category_is_plain(text):
    assert is_plain(text)


def test_a_rare_agency_is_kept_by_its_kind_and_a_common_one_by_its_name():
    rare = keep(["Andover Citizens Advice outreach desk"], "source")
    assert rare.categories.tolist() == ["Citizens Advice"]
    common = keep(["Andover Citizens Advice desk"] * 5, "source")
    assert common.categories.unique().tolist() == ["Andover Citizens Advice desk"]
    unknown = keep(["The Grunthorpes next door"], "source")
    assert (unknown.categories.tolist(), unknown.folded) == (["other agency"], 1)


def test_what_was_kept_before_is_kept_again():
    kept = keep(["seasonal job lost"], known=frozenset({"Seasonal job lost"}))
    assert (kept.categories.tolist(), kept.folded) == (["Seasonal job lost"], 0)


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=20))
def test_a_route_is_always_one_of_four(texts):
    assert set(keep(texts, "route").categories) <= set(ROUTES)


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.sampled_from(["reason", "household", "outcome"]))
def test_of_what_fewer_than_five_clients_say_only_listed_terms_are_kept(texts, field):
    listed = tomllib.loads(resources.files("geo.review").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    assert set(keep(texts, field).categories) <= set(listed[field])
