"""One edition fetched, then the next: what changed between them is told, and what looks wrong waits for an answer."""

import random
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import DoubtError
from geo.review.changes import changes_since
from geo.review.former import former_edition
from layers.due import due_names
from layers.fetchers import Request, fetch, fetch_all
from layers.fetching.source import Means
from tests.layers.fetching.conftest import QUICK, TODAY
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import path_of, publish, surgeries
from tests.tinytown.council import edition, make_council


@pytest.fixture(scope="module")
def shared():
    made = Provider(drip_s=0.01)
    yield made
    made.close()


def request_to(provider, edition, **changed):
    rng = random.Random(1)  # noqa: S311 - spreads pauses
    means = Means([].append, lambda *_: None, rng, TODAY, QUICK)
    return Request(publish(provider, edition), means, **changed)


def test_two_editions_fetched_one_after_the_other_are_compared(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    names = ("gazetteer", "gp", "food-banks", "libraries", "homes")
    first = list(fetch_all(workspace, request_to(shared, 1), names))
    assert {one.outcome for one in first} == {"arrived"}
    assert [one.dataset for one in changes_since(workspace).sets] == ["gazetteer"]  # the council had postcodes before
    list(fetch_all(workspace, request_to(shared, 2), names))
    told = {one.dataset: one for one in changes_since(workspace).sets}
    assert told["gazetteer"].sentences() == ("1 new, 0 ended, 0 moved by more than 100 m.",)
    assert told["gazetteer"].postcodes.wards.to_dict("records") == [{"ward": "W1", "new": 1, "ended": 0, "moved": 0}]
    assert told["gp_surgeries"].sentences() == ("Epraccur Surgery: new.",)
    assert told["food_banks"].sentences() == ("Larder, Hall: new.",)
    assert told["libraries"].sentences() == ("B Library: new.",)
    assert told["households"].sentences() == ("10 homes in the district; 9 before.",)


def test_a_list_that_lost_most_of_its_rows_waits_and_is_taken_once_it_is_answered_for(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    request = request_to(shared, 1)
    path = path_of(request.endpoints.ods_report)
    row = surgeries("epraccur", 1).decode()
    many = "".join(row.replace("EP0", f"EP{at}").replace("SURGERY", f"SURGERY {at}") for at in range(12)).encode()
    shared.files[path] = lambda query: many if query["report"] == "epraccur" else surgeries(query["report"], 1)
    list(fetch(workspace, "gp", request))
    before = workspace.fingerprint()
    shared.files[path] = lambda query: surgeries(query["report"], 2)
    told = list(fetch_all(workspace, request, ["gp"]))
    assert [one.outcome for one in told] == ["asks", "arrived"]
    assert "It has 2 GP surgeries in and near the district; the edition in use has 12 (83 % fewer)" in told[0].sentence
    assert former_edition(workspace.root, "gp_surgeries") is None
    with pytest.raises(DoubtError):
        list(fetch(workspace, "gp", request))
    assert len(workspace.sites().query("dataset == 'gp_surgeries'")) == 12
    assert workspace.fingerprint() != before  # the branches did arrive
    again = list(fetch_all(workspace, replace(request, anyway=True), ["gp"]))
    assert [one.outcome for one in again] == ["arrived", "unchanged"]
    assert changes_since(workspace).sets[0].sentences()[0].endswith("gone.")


def test_what_is_due_is_what_is_missing_or_old_and_never_the_councils_own(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    missing = due_names(workspace, today=TODAY)
    assert missing[:2] == ("gazetteer", "lsoa")
    assert "wards" not in missing  # the council's own stand there
    list(fetch_all(workspace, request_to(shared, 1), ["gazetteer", "gp"]))
    assert "gp" not in due_names(workspace, today=TODAY)
    assert "gp" in due_names(workspace, today=TODAY.replace(year=2027))
    assert "gazetteer" in due_names(workspace, today=TODAY)  # of August 2025


def test_a_name_given_for_the_wards_answers_for_no_other_areas(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    ground = workspace.boundary().geometry.iloc[0]
    west, south, east, north = ground.bounds
    edges = np.linspace(west, east, 13)
    shapes = [shapely.box(*sides) for sides in zip(edges, [south] * 12, edges[1:], [north] * 12, strict=False)]
    codes = [f"E0199{at:04d}" for at in range(12)]
    areas = gpd.GeoDataFrame({"code": codes, "name": codes}, geometry=shapes, crs=4326)
    workspace.save_areas("lsoa", areas, edition("lsoa"))
    (told,) = fetch_all(workspace, request_to(shared, 1, district="Tinytown"), ["lsoa"])
    assert (told.outcome, workspace.areas("lsoa")["code"].tolist()) == ("asks", codes)
