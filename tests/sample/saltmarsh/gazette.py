"""Name and place the settlements of Saltmarsh; kilometres east and north of the district's own origin.

The origin is a spot of open sea on the Dogger side of the North Sea, some 100 km from any coast.
"""

from dataclasses import dataclass
from typing import Final

from .draws import Point

DISTRICT: Final = "Saltmarsh"
DISTRICT_CODE: Final = "Z07000001"
NEIGHBOUR_CODE: Final = "Z07000002"
ORIGIN: Final = (642000, 480000)


def grid(east_km: float, north_km: float) -> Point:
    """Turn kilometres from the origin into National Grid metres."""
    return ORIGIN[0] + 1000 * east_km, ORIGIN[1] + 1000 * north_km


@dataclass(frozen=True)
class Settlement:
    name: str
    kind: str  # town, village, hamlet
    east_km: float
    north_km: float
    homes: int
    outward: str
    sectors: str  # sector digits it may use
    ward: str = ""  # empty: beyond the boundary
    axes: tuple[Point, ...] = ((1, 0.15), (-0.3, 1))  # directions of its through streets

    @property
    def centre(self) -> Point:
        return grid(self.east_km, self.north_km)


SETTLEMENTS: Final = (
    Settlement("Aldersea", "town", 15.0, 6.5, 10700, "ZZ1", "01234", axes=((0.6, 1), (1, 0.3), (1, -0.62))),
    Settlement("Market Orrick", "town", 7.3, 15.2, 8600, "ZZ3", "1234", axes=((0.75, -1), (1, 0.25))),
    Settlement("Saltpans", "village", 13.5, 4.4, 760, "ZZ1", "5", "Aldersea Saltpans", ((0.75, 1), (1, -0.5))),
    Settlement("Tanyard", "village", 9.75, 13.75, 720, "ZZ3", "5", "Orrick Beckside", ((1, -0.6), (0.4, 1))),
    Settlement("Hollinsea", "village", 21.9, 12.3, 880, "ZZ2", "4", "Hollinsea & Kelderby"),
    Settlement("Hesselmere", "village", 20.4, 8.6, 760, "ZZ2", "1", "Hesselmere & Gullholme", ((1, 0.5), (-0.5, 1))),
    Settlement("Pellingholt", "village", 8.4, 3.1, 680, "ZZ5", "1", "Pellingholt & Sandlewick"),
    Settlement("Cottlesham", "village", 11.3, 12.6, 620, "ZZ4", "1", "Cottlesham", ((1, -0.7), (0.7, 1))),
    Settlement("Ulverholt", "village", 17.2, 11.2, 560, "ZZ2", "3", "Ulverholt & Mossingham"),
    Settlement("Dunmarrow", "village", 3.1, 8.6, 540, "ZZ5", "3", "Dunmarrow & Oxenwath", ((0.2, 1), (1, 0.1))),
    Settlement("St Osmer", "village", 19.2, 16.6, 520, "ZZ4", "4", "Inglethorn & St Osmer"),
    Settlement("Inglethorn", "village", 12.7, 16.7, 480, "ZZ4", "3", "Inglethorn & St Osmer"),
    Settlement("Wharrowfield", "village", 10.2, 6.9, 450, "ZZ5", "5", "Wharrowfield & Yarrowholm"),
    Settlement("Sandlewick", "village", 3.9, 1.9, 420, "ZZ5", "2", "Pellingholt & Sandlewick"),
    Settlement("Oxenwath", "village", 5.9, 6.0, 410, "ZZ5", "4", "Dunmarrow & Oxenwath", ((1, 0.8), (-0.6, 1))),
    Settlement("Yarrowholm", "village", 12.1, 2.3, 390, "ZZ5", "6", "Wharrowfield & Yarrowholm"),
    Settlement("Thistlemere", "village", 5.6, 10.2, 350, "ZZ4", "6", "Sallow Vale"),
    Settlement("Gullholme", "village", 22.4, 5.0, 310, "ZZ2", "2", "Hesselmere & Gullholme"),
    Settlement("Nether Sallow", "village", 11.5, 9.6, 300, "ZZ4", "7", "Ulverholt & Mossingham"),
    Settlement("Mossingham", "village", 14.6, 10.8, 270, "ZZ2", "5", "Ulverholt & Mossingham"),
    Settlement("Wrackham", "village", 15.6, 2.0, 240, "ZZ2", "6", "Wharrowfield & Yarrowholm"),
    Settlement("Ravelsby", "village", 3.2, 15.5, 230, "ZZ4", "8", "Sallow Vale", ((0.8, 1), (1, -0.6))),
    Settlement("Brackenstow", "village", 15.9, 17.9, 190, "ZZ4", "5", "Inglethorn & St Osmer"),
    Settlement("Upper Sallow", "village", 1.9, 12.7, 160, "ZZ4", "9", "Sallow Vale"),
    Settlement("Lapwing Green", "village", 15.2, 14.2, 140, "ZZ4", "2", "Cottlesham"),
    Settlement("Tarnsea", "hamlet", 1.6, 5.4, 95, "ZZ5", "7", "Dunmarrow & Oxenwath"),
    Settlement("Crakesmoor", "hamlet", 10.0, 17.8, 90, "ZZ4", "0", "Orrick Moorside"),
    Settlement("Kelderby", "hamlet", 21.3, 14.9, 85, "ZZ2", "0", "Hollinsea & Kelderby"),
    Settlement("Harrockby", "village", -2.6, 9.9, 420, "ZZ9", "1", axes=((1, 0.3), (-0.4, 1))),
    Settlement("Thornwath", "village", -2.4, 3.2, 330, "ZZ9", "2"),
    Settlement("Westmarrow", "village", -1.6, 15.9, 260, "ZZ9", "3"),
    Settlement("Norwath", "village", 5.3, 20.9, 370, "ZZ8", "1"),
)
TOWNS: Final = tuple(place for place in SETTLEMENTS if place.kind == "town")

# Ward seeds of the towns: (ward, east km, north km from the town's centre); the villages are their wards' own seeds.
TOWN_WARDS: Final = {
    "Aldersea": (
        ("Aldersea Quay", 0.3, -0.05),
        ("Aldersea Northgate", 0.4, 0.85),
        ("Aldersea Priory", -0.62, 0.3),
        ("Aldersea Saltpans", -0.28, -0.62),
        ("Aldersea Eastfield", 0.95, 0.1),
    ),
    "Market Orrick": (
        ("Orrick Market", -0.05, 0.05),
        ("Orrick Beckside", 0.55, -0.55),
        ("Orrick Moorside", 0.35, 0.62),
        ("Orrick Westfields", -0.6, -0.4),
    ),
}

# Which road joins which places: class, name, places in order.
LINKS: Final = (
    ("main", "Orrick Road", ("Aldersea", "Nether Sallow", "Cottlesham", "Tanyard", "Market Orrick")),
    ("main", "Hesselmere Road", ("Aldersea", "Hesselmere", "Hollinsea")),
    ("main", "Pellingholt Road", ("Aldersea", "Saltpans", "Yarrowholm", "Pellingholt", "Sandlewick", "Thornwath")),
    ("main", "Great North Road", ("Market Orrick", "Norwath")),
    ("minor", "Inglethorn Road", ("Market Orrick", "Inglethorn", "Brackenstow", "St Osmer")),
    ("minor", "Moor Lane", ("Market Orrick", "Crakesmoor", "Inglethorn")),
    ("minor", "Ravelsby Road", ("Market Orrick", "Ravelsby", "Westmarrow")),
    ("minor", "Mere Road", ("Market Orrick", "Thistlemere", "Dunmarrow")),
    ("minor", "Sallow Road", ("Ravelsby", "Upper Sallow", "Harrockby")),
    ("minor", "Dunmarrow Road", ("Harrockby", "Dunmarrow", "Oxenwath", "Wharrowfield", "Aldersea")),
    ("minor", "Sandlewick Lane", ("Oxenwath", "Pellingholt")),
    ("minor", "Tarnsea Lane", ("Dunmarrow", "Tarnsea", "Sandlewick")),
    ("minor", "Wrackham Lane", ("Aldersea", "Wrackham", "Yarrowholm")),
    ("minor", "Mill Lane", ("Wharrowfield", "Nether Sallow")),
    ("minor", "Ulverholt Road", ("Aldersea", "Mossingham", "Lapwing Green", "Brackenstow")),
    ("minor", "Station Road", ("Mossingham", "Ulverholt", "Hollinsea")),
    ("minor", "Cottlesham Lane", ("Cottlesham", "Lapwing Green")),
    ("minor", "Cliff Road", ("Hollinsea", "Kelderby", "St Osmer")),
    ("minor", "Gull Lane", ("Hesselmere", "Gullholme")),
    ("minor", "Marsh Lane", ("Ulverholt", "Hesselmere")),
    ("minor", "Thistle Lane", ("Thistlemere", "Nether Sallow")),
)

_STEMS: Final = """
Abbot Alder Anchor Apple Ash Barley Barn Beacon Beck Bell Birch Bishop Blacksmith Bramble Bridge Brook Butter Cable
Canon Capstan Castle Cedar Chandler Chapel Cherry Chestnut Clover Cobbler Cooper Corn Curlew Cutler Cygnet Dean Dove
Drover Dunlin Dyer Elder Elm Fairfield Falcon Fern Ferry Fisher Fletcher Flint Fossil Foundry Fuller Garner Gate
Glebe Goose Gorse Granary Grange Hart Harvest Hawthorn Hazel Heron Hill Holly Hop Ivy Juniper Keel Kiln Kingfisher
Larch Lark Laurel Lime Linnet Lock Magpie Malt Manor Maple Market Marram Martin Mason Meadow Medlar Mercer Miller
Minster Nelson Nether Oak Orchard Osier Otter Owl Palmer Park Pear Pilot Pine Plover Poplar Priory Quarry Quince
Rector Redshank Reed Ridge Robin Rook Rope Rowan Rush Saddler Sail Samphire School Sedge Shepherd Shore Silver
Skylark Sorrel Spinner Spring Starling Stone Swallow Swan Sycamore Tanner Teal Tern Thatcher Thrush Tide Tithe Tower
Vicarage Vine Wagtail Walnut Warren Water Weaver Well Wharf Wheat Wicket Willow Windmill Wood Wren Yew
"""
_ENDS: Final = {
    "town": ["Street", "Road", "Road", "Avenue", "Lane", "Way", "Drive", "Terrace", "Row"],
    "village": ["Lane", "Road", "Street", "Way", "Row", "Hill"],
    "hamlet": ["Lane", "Road"],
    "spur": ["Close", "Court", "Gardens", "Mews", "Place", "Close"],
}
STEMS: Final = tuple(_STEMS.split())
ENDS: Final = _ENDS
