"""A walk through every page of the real server in a real browser that can reach no other host."""

import pytest

pytestmark = pytest.mark.browser

TITLES = ["Referrals", "Map", "Priorities", "Trends", "Gaps", "Hubs", "Sites", "Releases", "Data", "Audit"]


@pytest.fixture(scope="module")
def server(start_planner):
    return start_planner()


def _sideways(page) -> int:
    """Tell by how many pixels the page would have to be scrolled sideways."""
    return page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth; })()"
    )


def _inks(frame) -> int:
    """Count the pixels that the map's canvases have drawn upon."""
    return frame.locator("body").evaluate(
        """() => [...document.querySelectorAll('canvas')].reduce((sum, canvas) => {
             if (!canvas.width || !canvas.height) { return sum; }
             const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
             let inked = 0;
             for (let at = 3; at < data.length; at += 4) { if (data[at]) { inked += 1; } }
             return sum + inked;
           }, 0)"""
    )


def _kept_views(page) -> str:
    """Read where maps were last moved to, as `pages.kit.maps` keeps it."""
    return page.evaluate("JSON.stringify(Object.entries(sessionStorage).filter(([key]) => key.startsWith('planner')))")


def _wait_until(page, fulfilled) -> None:
    """Look again and again until something holds, for ten seconds at most."""
    for _ in range(200):
        if fulfilled():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came")


@pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 900}, {"width": 400, "height": 850}], ids=["wide", "narrow"]
)
def test_every_page_is_whole_asks_nobody_outside_and_never_scrolls_sideways(server, visit, size) -> None:
    tour = visit(server, size)
    tour.settle("Review of")
    assert _sideways(tour.page) == 0
    for title in TITLES:
        tour.go(title)
        if title in {"Map", "Priorities", "Hubs"}:
            assert _inks(tour.map()) > 1000
        assert _sideways(tour.page) == 0
        assert "did not expect" not in tour.page.inner_text("body")
    assert tour.outside() == []
    assert tour.complaints == []


def test_the_navigation_is_in_sight_on_a_desktop(server, visit) -> None:
    tour = visit(server)
    tour.settle("Review of")
    for title in ["Start", *TITLES]:
        assert tour.page.get_by_role("link", name=title, exact=True).first.is_visible()


def test_a_page_opened_by_its_own_address_has_the_banner_and_the_navigation(server, visit) -> None:
    tour = visit(server, path="priorities")
    tour.settle("Priorities")
    assert "A fictional district" in tour.page.inner_text("body")
    assert tour.page.get_by_role("link", name="Hubs", exact=True).first.is_visible()


def test_a_map_has_a_name_and_can_be_moved_by_keyboard(server, visit) -> None:
    tour = visit(server)
    tour.settle("Review of")
    tour.go("Map")
    frame = tour.map()
    assert "Where clients came from" in tour.page.locator("iframe").first.get_attribute("title")
    assert "Where clients came from" in frame.locator("title").inner_text()
    assert frame.locator("html").get_attribute("lang") == "en"
    box = frame.locator(".leaflet-container")
    pane = frame.locator(".leaflet-map-pane")
    before = pane.get_attribute("style")
    box.focus()
    box.press("ArrowRight")
    _wait_until(tour.page, lambda: pane.get_attribute("style") != before)


def test_a_choice_redraws_the_map_where_the_reader_had_moved_it(server, visit) -> None:
    tour = visit(server)
    tour.settle("Review of")
    tour.go("Map")
    before = _kept_views(tour.page)
    tour.map().get_by_role("button", name="Zoom in").click()
    _wait_until(tour.page, lambda: _kept_views(tour.page) != before)
    scale = tour.map().locator(".leaflet-control-scale-line").first.inner_text()
    tour.page.get_by_role("combobox", name="Review year").click()
    tour.page.get_by_role("option", name="2022-23").click()
    redrawn = tour.page.frame_locator("iframe[title*='2022-23']")
    redrawn.locator(".leaflet-container canvas").first.wait_for(timeout=60_000)
    assert redrawn.locator(".leaflet-control-scale-line").first.inner_text() == scale


def test_a_downloaded_map_stands_alone(server, visit, chromium, tmp_path) -> None:
    tour = visit(server)
    tour.settle("Review of")
    tour.go("Map")
    tour.map()
    with tour.page.expect_download(timeout=60_000) as caught:
        tour.page.get_by_role("button", name="Map (HTML)").click()
    file = tmp_path / "map.html"
    caught.value.save_as(file)
    alone = chromium.new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.locator(".leaflet-container canvas").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert "The same in words" in alone.inner_text("body")
    alone.close()


def test_a_table_is_taken_away_by_the_planners_own_button_and_no_other(server, visit) -> None:
    """Streamlit's own button writes a file that does not say whom it is for, and in which a formula would run."""
    tour = visit(server)
    tour.settle("Review of")
    tour.go("Map")
    tour.page.get_by_text("The same as a table").wait_for()
    table = tour.page.get_by_test_id("stDataFrame").first
    table.hover()
    tour.page.get_by_role("button", name="Search").first.wait_for()
    assert not tour.page.get_by_role("button", name="Download as CSV").first.is_visible()
    with tour.page.expect_download(timeout=60_000) as caught:
        tour.page.get_by_role("button", name="Table (CSV)").click()
    assert caught.value.suggested_filename.endswith("-team-only.csv")
    assert not [url for url in tour.requests if "/media/" in url and "/static/" not in url]


def test_ctrl_c_ends_it_cleanly_and_a_taken_port_moves_on(start_planner) -> None:
    first = start_planner(port=8790)
    second = start_planner(port=8790)
    assert first.address != second.address
    assert (first.stop(), second.stop()) == (0, 0)
    assert "Traceback" not in "".join(first.log + second.log)
