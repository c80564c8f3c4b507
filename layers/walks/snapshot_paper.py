"""What a paper of a night's count is made of: headings, words, tables with boxes to fill in, lists to tick, a map."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading within a paper."""

    text: str


@dataclass(frozen=True)
class Words:
    """Paragraphs."""

    texts: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels with what they say, two beside each other."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ticks:
    """A list to tick: by when, and what."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Form:
    """A table, perhaps with empty boxes to write in.

    Attributes
    ----------
    name
        What it is, for whoever hears it read.
    head
        A label for each column.
    rows
        Their cells; what is missing at the end of a row is an empty box.
    widths_mm
        Of each column; 0 for the one that takes the rest.
    tall
        Whether each row has the room to write in.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths_mm: tuple[float, ...]
    tall: bool = False


@dataclass(frozen=True)
class Picture:
    """A map.

    Attributes
    ----------
    svg
        As it was drawn.
    title, alt
        For whoever does not see it.
    note
        Below it.
    """

    svg: str
    title: str
    alt: str
    note: str


@dataclass(frozen=True)
class Break:
    """The next page."""


Block = Heading | Words | Points | Facts | Ticks | Form | Picture | Break


@dataclass(frozen=True)
class Paper:
    """A paper to print.

    Attributes
    ----------
    stem
        Of its files' names: the year and the team, never the night.
    title
        At its head.
    whom
        To whom it is given and what becomes of it; framed below the title.
    foot
        On every page.
    blocks
        What it says, in order.
    """

    stem: str
    title: str
    whom: str
    foot: str
    blocks: tuple[Block, ...]
