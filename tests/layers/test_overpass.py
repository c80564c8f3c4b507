"""Streets are asked for politely and kept piece by piece; a run that broke off goes on. Against a server of our own."""

import socket
from datetime import date

import pytest
import shapely

from geo.errors import BadInputError, FetchError
from geo.review.streets import streets_of
from geo.review.workspace import Workspace
from layers.boundaries import Publisher
from layers.fetched_streets import fetch_streets
from layers.overpass import Asking, pieces_of
from layers.source_file import SourceFile
from tests.geo.places.street_files import overpass_answer
from tests.layers.overpass_server import Overpass

TODAY = date.today()  # noqa: DTZ011 - pieces are told old or fresh by the day of their files


@pytest.fixture
def overpass():
    made = Overpass(overpass_answer())
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def council(tmp_path, square) -> Workspace:
    edition = Publisher("boundary", title="Square").edition(SourceFile("square", b"x"), rows=1, today=TODAY)
    made = Workspace.create(tmp_path / "Andover", name="Andover", boundary=square, boundary_edition=edition)
    made.save_scenario(made.scenario.model_copy(update={"nearby_km": 0.0}))
    return made


@pytest.fixture
def fetch(council, overpass):
    slept, told = [], []

    def run(**asking):
        options = Asking(server=overpass.url, wait_for_slot=False, **({"tries": 3, "timeout_s": 5} | asking))
        return fetch_streets(
            council, asking=options, today=TODAY, sleep=slept.append, progress=lambda *step: told.append(step)
        )

    run.slept, run.told = slept, told
    return run


PIECES = 4  # a district of 4 km with 2.4 km around it touches so many squares of 10 km


def test_the_district_is_fetched_in_pieces_and_kept_with_its_licence(fetch, council, overpass) -> None:
    added = fetch()
    assert len(overpass.asked) == PIECES
    assert added.edition.rows == len(streets_of(council).table) == 6
    assert (added.edition.licence, added.edition.attribution) == ("ODbL", "(c) OpenStreetMap contributors, ODbL")
    assert all('way["highway"]' in query for query in overpass.asked)
    assert {agent.split(" (")[0] for agent in overpass.agents} == {"Hotspot and Co-location Planner"}
    assert [step for step, _ in fetch.told][:2] == [
        f"Asking for piece 1 of {PIECES}",
        f"Asking for piece 2 of {PIECES}",
    ]
    assert fetch.slept == []


def test_a_second_run_asks_for_nothing(fetch, overpass) -> None:
    fetch()
    fetch()
    assert len(overpass.asked) == PIECES


def test_a_busy_server_is_asked_again_after_a_growing_pause(fetch, overpass) -> None:
    overpass.plan = ["504", "504", "ok"]
    fetch(pause_s=10)
    assert fetch.slept == [10, 20]
    assert len(overpass.asked) == PIECES + 2


def test_a_server_that_names_a_time_is_left_alone_for_so_long(fetch, overpass) -> None:
    overpass.plan = ["429", "ok"]
    fetch(pause_s=10)
    assert fetch.slept == [77]


def test_half_an_answer_is_asked_for_again(fetch, overpass) -> None:
    overpass.plan = ["half", "ok"]
    fetch()
    assert len(overpass.asked) == PIECES + 1


def test_a_connection_that_breaks_is_tried_again(fetch, overpass) -> None:
    overpass.plan = ["hang up", "ok"]
    fetch()
    assert len(fetch.slept) == 1


def test_a_run_that_broke_off_goes_on_where_it_stopped(fetch, council, overpass) -> None:
    overpass.plan = ["ok", "ok", "504", "504", "504"]
    with pytest.raises(FetchError, match=r"was busy \(it answered 504\), 3 times\. What has arrived is kept"):
        fetch()
    assert streets_of(council) is None
    first = set(overpass.asked[:2])
    overpass.asked.clear()
    assert fetch().edition.rows == 6
    assert len(overpass.asked) == PIECES - 2
    assert first.isdisjoint(overpass.asked)


def test_a_piece_left_half_written_is_fetched_again(fetch, council, overpass) -> None:
    fetch()
    piece = next(council.root.glob("downloads/*/*.json"))
    piece.write_text(piece.read_text(encoding="utf-8")[:99], encoding="utf-8")
    fetch()
    assert len(overpass.asked) == PIECES + 1


def test_a_server_that_refuses_or_is_down_for_repair_is_not_asked_again(fetch, overpass) -> None:
    for word in ("400", "html"):
        overpass.plan = [word]
        overpass.asked.clear()
        with pytest.raises(FetchError, match="gave no usable answer"):
            fetch()
        assert len(overpass.asked) == 1


def test_a_server_that_is_not_there_is_told_in_a_sentence(fetch, overpass) -> None:
    overpass.server.shutdown()
    overpass.server.server_close()
    with pytest.raises(FetchError, match="could not be reached, 3 times"):
        fetch()


def test_a_server_without_a_street_in_the_district_changes_nothing(fetch, council, overpass) -> None:
    overpass.plan = ["empty"] * PIECES
    with pytest.raises(BadInputError, match="lies in the district"):
        fetch()
    assert streets_of(council) is None


def test_the_look_up_of_names_and_osmnx_are_left_as_they_were(fetch, overpass) -> None:
    import osmnx  # noqa: PLC0415 - two seconds

    before = (socket.getaddrinfo, osmnx.settings.cache_only_mode, osmnx.settings.overpass_url)
    overpass.plan = ["400"]
    with pytest.raises(FetchError):
        fetch()
    assert (socket.getaddrinfo, osmnx.settings.cache_only_mode, osmnx.settings.overpass_url) == before


def test_pieces_cover_the_ground_and_no_more() -> None:
    ground = shapely.box(436_000, 144_000, 447_000, 146_000)
    assert len(pieces_of(ground)) == 2
    assert pieces_of(shapely.box(431_000, 141_000, 439_000, 149_000))[0][0] < -1.4
