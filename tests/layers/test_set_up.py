"""A district set up from a folder of downloads and from its publishers; whatever one of them says, the rest goes on."""

import random
import shutil
import zipfile

import pytest

from geo.errors import BadInputError
from geo.review.signing import UNSIGNED
from geo.review.workspace import Workspace
from layers.boundaries import read_area_file
from layers.fetched_areas import district_named
from layers.fetchers import Request
from layers.fetching.endpoints import Endpoints
from layers.fetching.source import Means
from layers.peeking import FoundFile, look_through, recognised
from layers.sample import SAMPLE_DATA
from layers.set_up import Terms, set_up
from layers.set_up_district import district_in, english_districts, fetched_district, make_district
from layers.set_up_steps import STEPS, set_up_states, step_of
from layers.set_up_tasks import fetched, propose
from layers.source_file import SourceFile
from tests.layers.fetching.conftest import QUICK, TODAY
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import publish
from tests.tinytown.council import make_council

FOOD = "/www.givefood.org.uk/dumps/foodbanks/csv/latest/"
LEFT = {
    "boundary.geojson": "the district's boundary, chosen in the first step",
    "referrals_food_banks.csv": "A list of people or of records: add it on the Referrals page",
    "truth.json": "nothing that the planner knows",
    "roads.geojson": "perhaps Roads, by its name alone: add it by hand if it is",
}


@pytest.fixture(scope="module")
def provider():
    made = Provider()
    publish(made, 1)
    yield made
    made.close()


@pytest.fixture
def told() -> list[tuple[str, float]]:
    return []


@pytest.fixture
def terms(provider, told) -> Terms:
    rng = random.Random(1)  # noqa: S311 - spreads pauses
    means = Means(lambda _: None, lambda *step: told.append(step), rng, TODAY, QUICK)
    return Terms(Request(Endpoints.at(provider.url), means))


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    """What an officer of the fictional district has downloaded, and what lies beside it."""
    folder = tmp_path_factory.mktemp("downloads") / "files"
    folder.mkdir()
    names = ["wards.geojson", "households.csv", "gp_surgeries.csv", "food_banks.csv", "community_sites.csv"]
    for name in [*names, "census.csv", "institutions.csv", *LEFT]:
        shutil.copy(SAMPLE_DATA / name, folder)
    shutil.copy(SAMPLE_DATA / "codepoint_2025-05" / "zz.csv", folder / "Unknown file (2).csv")
    return folder


@pytest.fixture(scope="module")
def set_up_once(downloads, provider, tmp_path_factory):
    """A workspace set up from the folder, and what was told."""
    found = read_area_file(downloads / "boundary.geojson")
    workspace = make_district(
        tmp_path_factory.mktemp("made") / "w", district_in(found, "Saltmarsh", today=TODAY), signer=UNSIGNED
    )
    means = Means(lambda _: None, lambda *_: None, random.Random(1), TODAY, QUICK)  # noqa: S311 - spreads pauses
    proposal = propose(workspace, look_through(downloads))
    return (
        workspace,
        proposal,
        list(set_up(workspace, proposal.tasks, Terms(Request(Endpoints.at(provider.url), means)))),
    )


def test_a_folder_of_downloads_becomes_a_district_in_the_order_in_which_one_needs_the_other(set_up_once) -> None:
    workspace, _, came = set_up_once
    assert {one.outcome for one in came} == {"arrived"}
    assert came[0].what == "Postcodes"
    assert [one.what for one in came] == [step.title for step in STEPS if step.title in {one.what for one in came}]
    here = {state.step.topic for state in set_up_states(workspace) if state.here}
    assert here == {"postcodes", "wards", "homes", "gp", "food-banks", "sites", "census", "institutions"}
    assert len(workspace.sites()) > 10


def test_no_file_of_the_folder_goes_unmentioned(set_up_once, downloads) -> None:
    _, proposal, _ = set_up_once
    taken = {given.name for task in proposal.tasks for given in task.given}
    assert dict(proposal.left) == LEFT
    assert taken | set(LEFT) == {path.name for path in downloads.iterdir()}
    assert not taken & set(LEFT)


def test_what_is_here_is_told_with_its_edition_and_rows(set_up_once) -> None:
    states = {state.step.topic: state for state in set_up_states(set_up_once[0])}
    assert states["postcodes"].told.startswith("OS Code-Point Open")
    assert states["wards"].told.endswith(", 18 rows")
    assert states["institutions"].told == "7 postcodes listed"
    assert not states["streets"].here


def test_a_screen_sees_guesses_too_and_asks_a_person(downloads, set_up_once) -> None:
    proposal = propose(set_up_once[0], look_through(downloads), unsure_too=True)
    assert "roads" in {task.kind for task in proposal.tasks}


def test_one_that_fails_is_a_sentence_and_the_rest_goes_on(provider, terms, told, tmp_path) -> None:
    workspace = make_council(tmp_path / "w", with_wards=False)
    provider.plans[FOOD] = ["login"]
    came = list(set_up(workspace, fetched(["wards", "gp", "food-banks", "libraries"]), terms))
    assert [(one.what, one.outcome) for one in came] == [
        ("Wards", "arrived"),
        ("GP practices", "arrived"),
        ("Branch surgeries", "arrived"),
        ("Food banks", "failed"),
        ("Libraries", "arrived"),
    ]
    assert "sign-in page of your network's proxy" in came[3].sentence
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1


def test_a_set_up_goes_on_another_day_with_what_is_missing(terms, tmp_path) -> None:
    make_council(tmp_path / "w", with_wards=False)
    opened = Workspace.open(tmp_path / "w")
    missing = {state.step.topic for state in set_up_states(opened) if not state.here}
    assert "postcodes" not in missing
    assert "wards" in missing
    list(set_up(opened, fetched(["wards"]), terms))
    assert "wards" not in {state.step.topic for state in set_up_states(opened) if not state.here}


def test_postcodes_that_are_here_are_not_read_again(downloads, terms, set_up_once) -> None:
    workspace, _, _ = set_up_once
    (task,) = [one for one in propose(workspace, look_through(downloads)).tasks if one.kind == "gazetteer"]
    before = workspace.fingerprint()
    (came,) = set_up(workspace, [task], terms)
    assert came.outcome == "unchanged"
    assert workspace.fingerprint() == before


def test_postcodes_of_another_place_are_asked_about_and_leave_nothing_in_the_temporary_folder(
    tmp_path, terms, monkeypatch
) -> None:
    workspace = make_council(tmp_path / "w", with_wards=False)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    file = SourceFile("../zz.csv", (SAMPLE_DATA / "codepoint_2025-05" / "zz.csv").read_bytes())
    found = FoundFile(file, recognised(file), len(file.content))
    (came,) = set_up(workspace, propose(workspace, [found]).tasks, terms)
    assert came.outcome == "asks"
    assert "looks wrong beside what is in use" in came.sentence
    assert list(temporary.iterdir()) == []


def test_every_data_set_of_the_workspace_has_its_step_or_none_on_purpose() -> None:
    datasets = {name for step in STEPS for name in step.datasets}
    assert step_of("areas") is None
    assert step_of("boundary") is None
    assert {"gazetteer", "wards", "lsoa", "households", "deprivation", "timetable", "streets"} <= datasets
    assert step_of("osm").topic == "streets"


def test_a_misspelt_district_is_answered_with_the_nearest_names(terms) -> None:
    request = terms.request
    listed = english_districts(request.endpoints, request.means)
    with pytest.raises(BadInputError, match="nearest names are: Tinyton, Tinytown"):
        district_named(listed, "Tinytwon")
    chosen = fetched_district(request.endpoints, request.means, district_named(listed, "tinytown"))
    assert (chosen.name, chosen.edition.edition) == ("Tinytown", "2025-05")
    assert len(chosen.boundary) == 1


@pytest.mark.real
def test_a_misspelt_district_of_a_file_is_answered_so_too(open_data) -> None:
    found = read_area_file(open_data / "boundaries/lad23_hampshire.geojson")
    with pytest.raises(BadInputError, match=r"holds 11 districts, but none called 'Tset Valley'.*: Test Valley"):
        district_in(found, "Tset Valley", today=TODAY)
    assert district_in(found, "TEST valley", today=TODAY).name == "Test Valley"


@pytest.mark.real
def test_test_valley_stands_after_its_published_files_lay_in_one_folder(open_data, tmp_path, terms) -> None:
    """All files of the district, but two postcode areas for the country's 120: the benchmark takes them all."""
    folder = tmp_path / "files"
    folder.mkdir()
    chosen = [
        *(open_data / "boundaries").glob("*.geojson"),
        *(open_data / "health").glob("*_hampshire.csv"),
        open_data / "foodbanks/givefood_sample_hampshire_2025-07.csv",
        open_data / "community/libraries_hampshire_2023.csv",
        *(open_data / "deprivation").glob("*.csv.gz"),
        open_data / "osm/newport-wales-2023-06-13.osm.pbf",
    ]
    for path in chosen:
        (folder / path.name).symlink_to(path)
    _two_areas(open_data, folder / "codepo_gb.zip")
    district = district_in(read_area_file(open_data / "boundaries/lad23_hampshire.geojson"), "Test Valley", today=TODAY)
    workspace = make_district(tmp_path / "w", district, office="SP10 3AJ", signer=UNSIGNED)
    came = list(set_up(workspace, propose(workspace, look_through(folder)).tasks, terms))
    rows = {edition.dataset: edition.rows for edition in workspace.editions()}
    assert (rows["wards"], rows["lsoa"], rows["gp_branches"], rows["libraries"]) == (24, 71, 21, 8)
    assert rows["gp_surgeries"] == 39
    assert rows["deprivation"] >= 68
    assert round(workspace.homes()["people"].sum(), -3) == 127_000
    failed = {one.what: one.sentence for one in came if one.outcome == "failed"}
    assert set(failed) == {"Streets", "Community sites"}  # they are Newport's: told, and nothing else is lost
    assert "lies in the district: the nearest is about" in failed["Streets"]


def _two_areas(open_data, out) -> None:
    with zipfile.ZipFile(open_data / "postcodes/codepo_gb_2025-11.zip") as whole, zipfile.ZipFile(out, "w") as small:
        for name in ("Data/CSV/so.csv", "Data/CSV/sp.csv", "Doc/metadata.txt"):
            small.writestr(name, whole.read(name))
