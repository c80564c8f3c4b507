"""The printed guide tells the truth: its screen words, commands and pictures are those of the planner."""

import ast
import io
import re
import shlex

import pypdf
import pytest
import typer.main
from PIL import Image

from commands.main import app
from tests.tools.booklet import DOCS, GUIDE, booklet

STRONG = re.compile(r"\*\*([^*]+)\*\*")
CODE = re.compile(r"`([^`]+)`")
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
NOT_ON_SCREEN = {"What to have at hand", "Next.", "Before you leave."}  # headings of the guide's own


@pytest.fixture(scope="module")
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def printed() -> list[str]:
    reader = pypdf.PdfReader(GUIDE.with_suffix(".pdf"))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def said(sources) -> str:
    """Every text that the screens hold."""
    shown = [source for source in sources if source.name == "app.py" or source.room in {"pages", "layers", "geo"}]
    found = [
        node.value
        for source in shown
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return "\n".join(found)


def test_every_word_in_bold_is_a_word_of_the_screens(guide, said) -> None:
    words = {" ".join(word.split()) for word in STRONG.findall(guide)} - NOT_ON_SCREEN
    assert len(words) > 20
    assert sorted(word for word in words if word not in said) == []


def test_every_command_and_option_of_the_guide_exists(guide) -> None:
    commands = typer.main.get_command(app).commands
    typed = [shlex.split(line.replace("\\", "/"))[1:] for line in CODE.findall(guide) if line.startswith("Start.bat ")]
    assert typed
    for name, *words in typed:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options


def test_every_picture_is_there_and_has_words_for_whoever_does_not_see_it(guide) -> None:
    shown = PICTURE.findall(guide)
    assert len(shown) >= 8
    for words, path in shown:
        assert len(words) > 20
        with Image.open(DOCS / path) as picture:
            assert picture.width >= 800
    assert {path for _, path in shown} == {f"pictures/{file.name}" for file in (DOCS / "pictures").glob("[0-9]*")}


def test_the_files_that_start_it_are_those_of_the_bundle(project, guide) -> None:
    parts = project / "commands/bundling/parts"
    assert (parts / "Start.bat").is_file()
    assert "python\\python.exe" in (parts / "Start.bat").read_text(encoding="utf-8")
    assert "`Start.bat`" in guide


def test_the_booklet_is_four_to_six_pages_and_holds_what_the_guide_says_now(guide, printed) -> None:
    assert 4 <= len(printed) <= 6
    text = " ".join(printed)
    plain = [" ".join(re.sub(r"[*`]", "", line).lstrip("#- ").split()) for line in guide.splitlines()]
    lines = [line for line in plain if line and not line.startswith(("![", "Start.bat"))]
    missing = [line for line in lines if _squeezed(line) not in _squeezed(text)]
    assert missing == [], "print it anew: python -m tests.tools.first_hour"


def test_the_booklet_is_tagged_for_readers_who_do_not_see_it() -> None:
    reader = pypdf.PdfReader(
        io.BytesIO(booklet("# A title\n\nSome *plain* #words, **bold** and `code\\x`.\n\n- one\n- two\n"))
    )
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "Some *plain* #words, bold and code\\x." in reader.pages[0].extract_text()


def _squeezed(text: str) -> str:
    """Leave the spaces out: lines break elsewhere on paper."""
    return re.sub(r"\s+", "", text)
