"""The indices of deprivation as published: two editions, three wrappings, and what contradicts itself is refused."""

import gzip
import io

import numpy as np
import openpyxl
import pandas as pd
import pytest

from geo.errors import BadInputError, MissingDataError
from geo.places.deprivation import cut_points
from geo.review.deprivation import deprivation_of, deprived_areas_of, deprived_cells_of
from layers.additions import add_layer
from layers.deprivation import LSOAS, add_deprivation, read_deprivation
from layers.source_file import SourceFile
from tests.tinytown.council import TODAY, make_council
from tests.tinytown.deprived import (
    BEYOND_LSOA,
    EAST_LSOA,
    ENGLAND,
    INDEX,
    NEW_LSOA,
    RANKS,
    WEST_LSOA,
    england,
    extract,
    file_of,
    score_at,
    with_lsoas,
)

CODE, SCORE = "LSOA code (2021)", f"{INDEX} Score"
RANK, DECILE = (
    f"{INDEX} Rank (where 1 is most deprived)",
    f"{INDEX} Decile (where 1 is most deprived 10% of LSOAs)",
)


@pytest.fixture(scope="module")
def council(_own_environment, tmp_path_factory):
    """Tinytown with its LSOAs."""
    return with_lsoas(make_council(tmp_path_factory.mktemp("deprived") / "w"))


@pytest.fixture(scope="module")
def added(council):
    return add_deprivation(council, file_of(england()), today=TODAY)


@pytest.fixture
def bare(tmp_path):
    return with_lsoas(make_council(tmp_path / "w", with_wards=False))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    short = {CODE: "lsoa21_code", SCORE: "IMD_score", RANK: "IMD_rank", DECILE: "IMD_decile"}
    return table[list(short)].rename(columns=short)


def test_the_districts_lsoas_are_kept_with_those_that_mark_the_tenths(council, added) -> None:
    table, edition = deprivation_of(council)
    assert set(RANKS) <= set(table["code"])
    assert int(table["marks_tenth"].sum()) == 10
    west = table.set_index("code").loc[WEST_LSOA]
    assert (west["rank"], west["score"], west["decile"], west["people"]) == (1_000, score_at(1_000), 1, 1_500)
    assert edition == added.edition
    assert edition.edition == "2025"
    assert edition.licence == "OGL v3"
    assert "Ministry of Housing, Communities and Local Government" in edition.attribution
    assert cut_points(table).tolist() == [score_at(int(ENGLAND * at / 10)) for at in range(1, 10)]


def test_neighbours_of_the_same_authority_are_kept_too(council, added) -> None:
    table, _ = deprivation_of(council)
    authority = england()["Local Authority District code (2024)"] == "E07000999"
    kept = set(england().loc[authority, CODE])
    assert len(kept) == 33
    assert kept <= set(table["code"])
    assert added.edition.rows == len(kept | set(RANKS)) == 33


def test_an_lsoa_of_another_census_is_named_and_nothing_is_guessed(council, added) -> None:
    assert "3 of the 4 loaded have a value" in added.edition.note
    assert NEW_LSOA in added.warnings[0]
    areas = deprived_areas_of(council)
    assert areas.missing == [NEW_LSOA]
    assert areas.areas.set_index("code").loc[NEW_LSOA, ["score", "rank", "decile"]].isna().all()
    assert "30 LSOAs of your local authority in the file are not among" in added.warnings[1]


def test_cells_carry_the_people_of_every_lsoa_and_a_row_for_those_outside(council, added) -> None:
    found = deprived_cells_of(council, resolution=8)
    assert found.edition == added.edition
    assert found.by_ground == (BEYOND_LSOA,)
    assert found.missing == (NEW_LSOA,)
    assert found.counted == "people"
    live = {WEST_LSOA: 3, EAST_LSOA: 1, NEW_LSOA: 2}
    new = 1_500 * 2 * live[NEW_LSOA] / (live[WEST_LSOA] + live[EAST_LSOA])
    assert found.spread.total == pytest.approx(3 * 1_500 + new, rel=1e-9)
    assert found.spread.amount("outside") == 1_500  # Beyond lies west of the district
    inside = found.cells[found.cells["covered"] == 1]
    west = inside[inside["least"] == 1]
    assert set(west["decile"]) == {1}
    assert west["score"].tolist() == pytest.approx([score_at(1_000)] * len(west))
    assert found.cells.loc[found.cells["covered"] < 0.8, "decile"].isna().all()


@pytest.mark.parametrize("wrap", ["gzip", "xlsx after a page of notes"])
def test_the_same_table_in_another_wrapping_reads_the_same(wrap) -> None:
    table = extract()
    if wrap == "gzip":
        file = SourceFile("imd.csv.gz", gzip.compress(table.to_csv(index=False).encode()))
    else:
        book = openpyxl.Workbook()
        book.active.title = "Notes"
        book.active.append(["English Indices of Deprivation"])
        sheet = book.create_sheet("IMD25")
        for row in [list(table.columns), *table.to_numpy().tolist()]:
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        file = SourceFile("File_1.xlsx", out.getvalue())
    pd.testing.assert_frame_equal(read_deprivation(file).table, read_deprivation(file_of(table)).table)


@pytest.mark.parametrize(
    ("names", "census"),
    [
        ({}, 2021),
        ({"lsoa21_code": "LSOA21CD", "IMD_score": "IMDScore", "IMD_rank": "IMDRank0", "IMD_decile": "IMDDecil"}, 2021),
        ({"lsoa21_code": "lsoa11_code"}, 2011),
        ({"lsoa21_code": "LSOA code (2011)"}, 2011),
    ],
)
def test_other_generations_of_the_header_are_known(names, census) -> None:
    table = extract().query(f"`{RANK}` < 2000")  # its tenth is the same of 33,755 and of 32,844
    renamed = plain(table).rename(columns=names)
    found = read_deprivation(file_of(renamed))
    assert (found.census, found.whole, len(found.table)) == (census, False, 1)
    assert found.table["score"].item() == score_at(1_000)


def test_the_edition_of_2019_may_have_shared_ranks_and_no_scores(bare) -> None:
    number = LSOAS[2011]
    table = plain(england().iloc[:number]).rename(columns={"lsoa21_code": "lsoa11_code"}).drop(columns="IMD_score")
    ranks = table["IMD_rank"].copy()
    ranks.iloc[500] = ranks.iloc[499]  # as two LSOAs of the same score have
    table = table.assign(IMD_rank=ranks, IMD_decile=np.ceil(10 * ranks / number).astype(int))
    added = add_deprivation(bare, file_of(table, "imd2019.csv"), today=TODAY)
    assert added.edition.title == "English Indices of Deprivation 2019"
    assert "It has ranks and no scores." in added.edition.note
    with pytest.raises(MissingDataError, match="ranks cannot be averaged; show deprivation by census area"):
        deprived_cells_of(bare, resolution=8)
    assert deprived_areas_of(bare).areas.set_index("code").loc[WEST_LSOA, "rank"] == 1_000


def test_an_extract_says_so_and_is_for_lsoas_alone(bare) -> None:
    added = add_layer(bare, file_of(extract()), "deprivation", today=TODAY)
    assert "An extract: 3 of England's 33,755 LSOAs." in added.edition.note
    assert any("not by hexagon" in warning for warning in added.warnings)
    with pytest.raises(MissingDataError, match="not of the whole country"):
        deprived_cells_of(bare, resolution=8)


def test_without_lsoas_nothing_is_read(tmp_path) -> None:
    council = make_council(tmp_path / "w", with_wards=False)
    with pytest.raises(MissingDataError, match="add the LSOA boundaries first"):
        add_deprivation(council, SourceFile("x.csv", b"no table at all"), today=TODAY)
    with pytest.raises(MissingDataError, match="planner add deprivation FILE"):
        deprivation_of(council)


def test_a_file_of_elsewhere_changes_nothing(bare) -> None:
    add_deprivation(bare, file_of(extract()), today=TODAY)
    before = bare.editions()
    with pytest.raises(BadInputError, match="None of the 4 LSOAs loaded is in"):
        add_deprivation(bare, file_of(extract("E01000005")), today=TODAY)
    assert bare.editions() == before


def sorted_by_score_alone(table):
    return table.assign(**{SCORE: table[SCORE].to_numpy()[::-1]})


def twice(table):
    return pd.concat([table, table])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (sorted_by_score_alone, "has scores that do not fall as its ranks rise"),
        (twice, "LSOAs stand twice"),
        (lambda table: table.assign(**{CODE: ["W01000001", *table[CODE][1:]]}), "no code of an LSOA of England"),
        (lambda table: table.assign(**{RANK: [40_000, *table[RANK][1:]]}), "has ranks beyond 33,755"),
        (lambda table: table.assign(**{DECILE: 5}), "has tenths that do not fit its ranks"),
        (lambda table: table.assign(**{SCORE: ["", *table[SCORE][1:]]}), "hold no number in column"),
        (lambda table: table.assign(**{SCORE: ["inf", *table[SCORE][1:]]}), "hold no number in column"),
        (lambda table: table.assign(**{RANK: table[RANK] - 0.5}), "must hold whole numbers"),
        (lambda table: table.drop(columns=RANK), "needs the columns 'LSOA code'"),
        (lambda table: table.assign(imd2019_rank=1), "several columns for the rank"),
        (lambda table: table.rename(columns={CODE: "LSOA code"}), "does not say of which census"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_in_a_sentence(spoil, words) -> None:
    with pytest.raises(BadInputError, match=words):
        read_deprivation(file_of(spoil(extract())))


def test_the_whole_country_must_have_every_rank() -> None:
    ranks = england()[RANK].copy()
    ranks.iloc[9] = 11
    with pytest.raises(BadInputError, match="do not run from 1 to 33,755"):
        read_deprivation(file_of(england().assign(**{RANK: ranks})))
