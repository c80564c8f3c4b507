"""One little town, read from every form that streets are published in."""

import warnings

import numpy as np
import pytest

from geo.errors import BadInputError
from geo.places.streets_graphml import read_graphml
from geo.places.streets_osm import read_osm
from geo.places.streets_overpass import read_answers
from geo.places.streets_raw import EVERYWHERE
from tests.geo.places.street_files import WAYS, degrees, osm_text, overpass_answer, write_pbf
from tests.geo.places.street_towns import joined

FAR = (-8.0, 49.0, -7.0, 50.0)


def read(given, kind="osm", box=EVERYWHERE, told=None):
    progress = told.append if told is not None else lambda _: None
    return read_osm(given, name="town.osm", kind=kind, box=box, progress=lambda step, share: progress((step, share)))


def summary(raw):
    network = joined(raw)
    return len(network.table), round(network.walk.km, 2), round(network.drive.km, 2), round(network.drive.cut_km, 2)


def test_xml_protocol_buffers_and_overpass_give_the_same_streets(tmp_path) -> None:
    write_pbf(tmp_path / "town.osm.pbf")
    (tmp_path / "answer.json").write_text(overpass_answer(), encoding="utf-8")
    text = osm_text().encode()
    (tmp_path / "town.osm").write_bytes(text)
    expected = (6, 4.5, 2.5, 1.5)  # the bollard leaves a way into A that no car can leave by, so DA and half AB go
    found = [
        summary(read(tmp_path / "town.osm")),
        summary(read(text)),
        summary(read(tmp_path / "town.osm.pbf", kind="pbf")),
        summary(read((tmp_path / "town.osm.pbf").read_bytes(), kind="pbf")),
        summary(read_answers([tmp_path / "answer.json"], box=EVERYWHERE)),
    ]
    assert found == [expected] * 5


def test_every_form_tells_names_and_lighting_and_each_piece_of_a_street_has_them(tmp_path) -> None:
    write_pbf(tmp_path / "town.osm.pbf")
    (tmp_path / "answer.json").write_text(overpass_answer(), encoding="utf-8")
    raws = [
        read(osm_text().encode()),
        read(tmp_path / "town.osm.pbf", kind="pbf"),
        read_answers([tmp_path / "answer.json"], box=EVERYWHERE),
    ]
    elm, footway = ("Elm Road", "not known"), ("", "unlit")
    expected = sorted([elm, elm, ("B4237", "lit"), footway, ("", "not known"), ("", "not known")])
    for raw in raws:
        table = joined(raw).table
        assert sorted(zip(table["name"], table["lit"], strict=True)) == expected


def test_what_is_no_street_is_seen_and_not_kept() -> None:
    raw = read(osm_text().encode())
    assert (raw.streets_seen, len(raw.uses)) == (6, 5)  # the proposed road is seen, the stream is not
    assert {use.road for use in raw.uses} == {"residential", "tertiary", "footway"}
    assert raw.stops_cars.sum() == 1


def test_a_street_that_two_answers_hold_counts_once(tmp_path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(overpass_answer(), encoding="utf-8")
    raw = read_answers(sorted(tmp_path.iterdir()), box=EVERYWHERE)
    assert (raw.streets_seen, len(raw.points)) == (6, 6)


def test_streets_are_cut_at_the_edge_of_the_box() -> None:
    spots = degrees()
    box = (spots[5][0] - 0.001, spots[1][1] - 0.001, spots[2][0] + 0.001, spots[3][1] + 0.001)  # without A and D
    raw = read(osm_text().encode(), box=box)
    assert len(raw.points) == 4
    assert summary(raw)[:2] == (3, 2.0)


def test_streets_of_another_place_are_counted_and_some_remembered() -> None:
    raw = read(osm_text().encode(), box=FAR)
    assert (len(raw.uses), raw.streets_seen) == (0, 6)
    assert np.hypot(*(raw.elsewhere - [437_500, 145_500]).T).max() < 1_000


def test_progress_is_told_and_never_goes_back() -> None:
    told = []
    read(osm_text().encode(), told=told)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_objects_of_an_unsaved_edit_have_negative_numbers_and_are_read() -> None:
    assert len(read(osm_text(number=lambda name: -name).encode()).uses) == 5


def test_a_way_through_points_that_the_file_lacks_keeps_the_rest() -> None:
    ways = WAYS | {11: ([1, 999, 5, 2], WAYS[11][1])}
    assert summary(read(osm_text(ways=ways).encode()))[0] == 5


@pytest.mark.parametrize("content", [b"<osm", osm_text().encode()[:600], b"<osm><node id='x'/></osm>", b"\x00" * 64])
def test_a_damaged_file_is_refused_in_a_sentence(content) -> None:
    with pytest.raises(BadInputError, match="damaged or is no street file"):
        read(content)


def test_protocol_buffers_that_break_off_are_refused_in_a_sentence(tmp_path) -> None:
    write_pbf(tmp_path / "town.osm.pbf")
    whole = (tmp_path / "town.osm.pbf").read_bytes()
    with pytest.raises(BadInputError, match="damaged"):
        read(whole[: len(whole) // 2], kind="pbf")


def test_half_an_answer_is_refused_in_a_sentence(tmp_path) -> None:
    (tmp_path / "answer.json").write_text(overpass_answer()[:200], encoding="utf-8")
    with pytest.raises(BadInputError, match="fetch again"):
        read_answers([tmp_path / "answer.json"], box=EVERYWHERE)


@pytest.fixture(scope="module", params=[True, False], ids=["simplified", "as drawn"])
def graph(request, tmp_path_factory):
    """The town as osmnx makes it of the XML file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import osmnx  # noqa: PLC0415 - two seconds

        path = tmp_path_factory.mktemp("town") / "town.osm"
        path.write_text(osm_text(), encoding="utf-8")
        made = osmnx.graph_from_xml(path, simplify=request.param, retain_all=True)
        return osmnx, made, path.parent


def test_graphml_of_osmnx_gives_the_lengths_and_the_one_way_street(graph) -> None:
    osmnx, made, folder = graph
    osmnx.save_graphml(made, folder / "town.graphml")
    raw = read_graphml(folder / "town.graphml", name="town.graphml", box=EVERYWHERE)
    network = joined(raw)
    assert network.walk.km == pytest.approx(4.5, abs=0.01)
    assert network.drive.km == pytest.approx(4, abs=0.01)  # such a graph knows of no bollard
    lone = network.table[(network.table["drive_ways"] > 0) & (network.table["drive_ways"] < 3)]
    assert lone.length.sum() == pytest.approx(1000, abs=3)
    assert network.table["km_per_hour"].max() == pytest.approx(48.28, abs=0.01)


def test_graphml_gives_names_even_where_osmnx_has_listed_several() -> None:
    values = {"name": "[\"St Mary's Road\", 'Elm Road']", "lit": "['yes', 'no']"}
    keys = "".join(f"<key id='{key}' attr.name='{key}'/>" for key in ("x", "y", "highway", *values))
    nodes = "".join(
        f"<node id='{number}'><data key='x'>{lon}</data><data key='y'>{lat}</data></node>"
        for number, (lon, lat) in degrees().items()
    )
    said = "".join(f"<data key='{key}'>{value}</data>" for key, value in {"highway": "residential", **values}.items())
    edge = f"<edge source='1' target='2'>{said}</edge>"
    text = f"<graphml>{keys}<graph edgedefault='directed'>{nodes}{edge}</graph></graphml>"
    (use,) = read_graphml(text.encode(), name="x", box=EVERYWHERE).uses
    assert (use.name, use.lit) == ("St Mary's Road", "not known")


def test_a_projected_graph_is_brought_back(graph) -> None:
    osmnx, made, folder = graph
    osmnx.save_graphml(osmnx.project_graph(made), folder / "projected.graphml")
    raw = read_graphml((folder / "projected.graphml").read_bytes(), name="p", box=EVERYWHERE)
    assert np.hypot(*(raw.points - [437_500, 145_500]).T).max() < 1_000


def test_a_graph_without_directions_goes_both_ways_but_for_one_way_streets(graph) -> None:
    osmnx, made, folder = graph
    osmnx.save_graphml(osmnx.convert.to_undirected(made), folder / "undirected.graphml")
    raw = read_graphml(folder / "undirected.graphml", name="u", box=EVERYWHERE)
    assert joined(raw).drive.km == pytest.approx(4, abs=0.01)


@pytest.mark.parametrize(
    "content",
    [
        b"<graphml>",
        b"<graphml><graph><node id='a'/></graph></graphml>",
        b"<graphml><key id='x' attr.name='x'/><key id='y' attr.name='y'/><graph><node id='a'>%s</node></graph>"
        % b"<data key='x'>nan</data><data key='y'>1</data>",
        b"<graphml><key id='c' attr.name='crs'/><graph><data key='c'>Atlantis</data></graph></graphml>",
    ],
)
def test_a_graph_that_is_none_is_refused_in_a_sentence(content) -> None:
    with pytest.raises(BadInputError, match="GraphML as osmnx saves it"):
        read_graphml(content, name="x.graphml", box=EVERYWHERE)


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>'
    with pytest.raises(BadInputError, match="entities"):
        read_graphml(bomb, name="x.graphml", box=EVERYWHERE)


def test_a_graph_of_something_else_has_no_street() -> None:
    raw = read_graphml(b"<graphml><graph edgedefault='directed'/></graphml>", name="x", box=EVERYWHERE)
    assert raw.streets_seen == 0
