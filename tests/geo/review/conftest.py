"""A fresh little council for each test, and a short way to add an export to it."""

import shutil

import pytest

from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.workspace import Workspace
from tests.tinytown.council import TODAY, export, make_council, row


@pytest.fixture(scope="session")
def council_template(tmp_path_factory):
    """Made once and copied: the key comes from the environment, so that every copy has it."""
    return make_council(tmp_path_factory.mktemp("council") / "Tinytown").root


@pytest.fixture
def council(council_template, tmp_path):
    root = tmp_path / "Tinytown é"
    shutil.copytree(council_template, root)
    return Workspace.open(root)


@pytest.fixture(scope="session")
def filled_template(council_template, tmp_path_factory):
    council = Workspace.open(shutil.copytree(council_template, tmp_path_factory.mktemp("filled") / "w"))
    content = export(*(row(number) for number in range(1, 30)))
    keep(council, take_in(council, content, file_name="x.csv", feed="Saltings Day Centre", today=TODAY))
    return council.root


@pytest.fixture
def filled(filled_template, tmp_path):
    """A council that has kept 29 records of a feed called Saltings Day Centre."""
    return Workspace.open(shutil.copytree(filled_template, tmp_path / "filled"))


@pytest.fixture
def add(council):
    def add(content, *, feed="Housing", today=TODAY, **options):
        said = IntakeOptions(**options)
        return keep(council, take_in(council, content, file_name="export.csv", feed=feed, options=said, today=today))

    return add
