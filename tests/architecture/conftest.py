"""The project's own files, as text and as syntax trees."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
UNTRACKED = {".git", ".venv", "build", "dist", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, its text, its tree."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.name.split("/", 1)[0]

    @cached_property
    def imports(self) -> set[str]:
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
        return found

    @property
    def import_roots(self) -> set[str]:
        return {name.split(".", 1)[0] for name in self.imports}


def _tracked() -> list[str]:
    """List the files under version control, or all files of a copy that has none."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if answer.returncode == 0:
        names = answer.stdout.decode().split("\0")
    else:
        names = [path.relative_to(PROJECT).as_posix() for path in PROJECT.rglob("*") if path.is_file()]
    kept = (name for name in names if name and not UNTRACKED & set(Path(name).parts))
    return sorted(name for name in kept if (PROJECT / name).is_file())


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def tracked() -> list[str]:
    return _tracked()


@pytest.fixture(scope="session")
def sources(tracked: list[str]) -> list[Source]:
    return [Source(name, (PROJECT / name).read_text(encoding="utf-8")) for name in tracked if name.endswith(".py")]


@pytest.fixture(scope="session")
def readme() -> str:
    return (PROJECT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def documents() -> dict[str, str]:
    """Text of the README and of every document it leads to, by their paths in the project."""
    pages = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
    return {page.relative_to(PROJECT).as_posix(): page.read_text(encoding="utf-8") for page in pages}
