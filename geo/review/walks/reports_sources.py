"""Say who may stand as the source of a report in a file: whoever is known here, and nobody whom only the file names.

In exports a column headed "Source" or "Service" may hold free text. What it says is kept only where it is the name of
a source that is known: all else may tell of a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.review.partners import read_partners
from geo.review.walks.agencies import read_agencies
from geo.review.walks.reports_made import tidy_source
from geo.review.workspace import Workspace

STREETLINK: Final = "StreetLink"


@dataclass(frozen=True)
class Sources:
    """Who may be named.

    Attributes
    ----------
    given
        Who reported, as an officer typed it, for rows that name nobody who is known; may be empty.
    known
        The names, by themselves in small letters without spaces.
    """

    given: str
    known: Mapping[str, str]

    def knows(self, text: str) -> bool:
        """Tell whether a cell is the name of a source that is known, however it is spaced and cased."""
        return _folded(text) in self.known

    def named(self, text: str) -> str:
        """Give the source that a cell names, written as it is known; else the one given for the file."""
        return self.known.get(_folded(text), tidy_source(self.given))


def sources_of(workspace: Workspace, given: str) -> Sources:
    """Gather the sources that a workspace knows: StreetLink, agencies, partners, feeds, and the one given for a file.

    Parameters
    ----------
    given
        As an officer typed it.
    """
    agencies = [one.name for one in read_agencies(workspace)]
    partners = [one.name for one in read_partners(workspace)]
    feeds = [one.name for one in workspace.feeds()]
    own = tidy_source(given)
    names = filter(None, (*feeds, *partners, *agencies, STREETLINK, own))
    return Sources(own, {_folded(name): name for name in names})


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()
