"""Tinytown's packs, made once for all the tests of a file: the team's, and those of partners and the public."""

import shutil

import pytest

from geo.review.pack.derive import pack_of
from geo.review.workspace import Workspace
from tests.tinytown.packed import freeze_it, gathered, give_it_out, make_packed, settle


@pytest.fixture(scope="session")
def packed_template(tmp_path_factory):
    """A council whose review is frozen, with a programme and one table given out to the public."""
    council = make_packed(tmp_path_factory.mktemp("packed") / "Tinytown")
    freeze_it(council)
    settle(council)
    give_it_out(council)
    return council.root


@pytest.fixture
def packed(packed_template, tmp_path):
    """A copy of it that a test may change."""
    return Workspace.open(shutil.copytree(packed_template, tmp_path / "packed"))


@pytest.fixture(scope="session")
def aggregates(packed_template):
    """The frozen aggregates of each audience."""
    council = Workspace.open(packed_template)
    return {audience: gathered(council, audience) for audience in ("team", "partner", "public")}


@pytest.fixture(scope="session")
def packs(aggregates):
    """The packs of each audience."""
    return {audience: pack_of(found) for audience, found in aggregates.items()}
