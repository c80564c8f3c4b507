"""Tables that others have published: H-CLIC totals, answers to Freedom of Information requests, committee papers."""

from dataclasses import dataclass
from typing import Final

from geo.disclosure.topics import Topic
from geo.errors import BadInputError

EVERYWHERE: Final = "*"


@dataclass(frozen=True)
class ExternalFigure:
    """One published number.

    Attributes
    ----------
    code
        Of the area; "*" for the whole district, clients without a place included.
    value
        As published.
    rounded_to
        Its publisher rounds to the nearest multiple of this; 1 for an exact number.
    """

    code: str
    value: int
    rounded_to: int = 1

    def __post_init__(self) -> None:
        """Refuse a number that no count can be."""
        if self.value < 0 or self.rounded_to < 1:
            message = "A published number is a whole one, not negative, rounded to 1 (exact) or more."
            raise BadInputError(message)

    @property
    def interval(self) -> tuple[int, int]:
        """The smallest and the largest count it can stand for, halves rounded up.

        Examples
        --------
        >>> ExternalFigure("*", 57).interval, ExternalFigure("*", 60, rounded_to=10).interval
        ((57, 57), (55, 64))
        """
        low = self.value - self.rounded_to // 2
        return max(low, 0), low + self.rounded_to - 1


@dataclass(frozen=True)
class ExternalTable:
    """Numbers that somebody else published of the same clients.

    Attributes
    ----------
    name
        How the screens call it, such as "H-CLIC 2024 Q2".
    topic
        What it counts; level "district" where it gives only one number.
    figures
        Its numbers.
    """

    name: str
    topic: Topic
    figures: tuple[ExternalFigure, ...]
