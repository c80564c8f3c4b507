"""The GeoPackage, read by a second reader: layers, attributes, whom it is for, and the styles that QGIS takes."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest

from layers.pack.classes import classed
from layers.pack.geopackage import layer_name, pack_gpkg
from tests.layers.pack.made_up import MAPS, NASTY, made_up_pack

STYLE_COLUMNS = [
    "f_table_catalog",
    "f_table_schema",
    "f_table_name",
    "f_geometry_column",
    "styleName",
    "styleQML",
    "styleSLD",
    "useAsDefault",
    "description",
    "owner",
    "ui",
    "update_time",
]


@pytest.fixture(scope="module")
def pack():
    return made_up_pack()


@pytest.fixture(scope="module")
def file(pack, tmp_path_factory):
    """The file on the disk, as a GIS opens it."""
    path = tmp_path_factory.mktemp("gpkg") / "pack.gpkg"
    path.write_bytes(pack_gpkg(pack))
    return path


@pytest.fixture(scope="module")
def styles(file):
    with closing(sqlite3.connect(file)) as book:
        rows = book.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
    return {name: ET.fromstring(qml) for name, qml in rows}  # noqa: S314 - written by ourselves just now


def test_it_has_a_layer_for_each_map_and_the_ground_below(file) -> None:
    names = [name for name, kind in pyogrio.list_layers(file) if kind]
    assert names == ["district", "sites", "programme_hubs", *(layer_name(one) for one in MAPS)]


def test_layers_are_measured_on_the_national_grid_and_carry_the_tables_own_values(file) -> None:
    rows = gpd.read_file(file, layer="map_clients_ward")
    assert rows.crs.to_epsg() == 27700
    assert rows[["code", "name", "clients", "share"]].values.tolist() == [
        ["W1", "West", 20, 0.8],
        ["W2", NASTY, 5, 0.2],
    ]
    assert rows.geometry.area.tolist() == pytest.approx([8e6, 8e6], rel=1e-3)


def test_a_hidden_count_stays_a_c_and_an_unknown_number_stays_empty(file) -> None:
    rows = gpd.read_file(file, layer="map_clients_cell")
    assert rows["clients"].tolist() == ["0", "3", "12", "c"]
    assert rows["rate"].isna().tolist() == [True, False, False, True]
    assert rows["map_class"].tolist()[-1] == "c: a small count, hidden"


@pytest.mark.parametrize("map_", MAPS, ids=lambda one: one.name)
def test_the_categories_of_qgis_are_those_of_the_legend(pack, file, styles, map_) -> None:
    style = styles[layer_name(map_)]
    named = [(one.get("value"), one.get("label")) for one in style.iter("category")]
    words = [one.words for one in classed(pack, map_).classes]
    assert named == [(word, word) for word in words]
    assert style.find("renderer-v2").get("attr") == "map_class"
    symbols = [one.get("name") for one in style.find("renderer-v2/symbols")]
    assert [one.get("symbol") for one in style.iter("category")] == symbols
    assert set(gpd.read_file(file, layer=layer_name(map_))["map_class"]) <= set(words)


def test_a_class_is_hatched_in_qgis_where_it_is_hatched_in_print(styles) -> None:
    kinds = [layer.get("class") for layer in styles["map_clients_cell"].iter("layer")]
    assert kinds.count("LinePatternFill") == 1
    assert "PointPatternFill" in [layer.get("class") for layer in styles["map_rates_cell"].iter("layer")]


def test_labels_are_written_where_the_map_has_some(styles) -> None:
    assert styles["map_clients_ward"].find("labeling/settings/text-style").get("fieldName") == "clients"
    assert styles["map_clients_cell"].get("labelsEnabled") == "0"


def test_the_table_of_styles_has_the_columns_that_qgis_looks_for(file) -> None:
    with closing(sqlite3.connect(file)) as book:
        columns = [row[1] for row in book.execute("PRAGMA table_info(layer_styles)")]
        told = book.execute(
            "SELECT DISTINCT f_table_catalog, f_geometry_column, useAsDefault FROM layer_styles"
        ).fetchall()
        kinds = dict(book.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert book.execute("PRAGMA foreign_key_check").fetchall() == []
    assert columns == ["id", *STYLE_COLUMNS]
    assert told == [("", "geom", 1)]
    assert (kinds["layer_styles"], kinds["notes"], kinds["district"]) == ("attributes", "attributes", "features")


@pytest.mark.parametrize(("audience", "sentence"), [("team", "housing team only"), ("public", "For the public")])
def test_every_layer_says_for_whom_it_is_and_what_licences_ask_for(audience, sentence, tmp_path) -> None:
    path = tmp_path / "pack.gpkg"
    path.write_bytes(pack_gpkg(made_up_pack(audience)))
    for name, kind in pyogrio.list_layers(path):
        if kind:
            said = pyogrio.read_info(path, layer=name)["layer_metadata"]["DESCRIPTION"]
            assert sentence in said
            assert "Source: Tinytown (OGL)." in said


def test_the_notes_say_what_the_pack_says(file) -> None:
    notes = pyogrio.read_dataframe(file, layer="notes")
    assert "Three clients had no place on the map." in notes["note"].tolist()
    assert "ab" * 32 in notes["note"].tolist()


def test_hubs_carry_no_number_of_clients(file) -> None:
    hubs = gpd.read_file(file, layer="programme_hubs")
    assert not {"within_reach", "reach", "new_reach", "so_far"} & set(hubs.columns)
    assert hubs["day"].tolist() == ["2025-05-20", "2025-09-02"]
    assert [round(point.x) for point in hubs.geometry] == [640500, 643000]


def test_the_same_pack_gives_the_same_bytes(pack) -> None:
    assert pack_gpkg(pack) == pack_gpkg(pack)


def test_a_pack_without_a_programme_or_maps_is_a_file_with_the_district() -> None:
    content = pack_gpkg(
        replace(made_up_pack(programme=None, maps=()), shapes={"district": made_up_pack().shapes["district"]})
    )
    with closing(sqlite3.connect(":memory:")) as book:
        book.deserialize(content)
        names = [row[0] for row in book.execute("SELECT table_name FROM gpkg_contents")]
    assert set(names) == {"district", "notes", "layer_styles"}
