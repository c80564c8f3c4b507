"""The Programme page: a year planned, moved by hand, settled."""

from geo.review.partners import read_partners, save_partners
from geo.review.programmes_kept import read_programmes
from pages.kit.programme_partners import as_table, partners_in


def test_the_fictional_year_is_planned_and_says_how_good_it_is(open_page, words) -> None:
    app = open_page("programme")
    assert [error.value for error in app.error] == []
    said = words(app)
    assert "**4 hubs in 2025-26** reach about" in said
    assert "No other plan under these rules reaches more." in said
    table = next(frame.value for frame in app.dataframe if "Live within reach" in frame.value)
    assert table["No."].tolist() == [1, 2, 3, 4]
    assert "The sample district keeps nothing" in said


def test_more_hubs_a_quarter_are_planned_at_once(open_page, words) -> None:
    app = open_page("programme")
    app.number_input[0].set_value(2).run()
    assert "**8 hubs in 2025-26**" in words(app)


def test_a_rule_that_cannot_be_kept_is_told_in_a_sentence(open_page) -> None:
    app = open_page("programme")
    app.number_input[0].set_value(9).run()
    assert any("holds at most" in error.value for error in app.error)


def test_no_day_wanted_is_told_in_a_sentence(open_page) -> None:
    app = open_page("programme")
    app.pills[0].set_value([]).run()
    assert any("No day of the week is wanted" in error.value for error in app.error)


def test_a_hub_is_moved_by_hand_and_taken_back(open_page, words) -> None:
    app = open_page("programme")
    site = next(box for box in app.selectbox if box.label == "At")
    site.set_value(next(option for option in site.options if option.startswith("Hollinsea Library"))).run()
    next(button for button in app.button if button.label == "Move it").click().run()
    assert "Hub 1 moved" in words(app)
    assert "Moved by hand; the best under these rules is" in words(app)
    next(button for button in app.button if button.label == "Take all moves back").click().run()
    assert "Hub 1 moved" not in words(app)


def test_a_council_settles_its_year(open_page, own_workspace, words) -> None:
    app = open_page("programme", own_workspace)
    app.selectbox[0].set_value(app.selectbox[0].options[1]).run()  # a whole year, whatever the day
    next(field for field in app.text_input if field.label == "Your name or initials").set_value("JS")
    next(button for button in app.button if button.label == "Settle it").click().run()
    assert [error.value for error in app.error] == []
    assert [kept.who for kept in read_programmes(own_workspace)][-1] == "JS"  # after the sample's own
    assert "settled on" in words(app)


def test_a_council_without_partners_is_told_to_record_them(open_page, own_workspace) -> None:
    save_partners(own_workspace, [])
    app = open_page("programme", own_workspace)
    app.selectbox[0].set_value(app.selectbox[0].options[1]).run()
    assert any("none is recorded" in error.value for error in app.error)


def test_rules_are_saved_for_everybody_on_request(open_page, own_workspace) -> None:
    app = open_page("programme", own_workspace)
    app.number_input[0].set_value(2).run()
    next(button for button in app.button if "Save these rules" in button.label).click().run()
    assert own_workspace.scenario.programme.hubs_a_quarter == 2


def test_the_table_of_partners_is_read_as_it_is_shown(own_workspace) -> None:
    kept = read_partners(own_workspace)
    table = as_table(kept)
    assert partners_in(table) == kept
    table.loc[len(table)] = ["", None, "", "", "", ""]  # the empty last row
    assert partners_in(table) == kept
    table.loc[len(table)] = ["Mind", "Fri", None, None, None, None]
    added = next(one for one in partners_in(table) if one.name == "Mind")
    assert (added.weeks, added.begin, added.end) == (("every",), "09:00", "17:00")


def test_a_workspace_without_records_says_what_is_missing(open_page, bare_workspace) -> None:
    assert any("no records yet" in error.value for error in open_page("programme", bare_workspace).error)
