"""The map for a browser: it stands alone, says everything in words, and runs nothing that came from a file."""

import json
import re
from html import escape

import pytest

from layers.pack.web_map import pack_map_html
from tests.layers.pack.made_up import MAPS, NASTY, made_up_pack


@pytest.fixture(scope="module")
def page():
    return pack_map_html(made_up_pack()).decode()


def _choices(page):
    return json.loads(re.search(r"planner\.choices\(\w+, (\{.*?\})\);", page)[1])


def test_each_map_can_be_chosen_and_the_hubs_too(page) -> None:
    titles = [layer["title"] for layer in _choices(page)["layers"]]
    assert titles == [*(one.title for one in MAPS), "Hubs of the programme"]


def test_each_layer_brings_a_legend_of_its_own(page) -> None:
    for layer in _choices(page)["layers"]:
        assert [part["verb"] for part in layer["parts"]][-1] == "legend"
    labels = [entry["label"] for entry in _choices(page)["layers"][1]["parts"][-1]["data"]["sections"][0]["entries"]]
    assert labels == ["0", "1 to 4", "5 to 9", "10 or more", "c: a small count, hidden", "District boundary"]


def test_the_tables_stand_below_the_map(page) -> None:
    assert page.count('<div class="planner-table"') == 5  # two maps share one
    assert "<td>80 %</td>" in page
    assert "Three clients had no place on the map." in page


def test_it_says_for_whom_it_is_and_asks_no_host(page) -> None:
    assert "For the housing team only: exact counts. Do not pass this file on." in page
    assert "default-src 'none'" in page
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", page)
    assert "(for the public)" in pack_map_html(made_up_pack("public")).decode()


def test_a_name_from_a_file_is_text_and_never_a_script(page) -> None:
    assert NASTY not in page
    assert escape(NASTY) in page


def test_the_same_pack_gives_the_same_page(page) -> None:
    assert pack_map_html(made_up_pack()).decode() == page
