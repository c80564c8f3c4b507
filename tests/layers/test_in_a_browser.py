"""What Chromium, cut off from every host, makes of a page that stands alone."""

from pathlib import Path
from typing import Any

import pytest

from layers.standalone import standalone_html, standalone_maps_html
from tests.layers.drawn import NASTY, full_map

pytestmark = pytest.mark.browser


class Opened:
    """A page with everything it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, *, width: int) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": 800})
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())


@pytest.fixture
def opened(chromium, square, tmp_path):
    def start(*, width: int = 1280) -> Opened:
        path = tmp_path / "map.html"
        path.write_text(standalone_html(full_map(square)), encoding="utf-8")
        return Opened(chromium, path, width=width)

    return start


def test_the_page_draws_complains_of_nothing_and_asks_nobody(opened) -> None:
    shown = opened()
    assert shown.complaints == []
    assert [url for url in shown.asked if not url.startswith(("file:", "data:"))] == []
    assert shown.page.evaluate("window.broken") is None
    painted = """() => [...document.querySelectorAll('.leaflet-planner-fills-pane canvas')].some((canvas) =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))"""
    assert shown.page.evaluate(painted)


def test_a_cell_says_its_facts_as_text_when_it_is_clicked(opened) -> None:
    shown = opened()
    box = shown.page.locator(".folium-map").bounding_box()
    shown.page.mouse.click(box["x"] + box["width"] * 0.42, box["y"] + box["height"] * 0.75)
    popup = shown.page.locator(".leaflet-popup-content")
    assert NASTY.split()[0] in popup.text_content()
    assert popup.locator("script, img").count() == 0


def test_a_site_is_a_button_with_a_name_and_opens_from_the_keyboard(opened) -> None:
    shown = opened()
    library = shown.page.get_by_role("button", name="Library: Library")
    size = library.bounding_box()
    assert min(size["width"], size["height"]) >= 24
    library.focus()
    shown.page.keyboard.press("Enter")
    assert "Opening hours" in shown.page.locator(".leaflet-popup-content").text_content()


def test_sites_at_one_spot_do_not_hide_each_other(opened) -> None:
    page = opened().page
    boxes = [
        page.locator(f'.planner-mark[aria-label^="{name}"]').bounding_box() for name in ("Library: <", "Library: L")
    ]
    assert abs(boxes[0]["x"] - boxes[1]["x"]) >= 12


def test_the_legend_is_open_on_a_wide_map_and_folded_on_a_narrow_one(opened) -> None:
    assert opened(width=1280).page.locator(".planner-legend").get_attribute("open") is not None
    narrow = opened(width=400).page
    assert narrow.locator(".planner-legend").get_attribute("open") is None
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 400


def test_names_of_settlements_do_not_meet(opened) -> None:
    page = opened(width=400).page
    boxes = [label.bounding_box() for label in page.locator(".planner-label span").all()]
    assert boxes
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                abs(one["y"] - other["y"]) >= 15
                or one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
            )
            assert apart


def test_the_whole_district_comes_back_at_a_button(opened) -> None:
    page = opened().page
    before = page.locator(".leaflet-control-scale-line").first.text_content()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        "before => document.querySelector('.leaflet-control-scale-line').textContent !== before", arg=before
    )
    page.get_by_role("button", name="Whole district").click()
    page.wait_for_function(
        "before => document.querySelector('.leaflet-control-scale-line').textContent === before", arg=before
    )


def test_maps_of_one_page_move_together_and_ask_nobody(chromium, square, tmp_path) -> None:
    path = tmp_path / "maps.html"
    path.write_text(standalone_maps_html([full_map(square), full_map(square)], title="Maps"), encoding="utf-8")
    shown = Opened(chromium, path, width=1280)
    assert shown.complaints == []
    assert [url for url in shown.asked if not url.startswith(("file:", "data:"))] == []
    scales = shown.page.locator(".leaflet-control-scale-line:first-child")
    before = scales.all_text_contents()
    shown.page.get_by_role("button", name="Zoom in").last.click()
    shown.page.wait_for_function(
        "before => [...document.querySelectorAll('.leaflet-control-scale-line:first-child')]"
        ".every((line, at) => line.textContent !== before[at])",
        arg=before,
    )
    assert len(set(scales.all_text_contents())) == 1
