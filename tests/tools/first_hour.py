"""Make the pictures and the booklet of the guide's first hour: `python -m tests.tools.first_hour`.

A real planner is driven in a real Chromium that reaches no other host: a district is set up from the fictional files of
`data/sample`, as an officer would. Nothing in the pictures is a real place.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import sync_playwright

from layers.sample import SAMPLE_DATA
from tests.conftest import CHROMIUM_ARGUMENTS
from tests.tools.booklet import DOCS, GUIDE, booklet

PICTURES: Final = DOCS / "pictures"
WIDTH, HEIGHT = 1000, 700
MARGIN: Final = 55  # of the page, where nothing is
TALL: Final = 6_000
STARTING_S: Final = 3  # it says where it will be a moment before it is there
COLOURS: Final = 128
NAME: Final = "Saltmarsh"
FILES: Final = (
    "wards.geojson", "households.csv", "census.csv", "gp_surgeries.csv", "food_banks.csv", "community_sites.csv",
    "land.geojson", "water.geojson", "roads.geojson", "settlements.geojson", "institutions.csv",
    "referrals_housing_system.csv",
)  # fmt: skip
# What an officer's own screen would say in place of the folder this was made in.
_AS_ON_WINDOWS: Final = """
(place) => {
  const said = text => text.split(place + "/").join("C:\\\\Housing\\\\").split(place).join("C:\\\\Housing");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) { walker.currentNode.data = said(walker.currentNode.data); }
  for (const box of document.querySelectorAll("input[type=text]")) { box.value = said(box.value); }
}
"""


@dataclass
class Desk:
    """A browser page on a running planner, and the folder that the officer works in."""

    page: Any
    place: Path

    def settle(self) -> None:
        """Wait until the page is whole."""
        self.page.wait_for_timeout(400)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=120_000)
        self.page.wait_for_timeout(400)

    def fill(self, label: str, text: str) -> None:
        """Type into a box and leave it."""
        self.page.get_by_role("textbox", name=label).fill(text)
        self.page.keyboard.press("Tab")
        self.settle()

    def press(self, label: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label, exact=True).click()
        self.settle()

    def go(self, page: str) -> None:
        """Choose a page in the navigation."""
        self.page.get_by_role("link", name=page, exact=True).first.click()
        self.settle()

    def picture(self, name: str, first: Any, last: Any) -> None:
        """Take a picture from the top of one thing to the bottom of another, in few colours."""
        self.page.set_viewport_size({"width": WIDTH, "height": TALL})
        self.page.wait_for_timeout(1_500)
        self.page.evaluate(_AS_ON_WINDOWS, str(self.place))
        top, end = first.bounding_box(), last.bounding_box()
        clip = {
            "x": MARGIN,
            "y": max(top["y"] - 12, 0),
            "width": WIDTH - 2 * MARGIN,
            "height": end["y"] + end["height"] - top["y"] + 24,
        }
        taken = Image.open(io.BytesIO(self.page.screenshot(clip=clip)))
        taken.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def text(self, words: str) -> Any:
        """Find the first thing that says this."""
        return self.page.get_by_text(words).first


def main() -> None:
    """Take every picture, then lay the booklet."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as desk:
        for chapter in (start, district, data_sets, own_map, records):
            chapter(desk)
    GUIDE.with_suffix(".pdf").write_bytes(booklet(GUIDE.read_text(encoding="utf-8")))


def start(desk: Desk) -> None:
    heading = desk.page.get_by_role("heading", level=1)
    heading.wait_for(timeout=120_000)
    desk.settle()
    desk.picture(
        "1-start", desk.page.get_by_role("link", name="Start", exact=True).first, desk.text("Set up your own district")
    )


def district(desk: Desk) -> None:
    desk.page.get_by_text("Set up your own district", exact=True).click()
    desk.settle()
    desk.fill("Name of the district", NAME)
    desk.page.locator("input[type=file]").first.set_input_files(str(SAMPLE_DATA / "boundary.geojson"))
    desk.settle()
    desk.fill("Postcode of the council's office", "ZZ1 8AB")
    desk.fill("New folder for the workspace", str(desk.place / NAME))
    button = desk.page.get_by_role("button", name="Set up", exact=True)
    desk.picture("2-district", desk.page.get_by_text("Set up your own district", exact=True), button)
    desk.press("Set up")


def data_sets(desk: Desk) -> None:
    downloads = desk.place / "Downloads"
    downloads.mkdir()
    for name in FILES:
        shutil.copy(SAMPLE_DATA / name, downloads)
    shutil.copytree(SAMPLE_DATA / "codepoint_2025-05", downloads / "codepoint_2025-05")
    desk.text("Step 2 of 3").wait_for(timeout=60_000)
    desk.fill("Or the folder they are in", str(downloads))
    desk.press("Look through it")
    desk.text("of these files are not taken").wait_for(timeout=30_000)
    desk.picture("3-data-sets", desk.text("Step 2 of 3"), desk.page.get_by_test_id("stRadio").nth(3))
    desk.press("Bring them in")
    desk.text("Step 3 of 3").wait_for(timeout=180_000)
    desk.settle()
    desk.picture("4-arrived", desk.text("Step 2 of 3"), desk.text("Bring in the others"))


def own_map(desk: Desk) -> None:
    desk.page.frame_locator("iframe").first.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    desk.picture("5-map", desk.text("Step 3 of 3"), desk.page.get_by_role("link", name="Add a file of records").first)


def records(desk: Desk) -> None:
    desk.go("Referrals")
    desk.page.locator("input[type=file]").first.set_input_files(str(SAMPLE_DATA / "referrals_housing_system.csv"))
    desk.settle()
    desk.fill("Name of the new source", "Housing system")
    check = desk.page.get_by_role("button", name="Check the file", exact=True)
    desk.picture("6-columns", desk.text("Who is the file from?"), check)
    desk.press("Check the file")
    keep = desk.page.get_by_role("button", name="Keep these records", exact=True)
    keep.wait_for(timeout=60_000)
    desk.picture("7-report", desk.text("What the check found"), keep)
    desk.press("Keep these records")
    desk.go("Map")
    frame = desk.page.locator("iframe").first
    desk.page.frame_locator("iframe").first.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    desk.picture("8-clients", desk.page.get_by_role("heading", level=1), frame)


@contextmanager
def running(place: Path) -> Iterator[Desk]:
    """Start a planner that knows no workspace yet, and a browser on it; both end with the block."""
    environment = {
        **os.environ,
        "PLANNER_CONFIG_DIR": str(place / "settings"),
        "PLANNER_CACHE_DIR": str(place / "cache"),
    }
    environment.pop("PLANNER_WORKSPACE", None)
    command = [sys.executable, "-m", "commands.main", "app", "--no-browser", "--port", "8790"]
    process = subprocess.Popen(command, env=environment, cwd=DOCS.parent, stderr=subprocess.PIPE, text=True)
    try:
        with sync_playwright() as playwright:
            binary = os.environ.get("PLANNER_CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=binary, args=CHROMIUM_ARGUMENTS)
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.set_default_timeout(20_000)
            address = address_of(process)
            time.sleep(STARTING_S)
            page.goto(address)
            yield Desk(page, place)
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


def address_of(process: subprocess.Popen[str]) -> str:
    """Read where the planner says that it is."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    message = "The planner ended before it said where it is."
    raise SystemExit(message)


if __name__ == "__main__":
    main()
