"""What the Priorities page says: found, expected and how sure, and why there may be nothing."""

import pytest

EXCESS = "Where are there more clients than the homes explain?"


@pytest.fixture
def ask(open_page):
    """Open the page on the second question."""

    def asked():
        app = open_page("priorities")
        app.radio[0].set_value(EXCESS).run()
        return app

    return asked


def test_each_place_says_what_was_found_what_was_expected_and_how_sure(ask, words) -> None:
    app = ask()
    row = app.dataframe[0].value.iloc[0]
    sentence = next(text.value for text in app.markdown if text.value.startswith(f"**{row['Place']}: very likely"))
    assert f"{row['Clients at its surest spot']} clients at its surest spot" in sentence
    assert f"could be {row['95 % range of that count']})" in sentence
    assert f"explain about {row['Expected there from the homes']:g}" in sentence
    assert "uncertainty of the count itself" in words(app)


def test_neighbouring_places_are_told_to_be_perhaps_one_area(ask) -> None:
    table = ask().dataframe[0].value.set_index("Place")
    assert "against Saltpans" in table.loc["Wrackham", "Note"]
    assert "against Wrackham" in table.loc["Saltpans", "Note"]


def test_nothing_is_explained_as_an_answer(ask, words) -> None:
    app = ask()
    app.selectbox[1].set_value("Food banks").run()
    app.selectbox[0].set_value("2022-23").run()
    said = words(app)
    assert "No place stands out" in said
    assert "an answer, not a fault" in said
    assert "does not mean that the risk is the same everywhere" in said
