"""The best set of hubs on the Hubs page: chosen, proven, tried otherwise and decided."""

import pytest

from geo.review.decisions import read_decisions
from geo.review.register import registered_sites
from pages.kit.set_view import QUESTION


@pytest.fixture
def open_set(open_page):
    def opened(workspace=None):
        return open_page("hubs", workspace).radio[0].set_value(QUESTION).run()

    return opened


def headline(app) -> str:
    return next(text.value for text in app.markdown if "within" in text.value and "hub" in text.value)


def box(app, label):
    return next(widget for widget in [*app.selectbox, *app.multiselect, *app.number_input] if widget.label == label)


def test_three_hubs_are_chosen_proven_and_listed_with_others_nearly_as_good(open_set, words) -> None:
    app = open_set()
    said = words(app).replace("\\", "")
    assert [error.value for error in app.error] == []
    assert "**3 hubs beside the office reach" in said
    assert "Proven: no other set does better" in said
    assert "Sets within 2 % of the best." in said
    assert "Journeys: on foot" in said
    assert "Pin" in app.table[0].value.columns
    assert app.table[0].value["Pin"].tolist() == ["A", "B", "C"]


def test_one_hub_more_reaches_no_fewer(open_set) -> None:
    app = open_set()
    reached = []
    for hubs in (1, 4):
        app = box(app, "How many hubs").set_value(hubs).run()
        words = headline(app).split()
        reached.append(int(words[words.index("reach") + 1].replace(",", "")))
    assert reached[0] < reached[1]


def test_a_place_taken_out_shows_what_it_loses_and_which_rule_breaks(open_set, words) -> None:
    app = open_set()
    chosen = box(app, "Put places in or out")
    app = chosen.set_value(chosen.value[:2]).run()
    assert "fall out of it" in words(app)
    assert "Your set breaks a rule: 2 chosen, 3 asked for." in words(app)


def test_a_rule_that_no_set_can_keep_is_named(open_set, words) -> None:
    app = box(open_set(), "How many hubs").set_value(50).run()
    assert "did not expect" not in words(app)
    assert len(app.error) == 1
    assert "50" in app.error[0].value


def test_a_set_is_written_down_with_the_digest_of_its_evidence(open_set, own_workspace, words) -> None:
    app = open_set(own_workspace)
    app.text_area[-1].set_value("Reaches most new households")
    next(field for field in app.text_input if field.label.startswith("Who decided")).set_value("JS")
    app = next(button for button in app.button if button.label == "Write the decision").click().run()
    made = read_decisions(own_workspace)[-1]
    assert f"Decision {made.number} is written." in words(app)
    assert made.verdict == "chosen"
    assert len(made.sites) == 3
    assert set(made.sites) <= set(registered_sites(own_workspace)["site_id"])
    assert len(made.evidence.digest) == 64
    assert "3 hubs beside the office" in made.evidence.words


def test_where_what_stands_reaches_everybody_no_hub_is_needed(open_set, words) -> None:
    app = box(open_set(), "How people come").set_value("By car").run()
    app = box(app, "What should the hubs do?").set_value("fewest").run()
    app = box(app, "Reached means within, minutes").set_value(60.0).run()
    assert "did not expect" not in words(app)
    assert "No hub is needed: the office reaches" in words(app).replace("\\", "")


def test_the_curve_is_drawn_in_what_was_asked(open_set) -> None:
    app = box(open_set(), "What should the hubs do?").set_value("average").run()
    app = next(toggle for toggle in app.toggle if "other numbers" in toggle.label).set_value(True).run()
    curve = app.dataframe[0].value
    minutes = [float(text) for text in curve["Mean journey of those measured, minutes"]]
    assert curve["Hubs"].tolist() == [1, 2, 3, 4, 5]
    assert minutes[-1] < minutes[0]
