"""Tinytown's packs, made once for all the tests of a file: the team's, and those of partners and the public."""

import pytest

from geo.review.pack.derive import pack_of
from geo.review.workspace import Workspace
from tests.tinytown.packed import gathered, packed_copy, packed_root


@pytest.fixture(scope="session")
def packed_template(tmp_path_factory):
    """A council whose review is frozen, with a programme and one table given out to the public."""
    return packed_root(tmp_path_factory)


@pytest.fixture
def packed(tmp_path_factory, tmp_path):
    """A copy of it that a test may change."""
    return packed_copy(tmp_path_factory, tmp_path / "packed")


@pytest.fixture(scope="session")
def aggregates(packed_template):
    """The frozen aggregates of each audience."""
    council = Workspace.open(packed_template)
    return {audience: gathered(council, audience) for audience in ("team", "partner", "public")}


@pytest.fixture(scope="session")
def packs(aggregates):
    """The packs of each audience."""
    return {audience: pack_of(found) for audience, found in aggregates.items()}
