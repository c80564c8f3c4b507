"""The README tells the truth about the house: its two commands, its files, its options."""

import re
from pathlib import Path

import pytest

from geo.schema import FLAGS, STATUSES

NAMED_FILES = re.compile(r"`((?:geo|layers|pages|commands|tests|data)/[\w./-]+)`")


def test_the_second_command_is_the_one_that_ci_runs(project: Path, readme: str) -> None:
    script = (project / ".ci/run").read_text(encoding="utf-8")
    for step in ('pip install -e ".[test]"', "python -m pytest"):
        assert step in readme
        assert step in script


def test_each_of_the_two_commands_is_one_line(readme: str) -> None:
    lines = readme.splitlines()
    assert any("pip install -e ." in line and line.rstrip().endswith("planner app") for line in lines)
    assert any('pip install -e ".[test]"' in line and line.rstrip().endswith("-m pytest") for line in lines)


def test_every_file_the_readme_names_exists(project: Path, readme: str) -> None:
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme)
    assert pictures, "the README shows no screenshot"
    missing = [name for name in [*pictures, *NAMED_FILES.findall(readme)] if not (project / name).exists()]
    assert missing == []


@pytest.mark.parametrize("name", [*STATUSES, *FLAGS])
def test_every_status_and_flag_is_explained(name: str, readme: str) -> None:
    assert f"`{name}`" in readme


def test_every_room_of_the_house_is_on_the_map_of_the_house(project: Path, readme: str) -> None:
    rooms = [path.name for path in (project / "geo").iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert [room for room in rooms if f"  {room}/" not in readme] == []


def test_the_change_log_has_entries(project: Path) -> None:
    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^- \S", text, flags=re.MULTILINE), "one line that tells the user-visible effect"
