"""Deprivation of cells: means of scores, never of ranks or tenths; told only where enough people have a score."""

import numpy as np
import pandas as pd
import pytest

from geo.places.deprivation import COVERED_ENOUGH, cut_points, deprived_cells, people_of, tenths_of

CUTS = [45.0, 34.0, 27.0, 22.0, 17.0, 14.0, 11.0, 8.0, 5.0]


def table_of(**scores: float) -> pd.DataFrame:
    """LSOAs with these scores, and the ten that mark the tenths of the country."""
    marks = {f"M{at}": score for at, score in enumerate([*CUTS, 0.1], start=1)}
    both = pd.Series({**scores, **marks})
    deciles = tenths_of(both, np.array(CUTS)).astype("int64")
    rows = {"code": both.index, "score": both.to_numpy(), "rank": 1, "decile": deciles.to_numpy(), "people": np.nan}
    return pd.DataFrame({**rows, "marks_tenth": [code in marks for code in both.index]})


def shares_of(**cells: int) -> pd.DataFrame:
    return pd.DataFrame({"code": list(cells), "cell": list(cells.values()), "share": 1.0})


def test_a_mean_score_is_told_its_tenth_and_the_tenths_inside_stand_beside_it() -> None:
    table = table_of(poor=60.0, rich=2.0)
    assert table.set_index("code")["decile"].reindex(["poor", "rich"]).tolist() == [1, 10]
    people = pd.Series({"poor": 500.0, "rich": 500.0})
    found = deprived_cells(table, shares_of(poor=7, rich=7), people).iloc[0]
    assert found["score"] == 31
    assert (found["decile"], found["least"], found["most"]) == (3, 1, 10)  # the mean of the tenths would be 5.5


def test_a_cell_with_too_few_people_covered_has_a_score_and_no_tenth() -> None:
    people = pd.Series({"poor": 100 * COVERED_ENOUGH - 1, "new": 100 * (1 - COVERED_ENOUGH) + 1})
    few = deprived_cells(table_of(poor=60.0), shares_of(poor=7, new=7), people).iloc[0]
    assert few["covered"] == pytest.approx(COVERED_ENOUGH - 0.01)
    assert few["score"] == 60
    assert pd.isna(few["decile"])
    enough = pd.Series({"poor": 100 * COVERED_ENOUGH, "new": 100 * (1 - COVERED_ENOUGH)})
    assert deprived_cells(table_of(poor=60.0), shares_of(poor=7, new=7), enough)["decile"].item() == 1


def test_nobody_is_covered_where_no_area_has_a_value() -> None:
    found = deprived_cells(table_of(), shares_of(new=7), pd.Series({"new": 100.0})).iloc[0]
    assert found["covered"] == 0
    assert found[["score", "decile", "least", "most"]].isna().all()


def test_without_the_whole_country_there_are_no_cut_points_and_no_tenths() -> None:
    table = table_of(poor=60.0)
    assert cut_points(table).tolist() == CUTS
    assert cut_points(table[table["code"] != "M4"]).tolist() == []
    assert cut_points(table.assign(score=np.nan)).tolist() == []
    assert tenths_of(pd.Series([60.0]), np.empty(0)).isna().all()


def test_people_are_the_files_own_and_missing_ones_come_on_its_scale() -> None:
    told = pd.Series({"A": 1_600.0, "B": 1_400.0, "Elsewhere": 9_000.0})
    own = pd.Series({"A": 500.0, "B": 500.0, "New": 300.0})
    assert people_of(told, own).to_dict() == {"A": 1_600, "B": 1_400, "New": 900}
    assert people_of(pd.Series(dtype="float64"), own).to_dict() == own.to_dict()
