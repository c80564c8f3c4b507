"""Boundaries out of every kind of file, and a clear sentence for each that will not do."""

import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, Polygon, box

from geo.crs import NATIONAL_GRID, WGS84, frame_to_national_grid, frame_to_wgs84
from geo.errors import BadInputError
from layers.boundaries import district_of, read_area_file, read_areas, read_boundary
from layers.source_file import SourceFile

HALVES = [box(436000, 144000, 438000, 148000), box(438000, 144000, 440000, 148000)]


def _halves(**columns: list[str]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        columns or {"WD24CD": ["E05000001", "E05000002"], "WD24NM": ["West", "East"]},
        geometry=HALVES,
        crs=NATIONAL_GRID,
    )


def _geojson(frame: gpd.GeoDataFrame, name: str = "areas.geojson") -> SourceFile:
    return SourceFile(name, frame_to_wgs84(frame).to_json(drop_id=True).encode())


def _shapefile_zip(folder: Path, *, inside: str = "", without: str = "") -> SourceFile:
    _halves().to_file(folder / "shape.shp")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in folder.glob("shape.*"):
            if part.suffix != without:
                archive.write(part, inside + part.name)
    return SourceFile("wards.zip", packed.getvalue())


def _zip(name: str, content: bytes) -> SourceFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return SourceFile("x.zip", packed.getvalue())


def _written(ring: str) -> SourceFile:
    shape = f'{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}'
    return SourceFile("x.geojson", f'{{"type":"FeatureCollection","features":[{shape}]}}'.encode())


def _one(shape: object, **extra: object) -> SourceFile:
    feature = {"type": "Feature", "properties": {"name": "Here"}, "geometry": getattr(shape, "__geo_interface__", None)}
    return SourceFile("x.geojson", json.dumps({"type": "FeatureCollection", "features": [feature], **extra}).encode())


@pytest.mark.parametrize(
    ("code", "kind"), [("LAD25CD", "boundary"), ("wd24cd", "wards"), ("LSOA21CD", "lsoa"), ("PAR24CD", "areas")]
)
def test_the_code_column_tells_what_the_areas_are(code, kind) -> None:
    name = code[:-2] + ("NM" if code.isupper() else "nm")
    areas, found = read_areas(_geojson(_halves(**{code: ["B", "A"], name: ["West", "East"]})))
    assert found == kind
    assert areas[["code", "name"]].to_numpy().tolist() == [["A", "East"], ["B", "West"]]


def test_wards_that_also_name_their_district_are_wards() -> None:
    frame = _halves(LAD25CD=["E07", "E07"], LAD25NM=["D", "D"], WD25CD=["1", "2"], WD25NM=["West", "East"])
    areas, kind = read_areas(_geojson(frame))
    assert (kind, areas["name"].tolist()) == ("wards", ["West", "East"])


def test_columns_may_be_named_and_a_wrong_name_lists_those_there_are() -> None:
    file = _geojson(_halves(zone=["a", "b"], said=["West", "East"]))
    assert read_areas(file, code_column="zone", name_column="said")[0]["name"].tolist() == ["West", "East"]
    with pytest.raises(BadInputError, match="no column 'Zone'; it has: zone, said"):
        read_areas(file, code_column="Zone")


def test_areas_without_codes_or_names_are_numbered() -> None:
    assert read_areas(_geojson(_halves(colour=["red", "blue"])))[0]["code"].tolist() == ["Area 1", "Area 2"]


def test_national_grid_that_says_so_is_fine_in_every_format(tmp_path: Path) -> None:
    expected, _ = read_areas(_geojson(_halves()))
    _halves().to_file(tmp_path / "wards.gpkg")
    _halves().to_file(tmp_path / "wards.geojson")
    for file in (
        tmp_path / "wards.gpkg",
        tmp_path / "wards.geojson",
        _shapefile_zip(tmp_path),
        _shapefile_zip(tmp_path, inside="folder/"),
    ):
        areas, _ = read_areas(file)
        assert areas.crs == WGS84
        assert areas["code"].tolist() == expected["code"].tolist()
        assert areas.normalize().geom_equals_exact(expected.normalize(), 1e-8).all()


def test_national_grid_that_does_not_say_so_is_refused() -> None:
    with pytest.raises(BadInputError, match="numbers look like National Grid metres"):
        read_areas(_one(HALVES[0]))


def test_degrees_that_say_national_grid_are_refused(tmp_path: Path) -> None:
    lying = frame_to_wgs84(_halves()).set_crs(NATIONAL_GRID, allow_override=True)
    lying.to_file(tmp_path / "lying.gpkg")
    with pytest.raises(BadInputError, match="do not lie in Great Britain"):
        read_areas(tmp_path / "lying.gpkg")


def test_latitude_before_longitude_is_refused() -> None:
    with pytest.raises(BadInputError, match="longitude comes before latitude"):
        read_areas(_one(box(51.1, -1.5, 51.2, -1.4)))


def test_a_shapefile_without_its_coordinate_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="does not say its coordinate system"):
        read_areas(_shapefile_zip(tmp_path, without=".prj"))


def test_a_polygon_that_crosses_itself_is_refused_by_name() -> None:
    bow = Polygon([(-1.5, 51.0), (-1.4, 51.1), (-1.4, 51.0), (-1.5, 51.1)])
    with pytest.raises(BadInputError, match=r"outline of 'Here' crosses itself.*Fix geometries"):
        read_areas(_one(bow))


def test_a_crossing_too_small_to_see_is_mended_and_said() -> None:
    hair = 1e-10
    spike = [(-1.45, 51.1), (-1.45 - hair, 51.1 + hair), (-1.45 - hair, 51.1 - hair), (-1.45, 51.1 + hair)]
    kink = Polygon([(-1.5, 51.0), (-1.4, 51.0), (-1.4, 51.1), *spike, (-1.5, 51.1)])
    assert not kink.is_valid
    found = read_area_file(_one(kink))
    assert found.areas.geometry.is_valid.all()
    assert "mended" in found.note


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (_one(Point(-1.5, 51)), "holds shapes of the kind Point; expected polygons"),
        (_one(LineString([(-1.5, 51), (-1.4, 51)])), "holds shapes of the kind LineString"),
        (_one(None), "is empty; export the layer again with its geometry"),
        (SourceFile("x.geojson", b'{"type":"FeatureCollection","features":[]}'), "holds no shape"),
        (SourceFile("x.geojson", b'{"type":"FeatureColl'), "damaged or not a map file"),
        (SourceFile("x.geojson", b""), "is empty"),
        (SourceFile("x.geojson", b"postcode,count"), "not a map file"),
        (SourceFile("x.vrt", b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>"), "not a map file"),
        (SourceFile("x.zip", b"PK\x03\x04 broken"), "damaged"),
        (_zip("../x.geojson", b'{"type":"FeatureCollection","features":[]}'), "would climb out of its folder"),
        (_zip("x.geojson", b" " * 5_000_000), "zip bomb"),
        (_written("[NaN,51],[-1.4,51],[-1.4,51.2],[NaN,51]"), "damaged or not a map file"),
        (_written("[-1.5,51],[-1.4,NaN],[-1.4,51.2],[-1.5,51]"), "coordinates that are no numbers"),
        (Path("nowhere.geojson"), "There is no file"),
    ],
)
def test_what_is_no_boundary_gets_a_clear_sentence(file, words) -> None:
    with pytest.raises(BadInputError, match=words):
        read_areas(file)


def test_several_layers_are_named_and_refused(tmp_path: Path) -> None:
    for layer in ("old", "new"):
        _halves().to_file(tmp_path / "wards.gpkg", layer=layer)
    with pytest.raises(BadInputError, match=r"holds 2 layers \(old, new\)"):
        read_areas(tmp_path / "wards.gpkg")


def test_rows_that_share_a_code_become_one_area() -> None:
    found = read_area_file(_geojson(_halves(code=["A", "A"], name=["Both", "Both"])))
    assert len(found.areas) == 1
    assert "1 rows that share a code" in found.note


def test_the_district_is_the_union_of_its_parts() -> None:
    district = frame_to_national_grid(read_boundary(_geojson(_halves())))
    assert len(district) == 1
    assert district.area.sum() == pytest.approx(16_000_000, rel=1e-6)


def test_slits_between_parts_are_closed_and_lakes_are_not() -> None:
    slit = Polygon([(437000, 146000), (437050, 146000.01), (437050, 146000)])
    lake = box(439000, 146000, 439500, 146500)
    frame = gpd.GeoDataFrame(
        {"code": ["A"]}, geometry=[box(436000, 144000, 440000, 148000) - slit - lake], crs=NATIONAL_GRID
    )
    assert len(read_boundary(_geojson(frame)).geometry.iloc[0].interiors) == 1


def test_one_district_out_of_several_must_be_named() -> None:
    found = read_area_file(_geojson(_halves(LAD23CD=["E1", "E2"], LAD23NM=["West", "East"])))
    with pytest.raises(
        BadInputError, match=r"holds 2 districts; name the one to use by code or name\. It holds: West, East"
    ):
        district_of(found)
    with pytest.raises(BadInputError, match="no area called 'North'"):
        district_of(found, only="North")
    for only in ("e2", "EAST"):
        assert frame_to_national_grid(district_of(found, only=only)).total_bounds[0] == pytest.approx(438000, abs=0.1)


def test_boundaries_with_national_codes_carry_the_line_their_licence_asks_for(today) -> None:
    published = read_area_file(_geojson(_halves())).edition("wards", today=today)
    own = read_area_file(_geojson(_halves(code=["a", "b"]))).edition("areas", today=today)
    assert "Office for National Statistics" in published.attribution
    assert own.attribution == ""
