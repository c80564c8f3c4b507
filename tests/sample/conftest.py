"""Let the generator's own package be found, as it is when the script runs; make one workspace for the chain's tests."""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo.editions import Edition
from geo.places.gazetteer import Gazetteer, build_gazetteer
from geo.review.institutions import read_institutions
from geo.review.intake import IntakeOptions, keep, take_in
from geo.review.workspace import Workspace
from layers.boundaries import read_boundary

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "data" / "sample"
REVIEW_DAY = date(2025, 5, 1)

sys.path.insert(0, str(HERE))


@dataclass(frozen=True)
class Sample:
    """The sample district as files, and as a workspace that took its exports in."""

    folder: Path
    truth: dict[str, Any]
    workspace: Workspace

    @property
    def boundary(self) -> gpd.GeoDataFrame:
        return self.workspace.boundary()

    @property
    def gazetteer(self) -> Gazetteer:
        return self.workspace.gazetteer()


@pytest.fixture(scope="session")
def truth() -> dict[str, Any]:
    return json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, truth: dict[str, Any]) -> Sample:
    boundary = read_boundary(SAMPLE / "boundary.geojson")
    edition = Edition(dataset="boundary", title="Saltmarsh", rows=1, added=REVIEW_DAY)
    workspace = Workspace.create(
        tmp_path_factory.mktemp("sample") / "review",
        name=truth["district"]["name"],
        boundary=boundary,
        boundary_edition=edition,
        office_postcode=truth["district"]["office_postcode"],
    )
    editions = [SAMPLE / "codepoint_2021-05", SAMPLE / "codepoint_2025-05"]
    build_gazetteer(editions, out=workspace.gazetteer_path, today=REVIEW_DAY)
    workspace.save_institutions(read_institutions(SAMPLE / "institutions.csv", key=workspace.key()))
    said = IntakeOptions(address_kind="at_approach", date_kind="approach")
    for name in truth["files"]:
        taken = take_in(workspace, SAMPLE / name, file_name=name, feed=Path(name).stem, today=REVIEW_DAY, options=said)
        keep(workspace, taken)
    return Sample(SAMPLE, truth, workspace)
