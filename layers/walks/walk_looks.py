"""How the parts of a planned walk are drawn: a colour and a shape for each team, marks for start and end."""

from dataclasses import dataclass
from typing import Final

from layers.marks import draw_mark
from layers.style import WHITE, Fill

_TEAMS: Final = (
    ("circle", "#00457c"),
    ("square", "#8a1538"),
    ("diamond", "#1b6e3c"),
    ("hexagon", "#5a3a7e"),
    ("octagon", "#7a4a12"),
    ("house", "#00626b"),
    ("shield", "#1d1d1b"),
)
_END_COLOUR: Final = "#1d1d1b"
HALO: Final = Fill(colour="", line=WHITE, line_px=8.0)
UNLIT: Final = Fill(colour="", line=WHITE, line_px=2.6, dash="3 7")
_DASH_PX: Final = 12
UNLIT_LEGEND: Final = Fill(colour="", line="#00457c", line_px=4.0, dash="7 3")


@dataclass(frozen=True, slots=True)
class TeamLook:
    """How a team's stops and ways are drawn; never told apart by colour alone."""

    shape: str
    colour: str

    def mark(self, letter: str) -> str:
        """Draw a stop with its number."""
        return draw_mark(self.shape, letter, self.colour)

    def way(self, beneath: int = 0) -> Fill:
        """Give the look of the way; over others it is broken, so that their colours show between.

        Parameters
        ----------
        beneath
            How many other teams' ways lie below.
        """
        dash = f"{_DASH_PX} {_DASH_PX * beneath}" if beneath else ""
        return Fill(colour="", line=self.colour, line_px=4.0, dash=dash)


def team_look(team: int) -> TeamLook:
    """Give the look of a team, from 1; after the seventh they come again.

    Examples
    --------
    >>> team_look(1).shape, team_look(2).shape, team_look(8).shape
    ('circle', 'square', 'circle')
    """
    return TeamLook(*_TEAMS[(team - 1) % len(_TEAMS)])


def end_mark(letter: str) -> str:
    """Draw the start (S) or the end (E) of a walk."""
    return draw_mark("pin", letter, _END_COLOUR)
