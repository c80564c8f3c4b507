"""What is asked about a new edition beside the one in use, on editions small enough to check by hand."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import DoubtError
from geo.review.edition_checks import (
    Trust,
    area_doubts,
    area_remarks,
    boundary_doubts,
    homes_doubts,
    require_trust,
    rows_doubt,
    site_doubts,
)
from geo.review.postcode_checks import merger_remark, postcode_doubts


def sites(codes, *, inside=True):
    points = gpd.points_from_xy(range(len(codes)), [0] * len(codes))
    return gpd.GeoDataFrame({"site_id": list(codes), "inside": inside}, geometry=points, crs=27700)


def lsoas(codes, *, width=1_000):
    shapes = [shapely.box(at * width, 0, (at + 1) * width, 1_000) for at in range(len(codes))]
    return gpd.GeoDataFrame({"code": codes, "name": codes}, geometry=shapes, crs=27700)


def postcodes(codes, *, terminated=0, district="E07000093", east=440_000):
    facts = {"easting": east, "northing": 145_000, "quality": 10, "terminated": terminated, "district": district}
    return pd.DataFrame({"postcode": list(codes)} | facts)


TEN, TWENTY = [f"G{at}" for at in range(10)], [f"SP101A{letter}" for letter in "ABDEFGHJLNPQRSTUWXYZ"]
LSOA11 = [f"E010{at:05d}" for at in range(20)]


def test_half_the_rows_and_twice_the_rows_are_asked_about_and_a_few_are_not() -> None:
    fewer = rows_doubt("GP surgeries", before=10, after=5)
    assert fewer == ("It has 5 GP surgeries; the edition in use has 10 (50 % fewer).",)
    assert rows_doubt("GP surgeries", before=10, after=20)[0].endswith("(100 % more).")
    assert rows_doubt("GP surgeries", before=10, after=6) == ()  # four rows are read at a glance
    assert rows_doubt("GP surgeries", before=100, after=76) == ()
    assert rows_doubt("GP surgeries", before=0, after=900) == ()


def test_a_small_own_file_may_be_cut_to_half_and_a_published_list_may_not() -> None:
    before, after = sites(TEN * 1 + TWENTY), sites(TWENTY)
    assert site_doubts(before, after, what="sites", share=0.5) == ()
    assert "20 sites in and near the district; the edition in use has 30" in site_doubts(
        before, after, what="sites", share=0.25
    )[0]  # fmt: skip


def test_a_list_whose_codes_are_all_others_is_asked_about() -> None:
    found = site_doubts(sites(TEN), sites([f"other{at}" for at in range(10)]), what="libraries", share=0.25)
    assert found == ("Only 0 of the 10 libraries in use are in it under the same code.",)


def test_a_list_that_lies_outside_the_district_at_once_is_asked_about() -> None:
    found = site_doubts(sites(TEN), sites(TEN, inside=False), what="libraries", share=0.25)
    assert found == ("0% of its libraries lie in the district; of those in use 100% do.",)


def test_lsoas_of_2021_in_place_of_2011_are_told_where_few_codes_changed_and_asked_about_where_many_did() -> None:
    few = lsoas([*LSOA11[:18], "E01035001", "E01035002", "E01035003"])
    district = lsoas(LSOA11)
    assert area_doubts(district, few, district, what="LSOAs") == ()
    told = area_remarks(district, few, what="LSOAs")
    assert "lacks the codes of 2 (such as E01000018, E01000019) and has 3 others" in told[0]
    assert "LSOAs were between 2011 and 2021" in told[0]
    assert told[1].startswith("Records carry the old codes")
    many = lsoas([f"E0103{at:04d}" for at in range(20)])
    assert "lacks the codes of 20" in area_doubts(district, many, district, what="LSOAs")[0]
    assert area_remarks(district, district, what="LSOAs") == ()


def test_areas_of_another_place_are_asked_about() -> None:
    district = lsoas(LSOA11)
    half = lsoas(LSOA11, width=500)
    assert area_doubts(lsoas(LSOA11, width=510), half, district, what="areas") == (), "half, as before, is no doubt"
    assert area_doubts(district, half, district, what="wards") == (
        "Its wards cover 50% of the district; those in use cover 100%.",
    )


def test_a_boundary_that_is_another_districts_is_asked_about_and_a_moved_edge_is_not() -> None:
    ours = lsoas(["D"])
    assert boundary_doubts(ours, lsoas(["D"], width=1_100)) == ()
    assert "has 33% of its ground in common" in boundary_doubts(ours, lsoas(["D"], width=3_000))[0]
    beside = ours.translate(xoff=5_000).to_frame("geometry")
    assert "lies elsewhere: was the district merged" in boundary_doubts(ours, beside)[0]


def test_homes_that_are_far_fewer_are_asked_about_in_the_newest_year_of_each() -> None:
    def homes(each, year):
        return pd.DataFrame({"postcode": TWENTY, "people": 1.0, "homes": float(each), "year": year})

    before = pd.concat([homes(1, 2011), homes(40, 2021)])
    assert homes_doubts(before, homes(41, 2024)) == ()
    assert homes_doubts(before, homes(30, 2024)) == (
        "It counts 600 homes in and near the district; those in use are 800 (25 % fewer).",
    )


def test_postcodes_that_would_all_end_are_asked_about_and_an_older_edition_beside_is_not() -> None:
    before = postcodes(TWENTY)
    half = pd.concat([postcodes(TWENTY[:10]), postcodes(TWENTY[10:], terminated=202511)])
    assert "10 of the 20 live postcodes in and near the district would have ended" in postcode_doubts(before, half)[0]
    older = pd.concat([before, postcodes(["SP102AA", "SP102AB"], terminated=201408)])
    assert postcode_doubts(before, older) == ()
    assert postcode_doubts(before, pd.concat([before, postcodes([f"RG{at}" for at in range(40)])])) == ()


def test_postcodes_that_move_at_once_or_lose_their_district_are_asked_about() -> None:
    before = postcodes(TWENTY)
    assert "20 of 20 postcodes would have moved" in postcode_doubts(before, postcodes(TWENTY, east=450_000))[0]
    blank = postcodes(TWENTY, district="")
    assert "100% of the live postcodes" in postcode_doubts(before, blank)[0]
    assert postcode_doubts(blank, blank) == ()


def test_a_merged_district_is_told_by_its_new_code() -> None:
    told = merger_remark(postcodes(TWENTY), postcodes(TWENTY, district="E06000066"))
    assert "code E07000093 is no postcode's any more; E06000066 stands there now" in told[0]
    assert merger_remark(postcodes(TWENTY), postcodes(TWENTY)) == ()


def test_an_answer_settles_every_doubt_and_without_one_each_is_told() -> None:
    require_trust("a.csv", (), Trust())
    require_trust("a.csv", ("It is odd.",), Trust(anyway=True))
    with pytest.raises(DoubtError, match=r"a\.csv looks wrong .* It is odd\. Nothing was replaced.*--anyway") as told:
        require_trust("a.csv", ("It is odd.",), Trust(older_too=True))
    assert told.value.doubts == ("It is odd.",)
