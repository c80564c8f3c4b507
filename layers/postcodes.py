"""Postcodes: the published directories that say where each one is; `geo.places.gazetteer` reads them."""

from typing import Final

from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.source_file import Publisher

_CROWN: Final = (
    "Contains OS data (c) Crown copyright and database right [year]. "
    "Contains Royal Mail data (c) Royal Mail copyright and database right [year]."
)
_ONS: Final = f"{_CROWN} Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
_BY_HAND: Final = "planner add gazetteer FILE"
_QUARTERLY: Final = Rhythm("every three months: February, May, August and November", 4)

CATALOGUE: Final = (
    CatalogueEntry(
        Publisher("gazetteer", title="OS Code-Point Open", licence="OGL v3", attribution=_CROWN),
        "Ordnance Survey",
        Access(
            page="https://osdatahub.os.uk/downloads/open/CodePointOpen",
            by_hand=_BY_HAND,
            endpoint=Endpoints().os_download,
            fetch="gazetteer",
            usual=True,
        ),
        form="Zip of CSV files, no header",
        rhythm=_QUARTERLY,
        used_for="Says where each live postcode is.",
    ),
    *(
        CatalogueEntry(
            Publisher("gazetteer", title=title, licence="OGL v3", attribution=_ONS),
            "Office for National Statistics",
            Access(
                page=f"https://geoportal.statistics.gov.uk (search for '{title}')",
                by_hand=_BY_HAND,
                endpoint=Endpoints().arcgis_search,
                fetch=name,
            ),
            form="Zip of CSV files with a header whose names drift",
            rhythm=_QUARTERLY,
            used_for="Says where postcodes are and where those were that have ended.",
            also_titled=also,
        )
        for title, name, also in (
            ("ONS Postcode Directory", "onspd", ("ONSPD", "ONS postcode directory")),
            ("National Statistics Postcode Lookup", "nspl", ("NSPL",)),
        )
    ),
)
