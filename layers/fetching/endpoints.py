"""Where each publisher offers its data: every address that is ever asked, by name."""

from dataclasses import dataclass, fields
from typing import Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of the publishers' services.

    Attributes
    ----------
    os_product
        OS Downloads API: what the newest edition of Code-Point Open is.
    os_download
        OS Downloads API: its zip.
    arcgis_search
        ArcGIS Online, where ONS's Open Geography portal keeps its items: search.
    arcgis_items
        The same: the file of an item is at ITEM/data.
    ods_report
        NHS ODS Data Search and Export: a report by name.
    food_banks
        Give Food's newest dump of food banks.
    libraries
        The Arts Council's list as Libraries Hacked cleans it; the Arts Council's own address changes every year.
    nomis_people, nomis_homes
        Census 2021 postcode estimates: residents by sex (P001), households (P002).
    deprivation
        Indices of Deprivation 2025, File 7.
    overpass
        OpenStreetMap's Overpass API.
    """

    os_product: str = "https://api.os.uk/downloads/v1/products/CodePointOpen"
    os_download: str = "https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect"
    arcgis_search: str = "https://www.arcgis.com/sharing/rest/search"
    arcgis_items: str = "https://www.arcgis.com/sharing/rest/content/items"
    ods_report: str = "https://www.odsdatasearchandexport.nhs.uk/api/getReport"
    food_banks: str = "https://www.givefood.org.uk/dumps/foodbanks/csv/latest/"
    libraries: str = "https://blog.librarydata.uk/files/basic-dataset-for-libraries-2023-enhanced.csv"
    nomis_people: str = "https://www.nomisweb.co.uk/output/census/2021/pcd_p001.csv"
    nomis_homes: str = "https://www.nomisweb.co.uk/output/census/2021/pcd_p002.csv"
    deprivation: str = (
        "https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/"
        "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
    )
    overpass: str = "https://overpass-api.de/api"

    @classmethod
    def at(cls, server: str) -> Self:
        """Ask one server for everything, such as a copy within the council: SERVER/HOST/PATH stands for HOST/PATH.

        Parameters
        ----------
        server
            Its address; empty for the publishers themselves.

        Examples
        --------
        >>> Endpoints.at("http://127.0.0.1:8000").food_banks
        'http://127.0.0.1:8000/www.givefood.org.uk/dumps/foodbanks/csv/latest/'
        """
        if not server:
            return cls()
        there = server.rstrip("/")
        return cls(**{field.name: f"{there}/{_without_scheme(str(field.default))}" for field in fields(cls)})


def _without_scheme(url: str) -> str:
    parts = urlsplit(url)
    return url.removeprefix(f"{parts.scheme}://")
