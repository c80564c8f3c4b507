"""Community sites of OpenStreetMap: halls, places of worship and libraries in, refuges and the rest out."""

import pytest
import shapely

from geo.errors import BadInputError
from geo.review.keys import Key
from geo.review.safe_list import SafeList, place_digest
from layers.community_sites import read_sites
from layers.osm_answers import read_site_answers
from layers.osm_elements import Elements
from layers.osm_file import read_elements
from layers.source_file import SourceFile
from tests.layers.osm_town import HOURS, NODES, osm_xml, overpass_json, write_pbf

KEPT = {
    "osm_sites:n1": ("Andover Library", "library", "SP10 1DP"),
    "osm_sites:n6": ("Village hall, Enham", "village_hall", ""),
    "osm_sites:n11": ("Chapel Arts", "community_centre", ""),
    "osm_sites:r201": ("St Mary", "place_of_worship", ""),
    "osm_sites:w101": ("Andover Library", "library", ""),
}


@pytest.fixture
def safe() -> SafeList:
    key = Key(bytes(32))
    return SafeList(key, frozenset({place_digest(key, "SP102EA")}), frozenset(), _centres(key))


def _centres(key):
    from geo.review.safe_list import point_digest  # noqa: PLC0415 - beside its only use

    return frozenset({point_digest(key, 439_000, 147_000)})


@pytest.fixture
def town(around, safe):
    sites, edition, _ = read_sites(SourceFile("town.osm", osm_xml()), **around, safe=safe)
    return sites.set_index("site_id", drop=False), edition


def test_what_is_a_site_comes_in_with_its_facts_and_the_rest_stays_out(town) -> None:
    sites, edition = town
    found = {row.site_id: (row.name_, row.category, row.postcode) for row in _named(sites)}
    assert found == KEPT
    assert edition.dataset == "osm_sites"
    assert (edition.rows, edition.licence) == (5, "ODbL")
    assert edition.attribution == "(c) OpenStreetMap contributors, ODbL"


def _named(sites):
    return sites.rename(columns={"name": "name_"}).itertuples(index=False)


def test_the_note_counts_every_place_and_gives_no_reason_for_what_was_refused(town) -> None:
    _, edition = town
    # Left out: two refuges by tag, one by name, one by the list, one nameless and far from any settlement, a line that
    # does not close, and a hall whose outline lacks a point.
    assert edition.note == (
        "1 row was farther away and left out. 7 rows were left out: no usable place, or not for publication. "
        "2 out of use or private. 1 without a name, called by kind and settlement. "
        "1 with opening hours that cannot be read."
    )


def test_a_site_stands_on_its_own_ground_also_where_a_relation_has_a_hole_in_its_middle(town) -> None:
    sites, _ = town
    mary = sites.geometry["osm_sites:r201"]
    assert shapely.box(438_000, 146_500, 438_100, 146_600).buffer(0.5).contains(mary)
    assert not shapely.box(438_010, 146_520, 438_060, 146_580).contains(mary)
    assert shapely.box(437_005, 145_005, 437_025, 145_025).contains(sites.geometry["osm_sites:w101"])


def test_opening_hours_stay_as_they_are_written_and_steps_are_told_only_where_known(town) -> None:
    sites, _ = town
    assert sites.loc["osm_sites:w101", "opening_hours"] == HOURS
    arts = sites.loc["osm_sites:n11"]
    assert (arts["opening_hours"], arts["capacity"]) == ("whenever Dave is in", 80)
    assert sites["step_free"].dropna().to_dict() == {"osm_sites:n6": True}


def test_no_telephone_number_address_or_person_is_kept(town) -> None:
    sites, _ = town
    text = sites.drop(columns="geometry").drop(columns="opening_hours").to_csv()
    assert not any(word in text for word in ("01264", "example.org", "Smith"))


def test_a_pbf_an_osm_file_and_an_answer_of_overpass_are_read_alike(tmp_path) -> None:
    write_pbf(tmp_path / "town.osm.pbf")
    (tmp_path / "1.json").write_text(overpass_json(), encoding="utf-8")
    (tmp_path / "2.json").write_text(overpass_json(), encoding="utf-8")
    xml = read_elements(osm_xml(), name="town.osm", kind="osm")
    pbf = read_elements(tmp_path / "town.osm.pbf", name="town.osm.pbf", kind="pbf")
    in_memory = read_elements((tmp_path / "town.osm.pbf").read_bytes(), name="x", kind="pbf")
    answers = read_site_answers([tmp_path / "1.json", tmp_path / "2.json"])
    assert _told(xml) == _told(pbf) == _told(in_memory) == _told(answers)
    assert len(_told(xml)) == 15


def _told(elements: Elements):
    rounded = [
        (one.code, dict(one.tags), one.spot and tuple(round(axis, 5) for axis in one.spot)) for one in elements.places()
    ]
    return [one for one in rounded if one[0] != "r202"]  # an answer of Overpass may hold it or not


def test_a_map_without_a_community_site_says_what_was_expected(around) -> None:
    bench = {14: NODES[14]}
    with pytest.raises(BadInputError, match="holds no community centre, village hall, place of worship or library"):
        read_sites(SourceFile("town.osm", osm_xml(bench, {}, {})), **around)


def test_a_map_of_another_place_brings_no_site_and_says_how_many_are_too_far(around) -> None:
    far = {12: NODES[12]}
    sites, edition, _ = read_sites(SourceFile("far.osm", osm_xml(far, {}, {})), **around)
    assert sites.empty
    assert edition.note == "1 row was farther away and left out."


def test_a_damaged_map_is_told_in_a_sentence(around) -> None:
    with pytest.raises(BadInputError, match=r"town\.osm is damaged or is no map"):
        read_sites(SourceFile("town.osm", osm_xml()[:-60]), **around)


def test_a_damaged_answer_is_named_so_that_it_can_be_deleted(tmp_path) -> None:
    (tmp_path / "1.json").write_text(overpass_json()[:-9], encoding="utf-8")
    with pytest.raises(BadInputError, match=r"damaged \(1\.json\); delete it and fetch again"):
        read_site_answers([tmp_path / "1.json"])
