"""The README, with the documents it leads to, tells the truth about the house: commands, files, options, links."""

import re
from pathlib import Path

import pytest

from geo.schema import FLAGS, STATUSES

NAMED_FILES = re.compile(r"`((?:geo|layers|pages|commands|tests|data|docs)/[\w./-]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
NEWCOMERS_LINES = 330  # what somebody reads in five minutes
WALK_WORDS = ("sighting", "walkabout", "rota", "walk card")


def _anchors(page: Path) -> set[str]:
    """List the anchors of a page's headings, as GitHub makes them: small letters, hyphens, no other signs."""
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _leads_nowhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return not target.exists() or (bool(anchor) and anchor not in _anchors(target))


def test_the_second_command_is_the_one_that_ci_runs(project: Path, readme: str) -> None:
    script = (project / ".ci/run").read_text(encoding="utf-8")
    for step in ('pip install -e ".[test]"', "python -m pytest"):
        assert step in readme
        assert step in script


def test_each_of_the_two_commands_is_one_line(readme: str) -> None:
    lines = readme.splitlines()
    assert any("pip install -e ." in line and line.rstrip().endswith("planner app") for line in lines)
    assert any('pip install -e ".[test]"' in line and line.rstrip().endswith("-m pytest") for line in lines)


def test_every_file_the_documents_name_exists(project: Path, documents: dict[str, str]) -> None:
    named = [name for text in documents.values() for name in NAMED_FILES.findall(text)]
    assert named, "no document names a file of the house"
    assert [name for name in named if not (project / name).exists()] == []


def test_every_link_of_the_documents_leads_somewhere(project: Path, documents: dict[str, str]) -> None:
    links = [(page, link) for page, text in documents.items() for link in LINK.findall(FENCED.sub("", text))]
    inner = [(page, link) for page, link in links if "://" not in link]
    assert any(page == "README.md" and link.endswith(".png") for page, link in inner), "the README shows no picture"
    assert [(page, link) for page, link in inner if _leads_nowhere(project / page, link)] == []


def test_the_readme_leads_to_every_document(documents: dict[str, str]) -> None:
    linked = {link.partition("#")[0] for link in LINK.findall(documents["README.md"])}
    assert set(documents) - {"README.md"} <= linked


def test_the_readme_is_short_enough_for_a_newcomer(readme: str) -> None:
    assert len(readme.splitlines()) <= NEWCOMERS_LINES, "move what is long to a document of docs/"


def test_a_link_to_a_missing_file_or_heading_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n\n## The year's hubs, again\n\n```sh\n# not a heading\n```\n", encoding="utf-8")
    assert not _leads_nowhere(page, "#the-years-hubs-again")
    assert not _leads_nowhere(page, "page.md#one")
    assert [_leads_nowhere(page, link) for link in ("#not-a-heading", "page.md#two", "gone.md")] == [True] * 3


@pytest.mark.parametrize("name", [*STATUSES, *FLAGS])
def test_every_status_and_flag_is_explained(name: str, documents: dict[str, str]) -> None:
    assert f"`{name}`" in documents["docs/own-district.md"]


def test_every_room_of_the_house_is_on_the_map_of_the_house(project: Path, readme: str) -> None:
    rooms = [path.name for path in (project / "geo").iterdir() if path.is_dir() and (path / "__init__.py").exists()]
    assert [room for room in rooms if f"  {room}/" not in readme] == []


def test_the_change_log_has_entries(project: Path) -> None:
    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^- \S", text, flags=re.MULTILINE), "one line that tells the user-visible effect"


def test_the_privacy_page_and_the_glossary_say_what_is_kept_of_rough_sleeping(readme) -> None:
    privacy = readme.partition("## Privacy, on one page")[2].partition("## Glossary")[0]
    (told,) = (one for one in privacy.split("\n* ") if one.startswith("**Rough sleeping**"))
    for said in ("100 m", "24 months", "the team's alone", "recipient", "purpose", "expires"):
        assert said in " ".join(told.split())
    assert told.strip().count("\n") <= 3
    glossary = readme.partition("## Glossary")[2].partition("## The house")[0]
    assert [word for word in WALK_WORDS if f"\n| {word} | " not in glossary] == []
