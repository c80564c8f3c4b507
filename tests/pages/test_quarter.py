"""The Quarter page: the quarterly review, of the last quarter that is over or another."""


def test_the_fictional_quarter_tells_what_came_in_why_and_what_is_due(open_page, words) -> None:
    app = open_page("quarter")
    assert [error.value for error in app.error] == []
    said = words(app)
    assert "**2024-25 Q4 \\(January to March 2025\\)\\: 232 approaches and referrals of 172 households came in" in said
    assert "Too few to tell a change from chance" in said
    assert "No programme of 2025-26 was settled" in said
    assert "**✗ not met**: Reports of rough sleeping visited within one working day\\: every one (9 of 11)" in said
    feeds = app.table[0].value.set_index("Source")
    assert feeds.loc["All together", "Rows"] == 232
    reasons = next(one.value for one in app.table if "Last four quarters" in one.value).set_index("Reason")
    assert reasons.loc["All reasons", "2024-25 Q4"] == "143"
    assert reasons.loc["other", "2024-25 Q4"] == "under 5"


def test_another_quarter_shows_the_hubs_that_the_programme_had_planned_next(open_page, words) -> None:
    app = open_page("quarter")
    names = app.selectbox[0].options
    app.selectbox[0].select_index(names.index("2024-25 Q2, July to September 2024")).run()
    said = words(app)
    assert "1 hub was held and saw 10 people" in said
    assert "21 November 2024, 10\\:00 to 12\\:30\\: Market Orrick, Tanyard Pantry, Tanyard" in said


def test_a_workspace_without_records_says_what_is_missing(open_page, bare_workspace) -> None:
    app = open_page("quarter", bare_workspace)
    assert ["no records yet" in error.value for error in app.error] == [True]
