"""A pack made up by hand: two wards, four cells, three sites, two hubs, and texts that would break a careless file."""

import geopandas as gpd
import shapely

from geo.crs import frame_to_wgs84
from geo.review.pack.content import Column, Figure, Map, Pack, Section, Shape, Table
from tests.tinytown import council

NASTY = "=1+1 <script>alert(\"x\")</script> {{ 7*7 }} & 'St Mary'"
CODE = Column("code", "Code", "code", "Ties the row to its place on the map.")
NAME = Column("name", "Name", "text", "What the place is called.")


def _shape(code, box, name=""):
    placed = frame_to_wgs84(gpd.GeoDataFrame(geometry=[shapely.box(*box)], crs=27700))
    return Shape(code, name or code, shapely.to_wkt(placed.geometry.iloc[0], rounding_precision=6))


def _point(code, easting, northing, name):
    placed = frame_to_wgs84(gpd.GeoDataFrame(geometry=[shapely.Point(easting, northing)], crs=27700))
    return Shape(code, name, shapely.to_wkt(placed.geometry.iloc[0], rounding_precision=6))


SHAPES = {
    "district": (_shape("D1", (council.WEST, council.SOUTH, council.EAST, council.NORTH), "Tinytown"),),
    "ward": (
        _shape("W1", (640_000, 420_000, 642_000, 424_000), "West"),
        _shape("W2", (642_000, 420_000, 644_000, 424_000), NASTY),
    ),
    "cell": tuple(_shape(f"8{at}", (640_000 + 1_000 * at, 420_000, 641_000 + 1_000 * at, 421_000)) for at in range(4)),
    "area": (
        _shape("A1", (640_000, 420_000, 641_000, 421_000), "West End"),
        _shape("A2", (643_000, 420_000, 644_000, 421_000), "East End"),
    ),
    "site": (
        _point("s1", 640_500, 420_500, "Library"),
        _point("s2", 643_000, 421_000, NASTY),
        _point("s3", 641_500, 423_500, "Hall"),
    ),
}
COUNT = Column("clients", "Clients", "count", "Clients of the review year.", unit="")
TABLES = (
    Table(
        "clients_by_ward",
        "Clients by ward",
        (CODE, NAME, COUNT, Column("share", "Share of all", "share", "Part of all clients.")),
        (("W1", "West", 20, 0.8), ("W2", NASTY, 5, 0.2)),
        notes=("Three clients had no place on the map.",),
    ),
    Table(
        "clients_by_cell",
        "Clients by cell",
        (
            CODE,
            COUNT,
            Column("rate", "Per 1,000 homes", "number", "Clients a year per 1,000 homes.", "per 1,000 homes"),
        ),
        (("80", 0, None), ("81", 3, 1.5), ("82", 12, 6.25), ("83", "c", None)),
    ),
    Table(
        "changes",
        "Change since last May",
        (CODE, NAME, Column("change", "Change", "text", "Which way it goes.")),
        (("W1", "West", "growing"), ("W2", NASTY, "too few to tell")),
    ),
    Table(
        "areas",
        "Priority and watch areas",
        (CODE, NAME, Column("call", "Call", "text", "Priority or watch.")),
        (("A1", "West End", "priority"), ("A2", "East End", "watch")),
    ),
    Table(
        "sites",
        "Sites and how they stand",
        (CODE, NAME, Column("status", "How it stands", "text", "What its latest entry says.")),
        (("s1", "Library", "agreed"), ("s2", NASTY, "contacted"), ("s3", "Hall", None)),
    ),
    Table(
        "actions",
        "Actions",
        (
            Column("what", "What", "text", "What is to be done."),
            Column("owner", "Owner", "text", "Who does it."),
            Column("due", "Due", "day", "By when."),
        ),
        ((NASTY, "JS", "2025-09-01"), ("Ask the hall", "AB", None)),
    ),
    Table(
        "indicators",
        "Indicators",
        (
            Column("name", "Name", "text", "Of the figure."),
            Column("value", "Value", "number", "The figure."),
        ),
        (("clients", 28), ("hidden", "c"), ("unknown", None), ("share_located", 0.893)),
    ),
    Table("nothing", "Offers made", (Column("quarter", "Quarter", "text", "Of the review year."), COUNT), ()),
)
MAPS = (
    Map(
        "clients_ward",
        "Clients by ward, 2024-25",
        "counts",
        "ward",
        "clients_by_ward",
        "clients",
        "West has most.",
        label="clients",
        classes=(1, 5, 10),
        notes=("By ward.",),
    ),
    Map(
        "clients_cell",
        "Clients by cell, 2024-25",
        "counts",
        "cell",
        "clients_by_cell",
        "clients",
        "One cell has 12.",
        classes=(1, 5, 10),
    ),
    Map(
        "rates_cell",
        "Clients per 1,000 homes",
        "counts",
        "cell",
        "clients_by_cell",
        "rate",
        "One cell has 6.25.",
        classes=(0.5, 2.5),
    ),
    Map("change_ward", "Change since 2023-24", "change", "ward", "changes", "change", "West grows."),
    Map("areas", "Areas that stand out", "areas", "area", "areas", "call", "West End is a priority.", label="name"),
    Map("sites", "Sites", "places", "site", "sites", "status", "Three sites."),
)
_HUB = {
    "number": 1,
    "quarter": 1,
    "months": "April to June 2025",
    "day": "2025-05-20",
    "weekday": "Tuesday",
    "begin": "10:00",
    "end": "13:00",
    "site_id": "s1",
    "name": "Library",
    "category": "library",
    "postcode": "ZZ1 1AA",
    "town": "West",
    "areas": "West End",
    "agencies": "Citizens Advice",
    "agency_count": 1,
    "unavailable": "",
    "hours": "open",
    "ask": "",
    "host_note": "",
    "within_reach": 20,
    "reach": 18.5,
    "new_reach": 18.5,
    "so_far": 18.5,
    "easting": 640_500.0,
    "northing": 420_500.0,
}
PROGRAMME = {
    "year": "2025-26",
    "first_day": "2025-04-01",
    "proof": "No other plan reaches more.",
    "hubs": [
        _HUB,
        _HUB
        | {
            "number": 2,
            "quarter": 2,
            "months": "July to September 2025",
            "day": "2025-09-02",
            "site_id": "s2",
            "name": NASTY,
            "hours": "ask",
            "ask": "ask the host",
            "easting": 643_000.0,
            "northing": 421_000.0,
        },
    ],
    "quarters": [],
    "areas": [],
    "evidence": ["Rests on 25 clients."],
    "rules": ["One hub a quarter."],
    "notes": [],
}
FIGURES = (
    Figure("clients", "Clients", 28, "households", low=18.0, high=40.0, note="Counted once each.", earlier=25),
    Figure("hidden", "Clients by bus", "c", note=NASTY),
    Figure("unknown", "Minutes saved", None, "minutes"),
    Figure("share_located", "On the map", 0.893, "%"),
)


def made_up_pack(audience="team", *, programme=PROGRAMME, maps=MAPS):
    """A pack of everything there can be."""
    return Pack(
        district="Tinytown",
        review="2024-25",
        earlier="2023-24",
        audience=audience,
        day="2025-05-12",
        state="Made by JS on 12 May 2025; not kept.",
        digest="ab" * 32,
        unit="household episodes",
        summary=("28 households came.", NASTY),
        briefing=("West grows.",),
        figures=FIGURES,
        sections=(
            Section(
                "maps",
                "The annual maps",
                ("Where clients came from.",),
                tuple(one.name for one in maps),
                ("clients_by_ward", "clients_by_cell"),
            ),
            Section(
                "rest", "The rest", (NASTY,), (), ("changes", "areas", "sites", "actions", "indicators", "nothing")
            ),
        ),
        tables=TABLES,
        maps=maps,
        shapes=SHAPES,
        programme=programme,
        editions=(
            {
                "dataset": "boundary",
                "title": "Tinytown",
                "edition": "2025-05",
                "licence": "OGL",
                "attribution": "Source: Tinytown",
                "digest": "cd" * 32,
            },
        ),
        attributions=("Source: Tinytown (OGL).",),
    )
