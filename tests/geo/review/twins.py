"""A little council whose library stands on two lists, with a food bank in it."""

import geopandas as gpd
import pandas as pd

from geo.schema import SITES
from tests.tinytown.council import edition

HOURS = "Mo-Fr 09:00-17:00"
LIBRARY, MAPPED, BANK, CHURCH = "libraries:L1", "osm_sites:w1", "food_banks:b1", "sites:c1"


def table_of(dataset, *places):
    """Sites of one list: id, name, category, postcode, east, north, hours."""
    columns = ("site_id", "name", "category", "postcode", "east", "north", "opening_hours")
    frame = pd.DataFrame(places, columns=list(columns))
    points = gpd.points_from_xy(frame.pop("east"), frame.pop("north"))
    blank = {"inside": True, "notes": "", "dataset": dataset}
    kinds = {"capacity": "Int64", "step_free": "boolean", "private_room": "boolean"}
    empty = {name: pd.array([pd.NA] * len(frame), dtype=kind) for name, kind in kinds.items()}
    table = gpd.GeoDataFrame(frame.assign(**blank, **empty), geometry=points, crs=27700)
    return SITES.validate(table[[name for name, column in SITES.columns.items() if column.required]])


def fill(council):
    """The library on two lists, a food bank in it, and a church at the other end of the town."""
    council.save_sites(
        "libraries",
        table_of("libraries", (LIBRARY, "Tinytown Library", "library", "ZZ1 1AA", 640_500, 420_500, "")),
        edition("libraries"),
    )
    council.save_sites(
        "osm_sites",
        table_of(
            "osm_sites", (MAPPED, "Tinytown Public Library", "library", "", 640_520, 420_520, "Mo-Fr 09:00-17:00")
        ),
        edition("osm_sites"),
    )
    council.save_sites(
        "food_banks",
        table_of("food_banks", (BANK, "Harbour Foodbank", "food_bank", "ZZ1 1AA", 640_505, 420_500, "")),
        edition("food_banks"),
    )
    council.save_sites(
        "sites",
        table_of("sites", (CHURCH, "St Mary", "place_of_worship", "ZZ1 2AA", 643_000, 421_000, "")),
        edition("sites"),
    )
