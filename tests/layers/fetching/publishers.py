"""Everything the publishers offer of Tinytown, in their own formats, in an older and a newer edition."""

import csv
import io
import json
import zipfile
from collections.abc import Callable

import shapely

from layers.fetching.endpoints import Endpoints
from tests.layers.fetching.provider import Provider
from tests.tinytown import council

IDS = {"ONSPD": "a" * 32, "NSPL": "b" * 32, "LAD": "c" * 32, "WD": "d" * 32, "LSOA": "e" * 32}
TITLES = {
    "LAD": "Local Authority Districts ({month}) Boundaries UK BGC",
    "WD": "Wards ({month}) Boundaries UK BGC",
    "LSOA": "Lower layer Super Output Areas ({month}) Boundaries EW BGC (V5)",
    "ONSPD": "ONS Postcode Directory ({month}) for the UK",
    "NSPL": "National Statistics Postcode Lookup ({month}) for the UK",
}
MONTHS = {1: "May 2025", 2: "December 2025"}
NEXT_DOOR = "E07000998"
TINYTOWN = "E07000999"
LIBRARY_DAYS = [f"{day} opening times" for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]
LIBRARY = ["Reporting service", "Name", "Type", "Postcode", "Easting", "Northing", "Unique property reference number"]


def publish(provider: Provider, edition: int) -> Endpoints:
    """Put an edition of everything on the server: 1, or 2, which has one more row of each."""
    endpoints = Endpoints.at(provider.url)
    files = {
        endpoints.os_product: json.dumps({"version": "2025-08" if edition == 1 else "2025-11"}).encode(),
        endpoints.os_download: code_pointpacked(edition),
        endpoints.arcgis_search: lambda query: search(provider.url, query, edition),
        f"{endpoints.arcgis_items}/{IDS['ONSPD']}/data": directorypacked("ONSPD", edition),
        f"{endpoints.arcgis_items}/{IDS['NSPL']}/data": directorypacked("NSPL", edition),
        endpoints.ods_report: lambda query: surgeries(query["report"], edition),
        endpoints.food_banks: food_banks(edition),
        endpoints.libraries: libraries(edition),
        endpoints.nomis_people: nomis(["Postcode", "Sex (2 categories) Code", "Count"], [[1, 9], [2, 11]], edition),
        endpoints.nomis_homes: nomis(["Postcode", "Count"], [[8]], edition),
        endpoints.deprivation: deprivation(edition),
    }
    for url, body in files.items():
        provider.files[path_of(url)] = body
    for level in ("LAD", "WD", "LSOA"):
        provider.files[f"/{level}/FeatureServer/0"] = fields(level, edition)
        provider.files[f"/{level}/FeatureServer/0/query"] = feature_pages(level, edition)
    return endpoints


def path_of(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2].partition("?")[0]


def code_pointpacked(edition: int) -> bytes:
    places = council.LIVE | ({"ZZ1 4AA": (641_200, 422_200)} if edition == 2 else {})
    version = "2025.3.0" if edition == 1 else "2025.4.0"
    return packed(
        {"Data/CSV/zz.csv": council.code_point_open(places), "Doc/metadata.txt": f"DATASET VERSION NUMBER: {version}\n"}
    )


def directorypacked(name: str, edition: int) -> bytes:
    header = ["pcd7", "pcd8", "pcds", "dointr", "doterm", "lad25cd", "east1m", "north1m", "gridind", "lat", "long"]
    rows = [[code, code, code, "198001", "", TINYTOWN, *place, 1, 53.6, 1.6] for code, place in council.LIVE.items()]
    ended = ["ZZ1 5AA"] * 3 + ["198001", f"20200{edition}", TINYTOWN, 641_000, 421_500, 1, 53.6, 1.6]
    month = MONTHS[edition][:3].upper()
    return packed({f"Data/{name}_{month}_2025_UK.csv": _csv([header, *rows, ended])})


def surgeries(report: str, edition: int) -> bytes:
    places = ["ZZ1 1AA", "ZZ1 2AA"][:edition]
    return _csv([_surgery(f"{report[:2].upper()}{at}", place, report) for at, place in enumerate(places)]).encode()


def _surgery(code: str, postcode: str, report: str) -> list[str]:
    cells = [""] * 27
    cells[0], cells[1], cells[9] = code, f"{report} SURGERY", postcode
    if report == "epraccur":
        cells[12], cells[25] = "A", "4"
    return cells


def food_banks(edition: int) -> bytes:
    rows = [["Kitchen", "", "ZZ1 1AA", "me@example.org"], ["Larder", "Hall", "ZZ1 2AA", ""]]
    header = ["organisation_name", "location_name", "postcode", "email"]
    return _csv([header, *rows[:edition]]).encode()


def libraries(edition: int) -> bytes:
    header = [*LIBRARY, *LIBRARY_DAYS, "Saturday opening times", "Sunday opening times"]
    rows = [["Council", name, "Static Library", "ZZ1 1AA", 640_500, 420_500, name, *["Closed"] * 7] for name in "ABC"]
    return _csv([header, *rows[:edition]]).encode()


def nomis(header: list[str], cells: list[list[int]], edition: int) -> bytes:
    rows = [[code, *counts[:-1], counts[-1] + edition] for code in ("ZZ1 1AA", "ZZ9 9ZZ") for counts in cells]
    return _csv([header, *rows]).encode()


def deprivation(edition: int) -> bytes:
    index = "Index of Multiple Deprivation (IMD)"
    header = ["LSOA code (2021)", f"{index} Score", f"{index} Rank (where 1 is most deprived)", f"{index} Decile"]
    return _csv([header, ["E01000000", 40 + edition, 4_000, 2], ["E01000001", 10, 26_000, 8]]).encode()


def search(server: str, query: dict[str, str], edition: int) -> bytes:
    """Answer as ArcGIS Online: whatever holds the words, older editions and user guides among them."""
    items = []
    for name, title in TITLES.items():
        kind = "CSV Collection" if name in {"ONSPD", "NSPL"} else "Feature Service"
        for month in ("May 2024", MONTHS[1], MONTHS[edition]):
            newest = month == MONTHS[edition]
            url = f"{server}/{name}/FeatureServer" if newest else f"{server}/old/{name}"
            items.append({"id": IDS[name] if newest else "f" * 32, "title": title.format(month=month), "url": url})
        items.append({"id": "9" * 32, "title": f"{title.format(month='June 2026')} User Guide", "type": kind})
    wanted = query["q"].rpartition('title:"')[2].rstrip('"')
    return json.dumps({"results": [item for item in items if wanted in item["title"]]}).encode()


def fields(level: str, edition: int) -> bytes:
    year = {"LSOA": 21}.get(level, 24 + edition)
    names = ["FID", f"{level}{year}CD", f"{level}{year}NM", f"{level}{year}NMW"]
    names += [f"LAD{year}CD"] * (level == "WD")
    return json.dumps({"fields": [{"name": name} for name in names]}).encode()


def feature_pages(level: str, edition: int) -> Callable[[dict[str, str]], bytes]:
    """Answer a layer's query, two areas a page: `where` by district, or the rectangle."""
    year = {"LSOA": 21}.get(level, 24 + edition)
    code, name = f"{level}{year}CD", f"{level}{year}NM"

    def answer(query: dict[str, str]) -> bytes:
        where, start = query["where"], int(query["resultOffset"])
        rows = [area for area in _areas(level, edition) if where == "1=1" or where.endswith(f"='{area[2]}'")]
        page = [
            {"type": "Feature", "properties": {code: row[0], name: row[1]}, "geometry": _shape(row[3], query)}
            for row in rows[start : start + 2]
        ]
        more = {"exceededTransferLimit": True} if start + 2 < len(rows) else {}
        return json.dumps({"type": "FeatureCollection", "properties": more, "features": page}).encode()

    return answer


def _shape(shape: shapely.Geometry, query: dict[str, str]) -> dict | None:
    return None if query.get("returnGeometry") == "false" else json.loads(shapely.to_geojson(shape))


def _areas(level: str, edition: int) -> list[tuple[str, str, str, shapely.Geometry]]:
    """Code, name, district and shape: Tinytown's halves as wards or LSOAs, and the neighbour's."""
    ground = council.boundary().geometry.iloc[0]
    west, south, east, north = ground.bounds
    beside = shapely.box(east, south, 2 * east - west, north)
    halves = [shapely.box(west, south, (west + east) / 2, north), shapely.box((west + east) / 2, south, east, north)]
    if level == "LAD":
        moved = shapely.box(west, south, east, north + 0.001 * (edition - 1))
        others = [(f"E0600000{at}", name, "", beside) for at, name in enumerate(("Tinyton", "Bigtown", "Hart"))]
        return [(TINYTOWN, "Tinytown", TINYTOWN, moved), (NEXT_DOOR, "Next Door", NEXT_DOOR, beside), *others]
    letter = "E05" if level == "WD" else "E01"
    mine = [(f"{letter}00000{at}", f"Part {at} of {edition}", TINYTOWN, half) for at, half in enumerate(halves)]
    return [*mine, (f"{letter}000009", "Beside", NEXT_DOOR, beside)]


def packed(members: dict[str, str]) -> bytes:
    archived = io.BytesIO()
    with zipfile.ZipFile(archived, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return archived.getvalue()


def _csv(rows: list[list]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()
