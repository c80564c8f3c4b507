"""A partner's counts beside the council's: two columns and two orders, never a sum."""

import math

import pandas as pd

from geo.evidence.beside import lay_beside, rank_agreement


def gated(*shown):
    codes = list("ABCDEFG")[: len(shown)]
    counts = pd.Series([pd.NA if text == "c" else int(text) for text in shown], dtype="Int64")
    return pd.DataFrame({"code": codes, "name": codes, "shown": list(shown), "count": counts})


def council(**counts):
    return pd.DataFrame({"code": list(counts), "count": list(counts.values())})


def test_no_column_is_a_sum_of_the_two():
    both = lay_beside(gated("20", "10"), council(A=3, B=30)).set_index("code")
    assert both.loc["A", ["partner", "council"]].tolist() == ["20", 3]
    assert 23 not in both.to_numpy()
    assert 40 not in both.to_numpy()


def test_the_area_that_the_two_rank_most_apart_comes_first():
    both = lay_beside(gated("40", "30", "20", "10"), council(A=1, B=8, C=7, D=6))
    assert both["code"].tolist()[0] == "A"
    assert both["apart"].tolist()[0] == 3
    assert both.set_index("code").loc["D", "apart"] == -1


def test_hidden_counts_share_their_ranks_and_are_apart_only_where_no_such_count_would_fit():
    both = lay_beside(gated("40", "c", "c", "0"), council(A=9, B=8, C=0, D=5)).set_index("code")
    assert both.loc["B", ["partner_rank", "partner_last"]].tolist() == [2, 3]
    assert both["apart"].to_dict() == {"A": 0, "B": 0, "C": 1, "D": -1}


def test_the_order_is_alike_or_opposite_or_none():
    assert rank_agreement(lay_beside(gated("30", "20", "10"), council(A=3, B=2, C=1))) == 1
    assert rank_agreement(lay_beside(gated("30", "20", "10"), council(A=1, B=2, C=3))) == -1
    assert math.isnan(rank_agreement(lay_beside(gated("30", "30"), council(A=1, B=2))))


def test_an_area_the_council_has_nobody_in_counts_nought():
    both = lay_beside(gated("30", "20"), council(A=1))
    assert both.set_index("code").loc["B", "council"] == 0
