"""The whole pack, once for each audience, and what a second reader finds in its report."""

import pytest

from layers.pack import bundle, verify
from layers.pack.document import report_html, report_pdf
from layers.pack.making import make_pack
from tests.layers.pack.forging import quick_files
from tests.layers.pack.full_pack import full_pack
from tests.layers.pack.pdf_reader import Read
from tests.tinytown.council import TODAY
from tests.tinytown.packed import packed_copy


@pytest.fixture(scope="session")
def team():
    return full_pack("team")


@pytest.fixture(scope="session")
def partner():
    return full_pack("partner")


@pytest.fixture(scope="session")
def report(team):
    return report_pdf(team)


@pytest.fixture(scope="session")
def read(report):
    return Read(report.pdf)


@pytest.fixture(scope="session")
def page(team):
    return report_html(team)


@pytest.fixture(scope="session")
def packed_council(tmp_path_factory):
    """Tinytown with everything that a pack tells."""
    return packed_copy(tmp_path_factory, tmp_path_factory.mktemp("verify") / "Tinytown")


@pytest.fixture(scope="session")
def made(packed_council):
    """Its pack for the team, without the files that take long."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bundle, "pack_files", quick_files)
        return make_pack(packed_council, audience="team", today=TODAY, who="JS")


@pytest.fixture(scope="session")
def content(made):
    """The zip of it."""
    return made.bundle


@pytest.fixture
def quick(monkeypatch) -> None:
    """Compare only the files that were made."""
    monkeypatch.setattr(verify, "pack_files", quick_files)
