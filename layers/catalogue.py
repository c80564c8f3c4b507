"""Every data set the planner can use, gathered from the layers' own files in one order.

To add a data set, write its `CATALOGUE` in its own file and name that file here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.editions import Dataset, Edition
from geo.review.edition_age import month_of, months_old
from layers import (
    backdrop,
    boundaries,
    census,
    deprivation,
    food_banks,
    gp_surgeries,
    households,
    libraries,
    osm_sites,
    postcodes,
    streets,
    timetable,
)
from layers.catalogue_entry import CatalogueEntry

OWN: Final[tuple[Dataset, ...]] = ("sites", "areas")
"""Data sets that no publisher offers: the council makes them itself."""

CATALOGUE: Final[tuple[CatalogueEntry, ...]] = (
    *postcodes.CATALOGUE,
    *boundaries.CATALOGUE,
    *households.CATALOGUE,
    *census.CATALOGUE,
    *deprivation.CATALOGUE,
    *gp_surgeries.CATALOGUE,
    *food_banks.CATALOGUE,
    *libraries.CATALOGUE,
    *osm_sites.CATALOGUE,
    *streets.CATALOGUE,
    *timetable.CATALOGUE,
    *backdrop.CATALOGUE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a data set stands in a workspace.

    Attributes
    ----------
    entry
        The data set.
    edition
        Its newest edition in use; None where there is none.
    months
        How old that is.
    due
        Whether a new edition is due, by the data set's rhythm.
    instead
        The council's own file that is in use in its place; None where there is none.
    """

    entry: CatalogueEntry
    edition: Edition | None
    months: int
    due: bool
    instead: Edition | None = None

    @property
    def state(self) -> str:
        """Say it in a few words."""
        if self.edition is None:
            return f"your own: {self.instead.title}" if self.instead else "not here yet"
        age = "new" if self.months == 0 else "1 month old" if self.months == 1 else f"{self.months:,} months old"
        return f"{age}; due for a new edition" if self.due else age

    @property
    def wanted(self) -> bool:
        """Tell whether "fetch everything that is due" asks for it: one that is usual, and due or not here yet."""
        missing = self.edition is None and self.instead is None
        return bool(self.entry.access.fetch) and self.entry.access.usual and (self.due or missing)


def standings(editions: tuple[Edition, ...], *, today: date) -> tuple[Standing, ...]:
    """Tell how every data set of the catalogue stands.

    Parameters
    ----------
    editions
        Those in use, as `Workspace.editions` lists them.
    """
    return tuple(_standing(entry, editions, today) for entry in CATALOGUE)


def _standing(entry: CatalogueEntry, editions: tuple[Edition, ...], today: date) -> Standing:
    of_dataset = [edition for edition in editions if edition.dataset == entry.dataset]
    own = [edition for edition in of_dataset if entry.names(edition.title)]
    if not own:
        others = () if entry.dataset == "gazetteer" else of_dataset
        return Standing(entry, None, 0, due=False, instead=next(iter(others), None))
    newest = max(own, key=lambda edition: (month_of(edition), edition.added))
    months = months_old(newest, today)
    return Standing(entry, newest, months, due=months >= entry.rhythm.months)


def as_document(standing: Standing) -> dict[str, Any]:
    """Write an entry, and how it stands, as plain values."""
    entry, access = standing.entry, standing.entry.access
    return {
        "dataset": entry.dataset,
        "title": entry.title,
        "publisher": entry.publisher,
        "licence": entry.source.licence,
        "attribution": entry.source.attribution,
        "endpoint": access.endpoint,
        "page": access.page,
        "format": entry.form,
        "changes": entry.rhythm.words,
        "used_for": entry.used_for,
        "can_be_fetched": bool(access.fetch),
        "command": access.command,
        "by_hand": access.by_hand,
        "edition": standing.edition.edition if standing.edition else "",
        "added": standing.edition.added.isoformat() if standing.edition else "",
        "months_old": standing.months,
        "due": standing.due,
        "state": standing.state,
    }
