"""The Data page fetches at the press of a button, asks where something looks wrong, and tells what changed."""

import pytest

from geo.review.former import former_edition
from layers.adding import add_sites
from layers.catalogue import CATALOGUE
from layers.source_file import SourceFile
from pages.kit.set_up_terms import SERVER
from tests.layers.fetching.provider import Provider
from tests.layers.fetching.publishers import food_banks, path_of, publish
from tests.pages.conftest import OFFICER
from tests.tinytown.council import TODAY, make_council

MANY = b"organisation_name,postcode\n" + b"".join(b"Kitchen %d,ZZ1 1AA\n" % at for at in range(12))


@pytest.fixture(scope="module")
def provider():
    made = Provider(drip_s=0.01)
    yield made
    made.close()


@pytest.fixture
def council(tmp_path, provider, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv(SERVER, provider.url)
    publish(provider, 1)
    return make_council(tmp_path / "Tinytown")


def plain(text):
    """As the reader sees it."""
    return text.replace("\\", "")


def press(app, label):
    return next(button for button in app.button if button.label.startswith(label)).click().run()


def test_the_sample_district_fetches_nothing_and_says_so(open_page, words) -> None:
    app = open_page("data")
    assert "The sample district fetches nothing and takes no files" in plain(words(app))
    assert not [button for button in app.button if "etch" in button.label]
    assert [table.value for table in app.dataframe][1]["Title"].tolist() == [entry.title for entry in CATALOGUE]


def test_one_list_is_fetched_and_the_next_edition_is_compared(open_page, council, provider, words) -> None:
    app = press(open_page("data", council), "Food banks")
    assert "Food banks: 2026" in plain(words(app))
    assert "1 new edition of 1 list asked for" in plain(words(app))
    provider.files[path_of("https://x/www.givefood.org.uk/dumps/foodbanks/csv/latest/")] = food_banks(2)
    said = plain(words(press(app, "Food banks")))
    assert "Larder, Hall: new." in said
    assert former_edition(council.root, "food_banks").rows == 1


def test_what_looks_wrong_waits_for_the_officer(open_page, council, words) -> None:
    add_sites(council, SourceFile("foodbanks.csv", MANY), kind="food-banks", today=TODAY)
    app = press(open_page("data", council), "Food banks")
    assert "It has 1 food banks in and near the district; the edition in use has 12" in plain(words(app))
    assert "--anyway" not in plain(words(app))
    assert len(council.sites()) == 12
    press(app, "I have looked: take Food banks all the same")
    assert len(council.sites()) == 1


def test_a_list_older_than_the_one_in_use_is_told_in_words_of_the_screen(open_page, council, words) -> None:
    add_sites(council, SourceFile("foodbanks_2099-01-01.csv", MANY), kind="food-banks", today=TODAY)
    said = plain(words(press(open_page("data", council), "Food banks")))
    assert (
        "older than that of 2099-01 in use; nothing was changed. Add it as a file if you want it all the same" in said
    )
    assert "--older-too" not in said


def test_a_file_by_hand_that_looks_wrong_is_taken_once_the_officer_has_looked(open_page, council, words) -> None:
    add_sites(council, SourceFile("foodbanks.csv", MANY), kind="food-banks", today=TODAY)
    app = open_page("data", council)
    app.selectbox[0].set_value("food_banks").run()
    app.file_uploader[0].set_value(("f.csv", b"organisation_name,postcode\nKitchen,ZZ1 1AA\n", "text/csv")).run()
    press(app, "Add")
    assert "Nothing was replaced" in plain(words(app))
    assert len(council.sites()) == 12
    app.checkbox[0].check().run()
    press(app, "Add")
    assert len(council.sites()) == 1
    assert "gone." in plain(words(app))


def test_on_a_server_an_officer_may_fetch(open_as) -> None:
    labels = [button.label for button in open_as(OFFICER, page="data").button]
    assert [label for label in labels if label.startswith(("Fetch everything that is due", "Nothing is due"))]
