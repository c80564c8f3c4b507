"""Which reasons and sources are counted for the whole district only."""

import tomllib
from importlib import resources

import pytest

from geo.disclosure.sensitive import is_domestic_abuse

VOCABULARY = tomllib.loads(resources.files("geo.review").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["domestic abuse", *VOCABULARY["reason"]["domestic abuse"]])
def test_every_wording_of_the_official_reason_is_known(text) -> None:
    assert is_domestic_abuse(text)


@pytest.mark.parametrize("term", [term for term in VOCABULARY["reason"] if term != "domestic abuse"])
def test_no_other_official_reason_is_taken_for_it(term) -> None:
    assert not is_domestic_abuse(term)


@pytest.mark.parametrize("text", ["Domestic abuse service", *VOCABULARY["source"]["Domestic abuse service"]])
def test_its_services_are_known(text) -> None:
    assert is_domestic_abuse(text)


@pytest.mark.parametrize(
    "text",
    [
        "DOMESTIC-VIOLENCE",
        "Abusive relationship",
        "Violent relationship breakdown with partner",
        "violent ex partner",
        "Violent breakdown of relationship involving partner",
        "Violence: partner",
        "violence by her ex-partner",
        "Violence: associated persons",
        "IPV",
        "Violence from ex-husband",
        "honour based violence",
        "coercive_control",
        "Sexual abuse",
    ],
)
def test_other_words_for_it_are_known(text) -> None:
    assert is_domestic_abuse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "drug abuse",
        "Alcohol abuse",
        "Non-violent relationship breakdown",
        "other violence or harassment",
        "data",
        "non-violent breakdown of relationship with partner",
        "no violence from partner",
    ],
)
def test_what_only_sounds_alike_is_not(text) -> None:
    assert not is_domestic_abuse(text)
