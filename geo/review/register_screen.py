"""Keep safe places out of the site register, by the very rules and words by which files of sites are screened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.disclosure.safe_places import is_safe_place
from geo.disclosure.uniform_words import left_out
from geo.errors import BadInputError
from geo.review.register_words import told
from geo.review.safe_list import SafeList, safe_list
from geo.review.workspace import Workspace

NOTHING_KEPT: Final = "Nothing was kept."


@dataclass(frozen=True)
class Screen:
    """What is asked before a word comes to rest: words that tell of a refuge, and the council's own list."""

    safe: SafeList

    def refused(self, rows: Sequence[Mapping[str, str]]) -> list[bool]:
        """Tell which rows of texts must not be kept.

        Parameters
        ----------
        rows
            Everything that would be known of a site, or said in an entry, by the name of the fact.
        """
        if not rows:
            return []
        table = pd.DataFrame([{told(name): text for name, text in row.items()} for row in rows])
        found = is_safe_place(table).to_numpy() | self.safe.mentioned(table).to_numpy()
        return [bool(one) for one in found]

    def listed(self, sites: gpd.GeoDataFrame) -> list[bool]:
        """Tell which points (EPSG:27700, with texts and a postcode) are on the council's list."""
        return [bool(one) for one in self.safe.lists(sites)]

    def require_fit(self, texts: Mapping[str, str]) -> None:
        """Refuse texts that must not be kept, in the same words as a row without a usable place.

        Raises
        ------
        BadInputError
            They must not be kept.
        """
        if self.refused([texts])[0]:
            message = f"{left_out(1)} {NOTHING_KEPT}"
            raise BadInputError(message)


def screen_of(workspace: Workspace) -> Screen:
    """Fetch what a workspace screens by.

    Raises
    ------
    MissingDataError, BadInputError
        The workspace's key is not on this machine.
    """
    return Screen(safe_list(workspace))
