"""A year that cannot be planned is refused in a sentence that names the rule, with its numbers."""

from datetime import date

import pytest

from geo.errors import BadInputError, MissingDataError
from geo.hubs.programme import Partner, plan_year
from tests.geo.hubs.programme.years import ALWAYS, NURSES, TODAY, YEAR, inputs, options, with_need


def refused(given, today=TODAY, error=BadInputError, **changed):
    with pytest.raises(error) as caught:
        plan_year(given, year=YEAR, options=options(**changed), today=today)
    said = str(caught.value)
    assert said.endswith(".")
    return said


def test_no_site_is_open_on_any_wanted_weekday():
    said = refused(inputs(hours=["Sa 10:00-12:00"] * 4))
    assert "None of the 4 sites is open for a whole session of 150 minutes on Tue, Wed, Thu" in said


def test_no_site_is_open_and_some_have_unknown_hours_that_are_refused():
    said = refused(inputs(hours=["", "Sa 10:00-12:00", "", ""]), unknown_hours="refuse")
    assert "3 have unknown hours, and unknown hours are refused" in said


def test_no_partner_is_recorded():
    said = refused(inputs(partners=()), error=MissingDataError)
    assert "At least 1 partners must be able to come" in said
    assert "none is recorded" in said


def test_no_partner_is_needed_where_none_is_asked_for():
    assert len(plan_year(inputs(partners=()), year=YEAR, options=options(least_agencies=0), today=TODAY).hubs) == 4


def test_too_few_partners_can_come_at_one_time():
    said = refused(inputs(partners=(ALWAYS, NURSES)), least_agencies=2, weekdays=("Wed",))
    assert "At least 2 of the 2 partners" in said
    assert "never more than 1" in said


def test_partners_and_hosts_never_meet():
    said = refused(inputs(hours=["We 09:00-17:00"] * 4, partners=(NURSES,)))
    assert "open sites and partners never meet" in said


def test_more_hubs_than_dates():
    said = refused(inputs(), hubs_a_quarter=5)
    assert "April to June 2026 holds at most 4 of the 5 hubs asked for" in said
    assert "4 weeks must lie between two" in said


def test_all_sites_were_refused():
    given = inputs(counts=(1,), reach=[[]], hours=[], towns=[])
    assert "every one was refused" in refused(given, error=MissingDataError)


def test_nobody_has_a_place_on_the_map():
    said = refused(with_need(inputs(), (0, 0, 0, 0)), error=MissingDataError)
    assert "No client has a place on the map (3 could not be mapped, 1 were left out)" in said


def test_no_site_reaches_anybody():
    said = refused(inputs(reach=[[0, 0], [0, 0], [0, 0], [0, 0]]), error=MissingDataError)
    assert "None of the 2 sites is within reach of a single client" in said


def test_a_quarter_that_is_closed_altogether_cannot_be_filled():
    said = refused(inputs(), closed=("2026-07-01..2026-09-30",))
    assert "July to September 2026 cannot have a hub: no day is left in it" in said


def test_a_quarter_in_which_partners_are_away_cannot_be_filled():
    partner = Partner("CAB", ("Tue", "Wed"), away=("2026-10-01..2026-12-31",))
    said = refused(inputs(partners=(partner,)))
    assert "October to December 2026 cannot have a hub: at most 0 partners can come" in said


def test_a_quarter_whose_only_open_site_is_seasonal_cannot_be_filled():
    said = refused(inputs(hours=["Apr-Sep Mo-Fr 09:00-17:00"] * 4))
    assert "October to December 2026 cannot have a hub: no site is open" in said


def test_the_year_is_over():
    assert "The review year 2026-27 is over" in refused(inputs(), today=date(2027, 3, 31))


def test_no_day_of_the_year_is_left():
    said = refused(inputs(), closed=("2026-04-01..2027-03-31",))
    assert "No day of 2026-27 is left for a hub" in said
    assert "closed by the council" in said


def test_too_few_sites_for_so_many_hubs():
    said = refused(inputs(counts=(5, 3)), site_at_most=1)
    assert "4 hubs are asked for, and 2 usable sites at most 1 times each give 2" in said


def test_a_rotation_that_cannot_be_kept_is_named_with_what_would_do():
    said = refused(inputs(towns=["Town"] * 4))
    assert "No programme of 4 hubs keeps all rules at once" in said
    assert "rotation 'site' instead of 'area'" in said


def test_weeks_apart_that_cannot_be_kept_across_quarters_are_named_with_the_most_that_can_be():
    closed = ("2026-04-01..2026-06-15", "2026-07-20..2026-09-30")  # late in one quarter, early in the next
    said = refused(inputs(), closed=closed, weeks_apart=6)
    assert "weeks between two hubs instead of 6" in said
    weeks = int(said.split(" weeks between")[0].rsplit(" ", 1)[1])
    assert plan_year(inputs(), year=YEAR, options=options(closed=closed, weeks_apart=weeks), today=TODAY).proved
    refused(inputs(), closed=closed, weeks_apart=weeks + 1)


def test_where_no_single_rule_is_to_blame_that_is_said():
    closed = ("2026-04-01..2026-06-28", "2026-07-03..2026-09-30")
    said = refused(inputs(counts=(5, 3), towns=["Town", "Town"]), closed=closed, weeks_apart=6)
    assert "No programme of 4 hubs keeps all rules at once, and no single one was found that would do" in said
