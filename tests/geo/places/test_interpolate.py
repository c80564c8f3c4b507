"""Counts of areas brought onto cells: by homes, by postcodes, by ground; nothing is lost and nothing is made."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.crs import frame_to_wgs84
from geo.places.cells import cells_at
from geo.places.interpolate import BEYOND, mean_by_cell, share_areas, spread_counts

SHAPES = {
    "A": shapely.box(640_000, 420_000, 642_000, 422_000),
    "B": shapely.box(642_000, 420_000, 644_000, 422_000),
    "Out": shapely.box(643_500, 422_000, 644_500, 422_800),  # half of it beyond the district
    "Away": shapely.box(650_000, 420_000, 651_000, 421_000),
}
AREAS = frame_to_wgs84(
    gpd.GeoDataFrame({"code": list(SHAPES), "name": list(SHAPES)}, geometry=list(SHAPES.values()), crs=27700)
)
CODES = list(SHAPES)
EIGHTHS = st.integers(0, 10_000_000).map(lambda eighths: eighths / 8)


def postcodes_at(*points: tuple[int, int], terminated=0, shared=1) -> pd.DataFrame:
    easting, northing = (np.array(side, dtype=np.int32) for side in zip(*points, strict=True))
    found = pd.DataFrame({"easting": easting, "northing": northing, "terminated": terminated, "shared_point": shared})
    return found.assign(**{f"h3_{size}": cells_at(easting, northing, resolution=size) for size in (7, 8)})


POINTS = ((640_300, 420_300), (641_700, 421_700), (642_500, 420_500), (643_700, 422_300), (644_200, 422_300))
POSTCODES = postcodes_at(*POINTS)
LIE_IN = pd.Series(["A", "A", "B", "Out", "Out"])


def shares_of(square, weights, postcodes=POSTCODES, codes=LIE_IN, resolution=8):
    weights = pd.Series(weights, index=postcodes.index, dtype="float64")
    return share_areas(AREAS, postcodes, codes, weights=weights, boundary=square, resolution=resolution)


def test_homes_say_how_much_of_an_area_lies_in_each_cell(square) -> None:
    spread = spread_counts(pd.Series({"A": 400.0}), shares_of(square, [30, 10, 1, 1, 1]))
    near, far = POSTCODES["h3_8"].tolist()[:2]
    assert spread.cells.to_dict() == {near: 300, far: 100}
    assert set(shares_of(square, [30, 10, 1, 1, 1]).set_index("code").loc["A", "by"]) == {"homes"}


def test_an_area_whose_postcodes_have_no_homes_counts_them_alike(square) -> None:
    shares = shares_of(square, [0, 0, 1, 1, 1]).set_index("code").loc["A"]
    assert shares["share"].tolist() == [0.5, 0.5]
    assert set(shares["by"]) == {"postcodes"}


def test_nobody_lives_at_a_delivery_office_or_at_a_postcode_that_ended(square) -> None:
    for changed in ({"shared": [1, 40, 1, 1, 1]}, {"terminated": [0, 202001, 0, 0, 0]}):
        shares = shares_of(square, 0, postcodes_at(*POINTS, **changed))
        assert shares.loc[shares["code"] == "A", "cell"].tolist() == POSTCODES["h3_8"].tolist()[:1]


def test_homes_counted_at_a_postcode_that_ended_since_are_homes_all_the_same(square) -> None:
    shares = shares_of(square, [10, 30, 1, 1, 1], postcodes_at(*POINTS, terminated=[0, 202301, 0, 0, 0]))
    assert sorted(shares.loc[shares["code"] == "A", "share"]) == [0.25, 0.75]


def test_what_lies_outside_the_district_has_a_row_of_its_own(square) -> None:
    spread = spread_counts(pd.Series({"Out": 80.0}), shares_of(square, [1, 1, 1, 3, 1]))
    assert spread.amount("outside") == 20
    assert spread.amount("located") == 60
    assert spread.table.set_index("status")["cell"].to_dict()["outside"] == BEYOND


def test_an_area_without_a_postcode_is_shared_out_by_its_ground(square) -> None:
    shares = shares_of(square, 1.0, codes=pd.Series(["A", "A", "B", "", ""])).set_index("code")
    assert set(shares["by"].loc[["Out", "Away"]]) == {"ground"}
    assert shares.loc[["Out"]].query("cell == 0")["share"].item() == pytest.approx(0.5, abs=0.001)
    assert shares.loc[["Away"], ["cell", "share"]].to_numpy().tolist() == [[BEYOND, 1.0]]


@pytest.mark.parametrize("resolution", [7, 8])
def test_ground_is_shared_as_points_strewn_evenly_over_it_would_be(square, resolution) -> None:
    nobody = pd.Series([""] * len(POSTCODES))
    shares = shares_of(square, 1.0, codes=nobody, resolution=resolution)
    found = shares[shares["code"] == "A"].set_index("cell")["share"]
    east, north = np.meshgrid(np.arange(640_010, 642_000, 20), np.arange(420_010, 422_000, 20))
    strewn = cells_at(east.ravel().astype("int32"), north.ravel().astype("int32"), resolution=resolution)
    expected = pd.Series(strewn).value_counts(normalize=True)
    assert (found.reindex(expected.index, fill_value=0) - expected).abs().max() < 0.002
    assert set(found.index) <= set(expected.index)


def test_an_area_smaller_than_a_cell_is_wholly_in_it(square) -> None:
    small = shapely.box(641_000, 421_000, 641_010, 421_010)
    tiny = frame_to_wgs84(gpd.GeoDataFrame({"code": ["A"]}, geometry=[small], crs=27700))
    weights, nobody = pd.Series(1.0, index=POSTCODES.index), pd.Series([""] * len(POSTCODES))
    found = share_areas(tiny, POSTCODES, nobody, weights=weights, boundary=square, resolution=8)
    here = cells_at(np.array([641_005], dtype="int32"), np.array([421_005], dtype="int32"), resolution=8)
    assert found["cell"].tolist() == here.tolist()


def test_counts_of_an_area_without_a_shape_are_named_and_not_lost(square) -> None:
    spread = spread_counts(pd.Series({"A": 10.0, "Unknown": 7.0}), shares_of(square, 1.0))
    assert spread.amount("no_area") == 7
    assert spread.total == 17


def test_an_outline_that_crosses_itself_is_shared_out_and_one_that_is_none_is_named(square) -> None:
    bow = shapely.Polygon([(640_000, 420_000), (641_000, 421_000), (641_000, 420_000), (640_000, 421_000)])
    shapes = {"Bow": bow, "Empty": shapely.Polygon(), "None": None}
    drawn = gpd.GeoDataFrame({"code": list(shapes), "name": list(shapes)}, geometry=list(shapes.values()), crs=27700)
    shares = share_areas(drawn, POSTCODES, LIE_IN, weights=POSTCODES["easting"], boundary=square, resolution=8)
    spread = spread_counts(pd.Series({"Bow": 6.0, "Empty": 3.0, "None": 1.0}), shares)
    assert (spread.amount("located"), spread.amount("no_area")) == (pytest.approx(6), 4)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    counts=st.lists(EIGHTHS, min_size=5, max_size=5),
    weights=st.lists(EIGHTHS, min_size=5, max_size=5),
    codes=st.lists(st.sampled_from(["A", "B", "Out", "Away", ""]), min_size=5, max_size=5),
    ended=st.lists(st.sampled_from([0, 202001]), min_size=5, max_size=5),
)
def test_totals_are_preserved_to_a_part_in_a_thousand_million(square, counts, weights, codes, ended) -> None:
    postcodes = POSTCODES.assign(terminated=ended)
    shares = shares_of(square, weights, postcodes, pd.Series(codes), 7)
    given_counts = pd.Series(counts, index=[*CODES, "Unknown"])
    spread = spread_counts(given_counts, shares)
    assert np.allclose(shares.groupby("code")["share"].sum().reindex(CODES), 1, rtol=0, atol=1e-12)
    assert spread.total == pytest.approx(given_counts.sum(), rel=1e-9, abs=1e-9)
    assert spread.amount("no_area") == pytest.approx(counts[-1])
    people = pd.Series(counts[:4], index=CODES)
    described = mean_by_cell(pd.Series(7.5, index=CODES), people, shares)
    assert described["people"].sum() == pytest.approx(spread.amount("located"), rel=1e-9, abs=1e-9)
    assert np.allclose(described["mean"], 7.5), "the mean of one value is that value"


def test_the_order_of_the_areas_changes_nothing(square) -> None:
    weights = pd.Series(1.0, index=POSTCODES.index)
    other = share_areas(AREAS[::-1], POSTCODES, LIE_IN, weights=weights, boundary=square, resolution=8)
    pd.testing.assert_frame_equal(shares_of(square, 1.0), other)


def test_a_mean_is_by_people_and_says_how_many_of_them_it_covers() -> None:
    shares = pd.DataFrame({"code": ["A", "A", "B", "C"], "cell": [5, 0, 5, 5], "share": [0.5, 0.5, 1.0, 1.0]})
    people = pd.Series({"A": 200.0, "B": 300.0, "C": 100.0})
    found = mean_by_cell(pd.Series({"A": 40.0, "B": 20.0}), people, shares)
    assert found.loc[5].to_dict() == {"people": 500, "covered": 0.8, "mean": (100 * 40 + 300 * 20) / 400}


def test_a_cell_of_nobody_is_left_out_and_one_without_a_value_stays_blank() -> None:
    shares = pd.DataFrame({"code": ["A", "B"], "cell": [5, 6], "share": [1.0, 1.0]})
    found = mean_by_cell(pd.Series({"A": 40.0}), pd.Series({"A": 0.0, "B": 9.0}), shares)
    assert found.index.tolist() == [6]
    assert found.loc[6, "covered"] == 0
    assert np.isnan(found.loc[6, "mean"])
