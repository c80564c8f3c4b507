"""Maps that ask nobody, break on no name, and stay small."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from shapely.geometry import box

from geo.crs import NATIONAL_GRID
from geo.errors import BadInputError
from layers import hubs, outlines, referrals, sites
from layers.assets import leaflet_folder
from layers.base import Tiles, add_legend, add_sources, new_map
from layers.standalone import standalone_html
from layers.style import LegendSection
from tests.layers.drawn import NASTY, URLS, areas_of, cells_around, counts_of, full_map, sites_named


class _Asks(HTMLParser):
    """Every address that a browser would fetch by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page)
        self.addresses += re.findall(r"""(?:url\(|@import)\s*["']?([^"')]+)""", page)
        self.addresses = sorted(address for address in self.addresses if not address.startswith(("data:", "#")))

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attributes if value and name in {"src", "href", "srcset", "action"}]


def test_a_page_that_stands_alone_names_no_address_to_fetch(square) -> None:
    page = standalone_html(full_map(square), table=pd.DataFrame({"Site": ["Hall"]}))
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert _Asks(markup).addresses == []
    assert "http://" not in markup
    assert "https://" not in markup


def test_a_map_of_the_app_asks_only_where_it_was_told(square) -> None:
    page = full_map(square, urls=URLS).get_root().render()
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert _Asks(markup).addresses == ["/component/leaflet/leaflet.css", "/component/leaflet/leaflet.js"]
    assert not re.search(r"https?://(?!www\.w3\.org)", page)


def test_only_the_tile_server_asked_for_is_allowed_and_it_is_named(square) -> None:
    target = new_map(square, title="Map", tiles=Tiles("https://{s}.tiles.example.org/{z}/{x}/{y}.png", "Example"))
    add_sources(target, ["OS"])
    page = standalone_html(target)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "img-src data: https://*.tiles.example.org;" in policy[1]
    assert "Background fetched from outside this machine: Example" in page


def test_names_from_files_cannot_leave_their_quotes(square) -> None:
    page = standalone_html(full_map(square), table=pd.DataFrame({NASTY: [NASTY]}))
    assert page.count("<script>") == page.count("</script>") == 2
    assert "<img" not in page
    assert 'onerror="window' not in page
    assert "window.broken = 1\\u003c/script" in page
    assert " 49 " not in page  # 7*7 would say that a name had been run as a template


def test_the_scripts_of_a_page_are_the_ones_its_policy_lists(square) -> None:
    page = standalone_html(full_map(square))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert policy[1].count("sha256-") == 2
    assert "unsafe-inline" not in policy[1].split("script-src", 1)[1].split(";", 1)[0]


def test_five_thousand_cells_take_less_than_the_bar(square) -> None:
    cells = cells_around(41)[:5000]
    counts = counts_of(cells)
    target = new_map(square, title="Map", urls=URLS)
    places = {int(cell): f"Village {at % 60}" for at, cell in enumerate(cells)}
    referrals.draw_cells(target, counts, classes=referrals.classes_for(counts), unit="rows", places=places)
    assert len(target.get_root().render()) < 400_000


def test_the_folder_to_serve_holds_what_the_page_asks_for() -> None:
    assert {"leaflet.js", "leaflet.css"} <= {path.name for path in leaflet_folder().iterdir()}


def test_maps_side_by_side_share_their_classes() -> None:
    few, many = counts_of(cells_around(1)), counts_of(cells_around(3)).assign(count=60)
    assert referrals.classes_for(few, many) == referrals.classes_for(many)


def test_an_area_without_a_count_is_nought_and_none_is_lost(square) -> None:
    target = new_map(square, title="Map", urls=URLS)
    wards = areas_of(box(-1.5, 51.18, -1.48, 51.22), box(-1.48, 51.18, -1.45, 51.22), name="Ward")
    counted = pd.DataFrame({"code": ["1-1"], "count": [3], "institution": [0], "shared_point": [1]})
    referrals.draw_areas(target, wards, counted, classes=referrals.classes_for(counted), unit="rows")
    page = target.get_root().render()
    assert '"classes":[0,2]' in page
    assert '{"label":"Rows","values":[0,3]}' in page


def test_nothing_to_draw_draws_nothing_and_breaks_nothing(square) -> None:
    target = new_map(square, title="Map")
    empty = counts_of(cells_around(0)).iloc[:0]
    referrals.draw_cells(target, empty, classes=referrals.classes_for(empty), unit="rows")
    sites.draw_sites(target, sites_named("Hall").iloc[:0])
    hubs.draw_hubs(
        target, pd.DataFrame({"rank": [], "site_id": [], "name": [], "score": [], "sentence": []}), sites_named("Hall")
    )
    assert "planner.fills" in standalone_html(target)


@pytest.mark.parametrize("crs", [None, NATIONAL_GRID])
def test_a_boundary_in_another_coordinate_system_is_refused(square, crs) -> None:
    with pytest.raises(BadInputError, match="expected EPSG:4326"):
        new_map(square.set_crs(crs, allow_override=True), title="Map")


def test_a_small_map_is_drawn_as_it_was_looked_at(square, snapshot) -> None:
    target = new_map(square, title="Clients", urls=URLS)
    outlines.draw_boundary(target, square)
    counts = counts_of(cells_around(1))
    classes = referrals.classes_for(counts)
    referrals.draw_cells(target, counts, classes=classes, unit="rows", places={int(counts["cell"].iloc[0]): "Andover"})
    add_legend(
        target, [LegendSection("Clients", referrals.legend_entries(classes))], notes=["12 % could not be mapped."]
    )
    calls = re.findall(r"planner\.\w+\(map_\w+, .*\);", target.get_root().render())
    assert [re.sub(r"map_\w+", "map", call) for call in calls] == snapshot
