"""Recognise reasons and sources that may be counted for the whole district only: those of domestic abuse.

Whoever looks for somebody knows roughly where she fled to. A map of the group, or its count for one area, helps him;
the same count for the whole district does not. A wrong refusal costs one map.
"""

import re
from typing import Final

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_ABUSE: Final = re.compile(
    r"""
    \b(?:
        domestic \s? (?:abuse|violence|assault|incident)s?
      | (?<!substance\s) (?<!drug\s) (?<!drugs\s) (?<!alcohol\s) (?<!solvent\s) abus(?:e|ed|ive)
      | (?<!non\s) (?<!not\s) violent \s (?: \w+ \s )? (?:relationship|partner|husband|wife|spouse|marriage|breakdown)
      | (?:partner|spouse|husband|wife) (?: \s \w+ )? \s violence
      | (?<!no\s) (?<!without\s) violence \s (?: \w+ \s ){0,3} (?:partner|spouse|husband|wife|associated)
      | coercive \s control | honou?r \s (?: based \s )? (?:abuse|violence) | forced \s marriages?
      | d \s? v | d \s? a | dva | ipv | idvas? | marac | vawg | wom[ae]n \s? s? \s aid | refuges?
    )\b
    """,
    re.VERBOSE,
)


def is_domestic_abuse(text: str) -> bool:
    """Tell whether a reason or a source speaks of domestic abuse.

    Parameters
    ----------
    text
        A category as kept with the records, or the name of an agency.

    Examples
    --------
    >>> [is_domestic_abuse(text) for text in ("Domestic abuse - victim", "fleeing DV", "Women's Aid")]
    [True, True, True]
    >>> [is_domestic_abuse(text) for text in ("non-violent relationship breakdown with partner", "substance abuse")]
    [False, False]
    """
    return _ABUSE.search(_NOT_WORDS.sub(" ", text.casefold()).strip()) is not None
