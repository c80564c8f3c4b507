"""Community sites are asked for piece by piece, as streets are, and kept with what else the workspace has."""

import shutil
from datetime import date

import pytest

from geo.errors import BadInputError, FetchError
from geo.review.workspace import Workspace
from layers.fetched_osm_sites import fetch_osm_sites
from layers.overpass import Asking
from layers.source_file import Publisher, SourceFile
from tests.layers.osm_town import overpass_json
from tests.layers.overpass_server import Overpass

TODAY = date.today()  # noqa: DTZ011 - pieces are told old or fresh by the day of their files


@pytest.fixture
def overpass():
    made = Overpass(overpass_json())
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def council(tmp_path, square, small_gazetteer) -> Workspace:
    edition = Publisher("boundary", title="Square").edition(SourceFile("square", b"x"), rows=1, today=TODAY)
    made = Workspace.create(tmp_path / "Andover", name="Andover", boundary=square, boundary_edition=edition)
    shutil.copy(small_gazetteer.path, made.gazetteer_path)
    made.save_scenario(made.scenario.model_copy(update={"nearby_km": 0.0}))
    return made


def _fetch(council, overpass):
    asking = Asking(server=overpass.url, wait_for_slot=False, tries=2, timeout_s=5)
    return fetch_osm_sites(council, asking=asking, today=TODAY, sleep=lambda _: None, progress=lambda *_: None)


def test_sites_are_asked_for_by_their_tags_and_nothing_that_came_stays_on_the_disk(council, overpass) -> None:
    added = _fetch(council, overpass)
    assert len(council.sites()) == added.edition.rows == 6  # without a list of safe places one more is known
    assert set(council.sites()["dataset"]) == {"osm_sites"}
    asked = "\n".join(overpass.asked)
    assert all(f"{kind}['amenity'='library']" in asked for kind in ("node", "way", "relation"))
    assert "node['place'='village']" in asked
    assert "highway" not in asked
    assert list((council.root / "downloads").iterdir()) == []  # a refuge may stand in what the server sent


def test_a_run_that_breaks_off_changes_nothing_and_goes_on_where_it_stopped(council, overpass) -> None:
    overpass.plan = ["504", "504"]
    with pytest.raises(FetchError, match="was busy"):
        _fetch(council, overpass)
    assert council.sites().empty
    assert _fetch(council, overpass).edition.rows == 6


def test_a_server_that_knows_no_site_there_changes_nothing(council, overpass) -> None:
    overpass.plan = ["empty"] * 9
    with pytest.raises(BadInputError, match="holds no community centre"):
        _fetch(council, overpass)
    assert not council.has("osm_sites")
