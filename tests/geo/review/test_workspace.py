"""A workspace is made whole, found again, and says in a sentence what is wrong with it."""

import errno
import os
import sqlite3

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import BadInputError, MissingDataError, WorkspaceError
from geo.review.audit import verify_audit
from geo.review.workspace import Workspace
from geo.scenario import Scenario
from geo.schema import SITES
from tests.tinytown.council import TODAY, boundary, edition, make_council, wards


def make(root, **changed):
    given = {"name": "Tinytown", "boundary": boundary(), "boundary_edition": edition()} | changed
    return Workspace.create(root, **given)


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_new_workspace_holds_what_the_readme_says(tmp_path):
    make(tmp_path / "Tést Välley 1")
    assert files_below(tmp_path / "Tést Välley 1") == [
        "layers",
        "layers/boundary.parquet",
        "planner.sqlite",
        "releases",
        "scenario.toml",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders from others by its own lists of rights")
def test_nobody_else_on_the_machine_can_look_into_a_workspace(tmp_path):
    make(tmp_path / "w")
    assert (tmp_path / "w").stat().st_mode & 0o077 == 0


def test_a_workspace_is_found_again_as_it_was_made(tmp_path):
    make(tmp_path / "w", office_postcode="ZZ1 3AA")
    again = Workspace.open(tmp_path / "w")
    assert again.scenario == Scenario(name="Tinytown", office_postcode="ZZ1 3AA")
    assert again.boundary().crs.to_epsg() == 4326
    assert again.boundary().geometry.iloc[0].equals(boundary().geometry.iloc[0])
    assert again.records().empty
    assert again.feeds() == ()
    assert [one.dataset for one in again.editions()] == ["boundary"]


def test_the_parts_of_a_district_become_one_outline(tmp_path):
    workspace = make(tmp_path / "w", boundary=wards())
    outline = workspace.boundary()
    assert len(outline) == 1
    assert outline.geometry.iloc[0].area == pytest.approx(boundary().geometry.iloc[0].area, rel=1e-6)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)]), "no coordinate system"),
        (gpd.GeoDataFrame(geometry=[shapely.Point(1, 53)], crs=4326), "no area"),
        (gpd.GeoDataFrame(geometry=[], crs=4326), "no area"),
    ],
    ids=["no_crs", "point", "empty"],
)
def test_a_boundary_that_is_no_area_makes_no_folder(tmp_path, given, said):
    with pytest.raises(BadInputError, match=said):
        make(tmp_path / "w", boundary=given)
    assert files_below(tmp_path) == []


def test_a_folder_with_something_in_it_is_not_touched(tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "letter.txt").write_text("dear")
    with pytest.raises(BadInputError, match="not an empty folder"):
        make(tmp_path / "w")
    assert files_below(tmp_path) == ["w", "w/letter.txt"]


def test_an_empty_folder_may_be_used(tmp_path):
    (tmp_path / "w").mkdir()
    make(tmp_path / "w")
    assert Workspace.open(tmp_path / "w").scenario.name == "Tinytown"


def test_a_failure_on_the_way_leaves_nothing(tmp_path, monkeypatch, own_configuration):
    monkeypatch.delenv("PLANNER_KEY")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("geo.review.workspace.Workspace.save_scenario", full)
    with pytest.raises(OSError, match="No space"):
        make(tmp_path / "w")
    assert not (tmp_path / "w").exists()
    assert not list(tmp_path.glob(".w*"))
    assert not list(own_configuration.rglob("*.key"))


def test_a_folder_that_is_no_workspace_is_told_so(tmp_path):
    with pytest.raises(BadInputError, match="is not a workspace"):
        Workspace.open(tmp_path)
    with pytest.raises(BadInputError, match="is not a workspace"):
        Workspace.open(tmp_path / "nowhere")
    assert files_below(tmp_path) == []


def test_a_workspace_of_a_newer_version_is_refused(tmp_path):
    make(tmp_path / "w")
    with sqlite3.connect(tmp_path / "w" / "planner.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(BadInputError, match=r"newer planner \(version 99; this one reads up to 5\)"):
        Workspace.open(tmp_path / "w")


def test_a_workspace_of_an_earlier_planner_is_brought_up_to_date_with_its_records(tmp_path):
    workspace = make(tmp_path / "w")
    database = sqlite3.connect(tmp_path / "w" / "planner.sqlite")
    ours = "type IN ('trigger', 'table') AND name NOT LIKE 'sqlite_%'"
    made = database.execute(f"SELECT type, name FROM sqlite_master WHERE {ours}").fetchall()  # noqa: S608 - our own words
    later = {name: kind for kind, name in made} | dict.fromkeys(("meta", "feeds", "imports", "institutions", "records"))
    for name, kind in sorted(later.items(), key=lambda item: item[1] != "trigger"):
        database.execute(f"DROP {kind} {name}" if kind else "DELETE FROM meta WHERE key LIKE 'audit%'")
    for column in ("area", "district", "h3_9"):
        database.execute(f"ALTER TABLE records DROP COLUMN {column}")
    old = ["r1", "", "2024-05", "Housing", "Housing", "self", "", "", "", "", "not_stated", "not_stated", "missing"]
    database.execute(f"INSERT INTO records VALUES ({','.join('?' * 21)})", [*old, 0, 0, 0, 0, 0, 0, "", ""])  # noqa: S608 - marks only
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    kept = workspace.records()
    assert kept[["record", "area", "district"]].to_numpy().tolist() == [["r1", "", ""]]
    workspace.note("release", "1")  # its log begins with the first thing done after
    assert verify_audit(workspace.store).whole
    assert Workspace.open(tmp_path / "w").records().equals(kept)


def test_a_note_changes_no_fingerprint(tmp_path):
    workspace = make(tmp_path / "w")
    before = workspace.fingerprint()
    with workspace.store.noting() as connection:
        connection.execute("INSERT INTO looks VALUES ('2024-25', 'd', '2025-05-01', 'counts')")
    assert workspace.fingerprint() == before


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be looked at" * 50])
def test_a_damaged_database_is_told_so(tmp_path, content):
    make(tmp_path / "w")
    (tmp_path / "w" / "planner.sqlite").write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"damaged|could not be used"):
        Workspace.open(tmp_path / "w")


def test_a_damaged_layer_is_told_so(tmp_path):
    workspace = make(tmp_path / "w")
    (tmp_path / "w" / "layers" / "boundary.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(WorkspaceError, match=r"boundary\.parquet is damaged"):
        workspace.boundary()
    with pytest.raises(WorkspaceError, match=r"boundary\.parquet is damaged"):
        workspace.editions()


def test_a_damaged_scenario_is_told_so(tmp_path):
    workspace = make(tmp_path / "w")
    (tmp_path / "w" / "scenario.toml").write_text("name = ")
    with pytest.raises(BadInputError, match=r"scenario\.toml is not a TOML file"):
        workspace.scenario  # noqa: B018 - reading it is the test


def test_a_missing_gazetteer_says_how_to_add_one(tmp_path):
    with pytest.raises(MissingDataError, match="planner add gazetteer"):
        make(tmp_path / "w").gazetteer()


def test_areas_come_back_as_they_were_saved(tmp_path):
    workspace = make(tmp_path / "w")
    assert workspace.areas("wards") is None
    assert not workspace.has("wards")
    workspace.save_areas("wards", wards(), edition("wards"))
    assert workspace.has("wards")
    assert workspace.areas("wards").equals(wards())


def test_areas_in_another_coordinate_system_are_refused(tmp_path):
    with pytest.raises(BadInputError, match="expected EPSG:4326"):
        make(tmp_path / "w").save_areas("wards", wards().to_crs(27700), edition("wards"))


def test_an_edition_of_another_data_set_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="expected 'wards'"):
        make(tmp_path / "w").save_areas("wards", wards(), edition("lsoa"))


def sites(*names, dataset="sites"):
    rows = [
        {
            "site_id": f"{dataset}:{name}",
            "name": name,
            "category": "library",
            "postcode": "ZZ1 1AA",
            "inside": True,
            "opening_hours": "",
            "capacity": None,
            "step_free": None,
            "private_room": True,
            "notes": "",
            "dataset": dataset,
        }
        for name in names
    ]
    kinds = {"capacity": "Int64", "step_free": "boolean", "private_room": "boolean"}
    points = gpd.GeoSeries([shapely.Point(641_000, 421_000)] * len(rows), crs=27700)
    return gpd.GeoDataFrame(pd.DataFrame(rows).astype(kinds), geometry=points, crs=27700)


def test_sites_of_all_data_sets_come_together_and_each_can_be_replaced(tmp_path):
    workspace = make(tmp_path / "w")
    assert workspace.sites().empty
    SITES.validate(workspace.sites())
    workspace.save_sites("sites", sites("Hall", "Barn"), edition("sites"))
    workspace.save_sites("libraries", sites("Library", dataset="libraries"), edition("libraries"))
    assert sorted(workspace.sites()["name"]) == ["Barn", "Hall", "Library"]
    workspace.save_sites("sites", sites("Hall"), edition("sites"))
    SITES.validate(workspace.sites())
    assert sorted(workspace.sites()["name"]) == ["Hall", "Library"]
    assert workspace.sites().crs.to_epsg() == 27700


def test_homes_come_back(tmp_path):
    workspace = make(tmp_path / "w")
    assert workspace.homes() is None
    homes = pd.DataFrame({"postcode": ["ZZ11AA"], "people": [30.0], "homes": [12.0], "year": [2021]})
    workspace.save_homes(homes, edition("households"))
    assert workspace.homes().equals(homes.astype({"postcode": "str"}))


def test_every_change_changes_the_fingerprint(tmp_path):
    workspace = make(tmp_path / "w")
    seen = [workspace.fingerprint()]
    changes = [
        lambda: workspace.save_scenario(workspace.scenario.model_copy(update={"resolution": 7})),
        lambda: workspace.save_areas("wards", wards(), edition("wards")),
        lambda: workspace.save_institutions({"abc": "prison"}),
        lambda: workspace.save_boundary(wards(), edition()),
    ]
    for change in changes:
        change()
        seen.append(workspace.fingerprint())
    assert len(set(seen)) == len(seen)
    assert Workspace.open(tmp_path / "w").fingerprint() == seen[-1]


def test_institutions_are_added_to_or_replaced(tmp_path):
    workspace = make(tmp_path / "w")
    workspace.save_institutions({"a": "prison", "b": "hostel"})
    workspace.save_institutions({"b": "hospital"})
    assert workspace.institutions() == {"a": "prison", "b": "hospital"}
    workspace.save_institutions({"c": "agency"}, replace=True)
    assert workspace.institutions() == {"c": "agency"}


def test_a_full_disk_leaves_the_old_layer(tmp_path, monkeypatch):
    workspace = make(tmp_path / "w")
    workspace.save_areas("wards", wards(), edition("wards"))

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="is full; make room"):
        workspace.save_areas("wards", wards().head(1), edition("wards"))
    assert len(workspace.areas("wards")) == 2
    assert files_below(tmp_path / "w" / "layers") == ["boundary.parquet", "wards.parquet"]


def test_what_a_killed_program_left_long_ago_is_swept_up(tmp_path):
    workspace = make(tmp_path / "w")
    old, young = (tmp_path / "w" / f".scenario.toml.{name}.tmp" for name in ("old", "young"))
    old.write_text("half")
    young.write_text("half")
    os.utime(old, (1, 1))
    workspace.save_scenario(workspace.scenario)
    assert not old.exists()
    assert young.exists()  # another program may be writing it at this moment


def test_the_day_it_was_made_is_the_day_that_was_given(tmp_path):
    assert make(tmp_path / "w").store.meta("created") == TODAY.isoformat()


def test_a_council_can_be_made_without_wards(tmp_path):
    assert not make_council(tmp_path / "w", with_wards=False).has("wards")
