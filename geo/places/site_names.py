"""Bring names of places to a form in which the same place reads the same, whoever wrote it down.

A name is parted into words that tell which place it is ("Andover", "Saint Mary") and words that tell what kind of
place ("surgery", "medical centre"). Two publishers may call one surgery "Adelaide Medical Centre" and "The Adelaide
Surgery"; the kind is known from their lists anyway.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

_APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NOT_WORDS: Final = re.compile(r"[^a-z0-9]+")
_PHRASES: Final = (
    (re.compile(r"\b(?:c of e|church of england|cofe|c e)\b"), "anglican"),
    (re.compile(r"\b(?:roman catholic|r c|rc)\b"), "catholic"),
    (re.compile(r"\bfood ?banks?\b"), "foodbank"),
    (re.compile(r"\bu r c\b"), "urc"),
    (re.compile(r"\bunited reformed\b"), "urc"),
)
_ALIKE: Final = {
    "rd": "road",
    "ave": "avenue",
    "ln": "lane",
    "ctr": "centre",
    "center": "centre",
    "med": "medical",
    "hlth": "health",
    "surg": "surgery",
    "prac": "practice",
    "meth": "methodist",
    "bapt": "baptist",
    "lib": "library",
    "comm": "community",
    "mt": "mount",
    "masjid": "mosque",
}
_KIND_WORDS: Final = (
    "surgery surgerie medical health healthcare centre practice clinic doctor gp group partnership branch building "
    "library discovery info information church chapel parish "
    "hall village community social club room house foodbank larder pantry"
)
_SMALL_WORDS: Final = "the of and in at for with on an by to"
_KINDS, _SMALL = frozenset(_KIND_WORDS.split()), frozenset(_SMALL_WORDS.split())
_ORDERS: Final = frozenset({"anglican"})  # what most churches are, and few say
_ALMOST: Final = 0.85
_LONG: Final = 5  # letters of a word that may have a slip


@dataclass(frozen=True, slots=True)
class SiteName:
    """A name in its parts.

    Attributes
    ----------
    telling
        Words that tell which place it is, each once.
    kinds
        Words that tell what kind of place it is.
    """

    telling: frozenset[str]
    kinds: frozenset[str]


def read_name(text: str) -> SiteName:
    """Part a name into its words.

    Examples
    --------
    >>> sorted(read_name("St. Mary\u2019s C of E Church, High St").telling)
    ['high', 'mary', 'saint', 'street']
    >>> read_name("The Adelaide Medical Centre").telling == read_name("Adelaide Surgery").telling
    True
    """
    words = [word for part in text.split(",") for word in _words(part)]
    telling = frozenset(words) - _KINDS - _SMALL - _ORDERS
    return SiteName(telling, frozenset(words) & _KINDS)


def word_weights(names: Iterable[SiteName]) -> dict[str, float]:
    """Weigh each telling word by how rare it is: the name of the town, which many places bear, tells little.

    Parameters
    ----------
    names
        Of every place that is known; each different name counts once, so that a list that is there twice, or in
        another order, changes nothing.

    Returns
    -------
    dict
        Word to 1 over the root of the number of different names that hold it.
    """
    counts: dict[str, int] = {}
    for name in {one.telling for one in names}:
        for word in name:
            counts[word] = counts.get(word, 0) + 1
    return {word: count**-0.5 for word, count in counts.items()}


def names_alike(one: SiteName, other: SiteName, weights: Mapping[str, float]) -> float:
    """Say how alike two names are, by their telling words alone.

    A word of five letters or more may have a slip. Where one name holds all words of the other and more, as "Andover
    Foodbank, Kings Church" does, the rest counts half.

    Returns
    -------
    float
        0 to 1; 0 where one of them has no telling word.
    """
    common = _common(one.telling, other.telling, weights)
    all_one, all_other = _weight(one.telling, weights), _weight(other.telling, weights)
    if not common:
        return 0.0
    dice = 2 * common / (all_one + all_other)
    contained = min(1.0, common / min(all_one, all_other))
    return min(1.0, max(dice, (dice + contained) / 2))


def _common(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    same = one & other
    left, right = sorted(one - same), sorted(other - same)
    total = _weight(same, weights)
    for word in left:
        near = [
            (Indel.normalized_similarity(word, twin), twin)
            for twin in right
            if min(len(word), len(twin)) >= _LONG and Indel.normalized_similarity(word, twin) >= _ALMOST
        ]
        if near:
            likeness, twin = max(near)
            right.remove(twin)
            total += likeness * (weights.get(word, 1.0) + weights.get(twin, 1.0)) / 2
    return total


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(sorted(weights.get(word, 1.0) for word in words))  # sorted: a sum depends on the order in its last digit


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    plain = _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", bare)).strip()
    for phrase, instead in _PHRASES:
        plain = phrase.sub(instead, plain)
    words = plain.split()
    last = len(words) - 1
    return [_word(word, last=at == last and at > 0) for at, word in enumerate(words)]


def _word(word: str, *, last: bool) -> str:
    """Write a word out; "St" is a saint but at the end, where it is a street. A plural counts as its singular."""
    if word in {"st", "saints", "ss"}:
        return "street" if last and word == "st" else "saint"
    whole = _ALIKE.get(word, word)
    return whole[:-1] if len(whole) > 3 and whole.endswith("s") and not whole.endswith("ss") else whole  # noqa: PLR2004 - "bus" is no plural
