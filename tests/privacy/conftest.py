"""A machine that is watched: every folder the planner may write to, and everything it says."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.tinytown.council import make_council

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Watched:
    """Folders and outputs that are searched for what must not be there."""

    folder: Path
    workspace: Path
    said: list[bytes] = field(default_factory=list)

    def planner(self, *arguments, expected=0):
        """Run the command line as a user would, in a folder that is watched too."""
        environment = {
            **os.environ,
            "TMPDIR": str(self.folder / "temporary"),
            "HOME": str(self.folder / "home"),
            "XDG_CONFIG_HOME": str(self.folder / "home" / "config"),
            "XDG_CACHE_HOME": str(self.folder / "home" / "cache"),
            "PLANNER_CONFIG_DIR": str(self.folder / "configuration"),
            "PLANNER_WORKSPACE": str(self.workspace),
            "PYTHONPATH": str(PROJECT),
        }
        words = [sys.executable, "-W", "ignore", "-m", "commands.main", *map(str, arguments)]
        done = subprocess.run(words, capture_output=True, check=False, cwd=self.folder / "here", env=environment)
        self.said += [done.stdout, done.stderr]
        assert done.returncode == expected, done.stderr.decode()
        return done.stdout.decode()

    def find(self, secrets):
        """Search every byte written and said; gives the secrets found and where."""
        places = {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        places |= {f"the name of {path}": str(path).encode() for path in self.folder.rglob("*")}
        places |= {f"output {number}": said for number, said in enumerate(self.said)}
        needles = {spelling: secret for secret in secrets for spelling in spellings(secret)}
        return sorted({(needles[one], where) for where, content in places.items() for one in needles if one in content})


def spellings(secret):
    """Every way a text may lie in a file: capitals, spaces, encodings."""
    texts = {secret, secret.replace(" ", ""), secret.replace(" ", "\u00a0")}
    cased = {changed for text in texts for changed in (text, text.upper(), text.lower(), text.title())}
    return {text.encode(code) for text in cased for code in ("utf-8", "utf-16-le", "utf-16-be")}


@pytest.fixture(scope="session")
def watched_template(tmp_path_factory):
    """A council with its key in a file, made once and copied."""
    folder = tmp_path_factory.mktemp("watched")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_CONFIG_DIR", str(folder / "configuration"))
        patch.delenv("PLANNER_KEY")
        make_council(folder / "workspace")
    return folder


@pytest.fixture
def watched(watched_template, tmp_path, monkeypatch):
    folder = tmp_path / "watched"
    shutil.copytree(watched_template, folder)
    for name in ("temporary", "home", "here"):
        (folder / name).mkdir()
    monkeypatch.setenv("TMPDIR", str(folder / "temporary"))
    monkeypatch.setattr("tempfile.tempdir", str(folder / "temporary"))
    monkeypatch.setenv("PLANNER_CONFIG_DIR", str(folder / "configuration"))
    monkeypatch.delenv("PLANNER_KEY")
    monkeypatch.chdir(folder / "here")
    return Watched(folder, folder / "workspace")
