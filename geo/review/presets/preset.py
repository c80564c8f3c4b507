"""What a preset holds: names of columns, meanings of values, and where both come from; never data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Meanings = Mapping[str, Mapping[str, str]]
"""Field to what a system writes, to what that means: {"reason": {"7": "end of social rented tenancy"}}."""


@dataclass(frozen=True)
class Source:
    """The public document that names the columns.

    Attributes
    ----------
    title, publisher, date
        As the document says; `date` may be in words.
    """

    title: str = ""
    publisher: str = ""
    date: str = ""


@dataclass(frozen=True)
class Preset:
    """A mapping that was made once.

    Attributes
    ----------
    name
        A short name to ask for it by.
    about
        What it is for, and what to mind, in a sentence or two.
    columns
        Field to the names its column may have, the likeliest first; none where the field is left out on purpose.
    meanings
        What values mean.
    sources
        The public documents; none for a preset that a council made.
    unverified
        Fields whose column no published document of the system's maker or of government names.
    """

    name: str
    about: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    unverified: tuple[str, ...] = ()
