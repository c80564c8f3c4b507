import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.places.postcode import Postcode

OUTWARD = st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?", fullmatch=True)
INWARD = st.from_regex(r"[0-9][A-Z]{2}", fullmatch=True)
SPACES = st.text(alphabet=" \t", max_size=3)


@given(outward=OUTWARD, inward=INWARD)
def test_a_postcode_reads_back_as_it_was_written(outward: str, inward: str) -> None:
    postcode = Postcode(outward, inward)
    assert Postcode.parse(str(postcode)) == postcode
    assert Postcode.parse(postcode.compact) == postcode


@given(outward=OUTWARD, inward=INWARD, spaces=st.tuples(SPACES, SPACES, SPACES))
def test_spacing_and_case_do_not_matter(outward: str, inward: str, spaces: tuple[str, str, str]) -> None:
    before, between, after = spaces
    assert Postcode.parse(f"{before}{outward.lower()}{between}{inward}{after}") == Postcode(outward, inward)


@pytest.mark.parametrize("text", ["", "SP10", "1DP", "SP10 1D", "SP10 1DPX", "10SP 1DP", "SP10-1DP", "hello"])
def test_what_is_no_postcode_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        Postcode.parse(text)
    assert "SP10 1DP" in str(refusal.value)
    assert text == "" or text not in str(refusal.value).replace("'SP10 1DP'", "")


def test_the_sector_of_a_short_outward_code_is_right() -> None:
    assert Postcode.parse("b1 1aa").sector == "B1 1"
    assert Postcode.parse("gir0aa").sector == "GIR 0"
