"""The marks of sites: a shape and a letter for each category, never colour alone."""

from dataclasses import dataclass
from typing import Final

from layers.style import WHITE, LegendEntry

MARK_PX: Final = 25  # WCAG 2.2 asks for targets of at least 24 x 24
HUB_PX: Final = 32

_SHAPES: Final[dict[str, str]] = {
    "circle": '<circle cx="14" cy="14" r="11.5"/>',
    "square": '<rect x="3" y="3" width="22" height="22" rx="2"/>',
    "diamond": '<path d="M14 1 27 14 14 27 1 14Z"/>',
    "house": '<path d="M14 1.5 26 11.5V26H2V11.5Z"/>',
    "octagon": '<path d="M9.2 2.5h9.6l6.7 6.7v9.6l-6.7 6.7H9.2l-6.7-6.7V9.2Z"/>',
    "hexagon": '<path d="M14 1.5 25 7.8v12.4L14 26.5 3 20.2V7.8Z"/>',
    "shield": '<path d="M3 3h22v12c0 6-5 9.5-11 12C8 24.5 3 21 3 15Z"/>',
    "book": '<path d="M2 4.5c5-1.5 9-1 12 1 3-2 7-2.5 12-1V24c-5-1.5-9-1-12 1-3-2-7-2.5-12-1Z"/>',
    "pin": '<path d="M14 27C9 20.5 3 16.5 3 11a11 11 0 0 1 22 0c0 5.5-6 9.5-11 16Z"/>',
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a category of sites is marked and named."""

    label: str
    shape: str
    letter: str
    colour: str

    def svg(self) -> str:
        """Draw it; it holds nothing that came from a file."""
        return draw_mark(self.shape, self.letter, self.colour)

    def legend(self) -> LegendEntry:
        """Write its legend line."""
        return LegendEntry(self.label, svg=self.svg())


MARKS: Final[dict[str, Mark]] = {
    "council_office": Mark("Council office", "square", "O", "#1d1d1b"),
    "hub": Mark("Standing hub", "hexagon", "H", "#7a1f5c"),
    "gp_surgery": Mark("GP surgery", "circle", "G", "#005eb8"),
    "food_bank": Mark("Food bank", "diamond", "F", "#1b6e3c"),
    "library": Mark("Library", "book", "L", "#7a4a12"),
    "community_centre": Mark("Community centre", "house", "C", "#00626b"),
    "village_hall": Mark("Village hall", "house", "V", "#4b5d16"),
    "place_of_worship": Mark("Place of worship", "shield", "W", "#5a3a7e"),
    "citizens_advice": Mark("Citizens Advice", "octagon", "A", "#00457c"),
    "jobcentre": Mark("Jobcentre", "square", "J", "#2f5f2a"),
    "childrens_centre": Mark("Children's centre", "octagon", "K", "#97370f"),
    "school_or_college": Mark("School or college", "shield", "S", "#7d2b2b"),
    "military": Mark("Military site", "hexagon", "M", "#4a4f2c"),
    "other": Mark("Other site", "circle", "+", "#5b5b57"),
}


def draw_mark(shape: str, letter: str, colour: str) -> str:
    """Draw a letter or a number in a shape, as inline SVG of 28 units square."""
    size = 13 if len(letter) == 1 else 11
    height = 15.5 if shape == "house" else 12 if shape == "pin" else 14
    return (
        f'<svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">'
        f'<g fill="{colour}" stroke="{WHITE}" stroke-width="1.6">{_SHAPES[shape]}</g>'
        f'<text x="14" y="{height}" dy=".36em" text-anchor="middle" fill="{WHITE}" font-family="system-ui, sans-serif"'
        f' font-size="{size}" font-weight="700">{letter}</text></svg>'
    )
