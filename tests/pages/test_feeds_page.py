"""The Feeds page, the Map page's choice of whose counts, the Gaps page's section, and a partner's own counts."""

import json

import pytest

from geo.disclosure.published import Figure, Published
from geo.disclosure.rules import HOUSE_DEFAULT, rule_for
from geo.disclosure.topics import Geography, Topic
from geo.review.agreements import read_agreements
from geo.review.count_periods import named_period
from geo.review.counts_file import CountsFile
from geo.review.counts_kept import check_counts, keep_counts, read_counts
from geo.review.feed_plans import read_plans
from tests.pages.conftest import PARTNER, TODAY

FEED = "Food banks"


def counts_file(workspace, feed=FEED):
    """Suppressed counts of the wards of the fictional district, as a partner would send them."""
    rule, period = rule_for("partner", HOUSE_DEFAULT), named_period("2024-25", first_month=4)
    codes = sorted(workspace.areas("wards")["code"])
    shown = dict(zip(codes, [25, 15, None], strict=False))
    figures = tuple(_figure(code, shown.get(code, 0)) for code in ["", *codes])
    table = Published(Topic(Geography("ward"), period), "partner", rule, figures, _figure("", 45))
    return CountsFile(feed, TODAY, "", "household episodes", "Made up", "wards", 4, rule, (table,))


def _figure(code, value):
    return Figure(code, "", value, may_be_nought=value is None, why="shown" if value is not None else "few")


@pytest.fixture
def counted(own_workspace):
    content = counts_file(own_workspace).to_json().encode()
    keep_counts(own_workspace, check_counts(own_workspace, content, source=FEED, today=TODAY))
    return own_workspace


def test_the_fictional_districts_feeds_are_listed_and_cannot_be_changed(open_page, words):
    app = open_page("feeds")
    assert not app.exception
    said = words(app)
    assert "Who sends you what" in said
    assert "keeps nothing" in said
    assert [button.label for button in app.button if button.label == "Keep"] == []


def test_a_feed_is_set_on_the_screen_and_kept(open_page, own_workspace):
    app = open_page("feeds", own_workspace)
    box = next(one for one in app.selectbox if one.label == "Feed")
    app = box.select(FEED).run()
    fields = {one.label: one for one in app.text_input}
    fields["Owner: a role or a team, no person's name"].input("Food bank team leader")
    fields["Agreement (name or number)"].input("DSA 12")
    fields["Controller: who decides over the data"].input("Both")
    app = next(one for one in app.button if one.label == "Keep").click().run()
    assert not app.exception
    assert read_plans(own_workspace)[FEED].owner == "Food bank team leader"
    assert read_agreements(own_workspace)[FEED].agreement == "DSA 12"
    assert f"{FEED}." in app.success[0].value


def test_a_persons_name_as_owner_is_refused_in_a_sentence(open_page, own_workspace, words):
    app = open_page("feeds", own_workspace)
    app = next(one for one in app.selectbox if one.label == "Feed").select(FEED).run()
    next(one for one in app.text_input if one.label.startswith("Owner")).input("Jane Smith")
    app = next(one for one in app.button if one.label == "Keep").click().run()
    assert "a role or a team" in words(app)
    assert read_plans(own_workspace)[FEED].owner == "Food bank coordinator"


def test_half_an_agreement_keeps_neither_it_nor_the_plan(open_page, own_workspace, words):
    app = open_page("feeds", own_workspace)
    app = next(one for one in app.selectbox if one.label == "Feed").select(FEED).run()
    fields = {one.label: one for one in app.text_input}
    fields["Owner: a role or a team, no person's name"].input("Food bank team leader")
    fields["Agreement (name or number)"].input("DSA 12")
    app = next(one for one in app.button if one.label == "Keep").click().run()
    assert "Name the controller of the feed" in words(app)
    assert FEED not in read_agreements(own_workspace)
    assert read_plans(own_workspace)[FEED].owner == "Food bank coordinator"


def test_counts_are_taken_in_on_the_screen(open_page, own_workspace, words):
    app = open_page("feeds", own_workspace)
    app = next(one for one in app.selectbox if one.label == "Who sent it?").select(FEED).run()
    content = counts_file(own_workspace).to_json().encode()
    app = app.file_uploader[0].upload("counts.json", content, "application/json").run()
    assert "Counts of 1 to 7 are hidden" in words(app)
    app = next(one for one in app.button if one.label == "Keep these counts").click().run()
    assert not app.exception
    assert [one.period for one in read_counts(own_workspace)] == ["2024-25"]
    assert "not added to the council's households" in words(app)


def test_the_map_draws_whose_counts_one_chooses_and_says_so(open_page, counted, words):
    app = open_page("map", counted)
    whose = next(one for one in app.radio if one.label == "Whose counts?")
    assert whose.options == ["The council's households", f"Counts sent by {FEED}"]
    app = whose.set_value(f"Counts sent by {FEED}").run()
    assert not app.exception
    said = words(app)
    assert "45 in all" in said
    assert "not added to the council's households" in said
    assert app.dataframe[0].value["Clients"].tolist()[:3] == ["25", "15", "c"]


def test_without_counts_the_map_asks_nothing_more(open_page, own_workspace):
    app = open_page("map", own_workspace)
    if not read_counts(own_workspace):
        assert [one for one in app.radio if one.label == "Whose counts?"] == []


def test_the_gaps_page_lays_the_two_beside_each_other(open_page, counted, words):
    app = open_page("gaps", counted)
    app = app.segmented_control[0].set_value("Partners' counts").run()
    assert not app.exception
    table = app.dataframe[0].value
    assert {FEED, "Council", "Ranks apart"} <= set(table.columns)
    assert f"{FEED} sent 45" in words(app)


def test_a_partner_sends_its_own_counts_without_an_agreement_and_nobody_elses(open_as, own_workspace, words):
    app = open_as(PARTNER)
    app = app.switch_page("pages/own_feed.py").run()
    upload = next(one for one in app.file_uploader if "counts" in one.label)
    wrong = counts_file(own_workspace, feed="Citizens Advice").to_json().encode()
    app = upload.upload("counts.json", wrong, "application/json").run()
    assert "from another sender" in words(app)
    upload = next(one for one in app.file_uploader if "counts" in one.label)
    app = upload.upload("counts.json", counts_file(own_workspace).to_json().encode(), "application/json").run()
    app = next(one for one in app.button if one.label.startswith("Send these counts")).click().run()
    assert not app.exception
    (kept,) = [one for one in read_counts(own_workspace) if one.feed == FEED]
    assert kept.who == PARTNER
    assert json.loads(kept.file.to_json())["feed"] == FEED
