"""The published files themselves, fetched end to end from a server of our own: rows as their README counts."""

import hashlib
import io
import json
import random
import zipfile
from dataclasses import dataclass, field

import pytest

from geo.editions import Edition
from geo.review.workspace import Workspace
from layers.boundaries import read_boundary
from layers.fetchers import Request, fetch
from layers.fetching.download import download
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means, Source
from tests.layers.fetching.conftest import QUICK, TODAY
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import IDS, path_of

pytestmark = pytest.mark.real

TEST_VALLEY = "E07000093"
LAYERS = {"LAD": "lad23_hampshire", "WD": f"wards_2013ish_{TEST_VALLEY}", "LSOA": f"lsoa11_{TEST_VALLEY}"}
SERVED = {
    "food_banks": ("foodbanks/givefood_sample_hampshire_2025-07.csv", "foodbanks_2025-07-15.csv"),
    "libraries": ("community/libraries_hampshire_2023.csv", ""),
    "deprivation": ("deprivation/iod2025_england_lsoa21.csv.gz", ""),
}
ITEMS = {
    "NSPL": ("National Statistics Postcode Lookup (November 2021)", "postcodes/NSPL_NOV_2021_UK_DT.csv"),
    "ONSPD": ("ONS Postcode Directory (September 2025) for the UK", "postcodes/ONSPD_sample_2025-09_pcd7.csv"),
}
TITLES = {
    "LAD": "Local Authority Districts (December 2023) Boundaries UK BGC",
    "WD": "Wards (December 2013) Boundaries UK BGC",
    "LSOA": "Lower layer Super Output Areas (December 2011) Boundaries EW BGC (V3)",
}


@dataclass
class Shelf:
    """A publisher with the real files on it."""

    provider: Provider = field(default_factory=Provider)

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints.at(self.provider.url)

    def put(self, url: str, body, name: str = "") -> None:
        self.provider.files[path_of(url)] = body
        if name:
            self.provider.names[path_of(url)] = name

    def search(self, _query: dict[str, str]) -> bytes:
        layers = [(TITLES[level], IDS[level], f"{self.provider.url}/{level}") for level in TITLES]
        files = [(title, IDS[name], None) for name, (title, _) in ITEMS.items()]
        results = [{"title": title, "id": name, "url": url} for title, name, url in [*layers, *files]]
        return json.dumps({"results": results}).encode()


@pytest.fixture(scope="module")
def shelf(open_data):
    made = Shelf()
    for name, (file, called) in SERVED.items():
        made.put(getattr(made.endpoints, name), (open_data / file).read_bytes(), called)
    lists = {"epraccur": "epraccur_2024-01_hampshire.csv", "ebranchs": "ebranchs_2017-08_hampshire.csv"}
    made.put(made.endpoints.ods_report, lambda query: (open_data / "health" / lists[query["report"]]).read_bytes())
    made.put(made.endpoints.os_product, b'{"version": "2025-11"}')
    made.put(made.endpoints.os_download, four_areas(open_data))
    made.put(made.endpoints.arcgis_search, made.search)
    for name, (_, file) in ITEMS.items():
        path = open_data / file
        made.put(f"{made.endpoints.arcgis_items}/{IDS[name]}/data", zipped({f"Data/{path.name}": path.read_bytes()}))
    for level, file in LAYERS.items():
        features = json.loads((open_data / f"boundaries/{file}.geojson").read_bytes())["features"]
        made.put(f"{made.provider.url}/{level}/0", columns(features))
        made.put(f"{made.provider.url}/{level}/0/query", pages(features))
    yield made
    made.provider.close()


def four_areas(open_data) -> bytes:
    """Code-Point Open of the four postcode areas around the district, in the zip's own shape."""
    with zipfile.ZipFile(open_data / "postcodes/codepo_gb_2025-11.zip") as archive:
        names = [*(f"Data/CSV/{area}.csv" for area in ("so", "sp", "gu", "rg")), "Doc/metadata.txt"]
        return zipped({name: archive.read(name) for name in names})


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def columns(features: list[dict]) -> bytes:
    return json.dumps({"fields": [{"name": name} for name in features[0]["properties"]]}).encode()


def pages(features: list[dict]):
    def answer(query: dict[str, str]) -> bytes:
        start = int(query["resultOffset"])
        field_name, _, code = query["where"].partition("=")
        found = [one for one in features if code == "1" or one["properties"].get(field_name) == code.strip("'")]
        more = {"properties": {"exceededTransferLimit": True}} if start + 30 < len(found) else {}
        return json.dumps({"features": found[start : start + 30], **more}).encode()

    return answer


@pytest.fixture(scope="module")
def council(open_data, tmp_path_factory) -> Workspace:
    boundary = read_boundary(open_data / f"boundaries/lsoa11_{TEST_VALLEY}.geojson")
    edition = Edition(dataset="boundary", title="The union of the LSOAs", rows=1, added=TODAY)
    root = tmp_path_factory.mktemp("real") / "w"
    return Workspace.create(root, name="Test Valley", boundary=boundary, boundary_edition=edition)


@pytest.fixture(scope="module")
def come(shelf, council):
    """Everything fetched once: editions by data set."""
    means = Means(lambda _: None, lambda *_: None, random.Random(1), TODAY, QUICK)  # noqa: S311 - spreads pauses
    request = Request(shelf.endpoints, means)
    names = ("gazetteer", "nspl", "onspd", "wards", "lsoa", "gp", "food-banks", "libraries", "deprivation")
    found = [one for name in names for one in fetch(council, name, request)]
    assert {one.outcome for one in found} == {"arrived"}
    return {one.what: one.edition for one in found}, request


def test_postcodes_are_as_many_as_the_readme_counts(come, open_data) -> None:
    editions, _ = come
    with zipfile.ZipFile(open_data / "postcodes/codepo_gb_2025-11.zip") as archive:
        rows = sum(archive.read(f"Data/CSV/{area}.csv").count(b"\n") for area in ("so", "sp", "gu", "rg"))
    code_point = editions["OS Code-Point Open"]
    assert (code_point.edition, code_point.rows) == ("2025.4.0", rows)
    assert editions["National Statistics Postcode Lookup"].rows == 9_884
    assert editions["ONS Postcode Directory"].rows == 8_048
    assert editions["ONS Postcode Directory"].edition == "2025-09"


def test_sites_are_the_readmes_own(come, council) -> None:
    editions, _ = come
    sites = council.sites()
    inside = sites[sites["inside"]].groupby("dataset").size().to_dict()
    assert inside == {"gp_surgeries": 9, "gp_branches": 6, "food_banks": 2, "libraries": 3}
    assert editions["Food banks"].edition == "2025-07"
    assert "@" not in sites.to_csv()


def test_areas_are_the_districts_own(come, council) -> None:
    assert len(council.areas("wards")) == 24
    assert len(council.areas("lsoa")) == 71
    _, request = come
    boundary = next(fetch(council, "boundary", request))
    assert (boundary.edition.rows, boundary.edition.edition) == (1, "2023-12")


def test_deprivation_is_cut_to_the_district_and_what_is_missing_is_told(come) -> None:
    editions, _ = come
    deprivation = editions["Indices of Deprivation 2025"]
    assert deprivation.rows == 68
    assert deprivation.note == "LSOAs of 2021: 68 of the 71 loaded have a value."


def test_the_whole_of_great_britain_arrives_byte_by_byte(come, council, shelf, open_data) -> None:
    _, request = come
    content = (open_data / "postcodes/codepo_gb_2025-11.zip").read_bytes()
    shelf.put(f"{shelf.provider.url}/gb.zip", content)
    shelf.provider.plans["/gb.zip"] = ["truncated"]
    source = Source(f"{shelf.provider.url}/gb.zip", "gb.zip", "Great Britain", "zip", 200_000_000, page="", by_hand="")
    whole = download(source, council.root / "downloads", means=request.means)
    assert (whole.sha256, whole.size) == (hashlib.sha256(content).hexdigest(), 16_224_061)
    whole.discard()
