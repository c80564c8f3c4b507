"""Place surgeries, food banks and community sites, in the layouts their publishers use."""

import csv
from pathlib import Path
from typing import Final

from shapely.geometry import Point as Spot

from .gazette import SETTLEMENTS
from .postcodes import Postcode
from .shapes import distance_m
from .writers import to_degrees, write_csv

# Name, place, metres east and north of its centre, status, prescribing setting.
_SURGERIES: Final = (
    ("QUAY STREET SURGERY", "Aldersea", 250, 120, "A", 4),
    ("PRIORY MEDICAL CENTRE", "Aldersea", -700, 380, "A", 4),
    ("NORTHGATE PRACTICE", "Aldersea", 380, 900, "A", 4),
    ("SALTPANS HEALTH CENTRE", "Saltpans", 40, 60, "A", 4),
    ("MARKET PLACE SURGERY", "Market Orrick", 40, 90, "A", 4),
    ("BECKSIDE MEDICAL PRACTICE", "Market Orrick", 560, -260, "A", 4),
    ("WESTFIELDS SURGERY", "Market Orrick", -520, -350, "A", 4),
    ("HOLLINSEA SURGERY", "Hollinsea", 40, -60, "A", 4),
    ("PELLINGHOLT SURGERY", "Pellingholt", 20, 50, "A", 4),
    ("COTTLESHAM & INGLETHORN PRACTICE", "Cottlesham", -40, 30, "A", 4),
    ("DUNMARROW SURGERY", "Dunmarrow", 60, 0, "A", 4),
    ("ST OSMER SURGERY", "St Osmer", 0, 40, "A", 4),
    ("HARBOUR ROAD SURGERY", "Aldersea", 620, -150, "C", 4),
    ("OLD CHAPEL SURGERY", "Wharrowfield", 20, 20, "C", 4),
    ("ALDERSEA WALK-IN CENTRE", "Aldersea", 700, 580, "A", 1),
    ("SALTMARSH OUT OF HOURS SERVICE", "Aldersea", 720, 600, "A", 2),
    ("HARROCKBY SURGERY", "Harrockby", 0, 0, "A", 4),
)
# Organisation, location, place, metres east and north, network.
_FOOD_BANKS: Final = (
    ("Aldersea", "Quayside Methodist Hall", "Aldersea", 120, -260, "Independent"),
    ("Aldersea", "Saltpans Community Church", "Saltpans", -60, 90, "Independent"),
    ("Aldersea", "Northgate Centre", "Aldersea", 460, 820, "Independent"),
    ("Market Orrick", "St Wenna's Hall", "Market Orrick", 120, -40, "IFAN"),
    ("Market Orrick", "Tanyard Pantry", "Tanyard", 50, -40, "IFAN"),
    ("Hollinsea", "Hollinsea Larder", "Hollinsea", -60, 80, "Independent"),
)
# Name, category, place, metres east and north, hours, capacity, step-free, private room, notes, "c": no postcode known.
_COMMUNITY: Final = """\
Saltmarsh District Council offices|council_office|Aldersea|180|240|Mo-Fr 09:00-17:00|60|yes|yes|Main reception|
Aldersea Library|library|Aldersea|90|60|Mo-Fr 09:00-18:00; Sa 10:00-13:00|40|yes|yes||
Market Orrick Library|library|Market Orrick|-60|120|Tu-Fr 09:30-17:00; Sa 10:00-13:00|30|yes|no||
Hollinsea Library|library|Hollinsea|90|20|Tu,Th 10:00-16:00; Sa 10:00-12:30|15|yes|no|Volunteers|
Saltpans Community Centre|community_centre|Saltpans|20|-60|Mo-Su 09:00-21:00|120|yes|yes||
Northgate Centre|community_centre|Aldersea|460|820|Mo-Fr 08:30-20:00|80|yes|yes||
Tanyard Centre|community_centre|Tanyard|-40|60|Mo-Sa 09:00-20:00|90|yes|yes||
Beckside Hall|community_centre|Market Orrick|520|-120|We-Fr 10:00-16:00|50|no|no|Two steps|
Hesselmere Village Hall|village_hall|Hesselmere|30|60|Mo-Fr 10:00-15:00|70|yes|yes||c
Pellingholt Village Hall|village_hall|Pellingholt|-50|-40|Mo,We,Fr 09:30-14:30|60|yes|no||c
Cottlesham Village Hall|village_hall|Cottlesham|40|-80|Tu 09:00-12:00; Th 13:00-17:00|60|yes|yes||
Ulverholt Memorial Hall|village_hall|Ulverholt|0|30|Mo-We 10:00-16:00|50|no|no||c
Inglethorn Reading Room|village_hall|Inglethorn|20|-20|Th 10:00-13:00|20|no|no|Cold in winter|c
Wharrowfield Village Hall|village_hall|Wharrowfield|-40|20|Mo-Fr 13:00-17:00|45|yes|no||
Sandlewick Parish Rooms|village_hall|Sandlewick|30|10||30|||Ring the clerk|
St Osmer's Church|place_of_worship|St Osmer|-30|0|Mo-Su 08:00-18:00|100|yes|no||c
St Wenna's Church|place_of_worship|Market Orrick|110|-60|Mo-Sa 09:00-17:00|150|yes|yes||
Quayside Methodist Church|place_of_worship|Aldersea|120|-260|Tu,We,Fr 10:00-14:00|80|yes|yes||
Citizens Advice Saltmarsh|citizens_advice|Aldersea|140|100|Mo-Th 09:30-16:00|12|yes|yes||
Citizens Advice Orrick outreach|citizens_advice|Market Orrick|-20|40|Tu 10:00-15:00|6|yes|yes||
Jobcentre Plus Aldersea|jobcentre|Aldersea|300|-20|Mo-Fr 09:00-17:00|40|yes|yes||
Saltpans Children's Centre|childrens_centre|Saltpans|-110|-30|Mo-Fr 08:30-16:30|35|yes|yes||
Orrick Children's Centre|childrens_centre|Market Orrick|280|420|Mo-Fr 08:30-16:30|35|yes|yes||
Aldersea Sixth Form College|school_or_college|Aldersea|820|260|Mo-Fr 08:00-18:00|200|yes|yes|Term time|
RAF Hollinsea community flat|military|Hollinsea|-420|380|We 10:00-15:00|16|yes|yes|Pass needed|c
"""


def write_sites(out: Path, postcodes: list[Postcode]) -> None:
    finder = _Finder(postcodes)
    _write_surgeries(out / "gp_surgeries.csv", finder)
    _write_food_banks(out / "food_banks.csv", finder)
    _write_community(out / "community_sites.csv", finder)


class _Finder:
    def __init__(self, postcodes: list[Postcode]) -> None:
        self._live = [p for p in postcodes if p.kind in {"ordinary", "outside", "council_office"}]

    def near(self, place: str, east: int, north: int) -> Postcode:
        """Find the live postcode nearest to a spot so many metres from a place's centre."""
        spot = self.spot(place, east, north)
        return min(self._live, key=lambda postcode: (distance_m(postcode.point, spot), postcode.code))

    def spot(self, place: str, east: int, north: int) -> tuple[float, float]:
        centre = next(settlement.centre for settlement in SETTLEMENTS if settlement.name == place)
        return centre[0] + east, centre[1] + north


def _write_surgeries(path: Path, finder: _Finder) -> None:
    """Write the 27 columns of the NHS epraccur file, without a header."""
    rows = []
    for number, (name, place, east, north, status, setting) in enumerate(_SURGERIES, start=1):
        code = finder.near(place, east, north).code
        closed = "" if status == "A" else "20230930"
        row = [f"Z8{number:04d}", name, "Y99", "QZZ", "1 HIGH STREET", "", place.upper(), "", "SALTMARSH", code]
        row += ["19740401", closed, status, "B", "ZZ1", "20200401", closed, "01632 960" + f"{number:03d}"]
        rows.append([*row, "", "", "", "0", "", "ZZ1", "", str(setting), ""])
    write_csv(path, rows, quoting=csv.QUOTE_ALL)


def _write_food_banks(path: Path, finder: _Finder) -> None:
    """Write the 12 columns of Give Food's list; telephone numbers are from the range kept for drama."""
    head = "name,location_name,url,shopping_list_url,phone,email,address,postcode,country,lat,lon,network"
    rows: list[list[object]] = [head.split(",")]
    for number, (name, location, place, east, north, network) in enumerate(_FOOD_BANKS, start=1):
        postcode = finder.near(place, east, north)
        degrees = to_degrees(Spot(postcode.point), 6)
        url = f"https://foodbank{number}.example.org"
        contact = [url, f"{url}/shopping-list", f"01632 9605{number:02d}", f"hello@foodbank{number}.example.org"]
        address = f"{location} {place}"
        rows.append([name, location, *contact, address, postcode.code, "England", degrees.y, degrees.x, network])
    write_csv(path, rows)


def _write_community(path: Path, finder: _Finder) -> None:
    head = "name,category,postcode,easting,northing,opening_hours,capacity,step_free,private_room,notes"
    rows: list[list[object]] = [head.split(",")]
    for line in _COMMUNITY.splitlines():
        name, category, place, east, north, *facts, how = line.split("|")
        spot = finder.spot(place, int(east), int(north))
        code = finder.near(place, int(east), int(north)).code
        where = ["", round(spot[0]), round(spot[1])] if how == "c" else [code, "", ""]
        rows.append([name, category, *where, *facts])
    write_csv(path, rows)
