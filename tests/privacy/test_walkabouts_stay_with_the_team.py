"""Where people sleep rough is read by the walkabouts' own files alone: no release, no pack, no partner's page."""

import ast
import re
from pathlib import Path

import pytest

from geo.review.walks.forgetting import WALK_TABLES
from pages.kit.page_names import DOOR, OWN_FEED, SHARED, TEAM

PROJECT = Path(__file__).resolve().parents[2]
OWN = re.compile(
    r"geo/walkabouts/[\w/]+\.py|geo/review/walks/\w+\.py|layers/walks/\w+\.py|layers/sightings\w*\.py|layers/sample_walk\w*\.py"
    r"|pages/walkabouts\.py|pages/kit/walk_\w+\.py|commands/walkabouts\w*\.py"
)
OTHERS = {
    "commands/main.py": "names the commands",
    "commands/bench_route.py": "the solver, over published instances",
    "commands/bench.py": "the solver, over published instances",
    "geo/review/dpia_facts.py": "how many rows are kept, no place",
    "geo/review/dpia_walks.py": "how many rows are kept, no place",
    "geo/review/forgettable.py": "finds what is to be erased",
    "geo/review/forgetting.py": "erases it",
    "geo/review/register_purge.py": "takes what lies at a listed place out of it",
    "geo/review/retention.py": "how many rows are too old",
    "layers/sample.py": "makes the sample's own",
    "pages/kit/monitor_score.py": "a quarter's figures from the records: sums of the district",
}
ROOMS = ("geo", "layers", "pages", "commands")
TELLING = ("geo.walkabouts", "geo.review.walks", "layers.walks", "layers.sightings", "pages.kit.walk_")


def sources():
    paths = [path for room in ROOMS for path in sorted((PROJECT / room).rglob("*.py"))]
    return {path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def imported(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_nobody_else_imports_what_reads_where_people_sleep():
    strangers = {
        path
        for path, text in sources().items()
        if not OWN.fullmatch(path) and any(name.startswith(TELLING) for name in imported(text))
    }
    assert strangers <= set(OTHERS)


@pytest.mark.parametrize("table", WALK_TABLES)
def test_nobody_else_asks_the_database_for_it(table):
    query = re.compile(rf"\b(?:FROM|INTO|JOIN|UPDATE)\s+{table}\b")
    askers = {path for path, text in sources().items() if query.search(text) and not OWN.fullmatch(path)}
    assert askers <= {"geo/review/dpia_walks.py", "geo/review/forgetting.py"}


def test_the_page_is_for_the_team_alone():
    assert "walkabouts" in TEAM
    assert not {"walkabouts"} & {*SHARED, *OWN_FEED, *DOOR}


def test_the_walkabouts_own_files_hand_nothing_to_releases_or_packs():
    own = {path: text for path, text in sources().items() if OWN.fullmatch(path)}
    assert len(own) > 20, "the pattern finds the walkabouts' files no more"
    reaching = {
        path
        for path, text in own.items()
        if any(re.match(r"geo\.review\.(?:release|pack)|layers\.releases", name) for name in imported(text))
    }
    assert reaching == set()
