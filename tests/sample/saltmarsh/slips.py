"""Choose where a household says it lives, and how a hurried officer writes the postcode down."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from .draws import Draws
from .postcodes import Postcode

_MALFORMED: Final = ("ZZ1 1A", "ZZ11 1AAA", "Aldersea", "ZZ3", "1AA ZZ1", "see notes", "ZZ1 AAA", "Orrick?")
_NO_ABODE: Final = ("ZZ99 3VZ", "ZZ99 3VZ", "ZZ99 3VZ", "NFA", "NFA", "zz99 3vz", "No fixed abode", "ZZ993VZ")
_NOT_KNOWN: Final = ("ZZ99 3WZ", "ZZ99 3WZ", "unknown", "Not known", "NK")
_ELSEWHERE: Final = ("ZZ99 3CZ", "ZZ99 3GZ", "ZZ99 1WZ", "ZZ99 2WZ")
_MISSING: Final = ("", "", "", "N/A", "-", "none")
_SLIP_SHARE: Final = 0.055

# Status and flag of a household's address, and how many in a thousand have it.
_SHARES: Final = (
    ("located", "", 690),
    ("no_fixed_abode", "", 126),
    ("outside", "", 38),
    ("missing", "", 26),
    ("located", "institution", 42),
    ("located", "terminated", 20),
    ("located", "shared_point", 16),
    ("not_known", "", 14),
    ("not_in_gazetteer", "", 10),
    ("malformed", "", 9),
    ("no_location", "", 6),
    ("elsewhere", "", 3),
)
_TEXTS: Final = {
    "no_fixed_abode": _NO_ABODE,
    "not_known": _NOT_KNOWN,
    "elsewhere": _ELSEWHERE,
    "malformed": _MALFORMED,
    "missing": _MISSING,
}
_INSTITUTION_WEIGHTS: Final = {
    "hostel": 9,
    "temporary_accommodation": 7,
    "hospital": 3,
    "prison": 2,
    "council_office": 4,
}


@dataclass(frozen=True)
class Address:
    status: str
    flags: tuple[str, ...]
    texts: tuple[str, ...]  # one postcode, or the words that stand for none

    @property
    def is_postcode(self) -> bool:
        return self.status in {"located", "outside", "no_location", "not_in_gazetteer"}


Homes = tuple[list[Postcode], list[float]]


def address_of(draws: Draws, postcodes: list[Postcode], unused: list[str], homes: Homes) -> Address:
    """Draw what kind of address a household gives, then the address."""
    status, flag = draws.weighted([(s, f) for s, f, _ in _SHARES], [weight for _, _, weight in _SHARES])
    flags = (flag,) if flag else ()
    if status in _TEXTS:
        return Address(status, (), _TEXTS[status])
    if status == "not_in_gazetteer":
        return Address(status, (), (draws.pick(unused),))
    if flag == "institution":
        places = [postcode for postcode in postcodes if postcode.kind in _INSTITUTION_WEIGHTS]
        weights = [float(_INSTITUTION_WEIGHTS[place.kind]) for place in places]
        return Address(status, flags, (draws.weighted(places, weights).code,))
    kind = {"outside": "outside", "no_location": "unlocated", "terminated": "terminated", "shared_point": "shared"}
    if flag or status != "located":
        return Address(status, flags, (draws.pick([p for p in postcodes if p.kind == kind[flag or status]]).code,))
    inside, chances = homes
    return Address(status, (), (inside[bisect_right(chances, draws.unit() * chances[-1])].code,))


def written(draws: Draws, address: Address, known: set[str]) -> tuple[str, bool]:
    """Write the postcode, now and then with a slip; say whether the slip is one that can be mended."""
    text = draws.pick(address.texts)
    if not address.is_postcode or not draws.chance(_SLIP_SHARE):
        return text, False
    slipped = _slip(draws, text)
    return slipped, address.status != "not_in_gazetteer" and text in known and slipped != text


def _slip(draws: Draws, text: str) -> str:
    outward, inward = text.split()
    choices = [text.lower(), outward + inward, f"{outward}  {inward}", f"{outward} {inward[0]} {inward[1:]}"]
    if "1" in inward:
        choices += [f"{outward} {inward.replace('1', 'I')}"] * 2
    if "0" in inward:
        choices += [f"{outward} {inward.replace('0', 'O')}"] * 2
    if outward.endswith("1"):
        choices.append(f"{outward[:-1]}I {inward}")
    return draws.pick(choices)
