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


@pytest.fixture
def review(open_page):
    """The page as it opens: the review's own analysis."""
    return open_page("priorities")


def test_the_page_opens_on_the_areas_that_both_tests_find_each_explained(review, words) -> None:
    table = review.dataframe[0].value
    said = words(review)
    assert set(table["Verdict"]) == {"Priority"}
    assert f"**{len(table)} priority areas:**" in said
    for name in table["Area"]:
        assert f". {name.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}: priority**" in said
    assert "where the homes explain about" in said


def test_the_analysis_is_exploratory_until_it_is_frozen_and_the_sample_cannot_be(review, words) -> None:
    said = words(review)
    assert "Exploratory until it is frozen" in said
    assert "The sample district cannot be frozen" in said


def test_a_review_is_frozen_on_screen_and_the_page_says_so_ever_after(open_page, own_workspace, words) -> None:
    app = open_page("priorities", own_workspace)
    next(field for field in app.text_input if field.label == "Your name or initials").set_value("JS")
    form = [field for field in app.text_input if field.label == "Your name or initials"]
    form[-1].set_value("JS")
    next(button for button in app.button if button.label == "Freeze rule and numbers").click().run()
    assert [error.value for error in app.error] == []
    assert "Confirmatory analysis of" in words(app)
    assert "by JS after" in words(app)


def test_what_is_already_known_is_kept_with_its_reason(open_page, own_workspace) -> None:
    app = open_page("priorities", own_workspace)
    next(field for field in app.text_input if field.label == "Why it is known").set_value("a hostel closed there")
    next(field for field in app.text_input if field.label == "Your name or initials").set_value("JS")
    next(button for button in app.button if button.label == "Keep this note").click().run()
    assert "a hostel closed there" in app.dataframe[0].value["Already known"].iloc[0]


def test_every_other_question_is_exploratory_and_counted(ask, words) -> None:
    assert "different analys" in words(ask())


def test_clusters_are_named_and_numbered(open_page, words) -> None:
    app = open_page("priorities")
    app.radio[0].set_value("Where do clients cluster, over any number of places?").run()
    table = app.dataframe[0].value
    assert table["No."].tolist() == list(range(1, len(table) + 1))
    assert "clusters:**" in words(app)
    assert "ordinary unevenness allowed for" in words(app)
