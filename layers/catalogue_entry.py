"""One entry of the catalogue of open data: who publishes it, where, how often, and what the planner uses it for."""

from dataclasses import dataclass
from typing import Final

from geo.editions import Dataset
from layers.source_file import Publisher

_CALLED: Final = {"nspl": "onspd --as nspl"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a data set changes.

    Attributes
    ----------
    words
        For people, such as "every three months".
    months
        An edition in use that is older than this is due for a new one.
    """

    words: str
    months: int


@dataclass(frozen=True, slots=True)
class Access:
    """How a data set is come by.

    Attributes
    ----------
    endpoint
        The address that the planner asks; empty where it fetches it not.
    page
        Where a person downloads it by hand.
    by_hand
        The command that takes the file.
    fetch
        What `planner fetch` calls it; empty where the planner fetches it not.
    usual
        Whether a council that has none yet is given it with all the others.
    """

    page: str
    by_hand: str
    endpoint: str = ""
    fetch: str = ""
    usual: bool = False

    @property
    def command(self) -> str:
        """The command that brings it: fetching it, else adding it."""
        words = _CALLED.get(self.fetch, self.fetch)
        return f"planner fetch {words}" if words else self.by_hand


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A data set as its publisher offers it.

    Attributes
    ----------
    source
        Its data set in the workspace, title, licence and attribution line.
    publisher
        Who publishes it.
    access
        How it is come by.
    form
        The format of the file.
    rhythm
        How often it changes.
    used_for
        What the planner uses it for.
    also_titled
        What editions of it may be called besides.
    """

    source: Publisher
    publisher: str
    access: Access
    form: str
    rhythm: Rhythm
    used_for: str
    also_titled: tuple[str, ...] = ()

    @property
    def dataset(self) -> Dataset:
        """The part of the workspace it fills."""
        return self.source.dataset

    @property
    def title(self) -> str:
        """The publisher's own name for it."""
        return self.source.title

    def names(self, title: str) -> bool:
        """Tell whether an edition with this title is one of it."""
        return title in {self.title, *self.also_titled}
