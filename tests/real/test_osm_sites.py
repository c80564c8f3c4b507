"""Community sites of real towns, counted a second time by other means; and what looks like one place in Hampshire."""

from collections import Counter
from datetime import date
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geo.crs import NATIONAL_GRID
from geo.places.same_place import likely_pairs
from geo.review.frames import together
from layers.community_sites import read_sites
from layers.food_banks import read_food_banks
from layers.gp_surgeries import read_gp_surgeries
from layers.osm_kinds import SITES

pytestmark = pytest.mark.real

TODAY = date(2026, 5, 1)
NEWPORT, OXFORD = (320_000, 175_000, 345_000, 200_000), (440_000, 195_000, 460_000, 215_000)
HAMPSHIRE = (400_000, 80_000, 500_000, 170_000)


def _around(gazetteer, square):
    boundary = gpd.GeoDataFrame(geometry=[shapely.box(*square)], crs=NATIONAL_GRID)
    return {"gazetteer": gazetteer, "boundary": boundary, "nearby_km": 0, "today": TODAY}


def test_every_site_of_newport_is_read_as_gdal_reads_it(open_data, gb_gazetteer) -> None:
    path = open_data / "osm" / "newport-wales-2023-06-13.osm.pbf"
    sites, edition, _ = read_sites(path, **_around(gb_gazetteer, NEWPORT))
    wanted = {value for key, value in SITES if key == "amenity"}
    points = pyogrio.read_dataframe(path, layer="points")["other_tags"].fillna("")
    areas = pyogrio.read_dataframe(path, layer="multipolygons")
    seen = Counter(areas["amenity"][areas["amenity"].isin(wanted)])
    seen.update(kind for text in points for kind in wanted if f'"amenity"=>"{kind}"' in text)
    found = Counter(sites["category"])
    assert found["library"] == seen["library"] == 6
    assert found["place_of_worship"] == seen["place_of_worship"] == 55
    assert found["community_centre"] + found["village_hall"] == seen["community_centre"] == 18
    assert edition.rows == len(sites) == 79
    # Left out: shelters, group homes and assisted living, one of which may have been a hall in an earlier edition.
    assert edition.note == (
        "8 rows were left out: no usable place, or not for publication. "
        "6 without a name, called by kind and settlement. 2 with opening hours that cannot be read."
    )
    assert "@" not in sites.drop(columns="geometry").to_csv()


def test_every_site_of_oxford_stands_within_its_outline(open_data, gb_gazetteer) -> None:
    path = open_data / "osm" / "oxford_centre_2016.osm"
    sites, edition, _ = read_sites(path, **_around(gb_gazetteer, OXFORD))
    tagged = []
    for element in ET.parse(path).getroot():  # noqa: S314 - a file of the open data folder
        tags = {tag.get("k"): tag.get("v") for tag in element.findall("tag")}
        if any(tags.get(key) == value for key, value in SITES):
            tagged.append((f"osm_sites:{element.tag[0]}{element.get('id')}", tags))
    private = [one for one, tags in tagged if tags.get("access") == "private"]
    assert sorted(sites["site_id"]) == sorted(one for one, _ in tagged if one not in private)
    assert edition.note == f"{len(private)} out of use or private."
    assert len(sites) == 13


def test_what_looks_like_one_place_in_hampshire_is_what_its_addresses_say(open_data, gb_gazetteer) -> None:
    """Judged by eye, by the addresses that the lists have and the planner does not keep."""
    around = _around(gb_gazetteer, HAMPSHIRE)
    health = open_data / "health"
    lists = [
        read_gp_surgeries(health / "epraccur_2024-01_hampshire.csv", **around)[0],
        read_gp_surgeries(health / "ebranchs_2017-08_hampshire.csv", **around)[0],
        read_food_banks(open_data / "foodbanks" / "givefood_sample_hampshire_2025-07.csv", **around)[0],
        read_sites(open_data / "community" / "libraries_hampshire_2023.csv", **around)[0],
    ]
    pairs = likely_pairs(together(lists))
    likely = {pair.first.partition(":")[2] for pair in pairs if pair.likely}
    same_address = {"J82059001", "J82087001", "J82101001", "J82129002", "J82139002", "J82155003", "J82183001"}
    assert likely == same_address | {"J82194001", "J82216001"}  # the last: a hospital and a house of one postcode
    roofs = {(pair.first[-6:], pair.second[-6:]) for pair in pairs if pair.looks == "one roof"}
    assert roofs == {
        ("050001", "J82151"),  # Ringwood Road, Bransgore
        ("J82020", "J82063"),  # Eastleigh Health Centre
        ("J82021", "J82210"),  # Hayling Island Health Centre
        ("J82066", "J82198"),  # Aldershot Centre for Health
        ("J82208", "Y07819"),  # 49 Portsmouth Road, Woolston
        ("J82058", "J82144"),  # Dickson House, Basingstoke
    }
    assert len(pairs) == 16  # the other one: two sessions of a food bank, 376 m apart
