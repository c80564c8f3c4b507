"""A place that is listed after a programme was settled or a pack was kept is told by neither any more."""

import json

import pytest

from geo.errors import BadInputError
from geo.hubs.programme import content_of
from geo.review.pack.kept import digest_of, keep_pack, read_packs
from geo.review.pack.listed_places import _places as places_of
from geo.review.pack.listed_places import without_listed
from geo.review.programmes_kept import hubs_dropped, keep_programme, read_programmes
from geo.review.safe_keeping import add_places, read_places
from geo.review.safe_list import safe_list
from geo.review.safe_officers import name_officers
from geo.review.signing import Signer
from geo.review.workspace import Workspace
from layers.pack import bundle, making, verify
from layers.pack.making import pack_again
from tests.geo.review.hubs_held import record
from tests.geo.review.registers import speak
from tests.tinytown.council import TODAY
from tests.tinytown.packed import a_hub, gathered, packed_copy, settle

NAME, PLACE = "Harbour Hall", "ZZ1 1AA"
OTHER = {"name": "St Mary", "postcode": "ZZ1 2AA", "site_id": "elsewhere", "easting": 643_500.0}


def tells(values) -> bool:
    text = json.dumps(values, ensure_ascii=False)
    return NAME in text or PLACE in text


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A council that planned, held and told of a hub at a place which was put on the list afterwards."""
    root = tmp_path_factory.mktemp("listed") / "Tinytown"
    packed_copy(tmp_path_factory, root)
    council = Workspace.open(root, signer=Signer("jo", None))
    name_officers(council, ["jo", "Sam Reed"])
    settle(council, a_hub(), a_hub(number=2, **OTHER), why="A second hub")
    record(council, "2024-05-14")
    speak(council, "St Mary", status="visited")
    before = {audience: gathered(council, audience) for audience in ("team", "partner")}
    for found in before.values():
        assert tells(found)
        keep_pack(council, found, who="JS", why="", today=TODAY)
    old = read_programmes(council)[-1].sheet
    add_places(council, read_places(PLACE))
    return council, before, old


def test_programmes_are_as_if_no_hub_had_been_planned_there(listed) -> None:
    council, _, old = listed
    kept = read_programmes(council)
    assert len(kept) == 1  # of the first nothing would be left
    assert kept[0].sheet.hubs[["number", "name"]].to_numpy().tolist() == [[1, "St Mary"]]
    assert not tells(content_of(kept[0].sheet))
    assert (kept[0].who, kept[0].why) == ("JS", "A second hub")
    assert "" not in kept[0].sheet.sentences
    assert hubs_dropped(council, kept[0].sheet) == []
    with pytest.raises(BadInputError, match="The sites have changed since this programme was made"):
        keep_programme(council, old, who="JS", why="again", today=TODAY)


def test_a_new_pack_gathers_nothing_of_it(listed) -> None:
    council, _, _ = listed
    assert not any(tells(gathered(council, audience)) for audience in ("team", "partner", "public"))


def test_the_database_names_it_in_no_pack_and_the_numbers_stay(listed) -> None:
    council, before, _ = listed
    for kept in read_packs(council):
        assert not tells(kept.aggregates)
        assert kept.digest == digest_of(kept.aggregates) != digest_of(before[kept.audience])
        assert kept.aggregates.keys() == before[kept.audience].keys()
        same = [name for name, value in before[kept.audience].items() if kept.aggregates[name] == value]
        assert {"review", "editions", "day"} <= set(same)
        assert all(tells(before[kept.audience][name]) for name in before[kept.audience].keys() - set(same))
        assert (kept.who, kept.day) == ("JS", TODAY)
    database = (council.root / "planner.sqlite").read_bytes()
    assert NAME.encode() not in database


def test_a_site_that_a_file_refuses_leaves_a_pack_as_a_listed_one_does(listed) -> None:
    council, before, _ = listed
    church = {str(row["site_id"]) for row in places_of(before["team"]) if row["name"] == "St Mary"}
    left = without_listed(before["team"], safe_list(council), refused=church | {"sites:unheard-of"})
    assert "St Mary" in json.dumps(before["team"])
    assert "St Mary" not in json.dumps(left)


@pytest.mark.parametrize("audience", ["team", "partner"])
def test_a_pack_given_out_before_is_found_in_the_audit_log(listed, audience, monkeypatch) -> None:
    council, before, _ = listed
    monkeypatch.setattr(verify, "pack_files", lambda *_: ())
    number = {"team": 1, "partner": 2}[audience]
    assert verify._kept(council, digest_of(before[audience])) == (
        f"The audit log has it: pack {number} of 2024-25 for {audience}: digest {digest_of(before[audience])[:12]}, by "
        "jo. The workspace tells that pack otherwise now."
    )
    assert verify._kept(council, "0" * 64) == "No pack with this digest was kept in the workspace."


@pytest.mark.parametrize("audience", ["team", "partner"])
def test_a_pack_told_again_leaves_it_out(listed, audience, monkeypatch) -> None:
    council, before, _ = listed
    for module in (bundle, making, verify):
        monkeypatch.setattr(module, "pack_files", lambda *_: ())
    again = pack_again(council, review="2024-25", audience=audience)
    assert not tells(again.aggregates)
    told = verify.verify_bundle(again.bundle, workspace=council).source[0]
    assert told.endswith("has this very digest.")
    with pytest.raises(BadInputError, match="What the pack tells of has changed"):
        keep_pack(council, before[audience], who="JS", why="again", today=TODAY)
    assert keep_pack(council, again.aggregates, who="JS", why="again", today=TODAY).superseded_by == 0


def test_where_nothing_is_listed_a_pack_is_told_again_as_it_is(tmp_path_factory, tmp_path, monkeypatch) -> None:
    for module in (bundle, making):
        monkeypatch.setattr(module, "pack_files", lambda *_: ())
    council = packed_copy(tmp_path_factory, tmp_path / "w")
    kept = keep_pack(council, gathered(council, "public"), who="JS", why="", today=TODAY)
    assert pack_again(council, review="2024-25", audience="public").pack.digest == kept.digest
