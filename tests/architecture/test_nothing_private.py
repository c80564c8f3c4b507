"""Nothing in the project names a machine's folders or a package host, or holds real data."""

import re
from pathlib import Path

import pytest

TEXT = {".py", ".md", ".toml", ".cfg", ".txt", ".csv", ".json", ".geojson", ".html", ".css", ".js", ".yml", ".yaml", ""}
MACHINE_PATH = re.compile(r"(?<![\w.:/~<-])/(?:work|root)/[\w.-]+")
# A letter in brackets each, so that this file does not name what it looks for.
PACKAGE_HOST = re.compile(
    r"p[y]pi\.org|pythonhoste[d]\.org|registry\.npmj[s]|deb\.debia[n]|(?:security|archive)\.ubunt[u]"
)
LARGEST_FILE_BYTES = 5_000_000


@pytest.fixture(scope="module")
def texts(project: Path, tracked: list[str]) -> dict[str, str]:
    """Every tracked text file, lock files and pictures left out."""
    names = [name for name in tracked if Path(name).suffix in TEXT]
    return {name: (project / name).read_text(encoding="utf-8", errors="replace") for name in names}


def test_no_file_names_a_folder_of_somebodys_machine(texts, project) -> None:
    found = {name: match.group() for name, text in texts.items() if (match := MACHINE_PATH.search(text))}
    assert not found
    here = [str(place) for place in (project.parent, Path.home()) if len(place.parts) > 2 or place == Path.home()]
    assert [name for name, text in texts.items() if any(place + "/" in text for place in here)] == []


def test_no_file_names_a_package_host(texts) -> None:
    found = {name: match.group() for name, text in texts.items() if (match := PACKAGE_HOST.search(text))}
    assert not found


def test_the_patterns_would_find_what_they_look_for() -> None:
    assert MACHINE_PATH.search("see " + "/" + "root/secret.txt")
    assert PACKAGE_HOST.search("https://files.python" + "hosted.org/x")
    assert not MACHINE_PATH.search("../shared/data and app/home/page")


def test_the_sample_data_uses_only_the_unused_postcode_area(project, tracked) -> None:
    """A postcode of the sample district begins with ZZ; anything else could be somebody's home."""
    shaped = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
    sample = [name for name in tracked if name.startswith("data/sample/") and Path(name).suffix in {".csv", ".json"}]
    areas = {
        name: set(shaped.findall((project / name).read_text(encoding="utf-8", errors="replace"))) for name in sample
    }
    assert {name: found - {"ZZ"} for name, found in areas.items() if found - {"ZZ"}} == {}


def test_no_tracked_file_is_huge(project, tracked) -> None:
    assert [name for name in tracked if (project / name).stat().st_size > LARGEST_FILE_BYTES] == []
