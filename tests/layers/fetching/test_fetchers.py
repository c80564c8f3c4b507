"""Each data set fetched from a publisher with whims: the right file or a sentence, and what was in use stays."""

import json
import random
from dataclasses import replace

import pytest

from geo.errors import BadInputError, FetchError, MissingDataError
from geo.review.deprivation import deprivation_of
from geo.review.workspace import Workspace
from layers.fetchers import Request, fetch, fetch_all
from layers.fetching.source import Means
from tests.layers.fetching.conftest import QUICK, TODAY
from tests.layers.fetching.provider import Provider, arcgis_error
from tests.layers.fetching.publishers import IDS, NEXT_DOOR, TINYTOWN, packed, path_of, publish
from tests.tinytown.council import make_council

# What the person asks for, what it is called, and the path of the file itself, where the whims are.
FETCHERS = {
    "boundary": "/LAD/FeatureServer/0/query",
    "gazetteer": "/api.os.uk/downloads/v1/products/CodePointOpen/downloads",
    "onspd": f"/www.arcgis.com/sharing/rest/content/items/{IDS['ONSPD']}/data",
    "nspl": f"/www.arcgis.com/sharing/rest/content/items/{IDS['NSPL']}/data",
    "wards": "/WD/FeatureServer/0/query",
    "lsoa": "/LSOA/FeatureServer/0/query",
    "gp": "/www.odsdatasearchandexport.nhs.uk/api/getReport",
    "food-banks": "/www.givefood.org.uk/dumps/foodbanks/csv/latest/",
    "libraries": "/blog.librarydata.uk/files/basic-dataset-for-libraries-2023-enhanced.csv",
    "homes": "/www.nomisweb.co.uk/output/census/2021/pcd_p002.csv",
}
FATAL = {
    "503": r"was busy \(it answered 503\), 3 times",
    "429 1": r"was busy \(it answered 429\), 3 times",
    "404": "answered 404; its address may have changed",
    "to file:///etc/passwd": "not secure",
    "truncated": "broke off before the file was whole, 3 times",
    "login": "sign-in page of your network's proxy",
    "html": "a web page came in its place",
    "junk": "what came is no",
    "hang": "fell silent, 3 times",
}


@pytest.fixture(scope="module")
def shared():
    made = Provider(drip_s=0.01)
    publish(made, 1)
    yield made
    made.close()


def request_to(provider: Provider, edition: int, *, slept: list | None = None, read_s: float = 5, **changed) -> Request:
    noted = [] if slept is None else slept
    rng = random.Random(1)  # noqa: S311 - spreads pauses
    means = Means(noted.append, lambda *_: None, rng, TODAY, replace(QUICK, read_s=read_s))
    return Request(publish(provider, edition), means, **changed)


def all_of(workspace: Workspace, name: str, request: Request):
    return list(fetch(workspace, name, request))


@pytest.fixture(scope="module")
def old(shared, tmp_path_factory) -> Workspace:
    """A workspace that holds the older edition of everything."""
    workspace = make_council(tmp_path_factory.mktemp("old") / "w", with_wards=False)
    request = request_to(shared, 1)
    for name in FETCHERS:
        assert {one.outcome for one in all_of(workspace, name, request)} == {"arrived"}, name
    return workspace


@pytest.mark.parametrize("name", FETCHERS)
def test_whatever_goes_wrong_is_a_sentence_and_what_was_in_use_stays(old, shared, name) -> None:
    before = (old.fingerprint(), old.editions())
    for whim, words in FATAL.items():
        request = request_to(shared, 2, read_s=0.1 if whim == "hang" else 5)
        shared.plans[FETCHERS[name]] = [whim] * 9
        with pytest.raises(FetchError, match=words) as told:
            all_of(old, name, request)
        shared.plans.clear()
        assert "by hand from https://" in str(told.value), whim
        assert "planner add " in str(told.value), whim
        assert (old.fingerprint(), old.editions()) == before, whim
    assert not [path.name for path in (old.root / "downloads").iterdir() if path.suffix in {".csv", ".zip"}]


@pytest.mark.parametrize("name", FETCHERS)
def test_a_whim_that_passes_ends_in_the_new_edition_and_then_nothing_is_new(shared, tmp_path, name) -> None:
    workspace = make_council(tmp_path / "w", with_wards=False)
    slept: list[float] = []
    shared.plans[FETCHERS[name]] = ["503", "truncated"]
    came = all_of(workspace, name, request_to(shared, 1, slept=slept))
    assert {one.outcome for one in came} == {"arrived"}
    assert len(slept) == 2
    shared.plans[FETCHERS[name]] = ["gzip"]
    newer = all_of(workspace, name, request_to(shared, 2))
    assert {one.outcome for one in newer} == {"arrived"}
    assert [one.edition.sha256 for one in newer] != [one.edition.sha256 for one in came]
    stood = workspace.fingerprint()
    shared.plans.clear()
    again = all_of(workspace, name, request_to(shared, 2))
    assert {one.outcome for one in again} == {"unchanged"}
    assert [one.edition for one in again] == [one.edition for one in newer]
    assert all("nothing new. In use: " in one.sentence for one in again)
    assert workspace.fingerprint() == stood


HEADERS = {
    "gazetteer": (packed({"Data/CSV/zz.csv": "a,b\n1,2\n"}), "is not a postcode file; expected OS Code-Point Open"),
    "gp": (b'"A","B"\n"C","D"\n', "expected NHS ODS's epraccur or ebranchs, which have 27"),
    "food-banks": (b"organisation,post_code\nKitchen,ZZ1 1AA\n", "expected Give Food's list"),
    "libraries": (b"name,postcode\nMy own hall,ZZ1 1AA\n", "not the Arts Council's list of libraries"),
    "homes": (b"Postcodes of England,Persons\nZZ1 1AA,3\n", "expected the columns Postcode and Count"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_changed_header_is_refused_by_the_reader_and_what_was_in_use_stays(old, shared, name) -> None:
    body, words = HEADERS[name]
    request = request_to(shared, 2)
    shared.files[FETCHERS[name]] = body
    before = (old.fingerprint(), old.editions())
    with pytest.raises(FetchError, match=words) as told:
        all_of(old, name, request)
    assert (old.fingerprint(), old.editions()) == before
    assert "arrived, but cannot be used, and what was in use stays" in str(told.value)


@pytest.mark.parametrize("name", ["boundary", "wards", "lsoa", "onspd"])
def test_a_portal_that_answers_in_another_form_is_told(old, shared, name) -> None:
    search = path_of(request_to(shared, 2).endpoints.arcgis_search)
    before = old.fingerprint()
    for body, words in (
        (arcgis_error(), r"its service answered with an error \(400\)"),
        (b'{"items": []}', "in another form than was expected"),
        (b'{"results": [{"title": "Wards (May 2025)"}, 3]}', "lists nothing called"),
        (b"[]", "in another form"),
    ):
        request = request_to(shared, 2)
        shared.files[search] = body
        with pytest.raises(FetchError, match=words):
            all_of(old, name, request)
    assert old.fingerprint() == before


def test_a_layer_that_never_ends_or_has_other_columns_is_told(old, shared) -> None:
    page = json.loads(shared.files["/LSOA/FeatureServer/0/query"]({"where": "1=1", "resultOffset": "0"}))
    endless = json.dumps(page | {"exceededTransferLimit": True}).encode()
    for path, body, words in (
        ("/LSOA/FeatureServer/0/query", endless, "sent the same areas twice"),
        ("/LSOA/FeatureServer/0/query", b'{"features": []}', "knows no area in the district"),
        ("/LSOA/FeatureServer/0/query", arcgis_error(), "answered with an error"),
        ("/LSOA/FeatureServer/0", b'{"fields": [{"name": "CODE"}]}', "in another form"),
    ):
        request = request_to(shared, 2)
        shared.files[path] = body
        with pytest.raises(FetchError, match=words):
            all_of(old, "lsoa", request)


def test_only_the_districts_own_areas_are_asked_for_page_by_page(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w", with_wards=False)
    shared.asked.clear()
    request = request_to(shared, 1)
    all_of(workspace, "wards", request)
    all_of(workspace, "lsoa", request)
    assert workspace.areas("wards")["code"].tolist() == ["E05000000", "E05000001"]
    assert workspace.areas("lsoa")["code"].tolist() == ["E01000000", "E01000001"]
    queries = {path: [one.query for one in shared.asked if one.path == path] for path in FETCHERS.values()}
    assert [query["resultOffset"] for query in queries[FETCHERS["boundary"]]] == ["0", "2", "4"]
    assert {query["where"] for query in queries[FETCHERS["wards"]]} == {f"LAD25CD='{TINYTOWN}'"}
    assert [query["resultOffset"] for query in queries[FETCHERS["lsoa"]]] == ["0", "2"]
    assert {query["geometryType"] for query in queries[FETCHERS["lsoa"]]} == {"esriGeometryEnvelope"}
    assert workspace.areas("lsoa").crs == 4326


def test_a_district_that_does_not_exist_is_answered_with_the_nearest_names(old, shared) -> None:
    with pytest.raises(
        BadInputError, match=r"no district called 'Tinytwon'. The nearest names are: Tinyton, Tinytown, "
    ):
        all_of(old, "boundary", request_to(shared, 2, district="Tinytwon"))
    with pytest.raises(BadInputError, match="No name comes near"):
        all_of(old, "boundary", request_to(shared, 2, district="Xyz"))


def test_another_district_may_be_named_by_its_code(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    came = all_of(workspace, "boundary", request_to(shared, 1, district=NEXT_DOOR.lower()))
    assert came[0].edition.title == "ONS digital boundaries"
    assert workspace.boundary().total_bounds[0] > make_council(tmp_path / "v").boundary().total_bounds[0]


@pytest.mark.parametrize("name", ["boundary", "gazetteer", "onspd", "wards", "gp", "food-banks"])
def test_an_edition_older_than_the_one_in_use_is_refused_unless_asked_for(shared, tmp_path, name) -> None:
    workspace = make_council(tmp_path / "w", with_wards=False)
    all_of(workspace, name, request_to(shared, 2))
    before = workspace.fingerprint()
    if name in {"gp", "food-banks"}:
        shared.names[FETCHERS[name]] = "list_2026-04-01.csv"
    with pytest.raises(FetchError, match=r"older than that of 202\d-\d\d in use; nothing was changed.*--older-too"):
        all_of(workspace, name, request_to(shared, 1))
    assert workspace.fingerprint() == before
    assert all_of(workspace, name, request_to(shared, 1, older_too=True))[0].outcome == "arrived"
    shared.names.clear()


def test_a_zip_older_than_its_publisher_said_is_refused_too(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    request = request_to(shared, 2)
    all_of(workspace, "gazetteer", request)
    shared.files[path_of(request.endpoints.os_product)] = b'{"version": "2026-02"}'
    request_files = dict(shared.files)
    publish(shared, 1)
    shared.files[path_of(request.endpoints.os_product)] = request_files[path_of(request.endpoints.os_product)]
    with pytest.raises(FetchError, match=r"is of 2025-08, older than that of 2025-11 in use"):
        all_of(workspace, "gazetteer", request)
    assert [edition.edition for edition in workspace.editions()][:2] == ["2025-05", "2025.4.0"]


def test_postcodes_that_ended_come_with_the_onspd(old) -> None:
    found = old.gazetteer().lookup(["ZZ1 5AA"])
    assert found["terminated"].tolist() == [202001]
    homes = old.homes()
    assert homes[["postcode", "year", "people", "homes"]].to_numpy().tolist() == [["ZZ11AA", 2021, 22.0, 9.0]]
    assert [edition.title for edition in old.editions() if edition.dataset == "gazetteer"].count("ONSPD") == 1


def test_what_needs_postcodes_asks_nobody_before_there_are_some(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    workspace.gazetteer_path.unlink()
    request = request_to(shared, 1)
    shared.asked.clear()
    for name in ("gp", "food-banks", "libraries", "homes"):
        with pytest.raises(MissingDataError):
            all_of(workspace, name, request)
    assert shared.asked == []


def test_all_goes_on_after_a_failure_and_tells_each(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    shared.plans[FETCHERS["food-banks"]] = ["403"]
    told = list(fetch_all(workspace, request_to(shared, 1)))
    shared.plans.clear()
    assert [one.what for one in told] == [
        "OS Code-Point Open",
        "Wards",
        "LSOAs",
        "GP practices",
        "Branch surgeries",
        "Food banks",
        "Libraries",
        "Homes and people (Census 2021)",
        "Indices of Deprivation 2025",
    ]
    assert [one.outcome for one in told].count("arrived") == 8
    assert [one.what for one in told if one.outcome == "failed"] == ["Food banks"]


def test_a_list_added_by_hand_since_is_not_taken_for_the_one_fetched(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    request = request_to(shared, 1)
    first = all_of(workspace, "libraries", request)[0]
    other = first.edition.model_copy(update={"sha256": "0" * 64})
    workspace.save_sites("libraries", workspace.sites(), other)
    assert all_of(workspace, "libraries", request)[0].outcome == "arrived"
    (workspace.root / "downloads/fetched.json").write_text("[damaged")
    assert all_of(workspace, "libraries", request)[0].outcome == "unchanged"


def test_deprivation_is_fetched_for_the_lsoas_and_not_before_there_are_some(shared, tmp_path) -> None:
    workspace = make_council(tmp_path / "w")
    request = request_to(shared, 1)
    shared.asked.clear()
    with pytest.raises(MissingDataError, match="planner fetch lsoa"):
        all_of(workspace, "deprivation", request)
    assert shared.asked == []
    all_of(workspace, "lsoa", request)
    first = all_of(workspace, "deprivation", request)[0]
    assert (first.outcome, first.edition.rows, first.edition.edition) == ("arrived", 2, "2025")
    assert "An extract" in first.edition.note
    assert all_of(workspace, "deprivation", request)[0].outcome == "unchanged"
    newer = all_of(workspace, "deprivation", request_to(shared, 2))[0]
    assert (newer.outcome, deprivation_of(workspace)[0]["score"].tolist()) == ("arrived", [42.0, 10.0])
