"""Rows that were left out are one number in one sentence, whatever the reason."""

from hypothesis import given
from hypothesis import strategies as st

from geo.disclosure.uniform_words import left_out, left_out_more

BEFORE = st.sampled_from(["", "2 of them outside the district, within 5 km. 1 row was farther away and left out."])


@given(before=BEFORE, first=st.integers(1, 5000), more=st.integers(1, 5000))
def test_rows_left_out_later_read_as_if_left_out_at_first(before, first, more):
    note = f"{before} {left_out(first)}".strip()
    assert left_out_more(note, more) == f"{before} {left_out(first + more)}".strip()
    assert left_out_more(before, more) == f"{before} {left_out(more)}".strip()


def test_nothing_left_out_says_nothing():
    assert left_out(0) == ""
    assert left_out_more("A note.", 0) == "A note."
