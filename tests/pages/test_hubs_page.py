"""The Hubs page: the headline, the weights, how sure the order is, and from where a place is reached."""

import pytest

from geo.scenario import RankingOptions, RankingWeights


def _table(app, column: str):
    """Find the table that has a column."""
    return next(found.value for found in app.dataframe if column in found.value.columns)


def _choose(app, label: str, value) -> None:
    next(box for box in app.selectbox if box.label == label).set_value(value).run()


def test_the_page_opens_with_what_is_reached_now_and_what_the_first_place_would_add(open_page, words) -> None:
    said = words(open_page("hubs")).replace("\\", "")
    assert "of 1,077 household episodes are within a 30-minute walk (along streets) of the office now." in said
    assert "ranked first, would add" in said
    assert "Journeys: on foot along streets at 4.8 km/h." in said
    assert "How firm: share of 2,000 draws of the weights and of the counts" in said


def test_moving_a_weight_changes_the_ranking_but_not_the_workspace(open_page, fictional) -> None:
    app = open_page("hubs")
    before = _table(app, "Score")["Score"].tolist()
    for slider in app.slider[:3]:
        slider.set_value(0)
    app.run()
    assert _table(app, "Score")["Score"].tolist() != before
    assert fictional.scenario.weights.need_reached == pytest.approx(0.35)


def test_weights_and_how_sure_they_are_are_saved_for_everybody_on_request(open_page, own_workspace) -> None:
    app = open_page("hubs", own_workspace)
    app.slider[3].set_value(0).run()
    _choose(app, "How sure are you of these weights?", 0.25)
    _choose(app, "Within how many minutes", 15.0)
    next(button for button in app.button if "Save these weights" in button.label).click().run()
    saved = own_workspace.scenario
    assert (saved.weights.suitability, saved.ranking.unsure) == (0, 0.25)
    assert saved.reach.cutoff_minutes == 30


def test_weights_above_one_are_shown_in_proportion(open_page, own_workspace) -> None:
    weights = RankingWeights(need_reached=4, new_reach=2, co_location=1, suitability=1)
    odd = {"weights": weights, "ranking": RankingOptions(unsure=0.4)}
    own_workspace.save_scenario(own_workspace.scenario.model_copy(update=odd))
    app = open_page("hubs", own_workspace)
    assert [error.value for error in app.error] == []
    assert [slider.value for slider in app.slider] == [100, 50, 25, 25]


def test_every_weight_at_nothing_is_told_in_a_sentence(open_page) -> None:
    app = open_page("hubs")
    for slider in app.slider:
        slider.set_value(0)
    app.run()
    assert "All weights of the ranking are 0" in app.error[0].value


def test_who_is_unsure_of_the_weights_sees_wider_ranks(open_page) -> None:
    app = open_page("hubs")
    _choose(app, "How sure are you of these weights?", 0.0)
    sure = _table(app, "Ranks held")["Ranks held"].tolist()
    _choose(app, "How sure are you of these weights?", 1.0)
    assert _table(app, "Ranks held")["Ranks held"].tolist() != sure


def test_by_car_every_sentence_says_so(open_page, words) -> None:
    app = open_page("hubs")
    _choose(app, "How people come", "By car")
    _choose(app, "Within how many minutes", 15.0)
    said = words(app).replace("\\", "")
    assert "a 15-minute drive (along streets) of the office now" in said
    assert "Journeys: by car along streets" in said
    assert "walk (" not in said


def test_expected_need_is_named_as_such(open_page, words) -> None:
    app = open_page("hubs")
    _choose(app, "Need", "Clients expected from the homes")
    said = words(app)
    assert "household episodes expected from the homes are within" in said
    assert "each place at its own rate drawn towards the district's" in said


def test_the_reach_of_one_place_is_told_in_homes_and_clients(open_page) -> None:
    app = open_page("hubs")
    told = next(table.value for table in app.table if "Homes" in table.value.columns)
    clients = [int(value.replace(",", "")) for value in told["Clients"]]
    assert sum(clients) == 1077
    assert told.iloc[:, 0].tolist() == ["up to 10", "10 to 20", "20 to 30", "more than 30, or no way"]
    _choose(app, "Draw how far people come to", "")
    assert not any("Homes" in table.value.columns for table in app.table)


def test_a_place_too_far_from_every_street_is_told_and_the_page_goes_on(open_page, monkeypatch, words) -> None:
    monkeypatch.setattr("pages.kit.rank_view.site_point", lambda *_: (900_000.0, 900_000.0))
    app = open_page("hubs")
    assert "No street of the workspace is within" in words(app)
    assert [error.value for error in app.error] == []
    assert "All places" in words(app)
