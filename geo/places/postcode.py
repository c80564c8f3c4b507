"""What a UK postcode looks like, and how it is written."""

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.errors import BadInputError

# Any letter may end the inward part: whether a postcode exists is for the gazetteer to say, not for its shape.
SHAPE: Final = r"^([A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0AA)$"
PSEUDO: Final[dict[str, str]] = {"ZZ993VZ": "no_fixed_abode", "ZZ993WZ": "not_known"}
"""NHS codes that stand where there is no postcode; every other `ZZ99 ...` means elsewhere."""
PSEUDO_SHAPE: Final = r"^ZZ99[0-9][A-Z]{2}$"

_SPACES: Final = re.compile(r"\s+")
_INWARD_LENGTH: Final = 3


@dataclass(frozen=True, slots=True)
class Postcode:
    """Hold a unit postcode in its two parts.

    Attributes
    ----------
    outward
        Such as "SP10".
    inward
        Such as "1DP".

    Examples
    --------
    >>> str(Postcode.parse(" sp101dp"))
    'SP10 1DP'
    >>> Postcode.parse("SP10 1DP").sector
    'SP10 1'
    """

    outward: str
    inward: str

    @classmethod
    def parse(cls, text: str) -> "Postcode":
        """Read a postcode, mending spacing and case.

        Raises
        ------
        BadInputError
            The text is not shaped like a postcode. The message does not repeat the text.
        """
        compact = _SPACES.sub("", text).upper()
        if re.fullmatch(SHAPE, compact) is None:
            message = "The text given is not a UK postcode; expected one like 'SP10 1DP'."
            raise BadInputError(message)
        return cls(compact[:-_INWARD_LENGTH], compact[-_INWARD_LENGTH:])

    @property
    def compact(self) -> str:
        """Write it without the space: "SP101DP"."""
        return self.outward + self.inward

    @property
    def sector(self) -> str:
        """Name the sector it belongs to: "SP10 1"."""
        return f"{self.outward} {self.inward[0]}"

    def __str__(self) -> str:
        """Write it with one space: "SP10 1DP"."""
        return f"{self.outward} {self.inward}"


def spaced(compact: pd.Series) -> pd.Series:
    """Write postcodes with their one space; empty text stays empty.

    Examples
    --------
    >>> spaced(pd.Series(["SP101DP", "B11AA", ""])).to_list()
    ['SP10 1DP', 'B1 1AA', '']
    """
    return (compact.str[:-_INWARD_LENGTH] + " " + compact.str[-_INWARD_LENGTH:]).str.strip()


def sectors(compact: pd.Series) -> pd.Series:
    """Name the sector of each postcode.

    Examples
    --------
    >>> sectors(pd.Series(["SP101DP", "B11AA"])).to_list()
    ['SP10 1', 'B1 1']
    """
    return spaced(compact).str[:-2]


def areas(compact: pd.Series) -> pd.Series:
    """Name the postcode area of each postcode: its first one or two letters.

    Examples
    --------
    >>> areas(pd.Series(["SP101DP", "B11AA"])).to_list()
    ['SP', 'B']
    """
    first_two = compact.str[:2]
    return first_two.where(first_two.str.isalpha(), compact.str[:1])
