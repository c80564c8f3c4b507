"""A new edition that looks wrong, or is older, replaces nothing until somebody has answered for it."""

import shutil

import pytest

from geo.errors import DoubtError
from geo.review.edition_checks import Trust
from geo.review.former import former_edition, former_path
from geo.review.gazetteer_renewal import renew_gazetteer
from geo.review.workspace import Workspace
from layers.adding import AreaOptions, add_boundary, add_sites
from layers.additions import add_layer
from layers.source_file import SourceFile
from tests.tinytown import council as town
from tests.tinytown.council import TODAY, make_council

LIBRARY = [f"Hall {at}" for at in range(12)]


def surgeries(names, month="2025-03", postcode="ZZ1 1AA"):
    rows = []
    for name in names:
        cells = [""] * 27
        cells[0], cells[1], cells[9], cells[12], cells[25] = name.replace(" ", ""), name, postcode, "A", "4"
        rows.append(",".join(cells))
    return SourceFile(f"epraccur_{month}.csv", "\n".join(rows).encode())


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_council(tmp_path_factory.mktemp("trusting") / "w")


@pytest.fixture
def council(template, tmp_path):
    return Workspace.open(shutil.copytree(template.root, tmp_path / "w"))


def add(council, file, trust=None):
    return add_sites(council, file, kind="gp", today=TODAY, trust=trust or Trust())


def test_half_the_surgeries_are_asked_about_and_nothing_is_replaced_meanwhile(council) -> None:
    add(council, surgeries(LIBRARY))
    before = (council.fingerprint(), council.editions())
    half = surgeries(LIBRARY[:6], "2025-04")
    with pytest.raises(DoubtError, match=r"It has 6 GP surgeries .* the edition in use has 12 \(50 % fewer\)"):
        add(council, half)
    assert (council.fingerprint(), council.editions()) == before
    assert former_edition(council.root, "gp_surgeries") is None
    added = add(council, half, Trust(anyway=True))
    assert added.edition.rows == len(council.sites()) == 6
    assert former_edition(council.root, "gp_surgeries").edition == "2025-03"


def test_an_older_list_by_hand_is_refused_unless_an_older_one_is_meant(council) -> None:
    add(council, surgeries(LIBRARY))
    older = surgeries(LIBRARY[1:], "2024-01")
    with pytest.raises(DoubtError, match=r"is of 2024-01, older than that of 2025-03 in use; nothing.*--older-too"):
        add(council, older, Trust(anyway=True))
    assert [one.edition for one in council.editions()][-1] == "2025-03"
    assert add(council, older, Trust(older_too=True)).edition.edition == "2024-01"


def test_the_same_file_again_is_never_asked_about_and_keeps_the_former_edition(council) -> None:
    add(council, surgeries(LIBRARY, "2025-02"))
    add(council, surgeries(LIBRARY[:-1]))
    add(council, surgeries(LIBRARY[:-1]))
    assert former_edition(council.root, "gp_surgeries").edition == "2025-02"


def test_a_small_own_table_may_be_replaced_by_another_without_a_question(council) -> None:
    for text in ("name,postcode\nHall,ZZ1 1AA\nOther,ZZ1 2AA\n", "name,postcode\nChurch,ZZ1 2AB\n"):
        add_layer(council, SourceFile("own.csv", text.encode()), "sites", today=TODAY)
    assert council.sites()["name"].tolist() == ["Church"]


def test_homes_that_shrink_by_half_are_asked_about(council) -> None:
    def homes(each, name):
        rows = "".join(f"{code},{each * 2},{each}\n" for code in town.LIVE)
        return SourceFile(name, ("postcode,people,homes\n" + rows).encode())

    add_layer(council, homes(40, "a.csv"), "households", today=TODAY)
    with pytest.raises(DoubtError, match="those in use are 440"):
        add_layer(council, homes(20, "b.csv"), "households", today=TODAY)
    assert council.homes()["homes"].sum() == 440
    assert add_layer(council, homes(20, "b.csv"), "households", today=TODAY, trust=Trust(anyway=True))


def test_a_boundary_of_another_place_is_asked_about_unless_the_district_was_named(council) -> None:
    elsewhere = town.boundary().assign(code="D2", name="Elsewhere")
    elsewhere.geometry = elsewhere.geometry.translate(xoff=-0.5)
    file = SourceFile("b.geojson", elsewhere.to_json().encode())
    with pytest.raises(DoubtError, match="Its boundary lies elsewhere"):
        add_boundary(council, file, options=AreaOptions(kind="district"), today=TODAY)
    add_boundary(council, file, options=AreaOptions(kind="district", only="D2"), today=TODAY)
    assert council.boundary().total_bounds[0] < town.boundary().total_bounds[0] - 0.4


def gazetteer(tmp_path, name, places, district="E07000999"):
    path = tmp_path / name
    path.write_text(town.code_point_open(places).replace("E07000999", district))
    return path


def test_postcodes_of_half_a_district_are_asked_about_and_an_older_edition_is_welcome(council, tmp_path) -> None:
    before = (council.fingerprint(), council.gazetteer().counts())
    half = dict(list(town.LIVE.items())[:6])
    short = gazetteer(tmp_path, "zz_2025-08.csv", half)
    with pytest.raises(DoubtError, match="5 of the 11 live postcodes"):
        renew_gazetteer(council, [short], today=TODAY)
    assert (council.fingerprint(), council.gazetteer().counts()) == before
    assert not list(council.root.glob(".*unfinished"))
    older = gazetteer(tmp_path, "zz_2020-05.csv", {**town.LIVE, "ZZ1 7AA": (641_000, 422_000)})
    assert renew_gazetteer(council, [older], today=TODAY).gazetteer.counts()["terminated"] == 1
    assert not former_path(council.root, "gazetteer").exists()  # the newest edition is still the same
    renew_gazetteer(council, [short], today=TODAY, trust=Trust(anyway=True))
    assert former_edition(council.root, "gazetteer").edition == "2025-05"


def test_a_district_that_was_merged_and_a_new_header_are_told(council, tmp_path) -> None:
    merged = gazetteer(tmp_path, "zz_2025-08.csv", town.LIVE, district="E06000066")
    told = renew_gazetteer(council, [merged], today=TODAY).remarks
    assert len(told) == 1
    assert "E07000999 is no postcode's any more; E06000066 stands there now" in told[0]


def directory(tmp_path, name, header):
    rows = [[code, code, code, "198001", "", "E07000999", *place, 1, 53.6, 1.6] for code, place in town.LIVE.items()]
    path = tmp_path / name
    path.write_text("\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n")
    return path


def test_another_header_than_the_edition_before_is_told(council, tmp_path) -> None:
    old = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oslaua", "oseast1m", "osnrth1m", "osgrdind", "lat", "long"]
    new = ["pcd7", "pcd8", "pcds", "dointr", "doterm", "lad25cd", "east1m", "north1m", "gridind", "lat", "long"]
    first = renew_gazetteer(council, [directory(tmp_path, "ONSPD_AUG_2025_UK.csv", old)], today=TODAY)
    assert first.remarks == ()
    second = renew_gazetteer(council, [directory(tmp_path, "ONSPD_NOV_2025_UK.csv", new)], today=TODAY)
    names = "pcds, east1m, lad25cd; before: pcds, oseast1m, oslaua"
    assert second.remarks == (f"ONSPD has another header than the edition before ({names}). It was recognised.",)
