"""Read what an officer writes about a site: each fact in one form only, or a sentence that says what was expected."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from geo.errors import BadInputError
from geo.places.postcode import Postcode
from geo.review.dates import parse_date
from geo.review.register_words import CATEGORY, LABEL, commented, heading_of, told

LONGEST: Final = 500
LONGEST_COMMENT: Final = 5_000
MOST_PEOPLE: Final = 100_000
MOST_COLUMNS: Final = 60
NOT_A_ROLE: Final = (
    "the host contact is a role, such as practice manager, never a person: no name, e-mail address or telephone number"
)
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_NUMBERED: Final = 6  # digits in a role: a telephone number
_TITLED: Final = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|revd?|sir)\b\.?\s+\w", re.IGNORECASE)
_EXTRA_NAME: Final = re.compile(r"[^\x00-\x1f]{1,80}")


def read_fact(field: str, text: str, *, today: date) -> str:
    """Read one fact as the register keeps it; empty text stays empty.

    Parameters
    ----------
    field
        A key of `register_words.LABEL`, or an added column or a comment.
    today
        A check cannot be later.

    Raises
    ------
    BadInputError
        The text cannot be that fact. The sentence names the fact and not the text.

    Examples
    --------
    >>> today = date(2025, 5, 1)
    >>> read_fact("step_free", "Y", today=today), read_fact("checked", "28/4/2025", today=today)
    ('yes', '2025-04-28')
    """
    if commented(field):
        return _short(text.strip(), told(field), LONGEST_COMMENT)
    plain = _short(" ".join(text.split()), told(field), LONGEST)
    if not plain:
        return ""
    if heading_of(field):
        return plain
    if field not in LABEL:
        message = f"'{field}' is no fact of a site; expected one of: {', '.join(LABEL)}."
        raise BadInputError(message)
    return _READERS[field](plain, today) if field in _READERS else plain


def read_heading(text: str) -> str:
    """Read the heading of an added column.

    Raises
    ------
    BadInputError
        It is empty, too long or the heading of a fact that the register has.
    """
    plain = " ".join(text.split())
    if not _EXTRA_NAME.fullmatch(plain):
        message = "The heading of an added column may have 1 to 80 letters; shorten it."
        raise BadInputError(message)
    return plain


def read_role(text: str) -> str:
    """Read a role.

    Raises
    ------
    BadInputError
        It looks like a person's name, an e-mail address or a telephone number.

    Examples
    --------
    >>> read_role("Practice  manager")
    'Practice manager'
    """
    plain = " ".join(text.split())
    if "@" in plain or sum(letter.isdigit() for letter in plain) >= _NUMBERED or _TITLED.search(plain):
        message = f"{NOT_A_ROLE[0].upper()}{NOT_A_ROLE[1:]}. Nothing was kept of it."
        raise BadInputError(message)
    return plain


def _short(text: str, what: str, limit: int) -> str:
    if len(text) > limit:
        message = f"{what} may have {limit:,} letters; this one has {len(text):,}. Shorten it."
        raise BadInputError(message)
    return text


def _category(text: str, _: date) -> str:
    plain = text.casefold()
    found = [code for code, label in CATEGORY.items() if plain in {code, code.replace("_", " "), label.casefold()}]
    if not found:
        message = f"Category is none of the register's; expected one of: {', '.join(CATEGORY.values())}."
        raise BadInputError(message)
    return found[0]


def _yes_or_no(what: str) -> Callable[[str, date], str]:
    def read(text: str, _: date) -> str:
        plain = text.casefold()
        if plain not in _YES | _NO:
            message = f"{what} is neither yes nor no; write one of them, or leave it empty where it is not known."
            raise BadInputError(message)
        return "yes" if plain in _YES else "no"

    return read


def _capacity(text: str, _: date) -> str:
    plain = text.replace(",", "")
    whole = plain.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit() and int(whole) <= MOST_PEOPLE):
        message = f"Capacity is a whole number of people, 0 to {MOST_PEOPLE:,}; leave it empty where it is not known."
        raise BadInputError(message)
    return str(int(whole))


def _checked(text: str, today: date) -> str:
    found = parse_date(text, today=today)
    if found is None or found > today:
        message = "Last checked is a day, such as 28/04/2025, and not one to come."
        raise BadInputError(message)
    return found.isoformat()


def _postcode(text: str, _: date) -> str:
    return str(Postcode.parse(text))


def _services(text: str, _: date) -> str:
    parts = [part.strip() for part in text.replace(",", ";").split(";")]
    return "; ".join(dict.fromkeys(part for part in parts if part))


_READERS: Final[dict[str, Callable[[str, date], str]]] = {
    "category": _category,
    "postcode": _postcode,
    "services": _services,
    "step_free": _yes_or_no("Step-free"),
    "private_room": _yes_or_no("Private room"),
    "capacity": _capacity,
    "host_role": lambda text, _: read_role(text),
    "checked": _checked,
}
