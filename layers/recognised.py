"""What is seen of a file at first sight, and what it was recognised as."""

from dataclasses import dataclass
from typing import Literal

from geo.editions import Dataset

Kind = Dataset | Literal["osm", "institutions", ""]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file shows at first sight.

    Attributes
    ----------
    name
        Its name, without folders.
    head
        Its first bytes; of an archive, those of the member that tells what it is.
    members
        The names in it, where it is a zip.
    whole
        Whether `head` is all of it.
    """

    name: str
    head: bytes
    members: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is.

    Attributes
    ----------
    kind
        The data set it fills; "osm" fills two, streets and community sites; "" for one that is of no use here.
    what
        Its name for people, or why it is of no use.
    sure
        Told by what is in it, and not by its name alone.
    """

    kind: Kind
    what: str
    sure: bool = True
