"""The published indices on the real LSOAs of two districts: rows, codes, totals, and what a mean of scores gives."""

import numpy as np
import pandas as pd
import pytest

from geo.editions import Edition
from geo.places.deprivation import cut_points, tenths_of
from geo.review.deprivation import deprivation_of, deprived_areas_of, deprived_cells_of, keep_deprivation
from geo.review.workspace import Workspace
from layers.adding import AreaOptions, add_boundary
from layers.boundaries import read_boundary
from layers.deprivation import add_deprivation, read_deprivation
from tests.tinytown.council import TODAY

pytestmark = pytest.mark.real

# LSOAs of 2011; those among them whose code is that of 2021; people of mid-2020.
DISTRICTS = {"E07000093": (71, 68, 127_163), "E07000089": (57, 55, 97_608)}


@pytest.fixture(scope="module", params=DISTRICTS)
def district(request, open_data, gb_gazetteer, tmp_path_factory):
    code = request.param
    file = open_data / "boundaries" / f"lsoa11_{code}.geojson"
    edition = Edition(dataset="boundary", title="The union of the LSOAs", rows=1, added=TODAY)
    root = tmp_path_factory.mktemp("deprived") / "w"
    workspace = Workspace.create(root, name=code, boundary=read_boundary(file), boundary_edition=edition)
    workspace.gazetteer_path.hardlink_to(gb_gazetteer.path)
    add_boundary(workspace, file, options=AreaOptions(kind="lsoa"), today=TODAY)
    added = add_deprivation(workspace, open_data / "deprivation" / "iod2025_england_lsoa21.csv.gz", today=TODAY)
    return code, workspace, added


def test_rows_and_codes_are_as_the_readme_counts_them(district) -> None:
    code, workspace, added = district
    lsoas, same, _ = DISTRICTS[code]
    assert added.edition.rows == same
    assert added.edition.note == f"LSOAs of 2021: {same} of the {lsoas} loaded have a value."
    assert f"No value for {lsoas - same} of the LSOAs loaded" in added.warnings[0]
    assert len(deprived_areas_of(workspace).missing) == lsoas - same


def test_no_person_is_lost_between_lsoas_and_cells(district, open_data) -> None:
    code, workspace, _ = district
    file = open_data / "deprivation" / "population_mid2020_lsoa11_england_wales.csv.gz"
    people = pd.read_csv(file).set_index("lsoa11_code")["total_population"]
    table, edition = deprivation_of(workspace)
    lsoa = workspace.areas("lsoa")["code"]
    told = table.assign(people=people.reindex(table["code"]).to_numpy())
    assert people[lsoa].sum() == DISTRICTS[code][2]
    keep_deprivation(workspace, told, edition)
    found = deprived_cells_of(workspace, resolution=8)
    stated = people[[one for one in lsoa if one in set(table["code"])]].sum()
    assert found.spread.total > stated
    assert found.spread.total == pytest.approx(found.cells["people"].sum() + found.spread.amount("outside"), rel=1e-9)
    assert found.spread.amount("outside") < 0.01 * found.spread.total
    keep_deprivation(workspace, table, edition)


def test_a_cells_tenth_lies_between_those_of_its_lsoas(district) -> None:
    _, workspace, _ = district
    cells = deprived_cells_of(workspace, resolution=8).cells
    told = cells[cells["decile"].notna()]
    assert len(told) > 0.8 * len(cells)
    assert ((told["decile"] >= told["least"]) & (told["decile"] <= told["most"])).all()


def test_the_whole_files_are_sound_and_its_scores_tell_its_own_tenths(open_data) -> None:
    newest = read_deprivation(open_data / "deprivation" / "iod2025_england_lsoa21.csv.gz")
    assert (len(newest.table), newest.census, newest.whole) == (33_755, 2021, True)
    retold = tenths_of(newest.table["score"], cut_points(newest.table)).to_numpy(dtype=np.int64)
    assert (retold != newest.table["decile"]).sum() <= 9  # LSOAs that share a cut point's score to the third decimal
    older = read_deprivation(open_data / "deprivation" / "imd2019_england_lsoa11.csv.gz")
    assert (len(older.table), older.census, older.whole) == (32_844, 2011, True)
    assert older.table["score"].isna().all()
