"""Add streets to a workspace: kept near the district, refused where they are of another place."""

from datetime import date

import pytest

from geo.errors import BadInputError
from geo.review.audit import read_audit
from geo.review.files import read_edition, write_table
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from geo.schema import STREETS
from layers.additions import add_layer
from layers.boundaries import Publisher
from layers.source_file import SourceFile
from layers.streets import ATTRIBUTION, add_streets
from tests.geo.places.street_files import WAYS, osm_text, write_pbf

TODAY = date(2026, 5, 1)


@pytest.fixture
def council(tmp_path, square, small_gazetteer) -> Workspace:
    edition = Publisher("boundary", title="Square").edition(SourceFile("square", b"x"), rows=1, today=TODAY)
    made = Workspace.create(tmp_path / "Andover é", name="Andover", boundary=square, boundary_edition=edition)
    made.gazetteer_path.write_bytes(small_gazetteer.path.read_bytes())
    return made


def test_streets_are_kept_with_their_licence_and_what_was_cut(council, tmp_path) -> None:
    path = tmp_path / "town-2026-04.osm.pbf"
    write_pbf(path)
    added = add_streets(council, path, today=TODAY)
    edition = next(item for item in council.editions() if item.dataset == "streets")
    assert edition == added.edition
    assert (edition.title, edition.edition, edition.licence) == ("OpenStreetMap", "2026-04", "ODbL")
    assert (edition.attribution, edition.rows, edition.file_name) == (ATTRIBUTION, 6, path.name)
    assert edition.note.startswith("On foot: 6 junctions, 5 km, all joined up. By car: ")
    assert "1.5 km that do not join up with them are left out (1 piece)" in edition.note
    assert len(streets_of(council).table) == 6


def test_streets_kept_by_an_earlier_planner_open_without_names_and_with_lighting_not_known(council) -> None:
    add_streets(council, SourceFile("town.osm", osm_text().encode()), today=TODAY)
    path = council.root / "layers" / "streets.parquet"
    now = streets_of(council).table
    assert {"Elm Road", "B4237", ""} == set(now["name"])
    write_table(path, now.drop(columns=["name", "lit"]), read_edition(path))
    then = streets_of(council).table
    assert list(then.columns) == list(now.columns)
    assert (set(then["name"]), set(then["lit"])) == ({""}, {"not known"})
    assert then.geometry.equals(now.geometry)
    STREETS.validate(then)


def test_the_fingerprint_changes_so_that_screens_measure_anew(council) -> None:
    before = council.fingerprint()
    add_layer(council, SourceFile("town.osm", osm_text().encode()), "streets", today=TODAY)
    assert council.fingerprint() != before


def test_the_audit_log_says_that_streets_were_added(council) -> None:
    add_streets(council, SourceFile("town.osm", osm_text().encode()), today=TODAY)
    assert "streets: OpenStreetMap, rows 6" in [line.detail for line in read_audit(council.store)]


def test_a_district_that_the_file_covers_in_part_is_warned_of(council) -> None:
    added = add_streets(council, SourceFile("town.osm", osm_text().encode()), today=TODAY)
    assert any("33% of the district's postcodes" in warning for warning in added.warnings)


def test_a_large_part_that_does_not_join_up_is_warned_of(council) -> None:
    ways = {name: WAYS[name] for name in (11, 13)}
    added = add_streets(council, SourceFile("town.osm", osm_text(ways=ways).encode()), today=TODAY)
    assert any("hang together: is a bridge" in warning for warning in added.warnings)


def test_the_streets_of_another_place_are_refused_and_it_is_said_how_far_off_they_are(council) -> None:
    with pytest.raises(BadInputError, match=r"the nearest is about 8\d km away"):
        add_streets(council, SourceFile("bath.osm", osm_text((-90_000, 0)).encode()), today=TODAY)
    assert streets_of(council) is None


def test_streets_beside_the_district_alone_are_another_place(council) -> None:
    with pytest.raises(BadInputError, match="the nearest is about 2 km away"):
        add_streets(council, SourceFile("next.osm", osm_text((5_000, 0)).encode()), today=TODAY)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.osm", b"", "is empty"),
        ("photo.osm", b"\x89PNG\r\n" + bytes(100), "is no street file"),
        ("table.csv", b"a,b\n1,2\n", "is no street file"),
        ("town.osm.gz", b"\x1f\x8b" + bytes(20), "is packed; unpack it first"),
        ("town.zip", b"PK\x03\x04" + bytes(20), "is packed; unpack it first"),
        ("nothing.osm", b"<osm version='0.6'></osm>", "holds no street"),
        ("rivers.osm", osm_text(ways={1: ([1, 2], {"waterway": "river"})}).encode(), "holds no street"),
        ("planned.osm", osm_text(ways={1: ([1, 2], {"highway": "proposed"})}).encode(), "No street of planned.osm"),
        ("nothing.graphml", b"<graphml><graph edgedefault='directed'/></graphml>", "holds no street"),
        ("broken.osm", osm_text().encode()[:900], "is damaged or is no street file"),
    ],
)
def test_what_is_no_street_file_is_refused_in_a_sentence(council, name, content, told) -> None:
    with pytest.raises(BadInputError, match=told) as refused:
        add_streets(council, SourceFile(name, content), today=TODAY)
    assert "Traceback" not in str(refused.value)
    assert streets_of(council) is None


def test_a_file_that_is_not_there_is_refused_in_a_sentence(council, tmp_path) -> None:
    with pytest.raises(BadInputError, match="There is no file"):
        add_streets(council, tmp_path / "nowhere.osm", today=TODAY)


def test_the_earlier_streets_stay_where_a_new_file_is_refused(council) -> None:
    add_streets(council, SourceFile("town.osm", osm_text().encode()), today=TODAY)
    with pytest.raises(BadInputError):
        add_streets(council, SourceFile("bath.osm", osm_text((-90_000, 0)).encode()), today=TODAY)
    assert len(streets_of(council).table) == 6


GRAPH = """<graphml><key id="x" for="node" attr.name="x"/><key id="y" for="node" attr.name="y"/>
<key id="h" for="edge" attr.name="highway"/><graph edgedefault="directed">
<node id="1"><data key="x">-1.47</data><data key="y">51.20</data></node>
<node id="2"><data key="x">-1.46</data><data key="y">51.20</data></node>
<edge source="1" target="2"><data key="h">residential</data></edge>
<edge source="2" target="1"><data key="h">residential</data></edge></graph></graphml>"""


def test_a_graph_saved_for_walking_is_told_to_know_no_one_way_streets(council) -> None:
    added = add_streets(council, SourceFile("walk.graphml", GRAPH.encode()), today=TODAY)
    assert added.edition.rows == 1
    assert any("saved for walking" in warning for warning in added.warnings)
