"""Say whether an organisation can verify the figure of a night's count: it must not be the council itself."""

import re
from typing import Final

from geo.errors import BadInputError

LONGEST: Final = 120
ASKED: Final = (
    "The figure must be verified by at least one independent partner: an organisation that is neither the council nor "
    "one that the council commissions, such as a day centre, a faith group or a neighbouring council."
)
_FEWEST_LETTERS: Final = 3
_OURSELVES: Final = re.compile(
    r"(the |our )?(council|housing|housing team|housing options( team)?|outreach team|us|ourselves|none|nobody|n/?a)",
    re.IGNORECASE,
)
_KINDS: Final = r"(?:\s+(?:borough|district|city|county borough|metropolitan borough))?"


def require_partner(name: str, *, district: str, independent: bool) -> str:
    """Give the name of the partner, tidied.

    Parameters
    ----------
    name
        An organisation's; no person's.
    district
        Whose council counts.
    independent
        Whether an officer confirms that the council does not commission it.

    Raises
    ------
    BadInputError
        None is named, it is the council itself, or nobody confirms that it is independent.

    Examples
    --------
    >>> require_partner(" St Ann's  Church ", district="Hart", independent=True)
    "St Ann's Church"
    """
    tidy = " ".join(name.split())
    if sum(letter.isalpha() for letter in tidy) < _FEWEST_LETTERS or len(tidy) > LONGEST:
        message = f"{ASKED} Name it, in at most {LONGEST} letters."
        raise BadInputError(message)
    if is_council(tidy, district):
        message = f"'{tidy}' is the council itself. {ASKED}"
        raise BadInputError(message)
    if not independent:
        message = f"{ASKED} Confirm that {tidy} is one."
        raise BadInputError(message)
    return tidy


def is_council(name: str, district: str) -> bool:
    """Tell whether a name is the council's own.

    Examples
    --------
    >>> [is_council(name, "Hart") for name in ("Hart", "Hart District Council", "the council", "Hartley Church")]
    [True, True, True, False]
    """
    own = rf"{re.escape(' '.join(district.split()))}{_KINDS}(?:\s+council\b.*)?"
    return bool(_OURSELVES.fullmatch(name) or (district.strip() and re.fullmatch(own, name, re.IGNORECASE)))
