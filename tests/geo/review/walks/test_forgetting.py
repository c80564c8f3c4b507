"""What is known of people sleeping rough goes when its time is over, and when somebody asks."""

from datetime import date

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.review.documents import as_markdown
from geo.review.dpia import dpia_document
from geo.review.forgettable import ByPeriod, ByReference, BySource
from geo.review.forgetting import forget, would_forget
from geo.review.quarter_figures import figures_of, set_figures
from geo.review.retention import count_older_walks, older_than_the_limits
from geo.review.review_quarters import ReviewQuarter
from geo.review.walks.forgetting import report_digest
from geo.review.walks.reading import read_reports, read_visits, read_walks
from tests.tinytown.council import TODAY, export, row

OLD, NEW = "2022-11-05T22:10+00:00", "2025-05-20T22:10+01:00"
OLD_SQUARE, NEW_SQUARE = "TA405205", "TA415215"
REPORT = (
    "INSERT INTO walk_reports (kind, source, ref, seen, received, square, street, located, people, supersedes,"
    " withdrawn, who, signed, at) VALUES ('reported', ?, ?, ?, ?, ?, 'Mill Lane', 'point', 1, ?, 0, 'JS', '', '')"
)
WALK = (
    "INSERT INTO walks (begins, ends, agencies, people, card, supersedes, withdrawn, who, signed, at)"
    " VALUES (?, ?, 'Outreach', 2, 0, 0, 0, 'JS', '', '')"
)
VISIT = (
    "INSERT INTO walk_visits (walk, square, street, arrived, left_at, outcome, bedded_down, about_to, offered,"
    " accepted, refused, purpose, supersedes, withdrawn, who, signed, at)"
    " VALUES (?, ?, '', ?, ?, 'nobody', 0, 0, 0, 0, 0, 'known', 0, 0, 'JS', '', '')"
)
CARD = (
    "INSERT INTO walk_cards (day, recipient, purpose, expires, content, digest, who, signed, at)"
    " VALUES (?, 'Police', 'walk', ?, ?, '', 'JS', '', '')"
)


@pytest.fixture
def walked(council):
    """Two winters of reports, walks, visits and cards: one long ago, one of this spring."""
    key = council.key()
    with council.store.writing() as connection:
        for number, (moment, square) in enumerate([(OLD, OLD_SQUARE), (NEW, NEW_SQUARE)], start=1):
            ref = report_digest(key, "StreetLink", f"SL{number}")
            connection.execute(REPORT, ("StreetLink", ref, moment, moment, square, 0))
            connection.execute(WALK, (moment, moment))
            connection.execute(VISIT, (number, square, moment, moment))
            connection.execute(CARD, (moment[:10], moment[:10], f'{{"square": "{square}"}}'))
    return council


def raw(council):
    return b"".join(path.read_bytes() for path in sorted(council.root.glob("planner.sqlite*")))


def test_what_is_older_than_the_limit_goes_from_every_table_and_from_the_bytes(walked):
    assert OLD_SQUARE.encode() in raw(walked)
    assert count_older_walks(walked, today=TODAY) == 4
    done = forget(walked, older_than_the_limits(walked, today=TODAY), today=TODAY)
    assert (done.rows, done.walks) == (0, 4)
    assert OLD_SQUARE.encode() not in raw(walked)
    assert NEW_SQUARE.encode() in raw(walked)
    assert [len(read(walked)) for read in (read_reports, read_walks, read_visits)] == [1, 1, 1]
    assert count_older_walks(walked, today=TODAY) == 0


def test_numbers_are_not_given_a_second_time(walked):
    forget(walked, BySource("StreetLink"), today=TODAY)
    assert read_reports(walked) == ()
    with walked.store.writing() as connection:
        connection.execute(REPORT, ("StreetLink", "", NEW, NEW, NEW_SQUARE, 0))
    assert [one.number for one in read_reports(walked)] == [3]


def test_without_a_limit_nothing_grows_too_old(walked):
    scenario = walked.scenario
    free = scenario.model_copy(
        update={
            "walkabouts": scenario.walkabouts.model_copy(update={"keep_months": 0}),
            "keeping": scenario.keeping.model_copy(update={"keep_years": 0}),
        }
    )
    walked.save_scenario(free)
    assert count_older_walks(walked, today=TODAY) == 0
    with pytest.raises(MissingDataError, match="keep_months"):
        older_than_the_limits(walked, today=TODAY)


def test_a_report_is_forgotten_by_its_sender_s_reference_with_its_correction(walked):
    with walked.store.writing() as connection:
        connection.execute(REPORT, ("StreetLink", "", NEW, NEW, OLD_SQUARE, 2))  # puts number 2 right
    asked = ByReference(" sl2 ", walked.key())
    assert would_forget(walked, asked).walks == 2
    assert forget(walked, asked, today=TODAY).walks == 2
    assert [one.square for one in read_reports(walked)] == [OLD_SQUARE]
    assert len(read_visits(walked)) == 2  # what a team found there is nobody's report


def test_a_reference_of_one_feed_leaves_the_reports_alone(walked, add):
    add(export(row(1)))
    assert would_forget(walked, ByReference("SL1", walked.key(), "Housing")).walks == 0


def test_a_source_is_known_by_its_reports_alone(walked):
    assert would_forget(walked, BySource("  streetLINK ")).walks == 2
    with pytest.raises(BadInputError, match="No source"):
        would_forget(walked, BySource("Nobody"))


def test_a_review_year_takes_its_walks_with_it(walked):
    done = forget(walked, ByPeriod("2022-23", 4), today=TODAY)
    assert done.walks == 4
    assert [one.square for one in read_reports(walked)] == [NEW_SQUARE]
    assert would_forget(walked, ByPeriod("2023-24..2024-25", 4)).walks == 0


def test_the_quarter_s_figures_stay(walked):
    quarter = ReviewQuarter.at(date(2022, 11, 5), first_month=4)
    set_figures(walked, quarter, {"reported": 1}, who="JS", today=TODAY)
    forget(walked, older_than_the_limits(walked, today=TODAY), today=TODAY)
    assert figures_of(walked, quarter)["reported"] == 1


def test_the_assessment_s_facts_say_what_is_kept_of_rough_sleeping_and_who_has_cards(walked):
    text = as_markdown(dpia_document(walked, today=TODAY))
    assert "2 reports, 2 visits on 2 walkabouts, 2 walk cards" in text
    assert "Kept for: 24 months; 4 rows are older by now." in text
    assert "| Police | 2 | 2025-05-20 |" in text
    assert OLD_SQUARE not in text
    forget(walked, BySource("StreetLink"), today=TODAY)
    assert "0 reports, 2 visits" in as_markdown(dpia_document(walked, today=TODAY))


def test_the_assessment_s_facts_of_a_council_that_never_walked_say_so(council):
    assert "No report of anybody sleeping rough" in as_markdown(dpia_document(council, today=TODAY))
