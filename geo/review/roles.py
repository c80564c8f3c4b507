"""Who may do what on a server: the list of roles, and the role of whoever has signed in.

Nobody is anybody until a list says so. A list names people by e-mail address, which counts only where the provider
says that it has verified it, or by a value of one claim, such as a group of the council's directory.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Role = Literal["lead", "officer", "partner", "viewer"]
Right = Literal["team", "safe places", "forget", "freeze", "release", "partner releases", "public releases", "own feed"]

RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    "lead": frozenset({"team", "safe places", "forget", "freeze", "release"}),
    "officer": frozenset({"team"}),
    "partner": frozenset({"partner releases", "public releases", "own feed"}),
    "viewer": frozenset({"public releases"}),
}
# They may be changed by whoever has the account, or are not unique: a role must not hang on them.
_UNSAFE_CLAIMS: Final = frozenset(
    {
        "email",
        "preferred_username",
        "upn",
        "unique_name",
        "name",
        "nickname",
        "given_name",
        "family_name",
        "phone_number",
    }
)
_EMAIL: Final = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # visible ASCII: no two letters look alike, or fold into one
_CLOCKS_APART: Final = timedelta(minutes=5)
_LONGEST: Final = 254


def _address(text: str) -> str:
    tidy = text.strip()
    if len(tidy) > _LONGEST or not _EMAIL.fullmatch(tidy):
        kind, message = "address", "one of the addresses is no e-mail address; expected one like jo@council.gov.uk"
        raise PydanticCustomError(kind, message)
    return tidy.lower()


Address = Annotated[str, AfterValidator(_address)]
Word = Annotated[str, Field(min_length=1, max_length=200)]


class Member(BaseModel):
    """One entry of the list: a role, and who has it.

    Attributes
    ----------
    role
        Of everybody named in this entry.
    emails
        Addresses; capitals do not matter.
    claims
        Values of the list's claim, letter by letter.
    feed
        The one feed that a partner may add; empty where they may add none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    emails: tuple[Address, ...] = ()
    claims: tuple[Word, ...] = ()
    feed: str = Field(default="", max_length=60)

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.emails and not self.claims:
            kind, message = "nobody", "an entry names nobody; give it emails or claims"
            raise PydanticCustomError(kind, message)
        if self.feed and self.role != "partner":
            kind, message = "feed", "only a partner has a feed of its own; the team adds every feed"
            raise PydanticCustomError(kind, message)
        return self


class Roles(BaseModel):
    """The list of roles: the first entry that names somebody counts.

    Attributes
    ----------
    claim
        The claim whose values the entries name, such as "groups"; empty where only addresses count.
    sign_in_hours
        How long a sign-in lasts.
    members
        The entries.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str = Field(default="", max_length=200)
    sign_in_hours: int = Field(default=10, ge=1, le=24)
    members: tuple[Member, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _clear(self) -> Self:
        kind = "roles"
        if self.claim in _UNSAFE_CLAIMS:
            message = "the claim is one that its owner may change; name people by emails, or choose a claim of groups"
            raise PydanticCustomError(kind, message)
        if bool(self.claim) != any(member.claims for member in self.members):
            message = "a claim and its values go together; give both, or neither"
            raise PydanticCustomError(kind, message)
        named = Counter(name for member in self.members for name in {*member.emails, *member.claims})
        if any(times > 1 for times in named.values()):
            message = "an address or a value of the claim stands in two entries; leave it in one"
            raise PydanticCustomError(kind, message)
        if not any("team" in RIGHTS[member.role] for member in self.members):
            message = "nobody is lead or officer; name at least one"
            raise PydanticCustomError(kind, message)
        return self

    def in_words(self) -> str:
        """Say how many entries and addresses each role has, for the audit log: no name, no address."""
        addresses = Counter(member.role for member in self.members for _ in member.emails)
        groups = Counter(member.role for member in self.members for _ in member.claims)
        return "; ".join(f"{role}: addresses {addresses[role]}, groups {groups[role]}" for role in RIGHTS)


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in.

    Attributes
    ----------
    name
        The verified address, else the provider's own name for the account: what the audit log is signed with.
    role
        None where the list does not name them: they may see nothing.
    feed
        The feed that a partner may add, or empty.
    ticket
        Tells this sign-in from every other one.
    """

    name: str
    role: Role | None
    feed: str = ""
    ticket: str = ""

    def may(self, right: Right) -> bool:
        """Tell whether they may do something.

        Examples
        --------
        >>> Person("jo@council.gov.uk", "officer").may("forget")
        False
        """
        return self.role is not None and right in RIGHTS[self.role]


def person_of(claims: Mapping[str, object], roles: Roles, *, now: datetime) -> Person | None:
    """Say who has signed in, and with which role.

    Parameters
    ----------
    claims
        What the provider says of them, checked by whoever hands it over; `is_logged_in` is true.
    now
        With its zone: a sign-in that is too old, or of the future, is none.

    Returns
    -------
    Person or None
        None where nobody has signed in, or not lately.

    Examples
    --------
    >>> members = Member(role="officer", emails=("Jo@Council.gov.uk",)), Member(role="viewer", emails=("x@y.org",))
    >>> roles = Roles(members=members)
    >>> said = {"is_logged_in": True, "sub": "1", "iat": 0, "email": "jo@council.GOV.uk", "email_verified": True}
    >>> person_of(said, roles, now=datetime(1970, 1, 1, 1, tzinfo=UTC)).role
    'officer'
    """
    subject, since = claims.get("sub"), _moment(claims.get("iat"))
    if claims.get("is_logged_in") is not True or not isinstance(subject, str) or not subject or since is None:
        return None
    if not -_CLOCKS_APART <= now - since <= timedelta(hours=roles.sign_in_hours):
        return None
    address = _verified(claims)
    member = _entry(roles, address, _values(claims.get(roles.claim) if roles.claim else None))
    name, ticket = address or _account(claims, subject), f"{subject} {since.isoformat()} {claims.get('nonce', '')}"
    return Person(name, member.role, member.feed, ticket) if member else Person(name, None, "", ticket)


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, tz=UTC)
    except (ValueError, OverflowError, OSError):  # a number that is no moment
        return None


def _verified(claims: Mapping[str, object]) -> str:
    """Give the address where the provider has verified it; some providers say so in letters."""
    address, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(address, str) or (verified is not True and verified != "true"):
        return ""
    return address.lower() if len(address) <= _LONGEST and _EMAIL.fullmatch(address) else ""


def _values(value: object) -> frozenset[str]:
    """Read a claim: a text, or a list of texts."""
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else frozenset()


def _entry(roles: Roles, address: str, values: frozenset[str]) -> Member | None:
    return next((one for one in roles.members if address in one.emails or values & frozenset(one.claims)), None)


def _account(claims: Mapping[str, object], subject: str) -> str:
    """Name an account without a verified address: what it calls itself goes with what nobody can choose."""
    called = claims.get("preferred_username")
    return f"{called} (account {subject})" if isinstance(called, str) and called else f"account {subject}"
