"""A referral file through a real browser: kept as cells and months, and never a byte of it on the disk."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from geo.review.workspace import Workspace
from layers.sample import open_sample

pytestmark = pytest.mark.browser

MARK = "Quillfeather-7731"
ROWS = 5_000

# Loaded by Python before anything else in the server's process: notes whenever an upload is moved from memory to disk.
WATCH = """
import os, tempfile
_roll = tempfile.SpooledTemporaryFile.rollover
def rollover(self):
    with open(os.environ["PLANNER_TEST_SPOOLED"], "a") as note:
        note.write("spooled\\n")
    return _roll(self)
tempfile.SpooledTemporaryFile.rollover = rollover
"""


@pytest.fixture(scope="module")
def export(tmp_path_factory) -> Path:
    """A file of over 5 MB with an unmistakable name in every row."""
    path = tmp_path_factory.mktemp("officer") / "export.csv"
    story = "Sofa surfing after an argument with a landlord. " * 20
    lines = [f"N-{row},H-{row},05/05/2025,ZZ1 0AG,{MARK},{story}" for row in range(ROWS)]
    header = "Case Ref,Household Ref,Approach Date,Postcode,Applicant name,Notes"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    assert path.stat().st_size > 4_500_000
    return path


@pytest.fixture(scope="module")
def planner(tmp_path_factory, start_planner):
    """A server on a council's own workspace, watched for what it writes."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "watch").mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    temporary = folder / "temporary"
    temporary.mkdir()
    ready = open_sample(today=date(2026, 5, 1))
    workspace = Workspace.open(Path(shutil.copytree(ready.root, folder / "Saltmarsh Council")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_TEST_SPOOLED", str(folder / "spooled.txt"))
        server = start_planner(
            "--workspace", str(workspace.root), temporary=temporary, python_path=folder / "watch", port=8830
        )
    return server, workspace, folder


def _choose(page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def _holding(folder: Path, text: str) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "sitecustomize.py"]
    return [path for path in files if text.encode() in path.read_bytes()]


def test_a_large_export_is_kept_and_its_bytes_never_reach_the_disk(planner, visit, export) -> None:
    server, workspace, folder = planner
    before = len(workspace.records())
    tour = visit(server)
    tour.settle("Review of")
    tour.go("Referrals")
    tour.page.locator("input[type=file]").set_input_files(str(export))
    _choose(tour.page, "Who is the file from?", "A new source")
    name = tour.page.get_by_label("Name of the new source")
    name.fill("Day centre")
    name.press("Tab")
    tour.page.get_by_role("button", name="Check the file").click()
    keep = tour.page.get_by_role("button", name="Keep these records")
    keep.wait_for(timeout=90_000)
    assert f"{ROWS:,} rows" in tour.page.inner_text("body")
    keep.click()
    tour.page.get_by_text("Kept. Day centre").wait_for(timeout=90_000)
    assert len(Workspace.open(workspace.root).records()) == before + ROWS
    assert not (folder / "spooled.txt").exists()
    assert _holding(folder, MARK) == []
    assert _holding(Path(os.environ["PLANNER_CONFIG_DIR"]), MARK) == []
    assert MARK not in "".join(server.log)
    assert tour.outside() == []
    assert tour.complaints == []


def test_a_name_in_a_file_cannot_become_a_script(planner, visit) -> None:
    server, workspace, _ = planner
    nasty = "<img src=x onerror=alert(1)></script><script>alert(2)</script>[a](javascript:alert(3))"
    sites = workspace.sites()
    own = sites[sites["dataset"] == "sites"].copy()
    own.loc[own.index[1:], "name"] = nasty
    edition = next(edition for edition in workspace.editions() if edition.dataset == "sites")
    workspace.save_sites("sites", own, edition)
    tour = visit(server)
    spoken: list[str] = []
    tour.page.on("dialog", lambda dialog: (spoken.append(dialog.message), dialog.dismiss()))
    tour.settle("Review of")
    for title in ["Map", "Hubs"]:
        tour.go(title)
        tour.map()
        tour.page.wait_for_timeout(500)
    assert nasty in tour.page.inner_text("body")
    assert spoken == []
    assert tour.page.locator("img[src=x]").count() == 0
    assert tour.outside() == []
