"""Keep categories, never free text: what a route, reason, household, outcome or agency may say once it is kept."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

import pandas as pd

GuardedField = Literal["route", "reason", "household", "outcome", "source"]

LONGEST: Final = 60  # a longer text is a note, not a category
ENOUGH: Final = 5  # clients; a text that fewer of them share may tell of one of them
NOT_STATED: Final = "not stated"
_OTHER: Final[dict[str, str]] = {"route": "not_stated", "source": "other agency"}
_BLANK: Final[dict[str, str]] = {"route": "not_stated", "source": ""}

_OTHER_THAN_WORDS: Final = re.compile(r"[\W_]+")
_NEGATIONS: Final = (" no ", " not ", " non ", " never ", " without ")
_LONGEST_SEARCHED: Final = 120
# A text that begins with = + - or @ would be a formula in a spreadsheet; a category begins with a letter or figure.
_PLAIN: Final = re.compile(r"[^\W_][\w ,.:;&'/()+-]*")
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}[0-9oi][a-z0-9]?\s*[0-9oi][a-z]{2}\b", re.IGNORECASE)
_DIGIT_RUN: Final = re.compile(r"\d{3,}")  # telephone, case, national insurance and house numbers; "Section 21" has 2
_MOST_DIGITS: Final = (
    4  # "18-24" has 4; a telephone number in pairs has 11, a date at least 5 with its month in figures
)
_DAY_AND_MONTH: Final = re.compile(r"\d\s*[/.]\s*\d|\b\d{1,2}(?:st|nd|rd|th)\b")
_TELLING: Final = 4  # letters of an ordinary word that no person's name holds: "open" tells, "of" does not
_SUFFIXES: Final = re.compile(r"'s?$")


@dataclass(frozen=True)
class Kept:
    """A column of categories.

    Attributes
    ----------
    categories
        What is kept, on the index of what came in.
    folded
        How many rows said something that is not kept.
    """

    categories: pd.Series
    folded: int


def keep_categories(
    texts: pd.Series, field: GuardedField, *, clients: pd.Series, known: frozenset[str] = frozenset()
) -> Kept:
    """Replace texts by categories.

    A text that means an official term becomes that term. Another one is kept only if it is short, is made of the
    ordinary words of housing work alone (an agency's name: holds a word of an organisation), holds nothing that looks
    like a postcode, number, date, address, e-mail or name, and at least five clients of the file share it (or it was
    kept before). Everything else becomes "other". A route is always one of four.

    Parameters
    ----------
    texts
        As written.
    clients
        Whose row it is, missing for duplicates: a household's rows count once, so that one client's note repeated is
        not taken for a category.
    known
        Values of this field that the workspace keeps already for this feed.
    """
    tidy = texts.map(_tidy)
    frame = pd.DataFrame({"words": tidy, "written": texts.map(_spaced), "client": clients})
    shared = frame.dropna().drop_duplicates(["words", "client"])["words"].value_counts().to_dict()
    before = {_tidy(value): value for value in known}
    decided = {
        words: _decide(field, words, written, before, enough=shared.get(words, 0) >= ENOUGH)
        for words, written in _usual_spelling(frame)
    }
    return Kept(tidy.map(_first(decided)), sum(decided[words][1] for words in tidy))


def is_plain(text: str) -> bool:
    """Tell whether a short text holds nothing that could point at a person or a place.

    Examples
    --------
    >>> [is_plain(text) for text in ("Kinship care ended", "12 Mill Road", "ask Karen", "call 07700 900 123")]
    [True, False, False, False]
    """
    tidy = _tidy(text)
    words = set(tidy.split())
    names = {_SUFFIXES.sub("", word) for word in text.casefold().split()} | words
    return (
        len(text) <= LONGEST
        and _PLAIN.fullmatch(text) is not None
        and not any(pattern.search(text) for pattern in (_POSTCODE, _DIGIT_RUN, _DAY_AND_MONTH))
        and sum(letter.isdigit() for letter in text) <= _MOST_DIGITS
        and not (names & _list("giveaways", "first_names"))
        and not any(f" {title} " in f" {tidy} " for title in _list("giveaways", "titles"))
        and not (any(letter.isdigit() for letter in text) and words & _list("giveaways", "streets"))
    )


def is_term(text: str, field: GuardedField) -> bool:
    """Tell whether a text is an official term of a field, or one of the words that mean one.

    Examples
    --------
    >>> is_term("End of social rented tenancy", "reason"), is_term("ask Karen", "reason")
    (True, False)
    """
    return _tidy(text) in _terms(field)


def _usual_spelling(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Give the commonest spelling of each text, the first in the alphabet where two are as common."""
    often = frame.value_counts(["words", "written"]).rename("rows").reset_index()
    best = often.sort_values(["rows", "written"], ascending=[False, True]).drop_duplicates("words")
    return list(zip(best["words"].to_list(), best["written"].to_list(), strict=True))


def _decide(field: str, words: str, written: str, before: dict[str, str], *, enough: bool) -> tuple[str, bool]:
    """Give the value kept, and whether the text was folded."""
    if not words:
        return _BLANK.get(field, NOT_STATED), False
    may_stay = field != "route" and enough and is_plain(written) and _is_category(field, words)
    term = _terms(field).get(words)
    if term is None and not (field == "source" and may_stay):
        term = _contained(field, words)
    if term is not None:
        return term, False
    if field != "route" and words in before:
        return before[words], False
    return (written, False) if may_stay else (_OTHER.get(field, "other"), True)


def _is_category(field: str, words: str) -> bool:
    """Tell whether a text speaks of a kind of case or of an organisation, not of somebody."""
    if field == "source":
        telling = _list("words", "organisation") | {word for word in _known_words() if len(word) >= _TELLING}
        return bool(set(words.split()) & telling) or _contained(field, words) is not None
    return set(words.split()) <= _known_words()


def _contained(field: str, words: str) -> str | None:
    """Find the longest term inside a text that is not too long and does not deny it."""
    if len(words) > _LONGEST_SEARCHED:
        return None
    padded = f" {words} "
    found = next((phrase for phrase in _phrases(field) if f" {phrase} " in padded), None)
    if found is None or any(negation in padded.replace(f" {found} ", "  ") for negation in _NEGATIONS):
        return None
    return _terms(field)[found]


def _first(decided: dict[str, tuple[str, bool]]) -> Callable[[str], str]:
    return lambda words: decided[words][0]


def _tidy(text: str) -> str:
    return _OTHER_THAN_WORDS.sub(" ", text.casefold()).strip()


def _spaced(text: str) -> str:
    return " ".join(text.split())


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    text = resources.files("geo.review").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _terms(field: str) -> dict[str, str]:
    """Every word for a category, tidied, with the category it means."""
    table = _words()[field]
    return {_tidy(word): term for term, words in table.items() for word in (*words, term)}


@cache
def _phrases(field: str) -> tuple[str, ...]:
    """Give the words that may be looked for inside a text: the longest first, those of one or two letters left out."""
    shortest = 3
    return tuple(sorted((word for word in _terms(field) if len(word) >= shortest), key=lambda word: (-len(word), word)))


@cache
def _known_words() -> frozenset[str]:
    """Every word of the official terms, and the ordinary ones."""
    terms = (term for field in ("reason", "household", "outcome") for term in _terms(field))
    return frozenset(word for term in terms for word in term.split()) | _list("words", "ordinary")


@cache
def _list(table: str, name: str) -> frozenset[str]:
    return frozenset(_words()[table][name])
