"""Whatever a file names a place, a terminal shows letters: no code moves its cursor, hides a line or turns it round."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.looking import Teller
from commands.shared import show_result, tell
from commands.terminal import inert_json, inert_line

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = {
    "a colour": ("Hall\x1b[31mred\x1b[0m", "Hallred"),
    "a wiped screen": ("Hall\x1b[2J\x1b[H", "Hall"),
    "a line drawn over": ("Hall: 9 clients\rHall: 0", "Hall: 9 clients Hall: 0"),
    "a line of its own": ("Hall\nDone. Nothing was kept.", "Hall Done. Nothing was kept."),
    "a title": ("Hall\x1b]0;owned\x07", "Hall]0;owned"),
    "a link": ("\x1b]8;;http://evil.example\x1b\\Hall\x1b]8;;\x1b\\", "]8;;http://evil.example\\Hall]8;;\\"),
    "a clipboard": ("Hall\x1b]52;c;ZXZpbA==\x07", "Hall]52;c;ZXZpbA=="),
    "a reply that is typed": ("Hall\x1bP$q q\x1b\\\x1b[6n", "HallP$q q\\"),
    "one byte for two": ("Hall\x9b2J\x9d0;owned\x9c", "Hall0;owned"),
    "a code cut short": ("Hall\x1b[", "Hall["),
    "another alphabet": ("Hall\x1b(0", "Hall(0"),
    "letters turned round": ("\u202ellaH\u202c", "llaH"),
    "backspaces": ("Hall\b\b\b\bFort", "HallFort"),
    "separators": ("Hall\u2028Done.\u2029x", "Hall Done. x"),
}


def _harmful(text: str) -> list[str]:
    return [one for one in text if (unicodedata.category(one) in {"Cc", "Zl", "Zp"} and one != "\t") or one in BIDI]


@pytest.mark.parametrize(("name", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_a_name_with_codes_is_shown_without_them(capsys, name, shown) -> None:
    tell(f"'{name}' was kept.")
    show_result({}, ["First.", f"'{name}' was kept."], as_json=False)
    Teller()(name, 0.5)
    said = capsys.readouterr()
    assert said.err == f"'{shown}' was kept.\n{shown} ...\n"
    assert said.out == f"First.\n'{shown}' was kept.\n"


def test_names_of_every_language_are_left_alone() -> None:
    for name in ("Café Llŷn, 5 £", "مقهى", "北京\t7", "e\u0301", "👩\u200d👩\u200d👧"):
        assert inert_line(name) == name


@pytest.mark.parametrize("name", [name for name, _ in HOSTILE.values()])
def test_a_document_for_a_script_says_the_very_same_and_holds_no_code(capsys, name) -> None:
    show_result({"name": name}, [], as_json=True)
    said = capsys.readouterr().out
    assert json.loads(said) == {"name": name}
    assert [one for one in _harmful(said) if one != "\n"] == []


@given(st.text())
def test_no_text_whatever_leaves_a_code(text) -> None:
    assert _harmful(inert_line(text)) == []
    document = json.dumps({"name": text}, ensure_ascii=False)
    assert json.loads(inert_json(document)) == {"name": text}
    assert _harmful(inert_json(document)) == []


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"])))
def test_letters_are_never_lost(text) -> None:
    assert inert_line(text) == text
    assert inert_line(f"\x1b[1m{text}\x1b[0m\x9b") == text


def test_no_name_swallows_the_words_behind_it() -> None:
    for name in ("Hall\x1b]0;", "Hall\x1bP", "Hall\x9d", "Hall\x1b["):
        assert inert_line(f"'{name}': 9 clients in '\x07'").endswith("': 9 clients in ''")
